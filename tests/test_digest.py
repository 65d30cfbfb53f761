"""`digest`: a week of all teams, on a page or in a mail that asks nobody for anything."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import markdown
import pytest
from playwright.sync_api import Browser

from aboveboard.content.plain import as_markdown, plain_text
from aboveboard.content.weeks import Week
from aboveboard.insight.digest import week_to_tell
from tests.browsing import needs_browser
from tests.conftest import CONFIG, Site, entry
from tests.test_pages import HOSTILE

BASE = "https://example.org/open/"
WITH_ADDRESS = CONFIG + f"site_url: {BASE}\n"


def week_47(site: Site) -> Site:
    """Fill a week with one of everything, beside things of other weeks and things nobody may see."""
    site.write("/mkdocs.yml", WITH_ADDRESS)
    site.write("registers/teams.yml", "- {slug: platform, name: Platform team}\n- {slug: pay, name: Payments}\n")
    site.write(
        "weeknotes/2026-w47-platform.md",
        entry(
            "week: 2026-W47\ndate: 2026-11-20\nteam: platform\nlessons: [Queues fill from the back]",
            "## What we did\n\nWe moved **two** queues ([why](https://example.org/why)). Nobody noticed.\n\n"
            "## What is next\n\n- The third queue\n- A holiday\n",
        ),
    )
    site.write(
        "weeknotes/2026-w47-pay.md",
        entry("title: Payday\nweek: 2026-W47\ndate: 2026-11-20\nteam: pay\nsummary: It worked."),
    )
    site.write("weeknotes/2026-w46-pay.md", entry("title: Last week\nweek: 2026-W46\ndate: 2026-11-13\nteam: pay"))
    site.write(
        "weeknotes/2026-w47-draft.md",
        entry("title: A secret draft\nweek: 2026-W47\ndate: 2026-11-20\nteam: x\ndraft: true"),
    )
    site.write(
        "incidents/2026-11-18-queue.md",
        entry(
            "title: The queue stood still\ndate: 2026-11-18\ntimezone: UTC\nseverity: sev2\nservices: [mail]\n"
            "started_at: 2026-11-18T10:00Z\nresolved_at: 2026-11-19T10:00Z"
        ),
    )
    site.write(
        "incidents/2026-10-05-disk.md",
        entry(
            "title: The disk was full\ndate: 2026-10-05\ntimezone: UTC\nresolved_at: 2026-10-06T10:00Z\n"
            "reviewed: 2026-11-17\nlessons: [Disks fill at night]\nactions:\n"
            "  - {id: a1, what: Watch the disk, owner: platform, status: done, closed: 2026-11-19, link: 'https://example.org/disk'}\n"
            "  - {id: a2, what: Buy a bigger one, owner: pay, due: 2026-11-01}\n"
            "  - {id: a3, what: Delete old mail, owner: pay, due: 2026-11-27}\n"
            "  - {id: a4, what: Much later, owner: pay, due: 2027-11-27}"
        ),
    )
    site.write(
        "experiments/2026-10-01-forms.md",
        entry(
            "title: Shorter forms\ndate: 2026-10-01\nstage: concluded\nends: 2026-11-20\nresult: not-supported\ndecision: abandon"
        ),
    )
    assert " error " not in site.run("check").stdout
    return site


def digest(site: Site, *words: str, form: str = "md", week: str = "2026-W47") -> str:
    return site.run("digest", "--week", week, "--format", form, *words).stdout


@pytest.mark.parametrize("form", ["md", "html"])
@pytest.mark.parametrize(
    "said",
    [
        "Platform team, week 47 of 2026",
        "We moved two queues (why). Nobody noticed.",
        "It worked.",
        "The queue stood still",
        "tarted and resolved",
        "The disk was full",
        "eviewed",
        "Shorter forms",
        "oncluded",
        "ot supported",
        "we abandon",
        "Queues fill from the back",
        "Disks fill at night",
        "Watch the disk",
        "done 19 November 2026",
        "Buy a bigger one",
        "due 1 November 2026",
        "Delete old mail",
        "The third queue",
        "2 weeknotes, 2 incidents, 1 experiment, 2 lessons, 1 promise settled",
    ],
)
def test_a_week_tells_what_belongs_to_it(site: Site, form: str, said: str) -> None:
    assert said in " ".join(re.sub(r"<[^>]*>", "", digest(week_47(site), form=form)).split())


@pytest.mark.parametrize("form", ["md", "html"])
def test_it_tells_nothing_else(site: Site, form: str) -> None:
    text = digest(week_47(site), form=form)
    for absent in ("secret draft", "Last week", "Much later"):
        assert absent not in text


def test_the_items_of_a_list_do_not_run_into_each_other(site: Site) -> None:
    note = entry(
        "week: 2026-W47\ndate: 2026-11-20\nauthors: [A]", "- Moved the queue\n- Nobody noticed.\n- Went home"
    )
    site.write("weeknotes/2026-w47-a.md", note)
    assert ": Moved the queue; Nobody noticed. Went home\n" in digest(site)


def test_a_lesson_is_told_in_the_week_of_its_review_and_once(site: Site) -> None:
    week_47(site)
    weeks = [week for week in ("2026-W41", "2026-W47") if "Disks fill" in digest(site, week=week)]
    assert weeks == ["2026-W47"]


@pytest.mark.parametrize(
    ("day", "week"),
    [
        ("2026-11-20", "2026-W47"),  # a Friday
        ("2026-11-22", "2026-W47"),
        ("2026-11-23", "2026-W47"),  # the Monday after
        ("2026-11-26", "2026-W47"),
        ("2026-11-27", "2026-W48"),
        ("2027-01-01", "2026-W53"),
        ("2027-01-04", "2026-W53"),
    ],
)
def test_without_a_week_it_is_the_one_that_people_tell_of(day: str, week: str) -> None:
    assert week_to_tell(date.fromisoformat(day)) == Week.parse(week)


def test_friday_begins_where_the_site_is(site: Site) -> None:
    site.write("/mkdocs.yml", CONFIG.replace("[aboveboard]", "[{aboveboard: {timezone: Pacific/Auckland}}]"))
    result = site.run("--now", "2026-11-19T12:00Z", "digest")
    assert result.stdout.splitlines()[0] == "# Try: week 47 of 2026"
    assert "as of 2026-11-20 01:00 Pacific/Auckland" in result.stderr


def test_a_week_that_is_none_is_one_line(site: Site) -> None:
    assert "2025 has no week 53" in site.run("digest", "--week", "2025-W53", exit_code=1).stderr


@pytest.mark.parametrize("form", ["md", "html"])
def test_an_empty_week_says_so(site: Site, form: str) -> None:
    assert "Nothing was published of this week" in digest(site, form=form, week="2020-W01")


def test_without_an_address_it_warns_and_with_one_it_does_not(site: Site) -> None:
    assert "site_url" in site.run("digest").stderr
    site.write("/mkdocs.yml", WITH_ADDRESS)
    assert "site_url" not in site.run("digest").stderr


class Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_every_link_is_whole_and_leads_to_what_is_built(site: Site) -> None:
    text = digest(week_47(site), form="html")
    links = {attrs["href"] or "" for tag, attrs in Tags(text).found if tag == "a"}
    assert links == set(re.findall(r"\]\(<?([^)>]+)>?\)", digest(site))) | {BASE}
    site.run("build")
    ours = [link for link in links if link.startswith(BASE)]
    assert len(ours) > 8
    assert links - set(ours) == {"https://example.org/disk"}
    for link in ours:
        path, _, anchor = link.removeprefix(BASE).partition("#")
        page = (site.root / "site" / path / "index.html").read_text(encoding="utf-8")
        assert not anchor or f'id="{anchor}"' in page, link


def test_a_mail_holds_nothing_that_programs_refuse(site: Site) -> None:
    found = Tags(digest(week_47(site), form="html")).found
    tags = {tag for tag, _ in found}
    assert tags.isdisjoint({"script", "link", "img", "iframe", "form", "svg", "object", "base", "button", "input"})
    assert {attrs.get("role") for tag, attrs in found if tag == "table"} == {"presentation"}
    assert not [name for _, attrs in found for name in attrs if name.startswith("on") or name in ("id", "src")]
    assert "url(" not in "".join(attrs.get("style") or "" for _, attrs in found)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_stays_text(site: Site, text: str) -> None:
    quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    site.write("/mkdocs.yml", WITH_ADDRESS.replace("site_name: Try", f"site_name: {quoted}"))
    fields = f"title: {quoted}\nweek: 2026-W47\ndate: 2026-11-20\nteam: a\nsummary: {quoted}\nlessons: [{quoted}]"
    fields += f"\nactions: [{{what: {quoted}, owner: a, due: 2026-11-01, done_when: {quoted}}}]"
    body = f"## What is next\n\n- {as_markdown(text)}\n"
    site.write("weeknotes/2026-w47-a.md", entry(fields, body))
    html = digest(site, form="html")
    tags = Tags(html)
    assert "script" not in {tag for tag, _ in tags.found}
    assert all(not name.startswith("on") for _, attrs in tags.found for name in attrs)
    links = [str(attrs["href"]) for tag, attrs in tags.found if tag == "a"]
    assert links and all(link.startswith(BASE) for link in links)
    rendered = Tags(markdown.markdown(digest(site)))
    assert {tag for tag, _ in rendered.found} <= {"h1", "h2", "p", "ul", "li", "strong", "a", "hr"}
    assert all(str(attrs["href"]).startswith(BASE) for tag, attrs in rendered.found if tag == "a")
    shown = Words(markdown.markdown(digest(site))).text
    assert shown.count(" ".join(text.split())) >= 5


class Words(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = ""
        self.feed(text)

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize(
    "text",
    ["1. one", "- dash", "# head", "> quote", "+ plus", "a*b*c", "_x_", "`code`", "[a](b)", "![a](b)", "R&amp;D",
     "<b>", "a | b", "~~gone~~", "\\*", "=====", "&#60;", "a\nb"],
)  # fmt: skip
def test_text_put_into_markdown_reads_as_it_was(text: str) -> None:
    shown = Words(markdown.markdown(f"{as_markdown(text)}")).text
    assert shown == " ".join(text.split())
    assert plain_text(as_markdown(text)) == " ".join(text.split())


def test_what_markdown_says_is_read_without_its_marks() -> None:
    assert plain_text("A *b* [c](https://example.org/) `d`\ne ![f](g.png) <b>h</b>\n\n- i\n") == "A b c d e f h i"


def opened(browser: Browser, file: Path, width: int, scheme: Any = "light") -> tuple[Any, list[str]]:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    return page, asked


BOXES = "() => [...document.querySelectorAll('td, a, h1, h2')].map(e => Object.values(e.getBoundingClientRect().toJSON()))"


@pytest.mark.browser
class TestInABrowser:
    pytestmark = needs_browser

    @pytest.mark.parametrize("width", [320, 600, 1280])
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    def test_it_fits_and_asks_for_nothing(self, site: Site, browser: Browser, width: int, scheme: str) -> None:
        week_47(site)
        long = "w" * 300
        site.write(
            "weeknotes/2026-w47-long.md",
            entry(f"title: {long[:120]}\nsummary: {long}\nweek: 2026-W47\ndate: 2026-11-20\nteam: long"),
        )
        file = site.write("/digest.html", digest(site, form="html"))
        page, asked = opened(browser, file, width, scheme)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.evaluate("document.querySelector('h1').closest('table').offsetWidth") == min(width, 600)
        assert asked == [file.as_uri()]
        page.close()

    def test_it_looks_the_same_without_its_style_element(self, site: Site, browser: Browser) -> None:
        text = digest(week_47(site), form="html")
        bare = re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)
        assert bare != text
        boxes = []
        for name, html in (("whole", text), ("bare", bare)):
            page, _ = opened(browser, site.write(f"/{name}.html", html), 600)
            boxes.append(page.evaluate(BOXES))
            page.close()
        assert boxes[0] == boxes[1] and len(boxes[0]) > 40

    def test_the_dark_one_is_dark(self, site: Site, browser: Browser) -> None:
        file = site.write("/digest.html", digest(week_47(site), form="html"))
        colours = []
        for scheme in ("light", "dark"):
            page, _ = opened(browser, file, 600, scheme)
            colours.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
            page.close()
        assert colours == ["rgb(255, 255, 255)", "rgb(21, 24, 29)"]
