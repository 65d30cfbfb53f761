"""Work shared out over all cores: every process takes the next piece until none is left.

Where processes can be forked they have all that this one knows; elsewhere (macOS, Windows) each makes it again
from a recipe, which costs little where the cache is warm.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

from aboveboard.errors import BuildFailed, UserError

METHOD = "ABOVEBOARD_START_METHOD"
# Starting processes costs about as much as this many pages.
PAYS_FROM = 60
T = TypeVar("T")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Job(Generic[T, Result]):
    """Something to do piece by piece. `tools`: what it needs, made once in each process.

    `do` gets the tools and one piece, and returns what can be pickled. `close` puts away what a process has in
    hand, at the end of each stage. All are functions of a module, and `recipe` and pieces can be pickled: so
    every way of starting processes works.
    """

    tools: Callable[[Any], Any]
    recipe: Any
    do: Callable[[Any, T], Result]
    close: Callable[[Any], None]


def share(
    job: Job[T, Result], tools: Any, stages: Sequence[Sequence[T]], tell: Callable[[int], None], helpers: int
) -> Iterator[Result]:
    """Yield what comes of every piece, in no particular order within its stage.

    No stage is begun before the one before is done and put away in every process. `tools`: those of this process,
    which works too. `tell` is told how many pieces are done. Raises BuildFailed where another process failed or
    was killed.
    """
    context: Any = multiprocessing.get_context(start_method())
    taken = [context.Value("l", 0) for _ in stages]
    if helpers:
        # What is there already is never written again, so that processes go on having it in common.
        gc.freeze()
    others = [_start(context, job, tools, stages, taken) for _ in range(helpers)]
    before = 0
    try:
        for stage, counter in zip(stages, taken, strict=True):
            for place in _places(counter, len(stage)):
                tell(before + place)
                yield job.do(tools, stage[place])
                for other in others:
                    # A line holds little: whoever does not listen keeps the others waiting.
                    yield from other.hear(to_the_end=False)
            job.close(tools)
            for other in others:
                yield from other.hear(to_the_end=True)
            for other in others:
                other.go_on()
            before += len(stage)
        for other in others:
            other.process.join()
    finally:
        for other in others:
            other.process.kill()
        gc.unfreeze()


def start_method() -> str:
    """Return how processes are started: forked where that is safe and cheap."""
    return os.environ.get(METHOD) or ("fork" if sys.platform == "linux" else "spawn")


def helpers_for(pieces: int) -> int:
    """Return how many more processes should work at this many pages."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(cores - 1, pieces // PAYS_FROM)


def _places(taken: Any, count: int) -> Iterator[int]:
    while True:
        with taken.get_lock():
            place = taken.value
            taken.value += 1
        if place >= count:
            return
        yield place


@dataclass(slots=True)
class _Other:
    """Another process, as this one sees it. `rests`: it has nothing left to do in this stage."""

    process: Any
    line: Connection
    rests: bool = False

    def hear(self, to_the_end: bool) -> Iterator[Any]:
        """Yield what came of its pieces: what it has said already, or all of this stage."""
        while not self.rests and (to_the_end or self.line.poll()):
            try:
                fine, said = self.line.recv()
            except EOFError:
                raise BuildFailed("the site was not built", ["another process of this build was killed"]) from None
            if not fine:
                raise BuildFailed("the site was not built", [said])
            if said is None:
                self.rests = True
            else:
                yield said

    def go_on(self) -> None:
        """Let it begin the next stage, or end where there is none."""
        self.rests = False
        with suppress(OSError):  # whether it was killed is told by who listens to it next
            self.line.send(None)


def _start(
    context: Any, job: Job[T, Result], tools: Any, stages: Sequence[Sequence[T]], taken: Sequence[Any]
) -> _Other:
    ours, theirs = context.Pipe()
    own, far = (tools, ours) if start_method() == "fork" else (None, None)
    process = context.Process(target=_help, args=(job, own, stages, taken, theirs, far), daemon=True)
    process.start()
    theirs.close()
    return _Other(process, ours)


def _help(
    job: Job[Any, Any],
    tools: Any,
    stages: Sequence[Sequence[Any]],
    taken: Sequence[Any],
    line: Connection,
    far: Connection | None,
) -> None:
    if far is not None:
        # A forked process has both ends of its line, and would never hear that nobody is at the other one.
        far.close()
    try:
        tools = job.tools(job.recipe) if tools is None else tools
        for stage, counter in zip(stages, taken, strict=True):
            for place in _places(counter, len(stage)):
                line.send((True, job.do(tools, stage[place])))
            job.close(tools)
            line.send((True, None))
            if not _may_go_on(line):
                return
    except (OSError, UserError) as error:
        # A full disk, or what its author has to mend, which is said where this process was started; if it lives.
        with suppress(OSError):
            line.send((False, str(error)))
    except BaseException as error:
        line.send((False, f"{type(error).__name__}: {error}"))
        raise


def _may_go_on(line: Connection) -> bool:
    """Wait until every process has done its part of a stage; return False where the one that says so is gone."""
    try:
        line.recv()
    except EOFError:
        return False
    return True
