"""Columns of what is gathered from entries: actions and lessons, a row each."""

from __future__ import annotations

from aboveboard.content.fields.common import Action
from aboveboard.content.public import PublicLibrary
from aboveboard.insight.actions import Promise
from aboveboard.insight.lessons import Learned
from aboveboard.outputs.links import source_path
from aboveboard.outputs.machines.data.columns import ADDRESS, DAY, FLAG, TEXT, TEXTS, URL, Column, choice, parts_of
from aboveboard.outputs.machines.data.entries import KIND, licence_of, place_of

STATES = ("open", "overdue", "done", "dropped", "reported")
_FORMS = {part.name: part for part in parts_of(Action).parts}


def _said(name: str, meaning: str = "", url: bool = False) -> Column[Promise]:
    """Return the column of a field that every action has."""
    part = _FORMS[name]
    form = URL if url else part.form
    return Column(name, form, meaning or part.meaning, lambda _, p: getattr(p.action, name), part.needed)


def _place(library: PublicLibrary, promise: Promise) -> str:
    return place_of(library, source_path(promise.entry), f"action-{promise.action.id}")


def _factor(library: PublicLibrary, promise: Promise) -> str | None:
    factors = promise.entry.incident.factors if promise.entry.incident else []
    return next((factor.what for factor in factors if factor.id == promise.action.addresses), None)


ACTION_COLUMNS: tuple[Column[Promise], ...] = (
    Column("id", TEXT, "The entry's id, `#`, and its own: unique on this site.", lambda _, p: p.id, True),
    Column("entry", TEXT, "The id of the entry that promises it.", lambda _, p: p.entry.id, True),
    Column("kind", KIND, "What that entry is.", lambda _, p: p.entry.kind.name, True),
    Column("address", ADDRESS, "Where it stands on that entry's page.", _place, True),
    _said("what"),
    Column(
        "state",
        choice(STATES),
        "How it stands at `as_of`; `reported` is what others promised, of which no end is known.",
        lambda library, promise: promise.state(library.today),
        True,
    ),
    _said("owner", "The team or role that promised it."),
    _said("due"),
    _said("type"),
    _said("addresses"),
    Column("factor", TEXT, "That factor in words.", _factor),
    _said("done_when"),
    _said("link", url=True),
    _said("closed"),
    _said("why"),
    Column("retold", FLAG, "True where another organisation promised it.", lambda _, p: p.entry.is_retold, True),
    Column("licence", TEXT, "The licence of its entry.", lambda lib, p: licence_of(lib, p.entry), True),
)


def _lesson_place(library: PublicLibrary, learned: Learned) -> str:
    return place_of(library, f"lessons/{learned.year:04d}.md", learned.anchor)


LESSON_COLUMNS: tuple[Column[Learned], ...] = (
    Column(
        "id",
        TEXT,
        "The entry's id, two hyphens, and its own: unique on this site.",
        lambda _, one: one.anchor,
        True,
    ),
    Column("address", ADDRESS, "Its permanent place.", _lesson_place, True),
    Column("what", TEXT, "What was learned, as one sentence.", lambda _, one: one.lesson.what, True),
    Column("entry", TEXT, "The id of the entry that taught it.", lambda _, one: one.entry.id, True),
    Column("kind", KIND, "What that entry is.", lambda _, one: one.entry.kind.name, True),
    Column("date", DAY, "That entry's own day.", lambda _, one: one.entry.day, True),
    Column("team", TEXT, "The team that it comes from, by its slug.", lambda _, one: one.entry.fields.team),
    Column("tags", TEXTS, "What that entry is about.", lambda _, one: one.entry.fields.tags, True),
    Column(
        "services", TEXTS, "The services it concerns, by slug.", lambda _, one: one.entry.fields.services, True
    ),
    Column(
        "retold", FLAG, "True where another organisation learned it.", lambda _, one: one.entry.is_retold, True
    ),
    Column("licence", TEXT, "The licence of its entry.", lambda lib, one: licence_of(lib, one.entry), True),
)
