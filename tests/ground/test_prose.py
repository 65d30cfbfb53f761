"""A body is read as Markdown reads it: what looks like a heading in code is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.content.prose import Prose, bare

BODY = """Before any heading.

# One

Text of one.

## Two <!-- x -->

Text of two.

Under the line
--------------

More.

# Three
"""


def test_a_section_goes_on_to_the_next_heading_of_its_level_or_above() -> None:
    prose = Prose(BODY)
    found = [
        (s.heading.text if s.heading else None, s.start, s.text_start, s.own_end, s.end) for s in prose.sections
    ]
    assert found == [
        (None, 0, 0, 2, 2),
        ("One", 2, 3, 6, 15),
        ("Two <!-- x -->", 6, 7, 10, 10),
        ("Under the line", 10, 12, 15, 15),
        ("Three", 15, 16, 17, 17),
    ]


def test_a_section_has_its_text_without_comments() -> None:
    prose = Prose("## A\n\none <!-- x -->\n\n### B\n\ntwo\n\n## C\n")
    section = prose.section("a")
    assert section is not None
    assert prose.text(section) == "one \n\n### B\n\ntwo"


@pytest.mark.parametrize(
    ("body", "headings"),
    [
        ("# A\n## B ##\n", [(1, "A"), (2, "B")]),
        ("A\n===\n\nB\n---\n", [(1, "A"), (2, "B")]),
        ("A\nb\n---\n", [(2, "A\nb")]),
        ("   ### A\n", [(3, "A")]),
        ("#\n", [(1, "")]),
        ("```\n# A\n```\n", []),
        ("~~~\n# A\n", []),
        ("    # A\n", []),
        ("<!--\n# A\n-->\n", []),
        ("> # A\n", []),
        ("- # A\n", []),
        ("#A\n####### B\n\\# C\n", []),
        ("---\n\n***\n", []),
        ("# A\r\n\r\n## B\r\n", [(1, "A"), (2, "B")]),
    ],
)
def test_headings_are_those_that_markdown_sees(body: str, headings: list[tuple[int, str]]) -> None:
    assert [(heading.level, heading.text) for heading in Prose(body).headings] == headings


@pytest.mark.parametrize(
    "heading",
    [
        "Timeline",
        "timeline",
        "TIMELINE",
        "Timeline:",
        "Timeline (all times UTC)",
        "Timeline [UTC]",
        "**Timeline**",
        "_Timeline_.",
        "`Timeline`",
        "Timeline (UTC):",
        "**Timeline (UTC)**",
        "Timeline #",
    ],
)
def test_a_section_is_found_whatever_its_case_emphasis_or_final_remark(heading: str) -> None:
    section = Prose(f"# Other\n\n## {heading}\n\ntext\n").section("timeline")
    assert section is not None and section.start == 2


@pytest.mark.parametrize("heading", ["A timeline", "Time line", "Timelines", "(Timeline)"])
def test_another_heading_is_another_section(heading: str) -> None:
    assert Prose(f"## {heading}\n").section("timeline") is None


def test_the_first_of_several_sections_is_found() -> None:
    section = Prose("## B\n\n## A\n").section("a", "b")
    assert section is not None and section.start == 0


def test_an_apostrophe_is_an_apostrophe() -> None:
    assert bare("What\u2019s next") == "what's next"


def test_items_and_rows_have_their_places_in_the_file() -> None:
    body = "## A\n\n- one\n  more\n\n  below\n- two\n\n1. three\n\n| h | i |\n|---|---|\n| four | **f** |\n\n### B\n\n- five\n"
    prose = Prose(body, first_line=10)
    section = prose.section("a")
    assert section is not None
    groups = prose.lists(section)
    found = [
        (item.cells, item.detail, prose.position(item.line, item.column))
        for group in groups
        for item in group.items
    ]
    assert [(list(cells), detail, at.line, at.column) for cells, detail, at in found] == [
        (["one more"], "below", 12, 3),
        (["two"], "", 16, 3),
        (["three"], "", 18, 4),
        (["four", "**f**"], "", 22, 3),
    ]
    assert [(group.start, group.header) for group in groups] == [(2, ()), (8, ()), (10, ("h", "i"))]
    assert "one" not in prose.around_lists(section) and "five" not in prose.around_lists(section)


@pytest.mark.parametrize("item", ["```\n  code\n  ```", "- nested", "> said", "# big", "<b>html</b>", "    code"])
def test_an_item_that_does_not_begin_with_text_keeps_its_words(item: str) -> None:
    prose = Prose(f"## A\n\n- {item}\n")
    (group,) = prose.lists(prose.sections[1])
    (found,) = group.items
    assert item.strip("`#>- \n").split()[0] in f"{' '.join(found.cells)} {found.detail}"


@pytest.mark.parametrize("body", ["## A\r\r\r\r- x\r", "a\rb\n- c\r- d\n", "\r", "| a |\r|---|\r| b |\r\r\r"])
def test_a_carriage_return_alone_ends_a_line_as_it_does_for_markdown(body: str) -> None:
    prose = Prose(body)
    assert all(token.map is None or token.map[1] <= len(prose.lines) for token in prose.tokens)
    assert [prose.text(section) for section in prose.sections]
    assert all(prose.lists(section) is not None for section in prose.sections)


marks = st.lists(
    st.sampled_from(
        [
            "# ",
            "## ",
            "a",
            "- ",
            "\n",
            "\n\n",
            "\r",
            "\r\n",
            "===",
            "---",
            "```\n",
            "    ",
            "> ",
            "|",
            "|---|",
            "1. ",
            "[a]: b\n",
            "<!--",
            "-->",
            "\t",
        ]
    ),
    max_size=30,
).map("".join)


@given(marks | st.text())
def test_any_body_is_divided_into_sections_without_a_gap(body: str) -> None:
    prose = Prose(body)
    sections = prose.sections
    assert [section.start for section in sections[1:]] == [section.own_end for section in sections[:-1]]
    assert (sections[0].start, sections[-1].own_end) == (0, len(prose.lines))
    for section in sections:
        assert section.start <= section.own_end <= section.end <= len(prose.lines)
        assert isinstance(prose.text(section), str)
        assert all(item.line < len(prose.lines) for group in prose.lists(section) for item in group.items)
        inside = [s for s in sections if section.heading and s.heading and section.start < s.start < section.end]
        assert all(s.heading and section.heading and s.heading.level > section.heading.level for s in inside)


@pytest.mark.parametrize(
    "body",
    [
        "# a\n" * 20_000,
        "- a\n" * 20_000,
        "## A\n\n" + "|a|\n|-|\n|b|\n\n" * 12_000,
        "|a|\n|-|\n" + "|b|\n" * 30_000,
        "# a" + " " * 200_000 + "b",
        "# " + "(" * 100_000,
        "# " + "(a) " * 50_000,
    ],
    ids=["headings", "items", "tables", "rows", "blanks in a heading", "brackets", "remarks"],
)
def test_a_large_body_is_read_in_one_go(body: str) -> None:
    prose = Prose(body)
    assert prose.section("timeline") is None
    assert sum(len(group.items) for section in prose.sections[:2] for group in prose.lists(section)) >= 0
