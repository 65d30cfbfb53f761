"""What a finished incident report has, point by point, and what it still lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from aboveboard.content.comments import strip_comments
from aboveboard.content.entry import Entry
from aboveboard.content.kinds import INCIDENT
from aboveboard.content.prose import bare
from aboveboard.errors import Diagnostic, Severity

# Rules that say of one field what a point here says anyway.
SAID_HERE = frozenset(["ST002", "ST005", "ST006", "TM016"])


@dataclass(frozen=True, slots=True)
class Point:
    """One thing a finished report has; `text` says what it has, or what to do."""

    done: bool
    text: str


def review_points(entry: Entry, diagnostics: Iterable[Diagnostic]) -> list[Point]:
    """Return the points of a review: what fields and times are needed, sections, then what `check` says.

    `diagnostics` are those of this entry; information is no reason to wait.
    """
    points = [*_of_fields(entry), *_of_times(entry), *_of_promises(entry), *_of_sections(entry)]
    weighty = sorted(d for d in diagnostics if d.severity is not Severity.INFO and d.code not in SAID_HERE)
    points += [Point(False, f"line {d.position.line}: {d.message} ({d.code})") for d in weighty]
    return points


def _of_fields(entry: Entry) -> Iterator[Point]:
    fields = entry.incident
    if fields is None:
        return
    for name, value, ask in (
        ("severity", fields.severity, "how bad it was"),
        ("services", ", ".join(fields.services), "the services it touched"),
        ("summary", fields.summary, "the 30-second read"),
        ("factors", _counted(len(fields.factors), "factor"), "what made it likely, or worse"),
        ("lessons", _counted(len(fields.lessons), "lesson"), "what was learned, a sentence each"),
    ):
        yield Point(bool(value), f"{name}: {value}" if value else f"{name}: {ask}")


def _of_times(entry: Entry) -> Iterator[Point]:
    times, fields = entry.times, entry.incident
    if times is None or fields is None:
        return
    yield Point(bool(times.events), "timeline: " + (_counted(len(times.events), "line") or "a line an event"))
    for name in () if fields.type == "near-miss" else ("started", "detected", "mitigated", "resolved"):
        moment = times.milestones.get(name)
        # A clock alone means the last time that it was: days later, that is another day.
        ask = f"aboveboard incident mark {name} --at {entry.day}T02:04 --id {entry.id}"
        yield Point(moment is not None, f"{name}: {moment.stamp.text if moment else ask}")


def _of_promises(entry: Entry) -> Iterator[Point]:
    actions = entry.fields.actions
    if not actions:
        yield Point(False, "actions: what will change, each with an owner and a day")
    for action in actions:
        missing = [name for name in ("owner", "due") if getattr(action, name) is None]
        promise = f"action {action.id}: {action.what}"
        if action.status != "open" or not missing:
            yield Point(True, promise)
        else:
            yield Point(False, f"{promise} (it lacks {' and '.join(f'`{name}:`' for name in missing)})")


def _of_sections(entry: Entry) -> Iterator[Point]:
    """Name the sections that are empty, those that a list of the front matter fills on the page apart."""
    filled = {
        bare(heading)
        for name, headings in INCIDENT.sections.items()
        if name != "figures" or getattr(entry.fields, name)
        for heading in headings
    }
    sections = [s for s in entry.prose.sections if s.heading]
    for section in sections:
        heading = section.heading.text if section.heading else ""
        nested = any(section.start < other.start < section.end for other in sections)
        said = strip_comments(entry.prose.text(section)).strip()
        if not said and not nested and bare(heading) not in filled:
            yield Point(False, f"\u201c{heading}\u201d is empty: write it, or take the heading out")


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}" if count else ""
