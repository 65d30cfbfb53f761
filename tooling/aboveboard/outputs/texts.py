"""Which drafts show the texts of entries: when nothing but texts changed, these are all that there is to make."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from aboveboard.content.entry import Entry
from aboveboard.content.public import PublicLibrary
from aboveboard.outputs.entry.around import WaysOn
from aboveboard.outputs.entry.pages import entry_draft
from aboveboard.outputs.machines.feed import SITE, feeds_of
from aboveboard.outputs.machines.feeds import feed_draft
from aboveboard.outputs.page import Draft


def drafts_showing(library: PublicLibrary, entries: Collection[Entry]) -> Iterator[Draft]:
    """Yield, of everything that is to be made, what shows the text of any of these entries."""
    ways_on = WaysOn(library)
    feeds = {feed for entry in entries for feed in (SITE, *feeds_of(library.frame, entry))}
    yield from (entry_draft(library, entry, ways_on) for entry in entries)
    for draft in (feed_draft(library, feed) for feed in feeds):
        if not set(entries).isdisjoint(draft.texts):
            yield draft
