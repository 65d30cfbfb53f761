"""Columns of entries: those that all kinds have, and those of weeknotes and experiments."""

from __future__ import annotations

from urllib.parse import quote

from aboveboard.content.entry import Entry
from aboveboard.content.fields.common import CommonFields, Correction
from aboveboard.content.fields.experiment import Deviation, ExperimentFields, Measure
from aboveboard.content.kinds import KINDS
from aboveboard.content.public import PublicLibrary
from aboveboard.insight.weeknotes import week_of
from aboveboard.outputs.links import absolute, address, source_path
from aboveboard.outputs.machines.data.columns import (
    ADDRESS,
    DAY,
    FLAG,
    TEXT,
    TEXTS,
    URL,
    WEEK,
    Column,
    choice,
    field,
    parts_of,
)
from aboveboard.outputs.render import title_of

KIND = choice([kind.name for kind in KINDS])


def place_of(library: PublicLibrary, path: str, anchor: str = "") -> str:
    """Return the full address of a source path; without `site_url`, the one below the site's root."""
    url = absolute(library.project, path)
    found = address(path, library.project.directory_urls) if url is None else url
    return found + (f"#{quote(anchor)}" if anchor else "")


def licence_of(library: PublicLibrary, entry: Entry) -> str:
    """Return an entry's own licence, else the site's."""
    return entry.fields.licence or library.project.settings.licence


def source_of(library: PublicLibrary, entry: Entry) -> str | None:
    """Return where the report is that an entry retells, or where it was imported from."""
    return entry.fields.source.url if entry.fields.source else None


def _title(library: PublicLibrary, entry: Entry) -> str:
    return title_of(library.frame, entry)


def _updated(library: PublicLibrary, entry: Entry) -> object:
    noticed = entry.fields.updated or entry.fields.corrections
    return entry.updated_at.astimezone(entry.zone).date() if noticed and entry.updated_at > entry.sort_at else None


def _related(library: PublicLibrary, entry: Entry) -> list[str]:
    # What the front matter names may not be public; what the library knows is.
    return sorted(other.id for other in library.related(entry))


ENTRY_COLUMNS: tuple[Column[Entry], ...] = (
    Column("id", TEXT, "Its name: unique on this site, and never changed.", lambda _, e: e.id, True),
    Column("kind", KIND, "What it is.", lambda _, e: e.kind.name, True),
    Column("address", ADDRESS, "Its page.", lambda lib, e: place_of(lib, source_path(e)), True),
    Column("title", TEXT, "What it is called; a weeknote without a title, by its team and week.", _title, True),
    field(CommonFields, "summary", TEXT),
    Column("date", DAY, "Its own day: written, opened or started.", lambda _, e: e.day, True),
    Column(
        "published",
        DAY,
        "The day on which it was first public.",
        lambda _, e: e.sort_at.astimezone(e.zone).date(),
        True,
    ),
    Column(
        "updated",
        DAY,
        "The day of the last change that a reader should notice; null where there was none.",
        _updated,
    ),
    field(CommonFields, "team", TEXT, "The team that it comes from, by its slug."),
    field(CommonFields, "authors", TEXTS, "Who wrote it, by their slugs."),
    field(CommonFields, "tags", TEXTS),
    field(CommonFields, "services", TEXTS, "The services that it concerns, by their slugs."),
    Column("related", TEXTS, "Ids of entries that are related, whichever of the two says so.", _related, True),
    field(CommonFields, "lang", TEXT, "Its language as a BCP 47 tag; null where it is the site's."),
    Column("licence", TEXT, "Its licence: an SPDX id or a URL.", licence_of, True),
    Column("retold", FLAG, "True where it retells another organisation's report.", lambda _, e: e.is_retold, True),
    Column("source_url", URL, "Where the original is, of what is retold or was imported.", source_of),
    field(CommonFields, "corrections", parts_of(Correction)),
)

WEEKNOTE_COLUMNS: tuple[Column[Entry], ...] = (
    Column("week", WEEK, "The week that it tells of.", lambda _, e: week_of(e), True),
    Column("week_starts", DAY, "The Monday of that week.", lambda _, e: week_of(e).monday, True),
)


def _registered(library: PublicLibrary, entry: Entry) -> object:
    plan = entry.experiment.registered if entry.experiment else None
    return plan.date if plan else None


def _digest(library: PublicLibrary, entry: Entry) -> object:
    plan = entry.experiment.registered if entry.experiment else None
    return plan.digest if plan else None


EXPERIMENT_COLUMNS: tuple[Column[Entry], ...] = (
    field(ExperimentFields, "stage"),
    field(ExperimentFields, "result"),
    field(ExperimentFields, "decision"),
    field(ExperimentFields, "hypothesis", meaning="What was believed, and why."),
    field(ExperimentFields, "success_criteria", meaning="What would prove it right."),
    field(ExperimentFields, "starts"),
    field(ExperimentFields, "ends"),
    field(ExperimentFields, "measures", parts_of(Measure)),
    field(ExperimentFields, "sample"),
    field(ExperimentFields, "stopping_rule"),
    field(ExperimentFields, "guardrails"),
    Column("registered", DAY, "The day on which the plan was frozen; null where it was not.", _registered),
    Column("registered_digest", TEXT, "The digest of the plan as it was frozen.", _digest),
    field(ExperimentFields, "deviations", parts_of(Deviation)),
    field(ExperimentFields, "data", URL),
    field(ExperimentFields, "code", URL),
)
