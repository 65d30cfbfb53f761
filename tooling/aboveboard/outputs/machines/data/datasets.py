"""The tables of open data: for each, its columns, and whose rows they are.

Within a version a column is never renamed, removed or given another meaning; new ones may come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic

from aboveboard.content.entry import Entry
from aboveboard.content.kinds import EXPERIMENT, INCIDENT, WEEKNOTE, Kind
from aboveboard.content.public import PublicLibrary
from aboveboard.insight.actions import promises
from aboveboard.insight.lessons import lessons
from aboveboard.outputs.machines.data.columns import Column, T
from aboveboard.outputs.machines.data.entries import ENTRY_COLUMNS, EXPERIMENT_COLUMNS, WEEKNOTE_COLUMNS
from aboveboard.outputs.machines.data.gathered import ACTION_COLUMNS, LESSON_COLUMNS
from aboveboard.outputs.machines.data.incidents import INCIDENT_COLUMNS

VERSION = "1"


@dataclass(frozen=True, slots=True)
class Dataset(Generic[T]):
    """One table. `name` is that of its files; `of` yields what it has a row for, in a stable order.

    `own`: its columns but for those that every entry has.
    """

    name: str
    title: str
    about: str
    columns: tuple[Column[T], ...]
    own: tuple[Column[T], ...]
    of: Callable[[PublicLibrary], Iterable[T]]

    @property
    def json_path(self) -> str:
        return f"api/v{VERSION}/{self.name}.json"

    @property
    def schema_path(self) -> str:
        return f"api/v{VERSION}/schemas/{self.name}.schema.json"

    @property
    def csv_path(self) -> str:
        return f"data/{self.name}.csv"

    def rows(self, library: PublicLibrary, known: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]]:
        """Return every row as JSON has it: values by the names of columns, in their order.

        `known`: by id, what the columns say that every entry has, where they have been asked already.
        """
        if self.own is self.columns or not known:
            return [{c.name: c.value(library, one) for c in self.columns} for one in self.of(library)]
        found: Iterable[Any] = self.of(library)
        return [known[one.id] | {c.name: c.value(library, one) for c in self.own} for one in found]


def _of_kind(kind: Kind, own: tuple[Column[Entry], ...]) -> Dataset[Entry]:
    columns = (*ENTRY_COLUMNS, *own)
    return Dataset(kind.folder, kind.plural, kind.about, columns, own, lambda library: library.of_kind(kind))


_ENTRIES = Dataset(
    "entries",
    "Entries",
    "Everything that is published here, of every kind, with what all kinds have. The newest come first.",
    ENTRY_COLUMNS,
    ENTRY_COLUMNS,
    lambda library: library.entries,
)
_ACTIONS = Dataset(
    "actions",
    "Actions",
    "What was promised, and whether it was kept. Those due first come first.",
    ACTION_COLUMNS,
    ACTION_COLUMNS,
    lambda library: promises(library.entries),
)
_LESSONS = Dataset(
    "lessons",
    "Lessons",
    "What was learned, a sentence each. Those of the newest entries come first.",
    LESSON_COLUMNS,
    LESSON_COLUMNS,
    lambda library: lessons(library.entries),
)
DATASETS: tuple[Dataset[Any], ...] = (
    _ENTRIES,
    _of_kind(WEEKNOTE, WEEKNOTE_COLUMNS),
    _of_kind(EXPERIMENT, EXPERIMENT_COLUMNS),
    _of_kind(INCIDENT, INCIDENT_COLUMNS),
    _ACTIONS,
    _LESSONS,
)
