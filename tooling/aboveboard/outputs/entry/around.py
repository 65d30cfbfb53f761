"""What a reader finds before and after an entry: among all of its kind, and among those of its team."""

from __future__ import annotations

from dataclasses import dataclass

from aboveboard.content.entry import Entry
from aboveboard.content.public import PublicLibrary
from aboveboard.insight.neighbours import InRow, Neighbours


@dataclass(frozen=True, slots=True)
class Way:
    """A row of entries that one may go along. `relation`: whether machines are told of it as prev and next."""

    label: str
    neighbours: Neighbours
    relation: bool


class WaysOn:
    """The rows that each entry of a library stands in; a row is put in order when it is first asked for."""

    def __init__(self, library: PublicLibrary) -> None:
        self._library = library
        self._rows: dict[tuple[str, str | None], InRow] = {}

    def of(self, entry: Entry) -> list[Way]:
        """Return the nearer row first: the team's, where it differs from that of all teams."""
        kind, all_of_kind = entry.kind.plural.lower(), self._row(entry, None)
        if entry.fields.team is None:
            return [Way(kind, all_of_kind, relation=True)]
        team = f"{kind} of {self._library.registers.name_of('teams', entry.fields.team)}"
        of_team = self._row(entry, entry.fields.team)
        if of_team == all_of_kind:
            return [Way(team, of_team, relation=True)]
        return [Way(team, of_team, relation=False), Way(f"{kind} of all teams", all_of_kind, relation=True)]

    def _row(self, entry: Entry, team: str | None) -> Neighbours:
        """Return what stands beside an entry in the row of its kind, or of its kind within a team."""
        row = (entry.kind.name, team)
        if row not in self._rows:
            among = self._library.of_kind(entry.kind) if team is None else self._library.by_team[team]
            self._rows[row] = InRow(one for one in among if one.kind is entry.kind)
        return self._rows[row][entry.id]
