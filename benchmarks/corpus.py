"""Write a made-up Aboveboard project: `python benchmarks/corpus.py DIR --entries N`. Same seed, same bytes."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

if not __package__:
    # Run as a file: find this folder as a package, and keep its `profile` from hiding Python's own.
    sys.path[0] = str(Path(__file__).resolve().parents[1])

from benchmarks.bodies import Extras, Target, write_experiment, write_incident, write_weeknote
from benchmarks.facts import (
    common_facts,
    experiment_facts,
    format_facts,
    incident_facts,
    start_of,
    weeknote_facts,
)
from benchmarks.plan import NOW, Plan, Planned, plan_project
from benchmarks.words import Prose

CONFIG = """\
site_name: A made-up site of {entries} entries
site_url: https://example.org/
docs_dir: content
theme: {{name: material}}
markdown_extensions:
  - toc
  - tables
  - fenced_code
plugins:
  - aboveboard:
      organisation: The example council
      timezone: UTC
"""
ABOUT = "# About\n\nThese entries are made up, to see how long a site of this size takes to build.\n"
SEED = 2026


def write_project(folder: Path, entries: int, seed: int = SEED) -> Plan:
    """Write a project of so many entries into an empty or new folder, and return what it holds.

    Raises FileExistsError when the folder holds something.
    """
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty")
    plan = plan_project(entries, seed)
    texts = {
        "mkdocs.yml": CONFIG.format(entries=entries),
        "content/about.md": ABOUT,
        **_registers(plan),
        **{f"content/{entry.path}": text for entry, text in _entries(plan, seed)},
    }
    for place in sorted({(folder / path).parent for path in texts}):
        place.mkdir(parents=True, exist_ok=True)
    for path, text in texts.items():
        (folder / path).write_text(text, encoding="utf-8")
    return plan


def _registers(plan: Plan) -> dict[str, str]:
    def lines(records: list[str]) -> str:
        return "".join(f"- {{{record}}}\n" for record in records) or "[]\n"

    owners = [plan.teams[place % len(plan.teams)] for place in range(len(plan.services))]
    return {
        "content/registers/teams.yml": lines(
            [f"slug: {t.slug}, name: {t.name}, cadence: weekly" for t in plan.teams]
        ),
        "content/registers/people.yml": lines(
            [f"slug: {p.slug}, name: {p.name}, role: Leads in the open, leader: true" for p in plan.leaders]
        ),
        "content/registers/services.yml": lines(
            [
                f"slug: {s.slug}, name: {s.name}, owner: {o.name}"
                for s, o in zip(plan.services, owners, strict=True)
            ]
        ),
        "content/registers/closed.yml": "[]\n",
    }


def _entries(plan: Plan, seed: int) -> Iterator[tuple[Planned, str]]:
    """Yield each entry with its text. Links and relations lead to older entries that the public sees."""
    older: list[Planned] = []
    for place, entry in enumerate(plan.entries):
        chance = Random(f"{seed} {entry.name}")
        prose = Prose(chance)
        # Half of the links stay near; the rest go anywhere before.
        near = older[-40:] if chance.random() < 0.5 else older
        links = [Target(e.path, e.title) for e in chance.sample(near, min(len(near), chance.choice([0, 0, 1, 2])))]
        related = [chance.choice(older).name] if older and chance.random() < 0.25 else []
        extras = Extras(links, code=place % 3 == 0, table=chance.random() < 0.25)
        facts = common_facts(entry, prose, related)
        if entry.kind == "incident":
            until = "resolved" if NOW.date() - entry.day > timedelta(days=2) else "mitigated"
            facts |= incident_facts(entry, prose, plan, until)
            body = write_incident(prose, extras, start_of(entry, chance), until)
        elif entry.kind == "experiment":
            facts |= experiment_facts(entry, prose, plan)
            body = write_experiment(prose, extras)
        else:
            facts |= weeknote_facts(entry, prose)
            body = write_weeknote(prose, extras)
        yield entry, f"---\n{format_facts(facts)}\n---\n\n{body}"
        if not entry.hidden:
            older.append(entry)


def main() -> None:
    """Read the command line and write the project."""
    parser = argparse.ArgumentParser(description="Write a made-up Aboveboard project, the same for the same seed.")
    parser.add_argument("folder", metavar="DIR", type=Path, help="an empty or new folder")
    parser.add_argument("--entries", type=int, default=1000, help="how many (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=SEED, help="another number makes other texts")
    asked = parser.parse_args()
    plan = write_project(asked.folder, asked.entries, asked.seed)
    print(f"{asked.folder}: {len(plan.entries)} entries, {len(plan.teams)} teams, from {plan.entries[0].day}")


if __name__ == "__main__":
    main()
