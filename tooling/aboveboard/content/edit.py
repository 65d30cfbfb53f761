"""Change one value of a front matter or a register and nothing else: splice at its position, read again, compare.

A round trip through a YAML writer re-indents lists it was not asked to touch; here every byte that
is not the value stays as it was written, comments, quotes and line endings included.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable
from typing import Any, TypeAlias

from aboveboard.content.documents import parse_document
from aboveboard.content.front_matter import FrontMatter, parse_front_matter
from aboveboard.content.yaml_nodes import Node, Path
from aboveboard.content.yaml_write import Bare, after_dash, spaced, write_key, write_scalar, write_value
from aboveboard.errors import UserError

# What may stand between a key and its colon, or before a dash: blanks and comments.
_INDICATOR = re.compile(r"(?:\s|#[^\n]*+)*+[:-]")
_REMARK = re.compile(r"[ \t]+#.*")
_BOM = "\ufeff"

Value: TypeAlias = "str | bool | int | float | list[Any] | dict[str, Any] | None"


class CannotEdit(UserError):
    """The edit would change something it was not asked to, so nothing was changed."""


def set_value(text: str, path: Path, value: Value) -> str:
    """Return `text` with the front-matter value at `path` set; missing keys of a mapping are added.

    An integer step one past the end of a sequence appends to it. Raises CannotEdit when the front
    matter cannot be read, when `path` leads through something that is no collection, or when the
    result would differ in anything but that value. Setting what is already there changes nothing.
    """
    return _set(text, path, value, parse_front_matter)


def set_in_document(text: str, path: Path, value: Value) -> str:
    """The same in a text that is YAML as a whole, such as a register; an empty list `[]` becomes lines."""
    return _set(text, path, value, parse_document)


def _set(text: str, path: Path, value: Value, parse: Callable[[str], FrontMatter]) -> str:
    if text.startswith(_BOM):
        return _BOM + _set(text[1:], path, value, parse)
    matter = parse(text)
    if not matter.present or _is_broken(matter):
        what = "front matter" if parse is parse_front_matter else "register"
        raise CannotEdit(f"the {what} cannot be read, so it cannot be edited: run `aboveboard check`")
    values = matter.root.value if matter.root else None
    expected = _with_value(values, path, plain(value))
    if expected == values and matter.root is not None and matter.root.find(path) is not None:
        return text
    if parse is parse_document and not values:
        matter = parse(_without_root(matter))
    edited = _splice(matter, path, value)
    after = parse(edited)
    if _is_broken(after) or after.root is None or after.root.value != expected or after.body != matter.body:
        where = ".".join(str(step) for step in path)
        raise CannotEdit(f"`{where}` cannot be edited by itself here: change it by hand")
    return edited


def _is_broken(matter: FrontMatter) -> bool:
    return any(problem.code != "FM009" for problem in matter.problems)


def _without_root(matter: FrontMatter) -> str:
    """Return a document without its empty root, `[]` or `null`, and without the line that held nothing else."""
    if matter.root is None:
        return matter.text
    before, after = matter.text[: matter.root.start], matter.text[matter.root.end :]
    alone = not before or before.endswith("\n")
    return before + (re.sub(r"\A[ \t]*\r?\n", "", after) if alone else after)


def plain(value: Value) -> Any:
    """Return a value as our reader gives it back: text, None, lists and mappings only."""
    if isinstance(value, bool):
        return Bare("true" if value else "false")
    if isinstance(value, (int, float)):
        return Bare(value)
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value


def _with_value(values: Any, path: Path, value: Any) -> Any:
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        result: Any = list(values or [])
        if not (values is None or isinstance(values, list)) or not 0 <= step <= len(result):
            raise CannotEdit(f"there is no item {step} to set")
        child = result[step] if step < len(result) else None
        result[step:] = [_with_value(child, rest, value) if rest else value, *result[step + 1 :]]
        return result
    if not (values is None or isinstance(values, dict)):
        raise CannotEdit(f"`{step}` cannot be set on a value that has no fields")
    result = copy.copy(values or {})
    result[step] = _with_value(result.get(step), rest, value) if rest else value
    return result


def _splice(matter: FrontMatter, path: Path, value: Value) -> str:
    yaml = matter.text[matter.yaml_start : matter.yaml_end]
    # New lines end as the fence above them does, or as the first line where there is none.
    above_all = matter.text[: matter.yaml_start] or yaml[: yaml.find("\n") + 1]
    newline = "\r\n" if above_all.endswith("\r\n") else "\n"
    above: list[Node] = []
    # A document that is opened (`---`) and holds nothing yet has a root without a place.
    root = matter.root if matter.root and matter.root.value is not None else None
    node, rest = root, path
    while rest and node is not None and (child := node.child(rest[0])) is not None:
        above.append(node)
        node, rest = child, rest[1:]
    adds = bool(rest) and (node is None or node.kind != "scalar")
    written = plain(value)
    for step in reversed(rest[1:] if adds else rest):
        written = [written] if isinstance(step, int) else {step: written}
    if adds or node is None:
        start, end, new = _addition(yaml, node, not above, rest[0], written, newline)
    else:
        start, end, new = _replacement(yaml, above[-1], node, written, newline)
    start, end = start + matter.yaml_start, end + matter.yaml_start
    return matter.text[:start] + new + matter.text[end:]


def _replacement(yaml: str, parent: Node, node: Node, value: Any, newline: str) -> tuple[int, int, str]:
    start, end = node.start, _end(yaml, node)
    header = yaml[start : _line_end(yaml, start)] if node.style in ("|", ">") else ""
    remark = found[0] if (found := _REMARK.search(header)) else ""
    if value is None or isinstance(value, str):
        quote = node.style if node.style in ("'", '"') and value is not None else ""
        written = write_scalar(value, parent.flow, quote)
    else:
        written = write_value(value, _indent(yaml, parent, node, value), newline, parent.flow)
    is_block = written.startswith(newline)
    if written and not is_block and (node.kind == "scalar" or node.flow):
        space = " " if yaml[max(start - 1, 0) : start] in (":", "-") else ""
        return start, end, space + written + remark
    # What begins or ends as a block, or goes, is placed anew after its key; remarks on the way stay there.
    lead = _after_indicator(yaml, parent, node)
    remark = yaml[lead:start].rstrip() + remark
    if not is_block:
        return lead, end, (f" {written}" if written else "") + remark
    line_end = _line_end(yaml, end)
    remark += yaml[end:line_end].rstrip(" \t")
    if parent.kind == "sequence" and not remark:
        written = after_dash(value, _column(yaml, parent.start) + 2, newline)
    return lead, line_end, remark + written


def _addition(
    yaml: str, parent: Node | None, is_root: bool, step: str | int, value: Any, newline: str
) -> tuple[int, int, str]:
    key = "-" if isinstance(step, int) else f"{write_key(step)}:"
    if parent is not None and parent.flow:
        item = write_value(value, 0, newline, in_flow=True)
        written = item if isinstance(step, int) else f"{key} {item}"
        at = _end(yaml, parent.items[-1]) if parent.items else parent.start + 1
        return at, at, (", " if parent.items else "") + written
    indent = _column(yaml, parent.start) if parent else 0
    below = after_dash(value, indent + 2, newline) if key == "-" else spaced(value, indent + 2, newline)
    line = " " * indent + key + below
    if parent is None or is_root:
        lead = newline if yaml and not yaml.endswith("\n") else ""
        return len(yaml), len(yaml), lead + line + newline
    at = _line_end(yaml, _end(yaml, parent.items[-1]))
    return at, at, newline + line


def _end(yaml: str, node: Node) -> int:
    if node.style in ("|", ">"):
        return node.start + len(yaml[node.start : node.end].rstrip(" \t\r\n"))
    return _end(yaml, node.items[-1]) if node.items and not node.flow else node.end


def _line_end(yaml: str, offset: int) -> int:
    end = yaml.find("\n", offset)
    return len(yaml) if end < 0 else end - (yaml[end - 1] == "\r")


def _column(yaml: str, offset: int) -> int:
    return offset - (yaml.rfind("\n", 0, offset) + 1)


def _after_indicator(yaml: str, parent: Node, node: Node) -> int:
    """Return the offset just behind the colon or the dash that `node` follows in a block."""
    index = next(place for place, item in enumerate(parent.items) if item is node)
    if parent.kind == "mapping":
        before = parent.keys[index].end
    else:
        before = _end(yaml, parent.items[index - 1]) if index else parent.start
    found = _INDICATOR.match(yaml, before)
    if found is None or found.end() > node.start:
        raise CannotEdit("this value has no place of its own: change it by hand")
    return found.end()


def _indent(yaml: str, parent: Node, node: Node, value: Any) -> int:
    own, outer = _column(yaml, node.start), _column(yaml, parent.start)
    # A list may stand no deeper than its key; what takes the place of a block keeps its indentation.
    stays = own > outer or (isinstance(value, list) and node.kind == "sequence")
    return own if stays and node.kind != "scalar" and not node.flow else outer + 2
