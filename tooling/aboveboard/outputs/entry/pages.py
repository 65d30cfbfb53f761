"""The page of each entry: a head that answers first, the text, what it promises, where it belongs."""

from __future__ import annotations

from collections.abc import Iterator

from aboveboard.content.entry import Entry
from aboveboard.content.public import PublicLibrary
from aboveboard.insight.incidents import is_over, went_quiet
from aboveboard.outputs.entry.dialect import for_python_markdown
from aboveboard.outputs.entry.text import entry_text
from aboveboard.outputs.links import source_path
from aboveboard.outputs.machines.head import entry_head
from aboveboard.outputs.page import Page
from aboveboard.outputs.render import Renderer, title_of


def entry_pages(library: PublicLibrary) -> Iterator[Page]:
    """Yield the page of every entry."""
    for entry in library.entries:
        yield _page(library, entry)


def _page(library: PublicLibrary, entry: Entry) -> Page:
    path = source_path(entry)
    render = Renderer(library, path)
    today = library.today
    notes = library.notes.get(entry.path, ())
    head = render(
        "entry_head",
        entry=entry,
        notes=notes,
        facts=f"facts_{entry.kind.name}.html.j2",
        over=is_over(entry),
        quiet=went_quiet(entry, today),
    )
    foot = render("entry_foot", entry=entry, related=library.related(entry))
    return Page(
        path=path,
        title=title_of(library, entry),
        body="\n\n".join([head, for_python_markdown(entry_text(render, entry)), foot]),
        description=entry.fields.summary or entry.kind.about,
        source=entry.path,
        in_search=True,
        head=entry_head(library, entry),
        lang=entry.fields.lang,
        updated=entry.updated_at.astimezone(entry.zone).date(),
    )
