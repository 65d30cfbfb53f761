"""What one element of HTML, XHTML or SVG leads to, and what it has a browser fetch by itself.

Source: https://html.spec.whatwg.org/multipage/indices.html#attributes-3 and SVG 2.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from aboveboard.checks.leaks.text import words
from aboveboard.checks.reach.leads import is_elsewhere
from aboveboard.engine.looking.facts import Said
from aboveboard.engine.looking.styles import fetched_by

# What stands in a line: a word that it divides is still one word.
INLINE = words(
    "a abbr b bdi bdo cite code data del dfn em font i ins kbd mark q s samp small span strong sub sup time tspan"
    " u var wbr"
)
_FETCHING = words(
    "stylesheet icon apple-touch-icon apple-touch-icon-precomposed mask-icon preload modulepreload prefetch"
    " prerender preconnect dns-prefetch manifest"
)
_FETCHED = frozenset(["src", "poster", "background", "manifest", "ping"])
_FOLLOWED = frozenset(["cite", "action", "formaction", "longdesc"])
_CANDIDATE = re.compile(r"[\s,]*([^\s,]\S*[^\s,]|[^\s,])(?:\s[^,]*)?(?:,|$)")
_REFRESH = re.compile(r"\s*[\d.]*\s*[;,]?\s*(?:url\s*=\s*)?[\"']?([^\"']*)", re.IGNORECASE)
_ABSOLUTE = re.compile(r"https?://\S+")
# Attributes of which nobody can make a secret, and that most elements have.
_DULL = frozenset(
    ["class", "id", "d", "points", "viewbox", "x", "y", "width", "height", "datetime", "lang", "dir"]
)
_TELLING = re.compile(r"[?=@:]")

Attributes = Mapping[str, str]


def read_element(said: Said, tag: str, attributes: Attributes) -> None:
    """Note what an element says. Names are in lower case and without prefix, `href` for `xlink:href` too."""
    if tag not in INLINE:
        said.words.append("\n")
    for name, value in attributes.items():
        if not value:
            continue
        if name == "id" or (name == "name" and tag == "a"):
            said.anchors[value] = None
        elif reader := _READERS.get(name):
            reader(said, tag, attributes, value)
        elif name in _FETCHED:
            fetch(said, f"{tag} {name}", value)
        elif name in _FOLLOWED:
            said.links[value] = None
        elif name == "style" or "url(" in value:
            read_style(said, f"{tag} {name}", value)
        if name not in _DULL and (name not in ("href", "src") or _TELLING.search(value)):
            said.attributes.append(f'{name}="{value}"')


def read_style(said: Said, by: str, css: str) -> None:
    """Note what a style has a browser fetch."""
    for address in fetched_by(css):
        if not address.lstrip().startswith("#"):
            fetch(said, by, address)


def fetch(said: Said, by: str, address: str, leads: bool = True) -> None:
    """Note what a browser asks for by itself; `leads`: whether something has to be there."""
    if leads:
        said.links[address] = None
    if is_elsewhere(address, None):
        said.fetched[by, address] = None


def _href(said: Said, tag: str, attributes: Attributes, value: str) -> None:
    relations = set(attributes.get("rel", "").lower().split())
    if tag == "link" and relations & _FETCHING:
        fetch(said, f"link {' '.join(sorted(relations))}", value, not relations & {"preconnect", "dns-prefetch"})
    elif tag == "base":
        fetch(said, "base", value, leads=False)
    elif tag in ("a", "area", "link"):
        said.links[value] = None
    elif not value.startswith("#"):
        fetch(said, f"{tag} href", value)
    else:
        said.links[value] = None


def _srcset(said: Said, tag: str, attributes: Attributes, value: str) -> None:
    for address in _CANDIDATE.findall(value):
        fetch(said, f"{tag} srcset", address)


def _data(said: Said, tag: str, attributes: Attributes, value: str) -> None:
    if tag == "object":
        fetch(said, "object data", value)


def _content(said: Said, tag: str, attributes: Attributes, value: str) -> None:
    if tag == "meta" and attributes.get("http-equiv", "").lower() == "refresh":
        if (match := _REFRESH.match(value)) and match[1].strip():
            fetch(said, "meta refresh", match[1].strip())
    elif tag == "meta" and _ABSOLUTE.fullmatch(value):
        said.links[value] = None


_READERS: dict[str, Callable[[Said, str, Attributes, str], None]] = {
    "href": _href,
    "srcset": _srcset,
    "imagesrcset": _srcset,
    "data": _data,
    "content": _content,
}
