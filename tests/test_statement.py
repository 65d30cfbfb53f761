"""The accessibility statement: the words the law asks for, and facts that nobody can forget to fill in."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from aboveboard.checks.run import check_library
from aboveboard.cli import main
from tests.conftest import CONFIG, NOW, REPOSITORY, WEEKNOTE, Site, entry

# GOV.UK, sample accessibility statement, 19 December 2023: what it marks as legally required.
LAW = "the Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018"
GUIDELINES = "[Web Content Accessibility Guidelines version 2.2](https://www.w3.org/TR/WCAG22/) AA standard"
REQUIRED = [
    "This accessibility statement applies to ",
    f"The Equality and Human Rights Commission (EHRC) is responsible for enforcing {LAW} (the \u2018accessibility "
    "regulations\u2019). If you\u2019re not happy with how we respond to your complaint, [contact the Equality "
    "Advisory and Support Service (EASS)](https://www.equalityadvisoryservice.com/).",
    f" is committed to making its website accessible, in accordance with {LAW}.",
    "\n## Non-accessible content\n",
    "\nThe content listed below is non-accessible for the following reasons.\n",
    "\n### Non-compliance with the accessibility regulations\n",
    "\n### Disproportionate burden\n",
    "\n### Content that\u2019s not within the scope of the accessibility regulations\n",
    "This statement was prepared on [insert: date when it was first published]. It was last reviewed on "
    "[insert: date when it was last reviewed].",
    "This website was last tested on [insert: date] against the WCAG 2.2 AA standard.",
]
CHOICES = [
    f"This website is fully compliant with the {GUIDELINES}.",
    f"This website is partially compliant with the {GUIDELINES}, due to ",
    f"This website is not compliant with the {GUIDELINES}. The ",
]
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def start(folder: Path, *words: str) -> Site:
    result = CliRunner().invoke(main, ["init", str(folder), *words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return Site(folder)


def places(site: Site, code: str, path: str = "content/accessibility.md") -> list[tuple[int, int]]:
    found = check_library(site.library(), NOW, select=[code])
    return [(d.position.line, d.position.column) for d in found if d.path == path]


def test_it_says_word_for_word_what_the_law_asks_for(tmp_path: Path) -> None:
    text = start(tmp_path / "a", "--name", "Example Council").read("content/accessibility.md")
    shown = COMMENT.sub("", text)
    assert [words for words in REQUIRED if words not in shown] == []
    assert "Example Council is committed to making its website accessible" in shown
    comments = " ".join(COMMENT.findall(text))
    assert [words for words in CHOICES if words not in comments] == []
    assert [words for words in CHOICES if words in shown] == [], "nothing is claimed before somebody chose"
    assert "Equality Commission for Northern Ireland (ECNI)" in comments


def test_every_fact_to_fill_in_is_found_where_it_stands(tmp_path: Path) -> None:
    site = start(tmp_path / "a", "--name", "Example Council")
    text = site.read("content/accessibility.md")
    shown = COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    wanted = [
        (number, match.start() + 1)
        for number, line in enumerate(shown.splitlines(), 1)
        for match in re.finditer(r"\[insert: [^\]]+\]", line)
    ]
    assert len(wanted) > 12
    assert places(site, "ST014") == wanted
    others = {d.code for d in check_library(site.library(), NOW)} - {"ST014"}
    assert others == set(), "there is nothing else to mend in it"


def test_a_sentence_copied_from_a_comment_without_its_choice_is_found(site: Site) -> None:
    site.write(
        "accessibility.md", f"{CHOICES[1]}[insert: the non-compliances, the exemptions, or both] listed below.\n"
    )
    assert places(site, "ST014") == [(1, len(CHOICES[1]) + 1)]


def test_once_filled_in_nothing_is_said_of_it(tmp_path: Path) -> None:
    site = start(tmp_path / "a", "--name", "Example Council", "--url", "https://example.org/open/")
    text = site.read("content/accessibility.md")
    assert "This accessibility statement applies to https://example.org/open/." in text
    site.write("accessibility.md", re.sub(r"\[insert: [^\]]+\]", "it", text))
    assert check_library(site.library(), NOW) == []
    site.run("build", "--strict")


@pytest.mark.parametrize(
    "left",
    ["[insert: date]", "[insert: \u201cone\u201d or \u201ctwo\u201d]", "[insert: a]", f"[insert: {'long ' * 30}]"],
)
def test_whatever_is_to_be_inserted_is_found(site: Site, left: str) -> None:
    site.write("accessibility.md", f"# Accessibility\n\n- Tested on {left}.\n\n<!-- {left} -->\n\n`{left}`\n")
    assert places(site, "ST014") == [(3, 13)]
    (said,) = check_library(site.library(), NOW, select=["ST014"])
    assert left in said.message


def test_comments_and_hostile_names_do_not_reach_the_page(tmp_path: Path) -> None:
    site = start(tmp_path / "a", "--name", 'A *b* <i>c</i> [d](e) "f": g')
    site.run("build")
    page = site.read("site/accessibility/index.html")
    article = page[page.index("<article") : page.index("</article>")]
    assert "<!--" not in article and "Required" not in article
    assert 'A *b* &lt;i&gt;c&lt;/i&gt; [d](e) "f": g is committed' in article
    assert "<i>" not in article


def test_a_site_that_is_there_already_gets_its_own(site: Site) -> None:
    config = "site_name: Open\nsite_url: https://example.org/\ndocs_dir: docs\ntheme: {name: material}\n"
    site.write("/mkdocs.yml", f"{config}plugins:\n  - aboveboard: {{organisation: the Example Council}}\n")
    site.write("/docs/weeknotes/2026-w47-platform.md", entry(WEEKNOTE))
    assert places(site, "AX012", "docs/accessibility.md") == [(1, 1)]
    start(site.root)
    text = site.read("docs/accessibility.md")
    assert "title: Accessibility statement for Open" in text
    assert "run by the Example Council" in text and "\nThe Example Council is committed" in text
    assert "applies to https://example.org/." in text
    assert places(site, "AX012", "docs/accessibility.md") == []
    assert not (site.root / "docs/registers").exists(), "a site with teams of its own is not given another one"
    assert not (site.root / "content/accessibility.md").exists()
    before = site.write("/docs/accessibility.md", "Ours.\n").read_text()
    start(site.root)
    assert site.read("docs/accessibility.md") == before


def test_an_organisation_may_have_its_own_wording(site: Site) -> None:
    site.write(
        "/templates/page/accessibility.md.j2",
        "---\ntitle: {{ site|yaml }}\n---\n\nOf {{ organisation|markdown }}.\n",
    )
    start(site.root)
    assert site.read("content/accessibility.md") == "---\ntitle: Try\n---\n\nOf Try.\n"


def test_a_wording_that_is_wrong_is_one_line(site: Site) -> None:
    site.write("/templates/page/accessibility.md.j2", "{{ nobody_knows }}")
    result = CliRunner().invoke(main, ["init", str(site.root)], catch_exceptions=False)
    assert result.exit_code == 1
    assert "the template templates/page/accessibility.md.j2 is wrong" in result.stderr


@pytest.mark.parametrize("path", ["accessibility.md", "accessibility/index.md"])
def test_a_statement_may_be_a_page_or_a_folder(site: Site, path: str) -> None:
    site.write(path, "# Accessibility\n\nEverybody can read this.\n")
    assert check_library(site.library(), NOW, select=["AX012"]) == []
    start(site.root)
    assert [p.name for p in (site.root / "content").rglob("accessibility*")] == [path.split("/", maxsplit=1)[0]]


def test_a_statement_that_nobody_can_read_is_none(site: Site) -> None:
    site.write("accessibility.md", "---\ndraft: true\n---\n\nText.\n")
    (said,) = check_library(site.library(), NOW, select=["AX012"])
    assert "is held back" in said.message
    site.write("/mkdocs.yml", CONFIG.replace("[aboveboard]", "[{aboveboard: {rules: {AX012: 'off'}}}]"))
    assert check_library(site.library(), NOW, select=["AX012"]) == []


def test_ours_says_what_was_tested_and_claims_no_more() -> None:
    text = (REPOSITORY / "content/accessibility.md").read_text(encoding="utf-8")
    assert "[insert" not in text
    assert not re.search(r"\b(?:fully|partially|not) compliant\b", text), "the project is no public body"
    assert "Open an issue at the project's repository." in text
    assert "Nobody has tested" in text
