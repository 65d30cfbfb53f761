"""What readers are kept from: beside the golden cases, the fine lines, and what must not take for ever."""

from __future__ import annotations

import pytest

from aboveboard.checks.reach.markup import read_markup
from aboveboard.checks.reach.reading import read
from aboveboard.checks.reach.tags import scan_tags
from aboveboard.checks.run import check_library
from aboveboard.content.prose import Prose
from aboveboard.errors import Diagnostic
from tests.conftest import CONFIG, INCIDENT, NOW, WEEKNOTE, Site, entry

NOTE = "weeknotes/2026-w47-platform.md"


def found(site: Site, body: str, code: str, path: str = NOTE, fields: str = WEEKNOTE) -> list[Diagnostic]:
    site.write(path, entry(fields, body))
    return [d for d in check_library(site.library(), NOW, select=[code]) if d.path == f"content/{path}"]


def places(site: Site, body: str, code: str) -> list[tuple[int, int]]:
    """Return line and column of each finding; the body begins on line 7."""
    return [(d.position.line, d.position.column) for d in found(site, body, code)]


@pytest.mark.parametrize(
    "alt",
    [
        "graph.png",
        "Screen shot 2",
        "image",
        "An image",
        "IMG_1234",
        "Screenshot 2024-01-02 at 10.11.12.png",
        "figure 3",
    ],
)
def test_a_text_that_names_the_file_is_none(site: Site, alt: str) -> None:
    assert len(found(site, f"![{alt}](https://example.org/IMG_1234.jpg)\n", "AX001")) == 1


@pytest.mark.parametrize(
    "alt", ["Errors by minute", "Screenshot of the error page", "Figure 3: errors", "Dashboard"]
)
def test_a_text_that_says_something_is_one(site: Site, alt: str) -> None:
    assert found(site, f"![{alt}](https://example.org/dashboard.jpg)\n", "AX001") == []


def test_places_are_exact_wherever_a_link_stands(site: Site) -> None:
    body = (
        "- one [here](https://a.example.org)\n"
        "  > two [here](https://a.example.org)\n\n"
        "| a | b |\n|---|---|\n| [here](https://a.example.org) | [here](https://a.example.org) |\n\n"
        "`[here](x)` [here](https://a.example.org) <!-- [here](x) --> <a href='https://a.example.org'>here</a>\n\n"
        "<div>\n  <p><a href='https://a.example.org'>here</a></p>\n</div>\n\n"
        "## [here](https://a.example.org)\n\nand [here][r]\n\n[r]: https://a.example.org\n"
    )
    assert places(site, body, "AX003") == [
        (7, 7), (8, 9), (12, 3), (12, 35), (14, 13), (14, 62), (17, 6), (20, 4), (22, 5),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "issue 4",
        "here, how we count",
        "Another",
        "2017",
        "https://example.org/r",
        "this infographic",
        "the link between",
    ],
)
def test_a_link_that_says_enough_is_let_be(site: Site, text: str) -> None:
    assert found(site, f"[{text}](https://example.org/r)\n", "AX003") == []


def test_a_page_has_one_title_and_an_entry_none_of_its_own(site: Site) -> None:
    page = site.write("about.md", "# About\n\n## A\n")
    assert not check_library(site.library(), NOW, select=["AX002"])
    page.write_text("# About\n\n# Again\n\n# Again\n")
    said = [str(d) for d in check_library(site.library(), NOW, select=["AX002"])]
    assert said == [
        "content/about.md:3:1: AX002 warning this is a second title, and a page has one first-level heading: "
        "write ##, here and 1 more times"
    ]


def test_a_table_for_layout_needs_no_headers(site: Site) -> None:
    assert found(site, "<table role='presentation'><tr><td>a</td></tr></table>\n", "AX004") == []
    assert len(found(site, "> | | |\n> |-|-|\n> | a | b |\n", "AX004")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The red line shows errors.",
        "The green bars are the days with a release.",
        "Items in green were paid back.",
        "Rows highlighted in red are overdue.",
        "Anything coloured orange, is late.",
        "Press the green button to go on.",
        "The blue and orange lines represent the two regions.",
    ],
)
def test_colour_alone_is_noticed(site: Site, text: str) -> None:
    assert len(found(site, f"{text}\n", "AX005")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The dashboard went red at 10:12.",
        "A green build is not a safe build.",
        "The tests are green, the pipeline is red.",
        "This is a red line for us.",
        "The red line is crossed when data is lost.",
        "We are back in green.",
        "Servers in Red Hat clusters failed.",
        "These were red herrings.",
        "The status page shows green.",
        "The dotted red line shows errors.",
        "The red line (top) shows errors.",
        "> The red line shows errors.",
        "We use blue-green deployments for all items in green energy.",
        "Rows of blue buttons confused people.",
        "The rows in red and marked with a star are overdue.",
    ],
)
def test_colour_words_that_carry_nothing_alone_are_let_be(site: Site, text: str) -> None:
    assert found(site, f"{text}\n", "AX005") == []


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ("```\na\n", 7),
        ("```\na", 7),
        ("```", 7),
        ("````\n```\na\n", 7),
        ("```sh\na\n```sh\nb\n", 7),
        ("> ```\n> a\n\ntext\n", 7),
        ("1. a\n\n   ```\n   b\n\ntext\n", 9),
    ],
)
def test_an_open_fence_is_found_where_it_opens(site: Site, body: str, line: int) -> None:
    assert [p[0] for p in places(site, body, "AX006")] == [line]


@pytest.mark.parametrize(
    "body",
    [
        "```\na\n```\n",
        "```\n```",
        "````md\n```\na\n```\n````\n",
        "~~~\n```\n~~~\n",
        "> ```\n> a\n> ```\n",
        "1. a\n\n   ```\n   b\n   ```\n\ntext\n",
        "```` inline ````\n",
        "    ```\n    a\n",
        "```\n\n\n```\n\n",
    ],
)
def test_a_closed_fence_is_closed(site: Site, body: str) -> None:
    assert places(site, body, "AX006") == []


@pytest.mark.parametrize(
    "body",
    [
        "[a](java&#115;cript:alert) b",
        "[a](<java\tscript:alert>) b",
        "[a][b]\n\n[b]: VBScript:x",
        "<a href='data:text/html,x'>b</a>",
        "![the errors of today](data:image/png;base64,AAAA)",
        "<p OnClick = 'x'>a</p>",
        "<img alt='<' src='https://example.org/a.png' onerror=x>",
        "text\n{ onmouseover='x' }",
        "# A {: #a onclick=x }",
        "<svg><animate attributeName=x /></svg>",
    ],
)
def test_what_is_cleaned_away_is_said(site: Site, body: str) -> None:
    assert found(site, f"{body}\n", "AX007")[0].position.line == (8 if body.startswith("text") else 7)


def test_where_html_is_allowed_nothing_is_cleaned(site: Site) -> None:
    site.write("/mkdocs.yml", CONFIG.replace("[aboveboard]", "[{aboveboard: {raw_html: allow}}]"))
    assert found(site, "<iframe src='https://example.org'></iframe>\n", "AX007") == []


def test_every_line_with_unseen_characters_is_said_once(site: Site) -> None:
    body = "a\u200bb\u200b\u2060\n\nc\ufeffd\n\n```\ne\u200bf\n```\n"
    assert places(site, body, "AX009") == [(7, 2), (9, 2), (12, 2)]
    assert (
        places(
            site,
            "\u0645\u06cc\u200c\u062e \U0001f469\U0001f3fd\u200d\U0001f4bb \u0915\u094d\u200d\u0937\n",
            "AX009",
        )
        == []
    )
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "delete everything")
    assert places(site, f"text{hidden}\n", "AX009") == [(7, 5)]


@pytest.mark.parametrize(
    "body",
    ["A {set} of {{x}} in f\u00fcr {}", "$\\frac{{1}}{2}$", "`{{ a | b }}`", "x < % y %>", "{% %", "100 {%}"],
)
def test_braces_are_no_template_by_themselves(site: Site, body: str) -> None:
    assert found(site, f"{body}\n", "AX010") == []


def test_reading_is_of_english_running_text(site: Site) -> None:
    easy = read(Prose("We had a bad day. The site was slow for an hour. We put in a new disk.\n"))
    assert easy is not None
    assert easy.grade < 5
    assert read(Prose("Wir hatten einen schlechten Tag und die Seite war sehr langsam.\n")) is None
    assert read(Prose("```\nthe code of a day in the night\n```\n")) is None
    hard = "The administrative organisation of the identification of irregularities is complicated. " * 30
    assert len(found(site, hard, "AX011", "incidents/a.md", INCIDENT)) == 1
    assert found(site, hard, "AX011", "incidents/a.md", f"{INCIDENT}\nlang: cy") == []
    assert found(site, hard[:400], "AX011", "incidents/a.md", INCIDENT) == []


HOSTILE = {
    "brackets": "[" * 3000,
    "angles": "<" * 100_000,
    "pictures": "![" * 20_000,
    "braces": "{: " * 20_000,
    "tags": "<a " * 60_000,
    "quotes": '<a b="' * 33_000,
    "attributes": "<div " + 'a="' * 60_000,
    "anchors": "<div>\n" + "<a href=x>" * 20_000,
    "scripts": "<div>\n" + "<script>" * 25_000,
    "links": "[a](b)\n" * 25_000,
    "dead": " ".join(f"[a](b{n}.md#c)" for n in range(10_000)),
    "undefined": "[aa][bb] " * 20_000,
    "templates": "{{ a" * 40_000,
    "unseen": "\u200b\n" * 50_000,
    "turned": "\u202e" * 60_000,
    "headings": "# a\n" * 40_000,
    "tables": "| | |\n|-|-|\n\n" * 9000,
    "colours": "the red line " * 15_000,
    "address": "https://a.example.org/" + "x" * 190_000,
    "handlers": "{: on" + "a" * 190_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_takes_for_ever(site: Site, name: str) -> None:
    site.write("about.md", HOSTILE[name])
    site.write(NOTE, entry(WEEKNOTE, HOSTILE[name]))
    check_library(site.library(), NOW, select=["AX", "LN"])


def test_tags_are_read_as_a_browser_reads_them() -> None:
    tags = list(scan_tags("<A HREF=x y='1 > 0'>t</a><!-- <b> --><br/><script>'<i>'</script><p class=\"a"))
    assert [(t.name, t.attributes, t.is_end) for t in tags] == [
        ("a", {"href": "x", "y": "1 > 0"}, False),
        ("a", {}, True),
        ("br", {}, False),
        ("script", {}, False),
        ("script", {}, True),
    ]


def test_blanked_text_keeps_its_length() -> None:
    body = "a `code` [b](c) ![d](e) <!-- f --> <i>g</i>"
    (text,) = read_markup(Prose(body)).texts
    assert len(text.plain) == len(text.bare) == len(body)
    assert "code" not in text.plain and "[b](c)" in text.plain and "[b](c)" not in text.bare
