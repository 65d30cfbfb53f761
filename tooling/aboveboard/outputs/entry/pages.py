"""The page of each entry: a head that answers first, the text, what it promises, where it belongs."""

from __future__ import annotations

from collections.abc import Iterator

from aboveboard.content.entry import Entry
from aboveboard.content.public import PublicLibrary
from aboveboard.content.settings import find_licence
from aboveboard.insight.incidents import is_over, went_quiet
from aboveboard.outputs.entry.around import Way, WaysOn
from aboveboard.outputs.entry.dialect import for_python_markdown
from aboveboard.outputs.entry.text import entry_text
from aboveboard.outputs.entry.timeline import render_timeline
from aboveboard.outputs.links import reply_link, source_path
from aboveboard.outputs.machines.head import entry_head
from aboveboard.outputs.page import Page
from aboveboard.outputs.render import Renderer, title_of


def entry_pages(library: PublicLibrary) -> Iterator[Page]:
    """Yield the page of every entry."""
    ways_on = WaysOn(library)
    for entry in library.entries:
        yield _page(library, entry, ways_on.of(entry))


def _page(library: PublicLibrary, entry: Entry, ways_on: list[Way]) -> Page:
    path = source_path(entry)
    render = Renderer(library, path)
    head = render(
        "entry_head",
        entry=entry,
        notes=library.notes.get(entry.path, ()),
        facts=f"facts_{entry.kind.name}.html.j2",
        over=is_over(entry),
        quiet=went_quiet(entry, library.today),
    )
    body = entry_text(render, entry, render_timeline(render, entry))
    foot = render(
        "entry_foot",
        entry=entry,
        related=library.related(entry),
        ways_on=ways_on,
        reply=_reply(library, render, entry),
        licence=find_licence(entry.fields.licence or library.project.settings.licence),
    )
    return Page(
        path=path,
        title=title_of(library, entry),
        body="\n\n".join([head, for_python_markdown(body), foot]),
        description=entry.fields.summary or entry.kind.about,
        source=entry.path,
        in_search=True,
        head=entry_head(library, entry),
        lang=entry.fields.lang,
        updated=entry.updated_at.astimezone(entry.zone).date(),
    )


def _reply(library: PublicLibrary, render: Renderer, entry: Entry) -> str | None:
    """Return where a reader answers: the team itself, else the organisation; the page is named in it."""
    team = library.registers.teams.get(entry.fields.team or "")
    contact = (team.contact if team else None) or library.project.settings.contact
    return reply_link(contact, title_of(library, entry), render.permalink(entry)) if contact else None
