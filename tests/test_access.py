"""Every type of page, for everybody: no violation that a machine can find, a keyboard, no script, no other host.

axe-core looks at each page in both palettes, wide and narrow, with the menu closed and open; the Nu
checker reads the HTML; a reader goes through the site with nothing but a keyboard, and without scripts.
"""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browsing import needs_browser, serving
from tests.conftest import REPOSITORY, Site
from tests.showcase import GROWN, fill, grow
from tests.showcase import PAGES as ALWAYS

WIDE, NARROW = 1280, 320
ENTRY_WEIGHT = 100 * 1024
PAGES = (*ALWAYS, *GROWN)
ENTRIES = [path for path in PAGES if path.startswith(("weeknotes/2", "experiments/2", "incidents/2"))]

# What the checker says of HTML that we leave as it is, and why.
EXCEPTIONS: dict[str, str] = {}


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The showcase, built once."""
    site = Site(tmp_path_factory.mktemp("showcase") / "project")
    (site.root / "content").mkdir(parents=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ABOVEBOARD_NOW", "2026-11-23T09:00Z")
        grow(fill(site)).run("build", "--search")
    yield site.root / "site"


@pytest.fixture(scope="module")
def address(shown: Path) -> Iterator[str]:
    # Under the path of its `site_url`, as a host would have it: the page for missing pages counts from there.
    (shown.parent / "host").mkdir()
    (shown.parent / "host/open").symlink_to(shown.resolve())
    with serving(shown.parent / "host") as root:
        yield f"{root}open/"


def violations(page: Page) -> list[str]:
    """Return what axe finds, WCAG 2.2 A and AA and its best practices alike, a line each."""
    found = Axe().run(page).response
    assert found["passes"], "axe looked at the page"
    return [
        f"{v['id']}: {node['target']} {node['failureSummary']}" for v in found["violations"] for node in v["nodes"]
    ]


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("palette", ["light", "dark"])
class TestEveryPage:
    pytestmark = needs_browser

    def test_no_violation_can_be_found(self, browser: Browser, address: str, width: int, palette: str) -> None:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if palette == "dark" else "light",
        )
        page = context.new_page()
        found = []
        for path in PAGES:
            page.goto(address + path)
            found += [f"/{path} {line}" for line in violations(page)]
        if width == NARROW:
            page.goto(f"{address}incidents/2026-10-20-night/")
            page.locator("#ab-menu").click()
            assert page.locator("#ab-nav").is_visible()
            found += [f"menu open: {line}" for line in violations(page)]
        context.close()
        assert found == []

    def test_data_behind_its_disclosure_is_as_good(
        self, browser: Browser, address: str, width: int, palette: str
    ) -> None:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if palette == "dark" else "light",
        )
        page = context.new_page()
        found = []
        for path in ("incidents/", "openness/", "incidents/2026-10-20-night/", "search/"):
            page.goto(address + path)
            for summary in page.locator("article details > summary").all():
                summary.click()
            found += [f"/{path} {line}" for line in violations(page)]
        context.close()
        assert found == []

    def test_a_search_with_results_is_as_good(
        self, browser: Browser, address: str, width: int, palette: str
    ) -> None:
        context = browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if palette == "dark" else "light",
        )
        page = context.new_page()
        page.goto(f"{address}search/?q=payments")
        page.locator("#ab-search-results li").first.wait_for()
        found = violations(page)
        context.close()
        assert found == []


class TestReading:
    pytestmark = needs_browser

    @pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
    def test_nobody_else_is_asked_for_anything(self, browser: Browser, address: str, scripts: bool) -> None:
        """Nor is any of the search index fetched before somebody searches."""
        context = browser.new_context(java_script_enabled=scripts)
        page = context.new_page()
        asked: list[str] = []
        wrong: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("response", lambda r: wrong.append(r.url) if r.status >= 400 else None)
        for path in PAGES:
            page.goto(address + path)
        context.close()
        assert [url for url in asked if not url.startswith(address)] == []
        assert [url for url in asked if "/pagefind/" in url] == []
        assert wrong == []

    @pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
    @pytest.mark.parametrize("width", [WIDE, NARROW])
    def test_every_page_has_a_heading_and_fits(
        self, browser: Browser, address: str, width: int, scripts: bool
    ) -> None:
        context = browser.new_context(viewport={"width": width, "height": 800}, java_script_enabled=scripts)
        page = context.new_page()
        for path in PAGES:
            page.goto(address + path)
            assert page.locator("h1").count() == 1, path
            assert len(page.locator("main").inner_text()) > 40, path
            box = page.locator("main").bounding_box()
            assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= width, path
        context.close()

    @pytest.mark.parametrize("path", ENTRIES)
    def test_an_entry_is_light(self, browser: Browser, address: str, shown: Path, path: str) -> None:
        """With everything on its page but the pictures, as a server that compresses sends it."""
        page = browser.new_page()
        loaded: set[str] = set()
        page.on("requestfinished", lambda request: loaded.add(request.url))
        page.goto(address + path, wait_until="networkidle")
        page.close()
        names = [url.removeprefix(address) for url in loaded if not url.endswith((".png", ".svg"))]
        files = [shown / (f"{name}index.html" if name.endswith("/") or not name else name) for name in names]
        assert {file.suffix for file in files} >= {".html", ".css", ".js"}
        assert sum(len(gzip.compress(file.read_bytes())) for file in files) <= ENTRY_WEIGHT


class TestKeyboard:
    pytestmark = needs_browser

    def test_from_home_to_an_incident_to_its_action_and_back(self, browser: Browser, address: str) -> None:
        page = browser.new_page(viewport={"width": WIDE, "height": 800})
        page.goto(address)
        page.keyboard.press("Tab")
        assert focused(page) == "Skip to the text"
        tab_to(page, "Incidents")
        enter(page)
        tab_to(page, "Checkout timeouts")
        enter(page)
        assert page.url.endswith("/incidents/2026-10-20-night/")
        tab_to(page, "Actions", backwards=True)
        enter(page)
        tab_to(page, "Checkout timeouts")
        enter(page)
        assert "/incidents/2026-10-20-night/#action-" in page.url
        page.go_back()
        assert page.url.endswith("/actions/")
        page.close()

    def test_the_skip_link_leads_into_the_text(self, browser: Browser, address: str) -> None:
        page = browser.new_page()
        page.goto(f"{address}incidents/2026-10-20-night/")
        page.keyboard.press("Tab")
        enter(page)
        page.keyboard.press("Tab")
        assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
        page.close()

    @pytest.mark.parametrize("path", PAGES)
    def test_everything_that_is_focused_can_be_seen(self, browser: Browser, address: str, path: str) -> None:
        """At 400 % zoom, 1280 pixels are 320: no stop in a closed menu, an outline on every one."""
        page = browser.new_page(viewport={"width": NARROW, "height": 800})
        page.goto(address + path)
        for _ in range(25):
            page.keyboard.press("Tab")
            seen = page.evaluate(
                """() => {
                    let at = document.activeElement;
                    if (at === document.body) return "end";
                    // The boxes behind tabs have no size; the row of their labels is what shows the focus.
                    at = at.matches(".tabbed-set > input") ? at.parentNode.querySelector(".tabbed-labels") : at;
                    const mark = at.querySelector(".ab-target, .ab-dot");
                    if (mark) return getComputedStyle(mark).stroke !== "none" || at.outerHTML;
                    const box = at.getBoundingClientRect(), style = getComputedStyle(at);
                    return box.width > 0 && box.height > 0 && style.visibility === "visible"
                        && (style.outlineStyle !== "none" || at.matches("input, select")) || at.outerHTML;
                }"""
            )
            if seen == "end":
                break
            assert seen is True, seen
        page.close()

    def test_the_menu_opens_and_closes(self, browser: Browser, address: str) -> None:
        page = browser.new_page(viewport={"width": NARROW, "height": 800})
        page.goto(address)
        assert not page.locator("#ab-nav").is_visible()
        tab_to(page, "Menu")
        enter(page, goes_on=False)
        assert page.locator("#ab-menu").get_attribute("aria-expanded") == "true"
        tab_to(page, "Weeknotes")
        page.keyboard.press("Escape")
        assert not page.locator("#ab-nav").is_visible()
        assert focused(page) == "Menu"
        page.close()

    def test_no_single_key_does_anything(self, browser: Browser, address: str) -> None:
        page = browser.new_page()
        page.goto(address)
        before = page.content()
        for key in "fspnq/.,?hjk":
            page.keyboard.press(key)
        assert page.url == address and page.content() == before
        page.close()

    def test_light_and_dark_are_remembered(self, browser: Browser, address: str) -> None:
        context = browser.new_context(color_scheme="light")
        page = context.new_page()
        page.goto(address)
        tab_to(page, "Dark")
        enter(page, goes_on=False)
        page.goto(f"{address}incidents/")
        assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"
        assert focusable_text(page, "#ab-palette") == "Light"
        context.close()


class TestWithoutScripts:
    pytestmark = needs_browser

    def test_the_site_can_be_gone_through(self, browser: Browser, address: str) -> None:
        context = browser.new_context(java_script_enabled=False, viewport={"width": NARROW, "height": 800})
        page = context.new_page()
        page.goto(address)
        for name in ("Incidents", "Lessons", "Actions"):
            page.locator("#ab-nav").get_by_role("link", name=name, exact=True).click()
            assert page.locator("h1").inner_text() == name
        page.get_by_role("link", name="Search").first.click()
        assert page.locator("main a").count() > 3, "the indexes are offered instead"
        context.close()

    def test_dark_follows_the_device(self, browser: Browser, address: str) -> None:
        context = browser.new_context(java_script_enabled=False, color_scheme="dark")
        page = context.new_page()
        page.goto(address)
        background = page.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
        assert background == "rgb(21, 24, 29)"
        context.close()


VNU = Path(os.environ.get("VNU_JAR", REPOSITORY / ".venv/vnu/node_modules/vnu-jar/build/dist/vnu.jar"))


@pytest.mark.skipif(
    (not VNU.exists() or not shutil.which("java")) and not os.environ.get("CI"),
    reason="NO HTML CHECKER: needs java and vnu-jar, as .ci/run installs them",
)
def test_the_html_is_valid(shown: Path) -> None:
    done = subprocess.run(
        ["java", "-jar", str(VNU), "--skip-non-html", "--format", "gnu", str(shown)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Exception" not in done.stderr
    said = [line for line in done.stderr.splitlines() if not any(known in line for known in EXCEPTIONS)]
    assert said == []


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.innerText")).strip()


def focusable_text(page: Page, selector: str) -> str:
    return page.locator(selector).inner_text().strip()


def tab_to(page: Page, name: str, backwards: bool = False, steps: int = 120) -> None:
    """Press Tab until the focus is on what bears that name."""
    for _ in range(steps):
        page.keyboard.press("Shift+Tab" if backwards else "Tab")
        if focused(page) == name:
            return
    raise AssertionError(f"{name!r} cannot be reached by keyboard")


def enter(page: Page, goes_on: bool = True) -> None:
    if not goes_on:
        page.keyboard.press("Enter")
        return
    before = page.url
    page.keyboard.press("Enter")
    page.wait_for_function("before => location.href !== before", arg=before)
    page.wait_for_load_state()
