"""An entry with its facts alone: whoever asks for its text is told that it must not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any, NoReturn

from aboveboard.content.fields.common import CommonFields
from aboveboard.content.front_matter import FrontMatter
from aboveboard.content.incident_times import IncidentTimes
from aboveboard.content.prose import Prose
from aboveboard.content.reading import Reading
from aboveboard.content.standing import Standing


class Outlined:
    """A reading whose text must not be looked at: what shows only facts cannot depend on more."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    @property
    def fields(self) -> CommonFields:
        return self._reading.fields

    @property
    def standing(self) -> Standing:
        return self._reading.standing

    @property
    def facts(self) -> bytes:
        return self._reading.facts

    @property
    def span(self) -> tuple[date, date]:
        return self._reading.span

    @property
    def times(self) -> IncidentTimes | None:
        times = self._reading.times
        return times and replace(times, timeline=_Unseen(times.timeline.zone))  # type: ignore[arg-type]

    @property
    def matter(self) -> FrontMatter:
        _refuse("the text of an entry")

    @property
    def body(self) -> tuple[str, int]:
        _refuse("the text of an entry")

    @property
    def prose(self) -> Prose:
        _refuse("the text of an entry")

    def published(self) -> Reading:
        return self


class _Unseen:
    """A timeline of which only the zone may be known."""

    def __init__(self, zone: str) -> None:
        self.zone = zone

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        _refuse(f"the {name} of a timeline")


def _refuse(what: str) -> NoReturn:
    raise AssertionError(f"{what} is looked at by what says that it shows facts alone")
