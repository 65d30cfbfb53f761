"""A progress bar for work that takes over a second, on a terminal only."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any

import click

PATIENCE = 1.0


class Bar:
    """Called with how much is done of how much; shows nothing while the work is quick."""

    def __init__(self, label: str) -> None:
        self.label, self.began = label, time.monotonic()
        self.bar: Any = None

    def __enter__(self) -> Bar:
        return self

    def __call__(self, done: int, total: int) -> None:
        if not sys.stderr.isatty() or (self.bar is None and time.monotonic() - self.began < PATIENCE):
            return
        if self.bar is None:
            self.bar = click.progressbar(length=total, label=self.label, file=sys.stderr)
            self.bar.__enter__()
        self.bar.update(done - self.bar.pos)

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.bar is not None:
            self.bar.__exit__(kind, value, trace)
