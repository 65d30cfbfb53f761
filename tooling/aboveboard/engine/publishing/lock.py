"""One publish at a time: a lock that the system lets go of when its process ends, however that ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from aboveboard.content.cache import make_cache_folder
from aboveboard.errors import UserError

try:
    import fcntl
except ImportError:  # pragma: no cover  Windows
    fcntl = None  # type: ignore[assignment]

NAME = "publish.lock"


@contextmanager
def only_one(cache: Path) -> Iterator[None]:
    """Hold the lock of a project; raise UserError where somebody else has it."""
    make_cache_folder(cache)
    handle = os.open(cache / NAME, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        if fcntl is not None:
            _take(handle)
        yield
    finally:
        os.close(handle)


def _take(handle: int) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        number = os.read(handle, 20).decode("ascii", "replace").strip()
        raise UserError(f"this project is being published already (process {number}): wait for it") from None
    # Who holds it is said where there is room on the disk; the lock holds without.
    with suppress(OSError):
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())
