"""Run one command and measure it: wall time, and the memory of all its processes together."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.02
PROC = Path("/proc")


class CommandFailed(Exception):
    """A command that was to be measured ended with an error."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run: wall seconds, and the peak in bytes where memory was watched, else 0."""

    seconds: float
    peak: int = 0


@dataclass(frozen=True, slots=True)
class Output:
    """What a builder wrote."""

    files: int
    size: int


def run(
    command: Sequence[str], cwd: Path, env: Mapping[str, str], watch: bool = False, fails: bool = False
) -> Run:
    """Run a command to its end. Raises CommandFailed unless it exits 0, or `fails` says that it may not.

    `watch` samples memory every 20 ms, which costs a little time: what is timed best is not watched. What
    earlier runs left to be written is written first, so that no builder pays for another.
    """
    os.sync()
    log = cwd / ".bench.log"
    with log.open("w") as said:
        before = time.perf_counter()
        process = subprocess.Popen(command, cwd=cwd, env=dict(env), stdout=said, stderr=subprocess.STDOUT)
        watcher = Watcher(process.pid) if watch else None
        code = process.wait()
        seconds = time.perf_counter() - before
        peak = watcher.stop() if watcher else 0
    if code and not fails:
        raise CommandFailed(f"{' '.join(command)} exited {code} in {cwd}:\n{log.read_text()[-2000:]}")
    return Run(seconds, peak)


class Watcher:
    """Samples the memory of a process and all that it started, until stopped."""

    def __init__(self, pid: int) -> None:
        self.pid, self.peak, self.over = pid, 0, threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.thread.start()

    def stop(self) -> int:
        """Return the highest sum seen, in bytes."""
        self.over.set()
        self.thread.join()
        return self.peak

    def _watch(self) -> None:
        while not self.over.is_set():
            self.peak = max(self.peak, sum(memory_of(pid) for pid in family(self.pid)))
            self.over.wait(EVERY)


def family(pid: int) -> Iterable[int]:
    """Yield a process and all that descend from it."""
    yield pid
    try:
        threads = list((PROC / str(pid) / "task").iterdir())
    except OSError:
        return
    for thread in threads:
        try:
            children = (thread / "children").read_text().split()
        except OSError:
            continue
        for child in children:
            yield from family(int(child))


def memory_of(pid: int) -> int:
    """Return a process's share of memory (PSS) in bytes; what is resident (RSS) where PSS cannot be read.

    Shared pages count once over all processes with PSS, and in each with RSS.
    """
    try:
        for line in (PROC / str(pid) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    try:
        return int((PROC / str(pid) / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, IndexError):
        return 0


def memory_kind() -> str:
    """Return which of the two this machine lets us read."""
    try:
        (PROC / "self" / "smaps_rollup").read_text()
    except OSError:
        return "RSS"
    return "PSS"


def measure_output(folder: Path) -> Output:
    """Return how many files a builder wrote, and their bytes together."""
    sizes = [path.stat().st_size for path in folder.resolve().rglob("*") if path.is_file()]
    return Output(len(sizes), sum(sizes))
