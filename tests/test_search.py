"""Searching: an index that says what the pages say and nothing else, and a page that asks for it when it must."""

from __future__ import annotations

import functools
import gzip
import http.server
import importlib.util
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect

from aboveboard.engine import pagefind, search
from aboveboard.engine.indexed import Held, still_says
from aboveboard.outputs.assets import STATIC
from tests.conftest import CONFIG, EXPERIMENT, INCIDENT, WEEKNOTE, Site, entry

COMMAND = Path(sys.executable).with_name("aboveboard")
MARK = "xyzzyq"
GOOD = "incidents/2026-11-19-good.md"
TOLD = "incidents/2026-11-20-told.md"

needs_pagefind = pytest.mark.skipif(
    importlib.util.find_spec("pagefind") is None and not os.environ.get("CI"),
    reason="NO SEARCH: pip install 'pagefind[bin]' to run the tests that make a search index",
)


@pytest.fixture
def told(site: Site) -> Site:
    """Two incidents, one of them with the marker in all its parts, published with an index."""
    site.write(GOOD, entry(INCIDENT.replace("Checkout timeouts", "Plughword"), "It went well.\n"))
    site.write(TOLD, entry(f"{INCIDENT}\nteam: {MARK}-team\nservices: [checkout]", BODY))
    site.run("build", "--search")
    assert MARK in held_by(site)
    return site


BODY = f"## What happened\n\nThe {MARK} was blue. A horse was green. ![{MARK} graph](https://example.org/a.png)\n"


def index_of(site: Site) -> Path:
    return site.root / "site" / pagefind.FOLDER


def held_by(site: Site) -> str:
    """Return all that an index says, unpacked; empty where there is none."""
    return "\n".join(unpacked(path) for path in sorted(index_of(site).rglob("*")) if path.is_file())


def unpacked(path: Path) -> str:
    data = path.read_bytes()
    if path.suffix.startswith(".pf_"):
        data = gzip.decompress(data)
        assert data.startswith(b"pagefind_dcd")
    return f"{path.name}\n{data.decode('utf-8', 'replace')}"


def fragments(site: Site) -> dict[str, str]:
    """Return the text of each page that an index holds, by address."""
    found = {}
    for path in index_of(site).glob("fragment/*"):
        told = json.loads(unpacked(path).partition("pagefind_dcd")[2])
        found[told["url"]] = told["content"]
    return found


def said_of_search(site: Site) -> str:
    lines = site.run("build").stderr.splitlines()
    return "\n".join(line for line in lines if line.startswith("search:"))


@needs_pagefind
class TestTheIndex:
    def test_it_holds_entries_and_pages_and_no_lists(self, site: Site) -> None:
        site.write("about.md", "# About us\n\nWe mend things.\n")
        site.write(GOOD, entry(f"{INCIDENT}\ntags: [cloud]", "It went well.\n"))
        assert "warning" not in site.run("build", "--search").stderr
        assert fragments(site).keys() == {"/about/", "/incidents/2026-11-19-good/"}
        assert "It went well." in fragments(site)["/incidents/2026-11-19-good/"]

    def test_only_what_a_search_needs_is_published(self, told: Site) -> None:
        names = {path.name for path in index_of(told).iterdir() if path.suffix != ".pf_meta"}
        assert names == {
            "pagefind.js", "pagefind-entry.json", "wasm.en.pagefind", "wasm.unknown.pagefind",
            "index", "fragment", "filter",
        }  # fmt: skip

    @pytest.mark.parametrize(
        "fields",
        [
            f"{INCIDENT}\ndraft: true",
            INCIDENT.replace("2026-11-20", "2026-12-24"),
            f"{INCIDENT}\nwithdrawn: {{date: 2026-11-21, why: It was another team's}}",
        ],
        ids=["draft", "scheduled", "withdrawn"],
    )
    def test_what_is_held_back_is_not_in_it(self, site: Site, fields: str) -> None:
        site.write(GOOD, entry(INCIDENT))
        words = f"tags: [{MARK}]\nteam: {MARK}\nsummary: {MARK}\nlessons: [{MARK}]"
        site.write(TOLD, entry(f"{fields}\n{words}", BODY))
        site.run("build", "--search")
        assert "Checkout" in held_by(site)
        assert MARK not in held_by(site)

    def test_it_depends_on_nothing_else_that_pagefind_reads(
        self, site: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        site.write("/pagefind.yml", "output_subdir: elsewhere\n")
        monkeypatch.setenv("PAGEFIND_OUTPUT_SUBDIR", "elsewhere")
        monkeypatch.chdir(site.root)
        site.write(GOOD, entry(INCIDENT))
        site.run("build", "--search")
        assert fragments(site)
        assert not (site.root / "site/elsewhere").exists()

    def test_a_site_with_nothing_to_find_has_none(self, site: Site) -> None:
        assert "no page to search yet" in site.run("build", "--search").stderr
        assert not index_of(site).exists()

    def test_its_place_is_not_taken_by_content(self, site: Site) -> None:
        site.write(GOOD, entry(INCIDENT))
        site.write("pagefind/a.md", "# A\n")
        assert "content/pagefind takes it" in site.run("build", "--search", exit_code=1).stderr

    def test_where_addresses_end_in_html_it_is_kept_as_well(self, site: Site) -> None:
        site.write("/mkdocs.yml", f"{CONFIG}use_directory_urls: false\n")
        site.write(GOOD, entry(INCIDENT))
        site.run("build", "--search")
        assert fragments(site).keys() == {"/incidents/2026-11-19-good.html"}
        assert said_of_search(site) == "" and fragments(site)


LEAVE: dict[str, Callable[[Site], object]] = {
    "withdrawn": lambda s: s.write(
        TOLD, entry(f"{INCIDENT}\nwithdrawn: {{date: 2026-11-22, why: Not ours}}", BODY)
    ),
    "deleted": lambda s: (s.root / "content" / TOLD).unlink(),
    "a draft again": lambda s: s.write(TOLD, entry(f"{INCIDENT}\ndraft: true", BODY)),
    "put off": lambda s: s.write(TOLD, entry(INCIDENT.replace("2026-11-20", "2026-12-24"), BODY)),
    "redacted": lambda s: s.write(TOLD, entry(INCIDENT, "## What happened\n\nThe wall was blue.\n")),
    "one word redacted": lambda s: s.write(
        TOLD, entry(f"{INCIDENT}\nservices: [checkout]", BODY.replace(MARK, "wall"))
    ),
}


@needs_pagefind
class TestWhatLeavesTheSite:
    @pytest.mark.parametrize("how", LEAVE)
    @pytest.mark.parametrize("record", [True, False], ids=["record", "no record"])
    def test_leaves_the_index_in_the_same_plain_build(self, told: Site, how: str, record: bool) -> None:
        LEAVE[how](told)
        if not record:
            shutil.rmtree(told.root / ".aboveboard")
        assert "so it was made again" in said_of_search(told)
        assert MARK not in held_by(told)
        assert "Plughword" in held_by(told), "and what stayed can still be found"

    @pytest.mark.parametrize("how", LEAVE)
    def test_takes_the_index_along_where_it_cannot_be_made(
        self, told: Site, how: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        LEAVE[how](told)
        monkeypatch.setattr(search, "is_installed", lambda: False)
        assert "dropped; to make it again: pip install 'aboveboard[search]'" in said_of_search(told)
        assert not index_of(told).exists()

    def test_takes_the_index_along_where_making_it_fails(
        self, told: Site, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        LEAVE["deleted"](told)
        break_pagefind(told, monkeypatch)
        assert "so it was dropped: the search index could not be made; Pagefind: no room left" in said_of_search(
            told
        )
        assert not index_of(told).exists()

    def test_is_noticed_under_a_new_name(self, told: Site) -> None:
        (told.root / "content" / TOLD).rename(told.root / "content/incidents/2026-11-20-renamed.md")
        assert "made again" in said_of_search(told)
        assert "2026-11-20-told" not in held_by(told) and MARK in held_by(told)

    def test_is_noticed_in_an_ordinary_page(self, site: Site) -> None:
        site.write("about.md", f"# About us\n\nOur {MARK}.\n")
        site.run("build", "--search")
        site.write("about.md", "# About us\n\nOur work.\n")
        assert "made again" in said_of_search(site)
        assert MARK not in held_by(site)

    def test_is_noticed_when_the_index_was_old_already(self, told: Site) -> None:
        """What was left out of a comparison once must not be left out for good."""
        told.write(TOLD, entry(f"{INCIDENT}\nteam: {MARK}-team\nservices: [checkout]", f"{BODY}\nMore.\n"))
        assert "older than 1 changed page;" in said_of_search(told)
        told.write(TOLD, entry(f"{INCIDENT}\nservices: [checkout]", "More.\n"))
        assert "made again" in said_of_search(told)
        assert MARK not in held_by(told)


@needs_pagefind
class TestAPlainBuild:
    def test_keeps_the_index(self, told: Site) -> None:
        before, files = index_of(told).resolve(), held_by(told)
        for _ in range(2):
            assert said_of_search(told) == ""
        assert held_by(told) == files
        assert index_of(told).resolve() == before

    def test_says_how_much_older_it_is(self, told: Site) -> None:
        told.write(GOOD, entry(INCIDENT.replace("Checkout timeouts", "Plughword"), "It went well.\n\nMore.\n"))
        assert said_of_search(told) == ("search: the index is older than 1 changed page; build --search renews it")
        told.write("incidents/2026-11-18-new.md", entry(INCIDENT))
        assert "older than 2 changed pages" in said_of_search(told)
        told.run("build", "--search")
        assert said_of_search(told) == ""

    def test_keeps_it_without_its_record_too(self, told: Site) -> None:
        shutil.rmtree(told.root / ".aboveboard")
        assert said_of_search(told) == ("search: the index may be older than some pages; build --search renews it")
        assert MARK in held_by(told)

    @pytest.mark.parametrize("record", ["{", "[]", '{"index": 1}', '{"index": "of another", "pages": {}}'])
    def test_believes_no_strange_record(self, told: Site, record: str) -> None:
        told.write("/.aboveboard/search.json", record)
        LEAVE["redacted"](told)
        assert "made again" in said_of_search(told)

    def test_makes_a_damaged_index_again(self, told: Site) -> None:
        for path in index_of(told).glob("fragment/*"):
            path.write_bytes(path.read_bytes()[:20])
        told.write("incidents/2026-11-20-told.md", entry(INCIDENT))
        assert "could not be read, so it was made again" in said_of_search(told)
        assert len(fragments(told)) == 2

    def test_makes_none_where_there_was_none(self, site: Site) -> None:
        site.write(GOOD, entry(INCIDENT))
        assert said_of_search(site) == ""
        assert not index_of(site).exists()


@needs_pagefind
@pytest.mark.parametrize("moment", [0.5, 0.75, 0.9, 0.97])
def test_killed_while_it_is_made_it_leaves_the_live_site_whole(told: Site, moment: float) -> None:
    for number in range(60):
        told.write(f"incidents/2026-10-10-n{number}.md", entry(INCIDENT, "Words, and more words.\n" * 30))
    began = time.monotonic()
    subprocess.run([COMMAND, "build", "--search"], cwd=told.root, check=True, capture_output=True)
    length = time.monotonic() - began
    told.write(GOOD, entry(INCIDENT, "Newer.\n"))
    running = subprocess.Popen(
        [COMMAND, "build", "--search"], cwd=told.root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        running.wait(length * moment)
    except subprocess.TimeoutExpired:
        running.send_signal(signal.SIGKILL)
        running.wait()
    texts = fragments(told)
    assert len(texts) == 62
    page = told.read("site/incidents/2026-11-19-good/index.html")
    assert ("Newer." in page) == ("Newer." in texts["/incidents/2026-11-19-good/"])


def test_without_pagefind_it_says_in_a_line_what_to_install(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write(GOOD, entry(INCIDENT))
    site.run("build")
    before = (site.root / "site").resolve()
    monkeypatch.setattr(pagefind, "find_spec", lambda name: None)
    result = site.run("build", "--search", exit_code=1)
    assert result.stderr == (
        "aboveboard: --search needs Pagefind, which is not installed: pip install 'aboveboard[search]'\n"
    )
    assert (site.root / "site").resolve() == before


@needs_pagefind
def test_an_index_that_cannot_be_made_fails_the_build(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.write(GOOD, entry(INCIDENT))
    site.run("build")
    before = (site.root / "site").resolve()
    break_pagefind(site, monkeypatch)
    result = site.run("build", "--search", exit_code=1)
    assert result.stderr == "aboveboard: the search index could not be made\n  Pagefind: no room left\n"
    assert (site.root / "site").resolve() == before


def break_pagefind(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = site.write("/broken", "#!/bin/sh\necho 'no room left' >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(broken))


def test_mkdocs_alone_makes_no_index(site: Site) -> None:
    site.write(GOOD, entry(INCIDENT))
    subprocess.run(
        [Path(sys.executable).with_name("mkdocs"), "build", "--strict"],
        cwd=site.root, check=True, capture_output=True,
    )  # fmt: skip
    assert not index_of(site).exists()
    assert "ab-search" in site.read("site/search/index.html")


SAYS = [
    ("The wall was blue.", "<p>The wall was blue.</p>", True),
    ("The wall was blue.", "<p>Now: the wall. <b>The</b> big wall</p><p>was <i>dark</i> blue.</p>", True),
    ("The wall was blue.", "<p>The wall was green.</p>", False),
    ("The wall was blue.", "<p>Blue was the wall.</p>", False),
    ("The secret is out.", "<p>The secretary is out.</p>", False),
    ("The secret is out. The secret is out.", "<p>The secret is out.</p>", False),
    ("sumone foobar", "<summary>sum</summary>one<p>foo<b>bar</b></p>", True),
    ("A & B <b>", "<p>A &amp; B &lt;b&gt;</p>", True),
    ("日本 語", "<p>日本語</p>", False),
    ("日本\u200b語", "<p>日本語</p>", True),
    ("The wall", "<div data-pagefind-ignore>The <div>wall</div></div>", False),
    ("The wall", "<p data-pagefind-ignore>x</p><p>The wall</p>", True),
]


@pytest.mark.parametrize(("held", "article", "still"), SAYS)
def test_a_page_still_says_what_an_index_holds(tmp_path: Path, held: str, article: str, still: bool) -> None:
    page = tmp_path / "a/index.html"
    page.parent.mkdir()
    page.write_text(f"<article class=x data-pagefind-body>{article}</article>", encoding="utf-8")
    assert still_says(tmp_path, Held("/a/", (held,), ())) is still
    page.write_text(f"<article>{article}</article>", encoding="utf-8")
    assert not still_says(tmp_path, Held("/a/", (held,), ())), "a page that asks not to be found is not held"
    assert not still_says(tmp_path, Held("/b/", (held,), ()))


def test_a_value_need_only_stand_in_the_page(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(
        '<meta content="Platform &amp; co"><article data-pagefind-body><h1>A <b>b</b>c</h1><img alt="a graph"></article>'
    )
    values = ("Platform & co", "a graph", "A bc")
    assert still_says(tmp_path, Held("/a.html", ("A bc",), values))
    for gone in ("Platform", "a gra", "A b"):
        assert not still_says(tmp_path, Held("/a.html", ("A bc",), (f"{gone} gone",)))


class TestThePage:
    def test_its_form_waits_for_a_script_and_its_lists_do_not(self, site: Site) -> None:
        site.write(GOOD, entry(f"{INCIDENT}\ntags: [a]"))
        assert "warning" not in site.run("build").stderr
        html = site.read("site/search/index.html")
        form = html[html.index("<form") : html.index("</form>")]
        assert re.match(
            r'<form class="ab-search" id="ab-search" role="search" action="./" method="get" hidden', form
        )
        lists = html[html.index('id="lists"') :]
        for path in ("weeknotes", "experiments", "incidents", "lessons", "actions", "tags"):
            assert f'href="../{path}/"' in lists
        assert 'href="../teams/"' not in lists[: lists.index("</section>")], "nobody is sent to an empty list"

    def test_it_offers_what_can_be_chosen_between(self, site: Site) -> None:
        site.write("registers/teams.yml", "- slug: platform\n  name: Platform & co\n")
        site.write("weeknotes/2026-w47-platform.md", entry(WEEKNOTE))
        site.write("incidents/2026-11-20-a.md", entry(f"{INCIDENT}\nteam: data\nservices: [<b>]\nseverity: sev1"))
        site.write("incidents/2025-11-20-a.md", entry(f"{INCIDENT.replace('2026', '2025')}\nseverity: sev3"))
        site.run("build")
        html = site.read("site/search/index.html")
        found = {
            name: re.findall(r"<option value=\"([^\"]+)\"", options)
            for name, options in re.findall(r'<select id="ab-search-(\w+)"(.*?)</select>', html, re.DOTALL)
        }
        assert found == {
            "kind": ["Weeknote", "Incident"],
            "team": ["Data", "Platform &amp; co"],
            "year": ["2026", "2025"],
            "severity": ["sev1", "sev3"],
        }

    def test_its_script_is_small_and_only_there(self, site: Site) -> None:
        assert len((STATIC / "search.js").read_bytes()) <= 6 * 1024
        site.write(GOOD, entry(INCIDENT))
        site.run("build")
        loading = [p for p in (site.root / "site").rglob("*.html") if "search.js" in p.read_text(encoding="utf-8")]
        assert [path.parent.name for path in loading] == ["search"]
        assert '<script type="module" src="../assets/search.js"></script>' in site.read("site/search/index.html")

    def test_nobody_else_has_a_form(self, site: Site) -> None:
        form = '<form action="https://example.org/"><select><option>x</option></select></form>'
        site.write(GOOD, entry(INCIDENT, f"{form}\n"))
        site.write("search/index.md", f"# Our own search\n\n{form}\n")
        site.run("build")
        for path in ("incidents/2026-11-19-good", "search"):
            article = re.search(r"<article.*</article>", site.read(f"site/{path}/index.html"), re.DOTALL)
            assert article and "<form" not in article[0] and "<select" not in article[0], path
        assert "Our own search" in site.read("site/search/index.html")


# From here on in a real browser, as a careful host serves it: below a path, with a policy on what may run.

CHROMIUM = shutil.which("chromium")
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'"
)
HOSTILE = "<img src=x onerror=document.title='taken'> & &lt;b&gt; **Sevenfold**"


class Careful(http.server.SimpleHTTPRequestHandler):
    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the test's own output is what matters."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("search")
    found, plain = Site(root / "found"), Site(root / "plain")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ABOVEBOARD_NOW", "2026-11-23T09:00Z")
        for site in (found, plain):
            site.write("/mkdocs.yml", CONFIG)
            fill(site)
        found.run("build", "--search")
        plain.run("build")
    www = root / "www"
    (www / "open").mkdir(parents=True)
    (www / "open/blog").symlink_to(found.root / "site")
    (www / "plain").symlink_to(plain.root / "site")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Careful, directory=str(www)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


def fill(site: Site) -> None:
    quoted = json.dumps(HOSTILE)
    site.write(
        "incidents/2026-11-20-told.md", entry(f"{INCIDENT}\nseverity: sev2\nteam: platform", "A plughword.\n")
    )
    site.write(
        "incidents/2025-11-20-told.md",
        entry(f"{INCIDENT.replace('2026', '2025')}\nseverity: sev3", "Plughword.\n"),
    )
    site.write(
        "experiments/2026-11-20-forms.md", entry(EXPERIMENT, "## Forms\n\nAnother plughword, with sugar.\n")
    )
    site.write(
        "incidents/2026-11-18-h.md",
        entry(INCIDENT.replace("Checkout timeouts", quoted), "```\n<mark>x</mark> <script>\n```\n"),
    )
    for number in range(25):
        note = WEEKNOTE.replace("W47", f"W{number + 10}").replace("2026-11-20", "2026-11-01")
        site.write(
            f"weeknotes/2026-w{number + 10}-platform.md", entry(f"{note}\ntitle: Note {number}", "Manyword.\n")
        )


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page whose errors in our script, or in Pagefind's, fail the test."""
    opened = browser.new_page()
    wrong: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        where = f"{message.location.get('url', '')} {message.text}"
        if message.type in ("error", "warning") and re.search(r"search\.js|/pagefind/.*pagefind", where):
            wrong.append(where)

    opened.on("console", hear)
    yield opened
    opened.close()
    assert [line for line in wrong if "/plain/" not in line] == []


@needs_pagefind
@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@pytest.mark.skipif(
    CHROMIUM is None and not os.environ.get("CI"),
    reason="NO BROWSER: install Debian's chromium to run the tests that open the site in one",
)
class TestSearching:
    def test_nothing_is_fetched_before_somebody_searches(self, page: Page, address: str) -> None:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        for path in ("", "incidents/", "incidents/2026-11-20-told/", "search/"):
            page.goto(f"{address}open/blog/{path}", wait_until="networkidle")
        assert any(url.endswith("assets/search.js") for url in asked)
        assert [url for url in asked if "/pagefind/" in url] == []

    def test_a_word_finds_an_entry(self, page: Page, address: str) -> None:
        page.goto(f"{address}open/blog/search/")
        look_for(page, "sugar")
        expect(said(page)).to_have_text("1 result for “sugar”.")
        result = page.locator("#ab-search-results > li")
        expect(result.get_by_role("link")).to_have_text("Shorter forms")
        expect(result.locator(".ab-badge")).to_have_text("Experiment")
        expect(result.locator("time")).to_have_text("20 November 2026")
        expect(result.locator("mark")).to_have_text("sugar.")
        assert page.url == f"{address}open/blog/search/?q=sugar"
        result.get_by_role("link").click()
        assert page.url == f"{address}open/blog/experiments/2026-11-20-forms/"
        page.go_back()
        expect(said(page)).to_have_text("1 result for “sugar”.")

    def test_a_first_search_costs_little(self, browser: Browser, address: str) -> None:
        context = browser.new_context()
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        urls: dict[str, str] = {}
        sizes: dict[str, int] = {}
        session.on("Network.responseReceived", lambda e: urls.update({e["requestId"]: e["response"]["url"]}))
        session.on("Network.loadingFinished", lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]}))
        page.goto(f"{address}open/blog/search/?q=plughword", wait_until="networkidle")
        expect(said(page)).to_have_text("3 results for “plughword”.")
        fetched = {urls[key]: size for key, size in sizes.items() if "/pagefind/" in urls.get(key, "")}
        assert 0 < sum(fetched.values()) < 200_000, fetched
        context.close()

    def test_a_filter_narrows(self, page: Page, address: str) -> None:
        page.goto(f"{address}open/blog/search/?q=plughword")
        expect(said(page)).to_have_text("3 results for “plughword”.")
        page.get_by_text("Narrow it down").click()
        page.get_by_label("Kind").select_option("Incident")
        page.get_by_role("button", name="Search").click()
        expect(said(page)).to_have_text("2 results for “plughword”, Incident.")
        page.get_by_label("Year").select_option("2025")
        page.get_by_role("button", name="Search").click()
        expect(said(page)).to_have_text("1 result for “plughword”, Incident, 2025.")
        assert page.url.endswith("/search/?q=plughword&kind=Incident&year=2025")
        page.go_back()
        expect(said(page)).to_have_text("2 results for “plughword”, Incident.")
        expect(page.get_by_label("Year")).to_have_value("")

    def test_nothing_found_says_what_to_try(self, page: Page, address: str) -> None:
        page.goto(f"{address}open/blog/search/?q=nosuchword")
        expect(said(page)).to_contain_text("Nothing found for “nosuchword”. Try fewer words")
        expect(page.locator("#ab-search-results")).to_be_hidden()
        page.goto(f"{address}open/blog/search/?q=sugar&kind=Incident")
        expect(said(page)).to_have_text(
            "Nothing found for “sugar”, Incident. There is 1 when it is not narrowed down."
        )

    @pytest.mark.parametrize("words", ["", "?q=", "?q=%20&kind=", "?year=1066"])
    def test_nothing_asked_is_nothing_said(self, page: Page, address: str, words: str) -> None:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{address}open/blog/search/{words}", wait_until="networkidle")
        expect(said(page)).to_have_text("")
        assert [url for url in asked if "/pagefind/" in url] == []

    @pytest.mark.parametrize(
        ("asked", "answer"),
        [
            ("q=the+of", "“the of” stands on nearly every page: add a word that does not."),
            ("kind=Incident", "Which word? The lists below can be looked through without one."),
        ],
    )
    def test_what_would_fetch_the_whole_index_is_asked_back(
        self, page: Page, address: str, asked: str, answer: str
    ) -> None:
        fetched: list[str] = []
        page.on("request", lambda request: fetched.append(request.url))
        page.goto(f"{address}open/blog/search/?{asked}", wait_until="networkidle")
        expect(said(page)).to_have_text(answer)
        assert [url for url in fetched if "/pagefind/" in url] == []

    def test_words_that_stand_everywhere_are_not_looked_up(self, page: Page, address: str) -> None:
        page.goto(f"{address}open/blog/search/?q=the+sugar+with+a")
        expect(said(page)).to_have_text("1 result for “the sugar with a”.")

    def test_what_is_found_is_text(self, page: Page, address: str) -> None:
        page.goto(f"{address}open/blog/search/?q=sevenfold")
        expect(said(page)).to_have_text("1 result for “sevenfold”.")
        results = page.locator("#ab-search-results")
        expect(results.get_by_role("link")).to_have_text(HOSTILE)
        assert results.locator("img, script, b").count() == 0
        page.goto(f"{address}open/blog/search/?q=" + "%3Cimg%20src%3Dx%3E")
        expect(said(page)).to_contain_text("“<img src=x>”")
        assert page.locator("article img").count() == 0

    def test_more_comes_when_it_is_asked_for(self, page: Page, address: str) -> None:
        """By keyboard alone: ten at a time, and the focus goes to the first of the new ones."""
        page.goto(f"{address}open/blog/search/")
        page.get_by_label("Words to look for").focus()
        page.keyboard.type("manyword")
        page.keyboard.press("Enter")
        expect(said(page)).to_have_text("25 results for “manyword”.")
        expect(page.get_by_label("Words to look for")).to_be_focused()
        results = page.locator("#ab-search-results > li")
        for shown in (10, 20):
            expect(results).to_have_count(shown)
            page.get_by_role("button", name="More results").focus()
            page.keyboard.press("Enter")
            expect(results.nth(shown).get_by_role("link")).to_be_focused()
        expect(results).to_have_count(25)
        expect(page.get_by_role("button", name="More results")).to_be_hidden()

    def test_single_keys_do_nothing(self, page: Page, address: str) -> None:
        page.goto(f"{address}open/blog/search/?q=sugar")
        expect(said(page)).to_have_text("1 result for “sugar”.")
        for key in "sf/pn,.":
            page.keyboard.press(key)
        assert page.evaluate("document.activeElement === document.body")
        expect(page.get_by_label("Words to look for")).to_have_value("sugar")

    def test_without_scripts_the_lists_are_offered(self, browser: Browser, address: str) -> None:
        context = browser.new_context(java_script_enabled=False)
        page = context.new_page()
        page.goto(f"{address}open/blog/search/")
        expect(page.locator("#ab-search")).to_be_hidden()
        expect(page.get_by_text("Searching takes a script")).to_be_visible()
        page.locator("article").get_by_role("link", name="Incidents").click()
        assert page.url == f"{address}open/blog/incidents/"
        context.close()

    def test_with_a_script_that_note_is_gone(self, page: Page, address: str) -> None:
        page.goto(f"{address}open/blog/search/")
        expect(page.get_by_label("Words to look for")).to_be_visible()
        expect(page.get_by_text("Searching takes a script")).to_be_hidden()

    def test_without_an_index_it_says_so_kindly(self, page: Page, address: str) -> None:
        page.goto(f"{address}plain/search/")
        look_for(page, "sugar")
        expect(said(page)).to_contain_text("There is no search here at the moment.")
        expect(page.locator("article").get_by_role("link", name="Incidents")).to_be_visible()


def look_for(page: Page, words: str) -> None:
    page.get_by_label("Words to look for").fill(words)
    page.get_by_role("button", name="Search").click()


def said(page: Page) -> Locator:
    return page.locator("#ab-search-said")
