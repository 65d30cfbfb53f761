"""Find secrets in a text: private keys, token families, credentials in addresses and headers, named values."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from aboveboard.checks.leaks.families import FAMILIES, PRIVATE_KEY, SHORTEST, Family
from aboveboard.checks.leaks.named import find_named
from aboveboard.checks.leaks.requests import in_headers, in_urls
from aboveboard.checks.leaks.text import Secret, is_mixed, is_random, is_stand_in, lowered, without_public

NAMED = "LK005"

_PEM = re.compile(
    r"-----BEGIN[ ](?:[A-Z0-9]{1,20}[ ]){0,3}PRIVATE[ ]KEY(?:[ ]BLOCK)?-----"
    r"(?>\\+[nr]|[\s>|\"'+,#*\\]|(?:Proc-Type|DEK-Info|Version|Comment|Hash|Charset)[^\n]{0,200}){0,80}+"
    r"(?P<body>[A-Za-z0-9+/=]{16,100})"
)
_PUTTY = re.compile(
    r"PuTTY-User-Key-File-\d:[^\0]{0,2000}?Private-Lines: \d{1,4}\r?\n(?P<body>[A-Za-z0-9+/=]{16,})"
)
_BREAK = re.compile(
    r"(?<=[A-Za-z0-9_\-/+=.])[\"'`]?[ \t]{0,4}[\\+.&]?[ \t]{0,4}\r?\n"
    r"[ \t>|]{0,20}[+.]?[ \t]{0,4}[\"'`]?(?=[A-Za-z0-9_\-/+=.])"
)
# A break with what looks like a piece of a token below it. Most texts have none, and are not looked at again.
_TORN_BELOW = re.compile(
    r"\n(?<=[A-Za-z0-9_\-/+=.\"'`\\& \t\r]\n)[ \t>|]{0,20}[+.]?[ \t]{0,4}[\"'`]?(?=\S{4})\S{0,38}?"
    r"(?:[a-z][A-Z]|[A-Za-z]\d|\d[A-Za-z]|[A-Za-z]_)"
)
_SIGNED = [(sign, family) for family in FAMILIES for sign in family.signs]
_NO_JOINT = re.compile(r"[-_.:/]")
_ODD = re.compile(r"[a-z][A-Z]|[A-Za-z]\d|\d[A-Za-z]|[A-Za-z]_")


@lru_cache(maxsize=4)
def find_secrets(text: str) -> tuple[Secret, ...]:
    """Return the secrets of a text in order; what two patterns find is said once, by the first code."""
    clear = without_public(text)
    found: list[Secret] = []
    for secret in (
        *_keys(clear),
        *_tokens(clear),
        *_across_lines(clear),
        *in_urls(clear),
        *in_headers(clear, lowered(clear)),
    ):
        _add(found, secret)
    for named in find_named(clear):
        _add(found, Secret(named.start, named.start + len(named.value), NAMED, named.name, named.value))
    return tuple(found)


def _add(found: list[Secret], secret: Secret) -> None:
    # What is in `found` is in order and apart, so only two neighbours can overlap.
    at = bisect_right(found, secret.start, key=lambda other: other.start)
    before = at > 0 and found[at - 1].end > secret.start
    if not before and (at == len(found) or found[at].start >= secret.end):
        found.insert(at, secret)


def _keys(text: str) -> Iterator[Secret]:
    for sign, pattern in (("PRIVATE KEY", _PEM), ("PuTTY-User-Key-File", _PUTTY)):
        for match in pattern.finditer(text) if sign in text else ():
            if len(set(match["body"])) >= 8 and not re.search(r"(?i)x{6}|example|your", match["body"][:200]):
                end = text.find("-----END", match.end())
                end = match.end() if end < 0 or end - match.end() > 20_000 else end
                yield Secret(match.start(), end, PRIVATE_KEY, "private key", text[match.start() : end])


def _tokens(text: str) -> Iterator[Secret]:
    # No token has a space in it, and most words are shorter than any token.
    long = "\n".join([word for word in text.split() if len(word) >= SHORTEST])
    for family in dict.fromkeys([family for sign, family in _SIGNED if sign in long]):
        if family.pattern.search(long):
            for match in family.pattern.finditer(text):
                if _is_token(family, match[0]):
                    yield Secret(match.start(), match.end(), family.code, family.name, match[0])


def _is_token(family: Family, value: str) -> bool:
    if family.code == PRIVATE_KEY:
        return len(set(value)) >= 10
    if family.name == "AWS access key" and value.startswith("AKIA"):
        return not is_stand_in(value) and len(set(value)) >= 8
    if is_stand_in(value.lstrip("A")):
        return False
    return is_mixed(value) if family.mixed else any(c.isupper() or c.isdigit() for c in value[4:])


def _across_lines(text: str) -> Iterator[Secret]:
    """Find tokens that a line break cuts in two: continued strings, folded YAML, wrapped logs."""
    if not _TORN_BELOW.search(text):
        return
    joined: list[str] = []
    starts, offsets, end, length = [0], [0], 0, 0
    for cut in _breaks(text):
        if not (
            _is_torn(text[max(0, cut.start() - 40) : cut.start()])
            and _is_torn(text[cut.end() : cut.end() + 40], 1)
        ):
            continue
        joined.append(text[end : cut.start()])
        length += cut.start() - end
        end = cut.end()
        starts.append(length)
        offsets.append(end)
    if not joined:
        return
    whole = "".join([*joined, text[end:]])

    def place(offset: int) -> int:
        index = bisect_right(starts, offset) - 1
        return offsets[index] + offset - starts[index]

    for secret in _tokens(whole):
        first, last = bisect_right(starts, secret.start), bisect_right(starts, secret.end - 1)
        if first == last or last - first > 40:
            continue
        pieces = [secret.start, *starts[first:last], secret.end]
        if min(b - a for a, b in pairwise(pieces)) >= 4 and is_random(_NO_JOINT.sub("", secret.value)):
            yield Secret(place(secret.start), place(secret.end - 1) + 1, secret.code, secret.name, secret.value)


def _breaks(text: str) -> Iterator[re.Match[str]]:
    """Yield the places where a token may be cut, each around a line's end."""
    end, line = 0, text.find("\n")
    while line >= 0:
        # What stands before and behind the end of the line in the pattern takes no more than this.
        if text[line - 1 : line] != "\n" and text[line + 1 : line + 2] != "\n":
            cut = _BREAK.search(text, max(end, line - 12), min(line + 40, len(text)))
            if cut:
                yield cut
                end = cut.end()
        line = text.find("\n", line + 1)


def _is_torn(text: str, side: int = -1) -> bool:
    """Tell whether the word at the end of a text (`side` -1) or at its beginning (1) may be a piece of a token."""
    parts = text.split(None, 1) if side == 1 else text.rsplit(None, 1)
    piece = parts[0 if side == 1 else -1] if parts else ""
    return len(piece) >= 4 and _ODD.search(piece) is not None
