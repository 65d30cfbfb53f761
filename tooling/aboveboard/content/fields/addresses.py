"""How addresses are written in fields: off the site, on it, and those that lead on."""

from __future__ import annotations

import re
from urllib.parse import unquote


def read_url(text: str) -> str:
    """Return an address off the site as written; raise ValueError with what to write."""
    if not re.fullmatch(r"https?://[^\s<>\"']+|mailto:[^\s<>\"']+@[^\s<>\"']+", text):
        raise ValueError(f"{text!r} is not an address: it begins with https://")
    return text


def read_reply(text: str) -> str:
    """Return an address in which `{title}` and `{url}` may stand; raise ValueError with what to write."""
    for name in re.findall(r"\{([^{}]*)\}", text):
        if name not in ("title", "url"):
            raise ValueError(f"{{{name}}} stands for nothing here: write {{title}} or {{url}}")
    if re.match(r"https?://[^/?#]*[{}]|mailto:[^?]*[{}]", text):
        raise ValueError(f"{text!r}: {{title}} and {{url}} go behind the host or the mailbox")
    return read_url(text)


def read_address(text: str) -> str:
    """Return an old address on this site, with one slash at its end; raise ValueError with what to write."""
    if not re.fullmatch(r"/?[\w.-]+(?:/[\w.-]+)*/?", text) or ".." in text:
        raise ValueError(f"{text!r} is not an address on this site: write it as /incidents/old-name/")
    return text.strip("/") + "/"


def read_old_address(text: str) -> str:
    """Return an old address as written; raise ValueError with what to write."""
    read_address(unquote(text))
    return text


def read_new_address(text: str) -> str:
    """Return a place that an old address leads to, as written; raise ValueError with what to write."""
    if re.match(r"https?://", text):
        return read_url(text)
    path = unquote(text.partition("#")[0])
    if re.search(r"[\s?:\\]|//|\.\.", path) or not text:
        message = "is no place to lead to: write it as /tags/new-name/, or with https:// in front"
        raise ValueError(f"{text!r} {message}")
    return text
