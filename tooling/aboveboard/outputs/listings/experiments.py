"""Experiments as a board: by stage, and by result with the refuted and the unclear beside the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from aboveboard.content.entry import Entry
from aboveboard.content.kinds import EXPERIMENT
from aboveboard.content.public import PublicLibrary
from aboveboard.insight.board import by_result, by_stage
from aboveboard.outputs.page import Page
from aboveboard.outputs.render import Renderer

NEWEST = 20


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the board: the newest of its experiments, and the years in which the others are."""

    name: str
    count: int
    shown: Sequence[Entry]
    years: Sequence[int]


def experiment_pages(library: PublicLibrary) -> Iterator[Page]:
    """Yield the board."""
    path = f"{EXPERIMENT.folder}/index.md"
    entries = library.of_kind(EXPERIMENT)
    body = Renderer(library.frame, path)(
        "experiments",
        kind=EXPERIMENT,
        stages=_columns(by_stage(entries)),
        results=_columns(by_result(entries)),
        count=len(entries),
    )
    yield Page(path, EXPERIMENT.plural, body, EXPERIMENT.about)


def _columns(found: Mapping[str, Sequence[Entry]]) -> list[Column]:
    return [
        Column(name, len(entries), entries[:NEWEST], sorted({e.day.year for e in entries[NEWEST:]}, reverse=True))
        for name, entries in found.items()
    ]
