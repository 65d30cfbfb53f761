"""Run an `aboveboard` command and note, every two milliseconds, where it is: `sampler.py FIGURES COMMAND…`."""

from __future__ import annotations

import json
import signal
import sys
import time
from pathlib import Path
from types import CodeType, FrameType

EVERY = 0.002
Stack = tuple[CodeType, ...]


class Sampler:
    """Seconds by stack. A sample weighs what passed since the last one, so that a long call in C counts whole."""

    def __init__(self) -> None:
        self.seconds: dict[Stack, float] = {}
        self.last = time.perf_counter()

    def start(self) -> None:
        """Look from now on. Other processes that the command starts show up as waiting for them."""
        self.last = time.perf_counter()
        signal.signal(signal.SIGALRM, self._look)
        signal.setitimer(signal.ITIMER_REAL, EVERY, EVERY)

    def stop(self) -> None:
        """Look no more."""
        signal.setitimer(signal.ITIMER_REAL, 0)

    def save(self, path: Path) -> None:
        """Write each stack, outermost call first, with its seconds."""
        stacks = [
            ([[code.co_filename, code.co_name] for code in reversed(stack)], seconds)
            for stack, seconds in self.seconds.items()
        ]
        path.write_text(json.dumps(stacks), encoding="utf-8")

    def _look(self, _: int, frame: FrameType | None) -> None:
        now = time.perf_counter()
        stack = []
        while frame is not None:
            stack.append(frame.f_code)
            frame = frame.f_back
        key = tuple(stack)
        self.seconds[key] = self.seconds.get(key, 0.0) + now - self.last
        self.last = now


def main() -> None:
    """Sample the command that the arguments name, and exit as it does."""
    figures, sys.argv = Path(sys.argv[1]), ["aboveboard", *sys.argv[2:]]
    sampler = Sampler()
    sampler.start()
    try:
        from aboveboard.cli import main as command

        command()
    finally:
        sampler.stop()
        sampler.save(figures)


if __name__ == "__main__":
    main()
