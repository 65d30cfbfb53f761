"""HTML comments: prompts for the writer, which never reach a public page.

Comments in code are code, so the scan knows fences, indented code and code spans. It reads each
character once, whatever is thrown at it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

# Lines that begin something new, so that no code span reaches over them: an empty line, a fence, a
# heading, a list item, a table row, and a comment that stands on lines of its own.
_BEGINS = r"[ \t]*(?:\r?(?:\n|\Z)|(?:[-+*]|\d{1,9}[.)])[ \t]|\||<!--)| {0,3}(?:`{3}|~{3}|#{1,6}[ \t])"
_BOUNDARY = re.compile(rf"\n(?={_BEGINS})")
_BLOCK = re.compile(_BEGINS)
_FENCE = re.compile(r"( {0,3}(?:>[ \t]?|[-*+] +|\d{1,9}[.)] +)*)(`{3,}|~{3,})(.*)")
_CLOSING = re.compile(r"[ \t>]*(`{3,}|~{3,})\s*")
_MARK = re.compile(r"`+|<!--")
_TICKS = re.compile(r"`+")


@dataclass(frozen=True, slots=True)
class _Fence:
    """An open fence: its characters, and what stands before them (`- `, `> `, blanks)."""

    mark: str
    before: str

    @classmethod
    def opened_by(cls, line: str) -> _Fence | None:
        found = _FENCE.match(line)
        if found is None or (found[2][0] == "`" and "`" in found[3]):
            return None
        return cls(found[2], found[1])

    def closed_by(self, line: str) -> bool:
        found = _CLOSING.fullmatch(line)
        return found is not None and found[1].startswith(self.mark) and found.start(1) <= len(self.before) + 3

    def left_by(self, line: str) -> bool:
        """Whether the quotation or the list item that the fence stands in is over."""
        if ">" in self.before:
            return not line.lstrip().startswith(">")
        indent = len(line) - len(line.lstrip())
        return bool(self.before.strip() and line.strip()) and indent < len(self.before)


def strip_comments(text: str) -> str:
    """Return Markdown without its HTML comments; one that is never closed hides the rest, as HTML has it."""
    return scan_comments(text)[0] if "<!--" in text else text


def unclosed_comment(text: str) -> int | None:
    """Return the offset of a comment that is never closed, or None."""
    return scan_comments(text)[1] if "<!--" in text else None


def scan_comments(text: str) -> tuple[str, int | None]:
    """Return the text without comments, and where one opens that nothing closes."""
    kept: list[str] = []
    position = block = block_kept = 0
    fence: _Fence | None = None
    while position < len(text):
        end = text.find("\n", position)
        end = len(text) if end < 0 else end + 1
        line = text[position:end]
        if _BLOCK.match(line):
            block, block_kept = position, len(kept)
        if fence and fence.left_by(line):
            fence = None
        in_code = fence is not None
        if fence:
            fence = None if fence.closed_by(line) else fence
        elif opened := _Fence.opened_by(line):
            fence, in_code = opened, True
        elif "<!--" in line and not (line.startswith(("    ", "\t")) and _follows_blank(kept)):
            # A code span may have begun on a line before.
            del kept[block_kept:]
            position, unclosed = _strip_block(text, block, kept)
            if unclosed is not None:
                return "".join(kept), unclosed
            block, block_kept = position, len(kept)
            continue
        kept.append(line)
        position = end
        if in_code:
            block, block_kept = position, len(kept)
    return "".join(kept), None


def _follows_blank(kept: list[str]) -> bool:
    return not kept or not kept[-1].strip() or kept[-1].startswith(("    ", "\t"))


def _strip_block(text: str, start: int, kept: list[str]) -> tuple[int, int | None]:
    """Copy one block of text from `start` without its comments; return where it ended."""
    copied = position = start
    end = _block_end(text, start)
    runs = _tick_runs(text, start, end)
    while mark := _MARK.search(text, position, end):
        if mark[0] != "<!--":
            position = _past_code(mark, runs)
            continue
        kept.append(text[copied : mark.start()])
        # `<!-->` is a whole comment.
        closing = text.find("-->", mark.start() + 2)
        if closing < 0:
            return len(text), mark.start()
        copied = position = closing + 3
        if position > end:
            end = _block_end(text, position)
            runs = _tick_runs(text, position, end)
    kept.append(text[copied:end])
    return end, None


def _tick_runs(text: str, start: int, end: int) -> dict[int, list[int]]:
    """Return the offsets of a block's runs of backticks by their width."""
    runs: dict[int, list[int]] = {}
    for run in _TICKS.finditer(text, start, end):
        runs.setdefault(len(run[0]), []).append(run.start())
    return runs


def _past_code(opening: re.Match[str], runs: dict[int, list[int]]) -> int:
    """Return the end of the code span that a run of backticks opens, or of the run where it opens none."""
    width = len(opening[0])
    alike = runs[width]
    index = bisect_right(alike, opening.start())
    return alike[index] + width if index < len(alike) else opening.end()


def _block_end(text: str, start: int) -> int:
    boundary = _BOUNDARY.search(text, start)
    return len(text) if boundary is None else boundary.start() + 1
