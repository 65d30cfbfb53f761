"""Slugs: the names that stand in addresses and file names on every platform."""

from __future__ import annotations

import hashlib
import re
import unicodedata

MAX_BYTES = 80

# Names that Windows keeps for devices, whatever their ending; it takes a raised digit for a digit.
DEVICES = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in "123456789\u00b9\u00b2\u00b3")]
)
# Those, and names that mean a folder's own page.
RESERVED = DEVICES | {"index", "readme"}

_SLUG = re.compile(r"a[am]*(?:[-_]a[am]*)*")
_WORD = re.compile(r"a[am]*")


def slugify(text: str) -> str:
    """Return a slug for any text, of at most 80 bytes of UTF-8.

    Letters of every script are kept (an address in Japanese reads better than a transliterated
    one); a text without any letter or digit gets a short hash, so the result is never empty.
    """
    # C++ and C# are not C.
    text = re.sub(r"(?<=[\w+])\+", " plus ", unicodedata.normalize("NFC", text))
    text = re.sub(r"(?<=\w)#(?!\w)", " sharp", text)
    folded = _drop_accents(unicodedata.normalize("NFKC", text).lower())
    words = "-".join(folded[word.start() : word.end()] for word in _WORD.finditer(_shape(folded)))
    slug = words.encode()[:MAX_BYTES].decode(errors="ignore").rstrip("-")
    if not slug:
        return "x" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{slug}-x" if slug in RESERVED else slug


def is_slug(text: str) -> bool:
    """Tell whether `text` can stand in an address as it is: lower case, letters, digits, single hyphens."""
    return (
        _SLUG.fullmatch(_shape(text)) is not None
        and text == unicodedata.normalize("NFC", text.lower())
        and len(text.encode()) <= MAX_BYTES * 2
        and text not in RESERVED
    )


def has_name(text: str) -> bool:
    """Tell whether a text has anything in it to make a name of: one letter or digit at least."""
    return any(character.isalnum() for character in text)


def _drop_accents(text: str) -> str:
    # An accent on a Latin letter goes (cafe reads the same in an address); marks of other scripts,
    # without which a word is another word, stay.
    kept: list[str] = []
    for character in unicodedata.normalize("NFD", text):
        if not (_is_mark(character) and kept and kept[-1].isascii()):
            kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept))


def _shape(text: str) -> str:
    """Return a text with `a` for every letter or digit and `m` for every mark; the rest as it is."""
    return "".join("a" if c.isalnum() else "m" if _is_mark(c) else c for c in text)


def _is_mark(character: str) -> bool:
    # The vowel signs of Hindi or Thai are marks. Variation selectors are too, and show nothing.
    return unicodedata.category(character) in ("Mn", "Mc") and "SELECTOR" not in unicodedata.name(character, "")
