"""Measure Aboveboard beside other builders: `python benchmarks/run.py --sizes 200,1000 --write`."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from pathlib import Path

if not __package__:
    # Run as a file: find this folder as a package, and keep its `profile` from hiding Python's own.
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.builders import BUILDERS, WORKSHOP, is_there
from benchmarks.measure import CommandFailed
from benchmarks.page import format_machine, format_size, format_targets, write_page
from benchmarks.results import Results, describe_machine, load_results
from benchmarks.rivals.install import install
from benchmarks.scenarios import OURS_ALONE, SCENARIOS, Round

RESULTS = WORKSHOP / "results.json"


def main() -> None:
    """Read the command line, measure, print the figures, and write the page where asked to."""
    asked = _parser().parse_args()
    try:
        results = Results() if asked.read else _measure(asked)
    except (CommandFailed, TimeoutError) as error:
        sys.exit(f"benchmarks: {error}")
    for path in asked.read:
        results.merge(load_results(path))
    for size in results.sizes:
        print(f"\n{size:,} entries\n\n{format_size(results, size)}")
    print(f"\n{format_targets(results)}\n\n{format_machine(results)}")
    if asked.write:
        write_page(results)
        print("\ncontent/speed.md is written anew")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Measure Aboveboard beside other builders.")
    parser.add_argument(
        "--sizes", type=_numbers, default=[200, 1000, 5000], help="how many entries: 200,1000,5000"
    )
    parser.add_argument("--builders", type=_names(BUILDERS), default=list(BUILDERS), help=",".join(BUILDERS))
    parser.add_argument("--scenarios", type=_names(SCENARIOS), default=list(SCENARIOS), help=",".join(SCENARIOS))
    parser.add_argument("--repeat", type=int, default=3, help="runs of each, of which the median counts")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where the figures are kept, as JSON")
    parser.add_argument(
        "--read", type=Path, action="append", default=[], help="measure nothing: read these figures"
    )
    parser.add_argument("--write", action="store_true", help="write content/speed.md anew")
    parser.add_argument("--keep", action="store_true", help="leave the built sites where they are")
    return parser


def _measure(asked: argparse.Namespace) -> Results:
    for missing in install():
        _say(missing)
    results = Results(describe_machine())
    folder = WORKSHOP / "runs" / f"{datetime.now(UTC):%Y%m%d-%H%M%S}"
    try:
        for size in asked.sizes:
            builders = [BUILDERS[name] for name in asked.builders if is_there(name)]
            at = Round(size, folder / str(size), builders, asked.repeat, results, _say)
            at.prepare()
            for name in asked.scenarios:
                if name not in OURS_ALONE or "ours" in asked.builders:
                    SCENARIOS[name](at)
                    results.save(asked.results)
    finally:
        # Not before everything is measured: deleting a large site slows what is written after it.
        if not asked.keep:
            shutil.rmtree(folder, ignore_errors=True)
    return results


def _numbers(text: str) -> list[int]:
    return sorted(int(part) for part in text.split(","))


def _names(known: Collection[str]) -> Callable[[str], list[str]]:
    def names(text: str) -> list[str]:
        found = text.split(",")
        if unknown := sorted(set(found) - set(known)):
            raise argparse.ArgumentTypeError(f"{', '.join(unknown)}: there are {', '.join(known)}")
        return found

    return names


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
