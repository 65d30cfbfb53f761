"""Change one value of a front matter and nothing else: splice at its position, read again, compare.

A round trip through a YAML writer re-indents lists it was not asked to touch; here every byte that
is not the value stays as it was written, comments, quotes and line endings included.
"""

from __future__ import annotations

import copy
from typing import Any, TypeAlias

from aboveboard.content.front_matter import FrontMatter, parse_front_matter
from aboveboard.content.yaml_nodes import Node, Path
from aboveboard.content.yaml_write import after_dash, spaced, write_key, write_scalar, write_value
from aboveboard.errors import UserError

Value: TypeAlias = "str | bool | int | float | list[Any] | dict[str, Any] | None"


class CannotEdit(UserError):
    """The edit would change something it was not asked to, so nothing was changed."""


def set_value(text: str, path: Path, value: Value) -> str:
    """Return `text` with the front-matter value at `path` set; missing keys of a mapping are added.

    An integer step one past the end of a sequence appends to it. Raises CannotEdit when the front
    matter cannot be read, when `path` leads through something that is no collection, or when the
    result would differ in anything but that value. Setting what is already there changes nothing.
    """
    matter = parse_front_matter(text)
    if not matter.present or any(problem.code != "FM009" for problem in matter.problems):
        raise CannotEdit("the front matter cannot be read, so it cannot be edited: run `aboveboard check`")
    expected = _with_value(matter.values, path, plain(value))
    if expected == matter.values and matter.root is not None and matter.root.find(path) is not None:
        return text
    edited = _splice(matter, path, value)
    after = parse_front_matter(edited)
    if after.values != expected or after.body != matter.body:
        where = ".".join(str(step) for step in path)
        raise CannotEdit(f"`{where}` cannot be edited by itself here: change it by hand")
    return edited


def plain(value: Value) -> Any:
    """Return a value as our reader gives it back: text, None, lists and mappings only."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return None if value is None else str(value)


def _with_value(values: Any, path: Path, value: Any) -> Any:
    step, rest = path[0], path[1:]
    if isinstance(step, int):
        result: Any = list(values or [])
        if not (values is None or isinstance(values, list)) or step > len(result):
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
    newline = "\r\n" if "\r\n" in matter.text else "\n"
    written = plain(value)
    node, depth = matter.root, 0
    while node is not None and depth < len(path):
        child = node.child(path[depth])
        if child is None or (child.is_null and depth + 1 < len(path)):
            break
        node, depth = child, depth + 1
    for step in reversed(path[depth + 1 :]):
        written = [written] if isinstance(step, int) else {step: written}
    if depth == len(path) and node is not None:
        start, end, new = _replacement(matter, node, written, newline)
    else:
        start, end, new = _addition(matter, node, path[depth], written, newline)
    start, end = start + matter.yaml_start, end + matter.yaml_start
    return matter.text[:start] + new + matter.text[end:]


def _replacement(matter: FrontMatter, node: Node, value: Any, newline: str) -> tuple[int, int, str]:
    yaml = matter.text[matter.yaml_start : matter.yaml_end]
    start, end = node.start, _end(yaml, node)
    in_flow = _inside_flow(matter.root, node)
    if node.kind == "scalar" and (value is None or isinstance(value, str)):
        quote = node.style if node.style in ("'", '"') and value is not None else ""
        written = write_scalar(value, in_flow, quote)
    else:
        written = write_value(value, _indent_below(yaml, node), newline, in_flow)
    if start > 0 and yaml[start - 1] in ":-" and written and not written.startswith(newline):
        written = " " + written
    if written.startswith(newline) and yaml[:start].endswith(" "):
        start = len(yaml[:start].rstrip(" "))
    return start, end, written


def _addition(
    matter: FrontMatter, parent: Node | None, step: str | int, value: Any, newline: str
) -> tuple[int, int, str]:
    yaml = matter.text[matter.yaml_start : matter.yaml_end]
    existing = parent.child(step) if parent else None
    if existing is not None:
        return _replacement(matter, existing, value, newline)
    key = "-" if isinstance(step, int) else f"{write_key(step)}:"
    if parent is None or parent is matter.root:
        before = "" if not yaml or yaml.endswith("\n") else newline
        at = len(yaml) if not (parent and parent.flow) else parent.end - 1
        if at == len(yaml):
            return at, at, before + key + spaced(value, 2, newline) + newline
    assert parent is not None
    if parent.flow:
        item = write_value(value, 0, newline, in_flow=True)
        written = item if isinstance(step, int) else f"{key} {item}"
        at = _end(yaml, parent.items[-1]) if parent.items else parent.start + 1
        return at, at, (", " if parent.items else "") + written
    at = _line_end(yaml, _end(yaml, parent.items[-1]))
    indent = _column(yaml, parent.start)
    below = after_dash(value, indent + 2, newline) if key == "-" else spaced(value, indent + 2, newline)
    return at, at, newline + " " * indent + key + below


def _end(yaml: str, node: Node) -> int:
    return node.start + len(yaml[node.start : node.end].rstrip()) if node.style in ("|", ">") else (
        _end(yaml, node.items[-1]) if node.items and not node.flow else node.end
    )  # fmt: skip


def _line_end(yaml: str, offset: int) -> int:
    end = yaml.find("\n", offset)
    return len(yaml) if end < 0 else end - (yaml[end - 1] == "\r")


def _column(yaml: str, offset: int) -> int:
    return offset - (yaml.rfind("\n", 0, offset) + 1)


def _indent_below(yaml: str, node: Node) -> int:
    start = yaml.rfind("\n", 0, node.start) + 1
    line = yaml[start : node.start]
    indent = len(line) - len(line.lstrip(" "))
    if node.kind != "scalar" and not node.flow:
        return _column(yaml, node.start)
    return indent + (4 if line.lstrip(" ").startswith("- ") else 2)


def _inside_flow(root: Node | None, node: Node) -> bool:
    while root is not None and root is not node:
        if root.flow:
            return True
        root = next((c for c in root.items if c is node or c.start <= node.start < max(c.end, c.start + 1)), None)
    return False
