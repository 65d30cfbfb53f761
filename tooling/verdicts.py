"""Run families of rules over other people's texts and compare with what was judged by hand.

python tooling/verdicts.py CORPORA_DIR [--family BL]     a table; exits 1 where a judgement is missing or left over
python tooling/verdicts.py CORPORA_DIR --show            beside it each finding, judged or not

A judgement is a line of `tests/verdicts/*.tsv`: path below CORPORA_DIR, line, code, true or false. None of
the texts is kept. Reports have no front matter that we would know, so each is read as the body of an
incident; lines are those of the file.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from aboveboard.checks.run import all_rules, check_library
from aboveboard.content.library import load_library
from aboveboard.content.project import load_project

JUDGED = Path(__file__).resolve().parents[1] / "tests" / "verdicts"
# What is read, and in which family: weeknotes joke, so blame is looked for in them to see how much is found.
CORPORA = ("incidents-mybinder", "incidents-dfds", "weeknotes-open-innovations/src/weeknotes")
NO_TEXTS = ("LICENSE", "SOURCE.txt")
CONFIG = "site_name: Corpora\ndocs_dir: content\ntheme: {name: material}\nplugins: [aboveboard]\n"
MATTER = "---\ntitle: Report\ndate: 2026-11-20\ntimezone: UTC\n---\n"
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class Place(NamedTuple):
    """Where something was found: path below the corpora, line of that file, code."""

    path: str
    line: int
    code: str


def main() -> int:
    """Print the table of the corpora; return 1 where findings and judgements don't match."""
    parser = argparse.ArgumentParser(description="Compare findings in real texts with judgements by hand.")
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--family", action="append", help="only codes that begin so; repeats")
    parser.add_argument("--show", action="store_true", help="print every finding with its judgement")
    options = parser.parse_args()
    judged = read_judgements()
    families = options.family or sorted({place.code[:2] for place in judged} or {"BL"})
    found = {place: text for corpus in CORPORA for place, text in find(options.corpora, corpus, families)}
    if options.show:
        for place, text in sorted(found.items()):
            print(f"{judged.get(place, '?'):5} {place.path}:{place.line}: {place.code} {text}")
    left = [p for p in judged if p not in found and p.code.startswith(tuple(families))]
    print("\n".join(table(found, judged, families)))
    for place in left:
        print(f"no longer found: {place.path}:{place.line} {place.code}", file=sys.stderr)
    for place in sorted(set(found) - set(judged)):
        print(f"not judged: {place.path}:{place.line} {place.code}: {found[place]}", file=sys.stderr)
    return 1 if left or set(found) - set(judged) else 0


def read_judgements() -> dict[Place, str]:
    """Return what was judged, `true` or `false`, from every table in `tests/verdicts/`."""
    judged = {}
    for path in sorted(JUDGED.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                assert row["verdict"] in ("true", "false"), f"{path.name}: {row}"
                judged[Place(row["path"], int(row["line"]), row["code"])] = row["verdict"]
    return judged


def find(corpora: Path, corpus: str, families: list[str]) -> Iterator[tuple[Place, str]]:
    """Yield the findings of some families in a corpus, each once for a line, with what is said.

    Every text is read, whatever its name: it lies under a number in a project made for this.
    """
    files = [f for f in sorted((corpora / corpus).rglob("*")) if f.is_file() and f.name not in NO_TEXTS]
    texts = [f for f in files if f.suffix in ("", ".md")]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "content" / "incidents").mkdir(parents=True)
        (root / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
        added = {}
        for number, file in enumerate(texts):
            name = f"content/incidents/{number}.md"
            text, added[name] = as_incident(file.read_text(encoding="utf-8-sig", errors="replace"))
            (root / name).write_text(text, encoding="utf-8")
        project = load_project(root / "mkdocs.yml")
        assert project
        library = load_library(project)
        assert len(library.entries) == len(texts), "every text is read"
        for found in check_library(library, NOW, select=families):
            source = texts[int(Path(found.path).stem)].relative_to(corpora).as_posix()
            yield Place(source, found.position.line - added[found.path], found.code), found.message


def as_incident(text: str) -> tuple[str, int]:
    """Return a text as an incident's and the number of lines that this put before it.

    Front matter of its own, of a dialect that is not ours, becomes as many empty lines.
    """
    own = re.match(r"---\r?\n.*?\n---[ \t]*(?:\r?\n|$)", text, re.DOTALL)
    body = "\n" * own[0].count("\n") + text[own.end() :] if own else text
    return MATTER + body, MATTER.count("\n")


def table(found: dict[Place, str], judged: dict[Place, str], families: list[str]) -> Iterator[str]:
    """Yield the lines of the table: what each corpus has of each code, and how much of it is true."""
    yield f"{'corpus':42} {'code':6} {'found':>5} {'true':>5} {'false':>5} {'unjudged':>8} {'share':>6}"
    codes = [kind.code for kind in all_rules() if kind.code.startswith(tuple(families))]
    for corpus in CORPORA:
        for group in (*families, *codes):
            verdicts = Counter(
                judged.get(place, "unjudged")
                for place in found
                if place.path.startswith(f"{corpus}/") and place.code.startswith(group)
            )
            known = verdicts["true"] + verdicts["false"]
            share = f"{verdicts['true'] / known:.0%}" if known else "-"
            if verdicts or group in families:
                counts = " ".join(f"{verdicts[v]:>{w}}" for v, w in (("true", 5), ("false", 5), ("unjudged", 8)))
                yield f"{corpus:42} {group:6} {verdicts.total():>5} {counts} {share:>6}"


if __name__ == "__main__":
    sys.exit(main())
