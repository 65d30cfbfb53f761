"""Change where the links of a Markdown body lead, and nothing else of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from aboveboard.content.prose import Prose
from aboveboard.errors import UserError

if TYPE_CHECKING:
    from markdown_it.token import Token

# An address behind `](`, and one behind `[name]:` at the start of a line; in angle brackets or without.
_BARE = r"[^\s()<>]+(?:\([^\s()<>]*\)[^\s()<>]*)*"
_TARGET = re.compile(
    r"(?:\]\([ \t]*(?:\r?\n[ \t]*)?|^[ ]{0,3}\[[^\]\n]+\]:[ \t]*)"
    rf"(?:<(?P<angled>[^<>\n]*)>|(?P<bare>{_BARE}))",
    re.MULTILINE,
)
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)", re.DOTALL)
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/|#|\?|$")


class CannotRelink(UserError):
    """The links of a text could not be changed with certainty, so none was."""


def relink(body: str, change: Callable[[str], str]) -> str:
    """Return a body with every address of a link or picture put through `change`; code keeps what it shows.

    The result is read again: raises CannotRelink where its links are not exactly those that were meant.
    """
    shown = _without_code(body)
    parts, end = [], 0
    for match in _TARGET.finditer(shown):
        group = "angled" if match["angled"] is not None else "bare"
        start, stop = match.span(group)
        parts += [body[end:start], change(body[start:stop])]
        end = stop
    changed = "".join([*parts, body[end:]])
    expected = [unquote(change(target)) for target in _targets(body)]
    if [unquote(target) for target in _targets(changed)] != expected:
        raise CannotRelink("a link could not be changed safely")
    return changed


def split_target(target: str) -> tuple[str, str]:
    """Return the path of an address within the site and what follows it (`#…`, `?…`); no path for any other."""
    if _ELSEWHERE.match(target):
        return "", target
    found = re.search(r"[#?]", target)
    at = found.start() if found else len(target)
    return target[:at], target[at:]


def _targets(body: str) -> list[str]:
    prose = Prose(body)
    texts = (block.text for block in prose.blocks if block.kind not in ("code", "html"))
    return [address for text in texts for address in _addresses(prose.inside(text))]


def _addresses(tokens: list[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "link_open":
            yield str(token.attrGet("href"))
        elif token.type == "image":
            yield str(token.attrGet("src"))
        yield from _addresses(token.children or [])


def _without_code(body: str) -> str:
    """Return a body of the same length in which code cannot be taken for links."""
    lines = re.findall(r"[^\n]*\n|[^\n]+$", body)
    for token in Prose(body).tokens:
        if token.type in ("fence", "code_block") and token.map:
            for index in range(*token.map):
                if index < len(lines):
                    lines[index] = re.sub(r"[^\r\n]", " ", lines[index])
    return _CODE.sub(lambda match: re.sub(r"[^\r\n]", " ", match[0]), "".join(lines))
