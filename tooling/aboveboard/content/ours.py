"""What reads and writes here, as one digest: part of every key, so that no change of code meets old records."""

from __future__ import annotations

import hashlib
import os
import sys
import zoneinfo
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]
# What is made by the interpreter, and changes without the sources changing.
_MADE = frozenset(["__pycache__"])
_INSTALLED = (".dist-info", ".egg-info")


@cache
def ours() -> bytes:
    """Return a digest of 16 bytes: the package's own files, Python, what else is installed, the time zones.

    All that is installed counts, not only what is known to matter: a package that was not thought of
    costs one build, a page made by an old version of it would stay.
    """
    digest = hashlib.blake2b(sys.version.encode(), digest_size=16)
    for name in (*installed(), *_zones()):
        digest.update(f"{name}\0".encode())
    for name in sorted(_files(str(PACKAGE), "")):
        data = (PACKAGE / name).read_bytes()
        digest.update(f"{name}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.digest()


@cache
def installed() -> tuple[str, ...]:
    """Return the names and versions of everything that is installed: `pydantic-2.12.5.dist-info`."""
    found: set[str] = set()
    for folder in sys.path:
        try:
            with os.scandir(folder or ".") as entries:
                found.update(entry.name for entry in entries if entry.name.endswith(_INSTALLED))
        except OSError:
            continue
    return tuple(sorted(found))


def _files(folder: str, prefix: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir() and entry.name not in _MADE:
                yield from _files(entry.path, f"{prefix}{entry.name}/")
            elif entry.is_file():
                yield prefix + entry.name


def _zones() -> Iterator[str]:
    """Yield which edition of the time zones the system has; the one in a package counts as installed."""
    for folder in zoneinfo.TZPATH:
        try:
            with (Path(folder) / "tzdata.zi").open(encoding="utf-8") as file:
                yield file.readline().strip()
        except (OSError, UnicodeDecodeError):
            continue
