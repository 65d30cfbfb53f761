"""Values as bytes: the same bytes for equal values, whatever machine, folder or run they come from.

Nothing here depends on the identity of objects, on hash seeds or on addresses in memory; a value of a type
that is not listed is refused, rather than written in a way that might say less than it does.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import Enum
from functools import cache
from hashlib import blake2b
from pathlib import PurePath
from types import BuiltinFunctionType, FunctionType
from typing import Any

from pydantic import BaseModel

Encoder = Callable[[list[bytes], Any], None]


def digest(value: Any, **special: Encoder) -> bytes:
    """Return 16 bytes that stand for a value.

    `special`: how the members of a class are written, by the name of the class, where that is not by their
    fields. Raises TypeError for what cannot be written.
    """
    out: list[bytes] = []
    encode(out, value, special)
    return blake2b(b"".join(out), digest_size=16).digest()


def encode(out: list[bytes], value: Any, special: Mapping[str, Encoder]) -> None:
    """Append the bytes of a value, with its type and its length, so that no two run together."""
    kind = type(value)
    if kind is str:
        data = value.encode("utf-8", "surrogatepass")
        out += (b"s%d:" % len(data), data)
    elif kind is tuple or kind is list:
        out.append(b"l%d:" % len(value))
        for item in value:
            encode(out, item, special)
    elif kind.__name__ in special:
        special[kind.__name__](out, value)
    elif kind in _PLAIN:
        data = _PLAIN[kind](value).encode()
        out += (kind.__name__.encode(), b"%d:" % len(data), data)
    else:
        _encode_other(out, value, special)


def _encode_other(out: list[bytes], value: Any, special: Mapping[str, Encoder]) -> None:
    kind = type(value)
    if isinstance(value, Mapping):
        out.append(b"m%d:" % len(value))
        for key, item in value.items():
            encode(out, key, special)
            encode(out, item, special)
    elif isinstance(value, set | frozenset):
        parts = sorted(digest(item, **special) for item in value)
        out += (b"t%d:" % len(parts), *parts)
    elif names := _field_names(kind):  # type: ignore[arg-type]
        out.append(f"{kind.__module__}.{kind.__qualname__}".encode())
        for name in names:
            encode(out, getattr(value, name), special)
    elif isinstance(value, list | tuple | str | int):
        # What other libraries make of plain types: a list with checks in it, a text with a place.
        bases: tuple[type[Any], ...] = (list, tuple, str, int)
        plain = next(base for base in bases if isinstance(value, base))
        encode(out, plain(value), special)
    else:
        raise TypeError(f"{kind.__module__}.{kind.__qualname__} has no bytes that stand for it")


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    if issubclass(kind, BaseModel):
        return tuple(kind.model_fields)
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


def _name(thing: Any) -> str:
    """Return where a function or class is defined; what is made on the spot has no such place."""
    if "<" in thing.__qualname__:
        raise TypeError(f"{thing.__qualname__} has no bytes that stand for it")
    return f"{thing.__module__}.{thing.__qualname__}"


class _Plain(dict[type, Callable[[Any], str]]):
    """How values without parts are written, by their type; a family of types counts as one."""

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        raise KeyError(kind)

    def __contains__(self, kind: object) -> bool:
        if super().__contains__(kind):
            return True
        assert isinstance(kind, type)
        found = next((write for base, write in _FAMILIES if issubclass(kind, base)), None)
        if found is None:
            return False
        self[kind] = found
        return True


_FAMILIES: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (Enum, lambda member: f"{type(member).__qualname__}.{member.name}"),
    (bool, str),
    (type(None), str),
    (float, repr),
    (bytes, bytes.hex),
    # A datetime is a date as well; its zone belongs to it, as two zones may agree on one offset.
    (datetime, lambda at: f"{at.isoformat()} {at.fold} {at.tzinfo}"),
    (date, date.isoformat),
    (time, time.isoformat),
    (timedelta, lambda span: f"{span.days} {span.seconds} {span.microseconds}"),
    (tzinfo, str),
    (PurePath, PurePath.as_posix),
    (type, _name),
    (FunctionType, _name),
    (BuiltinFunctionType, _name),
)
_PLAIN = _Plain({int: str, bool: str, type(None): str, date: date.isoformat})
