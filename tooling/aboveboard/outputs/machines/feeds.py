"""Atom feeds: one for the site, one for each kind.

Source: RFC 4287. An entry's id is its permanent address; `updated` moves only on a change that its
author called noticeable.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from xml.etree import ElementTree as ET

from aboveboard.content.entry import Entry
from aboveboard.content.kinds import KINDS
from aboveboard.content.public import PublicLibrary
from aboveboard.outputs.links import absolute, source_path, url_for
from aboveboard.outputs.machines.full_text import render_markdown
from aboveboard.outputs.page import Asset
from aboveboard.outputs.render import title_of

ATOM = "http://www.w3.org/2005/Atom"
LATEST = 50


def feeds(library: PublicLibrary) -> Iterator[Asset]:
    """Yield the feed of the site and of every kind."""
    name = library.project.site_name
    yield _feed(library, "feed.xml", "index.md", name, library.entries)
    for kind in KINDS:
        entries = library.of_kind(kind)
        yield _feed(
            library, f"{kind.folder}/feed.xml", f"{kind.folder}/index.md", f"{name}: {kind.plural}", entries
        )


def _feed(library: PublicLibrary, path: str, home: str, title: str, entries: Iterable[Entry]) -> Asset:
    project = library.project
    latest = sorted(entries, key=lambda entry: (entry.sort_at, entry.id), reverse=True)[:LATEST]
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "en"})
    _add(feed, "id", absolute(project, path) or _urn(library, path))
    _add(feed, "title", title)
    updated = max((entry.updated_at for entry in latest), default=datetime(1970, 1, 1, tzinfo=UTC))
    _add(feed, "updated", _rfc3339(updated))
    _link(feed, "self", absolute(project, path) or path.rsplit("/", maxsplit=1)[-1], "application/atom+xml")
    _link(feed, "alternate", absolute(project, home) or url_for(project, path, home), "text/html")
    _add(ET.SubElement(feed, "author"), "name", project.organisation)
    _add(feed, "rights", project.settings.licence_name)
    for entry in latest:
        _entry(feed, library, path, entry)
    ET.indent(feed)
    data = ET.tostring(feed, encoding="unicode")
    return Asset(path, f'<?xml version="1.0" encoding="utf-8"?>\n{data}\n'.encode())


def _entry(feed: ET.Element, library: PublicLibrary, here: str, entry: Entry) -> None:
    project, page = library.project, source_path(entry)
    url = absolute(project, page)
    node = ET.SubElement(feed, "entry")
    _add(node, "id", url or _urn(library, entry.address))
    _add(node, "title", title_of(library, entry))
    _link(node, "alternate", url or url_for(project, here, page), "text/html")
    _add(node, "published", _rfc3339(entry.sort_at))
    _add(node, "updated", _rfc3339(entry.updated_at))
    for name in entry.fields.authors:
        _add(ET.SubElement(node, "author"), "name", library.registers.name_of("people", name))
    if entry.fields.team:
        _add(ET.SubElement(node, "author"), "name", library.registers.name_of("teams", entry.fields.team))
    for tag in (entry.kind.name, *entry.fields.tags):
        ET.SubElement(node, "category", {"term": tag})
    if entry.fields.summary:
        _add(node, "summary", entry.fields.summary)
    content = _add(node, "content", render_markdown(entry, project))
    content.set("type", "html")


def _add(parent: ET.Element, name: str, text: str) -> ET.Element:
    child = ET.SubElement(parent, name)
    # XML 1.0 has no way to write a lone surrogate or most control characters.
    child.text = "".join(
        c for c in text if c in "\t\n\r" or " " <= c <= "\ud7ff" or ("\ue000" <= c != "\ufffe" and c != "\uffff")
    )
    return child


def _link(parent: ET.Element, relation: str, url: str, media: str) -> None:
    ET.SubElement(parent, "link", {"rel": relation, "href": url, "type": media})


def _urn(library: PublicLibrary, name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{library.project.site_name}/{name}").urn


def _rfc3339(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
