"""A feed in Atom: RFC 4287, with the licence as RFC 4946 links it, and its archives as RFC 5005 does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from aboveboard.content.frame import Frame
from aboveboard.outputs.links import absolute, url_for
from aboveboard.outputs.machines.feed import SITE, Feed
from aboveboard.outputs.machines.item import (
    LANGUAGE,
    Item,
    item_url,
    licence_link,
    permanent_id,
    say_instant,
)

NAMESPACE = "http://www.w3.org/2005/Atom"
HISTORY = "http://purl.org/syndication/history/1.0"
MEDIA = "application/atom+xml"
# A feed must say when it changed, and one that never had an item did not.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a document is in the row of a feed's: RFC 5005, section 4.

    `here`: its own path. `before` and `after`: the archives beside it. `is_archive`: whether it is one itself.
    """

    here: str
    before: str | None = None
    after: str | None = None
    is_archive: bool = False


def atom(frame: Frame, feed: Feed, place: Place, items: Sequence[str], updated: datetime = NEVER) -> bytes:
    """Return a feed with these items, as `atom_item` has them and in this order, as an Atom document.

    `updated`: when the last of them was.
    """
    project, here = frame.project, place.here
    history = {"xmlns:fh": HISTORY} if place.is_archive else {}
    root = ET.Element("feed", {"xmlns": NAMESPACE, **history, "xml:lang": LANGUAGE})
    # An archive is of the same feed, and bears its id.
    _add(root, "id", permanent_id(frame, feed.atom, feed.atom))
    _add(root, "title", title_of_feed(frame, feed))
    _add(root, "subtitle", about_feed(frame, feed))
    _add(root, "updated", say_instant(updated))
    if place.is_archive:
        ET.SubElement(root, "fh:archive")
    current = feed.atom if place.is_archive else None
    for relation, path in (
        *(("self", here), ("current", current)),
        *(("prev-archive", place.before), ("next-archive", place.after)),
    ):
        if path:
            _link(root, relation, absolute(project, path) or path.rpartition("/")[2], MEDIA)
    _link(root, "alternate", item_url(frame, here, feed.home), "text/html")
    _licence(root, project.settings.licence_url)
    _add(ET.SubElement(root, "author"), "name", project.organisation)
    _add(root, "rights", project.settings.licence_name)
    _add(root, "generator", "Aboveboard")
    ET.indent(root)
    head, end = ET.tostring(root, encoding="unicode"), "\n</feed>"
    told = "".join(f"\n  {item}" for item in items)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{head.removesuffix(end)}{told}{end}\n'.encode()


def title_of_feed(frame: Frame, feed: Feed) -> str:
    """Return what readers of feeds see in their list: the site's name, and what of it this is."""
    name = frame.project.site_name
    return name if feed == SITE else f"{name}: {feed.name}"


def about_feed(frame: Frame, feed: Feed) -> str:
    """Return what a feed brings, in a sentence; the site's own says what the site is."""
    return (frame.project.site_description if feed == SITE else None) or feed.about


def atom_item(frame: Frame, here: str, item: Item) -> str:
    """Return an item as it stands in the document at `here`."""
    node = ET.Element("entry")
    if item.language:
        node.set("xml:lang", item.language)
    _add(node, "id", item.id)
    _add(node, "title", item.title)
    _link(node, "alternate", item_url(frame, here, item.page, item.anchor), "text/html")
    if item.source:
        ET.SubElement(node, "link", {"rel": "via", "href": _clean(item.source)})
    _add(node, "published", say_instant(item.published))
    _add(node, "updated", say_instant(item.updated))
    for name in item.authors:
        _add(ET.SubElement(node, "author"), "name", name)
    for tag in item.tags:
        ET.SubElement(node, "category", {"term": _clean(tag)})
    if item.licence:
        _licence(node, licence_link(item.licence))
        _add(node, "rights", item.licence)
    if item.summary:
        _add(node, "summary", item.summary)
    if item.html is not None:
        content = _add(node, "content", item.html)
        content.set("type", "html")
        if frame.project.site_url is None:
            content.set("xml:base", url_for(frame.project, here, item.page))
    ET.indent(node, level=1)
    return ET.tostring(node, encoding="unicode")


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    child = ET.SubElement(parent, name)
    child.text = _clean(text)
    return child


def _link(parent: ET.Element, relation: str, url: str, media: str) -> None:
    ET.SubElement(parent, "link", {"rel": relation, "type": media, "href": url})


def _licence(parent: ET.Element, url: str | None) -> None:
    if url:
        ET.SubElement(parent, "link", {"rel": "license", "href": url})


def _clean(text: str) -> str:
    """Return a text without what XML 1.0 has no way to write: most control characters, lone surrogates."""
    return _UNWRITABLE.sub("", text)
