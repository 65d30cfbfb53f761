"""The rows of a ledger: thousands, of which an edit touches a few. Each is read when it is asked for."""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any, NamedTuple, NoReturn

# Of a file: its length in bytes, and when it was last written, in nanoseconds.
Stamp = tuple[int, int]


class Row(NamedTuple):
    """What was made of one draft, or of one page that somebody wrote.

    `files`: by path in the release. `warnings`: what MkDocs said of it. `dead`: links that lead nowhere.
    `looked_up`: the links to other sources, with the address that each led to; None where it led nowhere.
    `dated`: day of the last change and word to robots, for the sitemap, of a page. `told`: what search reads of
    each page, as a digest by address.
    """

    key: bytes
    files: dict[str, Stamp]
    warnings: tuple[str, ...] = ()
    dead: tuple[str, ...] = ()
    looked_up: dict[str, str | None] = {}
    dated: tuple[str | None, str | None] = (None, None)
    told: dict[str, str] = {}


class Rows(MutableMapping[str, Row]):
    """Rows by name. What is asked of all of them is at hand: their `files`, what they have `told` to search, and
    which of them are `loud`: those that have warnings or dead links.
    """

    def __init__(self, rows: Mapping[str, Row] | None = None) -> None:
        self._packed: dict[str, bytes] = {}
        self.files: dict[str, Stamp] = {}
        self.told: dict[str, str] = {}
        self._loud: dict[str, None] = {}
        self.update(rows or {})

    @classmethod
    def of(cls, *plain: dict[str, Any]) -> Rows:
        """Return the rows that such plain values stand for; raises ValueError where they stand for none."""
        rows = cls()
        if not all(isinstance(part, dict) for part in plain):
            raise ValueError("no rows")
        rows._packed, rows.files, rows.told, rows._loud = plain
        return rows

    def __getitem__(self, name: str) -> Row:
        return Row(*unpack(self._packed[name]))

    def __setitem__(self, name: str, row: Row) -> None:
        if name in self._packed:
            self._forget(name)
        # In the place that it had: what is said of rows is said in their order.
        self._packed[name] = pickle.dumps(tuple(row), protocol=5)
        self.files |= row.files
        self.told |= row.told
        if row.warnings or row.dead:
            self._loud[name] = None

    def __delitem__(self, name: str) -> None:
        self._forget(name)
        del self._packed[name]

    def _forget(self, name: str) -> None:
        row = self[name]
        self._loud.pop(name, None)
        for path in row.files:
            self.files.pop(path, None)
        for address in row.told:
            self.told.pop(address, None)

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)

    def __contains__(self, name: object) -> bool:
        return name in self._packed

    def __or__(self, made: Mapping[str, Row]) -> Rows:
        """Return these rows with others in place of those of the same names."""
        rows = Rows.of(*map(dict, self.plain))
        rows.update(made)
        return rows

    @property
    def loud(self) -> list[Row]:
        """The rows that have warnings or dead links."""
        return [self[name] for name in self._packed if name in self._loud]

    @property
    def plain(self) -> tuple[dict[str, Any], ...]:
        """All of it as plain values, for whoever does not change them."""
        return self._packed, self.files, self.told, self._loud


def unpack(data: bytes) -> Any:
    """Return the plain values that these bytes were made of; a file in a shared cache must not run anything."""
    return _Plain(io.BytesIO(data)).load()


class _Plain(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> NoReturn:
        raise pickle.UnpicklingError(f"{module}.{name} is no plain value")
