"""What machines read in a page's head: structured data, previews of links, licence, feeds, filters for search."""

from __future__ import annotations

from markupsafe import Markup

from aboveboard.content.entry import Entry
from aboveboard.content.frame import Frame
from aboveboard.content.settings import find_licence
from aboveboard.outputs.facets import facets_of
from aboveboard.outputs.links import absolute, source_path
from aboveboard.outputs.machines.atom import title_of_feed
from aboveboard.outputs.machines.feed import SITE, Feed, feeds_of, site_feeds
from aboveboard.outputs.machines.item import say_instant
from aboveboard.outputs.machines.structured import entry_data, page_data
from aboveboard.outputs.render import Renderer, title_of


def entry_head(frame: Frame, entry: Entry) -> Markup:
    """Return the HTML that goes into the `<head>` of an entry's page, beside what the theme puts there."""
    path = source_path(entry)
    fields = entry.fields
    return _render(
        frame,
        "head_entry",
        path,
        title_of(frame, entry),
        fields.summary or entry.kind.about,
        data=entry_data(frame, entry),
        licence=find_licence(fields.licence or frame.project.settings.licence).url,
        feeds=_named(frame, feeds_of(frame, entry)),
        entry=entry,
        published=say_instant(entry.sort_at),
        modified=say_instant(entry.updated_at),
        filters=_filters(frame, entry),
    )


def page_head(frame: Frame, path: str, title: str, description: str) -> Markup:
    """Return the same for a page that gathers, at a source path; `title` and `description` are plain text."""
    feeds = [feed for feed in site_feeds(frame) if feed.home == path and feed != SITE]
    return _render(
        frame,
        "head_page",
        path,
        title,
        description,
        data=page_data(frame, path, title, description),
        licence=frame.project.settings.licence_url,
        feeds=_named(frame, feeds),
    )


def _render(frame: Frame, template: str, path: str, title: str, description: str, **values: object) -> Markup:
    url = absolute(frame.project, path)
    render = Renderer(frame, path)
    return Markup(render(template, title=title, description=description, url=url, **values))


def _named(frame: Frame, feeds: list[Feed]) -> list[tuple[Feed, str]]:
    return [(feed, title_of_feed(frame, feed)) for feed in feeds]


def _filters(frame: Frame, entry: Entry) -> list[tuple[str, str]]:
    """Return what a search can be narrowed by, and to what: the same words that the page shows."""
    return [(name, value) for name, values in facets_of(frame, entry).items() for value in values]
