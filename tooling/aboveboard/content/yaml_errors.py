"""What a YAML error means to the person who typed the line."""

from __future__ import annotations

import re
from typing import Any

_KEY_VALUE = re.compile(r"(\s*(?:- +)?)([\w.-]+):[ \t]+(\S.*?)\s*")
LONGEST = 80
_SPECIAL = re.compile(r"[@`%&*!|>\[\]{}]|[-?](?: |$)")
_UNREADABLE = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def explain(error: Any, text: str) -> tuple[int, str]:
    """Return the offset at which a PyYAML error is best shown, and what to do, in one line."""
    problem_mark: Any = getattr(error, "problem_mark", None)
    context_mark: Any = getattr(error, "context_mark", None)
    if problem_mark is None:
        # libyaml counts bytes here, so the character is looked for.
        found = _UNREADABLE.search(text)
        return found.start() if found else 0, "this character cannot stand in YAML: remove it"
    offset = min(problem_mark.index, len(text))
    problem, context = str(error.problem or ""), str(error.context or "")
    if "escape" in problem or "hexdecimal" in problem or "Unicode character code" in problem:
        return offset, "a backslash in double quotes begins an escape: write \\\\, or use single quotes"
    if "quoted scalar" in context:
        return context_mark.index, "this quote is never closed: add the closing quote"
    if (marker := re.search(r"^(?:<{7}|={7}|>{7})(?: .*)?$", text, re.MULTILINE)) is not None:
        return marker.start(), "two versions stand here since a merge: keep one, and take the marker lines out"
    if text[offset : offset + 1] == "\t" or _tab_indents(text, offset):
        return offset, "a tab cannot indent YAML: use spaces"
    if "alias" in context or "anchor" in context:
        offset = context_mark.index
    key_start = context_mark.index if context_mark is not None else offset
    return _offer_quotes(text, offset, key_start, problem)


def _offer_quotes(text: str, offset: int, key_start: int, problem: str) -> tuple[int, str]:
    start, line = _line_at(text, offset)
    match = _KEY_VALUE.fullmatch(line)
    if match is None and start > 0:
        # A value that began on the line before is what the parser stumbled over.
        before, previous = _line_at(text, start - 1)
        earlier = _KEY_VALUE.fullmatch(previous)
        if earlier is not None and _SPECIAL.match(earlier[3]):
            start, line, match = before, previous, earlier
    if match is not None and (": " in match[3] or _SPECIAL.match(match[3]) or match[3].endswith(":")):
        value = match[3] if len(match[3]) <= LONGEST else match[3][:LONGEST] + "\u2026"
        quoted = value.replace("\\", "\\\\").replace('"', '\\"')
        return start + match.start(3), f'this value needs quotes: {match[2]}: "{quoted}"'
    if "could not find expected ':'" in problem:
        return key_start, "this line is not `field: value`: indent it, or quote the text it belongs to"
    return offset, f"not readable as YAML ({problem or 'unexpected text'}): check quotes and indentation"


def _line_at(text: str, offset: int) -> tuple[int, str]:
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    return start, text[start : end if end >= 0 else len(text)].rstrip("\r")


def _tab_indents(text: str, offset: int) -> bool:
    _, line = _line_at(text, offset)
    return "\t" in line[: len(line) - len(line.lstrip())]
