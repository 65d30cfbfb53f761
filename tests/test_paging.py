"""Lists that grow with the site: the newest first, what is older on pages that stay as they are, nothing lost."""

from __future__ import annotations

import re
from datetime import date, timedelta
from types import SimpleNamespace
from typing import cast
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.checks.reach.made import made_paths
from aboveboard.content.project import Project
from aboveboard.content.public import publish
from aboveboard.insight.numbered import LATE, NEWEST, PER_PAGE, count_pages, number_pages
from aboveboard.outputs.links import address, url_for
from aboveboard.outputs.page import Asset, Page
from aboveboard.outputs.site import render_site
from tests.conftest import NOW, Site, entry
from tests.test_listings import section, words, wrong_links

# More of them than one page may hold. The year of what stays permanent is whole, as long as it is.
MANY = 450
WHOLE = re.compile(r"lessons/\d{4}\.md")


@pytest.mark.parametrize(
    ("count", "pages"), [(0, 0), (1, 0), (50, 0), (51, 1), (89, 1), (90, 2), (129, 2), (130, 3), (20_000, 499)]
)
def test_so_many_pages_are_finished(count: int, pages: int) -> None:
    assert count_pages(count) == len(number_pages(range(count))) == pages


@given(st.integers(0, 400))
def test_nothing_falls_between_the_newest_and_the_pages(count: int) -> None:
    """Numbers stand for entries, the newest first; each is on one page at most, or among the newest."""
    found = list(range(count, 0, -1))
    on_pages = [one for page in number_pages(found) for one in page.found]
    assert len(on_pages) == len(set(on_pages))
    assert set(on_pages) | set(found[:NEWEST]) == set(found)
    assert all(len(page.found) == PER_PAGE for page in number_pages(found))


@given(st.integers(0, 400), st.integers(1, 100), st.integers(0, LATE))
def test_what_is_new_or_a_little_late_changes_no_page(count: int, more: int, late: int) -> None:
    before = list(range(count, 0, -1))
    at = min(late, count)
    after = [*before[:at], *range(-more, 0), *before[at:]]
    pages, later = number_pages(before), number_pages(after)
    assert [page.found for page in later[: len(pages)]] == [page.found for page in pages]
    assert [page.follows for page in pages[:-1]] == [True] * (len(pages) - 1 if pages else 0)


_PATHS = st.lists(st.sampled_from(["a", "b", "a.md", "index.md", "x.json"]), min_size=1, max_size=4)


@given(_PATHS.map("/".join), _PATHS.map("/".join), st.booleans())
def test_a_link_is_the_way_that_a_browser_goes(here: str, there: str, directory_urls: bool) -> None:
    project = SimpleNamespace(directory_urls=directory_urls)
    base = f"https://example.org/{address(here, directory_urls)}"
    link = url_for(cast(Project, project), here, there)
    assert urljoin(base, link) == f"https://example.org/{address(there, directory_urls)}"


# A large site


def write_incident(site: Site, number: int, day: date, more: str = "") -> None:
    fields = f"title: N{number:03}\ndate: {day}\ntimezone: UTC\ntags: [x]\nteam: platform\nservices: [pay]"
    kept = f"lessons: [L{number:03}]\nactions: [{{what: A{number:03}, owner: platform}}]"
    times = f"started_at: {day}T01:00Z\nresolved_at: {day}T02:00Z\nreviewed: {day}"
    site.write(f"incidents/{day}-n{number:03}.md", entry(f"{fields}\n{kept}\n{times}\n{more}"))


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """450 incidents on as many days, the most of them in 2025; five notes of a team that has nothing else."""
    site = Site(tmp_path_factory.mktemp("large") / "try")
    site.write(
        "/mkdocs.yml", "site_name: Try\ndocs_dir: content\ntheme: {name: material}\nplugins: [aboveboard]\n"
    )
    for number in range(MANY):
        write_incident(site, number, date(2024, 12, 1) + timedelta(days=number))
    for week in range(5):
        day = date(2026, 3, 2) + timedelta(weeks=week)
        site.write(f"weeknotes/{day}.md", entry(f"week: {day:%G-W%V}\ndate: {day}\nteam: quiet\ntags: [x]"))
    site.write(
        "incidents/2025-01-01-gone.md",
        entry("title: Gone\ndate: 2025-01-01\ntags: [x]\nwithdrawn: {date: 2025-02-01, why: It was not ours}"),
    )
    return site


def render(site: Site) -> dict[str, Page | Asset]:
    library = site.library()
    return render_site(publish(library, NOW, library.broken_paths))


@pytest.fixture(scope="module")
def made(large: Site) -> dict[str, Page | Asset]:
    return render(large)


def body(made: dict[str, Page | Asset], path: str) -> str:
    page = made[path]
    assert isinstance(page, Page)
    return page.body


def listed(html: str) -> list[str]:
    """Return the incidents that a page links to by name, in its order."""
    return re.findall(r">(N\d\d\d)</a>", html)


@pytest.mark.parametrize("newest", ["teams/platform.md", "services/pay.md", "tags/x.md"])
def test_a_member_shows_the_newest_and_pages_the_rest(made: dict[str, Page | Asset], newest: str) -> None:
    folder = newest.removesuffix(".md")
    pages = sorted(
        (path for path in made if re.fullmatch(rf"{folder}/\d+\.md", path)),
        key=lambda p: int(p.split("/")[-1][:-3]),
    )
    assert pages == [f"{folder}/{number}.md" for number in range(1, 12)]
    first = body(made, newest)
    shown = listed(section_html(first, "incidents"))
    assert shown == [f"N{number:03}" for number in range(449, 399, -1)]
    on_pages = [listed(body(made, path)) for path in pages]
    assert on_pages[0] == [f"N{number:03}" for number in range(39, -1, -1)], "the oldest are on page 1"
    assert {name for page in on_pages for name in page} | set(shown) == {f"N{n:03}" for n in range(MANY)}
    assert 'rel="prev">&larr; Older: page 11</a>' in first and "1, the oldest" in first


def section_html(html: str, anchor: str) -> str:
    return (
        html[html.index(f'<h2 id="{anchor}"') :].partition("<h2 ")[0]
        + html[html.index(f'<h2 id="{anchor}"') + 3 :].partition("<h2 ")[0]
    )


def test_a_numbered_page_leads_both_ways_and_says_what_it_is(made: dict[str, Page | Asset]) -> None:
    text = body(made, "tags/x/3.md")
    assert words(text).startswith("Tags · x x , page 3 40 entries, 19 February to 30 March 2025.")
    assert '<a href="../2/" rel="prev">' in text and '<a href="../4/" rel="next">' in text
    last, first = body(made, "tags/x/11.md"), body(made, "tags/x/1.md")
    assert '<a href="../" rel="next">The newest' in last
    assert 'rel="prev"' not in first and '<a href="../2/" rel="next">' in first


def test_who_has_little_has_no_numbered_page(made: dict[str, Page | Asset]) -> None:
    assert [path for path in made if path.startswith("teams/quiet/") and path.endswith(".md")] == []
    assert "Older" not in body(made, "teams/quiet.md")


def test_a_long_year_goes_by_month_and_a_short_one_does_not(made: dict[str, Page | Asset]) -> None:
    months = sorted(path for path in made if re.fullmatch(r"years/\d{4}-\d\d\.md", path))
    assert months == [f"years/2025-{month:02}.md" for month in range(1, 13)]
    year = body(made, "years/2025.md")
    assert section(year, "incidents").startswith("Incidents 365 December 31 November 30 October 31")
    assert 'href="../2025-12/#incidents"' in year and listed(year) == []
    assert len(listed(body(made, "years/2024.md"))) == 31
    may = body(made, "years/2025-05.md")
    assert len(listed(may)) == 31 and "Years · 2025 May 2025 31 incidents" in words(may)
    assert words(may).endswith("← April 2025 June 2025 →")
    assert words(body(made, "years/2025-01.md")).endswith("← 2024 February 2025 →")
    assert words(body(made, "years/2025-12.md")).endswith("← November 2025 2026 →")


def test_the_index_of_incidents_names_the_newest_and_counts_the_others(made: dict[str, Page | Asset]) -> None:
    text = body(made, "incidents/index.md")
    years = section_html(text, "by-year")
    assert listed(years.partition('id="2025"')[0]) == [f"N{number:03}" for number in range(449, 399, -1)]
    assert section(text, "2025") == "2025 365 All of 2025"
    assert section(text, "2024") == "2024 31 All of 2024"
    assert 'href="../years/2025/#incidents"' in text


def test_a_year_of_lessons_is_whole_however_long(made: dict[str, Page | Asset]) -> None:
    text = body(made, "lessons/2025.md")
    assert len(re.findall(r'<li class="ab-lesson" id="2025-\d\d-\d\d-n\d\d\d--l1"', text)) == 365
    assert len(text) / 365 < 450


def test_no_page_grows_with_the_site(made: dict[str, Page | Asset]) -> None:
    """Lists and tables of pages that gather; what a year taught stands at its addresses for good."""
    rows = {
        path: item.body.count("<li") + item.body.count("<tr")
        for path, item in made.items()
        if isinstance(item, Page) and not item.in_search and not WHOLE.fullmatch(path)
    }
    # The chart of incidents draws 240 and has them in its table.
    assert {path: count for path, count in rows.items() if count > 350} == {}


@pytest.mark.parametrize("directory_urls", ["true", "false"])
def test_every_link_of_a_large_site_is_there(large: Site, directory_urls: str) -> None:
    config = large.read("mkdocs.yml")
    large.write("/mkdocs.yml", f"{config}use_directory_urls: {directory_urls}\n")
    try:
        assert list(wrong_links(render(large), directory_urls == "true")) == []
    finally:
        large.write("/mkdocs.yml", config)


def test_what_is_made_is_what_can_be_linked_to(large: Site, made: dict[str, Page | Asset]) -> None:
    library = large.library()
    public = publish(library, NOW, library.broken_paths)
    entries = {f"{one.kind.folder}/{one.id}.md" for one in library.entries}
    assert set(made) - entries - {"_redirects"} == set(made_paths(library, public.entries, public.today))


@pytest.mark.parametrize(
    ("count", "said"), [(12, ""), (13, "The newest 12 of 13 related entries."), (40, "of 40")]
)
def test_related_entries_are_bounded_whoever_names_them(site: Site, count: int, said: str) -> None:
    """One that forty others name shows twelve; one that names forty does too."""
    for number in range(count):
        day = date(2026, 1, 1) + timedelta(days=number)
        fields = f"title: R{number:02}\ndate: {day}\ntimezone: UTC\nrelated: [2026-06-01-named]"
        site.write(f"incidents/{day}-r.md", entry(fields))
    site.write("incidents/2026-06-01-named.md", entry("title: Named\ndate: 2026-06-01\ntimezone: UTC"))
    names = ", ".join(f"{date(2026, 1, 1) + timedelta(days=number)}-r" for number in range(count))
    site.write(
        "experiments/2026-06-01-naming.md",
        entry(f"title: Naming\ndate: 2026-06-01\nstage: planned\nrelated: [{names}]"),
    )
    found = render(site)
    for path in ("incidents/2026-06-01-named.md", "experiments/2026-06-01-naming.md"):
        related = section(body(found, path), "related").partition("Before, ")[0]
        assert re.findall(r"R\d\d", related) == [f"R{number:02}" for number in range(count - 1, count - 13, -1)]
        assert said in related and ("data/entries.csv" in related) == bool(said)


def test_a_new_entry_changes_no_old_page(large: Site, made: dict[str, Page | Asset]) -> None:
    """Only when one is finished does the last one learn that it is not the last any more."""
    changed: list[set[str]] = []
    before = made
    for number in range(MANY, MANY + 41):
        write_incident(large, number, date(2024, 12, 1) + timedelta(days=number))
        if number in (MANY, MANY + 40):
            after = render(large)
            old = re.compile(r"(teams|services|tags)/\w+/\d+\.md|years/2025-\d\d\.md|lessons/2025\.md")
            changed.append(
                {path for path, item in after.items() if old.fullmatch(path) and before.get(path) != item}
            )
            before = after
    for number in range(MANY, MANY + 41):
        (large.root / f"content/incidents/{date(2024, 12, 1) + timedelta(days=number)}-n{number:03}.md").unlink()
    assert changed[0] == set()
    assert changed[1] == {
        f"{path}/{n}.md" for path in ("teams/platform", "services/pay", "tags/x") for n in (11, 12)
    }
