"""Where links lead: what an address names, and what of the site it means on the page where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from aboveboard.checks.context import Context
from aboveboard.checks.reach.markup import Link, Picture, read_markup
from aboveboard.checks.reach.site import Place, source_path
from aboveboard.checks.rule import Document
from aboveboard.errors import Position

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+-]{1,30}):")
_UNDEFINED = re.compile(r"(?<![\w\])\\])\[([^\[\]\n]{2,200})\]\[([^\[\]\n]{2,100})\](?![(\[])")
_ON_THIS_MACHINE = re.compile(
    r"file:|[A-Za-z]:[\\/]|\\\\|(?:/Users|/home)/[^/\s]+/|~/"
    r"|(?:(?:https?:)?//)?(?:[\w.-]{0,60}\.)?localhost(?=[:/?#]|$)"
    r"|(?:https?:)?//(?:127(?:\.\d{1,3}){3}|0\.0\.0\.0|\[::1\])(?=[:/?#]|$)",
    re.IGNORECASE,
)


# Attributes whose address a browser asks for by itself, without anybody following it.
FETCHED = ("src", "srcset", "poster")
_ASKS_A_HOST = re.compile(r"(?:https?|ftp):/*|//+", re.IGNORECASE)
_AROUND_ADDRESS = "".join(map(chr, range(0x21)))


@dataclass(frozen=True, slots=True)
class Lead:
    """A link or picture that stays on the site: its path as read, its anchor, and what it leads to."""

    item: Link | Picture
    path: str
    anchor: str
    place: Place | None


def is_local(target: str) -> bool:
    """Tell whether an address is one of the writer's own machine."""
    return _ON_THIS_MACHINE.match(target.strip()) is not None


def host_of(target: str) -> str:
    """Return the host that an address names, or nothing."""
    try:
        return urlsplit(target.strip()).hostname or ""
    except ValueError:
        return ""


def is_elsewhere(target: str, site_url: str | None) -> bool:
    """Tell whether a browser would ask another host than the site's own for an address.

    Read as browsers read: they skip tabs and line breaks, take a backslash for a slash, and any number of
    slashes for two. Source: https://url.spec.whatwg.org/#url-parsing.
    """
    text = re.sub(r"[\t\n\r]", "", target).strip(_AROUND_ADDRESS).replace("\\", "/")
    match = _ASKS_A_HOST.match(text)
    if match is None:
        return False
    host = re.split(r"[/?#]", text[match.end() :], maxsplit=1)[0].rpartition("@")[2]
    return site_url is None or host.casefold() not in (urlsplit(site_url).netloc.casefold(), "")


def shows_elsewhere(attribute: str, value: str, site_url: str | None) -> bool:
    """Tell whether an attribute has a browser fetch something from another host than the site's own."""
    if attribute == "srcset":
        # Several addresses with their widths; where commas may stand is intricate, so every part counts as one.
        return any(is_elsewhere(part, site_url) for part in re.split(r"[\s,]+", value))
    return attribute in FETCHED and is_elsewhere(value, site_url)


@dataclass(frozen=True, slots=True)
class Ways:
    """Where a document leads to on this site or this machine, and names of addresses that no line gives.

    All that has to be known of a document to look again whether its links still lead somewhere.
    """

    targets: tuple[Link | Picture, ...] = ()
    undefined: tuple[tuple[Position, str], ...] = ()


def ways_of(document: Document, context: Context) -> Ways:
    """Return the ways of a document, remembered where it was not read anew."""
    if context.ways is None:
        context.ways = _read_ways(document)
    return context.ways


def _read_ways(document: Document) -> Ways:
    markup = read_markup(document.prose)
    targets = [item for item in markup.targets if _stays(item.target.strip()) or is_local(item.target)]
    undefined = [
        (text.position(match.start()), match[2])
        for text in markup.texts
        if "][" in text.bare
        for match in _UNDEFINED.finditer(text.bare)
        if not match[2].isdigit()
    ]
    return Ways(tuple(targets), tuple(undefined))


def _stays(target: str) -> bool:
    return not (scheme_of(target) or target.startswith("//") or "{{" in target)


def leads(document: Document, context: Context) -> Iterator[Lead]:
    """Yield the links and pictures of a document that stay on the site."""
    here = source_path(document)
    for item in ways_of(document, context).targets:
        target = item.target.strip()
        if not target or not _stays(target):
            continue
        site = context.surroundings.site
        path, anchor = path_of(target), unquote(target.partition("#")[2])
        place = site.find(here, path, item.raw) if path else site.places.get(here)
        if place is None and is_local(target):
            continue
        yield Lead(item, path, anchor, place)


def path_of(target: str) -> str:
    """Return the path of an address, without query and anchor, percent signs read."""
    return unquote(re.split(r"[?#]", target.strip(), maxsplit=1)[0])


def scheme_of(target: str) -> str | None:
    """Return what an address begins with, as a browser reads it, in lower case: `javascript`."""
    match = _SCHEME.match(re.sub(r"[\x00-\x20]", "", target[:200]))
    return match[1].lower() if match and match[1].lower() != "localhost" else None
