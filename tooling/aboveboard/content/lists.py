"""The lists and tables of a text: their items and rows, each with its place in the body."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.token import Token


@dataclass(frozen=True, slots=True)
class Item:
    """One list item or table row: its cells (a list item has one) as Markdown, and what is nested below.

    `lines`: the lines `[start, end)` it takes in the body, blank ones at its end apart.
    """

    cells: list[str]
    detail: str
    line: int
    column: int
    lines: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list or table: the lines `[start, end)` it takes, a table's header cells, its items or rows."""

    start: int
    end: int
    header: tuple[str, ...]
    items: tuple[Item, ...]


def find_lists(tokens: list[Token], lines: list[str]) -> list[ItemList]:
    """Return the top-level lists and tables among some tokens; `lines` are those of the body."""
    found: list[ItemList] = []
    for index, token in enumerate(tokens):
        if token.map and token.level == 0:
            if token.type in ("bullet_list_open", "ordered_list_open"):
                found.append(_list(tokens, index, lines))
            elif token.type == "table_open":
                found.append(_table(tokens, index, lines))
    return found


def _list(tokens: list[Token], index: int, lines: list[str]) -> ItemList:
    start, end = tokens[index].map or [0, 0]
    items = []
    for at in range(index + 1, len(tokens)):
        token = tokens[at]
        if token.level == 0:
            break
        if token.type == "list_item_open" and token.level == 1:
            items.append(_item(tokens, at, lines))
    return ItemList(start, end, (), tuple(items))


def _table(tokens: list[Token], index: int, lines: list[str]) -> ItemList:
    start, end = tokens[index].map or [0, 0]
    rows: list[Item] = []
    header: list[str] = []
    cells = header
    for token in tokens[index + 1 :]:
        if token.type == "table_close":
            break
        if token.type == "tr_open" and header and token.map:
            cells = []
            line = token.map[0]
            column = len(lines[line]) - len(lines[line].lstrip(" |")) + 1
            rows.append(Item(cells, "", line, column, (line, line + 1)))
        elif token.type == "inline":
            cells.append(token.content)
    return ItemList(start, end, tuple(header), tuple(rows))


def _item(tokens: list[Token], index: int, lines: list[str]) -> Item:
    start, end = tokens[index].map or [0, 0]
    while end > start + 1 and not lines[end - 1].strip():
        end -= 1
    opening = tokens[index + 1] if index + 1 < len(tokens) else None
    first = tokens[index + 2] if opening and opening.type == "paragraph_open" else None
    if first is None or not first.map:
        return Item([""], "\n".join(lines[start:end]).strip(), start, 1, (start, end))
    below = lines[first.map[1] : end]
    indent = min((len(line) - len(line.lstrip()) for line in below if line.strip()), default=0)
    detail = "\n".join(line[indent:] for line in below).strip()
    line = lines[first.map[0]]
    marker = re.match(r"\s*(?:[-*+]|\d+[.)])\s+", line)
    text = " ".join(part.strip() for part in first.content.split("\n"))
    return Item([text], detail, first.map[0], marker.end() + 1 if marker else 1, (start, end))
