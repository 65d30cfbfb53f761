"""The text of an entry as its page and its feeds show it: composed from the body and the front matter."""

from __future__ import annotations

from functools import lru_cache

from aboveboard.content.entry import Entry
from aboveboard.content.frame import Frame
from aboveboard.insight.actions import promises
from aboveboard.outputs.entry.body import compose_body
from aboveboard.outputs.render import Renderer


def entry_text(render: Renderer, entry: Entry, timeline: str) -> str:
    """Return the Markdown of an entry below its head; links of ours are relative to the page of `render`.

    `timeline` stands in for the list under that heading: a picture and a table on the page, the table in a feed.
    """
    return compose_body(entry, _lists(render.frame, render.here, entry), timeline)


# The page of an entry shows them, and right after it what feeds tell of the entry.
@lru_cache(maxsize=1)
def _lists(frame: Frame, here: str, entry: Entry) -> dict[str, str]:
    """Render the lists that the front matter holds, those with anything in them, in order of reading."""
    render = Renderer(frame, here)
    fields = entry.fields
    lists: dict[str, object] = {}
    if entry.incident:
        lists |= {"figures": entry.incident.figures, "factors": entry.incident.factors}
    if entry.experiment:
        lists |= {"measures": entry.experiment.measures}
    lists |= {"lessons": fields.lessons, "actions": promises([entry])}
    today = frame.today
    return {
        name: render(f"list_{name}", entry=entry, items=items, today=today)
        for name, items in lists.items()
        if items
    }
