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

    `do` gets the tools and one piece, and returns what can be pickled. `close` ends the work of a process. All
    are functions of a module, and `recipe` and pieces can be pickled: so every way of starting processes works.
    """

    tools: Callable[[Any], Any]
    recipe: Any
    do: Callable[[Any, T], Result]
    close: Callable[[Any], None]


def share(
    job: Job[T, Result], tools: Any, pieces: Sequence[T], tell: Callable[[int], None], helpers: int
) -> Iterator[Result]:
    """Yield what comes of every piece, in no particular order.

    `tools`: those of this process, which works too. `tell` is told how many pieces are done. Raises BuildFailed
    where another process failed or was killed.
    """
    context: Any = multiprocessing.get_context(start_method())
    taken = context.Value("l", 0)
    lines: list[tuple[Any, Connection]] = []
    if helpers:
        # What is there already is never written again, so that processes go on having it in common.
        gc.freeze()
    for _ in range(helpers):
        ours, theirs = context.Pipe(duplex=False)
        own = tools if start_method() == "fork" else None
        process = context.Process(target=_help, args=(job, own, pieces, taken, theirs), daemon=True)
        process.start()
        theirs.close()
        lines.append((process, ours))
    try:
        for place in _places(taken, len(pieces)):
            tell(place)
            yield job.do(tools, pieces[place])
            for _, line in lines:
                # A line holds little: whoever does not listen keeps the others waiting.
                yield from _hear(line, to_the_end=False)
        job.close(tools)
        for process, line in lines:
            yield from _hear(line, to_the_end=True)
            process.join()
    finally:
        for process, _ in lines:
            process.kill()
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


def _help(job: Job[Any, Any], tools: Any, pieces: Sequence[Any], taken: Any, line: Connection) -> None:
    try:
        tools = job.tools(job.recipe) if tools is None else tools
        for place in _places(taken, len(pieces)):
            line.send((True, job.do(tools, pieces[place])))
        job.close(tools)
        line.send((True, None))
    except (OSError, UserError) as error:
        # A full disk, or what its author has to mend, which is said where this process was started.
        line.send((False, str(error)))
    except BaseException as error:
        line.send((False, f"{type(error).__name__}: {error}"))
        raise


def _hear(line: Connection, to_the_end: bool) -> Iterator[Any]:
    while not line.closed and (to_the_end or line.poll()):
        try:
            fine, said = line.recv()
        except EOFError:
            raise BuildFailed("the site was not built", ["another process of this build was killed"]) from None
        if not fine:
            raise BuildFailed("the site was not built", [said])
        if said is None:
            line.close()
            return
        yield said
