"""Front matter as people write it: any values, in every style that YAML has for them, with remarks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, TypeAlias

from hypothesis import strategies as st

from aboveboard.content.yaml_nodes import Path

Draw: TypeAlias = st.DrawFn

# What YAML has a meaning for, what it must escape, what is wide, and plain letters.
_AWKWARD = " :#-'\"[]{},&*!|>%@`\\?=~.0123\n\t\u00e9\u03a9\u65e5\U0001f600\u2028\x85\xa0\ufeff\x07"
_WORDS = (
    "yes", "No", "null", "~", "true", "off", "12:30", "0123", "1.10", "2026", "2026-11-20", "- x", "# x", "a: b",
    "a #b", "a:", ":a", "---", "...", "%x", "@x", "`x`", "[x]", "{x}", "x, y", "it's", 'say "so"', "a\\b", "",
    " x ", "one\ntwo", "Checkout timeouts", "platform", "https://example.org/a#b", "<<", "=", "? x", "| x", "\u2028",
)  # fmt: skip

texts = st.one_of(st.sampled_from(_WORDS), st.text("abcxyz ", max_size=12), st.text(_AWKWARD + "abc", max_size=10))
any_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
keys = st.sampled_from(
    [
        "title",
        "date",
        "tags",
        "actions",
        "id",
        "what",
        "a-b",
        "x_y",
        "yes",
        "null",
        "12",
        "a b",
        "\u00e9t\u00e9",
        "a: b",
    ]
)


def values(scalars: st.SearchStrategy[Any], leaves: int = 8) -> st.SearchStrategy[Any]:
    """Return texts, nothing, and lists and mappings of them."""
    return st.recursive(
        scalars | st.none(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3),
        max_leaves=leaves,
    )


def mappings(scalars: st.SearchStrategy[Any] = texts) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(keys, values(scalars), max_size=5)


@dataclass(frozen=True)
class Written:
    """A file with front matter, and what a reader should find in it."""

    text: str
    values: dict[str, Any]

    def paths(self) -> list[Path]:
        """Return the path of every value."""
        found: list[Path] = []

        def walk(value: Any, path: Path) -> None:
            inner = (
                enumerate(value) if isinstance(value, list) else value.items() if isinstance(value, dict) else ()
            )
            for step, item in inner:
                found.append((*path, step))
                walk(item, (*path, step))

        walk(self.values, ())
        return found


class _Pen:
    """Writes values in styles that are drawn; every remark has a number of its own."""

    def __init__(self, draw: Draw) -> None:
        self.draw, self.remarks = draw, 0

    def remark(self, before: str = "") -> str:
        """Return nothing, or `before` and a remark."""
        if self.draw(st.integers(0, 3)):
            return ""
        self.remarks += 1
        return f"{before}# remark{self.remarks} a: b - c"

    def between(self, indent: int) -> str:
        """Return what may stand between two lines: nothing, an empty line, a remark of its own."""
        if self.draw(st.integers(0, 4)):
            return ""
        remark = self.remark(" " * indent)
        return f"{remark}\n" if remark else self.draw(st.sampled_from(["\n", " \n"]))

    def key(self, key: str) -> str:
        plain = [key] if re.fullmatch(r"\w[\w-]*", key) else []
        return str(self.draw(st.sampled_from([*plain, *plain, f"'{key}'", f'"{key}"'])))

    def mapping(self, value: dict[str, Any], indent: int) -> str:
        """Return the lines of a block mapping, the first one indented as well."""
        lines = ""
        for key, item in value.items():
            lines += f"{self.between(indent)}{' ' * indent}{self.key(key)}:{self.after(item, indent, True)}"
        return lines

    def sequence(self, value: list[Any], indent: int) -> str:
        lines = ""
        for item in value:
            compact = isinstance(item, dict | list) and item and self.draw(st.booleans())
            if compact:
                gap = self.draw(st.integers(1, 3))
                inner = self.mapping if isinstance(item, dict) else self.sequence
                block = inner(item, indent + 1 + gap)
                # What stands between lines cannot stand between a dash and what follows it.
                first = len(block) - len(block.lstrip(" "))
                if first == indent + 1 + gap and not block.lstrip(" ").startswith("#"):
                    lines += f"{self.between(indent)}{' ' * indent}-{' ' * gap}{block[first:]}"
                    continue
            lines += f"{self.between(indent)}{' ' * indent}-{self.after(item, indent, False)}"
        return lines

    def after(self, value: Any, indent: int, in_mapping: bool) -> str:
        """Return what follows a key or a dash, to the end of its last line."""
        if isinstance(value, dict | list) and value and self.draw(st.integers(0, 2)):
            least = 0 if in_mapping and isinstance(value, list) else 1
            deeper = indent + self.draw(st.integers(least, 4))
            block = self.mapping(value, deeper) if isinstance(value, dict) else self.sequence(value, deeper)
            return f"{self.remark('  ')}\n{block}"
        if isinstance(value, dict | list):
            return f" {self.flow(value, indent + 2)}{self.remark(' ')}\n"
        if value is None:
            return f"{self.draw(st.sampled_from(['', ' ', ' ~', ' null']))}{self.remark(' ')}\n"
        return self.text(value, indent)

    def text(self, value: str, indent: int) -> str:
        ends = [f" {word}" for word in _inline(value)]
        ends += [f"\n{' ' * (indent + 2)}{word}" for word in _inline(value)]
        styles = [f"{end}{self.remark('  ')}\n" for end in ends]
        pad = " " * (indent + self.draw(st.integers(1, 4)))
        if re.fullmatch(r"[a-z][a-z ,']*[a-z]", value) and "  " not in value:
            styles.append(f" >-{self.remark(' ')}\n{pad}{value}\n")
            styles += (
                [" " + value.replace(" ", f"\n{pad}") + f"{self.remark(chr(32) * 2)}\n"] if " " in value else []
            )
        if re.fullmatch(
            r"[a-z#-][^\n\t\r\u2028\x85\ufeff\x07]*(?:\n[a-z#-][^\n\t\r\u2028\x85\ufeff\x07]*)*", value
        ):
            header = self.draw(st.sampled_from([" |", " |-", " |+"]))
            styles.append(
                f"{header}{self.remark(' ')}\n" + "".join(f"{pad}{line}\n" for line in value.split("\n"))
            )
        return str(self.draw(st.sampled_from(styles)))

    def flow(self, value: Any, indent: int) -> str:
        if isinstance(value, list | dict):
            inner = (
                [self.flow(item, indent) for item in value]
                if isinstance(value, list)
                else [f"{_double(key)}: {self.flow(item, indent)}" for key, item in value.items()]
            )
            begin, end = "[]" if isinstance(value, list) else "{}"
            pad = " " * indent
            comma = self.draw(st.sampled_from([", ", f",\n{pad}"]))
            space = self.draw(st.sampled_from(["", " ", f"{self.remark(' ')}\n{pad}"]))
            return f"{begin}{space}{comma.join(inner)}{space if '#' not in space else ''}{end}"
        if value is None:
            return str(self.draw(st.sampled_from(["null", "~"])))
        return str(self.draw(st.sampled_from(_inline(value))))


def _inline(value: str) -> list[str]:
    written = [_double(value)]
    if value.isprintable():
        written.append("'" + value.replace("'", "''") + "'")
    if re.fullmatch(r"[A-Za-z\u00e9\u65e5](?:[\w ./]*\w)?", value) and value.lower() not in ("null",):
        written += [value] * 3
    return written


def _double(value: str) -> str:
    shown = (c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08x}" for c in value)
    return '"' + "".join(shown) + '"'


@st.composite
def written(draw: Draw) -> Written:
    """Return a file with front matter in drawn styles, either line ending, and a body."""
    return write_out(draw, draw(mappings()))


def write_out(draw: Draw, found: dict[str, Any]) -> Written:
    """Return a file whose front matter says what is given, in drawn styles."""
    pen = _Pen(draw)
    indent = draw(st.sampled_from([0, 0, 0, 2]))
    yaml = pen.mapping(found, indent) + pen.between(indent)
    body = draw(st.sampled_from(["", "\n", "\n## Timeline\n\n- 02:04 act: x\n---\n<!-- x -->\n"]))
    text = f"---\n{yaml}---\n{body}"
    return Written(text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n"]))), found)
