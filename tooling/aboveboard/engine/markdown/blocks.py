"""Blocks of HTML that are certainly whole: Python-Markdown leaves them as they are, whatever stands around them.

Its parser of HTML finds that out for every page, a tag at a time. Pages of ours are mostly such blocks, written
by templates in one plain way: lower-case tags, attributes in double quotes, everything closed. What is written
like that is told apart here by one expression; whatever else there is, is left to Python-Markdown.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from markdown.util import BLOCK_LEVEL_ELEMENTS

# Attributes that stand alone are listed, so that none of them can be an anchor.
_ALONE = "data-[a-z-]++|hidden|open|checked|disabled|reversed|controls|required|autofocus"
_ATTRIBUTE = rf'[ \n]++(?:(?:viewBox|[a-z][a-z0-9:_.-]*+)="[^"<]*+"|(?:{_ALONE})(?=[ \n/>]))'
_ATTRIBUTES = rf"(?:{_ATTRIBUTE})*+[ \n]*+"
_NAME = r"[a-z][a-z0-9]*+"
# A tag, and its name with the slash of a closing one. One that closes itself has no name here.
_TAG = re.compile(rf"<(?:(/{_NAME}(?=>)|{_NAME}){_ATTRIBUTES}>|{_NAME}{_ATTRIBUTES}/>)")
_PAIR = re.compile(r'[ \n]++([a-zA-Z:_.0-9-]++)(?:="([^"<]*+)")?+')
_ANCHORS = (' id="', '\nid="', ' name="', '\nname="')
_OPENED = re.compile(rf"<({_NAME})")
# What html.parser does with one of these depends on what comes long after it.
_ODD_REFERENCE = re.compile(r"&#(?!(?:[0-9]+|[xX][0-9a-fA-F]+);)")
_VOID = re.findall(r"\w+", "area base br col embed hr img input link meta param source track wbr")
_OTHERS = re.findall(
    r"\w+",
    "a abbr audio b bdi bdo button cite code data del desc dfn em g i ins kbd label mark path circle rect line "
    "picture polygon polyline q s samp search small span strong sub sup svg text time title tspan u use var",
)
# Elements within which a tag may be text, to one parser or another, are not among them.
_BLOCKS = frozenset(BLOCK_LEVEL_ELEMENTS) - {
    "hr",
    "iframe",
    "math",
    "noscript",
    "object",
    "script",
    "style",
    "textarea",
}
# What closes an element; nothing does where it has no content.
_CLOSING = {name: f"/{name}" for name in [*sorted(_BLOCKS), *_OTHERS]} | dict.fromkeys(["", *_VOID], "")


def has_odd_reference(text: str) -> bool:
    """Return whether a text has a numeric reference that is not one."""
    return "&#" in text and _ODD_REFERENCE.search(text) is not None


def whole_blocks(text: str) -> list[tuple[str, str]] | None:
    """Return the blocks that a text without blank lines consists of, each with what stands after it.

    Between two of them is nothing or a line break. None: it may be something else.
    """
    names = _TAG.findall(text)
    parts = text.split("<")
    if parts[0] or len(parts) != len(names) + 1 or has_odd_reference(text):
        return None
    blocks: list[tuple[str, str]] = []
    awaited: list[str] = []
    start, top = 1, ""
    for place, name in enumerate(names, 1):
        if name == top and name:
            awaited.pop()
            if not awaited:
                after = parts[place][len(name) + 1 :]
                blocks.append(("<" + "<".join(parts[start:place]) + f"<{name}>", after))
                start, top = place + 1, ""
                if after not in ("", "\n"):
                    return None
            else:
                top = awaited[-1]
            continue
        closing = _CLOSING.get(name)
        if closing:
            if not awaited and name not in _BLOCKS:
                return None
            if name == "title" and names[place : place + 1] != ["/title"]:
                return None
            awaited.append(closing)
            top = closing
        elif closing is None or not awaited:
            return None
    return blocks if not awaited and blocks and not blocks[-1][1] else None


def anchors_in(text: str) -> Iterator[str]:
    """Yield what can be linked to in text whose tags are all of the plain kind."""
    for mark in _ANCHORS:
        place = text.find(mark)
        while place >= 0:
            # It may stand between tags, or in another attribute.
            start = text.rfind("<", 0, place)
            tag, opened = _TAG.match(text, start), _OPENED.match(text, start)
            if tag and opened and tag.end() > place:
                yield from _anchors_of(opened[1], text[opened.end() : tag.end()])
            place = text.find(mark, place + 1)


def _anchors_of(tag: str, attributes: str) -> Iterator[str]:
    for name, value in _PAIR.findall(attributes):
        if name == "id" or (name == "name" and tag == "a"):
            yield html.unescape(value)
