"""Whatever is written, nothing raises: reader, prose, rules and pages over made-up entries.

`make fuzz` runs the same with a large budget.
"""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from aboveboard.checks.run import broken_paths, check_library
from aboveboard.content.entry import ParsedFile, parse_entry
from aboveboard.content.front_matter import read_front_matter
from aboveboard.content.kinds import KINDS
from aboveboard.content.library import Library
from aboveboard.content.problems import PROBLEMS
from aboveboard.content.project import Project
from aboveboard.content.public import preview, publish
from aboveboard.content.registers import PersonRecord, Registers
from aboveboard.content.settings import Settings
from aboveboard.content.text import split_lines
from aboveboard.errors import Severity
from aboveboard.outputs.site import render_site
from tests.conftest import NOW

ROOT = Path("/nowhere")
PROJECT = Project(ROOT, ROOT / "mkdocs.yml", ROOT / "content", ROOT / "site", "Try")
REGISTERS = Registers(people={"jane-roe": PersonRecord(slug="jane-roe", name="Jane Roe")})

# What entries are made of, whole and broken.
WORDS = st.sampled_from(
    """
    we they the engineer Jane Roe @jane should have failed to human error because of root cause
    why did you nobody checked 02:04 ~02:30 2026-11-20 2026-03-29 01:30 BST 14:?? detected: resolved: act:
    TODO {{ x }} [here](x.md) [x](javascript:1) ![](p.png) `code` **bold** <b> </b> <!-- --> <script> & |
    https://example.org/a?b=c jane@example.org 10.0.0.1 db.internal +44 7700 900123 \u202e \u200b \U0001f389
    lasted 41 minutes red green line \u9031\u5831 { } {: onclick=x } ${{ x }} {{< x >}} password: token=
    """.split()
)
LINE = st.one_of(
    st.lists(WORDS, max_size=12).map(" ".join),
    st.text(max_size=40),
    st.builds(lambda mark, words: mark + " ".join(words), st.sampled_from(MARKS := [
        "- ", "* ", "1. ", "  - ", "    ", "\t", "> ", "> > ", "# ", "## ", "### ", "## Timeline\n\n- ", "| ", "|---|---|\n| ",
        "```\n", "~~~\n", "[a]: ", "<details>", "</details>", "---\n", "===\n", "## What we learned\n", "- 2026-11-20 02:04 started: ",
    ]), st.lists(WORDS, max_size=6)),
)  # fmt: skip
BODY = st.lists(LINE, max_size=25).map("\n".join)
VALUE = st.one_of(
    st.lists(WORDS, max_size=4).map(" ".join),
    st.text(max_size=20),
    st.sampled_from(
        ["2026-11-20", "2026-11-20T02:04Z", "~02:10", "true", "", "[a, b]", "{a: b}", "- x", "'", '"', "2026-W47"]
    ),
    st.sampled_from(
        ["sev1", "concluded", "near-miss", "[{what: x, owner: y}]", "[{what: x}, z]", "{date: 2026-11-20, why: x}"]
    ),
)
NAMES = sorted({name for kind in KINDS for name in kind.fields.model_fields} | {"id", "slug", "nonsense"})
FIELDS = st.lists(
    st.builds(lambda name, value: f"{name}: {value}", st.sampled_from(NAMES), VALUE), max_size=10
).map("\n".join)
# Mostly well-formed, or nothing would be reached beyond the reader.
SOUND = st.sampled_from([
    "title: T\ndate: 2026-11-20\nweek: 2026-W47\nteam: a\nstage: running",
    "title: T\ndate: 2026-11-20\nweek: 2026-W47\nteam: a\nstage: planned\ntimezone: Europe/London\nstarted_at: 2026-11-20 02:00",
    "date: 2026-11-20",
])  # fmt: skip
ENTRY = st.builds(lambda sound, fields, body: f"---\n{sound}\n{fields}\n---\n{body}", SOUND, FIELDS, BODY)


def library_of(file: ParsedFile) -> Library:
    entries = (file.entry,) if file.entry else ()
    return Library(PROJECT, entries, REGISTERS, files=(file,))


@given(
    st.one_of(
        st.binary(max_size=300),
        ENTRY.map(str.encode),
        st.text(max_size=200).map(lambda t: f"---\n{t}\n---\n".encode()),
    )
)
def test_the_reader_never_raises_and_fails_closed(data: bytes) -> None:
    matter = read_front_matter(data)
    for problem in matter.problems:
        assert problem.code in PROBLEMS
        assert problem.position.line >= 1 and problem.position.column >= 1
    if any(PROBLEMS[problem.code].severity is Severity.ERROR for problem in matter.problems):
        assert matter.values == {}


@given(st.sampled_from(KINDS), ENTRY)
def test_rules_never_raise_and_point_into_the_file(kind: object, text: str) -> None:
    from aboveboard.content.kinds import Kind

    assert isinstance(kind, Kind)
    file = parse_entry(kind, f"{kind.folder}/2026-11-20-a.md", text.encode(errors="replace"), Settings())
    lines = len(split_lines(text))
    for diagnostic in check_library(library_of(file), NOW):
        assert 1 <= diagnostic.position.line <= lines, diagnostic
        assert diagnostic.position.column >= 1, diagnostic
        assert "\n" not in diagnostic.message


@given(st.sampled_from(KINDS), ENTRY)
def test_whatever_is_published_becomes_a_page(kind: object, text: str) -> None:
    from aboveboard.content.kinds import Kind

    assert isinstance(kind, Kind)
    file = parse_entry(kind, f"{kind.folder}/2026-11-20-a.md", text.encode(errors="replace"), Settings())
    library = library_of(file)
    diagnostics = check_library(library, NOW)
    for made in (publish(library, NOW, broken_paths(diagnostics)), preview(library, NOW, diagnostics)):
        for page in render_site(made).values():
            assert page.path
