"""Fields of an experiment: what was believed, how it was tried, what came of it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from aboveboard.content.fields.common import CommonFields, Part
from aboveboard.content.fields.types import Day, Shape, Text, Texts, Url


class Measure(Part):
    """One thing that is measured."""

    name: Text = Field(description="what is measured")
    unit: Text | None = Field(None, description="in what")
    baseline: Text | None = Field(None, description="what it was before")
    target: Text | None = Field(None, description="what would prove the hypothesis right")
    result: Text | None = Field(None, description="what it came to")
    source: Text | None = Field(None, description="where the result can be checked")


class Registration(Part):
    """The plan as it stood when the experiment began; written by the tool."""

    date: Day = Field(description="the day it began to run")
    digest: Text = Field(description="over the plan as canonical JSON")


class Deviation(Part):
    """A change to the plan after registration."""

    date: Day = Field(description="the day of the change")
    field: Text = Field(description="the field that changed")
    was: object = Field(None, description="what it said before")
    why: Text = Field(description="why it changed")


class Collaborator(Part):
    """A partner outside the organisation."""

    name: Text = Field(description="who")
    organisation: Text | None = Field(None, description="where from")
    role: Text | None = Field(None, description="doing what")


class ExperimentFields(CommonFields):
    """An experiment, always labelled as one in public."""

    stage: Literal["planned", "running", "analysing", "concluded", "stopped"] = Field(description="how far it is")
    hypothesis: Text | None = Field(
        None,
        description='"we believe …, because …"',
        json_schema_extra={"source": "Strategyzer test card, GrowthBook"},
    )
    success_criteria: Text | None = Field(
        None, description='"we are right if …"', json_schema_extra={"source": "Strategyzer test card"}
    )
    starts: Day | None = Field(None, description="the first day of its time box")
    ends: Day | None = Field(None, description="the last day of its time box")
    measures: Annotated[
        list[Measure], Shape("measures", "[{name: missed appointments, unit: '%', baseline: '11.1'}]")
    ] = Field([], description="what is measured, before and after")
    sample: Text | None = Field(
        None, description="who or what takes part, and how many", json_schema_extra={"source": "OSF"}
    )
    stopping_rule: Text | None = Field(None, description="what ends it early", json_schema_extra={"source": "OSF"})
    guardrails: Texts = Field(
        [], description="what must not get worse", json_schema_extra={"source": "GrowthBook"}
    )
    registered: Registration | None = Field(
        None,
        description="the frozen plan, written by the tool when it starts to run",
        json_schema_extra={"source": "OSF"},
    )
    deviations: Annotated[
        list[Deviation], Shape("deviations", "[{date: 2026-11-21, field: ends, was: 2026-12-01, why: Snow}]")
    ] = Field([], description="changes to the plan since then", json_schema_extra={"source": "OSF"})
    collaborators: Annotated[
        list[Collaborator], Shape("collaborators", "[{name: A university, role: analysis}]")
    ] = Field([], description="partners outside")
    result: Literal["supported", "not-supported", "inconclusive"] | None = Field(
        None, description="what it came to; an unclear result is a result"
    )
    decision: Literal["adopt", "adapt", "abandon", "repeat"] | None = Field(
        None,
        description="what is done about it",
        json_schema_extra={"source": "Strategyzer learning card"},
    )
    data: Url | None = Field(None, description="where its data are")
    code: Url | None = Field(None, description="where its code is")
