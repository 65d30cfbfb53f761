"""Archives of feeds: RFC 5005, section 4. All that a feed ever told can be had, and nothing of it twice or never."""

from __future__ import annotations

import json
from datetime import date, timedelta
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import pytest

from aboveboard.checks.reach.made import made_paths
from aboveboard.content.public import publish
from aboveboard.outputs.page import Asset, Page
from aboveboard.outputs.site import draft_site, render_site
from tests.conftest import CONFIG, NOW, Site, entry
from tests.test_feeds import ATOM, HOME, wrong_in_atom

HISTORY = "{http://purl.org/syndication/history/1.0}"
FIRST = date(2026, 1, 1)
MANY = 135


def write(site: Site, number: int, more: str = "", text: str = "The text.\n") -> None:
    day = FIRST + timedelta(days=number)
    site.write(f"incidents/{day}-n.md", entry(f"title: N{number:03}\ndate: {day}\ntimezone: UTC\n{more}", text))


@pytest.fixture(params=[HOME, None], ids=["with an address", "without"])
def long(site: Site, request: pytest.FixtureRequest) -> Site:
    """135 incidents, one of them withdrawn on the fifth of March, and a weeknote."""
    site.write("/mkdocs.yml", CONFIG + (f"site_url: {request.param}\n" if request.param else ""))
    for number in range(MANY):
        write(site, number, f"summary: Summary {number}\nservices: [pay]\ntags: [x]\nteam: platform")
    write(site, 7, "withdrawn: {date: 2026-03-05, why: It named a person}")
    site.write("weeknotes/2026-w01-a.md", entry("week: 2026-W01\ndate: 2026-01-01\nteam: platform"))
    return site


def files(site: Site) -> dict[str, bytes]:
    library = site.library()
    made = render_site(publish(library, NOW, library.broken_paths))
    return {path: item.data for path, item in made.items() if isinstance(item, Asset)}


def links(root: ET.Element, here: str, home: str | None) -> dict[str, str]:
    """Return the documents of a feed that one links to, by relation, as paths below the site's root."""
    base = home or "https://example.org/"
    found = {link.attrib["rel"]: urljoin(base + here, link.attrib["href"]) for link in root.findall(f"{ATOM}link")}
    return {relation: url.removeprefix(base) for relation, url in found.items()}


def walk(made: dict[str, bytes], here: str, home: str | None) -> list[tuple[str, ET.Element]]:
    """Go back from a feed as a reader does, by `prev-archive` alone."""
    row = []
    while here:
        root = ET.fromstring(made[here])
        row.append((here, root))
        here = links(root, here, home).get("prev-archive", "")
    return row


def titles(root: ET.Element) -> list[str]:
    return [node.findtext(f"{ATOM}title") or "" for node in root.iter(f"{ATOM}entry")]


@pytest.mark.parametrize(("feed", "count"), [("feed.xml", MANY + 1), ("incidents/feed.xml", MANY)])
def test_everything_can_be_had_by_going_back(long: Site, feed: str, count: int) -> None:
    row = walk(files(long), feed, long.project.site_url)
    folder = feed.removesuffix("feed.xml")
    assert [path for path, _ in row] == [feed, *(f"{folder}feed-{number}.xml" for number in (3, 2, 1))]
    ids = {node.findtext(f"{ATOM}id"): node for _, root in row for node in root.iter(f"{ATOM}entry")}
    assert len(ids) == count
    archived = [title for _, root in row[1:] for title in titles(root)]
    assert len(archived) == len(set(archived)) == 3 * 40, "no archive is half full, and nothing is in two"
    assert len(titles(row[0][1])) == 50


@pytest.mark.parametrize("feed", ["feed.xml", "incidents/feed.xml"])
def test_archives_keep_to_the_rfc(long: Site, feed: str) -> None:
    home = long.project.site_url
    row = walk(files(long), feed, home)
    subscription, *archives = row
    assert subscription[1].find(f"{HISTORY}archive") is None
    assert not {"current", "next-archive"} & set(links(subscription[1], feed, home))
    for place, (path, root) in enumerate(archives):
        found = links(root, path, home)
        assert len(root.findall(f"{HISTORY}archive")) == 1 and not len(root.find(f"{HISTORY}archive") or ())
        assert found["self"] == path and found["current"] == feed
        assert found.get("prev-archive") == (archives[place + 1][0] if place + 1 < len(archives) else None)
        assert found.get("next-archive") == (archives[place - 1][0] if place else None)
        assert root.findtext(f"{ATOM}id") == subscription[1].findtext(f"{ATOM}id"), "it is the same feed"
        root.remove(root.findall(f"{HISTORY}archive")[0])
        assert list(wrong_in_atom(ET.tostring(root), home)) == []


def test_an_archived_item_has_all_but_its_text(long: Site) -> None:
    root = ET.fromstring(files(long)["feed-1.xml"])
    nodes = {node.findtext(f"{ATOM}title"): node for node in root.iter(f"{ATOM}entry")}
    node = nodes["N003"]
    assert [child.tag.removeprefix(ATOM) for child in node] == [
        "id", "title", "link", "published", "updated", "author", "category", "category", "summary",
    ]  # fmt: skip
    assert node.findtext(f"{ATOM}summary") == "Summary 3"
    assert b"The text." not in files(long)["feed-1.xml"]


def test_what_was_withdrawn_is_told_in_the_archive_of_its_day(long: Site) -> None:
    made = files(long)
    where = [path for path, data in made.items() if path.startswith("feed") and b"It named a person" in data]
    assert where == ["feed-2.xml"]
    assert not any(b"N007" in data for data in made.values())


def test_other_feeds_and_formats_have_none(long: Site) -> None:
    made = files(long)
    assert [
        path for path in made if path.startswith(("teams/", "services/", "actions/")) and "feed-" in path
    ] == []
    assert [path for path in made if "feed-" in path and path.endswith(".json")] == []
    assert "prev-archive" not in made["services/pay/feed.xml"].decode()
    assert "next_url" not in json.loads(made["feed.json"])


def test_no_change_of_a_text_and_no_new_entry_touches_an_archive(site: Site) -> None:
    for number in range(MANY):
        write(site, number)
    before = files(site)
    write(site, 5, text="Another text.\n")
    write(site, MANY)
    after = files(site)
    changed = {path for path in after if "feed" in path and before.get(path) != after[path]}
    assert changed == {"feed.xml", "feed.json", "incidents/feed.xml", "incidents/feed.json"}
    write(site, 5, "summary: Another summary")
    assert {path for path, data in files(site).items() if after[path] != data and "feed-" in path} == {
        "feed-1.xml", "incidents/feed-1.xml",
    }  # fmt: skip


def test_an_archive_reads_no_text(long: Site) -> None:
    library = long.library()
    drafts = draft_site(publish(library, NOW, library.broken_paths))
    assert {path for path, draft in drafts.items() if "feed-" in path and draft.texts} == set()


def test_archives_can_be_linked_to(long: Site) -> None:
    library = long.library()
    public = publish(library, NOW, library.broken_paths)
    promised = {path for path in made_paths(library, public.entries, public.today) if "feed-" in path}
    assert promised == {path for path in files(long) if "feed-" in path}


def test_the_page_of_feeds_says_that_there_are_archives(site: Site) -> None:
    library = site.library()
    page = render_site(publish(library, NOW, ()))["feeds/index.md"]
    assert isinstance(page, Page) and "kept in archives, without the full texts" in page.body
