"""What the values of some data say: which are addresses, which are HTML, and which may name an entry."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from aboveboard.engine.looking.facts import Said

_ABSOLUTE = re.compile(r"https?://[^\s<>\"]+")
# What JSON Feed and our own data call an address that counts from the file.
_ADDRESSES = frozenset(
    ["url", "home_page_url", "feed_url", "next_url", "external_url", "image", "banner_image", "icon", "favicon"]
)
# An id may look like an address, and nobody follows it.
_IDENTITIES = frozenset(["id", "@id", "$id"])
# A schema shows what could be written, of nobody's entry in particular.
_MADE_UP = frozenset(["examples", "example", "default", "enum", "pattern"])
Fragment = Callable[[Said, str, str], None]


def read_value(said: Said, value: Any, fragment: Fragment | None = None) -> None:
    """Note what a value that was JSON says, however deep. `fragment` reads HTML, given with its base."""
    left: list[tuple[str, Any, str]] = [("", value, "")]
    while left:
        key, value, base = left.pop()
        if isinstance(value, dict):
            base = str(value.get("url") or base)
            left += [(name, inner, base) for name, inner in value.items() if name not in _MADE_UP]
        elif isinstance(value, list):
            left += [(key, inner, base) for inner in value]
        elif isinstance(value, str):
            if key == "content_html" and fragment:
                fragment(said, value, base)
            else:
                read_text(said, value, key)


def read_text(said: Said, text: str, key: str = "") -> None:
    """Note one text, and the name under which it stands."""
    if (_ABSOLUTE.fullmatch(text) and key not in _IDENTITIES) or (key in _ADDRESSES and text):
        said.links[text] = None
    said.value(text)
    said.words.append(f'{key}: "{text}"\n' if key and " " not in text else f"{text}\n")
