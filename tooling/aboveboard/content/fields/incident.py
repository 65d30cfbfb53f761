"""Fields of an incident: what happened when, what contributed, what is promised. Roles, never names."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from aboveboard.content.fields.accepted import Loose
from aboveboard.content.fields.common import CommonFields, Part, as_mappings, with_places
from aboveboard.content.fields.types import Day, SeverityLabel, Shape, Slug, Text, When, Zone


class Figure(Part):
    """One number of the impact, with where it comes from."""

    what: Text = Field(description="what is counted")
    value: Text = Field(description="the number, as you would say it")
    unit: Text | None = Field(None, description="of what")
    source: Text | None = Field(None, description="where it comes from")


class Factor(Part):
    """A condition that made the incident likely, or worse."""

    id: Slug = Field("", description="names it for actions; its place (`f1`) where left out")
    what: Text = Field(description="the condition, as one sentence")
    category: Slug | None = Field(None, description="a word of your own to group factors by")


class Roles(Part):
    """Who did what while it happened: roles or teams, never names."""

    lead: Text | None = Field(None, description="who led")
    comms: Text | None = Field(None, description="who told people")
    scribe: Text | None = Field(None, description="who wrote down")
    facilitator: Text | None = Field(None, description="who led the review")


def _sre(description: str) -> Any:
    return Field(None, description=description, json_schema_extra={"source": "Google SRE"})


class IncidentFields(CommonFields):
    """An incident or near miss. A milestone marked in the timeline needs no field."""

    severity: SeverityLabel | None = Field(
        None,
        description="on the organisation's own scale; needed once resolved",
        json_schema_extra={"names": "severities", "closed": True},
    )
    type: Literal["incident", "near-miss", "security", "data", "accessibility"] = Field(
        "incident", description="near misses teach too"
    )
    started_at: When | None = Field(None, description="when users began to be affected")
    detected_at: When | None = Field(None, description="when somebody or something noticed")
    declared_at: When | None = Field(None, description="when it was called an incident; `new` writes it")
    mitigated_at: When | None = Field(None, description="when users were no longer affected")
    resolved_at: When | None = Field(None, description="when nothing was left to mend")
    reviewed: Day | None = Field(None, description="the day the review was held and the report was whole")
    detection: Literal["monitoring", "user", "staff", "supplier", "luck"] | None = _sre("who or what noticed")
    advice: Text | None = Field(None, description="what those affected can do now, as one sentence for them")
    timezone: Zone | None = Field(None, description="in which times without an offset count")
    figures: Annotated[
        list[Figure], Shape("figures", "[{what: failed payments, value: '312', source: the ledger}]")
    ] = Field([], description="the impact in numbers")
    factors: Annotated[
        list[Factor], BeforeValidator(as_mappings), Loose("what"), Shape("factors", "[The alarm was muted]")
    ] = Field([], description="contributing factors, plural")
    root_cause: Text | None = Field(
        None,
        description="read as one more factor, with a warning: incidents have several",
        json_schema_extra={"deprecated": "Incidents have several: write each under `factors`."},
    )
    roles: Roles | None = Field(None, description="who did what, by role or team")

    @model_validator(mode="after")
    def _name_the_factors(self) -> IncidentFields:
        factors = [*self.factors, *([Factor(what=self.root_cause)] if self.root_cause else [])]
        object.__setattr__(self, "factors", with_places("f", factors))
        return self
