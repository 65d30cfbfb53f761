"""Which written values a type reads, as JSON Schema: said beside the type, used for editors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import WithJsonSchema

_CLOCK = r"\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?\s*(?:Z|z|UTC|GMT|[+-]\d{2}:?\d{2})?"
_DAY = r"\d{4}-\d{2}-\d{2}(?:[T ]|$|(?=[~\s]))"
# A day, a clock, or both; `~` says that it is about right.
STAMP = rf"(?=[\s\S]*\d)~?\s*(?:{_DAY})?\s*~?\s*(?:{_CLOCK})?"
LINK = r"""https?://[^\s<>"']+|mailto:[^\s<>"']+@[^\s<>"']+"""
FLAG = r"^\s*(?:[Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])\s*$"


@dataclass(frozen=True, slots=True)
class Loose:
    """Marks a list that also takes one item alone; `sentence` names the field that a bare text in it fills."""

    sentence: str = ""


def accepts(**schema: Any) -> WithJsonSchema:
    """Say as JSON Schema which written values the type reads, as an editor sees them.

    To an editor `2026` is a number and `true` a boolean; to us both are text. Patterns are read by Python
    and by JavaScript alike, and may let through what the type then refuses, never the other way round.
    """
    return WithJsonSchema(schema)


def words(**more: Any) -> WithJsonSchema:
    """Say that any word is read, with what else holds for it as text."""
    # `true` is a word too, and has no `type` here: an editor would propose it for every title.
    word = {"not": {"type": ["string", "number", "null", "array", "object"]}}
    return accepts(anyOf=[{"type": ["string", "number"], **more}, word])


def form(pattern: str, like: str, **more: Any) -> WithJsonSchema:
    """Say that text of a pattern is read, and what it looks like."""
    # Editors of the VS Code family show the message instead of the pattern.
    message = f"Write it as {like}"
    return accepts(type="string", pattern=rf"^\s*(?:{pattern})\s*$", patternErrorMessage=message, **more)
