"""What was measured, as plain figures that can be kept and read again."""

from __future__ import annotations

import json
import os
import platform
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.builders import versions
from benchmarks.measure import memory_kind


@dataclass(slots=True)
class Results:
    """Figures by size, builder and what was measured: seconds or bytes, every run of each."""

    about: dict[str, Any] = field(default_factory=dict)
    runs: dict[str, dict[str, dict[str, list[float]]]] = field(default_factory=dict)

    def add(self, size: int, builder: str, what: str, value: float) -> None:
        """Note one run."""
        self.runs.setdefault(str(size), {}).setdefault(builder, {}).setdefault(what, []).append(value)

    def get(self, size: int, builder: str, what: str) -> float | None:
        """Return the median of the runs, None where nothing was measured."""
        runs = self.runs.get(str(size), {}).get(builder, {}).get(what)
        return median(runs) if runs else None

    @property
    def sizes(self) -> list[int]:
        """All sizes, smallest first."""
        return sorted(int(size) for size in self.runs)

    def merge(self, other: Results) -> None:
        """Take over what another run measured; where both measured the same, the other's figures stand."""
        self.about = {**self.about, **other.about}
        for size, builders in other.runs.items():
            for builder, figures in builders.items():
                self.runs.setdefault(size, {}).setdefault(builder, {}).update(figures)

    def save(self, path: Path) -> None:
        """Write everything as JSON."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps({"about": self.about, "runs": self.runs}, indent=1) + "\n", encoding="utf-8")


def format_figure(what: str, value: float) -> str:
    """Return a figure for people: the unit is known from what was measured."""
    if what.endswith(("memory", "size")):
        return f"{value / 2**20:,.0f} MiB"
    if what.endswith(("_before", "_first")):
        return f"{value / 1000:,.0f} kB"
    if what == "files":
        return f"{value:,.0f}"
    return f"{value:.1f} s" if value >= 10 else f"{value:.2f} s" if value >= 1 else f"{value:.3f} s"


def load_results(path: Path) -> Results:
    """Read what an earlier run saved."""
    read = json.loads(path.read_text(encoding="utf-8"))
    return Results(read["about"], read["runs"])


def describe_machine() -> dict[str, Any]:
    """Return what the figures depend on besides the builders: day, cores, memory, and what else was going on."""
    pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return {
        "day": f"{datetime.now(UTC):%Y-%m-%d}",
        "cores": len(os.sched_getaffinity(0)),
        "gib": round(pages * size / 2**30),
        "system": f"{platform.system()} on {platform.machine()}",
        "load_before": round(os.getloadavg()[0], 2),
        "memory": memory_kind(),
        "versions": versions(),
    }
