"""What a reader finds before and after an entry: among all of its kind, and among those of its team."""

from __future__ import annotations

from dataclasses import dataclass

from aboveboard.content.entry import Entry
from aboveboard.content.public import PublicLibrary
from aboveboard.insight.neighbours import Neighbours, neighbours_in_kind, neighbours_in_team


@dataclass(frozen=True, slots=True)
class Way:
    """A row of entries that one may go along. `relation`: whether machines are told of it as prev and next."""

    label: str
    neighbours: Neighbours
    relation: bool


class WaysOn:
    """The rows that each entry of a library stands in; reckoned once, asked for every entry."""

    def __init__(self, library: PublicLibrary) -> None:
        self._names = library.registers
        self._in_kind = neighbours_in_kind(library.entries)
        self._in_team = neighbours_in_team(library.entries)

    def of(self, entry: Entry) -> list[Way]:
        """Return the nearer row first: the team's, where it differs from that of all teams."""
        kind, all_of_kind = entry.kind.plural.lower(), self._in_kind[entry.id]
        if entry.fields.team is None:
            return [Way(kind, all_of_kind, relation=True)]
        team = f"{kind} of {self._names.name_of('teams', entry.fields.team)}"
        of_team = self._in_team[entry.id]
        if of_team == all_of_kind:
            return [Way(team, of_team, relation=True)]
        return [Way(team, of_team, relation=False), Way(f"{kind} of all teams", all_of_kind, relation=True)]
