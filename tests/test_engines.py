"""An assembled site, built by engines other than MkDocs: the same addresses, and the same pages at them.

`make engines` installs them into an environment of their own; ABOVEBOARD_ENGINES names another.
"""

from __future__ import annotations

import os
import posixpath
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from aboveboard.engine.prepare import prepare
from aboveboard.engine.verify import verify_site
from tests.assembling import SITES, build_plainly, fill_hostile, title_of, tree_of, without_sitemap_oddities
from tests.browsing import browsing, needs_browser, serving
from tests.conftest import NOW, REPOSITORY, Site
from tests.showcase import PAGES

ENGINES = Path(os.environ.get("ABOVEBOARD_ENGINES", REPOSITORY / ".venv/engines"))
pytestmark = pytest.mark.skipif(
    not (ENGINES / "bin/zensical").exists(),
    reason="NO OTHER ENGINES: `make engines` installs ProperDocs and Zensical, as .ci/run does where it can",
)
# Another theme is built by engines that have it; the frame of ours is whole by itself.
NAMES = [name for name in SITES if name != "theme"]
COMMANDS = {
    "properdocs": ["-m", "properdocs", "build", "--strict", "--quiet", "-f", "mkdocs.yml"],
    "zensical": ["-m", "zensical", "build", "--strict"],
}
# What only one of them publishes: an index of nothing, and what a server could compress by itself.
ONLY_THERE = {"properdocs": set[str](), "zensical": {"search.json"}}
ONLY_HERE = {"properdocs": set[str](), "zensical": {"sitemap.xml.gz"}}


def run_engine(folder: Path, words: list[str]) -> subprocess.CompletedProcess[str]:
    """Run an engine's Python in an assembled site, with the package as it stands in this checkout."""
    return subprocess.run(
        [ENGINES / "bin/python", *words],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY / "tooling"), "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@dataclass(frozen=True)
class Built:
    """A site as the plugin and MkDocs publish it, and as an engine publishes what was assembled of it."""

    site: Site
    engine: str
    log: str
    ours: dict[str, bytes]
    theirs: dict[str, bytes]
    folder: Path

    @property
    def pages(self) -> Iterator[tuple[str, str, str]]:
        for path in sorted(self.ours):
            if path.endswith(".html"):
                yield path, self.ours[path].decode(), self.theirs[path].decode()


@pytest.fixture(scope="module", params=[(e, s) for e in COMMANDS for s in NAMES], ids="-".join)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    engine, name = request.param
    root = tmp_path_factory.mktemp(f"{engine}-{name}")
    site = Site(root / "try")
    (site.root / "content").mkdir(parents=True)
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("ABOVEBOARD_NOW", "2026-11-23T09:00Z")
        SITES[name](site)
        site.run("assemble", str(root / "plain"))
        ours = build_plainly(site.root / "mkdocs.yml", root / "ours")
    done = run_engine(root / "plain", COMMANDS[engine])
    log = done.stdout + done.stderr
    assert done.returncode == 0, log
    yield Built(site, engine, log, ours, tree_of(root / "plain/site"), root / "plain/site")


def test_it_builds_without_a_word_of_complaint(built: Built) -> None:
    assert not re.search(r"\b(?:warning|error|traceback)\b", built.log, re.IGNORECASE), built.log


def test_the_addresses_are_the_same(built: Built) -> None:
    assert built.theirs.keys() - ONLY_THERE[built.engine] == built.ours.keys() - ONLY_HERE[built.engine]


@pytest.mark.parametrize("built", [("properdocs", name) for name in NAMES], ids="-".join, indirect=True)
def test_properdocs_publishes_the_same_bytes(built: Built) -> None:
    assert without_sitemap_oddities(built.theirs) == without_sitemap_oddities(built.ours)


def test_what_is_no_page_is_the_same_to_the_byte(built: Built) -> None:
    for path, data in without_sitemap_oddities(built.ours).items():
        if not path.endswith(".html"):
            assert built.theirs[path] == data, path


def test_each_page_says_the_same(built: Built) -> None:
    """Alike in all but how an address is spelled, `./x/` for `x/`, and how a quotation mark is escaped."""
    for path, ours, theirs in built.pages:
        assert title_of(theirs) == title_of(ours), path
        assert spelled_alike(path, theirs) == spelled_alike(path, ours), path


def spelled_alike(path: str, html: str) -> list[str]:
    """Return the lines of a page with every address counted from the root, and blank lines left out."""
    here = posixpath.join("/", posixpath.dirname(path))

    def whole(link: re.Match[str]) -> str:
        place, rest = re.match(r"([^?#]*)(.*)", link[2], re.DOTALL).groups()  # type: ignore[union-attr]
        if re.match(r"[a-z]+:", link[2]) or not place:
            return link[0]
        return f'{link[1]}{posixpath.normpath(posixpath.join(here, place))}{rest}"'

    html = re.sub(r'((?:href|src)=")([^"]*)"', whole, html.replace("&#34;", "&quot;"))
    return [line for line in html.split("\n") if line.strip()]


def test_no_link_is_dead(built: Built) -> None:
    prepared = prepare(built.site.project, NOW)
    assert list(verify_site(built.folder, prepared.library, prepared.public)) == []


@pytest.mark.parametrize("built", [(engine, "hostile") for engine in COMMANDS], ids="-".join, indirect=True)
def test_nothing_runs_that_a_writer_wrote(built: Built) -> None:
    for path, _, html in built.pages:
        tags = Tags()
        tags.feed(html)
        for tag, attributes in tags.found:
            assert tag != "iframe", path
            assert tag != "form" or path == "search/index.html", path
            assert not [name for name in attributes if name.startswith("on")], path
            assert not attributes.get("href", "").startswith("javascript:"), path
            if tag == "script" and attributes.get("type") != "application/ld+json":
                assert re.search(r"(?:^|/)assets/(?:aboveboard|search)\.js$", attributes.get("src", "")), path
        assert "49" not in title_of(html), path


class Tags(HTMLParser):
    """Every tag of a page, with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))


@pytest.mark.parametrize("engine", COMMANDS)
def test_without_the_package_nothing_is_published_uncleaned(site: Site, engine: str) -> None:
    fill_hostile(site)
    plain = site.root.parent / "plain"
    site.run("assemble", str(plain))
    module, *words = COMMANDS[engine][1:]
    missing = f"import sys; sys.modules['aboveboard'] = None; sys.argv[0] = '{module}'; import runpy; runpy.run_module('{module}', run_name='__main__')"
    done = run_engine(plain, ["-c", missing, *words])
    assert done.returncode != 0
    assert "aboveboard" in done.stdout + done.stderr
    pages = (
        [path for path in tree_of(plain / "site") if path.endswith(".html")] if (plain / "site").exists() else []
    )
    assert set(pages) <= {"404.html", "weeknotes/latest/index.html"}, "files and the frame, and no page"


class TestInABrowser:
    """Whoever looks cannot tell which engine it was."""

    pytestmark = needs_browser

    @pytest.mark.parametrize("built", [("zensical", "showcase")], ids="-".join, indirect=True)
    def test_it_looks_the_same_and_asks_nobody(self, built: Built, tmp_path: Path) -> None:
        ours = tmp_path / "ours"
        for path, data in built.ours.items():
            (ours / path).parent.mkdir(parents=True, exist_ok=True)
            (ours / path).write_bytes(data)
        asked: list[str] = []
        with browsing() as browser:
            for width, scheme in ((1280, "light"), (320, "dark")):
                looks = [pictures(browser, folder, width, scheme, asked) for folder in (ours, built.folder)]
                assert [path for path in looks[0] if looks[0][path] != looks[1][path]] == []
        assert asked == []


def pictures(browser: Browser, folder: Path, width: int, scheme: Any, asked: list[str]) -> dict[str, bytes]:
    """Return a picture of every page; add to `asked` what was looked for elsewhere, or in vain."""
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    found = {}
    with serving(folder) as root:
        page.on("request", lambda request: None if request.url.startswith(root) else asked.append(request.url))
        page.on("response", lambda answer: asked.append(answer.url) if answer.status >= 400 else None)
        for path in PAGES:
            if path != "404.html":
                page.goto(root + path)
                found[path] = page.screenshot(full_page=True)
    page.close()
    return found
