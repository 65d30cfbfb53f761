"""YAML 1.2 core, read as a tree of nodes that know where they stand.

Built from PyYAML's events (libyaml where there is one), so that nothing is resolved behind our
back: every scalar stays the text that was written, `null`, `~` and nothing are None, aliases and
tags are refused before they are followed, and each node keeps the offsets of its own characters,
which is what lets an edit touch one node and nothing else.
Source: https://yaml.org/spec/1.2.2/#103-core-schema
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

import yaml

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULLS = frozenset(["", "~", "null", "Null", "NULL"])
MAX_DEPTH = 20

Path: TypeAlias = tuple[str | int, ...]


@dataclass(slots=True)
class Node:
    """A scalar, a sequence or a mapping; `start` and `end` are offsets in the YAML text, end excluded."""

    kind: Literal["scalar", "sequence", "mapping"]
    start: int
    end: int
    style: str = ""
    text: str = ""
    items: list[Node] = field(default_factory=list)
    keys: list[Node] = field(default_factory=list)

    @property
    def flow(self) -> bool:
        """Whether a collection is written in brackets or braces."""
        return self.style == "flow"

    @property
    def is_null(self) -> bool:
        return self.kind == "scalar" and not self.style and self.text in _NULLS

    @property
    def value(self) -> Any:
        """Return the plain value: str or None for a scalar, list, dict."""
        if self.kind == "scalar":
            return None if self.is_null else self.text
        if self.kind == "sequence":
            return [item.value for item in self.items]
        return {key.text: item.value for key, item in zip(self.keys, self.items, strict=True)}

    def child(self, step: str | int) -> Node | None:
        """Return the value at a key or an index, or None."""
        if isinstance(step, int):
            fits = self.kind == "sequence" and 0 <= step < len(self.items)
            return self.items[step] if fits else None
        return next((item for key, item in self.pairs if key.text == step), None)

    @property
    def pairs(self) -> Iterator[tuple[Node, Node]]:
        return zip(self.keys, self.items, strict=False) if self.kind == "mapping" else iter(())

    def find(self, path: Path) -> Node | None:
        """Return the node at `path`, or None when there is none."""
        node: Node | None = self
        for step in path:
            node = node.child(step) if node else None
        return node


@dataclass(frozen=True, slots=True)
class YamlProblem:
    """A refusal, at an offset of the YAML text; `code` is one of the FM codes."""

    offset: int
    code: str
    message: str


def parse_yaml(text: str) -> tuple[Node | None, list[YamlProblem]]:
    """Return the root node of a YAML text and everything that is refused in it.

    An empty text has no root. When anything is refused the root is not to be used: read nothing
    from it but positions.
    """
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.YAMLError as error:
        # Imported only here: hardly any text is wrong, and its patterns take long.
        from aboveboard.content.yaml_errors import explain

        offset, message = explain(error, text)
        # What the builder said of the same place, or of odd keys, came of the slip that the error names.
        others = [p for p in builder.problems if p.code != "FM005" and p.offset != offset]
        return None, [*others, YamlProblem(offset, "FM005", message)]
    except _TooDeep as error:
        return None, [YamlProblem(error.offset, "FM005", f"nested more than {MAX_DEPTH} deep")]
    return builder.root, builder.problems


class _TooDeep(Exception):
    def __init__(self, offset: int) -> None:
        self.offset = offset


class _Builder:
    """Takes events one by one and keeps the stack of open collections."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.problems: list[YamlProblem] = []
        self.open: list[Node] = []
        self.documents = 0

    def take(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        if isinstance(event, yaml.DocumentStartEvent):
            self._start_document(start)
        elif isinstance(event, yaml.AliasEvent):
            self._refuse("FM007", start, f"`*{event.anchor}` is an alias: write the value out, or quote it")
            self._add(Node("scalar", start, end))
        elif isinstance(event, yaml.ScalarEvent):
            self._refuse_properties(event, start)
            self._add(_scalar(event, start, end))
        elif isinstance(event, yaml.CollectionStartEvent):
            self._refuse_properties(event, start)
            kind: Any = "mapping" if isinstance(event, yaml.MappingStartEvent) else "sequence"
            node = Node(kind, start, end, "flow" if event.flow_style else "block")
            self._add(node)
            self.open.append(node)
            if len(self.open) > MAX_DEPTH:
                raise _TooDeep(start)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._close(self.open.pop(), end)

    def _start_document(self, start: int) -> None:
        self.documents += 1
        if self.documents > 1:
            self._refuse("FM005", start, "a second YAML document begins here: keep one")

    def _refuse(self, code: str, offset: int, message: str) -> None:
        # An alias bomb has hundreds of aliases; one message is enough to mend them all.
        if code != "FM007" or all(problem.code != code for problem in self.problems):
            self.problems.append(YamlProblem(offset, code, message))

    def _refuse_properties(self, event: Any, start: int) -> None:
        # Both would vanish from the value without a word: `title: &me too` reads as `too`.
        if event.anchor is not None:
            self._refuse("FM007", start, f"`&{event.anchor}` is an anchor: write the value out, or quote it")
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self._refuse("FM008", start, f"the tag `{tag}` is not read: write the plain value, or quote it")

    def _add(self, node: Node) -> None:
        if not self.open:
            self.root = self.root or node
            return
        parent = self.open[-1]
        if parent.kind == "mapping" and len(parent.keys) == len(parent.items):
            if node.kind != "scalar":
                self._refuse("FM005", node.start, "a key is a plain word: quote it, or write it out")
            parent.keys.append(node)
        else:
            parent.items.append(node)

    def _close(self, node: Node, end: int) -> None:
        last = node.items[-1].end if node.items else node.start
        node.end = end if node.flow else last
        seen: dict[str, Node] = {}
        for key, _ in node.pairs:
            if key.text in seen:
                self.problems.append(YamlProblem(key.start, "FM006", f"{key.text}\0{seen[key.text].start}"))
            else:
                seen[key.text] = key


def _scalar(event: Any, start: int, end: int) -> Node:
    style = event.style or ""
    if style in "|>" and style:
        # libyaml ends a block scalar after its trailing empty lines; they belong to nobody.
        lines = event.value.rstrip("\n")
        return Node("scalar", start, end, style, lines)
    return Node("scalar", start, end, style, event.value)
