"""Say where the time of a cold build and of one edit goes: `python benchmarks/profile.py --entries 1000`."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

if not __package__:
    # Run as a file: find this folder as a package, and keep this file from hiding Python's own `profile`.
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.builders import ENVIRONMENT, WORKSHOP
from benchmarks.corpus import write_project
from benchmarks.edits import change_title, change_word

PACKAGE = "/aboveboard/"
LEAST = 0.02
Call = tuple[str, str]
Stacks = list[tuple[list[Call], float]]


@dataclass(slots=True)
class Node:
    """Time below one of our functions, or one of MkDocs's own steps."""

    seconds: float = 0.0
    below: dict[str, Node] = field(default_factory=dict)


def label(call: Call) -> str | None:
    """Return how a call is shown in the tree; None for those that are not."""
    path, name = call
    if "<" in name:
        return None
    if PACKAGE in path:
        return f"{path.rsplit(PACKAGE, 1)[1].removesuffix('.py').removesuffix('/__init__')}: {name}"
    return f"mkdocs: {name}" if "/mkdocs/commands/" in path or name == "load_config" else None


def room(stack: list[Call]) -> str:
    """Return the room whose code was last entered; `start` while modules are still being imported."""
    for path, _ in reversed(stack):
        if path.startswith("<frozen importlib"):
            return "start: imports"
        if PACKAGE in path:
            parts = path.rsplit(PACKAGE, 1)[1].split("/")
            return "/".join(parts[:2]) if len(parts) > 2 else parts[0].removesuffix(".py")
    return "mkdocs, and what is around it"


def library(stack: list[Call]) -> str:
    """Return whose code was running: a library, ours, or Python's own."""
    path = stack[-1][0]
    if path.startswith("<frozen"):
        return "imports"
    if path.startswith("<"):
        return "templates"
    if "/site-packages/" in path:
        return path.split("/site-packages/", 1)[1].split("/")[0].removesuffix(".py")
    return (
        "aboveboard" if PACKAGE in path else "templates" if path.endswith((".html", ".j2", ".xml")) else "python"
    )


def grow(stacks: Stacks) -> Node:
    """Return all time as a tree of calls."""
    root = Node()
    for stack, seconds in stacks:
        at = root
        at.seconds += seconds
        last = None
        for call in stack:
            name = label(call)
            if name and name != last:
                at = at.below.setdefault(name, Node())
                at.seconds += seconds
                last = name
    return root


def format_tree(node: Node, whole: float, depth: int = 0, deepest: int = 5) -> Iterable[str]:
    """Yield a line for each call that took a part worth reading; one that only passes on is left out."""
    shown = sorted(node.below.items(), key=lambda item: -item[1].seconds)
    for name, below in shown:
        if below.seconds < whole * LEAST:
            continue
        largest = max((child.seconds for child in below.below.values()), default=0.0)
        if largest > below.seconds * 0.97:
            yield from format_tree(below, whole, depth, deepest)
            continue
        yield f"{below.seconds:8.2f} s {below.seconds / whole:5.0%}  {'  ' * depth}{name}"
        if depth < deepest:
            yield from format_tree(below, whole, depth + 1, deepest)


def format_sums(sums: dict[str, float], whole: float) -> Iterable[str]:
    """Yield the largest first, each with a bar."""
    for name, seconds in sorted(sums.items(), key=lambda item: -item[1]):
        if seconds >= whole * LEAST / 2:
            yield f"{seconds:8.2f} s {seconds / whole:5.0%}  {name:<32} {'#' * round(40 * seconds / whole)}"


def tell(title: str, stacks: Stacks, took: float) -> None:
    """Print one run: by call, by room, by library."""
    root = grow(stacks)
    rooms: dict[str, float] = {}
    libraries: dict[str, float] = {}
    for stack, seconds in stacks:
        rooms[room(stack)] = rooms.get(room(stack), 0.0) + seconds
        libraries[library(stack)] = libraries.get(library(stack), 0.0) + seconds
    print(f"\n== {title}: {took:.2f} s, of which {root.seconds:.2f} s were seen ==")
    for heading, lines in (
        ("By call", format_tree(root, root.seconds)),
        ("By room: the last one entered", format_sums(rooms, root.seconds)),
        ("By library: whose code ran", format_sums(libraries, root.seconds)),
    ):
        print(f"\n{heading}\n" + "\n".join(lines))


def sample(project: Path, *arguments: str) -> tuple[Stacks, float]:
    """Run one of our commands on a project, on one core; return what was seen, and its seconds."""
    figures = project / ".samples.json"
    command = [sys.executable, str(Path(__file__).with_name("sampler.py")), str(figures), *arguments]
    before = time.perf_counter()
    subprocess.run(command, cwd=project, env=ENVIRONMENT, check=True, stdout=subprocess.DEVNULL)
    took = time.perf_counter() - before
    return [([(path, name) for path, name in stack], s) for stack, s in json.loads(figures.read_text())], took


def main() -> None:
    """Read the command line, build, edit and build again, and print where the time went."""
    parser = argparse.ArgumentParser(description="Say where the time of a build and of an edit goes.")
    parser.add_argument("--entries", type=int, default=1000)
    parser.add_argument("--cores", type=int, default=1, help="with more, other processes are seen as waiting only")
    asked = parser.parse_args()
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: asked.cores])
    folder = WORKSHOP / "profile"
    shutil.rmtree(folder, ignore_errors=True)
    write_project(folder, asked.entries)
    tell(f"Cold build of {asked.entries:,} entries", *sample(folder, "build"))
    change_word(folder, 0)
    tell("One word changed", *sample(folder, "build"))
    change_title(folder, 0)
    tell("One title changed", *sample(folder, "build"))
    tell("Nothing changed: check", *sample(folder, "check"))


if __name__ == "__main__":
    main()
