"""Slugs: the names that stand in addresses and file names on every platform."""

from __future__ import annotations

import hashlib
import re
import unicodedata

MAX_BYTES = 80

# Names that Windows keeps for devices, whatever their ending, and those that mean a folder's own page.
RESERVED = frozenset(
    [
        "con",
        "prn",
        "aux",
        "nul",
        "index",
        "readme",
        *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)),
    ]
)

_SLUG = re.compile(r"[^\W_]+(?:[-_][^\W_]+)*")
_BETWEEN = re.compile(r"[\W_]+")


def slugify(text: str) -> str:
    """Return a slug for any text, of at most 80 bytes of UTF-8.

    Letters of every script are kept (an address in Japanese reads better than a transliterated
    one); a text without any letter or digit gets a short hash, so the result is never empty.
    """
    # C++ and C# are not C.
    text = re.sub(r"(?<=[\w+])\+", " plus ", text)
    text = re.sub(r"(?<=\w)#(?!\w)", " sharp", text)
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).lower())
    words = "-".join(word for word in _BETWEEN.split(_drop_marks(folded)) if word)
    slug = words.encode()[:MAX_BYTES].decode(errors="ignore").rstrip("-")
    if not slug:
        return "x" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{slug}-x" if slug in RESERVED else slug


def is_slug(text: str) -> bool:
    """Tell whether `text` can stand in an address as it is: lower case, letters, digits, single hyphens."""
    return (
        _SLUG.fullmatch(text) is not None
        and text == unicodedata.normalize("NFC", text.lower())
        and len(text.encode()) <= MAX_BYTES * 2
        and text not in RESERVED
    )


def has_name(text: str) -> bool:
    """Tell whether a text has anything in it to make a name of: one letter or digit at least."""
    return any(character.isalnum() for character in text)


def _drop_marks(text: str) -> str:
    # An accent on a Latin letter goes (cafe reads the same in an address); marks of other scripts,
    # without which a word is another word, stay.
    kept: list[str] = []
    for character in text:
        base = unicodedata.normalize("NFD", character)[0]
        kept.append(base if base.isascii() else character)
    return "".join(kept)
