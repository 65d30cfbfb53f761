"""What machines read in a page's head: structured data, previews of links, licence, feeds, filters for search."""

from __future__ import annotations

from markupsafe import Markup

from aboveboard.content.entry import Entry
from aboveboard.content.public import PublicLibrary
from aboveboard.content.settings import find_licence
from aboveboard.outputs.facets import facets_of
from aboveboard.outputs.links import absolute, source_path
from aboveboard.outputs.machines.atom import title_of_feed
from aboveboard.outputs.machines.feed import SITE, Feed, feeds_of, site_feeds
from aboveboard.outputs.machines.item import say_instant
from aboveboard.outputs.machines.structured import entry_data, page_data
from aboveboard.outputs.render import Renderer, title_of


def entry_head(library: PublicLibrary, entry: Entry) -> Markup:
    """Return the HTML that goes into the `<head>` of an entry's page, beside what the theme puts there."""
    path = source_path(entry)
    fields = entry.fields
    return _render(
        library,
        "head_entry",
        path,
        title_of(library, entry),
        fields.summary or entry.kind.about,
        data=entry_data(library, entry),
        licence=find_licence(fields.licence or library.project.settings.licence).url,
        feeds=_named(library, feeds_of(library, entry)),
        entry=entry,
        published=say_instant(entry.sort_at),
        modified=say_instant(entry.updated_at),
        filters=_filters(library, entry),
    )


def page_head(library: PublicLibrary, path: str, title: str, description: str) -> Markup:
    """Return the same for a page that gathers, at a source path; `title` and `description` are plain text."""
    feeds = [feed for feed in site_feeds(library) if feed.home == path and feed != SITE]
    return _render(
        library,
        "head_page",
        path,
        title,
        description,
        data=page_data(library, path, title, description),
        licence=library.project.settings.licence_url,
        feeds=_named(library, feeds),
    )


def _render(
    library: PublicLibrary, template: str, path: str, title: str, description: str, **values: object
) -> Markup:
    url = absolute(library.project, path)
    render = Renderer(library, path)
    return Markup(render(template, title=title, description=description, url=url, **values))


def _named(library: PublicLibrary, feeds: list[Feed]) -> list[tuple[Feed, str]]:
    return [(feed, title_of_feed(library, feed)) for feed in feeds]


def _filters(library: PublicLibrary, entry: Entry) -> list[tuple[str, str]]:
    """Return what a search can be narrowed by, and to what: the same words that the page shows."""
    return [(name, value) for name, values in facets_of(library, entry).items() for value in values]
