"""Fields of a weeknote: one week of a team, or of a person (leaders write too)."""

from __future__ import annotations

from pydantic import ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from aboveboard.content.fields.common import CommonFields
from aboveboard.content.fields.types import IsoWeek, Slugs, Text


class WeeknoteFields(CommonFields):
    """A weeknote. The body is free; every heading is optional."""

    # What the validator below says, for editors.
    model_config = ConfigDict(json_schema_extra={"anyOf": [{"required": ["team"]}, {"required": ["authors"]}]})

    title: Text | None = Field(  # type: ignore[assignment]
        None, description='up to 120 characters; left out, it is "Platform, week 47 of 2026"'
    )
    week: IsoWeek = Field(
        description="the week it tells of; 2025-W53 does not exist", json_schema_extra={"source": "ISO 8601"}
    )

    authors: Slugs = Field(
        [],
        validate_default=True,
        description="who wrote it; needed without a team",
        json_schema_extra={"names": "people"},
    )

    @field_validator("authors")
    @classmethod
    def _belongs_to_someone(cls, authors: list[str], info: ValidationInfo) -> list[str]:
        # On the field rather than on the whole, so that it is said together with everything else.
        if not authors and info.data.get("team", ...) is None:
            message = "a weeknote belongs to a team or a person: add `team:` or `authors:`"
            raise PydanticCustomError("owner_missing", message)
        return authors
