"""CommonMark as Python-Markdown reads it: the page is the text that was checked.

Entries are read as CommonMark, in which a list may follow a paragraph at once and a nested one is
indented by the width of its marker. Python-Markdown wants a blank line and four spaces; without
them lists run together and code in lists is lost. Nothing but white space changes.
"""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from aboveboard.outputs.entry.plain_blocks import read_plainly

STEP = 4
_LISTS = ("bullet_list_open", "ordered_list_open")
_MARKER = re.compile(r"\s*((?:[-*+]|\d{1,9}[.)]))([ \t]+|$)")


def for_python_markdown(text: str) -> str:
    """Return Markdown that Python-Markdown reads as CommonMark reads `text`."""
    if not re.search(r"^\s*(?:[-*+]|\d{1,9}[.)])[ \t]|^\s*\|", text, re.MULTILINE):
        return text
    plain = read_plainly(text)
    return parsed(text) if plain is None else plain


def parsed(text: str) -> str:
    """Return the same for any text, with a parser."""
    tokens = _parser().parse(text)
    lines = text.split("\n")
    placed = dict(_indents(tokens, [line.expandtabs(STEP) for line in lines]))
    out: list[str] = []
    starts = {t.map[0] for t in tokens if t.map and t.level == 0 and t.type in (*_LISTS, "table_open")}
    for number, line in enumerate(lines):
        if number in starts and out and out[-1].strip():
            out.append("")
        out.append(placed.get(number, line))
    return "\n".join(out)


def _indents(tokens: list[Token], lines: list[str]) -> list[tuple[int, str]]:
    """Return each line of a list by number, indented by four for every list that it is in.

    `columns`: where the text of each open item begins, outermost first.
    """
    found: list[tuple[int, str]] = []
    columns: list[int] = []
    for token in tokens:
        if token.type == "list_item_open" and token.map:
            start, end = token.map
            depth = len(columns)
            outer = columns[-1] if columns else 0
            rest = _dedented(lines[start], outer)
            marker = _MARKER.match(rest)
            if marker is None:
                # The first item of a list that begins on its parent's own line: `- - x`.
                columns.append(outer)
                continue
            inner = outer + (marker.end() if marker[2] and len(marker[2]) <= STEP else marker.end(1) + 1)
            columns.append(inner)
            text = rest[marker.end() :].rstrip()
            found.append((start, f"{' ' * (STEP * depth)}{marker[1].replace(')', '.')} {text}".rstrip()))
            for number in range(start + 1, end):
                kept = _dedented(lines[number], inner)
                found.append((number, f"{' ' * (STEP * (depth + 1))}{kept}" if kept.strip() else ""))
        elif token.type == "list_item_close":
            columns.pop()
    return found


def _dedented(line: str, width: int) -> str:
    """Return a line without its first `width` columns of white space, or without all of it if it has less."""
    indent = len(line) - len(line.lstrip(" "))
    return line[min(width, indent) :]


@cache
def _parser() -> MarkdownIt:
    # Where blocks begin and end is all that is asked of it; what is in their lines takes half of its time.
    return MarkdownIt("commonmark", {"maxNesting": 40}).enable("table").disable(["inline", "text_join"])
