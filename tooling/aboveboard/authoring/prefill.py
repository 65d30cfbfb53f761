"""What can be known before a person types: dates, the team, what was said to be next, what went on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aboveboard.authoring.templates import escape_markdown
from aboveboard.content.entry import Entry
from aboveboard.content.history import author_name, files_touched_by
from aboveboard.content.kinds import EXPERIMENT, INCIDENT, WEEKNOTE, Kind
from aboveboard.content.library import Library
from aboveboard.content.project import Project
from aboveboard.content.stamps import parse_stamp
from aboveboard.content.times import resolve
from aboveboard.content.weeks import Week
from aboveboard.insight.weeknotes import said_next, title_of, week_of


@dataclass(frozen=True, slots=True)
class Teams:
    """Whose entry it may be: `yours` from the last time, else the `only` one there is, else one of `known`."""

    yours: str | None
    known: tuple[str, ...]

    @property
    def only(self) -> str | None:
        return self.known[0] if len(self.known) == 1 else None


def find_teams(library: Library) -> Teams:
    """Return the team of the newest entry that the same git author touched, and all teams known."""
    project = library.project
    known = tuple(sorted({*library.registers.teams, *library.by_team}))
    author = author_name(project.root)
    if author is None:
        return Teams(None, known)
    teams = {project.content / entry.path: entry.fields.team for entry in library.entries}
    for touched in files_touched_by(author, project.root, project.content):
        if team := teams.get(project.root / touched):
            return Teams(team, known)
    return Teams(None, known)


def prefill(
    library: Library, kind: Kind, now: datetime, given: dict[str, Any], team: str | None, title: str | None
) -> dict[str, Any]:
    """Return the values that templates may use. `given` are fields set on the command line, as typed.

    `explain` is what the table of fields says of each, so that a template need not say it again.
    """
    project = library.project
    local = now.astimezone(project.zone)
    week = Week.parse(str(given["week"])) if given.get("week") else Week.of(local.date())
    values: dict[str, Any] = {
        "kind": kind,
        "title": title,
        "team": team,
        "date": str(given.get("date") or _day(project, given) or local.date().isoformat()),
        "now": local.isoformat(timespec="minutes"),
        "week": week,
        "over": bool(given.get("resolved_at")),
        "timezone": str(given.get("timezone") or project.settings.timezone),
        "severities": list(project.settings.severities),
        "explain": {name: field.description or "" for name, field in kind.fields.model_fields.items()},
        "carried_over": "",
        "incidents": [],
        "experiments": [],
    }
    if kind is WEEKNOTE:
        before = said_next(library.entries, team, week) if team else None
        values["carried_over"] = before[1] if before else ""
        values["incidents"] = _this_week(library.of_kind(INCIDENT), week)
        values["experiments"] = _this_week(library.of_kind(EXPERIMENT), week)
    return values


def _day(project: Project, given: dict[str, Any]) -> str | None:
    """Return the day an incident started, in its zone, where that is given."""
    started = started_at(project, given)
    return started.astimezone(project.zone).date().isoformat() if started else None


def started_at(project: Project, given: dict[str, Any]) -> datetime | None:
    """Return the instant given as `started_at`, or None where none was given or it is no time."""
    try:
        stamp = parse_stamp(str(given["started_at"]))
    except (KeyError, ValueError):
        return None
    moment = resolve(stamp, project.zone)
    return moment.at if moment else None


def _this_week(entries: Iterable[Entry], week: Week) -> list[dict[str, str]]:
    """Return the title and the relative source link of entries of a week, oldest first."""
    found = [e for e in entries if week_of(e) == week and not e.fields.draft and not e.is_retold]
    return [{"title": escape_markdown(title_of(e, "")), "link": f"../{e.path}"} for e in reversed(found)]
