"""Where in a body one more line of the timeline may stand, in the order in which the places are to be tried."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from aboveboard.content.entry import Entry
from aboveboard.content.front_matter import FrontMatter
from aboveboard.content.lists import Item, ItemList
from aboveboard.content.prose import Prose, Section, bare
from aboveboard.content.text import Lines
from aboveboard.content.timeline import HEADING

_LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Place:
    """A place for a line: before the line `at` of the body, from 0.

    `group`: the list or table it becomes part of, and `like`: the item it stands beside, if there are.
    `heading`: what has to be written above it where there is no timeline yet.
    """

    at: int
    group: ItemList | None = None
    like: Item | None = None
    heading: str = ""
    out_of_order: bool = False


def find_places(entry: Entry, instant: datetime, later: Collection[str]) -> Iterator[Place]:
    """Yield where an event of `instant` may stand: in its order, then at the end of what is there.

    `later`: the headings, bare, that a new timeline stands before.
    """
    prose = entry.prose
    section = prose.section(HEADING)
    if section is None:
        yield _above(prose, later)
        return
    groups = _groups(entry, section)
    if not groups:
        yield Place(_end_of_text(prose, section.text_start, section.own_end))
        return
    last = groups[-1]
    end = Place(last.items[-1].lines[1] if last.items else last.end, last, last.items[-1] if last.items else None)
    in_order = _in_order(entry, groups, instant) or end
    yield in_order
    if in_order.at != end.at:
        yield Place(end.at, end.group, end.like, out_of_order=True)


def put_line(text: str, matter: FrontMatter, place: Place, written: str) -> str:
    """Return a text with a line put in a place of its body, line endings as they are around it."""
    body, starts = matter.body, Lines(matter.body).starts
    at = starts[place.at] if place.at < len(starts) else len(body)
    before, after = body[:at], body[at:]
    newline = _newline(text, before)
    new = [written]
    if place.group is None:
        if place.heading:
            new = [place.heading, "", *new]
        if _last_line(before).strip() or (place.heading and not before):
            new = ["", *new]
        if _LINE_END.split(after, maxsplit=1)[0].strip():
            new.append("")
    # The last line of a file may have no end; then the new one is the last, and has none.
    ended = not before or before.endswith(("\n", "\r"))
    if not before and not text[: len(text) - len(body)].endswith(("\n", "\r")):
        ended = False
    lines = newline.join(new)
    whole = lines + newline if ended else newline + lines
    return text[: len(text) - len(body)] + before + whole + after


def _groups(entry: Entry, section: Section) -> list[ItemList]:
    """Return the lists and tables that are the timeline; where none of them can be read, the last one."""
    groups = entry.prose.lists(section)
    taken = entry.times.timeline.lines if entry.times else ()
    return [group for group in groups if (group.start, group.end) in taken] or groups[-1:]


def _in_order(entry: Entry, groups: list[ItemList], instant: datetime) -> Place | None:
    """Return the place behind the last event that is no later, and behind what was noted below that one."""
    moments = {e.position.line: e.moment.at for e in (entry.times.events if entry.times else ()) if e.moment}
    items = [(group, item) for group in groups for item in group.items]
    timed = [(index, moments.get(entry.prose.position(item.line).line)) for index, (_, item) in enumerate(items)]
    known = [(index, at) for index, at in timed if at is not None]
    if not known:
        return None
    behind = max((index for index, at in known if at <= instant), default=None)
    if behind is None:
        group, item = items[known[0][0]]
        return Place(item.lines[0], group, item)
    while behind + 1 < len(items) and timed[behind + 1][1] is None and items[behind + 1][0] is items[behind][0]:
        behind += 1
    group, item = items[behind]
    return Place(item.lines[1], group, item)


def _above(prose: Prose, later: Collection[str]) -> Place:
    """Return the place for a timeline with its heading: before what is written later on, else at the end."""
    levels = Counter(heading.level for heading in prose.headings)
    level = levels.most_common(1)[0][0] if levels else 2
    following = next((h for h in prose.headings if h.level == level and bare(h.text) in later), None)
    end = following.line if following else len(prose.lines)
    return Place(_end_of_text(prose, 0, end), heading=f"{'#' * level} {HEADING.capitalize()}")


def _end_of_text(prose: Prose, start: int, end: int) -> int:
    """Return the line behind what is written in a stretch, and behind one blank line where there is one."""
    last = end
    while last > start and not prose.lines[last - 1].strip():
        last -= 1
    blank = last + 1 < len(prose.lines) and last < end
    return last + 1 if blank else last


def _last_line(text: str) -> str:
    return _LINE_END.split(_without_end(text))[-1]


def _without_end(text: str) -> str:
    return text[: -len(_ending(text))] if _ending(text) else text


def _ending(text: str) -> str:
    return next((end for end in ("\r\n", "\n", "\r") if text.endswith(end)), "")


def _newline(text: str, before: str) -> str:
    """Return the line ending that stands before a place, or else the file's first one."""
    found = _ending(before)
    first = _LINE_END.search(text)
    return found or (first[0] if first else "\n")
