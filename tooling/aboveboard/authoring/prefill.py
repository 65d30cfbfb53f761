"""What can be known before a person types: dates, the team, what was said to be next, what went on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from aboveboard.authoring.known import Known
from aboveboard.authoring.prompts import prompts_for
from aboveboard.content.entry import Entry
from aboveboard.content.history import author_name, files_touched_by
from aboveboard.content.kinds import WEEKNOTE, Kind
from aboveboard.content.library import Library
from aboveboard.content.plain import as_markdown
from aboveboard.content.project import Project
from aboveboard.content.public import why_held
from aboveboard.content.stamps import parse_stamp
from aboveboard.content.times import resolve
from aboveboard.content.weeks import Week
from aboveboard.insight.actions import Promise
from aboveboard.insight.weeknotes import said_next, title_of
from aboveboard.insight.weeks import Gathered, Happening, gather_weeks


@dataclass(frozen=True, slots=True)
class Teams:
    """Whose entry it may be: the `only` one there is, else one of `known`."""

    known: tuple[str, ...]

    @property
    def only(self) -> str | None:
        return self.known[0] if len(self.known) == 1 else None


def find_teams(known: Known) -> Teams:
    """Return all teams known, and the only one where there is one."""
    return Teams(tuple(sorted({*known.registers.teams, *known.by_team})))


def last_team(known: Known) -> str | None:
    """Return the team of the newest entry that the same git author touched."""
    project = known.project
    author = author_name(project.root)
    touched = files_touched_by(author, project.root, project.content) if author else []
    prefix = f"{project.relative(project.content)}/"
    return known.first_team([path.removeprefix(prefix) for path in touched if path.startswith(prefix)])


def prefill(
    known: Known, kind: Kind, now: datetime, given: dict[str, Any], team: str | None, title: str | None
) -> dict[str, Any]:
    """Return the values that templates may use. `given` are fields set on the command line, as typed.

    `explain` is what the table of fields says of each, so that a template need not say it again.
    """
    project = known.project
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
        "closed": [],
        "prompts": [],
    }
    if kind is WEEKNOTE:
        before = said_next(known.library.entries, team, week) if team else None
        values["carried_over"] = before[1] if before else ""
        values |= _of_the_week(known.library, week, team, now)
        values["prompts"] = prompts_for(week, team or str(given.get("authors") or ""))
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


def _of_the_week(library: Library, week: Week, team: str | None, now: datetime) -> dict[str, list[dict[str, str]]]:
    """Return what became of the team's incidents, experiments and promises in a week, the oldest first.

    What names no team may be anybody's, so everybody is reminded of it; what the public cannot see is
    nothing that a note could lead to.
    """
    near = [e for e in library.entries if e.may_touch(week.monday, week.sunday)]
    told = [e for e in near if not e.is_retold and why_held(e, now) is None]
    found = gather_weeks(told, now.astimezone(library.project.zone).date()).get(week, Gathered())

    def is_ours(*teams: str | None) -> bool:
        return team is None or team in teams or not any(teams)

    return {
        "incidents": [_happening(it) for it in reversed(found.incidents) if is_ours(it.entry.fields.team)],
        "experiments": [_happening(it) for it in reversed(found.experiments) if is_ours(it.entry.fields.team)],
        "closed": [
            _closed(promise)
            for promise in sorted(found.closed, key=lambda promise: promise.closed_on)
            if is_ours(promise.action.owner, promise.entry.fields.team)
        ],
    }


def _happening(happening: Happening) -> dict[str, str]:
    words = " and ".join(part for part in (", ".join(happening.words[:-1]), happening.words[-1]) if part)
    return {**_named(happening.entry), "words": words}


def _closed(promise: Promise) -> dict[str, str]:
    return {**_named(promise.entry), "what": as_markdown(promise.action.what), "status": promise.action.status}


def _named(entry: Entry) -> dict[str, str]:
    """Return an entry's title and the link to it from a weeknote's file."""
    return {"title": as_markdown(title_of(entry, "")), "link": f"../{entry.path}"}
