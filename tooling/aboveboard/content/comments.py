"""HTML comments: prompts for the writer, which never reach a public page.

Comments in code are code, so the scan knows fences, indented code and code spans. It reads each
character once, whatever is thrown at it.
"""

from __future__ import annotations

import re

_FENCE = re.compile(r" {0,3}(?:>\s?|[-*+] +|\d+[.)] +)*(`{3,}|~{3,})(.*)")
_BOUNDARY = re.compile(r"\n(?=[ \t]*\r?(?:\n|\Z)| {0,3}(?:`{3}|~{3}))")
_TICKS = re.compile(r"`+")


def strip_comments(text: str) -> str:
    """Return Markdown without its HTML comments; one that is never closed hides the rest, as HTML has it."""
    return scan_comments(text)[0] if "<!--" in text else text


def unclosed_comment(text: str) -> int | None:
    """Return the offset of a comment that is never closed, or None."""
    return scan_comments(text)[1] if "<!--" in text else None


def scan_comments(text: str) -> tuple[str, int | None]:
    """Return the text without comments, and where one opens that nothing closes."""
    kept: list[str] = []
    position = 0
    fence = ""
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end + 1
        line = text[position:end]
        opening = _FENCE.match(line)
        if fence:
            if opening and opening[1].startswith(fence) and not opening[2].strip():
                fence = ""
        elif opening and not (opening[1][0] == "`" and "`" in opening[2]):
            fence = opening[1]
        elif "<!--" in line and not (line.startswith(("    ", "\t")) and _follows_blank(kept)):
            position, unclosed = _strip_block(text, position, kept)
            if unclosed is not None:
                return "".join(kept), unclosed
            continue
        kept.append(line)
        position = end
    return "".join(kept), None


def _follows_blank(kept: list[str]) -> bool:
    return not kept or not kept[-1].strip() or kept[-1].startswith(("    ", "\t"))


def _strip_block(text: str, start: int, kept: list[str]) -> tuple[int, int | None]:
    """Copy one paragraph's worth of text from `start` without its comments; return where it ended."""
    position = start
    block_end = _paragraph_end(text, start)
    dead_runs: set[int] = set()
    while position < block_end:
        tick, opening = text.find("`", position, block_end), text.find("<!--", position, block_end)
        if opening < 0:
            break
        if 0 <= tick < opening:
            position = _past_code(text, position, tick, block_end, kept, dead_runs)
            continue
        kept.append(text[position:opening])
        closing = text.find("-->", opening + 4)
        if closing < 0:
            return len(text), opening
        position = closing + 3
        if position > block_end:
            block_end = _paragraph_end(text, position)
            dead_runs.clear()
    rest_end = text.find("\n", position)
    rest_end = len(text) if rest_end < 0 else rest_end + 1
    rest_end = max(rest_end, block_end)
    kept.append(text[position:rest_end])
    return rest_end, None


def _past_code(text: str, position: int, tick: int, end: int, kept: list[str], dead: set[int]) -> int:
    run = _TICKS.match(text, tick)
    assert run is not None
    width = len(run[0])
    after = run.end()
    if width not in dead:
        for closing in _TICKS.finditer(text, run.end(), end):
            if len(closing[0]) == width:
                after = closing.end()
                break
        else:
            dead.add(width)
    kept.append(text[position:after])
    return after


def _paragraph_end(text: str, start: int) -> int:
    boundary = _BOUNDARY.search(text, start)
    return len(text) if boundary is None else boundary.start() + 1
