"""What the leak checks share: values masked, stand-ins told from values, digests that are no secrets.

Every pattern of this family has bounded quantifiers and is asked only where a literal of it stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

REVOKE = "revoke it and make a new one: git remembers"

_STAND_IN = re.compile(
    r"example|x{4,}|\*{3,}|\.{3}|\u2026|<|>|\$\{|\{\{|\[|redact|your[_-]|[_-]your|placeholder|change.?me|dummy|"
    r"replace.?me|insert.?here|goes.?here|removed|omitted|secret.?here|token.?here|(.)\1{7,}",
    re.IGNORECASE,
)
# A picture in the text, a checksum of a file, and what lock files say: long, random and public.
_PUBLIC = re.compile(
    r"data:[\w.+/-]{1,60};base64,[A-Za-z0-9+/=%]+|\bh1:[A-Za-z0-9+/=]{44}|"
    r"\b(?:sha(?:1|224|256|384|512)|md5)[-:=][A-Za-z0-9+/=]{16,128}"
)
_PUBLIC_SIGNS = (";base64,", "h1:", "sha1", "sha224", "sha256", "sha384", "sha512", "md5")
_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


class _Shape(dict[int, int]):
    """A table for `str.translate`, which learns the digits of other scripts as it meets them."""

    def __missing__(self, code: int) -> int:
        self[code] = ord("0") if chr(code).isdecimal() else code
        return self[code]


_SHAPE = _Shape(dict.fromkeys(range(ord("A"), ord("Z") + 1), ord("A")))
_RUN = re.compile(r"[A-Za-z0-9]+")
_LOWER_RUN = re.compile(r"[a-z]+")
_CHANGE = re.compile(r"[A-Za-z](?=\d)|\d(?=[A-Za-z])|[a-z](?=[A-Z])")


@dataclass(frozen=True, slots=True, order=True)
class Secret:
    """Where a secret stands, what it is called, and its code."""

    start: int
    end: int
    code: str
    name: str
    value: str


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern compiled: once, and only where it is needed, for there are hundreds."""
    return re.compile(pattern)


def mask(value: str) -> str:
    """Return a value as a message may show it: at most four characters of a long one, and its length."""
    shown = 4 if len(value) >= 20 else 2 if len(value) >= 16 else 0
    return f"{value[:shown]}\u2026 ({len(value)} characters)"


def an(what: str) -> str:
    """Return a name with its article."""
    return f"an {what}" if what.startswith((*"aeioAEIO", "npm", "xAI", "NHS")) else f"a {what}"


def words(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


def is_stand_in(value: str) -> bool:
    """Tell whether a value stands for one that is not shown: `<token>`, `${TOKEN}`, `xxxx`, `…EXAMPLE`."""
    return _STAND_IN.search(value) is not None


def without_public(text: str) -> str:
    """Return a text of the same length in which embedded pictures and checksums are blank."""
    if not any(sign in text for sign in _PUBLIC_SIGNS):
        return text
    return _PUBLIC.sub(lambda match: " " * len(match[0]), text)


@lru_cache(maxsize=8)
def lowered(text: str) -> str:
    """Return a text with the letters A to Z in lower case; others would change its length."""
    return text.translate(_LOWER) if not text.isascii() else text.lower()


@lru_cache(maxsize=4)
def shape(text: str) -> str:
    """Return a text with every digit as 0 and every letter from A to Z as A.

    The number 01234 567890 is `00000 000000` there: whether a text can hold a number of some form at all is
    told by looking for a few literals, and hardly any text has to be searched with the pattern.
    """
    return text.translate(_SHAPE)


def is_mixed(value: str) -> bool:
    """Tell whether a value has digits and letters, and enough different ones, to be no word."""
    return (
        len(set(value)) >= min(8, len(value) // 2)
        and any(c.isdigit() for c in value)
        and any(c.isalpha() for c in value)
    )


def is_random(value: str) -> bool:
    """Tell whether a value was made by a machine: one run of letters and digits that change often.

    `my-service-token-2023`, `MyServiceToken2` and `2026-11-20T10:30:00Z` are not.
    """
    if len(value) < 14 or len(set(value)) < 8:
        return False
    runs = _RUN.findall(value)
    return any(_is_dense(run) for run in runs) or _is_dense("".join(runs), words=len(runs))


def is_keyish(value: str, told: bool = False) -> bool:
    """Tell whether a value is random enough where its place says already that it is a key.

    `told`: it is quoted, or written directly behind a sign.
    """
    if is_random(value):
        return True
    digits = sum(c.isdigit() for c in value)
    changes = sum(1 for _ in _CHANGE.finditer(value))
    if not value.isalnum() or digits < 2 or len(value) - digits < 3 or len(set(value)) < 8:
        return False
    if len(value) >= 16 and digits >= 4:
        return True
    return len(value) >= 10 and changes >= (3 if told else max(5, len(value) // 3))


def _is_dense(run: str, words: int = 1) -> bool:
    digits = sum(c.isdigit() for c in run)
    if len(run) < 10 or digits == len(run):
        return False
    changes = sum(1 for _ in _CHANGE.finditer(run))
    if digits >= 2 and changes >= max(3, len(run) // 8) + 3 * (words - 1):
        return True
    # Few digits: then capitals stand within what would be words.
    lower = _LOWER_RUN.findall(run)
    return words == 1 and len(lower) >= 3 and sum(map(len, lower)) < 2.6 * len(lower) and changes >= 3
