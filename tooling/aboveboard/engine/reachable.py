"""What some readers cannot reach: wide tables, boxes without a name, pictures that lost their address."""

from __future__ import annotations

import re

_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
_BOX = re.compile(r'<input(?=[^>]*type="checkbox")(?![^>]*aria-label)([^>]*?)/?>')
# What a picture on another host is left with once it is cleaned: only its words, and no element for words.
_ABSENT = re.compile(r'<img(?![^>]*\ssrc(?:set)?=)(?:[^>]*?\salt="(?P<words>[^"]*)")?[^>]*>')


def make_reachable(html: str) -> str:
    """Return a page's HTML with every Markdown table in a frame that scrolls by itself, every box named, and
    the words of pictures that are not shown."""
    framed = _TABLE.sub(r'<div class="ab-scroll" role="group" aria-label="Table">\g<0></div>', html)
    return _ABSENT.sub(_told, _BOX.sub(_named, framed))


def _named(box: re.Match[str]) -> str:
    name = "done" if "checked" in box[1] else "to do"
    return f'<input aria-label="{name}"{box[1]}>'


def _told(picture: re.Match[str]) -> str:
    return f"<em>Picture, not shown: {picture['words']}</em>" if picture["words"] else ""
