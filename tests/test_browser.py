"""One real build of our own content, opened in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browsing import needs_browser

pytestmark = needs_browser

PAGES = [
    "",
    "weeknotes/",
    "experiments/",
    "incidents/",
    "lessons/",
    "actions/",
    "teams/",
    "services/",
    "tags/",
    "about/",
    "guide/night/",
    "guide/operating/",
    "reference/api/",
    "reference/fields/",
    "weeknotes/2026-w47-aboveboard/",
    "experiments/2026-11-16-can-mkdocs-be-fast/",
    "incidents/2018-10-21-github-network-partition/",
]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
@pytest.mark.parametrize("width", [1280, 320])
def test_every_page_reads_well_and_asks_nobody(browser: Browser, address: str, width: int, scripts: bool) -> None:
    """No request to another host, no error, no sideways scrolling, one h1, text to read."""
    context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=scripts)
    page = context.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("response", lambda response: wrong.append(response.url) if response.status >= 400 else None)
    for path in PAGES:
        page.goto(address + path)
        assert page.locator("article h1").count() == 1, path
        assert len(page.locator("article").inner_text()) > 40, path
        # Asked of the layout rather than of a script, so that it holds without scripts too.
        box = page.locator("article").bounding_box()
        assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width, path
    assert [url for url in asked if not url.startswith(address)] == []
    assert wrong == []
    context.close()


def test_a_reader_gets_from_home_to_an_incident_to_its_service(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    follow(page, "Incidents")
    follow(page, "GitHub: 43 seconds apart, a day to bring back together")
    article = page.locator("article").inner_text()
    assert "This is over. Users of GitHub were affected for 17 hours 32 minutes" in article
    assert page.locator("table:has(time) tbody tr").count() == 15
    follow(page, "GitHub")
    assert page.locator("article h1").inner_text() == "GitHub"
    page.close()


def test_the_page_title_and_feed_are_announced(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}incidents/2018-10-21-github-network-partition/")
    assert page.title() == "GitHub: 43 seconds apart, a day to bring back together - Aboveboard"
    feeds = page.locator('link[rel="alternate"][type="application/atom+xml"]').all()
    assert [feed.get_attribute("href") for feed in feeds] == [
        "../feed.xml", "../../services/github/feed.xml", "../../feed.xml",
    ]  # fmt: skip
    page.close()


def follow(page: Page, name: str) -> None:
    """Press the first link of that name in the page's text."""
    page.locator("article").get_by_role("link", name=name, exact=True).first.click()
    page.wait_for_load_state()


def test_the_published_folder_is_whole(address: str, tmp_path: Path) -> None:
    """What is beside the pages: the missing page, a sitemap, feeds."""
    import urllib.request

    for path in ("404.html", "sitemap.xml", "feed.xml", "incidents/feed.xml", "assets/aboveboard.css"):
        with urllib.request.urlopen(address + path) as response:
            assert response.status == 200
            assert response.read()
