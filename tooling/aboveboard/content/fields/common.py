"""Fields that every kind has, and the parts they are made of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from aboveboard.content.fields.accepted import Loose
from aboveboard.content.fields.types import (
    Address,
    Day,
    EntryIds,
    Flag,
    Language,
    Shape,
    Slug,
    Slugs,
    Text,
    Url,
    When,
)


class Part(BaseModel):
    """Anything with fields. Unknown ones are reported by whoever validates, none is dropped in silence."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True, defer_build=True)


class Lesson(Part):
    """What the organisation learned."""

    id: Slug = Field("", description="names it in its address; its place (`l1`) where left out")
    what: Text = Field(description="the lesson, as one sentence")


class Action(Part):
    """A promise: what will be done, by whom, until when."""

    id: Slug = Field("", description="names it in its address; its place (`a1`) where left out")
    what: Text = Field(description="a verb and its outcome")
    owner: Slug | None = Field(
        None, description="a team or role, never a person's name", json_schema_extra={"names": "teams"}
    )
    due: Day | None = Field(None, description="the day it is promised for")
    status: Literal["open", "done", "dropped"] = Field("open", description="open until said otherwise")
    type: Literal["prevent", "detect", "mitigate", "respond", "learn"] | None = Field(
        None,
        description="what it will change",
        json_schema_extra={"source": "Google SRE's table of action items"},
    )
    addresses: Slug | None = Field(None, description="the id of the factor that it addresses")
    done_when: Text | None = Field(None, description="how anyone can tell that it is done")
    link: Url | None = Field(None, description="the public evidence, or where it is worked on")
    closed: Day | None = Field(None, description="the day it was done or dropped")
    why: Text | None = Field(None, description="why it was dropped")


class Correction(Part):
    """A dated note on what was wrong."""

    date: Day = Field(description="the day it was corrected")
    text: Text = Field(description="what was wrong and what is right")


class Withdrawal(Part):
    """Why the address no longer shows the entry."""

    date: Day = Field(description="the day it was withdrawn")
    why: Text = Field(description="the reason, for the public")


class Source(Part):
    """Where an entry came from."""

    system: Text = Field(description="what it was imported from, or `retold` for another organisation's report")
    id: Text | None = Field(None, description="its name there")
    url: Url | None = Field(None, description="its address there")


def as_mappings(value: Any) -> Any:
    """Accept a bare sentence for a lesson or a factor: `- Alarms need owners`."""
    if isinstance(value, str):
        value = [value]
    if isinstance(value, list):
        return [{"what": item} if isinstance(item, str) else item for item in value]
    return value


def with_places(letter: str, parts: Sequence[Part]) -> list[Part]:
    """Give every part without an id its place as id: `a1`, `a2`."""
    return [
        part if getattr(part, "id", "") else part.model_copy(update={"id": f"{letter}{place}"})
        for place, part in enumerate(parts, 1)
    ]


class CommonFields(Part):
    """What an entry of any kind can say in its front matter."""

    title: Text = Field(description="up to 120 characters; a weeknote's may be left out")
    date: When = Field(
        description="the entry's own day: written, opened or started; in the future it is held back until then"
    )
    published: When | None = Field(None, description="first public, where that differs from `date`")
    updated: When | None = Field(
        None,
        description="the last change a reader should notice",
        json_schema_extra={"source": "RFC 4287"},
    )
    summary: Text | None = Field(None, description="the 30-second read")
    draft: Flag = Field(False, description="true keeps it from being published; open is the default")
    team: Slug | None = Field(None, description="the team it comes from", json_schema_extra={"names": "teams"})
    authors: Slugs = Field(
        [],
        description="who wrote it, by their slug in the register of people",
        json_schema_extra={"names": "people"},
    )
    tags: Slugs = Field([], description="what it is about", json_schema_extra={"names": "tags"})
    services: Slugs = Field([], description="the services it concerns", json_schema_extra={"names": "services"})
    related: EntryIds = Field([], description="ids of other entries; shown from both ends")
    lessons: Annotated[
        list[Lesson], BeforeValidator(as_mappings), Loose("what"), Shape("lessons", "[Alarms need owners]")
    ] = Field([], description="what the organisation learned, a sentence each")
    actions: Annotated[list[Action], Shape("actions", "[{what: Slow the tool down, owner: storage}]")] = Field(
        [], description="what is promised"
    )
    corrections: Annotated[
        list[Correction], Shape("corrections", "[{date: 2026-11-21, text: It was 14 minutes.}]")
    ] = Field([], description="what was corrected after publication; shown on top")
    aliases: list[Address] = Field([], description="old addresses that lead here")
    withdrawn: Withdrawal | None = Field(None, description="takes it down; the address keeps the reason")
    lang: Language | None = Field(None, description="its language, where not the site's")
    licence: Text | None = Field(None, description="an SPDX id or a URL, where not the site's")
    source: Source | None = Field(None, description="set by an import, or where a report is retold")

    @model_validator(mode="after")
    def _name_the_parts(self) -> CommonFields:
        object.__setattr__(self, "lessons", with_places("l", self.lessons))
        object.__setattr__(self, "actions", with_places("a", self.actions))
        return self
