"""What a page shows comes with it: no picture, recording or video is fetched from anybody else's host."""

from __future__ import annotations

import re

import pytest

from aboveboard.checks.reach.leads import is_elsewhere, shows_elsewhere
from aboveboard.checks.run import check_library
from aboveboard.engine.sanitise import sanitise
from tests.conftest import CONFIG, NOW, WEEKNOTE, Site, entry

OURS = "https://example.org/open/"
NOTE = "weeknotes/2026-w47-platform.md"

ELSEWHERE = [
    "https://cdn.example.net/a.png",
    "http://cdn.example.net/a.png",
    "HTTPS://CDN.EXAMPLE.NET/a.png",
    "//cdn.example.net/a.png",
    "///cdn.example.net/a.png",
    "\\\\cdn.example.net\\a.png",
    "/\\cdn.example.net/a.png",
    "\t //cdn.example.net/a.png",
    "/\n/cdn.example.net/a.png",
    "ht\ntps://cdn.example.net/a.png",
    "https:cdn.example.net/a.png",
    "https:/cdn.example.net/a.png",
    "https:\\\\cdn.example.net",
    "https://example.org@cdn.example.net/a.png",
    "https://example.org.cdn.example.net/a.png",
    "https://example.org:8443/a.png",
    "https://cdn.example.net\\@example.org/a.png",
    "ftp://cdn.example.net/a.png",
]
HERE = [
    "a.png",
    "../a/b.png",
    "/a.png",
    "./a//b.png",
    "a.png?from=//cdn.example.net",
    "#https://cdn.example.net",
    "https://example.org/open/a.png",
    "https://EXAMPLE.org/b.png",
    "//example.org/a.png",
    "https-graph.png",
    "",
    "//",
]


@pytest.mark.parametrize("target", ELSEWHERE)
def test_an_address_elsewhere_is_known_however_it_is_written(target: str) -> None:
    assert is_elsewhere(target, OURS)
    assert is_elsewhere(target, None)


@pytest.mark.parametrize("target", HERE)
def test_an_address_of_ours_is_not_elsewhere(target: str) -> None:
    assert not is_elsewhere(target, OURS)


def test_a_site_without_an_address_has_no_host() -> None:
    assert is_elsewhere("https://example.org/a.png", None)
    assert not is_elsewhere("/a.png", None)


@pytest.mark.parametrize(
    ("srcset", "elsewhere"),
    [
        ("a.png", False),
        ("a.png 1x, b.png 2x", False),
        ("a.png 1x, https://cdn.example.net/b.png 2x", True),
        ("a.png,//cdn.example.net/b.png", True),
        ("a.png 1x,\n\t//cdn.example.net/b.png 2x", True),
        ("a.png f(1,x),//cdn.example.net/b.png 2x", True),
        ("https://example.org/a.png 1x, b.png 480w", False),
    ],
)
def test_a_choice_of_pictures_is_looked_through(srcset: str, elsewhere: bool) -> None:
    assert shows_elsewhere("srcset", srcset, OURS) is elsewhere


TAGS = {
    "img": '<img alt="the queue" src="{}">',
    "img srcset": '<img alt="the queue" src="a.png" srcset="{} 2x">',
    "source": '<picture><source srcset="{}"><img alt="the queue" src="a.png"></picture>',
    "audio": '<audio controls src="{}"></audio>',
    "audio source": '<audio controls><source src="{}"></audio>',
    "video": '<video controls src="{}"></video>',
    "poster": '<video controls poster="{}"></video>',
}


@pytest.mark.parametrize("tag", TAGS.values(), ids=TAGS)
@pytest.mark.parametrize(
    "target", ["https://cdn.example.net/a.png", "//cdn.example.net/a.png", "\\\\cdn.example.net/a"]
)
def test_what_lies_elsewhere_is_not_fetched(tag: str, target: str) -> None:
    cleaned = sanitise(tag.format(target), OURS)
    assert "cdn.example.net" not in cleaned
    assert ("the queue" in tag) is ("the queue" in cleaned), "its text stands in its place"


@pytest.mark.parametrize("tag", TAGS.values(), ids=TAGS)
@pytest.mark.parametrize("target", ["b.png", "../c/b.png", "https://example.org/open/b.png"])
def test_what_is_ours_stays(tag: str, target: str) -> None:
    assert target in sanitise(tag.format(target), OURS)


def test_links_lead_elsewhere_as_before() -> None:
    link = '<a href="https://cdn.example.net/a.png">the graph</a>'
    assert sanitise(link, OURS) == link


BODY = """![the queue](https://cdn.example.net/a.png) ![it again][q] ![ours](graph.png)

<p><img src="//cdn.example.net/b.png" alt="raw"> <video poster="https://cdn.example.net/c.png"></video></p>

![named in a list](graph.png){: srcset="https://cdn.example.net/d.png 2x" }

`![code](https://cdn.example.net/e.png)`

[q]: https://cdn.example.net/f.png
"""


def built(site: Site, plugins: str) -> str:
    site.write("/mkdocs.yml", CONFIG.replace("[aboveboard]", plugins) + "markdown_extensions: [attr_list]\n")
    site.write("weeknotes/2026-w47-platform/index.md", entry(WEEKNOTE, BODY))
    site.write("weeknotes/2026-w47-platform/graph.png", "")
    site.write("about.md", BODY.replace("graph.png", "weeknotes/2026-w47-platform/graph.png"))
    site.run("build")
    pages = ("weeknotes/2026-w47-platform/index.html", "about/index.html")
    return "".join(site.read(f"site/{page}") for page in pages)


def fetched(html: str) -> list[str]:
    return re.findall(r'(?:src|srcset|poster)="((?:https?:)?//[^"]*)"', html)


def test_no_page_fetches_anything_from_elsewhere(site: Site) -> None:
    html = built(site, "[aboveboard]")
    assert fetched(html) == []
    for words in ("the queue", "it again", "raw"):
        assert html.count(f"<em>Picture, not shown: {words}</em>") == 2
    assert html.count("<code>![code](https://cdn.example.net/e.png)</code>") == 2


def test_whoever_lets_html_through_lets_pictures_through(site: Site) -> None:
    assert len(fetched(built(site, "[{aboveboard: {raw_html: allow}}]"))) == 10


def found(site: Site, body: str, code: str = "LN007") -> list[tuple[int, str]]:
    site.write(NOTE, entry(WEEKNOTE, body))
    return [(d.position.line, d.message) for d in check_library(site.library(), NOW, select=[code])]


def test_the_check_says_what_is_not_shown(site: Site) -> None:
    said = found(site, BODY)
    assert [line for line, _ in said] == [7, 7, 9, 9]
    assert "lies on cdn.example.net, and it is not shown: copy it here" in said[0][1]


@pytest.mark.parametrize(
    "body",
    [
        "![a](graph.png)",
        "[a graph](https://cdn.example.net/a.png)",
        "`![a](https://cdn.example.net/a.png)`",
        "<!-- ![a](https://cdn.example.net/a.png) -->",
        "![a](http://localhost/a.png)",
        "<a href='https://cdn.example.net/a.png'>a</a>",
    ],
)
def test_the_check_lets_be_what_asks_nobody(site: Site, body: str) -> None:
    assert found(site, f"{body}\n") == []


def test_the_sites_own_address_is_no_other_host(site: Site) -> None:
    body = "![the queue](https://example.org/open/a.png)\n"
    assert len(found(site, body)) == 1
    site.write("/mkdocs.yml", f"{CONFIG}site_url: {OURS}\n")
    assert found(site, body) == []


def test_where_html_is_let_through_frames_count_too(site: Site) -> None:
    frame = "<iframe src='https://cdn.example.net/chart'></iframe>\n"
    assert found(site, frame) == [], "it is cleaned away, and AX007 says so"
    site.write("/mkdocs.yml", CONFIG.replace("[aboveboard]", "[{aboveboard: {raw_html: allow}}]"))
    ((line, message),) = found(site, frame)
    assert (line, "this frame lies on cdn.example.net, and every reader asks that host for it" in message) == (
        7,
        True,
    )


def test_an_ordinary_page_is_looked_at_as_well(site: Site) -> None:
    site.write("about.md", "![the queue](https://cdn.example.net/a.png)\n")
    (said,) = check_library(site.library(), NOW, select=["LN007"])
    assert str(said).startswith("content/about.md:1:1: LN007 warning")
