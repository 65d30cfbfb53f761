"""The page of each entry: a head that answers first, the text, what it promises, where it belongs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aboveboard.content.entry import Entry
from aboveboard.content.frame import Frame
from aboveboard.content.public import PublicLibrary
from aboveboard.content.settings import find_licence
from aboveboard.errors import Diagnostic
from aboveboard.insight.incidents import is_over, went_quiet
from aboveboard.outputs.entry.around import Way, WaysOn
from aboveboard.outputs.entry.dialect import for_python_markdown
from aboveboard.outputs.entry.text import entry_text
from aboveboard.outputs.entry.timeline import render_timeline
from aboveboard.outputs.links import reply_link, source_path
from aboveboard.outputs.machines.head import entry_head
from aboveboard.outputs.page import Draft, Page
from aboveboard.outputs.render import Renderer, title_of

# So many related entries are named on a page, however many name it.
RELATED = 12


def entry_pages(library: PublicLibrary) -> Iterator[Draft]:
    """Yield the page of every entry."""
    ways_on = WaysOn(library)
    return (entry_draft(library, entry, ways_on) for entry in library.entries)


def entry_draft(library: PublicLibrary, entry: Entry, ways_on: WaysOn) -> Draft:
    """Return the page of one entry, still to be made."""
    notes = library.notes.get(entry.path, ())
    related = library.related(entry)
    shown = (library.frame, entry, notes, related[:RELATED], len(related), ways_on.of(entry))
    return Draft((source_path(entry),), _page, shown, texts=(entry,), source=entry.path)


def _page(
    frame: Frame,
    entry: Entry,
    notes: Sequence[Diagnostic],
    related: Sequence[Entry],
    all_related: int,
    ways_on: Sequence[Way],
) -> Iterator[Page]:
    path = source_path(entry)
    render = Renderer(frame, path)
    head = render(
        "entry_head",
        entry=entry,
        notes=notes,
        facts=f"facts_{entry.kind.name}.html.j2",
        over=is_over(entry),
        quiet=went_quiet(entry, frame.today),
    )
    body = entry_text(render, entry, render_timeline(render, entry))
    foot = render(
        "entry_foot",
        entry=entry,
        related=related,
        all_related=all_related,
        ways_on=ways_on,
        reply=_reply(frame, render, entry),
        licence=find_licence(entry.fields.licence or frame.project.settings.licence),
    )
    yield Page(
        path=path,
        title=title_of(frame, entry),
        body="\n\n".join([head, for_python_markdown(body), foot]),
        description=entry.fields.summary or entry.kind.about,
        source=entry.path,
        in_search=True,
        head=entry_head(frame, entry),
        lang=entry.fields.lang,
        updated=entry.updated_at.astimezone(entry.zone).date(),
    )


def _reply(frame: Frame, render: Renderer, entry: Entry) -> str | None:
    """Return where a reader answers: the team itself, else the organisation; the page is named in it."""
    team = frame.registers.teams.get(entry.fields.team or "")
    contact = (team.contact if team else None) or frame.project.settings.contact
    return reply_link(contact, title_of(frame, entry), render.permalink(entry)) if contact else None
