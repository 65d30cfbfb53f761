"""Records: objects of ours as bytes for the store, and back without ever running what bytes say.

A record may have come from another machine. It can name only classes of this package's ground floor and
a few of the standard library, none of which does more than hold values; any other makes the record void.
"""

from __future__ import annotations

import io
import pickle
import sys
from functools import cache
from importlib import import_module
from typing import Any
from zoneinfo import ZoneInfo

_OURS = ("aboveboard.content.", "aboveboard.checks.")
_OTHERS = frozenset(
    [
        ("aboveboard.errors", "Position"), ("aboveboard.errors", "Severity"), ("aboveboard.errors", "Diagnostic"),
        ("datetime", "date"), ("datetime", "datetime"), ("datetime", "time"), ("datetime", "timedelta"),
        ("datetime", "timezone"), ("builtins", "frozenset"), ("builtins", "set"),
    ]
)  # fmt: skip


class NotOurs(Exception):
    """A record that names something which no record of ours names."""


def dump(value: Any) -> bytes:
    """Return a value of ours as bytes. The same value may give other bytes: they are no key."""
    written = io.BytesIO()
    _Writer(written, protocol=5).dump(value)
    return written.getvalue()


def load(data: bytes) -> Any:
    """Return the value that `dump` made these bytes of; None where they are no such bytes."""
    try:
        return _Reader(io.BytesIO(data)).load()
    except Exception:
        # Whatever is wrong with it, a record that cannot be read is a record that is not there.
        return None


def zone_named(name: str) -> ZoneInfo:
    """Return a time zone as `ZoneInfo` keeps it: one object for one name."""
    return ZoneInfo(name)


def part_of(kind: Any, values: tuple[Any, ...]) -> Any:
    """Return a part of front matter with these values of its fields, in their order, which were checked before."""
    names, given = _fields_of(kind)
    if not names or len(names) != len(values):
        raise NotOurs(f"{kind}: {len(values)} values")
    part = kind.__new__(kind)
    for name, value in (
        ("__dict__", dict(zip(names, values, strict=True))),
        # One set for all: thousands are held, and nobody asks which fields were written.
        ("__pydantic_fields_set__", given),
        ("__pydantic_extra__", None),
        ("__pydantic_private__", None),
    ):
        object.__setattr__(part, name, value)
    return part


@cache
def _fields_of(kind: Any) -> tuple[tuple[str, ...], set[str]]:
    names = tuple(getattr(kind, "__pydantic_fields__", ()))
    return names, set(names)


class _Writer(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        """Return how a value of ours is made again, which says less than its own way of being pickled."""
        kind: Any = type(value)
        fields, _ = _fields_of(kind)
        if fields:
            # Its own way writes the name of every field, and a set of those that were given.
            return part_of, (kind, tuple(map(value.__dict__.__getitem__, fields)))
        if kind is ZoneInfo:
            # Its own way goes by `getattr`, which no record may name.
            return zone_named, (value.key,)
        names = _names_of(kind)
        if names is not None:
            # To call the class with its fields is many times faster than the way of frozen dataclasses.
            return kind, tuple([getattr(value, name) for name in names])
        return NotImplemented


@cache
def _names_of(kind: type) -> tuple[str, ...] | None:
    """Return the fields of a dataclass with slots; None for any other class."""
    fields = getattr(kind, "__dataclass_fields__", None)
    return None if fields is None or not hasattr(kind, "__slots__") else tuple(fields)


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        return _find(module, name)


@cache
def _find(module: str, name: str) -> Any:
    if module == __name__ and name in _MAKERS:
        return _MAKERS[name]
    if (module, name) in _OTHERS or module.startswith(_OURS):
        found = getattr(sys.modules.get(module) or import_module(module), name, None)
        if isinstance(found, type) and found.__module__ == module:
            return found
    raise NotOurs(f"{module}.{name}")


_MAKERS = {"zone_named": zone_named, "part_of": part_of}
