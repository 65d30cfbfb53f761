"""Markdown in which both dialects see the same blocks, told line by line, without a parser.

Most texts are paragraphs, headings and flat lists with blank lines around them, and what we rendered ourselves.
Whatever else there is, however small, leaves the text to the parser.
"""

from __future__ import annotations

import re

_HEADING = re.compile(r"#{1,6} [^\s]")
_ITEM = re.compile(r"(?:([-*+])|\d{1,9}\.) (?=[^\W\d_]|[(\"'\u201c\u2018]|\*\*\w|`[^`])")
_WORDS = re.compile(r"[^\W\d_]|[(\"'\u201c\u2018]|\*{1,2}\w|`[^`]|!?\[")
# Blocks of HTML that end at the next blank line, as CommonMark has it (the sixth kind).
_HTML = re.compile(r"</?(?:div|dl|details|figure|ol|p|section|table|ul)[ >]")
_CODE = re.compile(r"```\w*")
_GO_ON = frozenset(["words", "row", "item -", "item *", "item +", "item 1"])
_NEVER = re.compile(r"[\t\r\x00]|\]:")


def read_plainly(text: str) -> str | None:
    """Return a text as Python-Markdown reads it the same, or None where a parser has to look at it."""
    if _NEVER.search(text):
        return None
    out: list[str] = []
    last = "blank"
    for line in text.split("\n"):
        if last == "code":
            if line.lstrip().startswith("```"):
                # Anything but the plainest end may be one or not.
                if line != "```":
                    return None
                last = "end of code"
        elif not line:
            last = "blank"
        elif last != "html":
            kind = _kind_of(line)
            if not _may_follow(kind, last):
                return None
            last = kind
            if kind.startswith("item"):
                line = line.rstrip()
        elif not line.strip():
            return None
        out.append(line)
    return None if last == "code" else "\n".join(out)


def _kind_of(line: str) -> str:
    """Return what a line is where it can be told from the line alone; else nothing."""
    if item := _ITEM.match(line):
        return f"item {item[1] or '1'}"
    if _WORDS.match(line):
        return "words"
    if _HEADING.match(line):
        return "heading"
    if line.startswith("|"):
        return "row"
    if _CODE.fullmatch(line):
        return "code"
    return "html" if _HTML.match(line) else ""


def _may_follow(kind: str, last: str) -> bool:
    """Tell whether a line goes on with what the last one was, or begins something after a blank one."""
    return bool(kind) and (last == "blank" or (kind == last and kind in _GO_ON))
