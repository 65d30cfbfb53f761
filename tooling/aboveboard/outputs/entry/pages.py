"""The page of each entry: a head that answers first, the text, what it promises, where it belongs."""

from __future__ import annotations

from collections.abc import Iterator

from aboveboard.content.entry import Entry
from aboveboard.content.public import PublicLibrary
from aboveboard.insight.actions import promises
from aboveboard.insight.incidents import is_over, went_quiet
from aboveboard.outputs.entry.body import compose_body
from aboveboard.outputs.entry.dialect import for_python_markdown
from aboveboard.outputs.entry.timeline import render_timeline
from aboveboard.outputs.links import source_path
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
    body = compose_body(entry, _lists(render, entry), render_timeline(render, entry))
    foot = render("entry_foot", entry=entry, related=library.related(entry))
    return Page(
        path=path,
        title=title_of(library, entry),
        body="\n\n".join([head, for_python_markdown(body), foot]),
        description=entry.fields.summary or entry.kind.about,
        source=entry.path,
        in_search=True,
    )


def _lists(render: Renderer, entry: Entry) -> dict[str, str]:
    """Render the lists that the front matter holds, those with anything in them, in order of reading."""
    fields = entry.fields
    lists: dict[str, object] = {}
    if entry.incident:
        lists |= {"figures": entry.incident.figures, "factors": entry.incident.factors}
    if entry.experiment:
        lists |= {"measures": entry.experiment.measures}
    lists |= {"lessons": fields.lessons, "actions": promises([entry])}
    today = render.library.today
    return {
        name: render(f"list_{name}", entry=entry, items=items, today=today)
        for name, items in lists.items()
        if items
    }
