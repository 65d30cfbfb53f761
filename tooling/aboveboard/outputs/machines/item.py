"""What a feed tells of, in no format yet: an entry or a promise, made once for all feeds of a build."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import TypeAlias

from aboveboard.content.entry import Entry
from aboveboard.content.frame import Frame
from aboveboard.content.kinds import Kind
from aboveboard.content.public import Tombstone
from aboveboard.content.settings import find_licence
from aboveboard.insight.actions import NOTICE, Promise
from aboveboard.outputs.format import say_day
from aboveboard.outputs.links import absolute, source_path, url_for
from aboveboard.outputs.machines.full_text import clean, full_text
from aboveboard.outputs.render import Renderer, title_of

LANGUAGE = "en"
# What is withdrawn is a text; the incident was.
_TEXTS = {"incident": "incident report", "experiment": "experiment report"}


def text_of(kind: Kind) -> str:
    """Return what the text of an entry is called, as apart from what it tells of."""
    return _TEXTS.get(kind.name, kind.name)


@dataclass(frozen=True, slots=True)
class Item:
    """One item. `id` is permanent; `page` and `anchor` are its place in the site's source.

    `updated` is the last change that its author called noticeable (RFC 4287). `html` is safe, its links
    complete; None where the item is in an archive, which tells of an entry by its facts alone. `authors` are
    names; with none, the organisation is meant. `source`: the address of a report that it retells. `facts`:
    for machines.
    """

    id: str
    page: str
    title: str
    published: datetime
    updated: datetime
    html: str | None
    anchor: str = ""
    summary: str = ""
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str | None = None
    licence: str | None = None
    source: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


Told: TypeAlias = Entry | Promise | Tombstone


def make_item(frame: Frame, told: Told) -> Item:
    """Return the item of an entry, of a promise, or of what was withdrawn."""
    if isinstance(told, Tombstone):
        return _withdrawn_item(frame, told)
    if not isinstance(told, Entry):
        return _action_item(frame, told)
    # An entry is told of by several feeds, in many builds, and made once.
    item = frame.kept.get(told)
    if not isinstance(item, Item):
        item = replace(archived_item(frame, told), html=full_text(frame, told))
        frame.kept[told] = item
    return item


def stands_at(frame: Frame, told: Told) -> datetime:
    """Return where something stands among the news: an entry by when it was first public, a promise by its
    last change, a withdrawal by the beginning of its day on the site."""
    if isinstance(told, Entry):
        return told.standing.sort_at
    if isinstance(told, Tombstone):
        return datetime.combine(told.when, time(0), frame.project.zone).astimezone(UTC)
    return changed_at(told)


def changed_at(told: Entry | Promise) -> datetime:
    """Return the last noticeable change: of a promise, the day it was done or dropped."""
    if isinstance(told, Entry):
        return told.updated_at
    entry, action = told.entry, told.action
    if action.status == "open":
        return entry.sort_at
    return max(entry.sort_at, _midnight(action.closed, entry)) if action.closed else entry.updated_at


def permanent_id(frame: Frame, path: str, name: str) -> str:
    """Return an id that stays: the permanent address, or a URN of two names where the site has no address."""
    urn = uuid.uuid5(uuid.NAMESPACE_URL, f"{frame.project.site_name}/{name}").urn
    return absolute(frame.project, path) or urn


def item_url(frame: Frame, here: str, path: str, anchor: str = "") -> str:
    """Return the full address of a source path, or the way to it from the file `here`."""
    url = absolute(frame.project, path)
    return url + (f"#{anchor}" if anchor else "") if url else url_for(frame.project, here, path, anchor)


def archived_item(frame: Frame, entry: Entry) -> Item:
    """Return an entry's item as an archive has it: made of its facts, so that no other change touches it."""
    fields, page = entry.fields, source_path(entry)
    return Item(
        id=permanent_id(frame, page, entry.address),
        page=page,
        title=title_of(frame, entry),
        published=entry.sort_at,
        updated=changed_at(entry),
        html=None,
        summary=fields.summary or "",
        authors=_authors(frame, entry),
        tags=tuple(dict.fromkeys([entry.kind.name, *fields.tags])),
        language=fields.lang,
        licence=fields.licence,
        source=fields.source.url if fields.source and entry.is_retold else None,
        facts=_entry_facts(entry),
    )


def _withdrawn_item(frame: Frame, stone: Tombstone) -> Item:
    """Return what takes the place of an item that readers may have kept: the same id, the reason, no more."""
    page, title = source_path(stone), f"Withdrawn {text_of(stone.kind)}"
    html = Renderer(frame, page)("feed_withdrawn", stone=stone)
    at = stands_at(frame, stone)
    name = f"{stone.kind.folder}/{stone.id}/"
    return Item(permanent_id(frame, page, name), page, title, at, at, clean(html, frame.project, page))


def _action_item(frame: Frame, promise: Promise) -> Item:
    entry, action, page = promise.entry, promise.action, source_path(promise.entry)
    state, anchor = promise.state(frame.today), f"action-{action.id}"
    html = Renderer(frame, page)("feed_action", promise=promise, state=state)
    facts = {"kind": "action", "status": action.status, "entry": entry.id, "owner": action.owner}
    facts |= {name: day.isoformat() for name in ("due", "closed") if (day := getattr(action, name))}
    url = absolute(frame.project, page)
    return Item(
        id=f"{url}#{anchor}" if url else permanent_id(frame, page, f"{entry.address}#{anchor}"),
        page=page,
        anchor=anchor,
        title=action.what if action.status == "open" else f"{action.status.capitalize()}: {action.what}",
        published=entry.sort_at,
        updated=changed_at(promise),
        html=clean(html, frame.project, page),
        authors=_authors(frame, entry),
        tags=tuple(name for name in ("action", action.status, action.type) if name),
        language=entry.fields.lang,
        licence=entry.fields.licence,
        facts={name: value for name, value in facts.items() if value},
    )


def due_item(frame: Frame, promise: Promise) -> Item:
    """Return the item that says that an open promise falls due.

    It is another item than the one that tells of the promise, and another one when the day is moved. It
    counts from the day it came within `NOTICE` of being due, or was made, and never changes after that.
    """
    entry, due = promise.entry, promise.action.due
    assert due is not None
    item = _action_item(frame, promise)
    came = max(entry.sort_at, _midnight(due - NOTICE, entry))
    title = f"Due {say_day(due)}: {item.title}"
    return replace(item, id=f"{item.id}-due-{due.isoformat()}", title=title, published=came, updated=came)


def _authors(frame: Frame, entry: Entry) -> tuple[str, ...]:
    people = [frame.registers.name_of("people", name) for name in entry.fields.authors]
    team = entry.fields.team
    return (*people, frame.registers.name_of("teams", team)) if team else tuple(people)


def _entry_facts(entry: Entry) -> dict[str, str]:
    facts: dict[str, str | None] = {"kind": entry.kind.name}
    if entry.experiment:
        facts |= {"stage": entry.experiment.stage, "result": entry.experiment.result}
    if entry.incident and entry.times:
        facts |= {"severity": entry.incident.severity, "status": entry.times.status.value}
        exact = {n: m for n, m in entry.times.milestones.items() if m.exact and m.zoned}
        facts |= {name: say_instant(exact[name].at) for name in ("started", "resolved") if name in exact}
    return {name: value for name, value in facts.items() if value}


def say_instant(at: datetime) -> str:
    """Return an instant as RFC 3339 has it, in UTC and without fractions."""
    return at.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def licence_link(licence: str | None) -> str | None:
    """Return the address of a licence, where it has one."""
    return find_licence(licence).url if licence else None


def _midnight(day: date, entry: Entry) -> datetime:
    return datetime.combine(day, time(0), entry.zone).astimezone(UTC)
