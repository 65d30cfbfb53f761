"""Where links lead: on the site, as the site is really built, and elsewhere, without asking anybody in a test."""

from __future__ import annotations

import json
import re
import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import markdown
import pytest

from aboveboard.checks.inspection import Inspection
from aboveboard.checks.reach.anchors import anchors_of, slugify_heading
from aboveboard.checks.reach.made import made_paths
from aboveboard.checks.run import check_library
from aboveboard.content.public import publish
from aboveboard.engine import web
from aboveboard.engine.external import check_external, external_diagnostics, external_urls
from aboveboard.errors import UserError
from aboveboard.outputs.site import render_site
from tests.conftest import CONFIG, INCIDENT, NOW, WEEKNOTE, Site, entry

NOTE = "weeknotes/2026-w47-platform.md"
FOLDER = "incidents/checkout-timeouts/index.md"


@pytest.fixture
def full(site: Site) -> Site:
    """A site with something of everything: held entries, an entry in a folder, pages, pictures, a broken file."""
    site.write(
        NOTE,
        entry(f"{WEEKNOTE}\ntags: [cloud]\nauthors: [ada]\nservices: [checkout]", "## What we did\n\nText.\n"),
    )
    site.write(FOLDER, entry(f"{INCIDENT}\naliases: [/2026/checkout/]"))
    site.write("incidents/checkout-timeouts/graph 1.png", "png")
    site.write("incidents/draft.md", entry(f"{INCIDENT}\ndraft: true\nteam: secret-team"))
    site.write("incidents/later.md", entry(INCIDENT.replace("2026-11-20", "2027-01-01")))
    site.write("incidents/gone.md", entry(f"{INCIDENT}\nwithdrawn: {{date: 2026-11-21, why: It named a person.}}"))
    site.write("incidents/broken.md", "---\ntitle: [\n---\n")
    site.write("incidents/held/index.md", entry(f"{INCIDENT}\ndraft: true"))
    site.write("incidents/held/graph.png", "png")
    site.write("incidents/stray.png", "png")
    site.write("about.md", "# About us\n\nText.\n")
    site.write("hidden.md", "---\ndraft: true\n---\n\n# Hidden\n")
    site.write("guide/README.md", "# Guide\n")
    site.write("registers/teams.yml", "- slug: platform\n  name: Platform\n- slug: storage\n  name: Storage\n")
    return site


def said(site: Site, body: str, path: str = "weeknotes/2026-w46-platform.md", fields: str = "") -> dict[str, str]:
    """Return what LN says of links in an entry of its own, by code: the messages, a line each."""
    site.write(path, entry(fields or WEEKNOTE.replace("W47", "W46"), body) if fields != "none" else body)
    codes: dict[str, str] = {}
    for d in check_library(site.library(), NOW, select=["LN"]):
        if d.path == f"content/{path}":
            codes[d.code] = f"{codes[d.code]}\n{d.message}" if d.code in codes else d.message
    return codes


@pytest.mark.parametrize(
    "target",
    [
        "2026-w47-platform.md", "./2026-w47-platform.md", "../weeknotes/2026-w47-platform.md", "2026-w47-platform.md?x=1",
        "2026-w47-platform.md#what-we-did", "../2026-w47-platform/", "/weeknotes/2026-w47-platform/", "/weeknotes/2026-w47-platform",
        "/weeknotes/2026-w47-platform/index.html", "../incidents/checkout-timeouts/index.md", "../../incidents/checkout-timeouts/",
        "<../incidents/checkout-timeouts/graph 1.png>", "../incidents/checkout-timeouts/graph%201.png", "/2026/checkout/",
        "index.md", "../index.md", "/", "#", "../about.md#about-us", "../../about/", "../guide/README.md", "/guide/",
        "../teams/platform.md", "/teams/storage/", "../tags/cloud.md", "../people/ada.md", "../services/checkout.md",
        "../lessons/index.md", "/actions/", "../feed.xml", "feed.xml", "/incidents/feed.xml", "/404.html", "#related",
        "mailto:a@example.org", "//example.org/x", "https://example.org/x", "tel:123",
    ],
)  # fmt: skip
def test_a_link_that_works_is_let_be(full: Site, target: str) -> None:
    assert said(full, f"[text]({target})\n") == {}
    assert said(full, f"[text][r] [r]\n\n[r]: {target}\n") == {}


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        ("2026-w47-platfrom.md", "did you mean 2026-w47-platform.md?"),
        ("2026-W47-platform.md", "did you mean 2026-w47-platform.md?"),
        ("2026-w47-platform", "did you mean 2026-w47-platform.md?"),
        ("2026-w47-platform/", "did you mean 2026-w47-platform.md?"),
        ("../weeknotes/2026-w47-platform.html", "did you mean 2026-w47-platform.md?"),
        ("/weeknotes/2026-w47-platform.md", "did you mean 2026-w47-platform.md?"),
        ("../incidents/checkout-timeouts.md", "did you mean ../incidents/checkout-timeouts/index.md?"),
        ("checkout-timeouts/", "did you mean ../incidents/checkout-timeouts/index.md?"),
        ("../abuot.md", "did you mean ../about.md?"),
        ("../tags/", "did you mean ../tags/index.md?"),
        ("/teams/nobody-knows/", "mend the link or take it out"),
        ("../../../../etc/passwd", "mend the link or take it out"),
        ("www.example.org/x", "write https://www.example.org/x"),
        ("example.gov.uk/x", "write https://example.gov.uk/x"),
        ("us@example.org", "write mailto:us@example.org"),
    ],
)
def test_a_dead_link_is_told_what_was_meant(full: Site, target: str, hint: str) -> None:
    (message,) = said(full, f"[text]({target})\n").values()
    assert message.startswith("nothing is at ")
    assert message.endswith(hint)


def test_html_is_resolved_as_a_browser_does(full: Site) -> None:
    assert (
        said(full, "<a href='../2026-w47-platform/'>a</a> <a href='/about/#about-us'>a</a> <a name=x>a</a>\n")
        == {}
    )
    assert said(full, "<div><a href='../../incidents/checkout-timeouts/graph%201.png'>a</a></div>\n") == {}
    dead = said(
        full,
        "<a href='2026-w47-platform.md'>a</a> <img src='../incidents/checkout-timeouts/graph%201.png' alt='e'>\n",
    )
    assert dead == {
        "LN001": "nothing is at 2026-w47-platform.md: did you mean ../2026-w47-platform/?",
        "LN004": "there is no picture at ../incidents/checkout-timeouts/graph 1.png: "
        "did you mean ../../incidents/checkout-timeouts/graph 1.png?",
    }
    site_without = full.write("/mkdocs.yml", CONFIG + "use_directory_urls: false\n")
    assert site_without.exists()
    assert said(full, "<a href='2026-w47-platform.html'>a</a> [a](2026-w47-platform.md)\n") == {}


def test_a_site_below_a_path_is_linked_with_it(full: Site) -> None:
    full.write("/mkdocs.yml", CONFIG + "site_url: https://example.org/blog/\n")
    assert said(full, "[a](/blog/about/) [the other site](/shop/)\n") == {}
    assert "LN001" in said(full, "[a](/about/)\n")
    assert "LN001" in said(full, "[a](/blog/abuot/)\n")


def test_links_in_code_and_comments_are_none(full: Site) -> None:
    body = "`[a](b.md)` <!-- [a](b.md) -->\n\n```\n[a](b.md)\n```\n\n    [a](b.md)\n\n<!--\n[a](b.md)\n<a href=b>\n-->\n"
    assert said(full, body) == {}


def test_a_reference_that_nothing_defines(full: Site) -> None:
    assert said(full, "See [the list][lst] and x[0][1] and [a-b][1].\n\n[list]: https://example.org\n") == {
        "LN001": "no line says where [lst] leads: add a line [lst]: and the address"
    }


@pytest.mark.parametrize(
    ("target", "message"),
    [
        (
            "../incidents/draft.md",
            "../incidents/draft.md is a draft, and the public cannot follow: take the link out until it can",
        ),
        ("/incidents/draft/", "/incidents/draft/ is a draft, and"),
        ("../incidents/later.md", "../incidents/later.md is scheduled for 2027-01-01, and"),
        ("../incidents/gone.md", "../incidents/gone.md is withdrawn, and"),
        ("../incidents/broken.md", "../incidents/broken.md has errors and is not published, and"),
        ("../incidents/held/graph.png", "../incidents/held/graph.png is a draft, and"),
        ("../incidents/stray.png", "../incidents/stray.png lies in no entry's folder and is not published, and"),
        ("../teams/secret-team.md", "../teams/secret-team.md has no public entry yet, and"),
        ("../hidden.md", "../hidden.md is a draft, and"),
    ],
)
def test_a_link_to_what_is_held_back_is_said(full: Site, target: str, message: str) -> None:
    found = said(full, f"[text]({target})\n")
    assert list(found) == ["LN003"]
    assert found["LN003"].startswith(message)
    held = f"{WEEKNOTE.replace('W47', 'W46')}\ndraft: true"
    assert said(full, f"[text]({target})\n", fields=held) == {}
    assert said(full, f"---\ndraft: true\n---\n[text](/{target.lstrip('./')})\n", "other.md", "none").keys() <= {
        "LN001"
    }


def test_a_heavy_picture_is_said_and_only_where_it_shows(full: Site) -> None:
    heavy = full.write("incidents/checkout-timeouts/photo.png", "")
    heavy.write_bytes(b"x" * 1_000_000)
    body = "![a](../incidents/checkout-timeouts/photo.png) [a](../incidents/checkout-timeouts/photo.png)\n"
    assert said(full, body) == {}
    heavy.write_bytes(b"x" * 1_250_000)
    assert said(full, body) == {"LN005": "this picture has 1.2 MB: save it smaller, 1 MB at most"}


@pytest.mark.parametrize(
    "target",
    [
        "//localhost/x",
        "localhost:8000/x",
        "HTTP://LOCALHOST",
        "http://[::1]/",
        "\\\\server\\share",
        "/home/ada/x.md",
        "~/x",
    ],
)
def test_an_address_of_this_machine(full: Site, target: str) -> None:
    assert list(said(full, f"<a href='{target}'>the notes</a>\n")) == ["LN006"]


HEADINGS = """# Caf\u00e9 & Co.

## What we did: *now* `code_x` [link](https://example.org) ![pic](x.png)

## Same

## Same

## Same_1

## \u65e5\u672c

## With &amp; entity &lt;b&gt;

## <span>raw</span> text --- and  spaces

Setext
------

> ## Quoted

- ## In a list

#### 1. Numbered (2026)
"""


def test_anchors_are_those_that_the_site_has(site: Site) -> None:
    site.write("about.md", HEADINGS)
    (page,) = site.library().pages
    md = markdown.Markdown(extensions=["toc"])
    html = md.convert(HEADINGS)
    built = {part.split('"')[0] for part in html.split(' id="')[1:]}
    assert built <= anchors_of(page)
    assert anchors_of(page) - built == {"\u65e5\u672c", "caf\u00e9-co"}


@pytest.mark.parametrize(
    "text", ["A  b - c", "\u017dlut\u00fd", "a_b--c", " x ", "1.2 (3)", "\u00c6 \ufb01", "don't", "a\u00a0b"]
)
def test_slugs_of_headings_are_those_of_toc(text: str) -> None:
    from markdown.extensions.toc import slugify

    assert slugify_heading(text) == slugify(text, "-")


def test_everything_that_is_made_can_be_linked_to(full: Site) -> None:
    library = full.library()
    places = Inspection(library, NOW).around.surroundings.site.places
    public = publish(library, NOW, library.broken_paths)
    # What stands at an old address or in place of a withdrawn entry is found by another way, and no text names hosts' files.
    apart = {"_redirects", *(f"{stone.kind.folder}/{stone.id}.md" for stone in public.tombstones)}
    apart |= {
        path
        for path in render_site(public)
        if path.endswith("/index.html") and path != "weeknotes/latest/index.html"
    }
    assert {path for path in render_site(public) if path not in places or places[path].held} - apart == set()


def test_what_can_be_linked_to_is_made(full: Site) -> None:
    library = full.library()
    public = publish(library, NOW, library.broken_paths)
    promised = set(made_paths(library, public.entries, public.today))
    assert promised - set(render_site(public)) == set()


# Elsewhere


class Answers(BaseHTTPRequestHandler):
    """A server that answers a path with the status it names; `405-200` says so to HEAD and then to GET."""

    asked: list[tuple[str, str]] = []

    def do_HEAD(self) -> None:
        self.asked.append((self.command, self.path))
        status = self.path[1:].split("-")[0]
        if status == "loop":
            self.send_response(302)
            self.send_header("Location", self.path)
        elif status.startswith("to="):
            self.send_response(301)
            self.send_header("Location", self.path.split("=", 1)[1])
        else:
            self.send_response(int(status))
        self.end_headers()

    def do_GET(self) -> None:
        self.asked.append((self.command, self.path))
        self.send_response(int(re.split("[-/]", self.path)[-1]))
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A server on this machine, which alone is let through as if it were a public host."""
    Answers.asked = []
    running = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    port = running.server_address[1]

    def connect(host: str, asked_port: int, timeout: float | None) -> socket.socket:
        assert host == "here.example.org", "no test leaves this machine"
        return socket.create_connection(("127.0.0.1", port), timeout)

    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(web, "connect_public", connect)
    yield f"http://here.example.org:{port}"
    running.shutdown()
    running.server_close()
    thread.join()


@pytest.mark.parametrize(
    ("path", "wrong"),
    [
        ("200", None),
        ("404", "does not exist any more (404)"),
        ("410", "is gone"),
        ("500", "answers with an error (500)"),
        ("401", None),
        ("403", None),
        ("429", None),
        ("405-200", None),
        ("403-200", None),
        ("501-404", "does not exist any more (404)"),
        ("404-200", None),
        ("to=/200", None),
        ("to=/404", "does not exist any more (404)"),
        ("loop", "is forwarded and never arrives"),
        ("to=file:///etc/passwd", "is forwarded and never arrives"),
        ("to=http://127.0.0.1/", "leads to a private network"),
        ("to=http://localhost/", "leads to a private network"),
        ("to=ftp://example.org/", "is not an address of the web"),
        ("200#part", None),
        ("200/\u00e9 \u65e5?q=\u00e9", None),
    ],
)
def test_an_answer_is_judged(server: str, tmp_path: Path, path: str, wrong: str | None) -> None:
    url = f"{server}/{path}" if path != "200/\u00e9 \u65e5?q=\u00e9" else f"{server}/200-\u00e9\u65e5?q=\u00e9"
    assert check_external([url], tmp_path / "links.json", NOW, pause=lambda _: None) == {url: wrong}


def test_who_asks_says_so(server: str) -> None:
    assert web.ask(f"{server}/200", "HEAD") == 200
    assert web.AGENT.startswith("aboveboard/") and "checks the links" in web.AGENT


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "::1", "0.0.0.0", "::ffff:127.0.0.1"]
)
def test_a_private_host_is_never_asked(host: str) -> None:
    with pytest.raises(web.Refused):
        web.connect_public(host, 9, 0.1)
    address = f"[{host}]" if ":" in host else host
    assert web.ask(f"http://{address}:9/", "HEAD") in ("leads to a private network", "cannot be reached")


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "http:///x",
        "http://exa mple.org/",
        "http://[x/",
        "http://example.org:99999/",
    ],
)
def test_what_is_no_address_is_not_asked(url: str) -> None:
    assert isinstance(web.ask(url, "HEAD"), str)


def test_answers_are_remembered_for_a_while(tmp_path: Path) -> None:
    cache, asked = tmp_path / ".aboveboard" / "links.json", []
    good, bad, shy = "https://a.example.org/", "https://a.example.org/404", "https://b.example.org/"

    def fetch(url: str, method: str) -> int | str:
        asked.append(url)
        return {good: 200, bad: 404, shy: 401}[url]

    def ask(after: timedelta) -> list[str]:
        asked.clear()
        check_external([good, f"{good}#part", bad, shy], cache, NOW + after, fetch, pause=lambda _: None)
        return sorted(set(asked))

    assert ask(timedelta()) == [good, bad, shy]
    assert ask(timedelta(hours=23)) == []
    assert ask(timedelta(hours=25)) == [bad, shy]
    assert ask(timedelta(days=7)) == [good, bad, shy]
    assert ask(timedelta(days=-9)) == [good, bad, shy], "an answer from the future counts for nothing"
    for text in (
        "",
        "{",
        "[]",
        '{"x": 1}',
        f'{{"{good}": {{"at": "x", "wrong": 3, "good": true}}}}',
        "[" * 50_000,
    ):
        cache.write_text(text)
        assert ask(timedelta()) == [good, bad, shy]
    assert set(json.loads(cache.read_text())) == {good, bad, shy}


def test_hosts_are_asked_politely(tmp_path: Path) -> None:
    asking, most, lock = {"a": 0, "b": 0}, {"a": 0, "b": 0}, threading.Lock()
    pauses: list[float] = []

    def fetch(url: str, method: str) -> int | str:
        host = url[8]
        with lock:
            asking[host] += 1
            most[host] = max(most[host], asking[host])
        status = 405 if method == "HEAD" and url.endswith("2") else 200
        with lock:
            asking[host] -= 1
        return status

    urls = [f"https://{host}.example.org/{n}" for host in "ab" for n in range(4)]
    check_external(urls, tmp_path / "links.json", NOW, fetch, pause=pauses.append)
    assert most == {"a": 1, "b": 1}
    assert pauses == [1.0] * 8, "between two requests to a host, those for one address included"


def test_a_host_that_asks_for_quiet_gets_it(tmp_path: Path) -> None:
    asked: list[str] = []

    def fetch(url: str, method: str) -> int | str:
        asked.append(url)
        return 429

    urls = [f"https://a.example.org/{n}" for n in range(4)]
    assert set(check_external(urls, tmp_path / "links.json", NOW, fetch, pause=lambda _: None).values()) == {None}
    assert len(asked) == 1


def test_a_machine_without_network_says_so_and_remembers_nothing(tmp_path: Path) -> None:
    def fetch(url: str, method: str) -> int | str:
        return "names a host that does not exist"

    urls = [f"https://{host}.example.org/" for host in "abc"]
    with pytest.raises(UserError, match="none of 3 hosts can be reached"):
        check_external(urls, tmp_path / "links.json", NOW, fetch, pause=lambda _: None)
    assert not (tmp_path / "links.json").exists()
    assert check_external(urls[:1], tmp_path / "links.json", NOW, fetch) == {
        urls[0]: "names a host that does not exist"
    }


def test_links_elsewhere_are_said_with_their_places(site: Site) -> None:
    fields = f"{INCIDENT}\nsource: {{system: retold, url: https://gone.example.org/report}}"
    body = (
        "[a](https://gone.example.org/report?key=s#x) <a href='https://fine.example.org'>b</a> `https://gone.example.org`\n\n"
        "![d](https://gone.example.org/d.png) <!-- allow LN010: it is kept for the record -->\n\n[c](http://localhost/)\n"
    )
    site.write("incidents/a.md", entry(fields, body))
    library = site.library()
    (document,) = library.entries
    assert [url for url, _ in external_urls(document)] == [
        "https://gone.example.org/report", "https://gone.example.org/report?key=s#x", "https://fine.example.org",
        "https://gone.example.org/d.png",
    ]  # fmt: skip

    def fetch(url: str, method: str) -> int | str:
        return 410 if "gone" in url else 200

    found = external_diagnostics(library, NOW, fetch)
    wrong = "LN010 warning gone.example.org/report is gone: mend the link, or lead to a copy in a web archive"
    assert [str(d) for d in found] == [
        f"content/incidents/a.md:5:31: {wrong}",
        f"content/incidents/a.md:8:1: {wrong}",
    ]
    site.write("/mkdocs.yml", CONFIG.replace("[aboveboard]", "[{aboveboard: {rules: {LN010: info}}}]"))
    assert {d.severity for d in external_diagnostics(site.library(), NOW, fetch)} == {"info"}
    site.write("/mkdocs.yml", CONFIG.replace("[aboveboard]", "[{aboveboard: {rules: {LN010: 'off'}}}]"))
    assert external_diagnostics(site.library(), NOW, fetch) == []
