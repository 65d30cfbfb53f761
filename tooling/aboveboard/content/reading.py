"""What was read of an entry's file: its fields and times, its text, and what of it others may see.

A reading is what parsing gave, or what a record remembers of it, which looks into the text only when
somebody asks; or either of them as the public or an overview sees it. An entry does not know which.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, date, datetime, tzinfo
from functools import cached_property
from typing import Protocol
from zoneinfo import ZoneInfo

from aboveboard.content.comments import strip_comments
from aboveboard.content.days import days_in
from aboveboard.content.fields.common import CommonFields
from aboveboard.content.fields.incident import IncidentFields
from aboveboard.content.fields.weeknote import WeeknoteFields
from aboveboard.content.front_matter import FrontMatter
from aboveboard.content.incident_times import IncidentTimes, read_incident_times
from aboveboard.content.prose import Prose
from aboveboard.content.stamps import Stamp
from aboveboard.content.standing import Groups, Standing
from aboveboard.content.times import resolve


class Reading(Protocol):
    """What an entry is made of. Each part is asked for when it is needed first."""

    def __hash__(self) -> int: ...

    @property
    def fields(self) -> CommonFields: ...

    @property
    def matter(self) -> FrontMatter: ...

    @property
    def body(self) -> tuple[str, int]:
        """Its text below the front matter, and the line of the file on which that begins, from 1."""
        ...

    @property
    def prose(self) -> Prose:
        """That text, taken apart as far as somebody asks."""
        ...

    @property
    def times(self) -> IncidentTimes | None: ...

    @property
    def standing(self) -> Standing: ...

    @property
    def facts(self) -> bytes:
        """A digest of 16 bytes of what others may see: fields, milestones, status. Never of its text."""
        ...

    @property
    def span(self) -> tuple[date, date]:
        """The first and the last of all days that it names: outside of them nothing of it happens."""
        ...

    def published(self) -> Reading:
        """Return the same as the public sees it: without prompts in comments."""
        ...


class Parsed:
    """A reading by parsing, this very time."""

    def __init__(self, fields: CommonFields, matter: FrontMatter, site_zone: tzinfo) -> None:
        self.fields, self.matter, self.site_zone = fields, matter, site_zone

    @property
    def body(self) -> tuple[str, int]:
        return self.matter.body, self.matter.body_line

    @cached_property
    def prose(self) -> Prose:
        return Prose(*self.body)

    @cached_property
    def times(self) -> IncidentTimes | None:
        if not isinstance(self.fields, IncidentFields):
            return None
        return read_incident_times(self.fields, self.prose, zone_of(self.fields, self.site_zone))

    @cached_property
    def standing(self) -> Standing:
        fields, zone = self.fields, zone_of(self.fields, self.site_zone)
        return Standing(
            draft=fields.draft,
            withdrawn=fields.withdrawn is not None,
            opens_at=instant(fields, fields.date, zone),
            sort_at=instant(fields, fields.published or fields.date, zone),
            has_prompts="<!--" in self.matter.body,
            groups=Groups(
                fields.team,
                tuple(fields.authors),
                tuple(fields.services),
                tuple(fields.tags),
                tuple(fields.related),
                str(fields.week) if isinstance(fields, WeeknoteFields) else "",
            ),
        )

    @cached_property
    def facts(self) -> bytes:
        return digest_facts(self.fields, self.times)

    @cached_property
    def span(self) -> tuple[date, date]:
        named = [*days_in(self.fields), *days_in(list(self.times.milestones.values()) if self.times else [])]
        return min(named), max(named)

    def published(self) -> Reading:
        return Parsed(self.fields, without_prompts(self.matter), self.site_zone)


def without_prompts(matter: FrontMatter) -> FrontMatter:
    """Return a source without the comments in its body.

    Nothing asks a public entry for positions any more, so its text may be shorter than its source.
    """
    return replace(matter, text=matter.text[: matter.body_start] + strip_comments(matter.body))


def zone_of(fields: CommonFields, site_zone: tzinfo) -> tzinfo:
    """Return the zone in which an entry's times count: its own, else the site's."""
    own = fields.timezone if isinstance(fields, IncidentFields) else None
    return ZoneInfo(own) if own else site_zone


def instant(fields: CommonFields, stamp: Stamp, zone: tzinfo) -> datetime:
    """Return the instant that one of an entry's own times means."""
    # A clock alone counts on the entry's own day; without any day there would be no such entry.
    moment = resolve(stamp, zone, fields.date.day)
    return moment.at if moment else datetime.min.replace(tzinfo=UTC)


def digest_facts(fields: CommonFields, times: IncidentTimes | None) -> bytes:
    """Return the digest of fields and times, positions and the text of events apart.

    From what is shown of each value, which tells any two apart and does not depend on which objects are one.
    """
    seen = times and (dict(times.milestones), dict(times.fields), times.status, times.timeline.zone)
    return hashlib.blake2b(repr((fields, seen)).encode("utf-8", "surrogatepass"), digest_size=16).digest()
