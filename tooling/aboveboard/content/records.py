"""Records: objects of ours as bytes for the store, and back without ever running what bytes say.

A record may have come from another machine. It can name only classes of this package and a few of the
standard library, none of which does more than hold values; anything else makes the whole record void.
"""

from __future__ import annotations

import io
import pickle
import sys
from functools import cache
from importlib import import_module
from typing import Any

_ROOMS = ("aboveboard.content.", "aboveboard.errors")
_OTHERS = frozenset(
    [
        ("datetime", "date"), ("datetime", "datetime"), ("datetime", "time"), ("datetime", "timedelta"),
        ("datetime", "timezone"), ("zoneinfo", "ZoneInfo"), ("builtins", "frozenset"), ("builtins", "set"),
    ]
)  # fmt: skip


class NotOurs(Exception):
    """A record that names something which no record of ours names."""


def dump(value: Any) -> bytes:
    """Return a value of ours as bytes. The same value may give other bytes: they are no key."""
    return pickle.dumps(value, protocol=5)


def load(data: bytes) -> Any:
    """Return the value that `dump` made these bytes of; None where they are no such bytes."""
    try:
        return _Reader(io.BytesIO(data)).load()
    except Exception:
        # Whatever is wrong with it, a record that cannot be read is a record that is not there.
        return None


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        return _find(module, name)


@cache
def _find(module: str, name: str) -> Any:
    if module in ("copyreg", "zoneinfo") and name in ("__newobj__", "_reconstructor", "ZoneInfo._unpickle"):
        # How pickle itself makes an object of a class that passed here.
        return getattr(_zone() if "." in name else import_module(module), name.rpartition(".")[2])
    if (module, name) in _OTHERS or module.startswith(_ROOMS):
        found = getattr(sys.modules.get(module) or import_module(module), name, None)
        if isinstance(found, type):
            return found
    raise NotOurs(f"{module}.{name}")


def _zone() -> Any:
    from zoneinfo import ZoneInfo

    return ZoneInfo
