"""One build at a time in a folder: whoever comes second waits until the first is done, or is no more."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import IO

from mkdocs.plugins import get_plugin_logger

from aboveboard.content.cache import make_cache_folder

try:
    import fcntl
except ImportError:  # pragma: no cover  Windows has none, and there nobody waits
    fcntl = None  # type: ignore[assignment]

log = get_plugin_logger("aboveboard")


class Turn:
    """The right to write into a folder; `lock`: the file, in the cache, that stands for it.

    It goes with the process that has it. Where nothing can be locked, nobody waits.
    """

    def __init__(self, lock: Path) -> None:
        self._lock = lock
        self._held: IO[bytes] | None = None

    def take(self) -> None:
        """Take it, and wait for whoever has it."""
        if fcntl is None:
            return
        with contextlib.suppress(OSError):
            make_cache_folder(self._lock.parent)
            self._held = self._lock.open("ab")
            try:
                fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                log.info("another build is at work in this folder: waiting until it is done")
                fcntl.flock(self._held, fcntl.LOCK_EX)

    def end(self) -> None:
        """Let the next one begin."""
        if self._held is not None:
            self._held.close()
            self._held = None
