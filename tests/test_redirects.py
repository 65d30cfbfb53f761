"""Old addresses, withdrawn entries, and what search engines are told."""

from __future__ import annotations

import html
import re
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urljoin
from xml.etree import ElementTree as ET

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config

from aboveboard.checks.run import check_library
from aboveboard.content.public import preview
from aboveboard.content.store import Store
from aboveboard.engine.looked_over import look_over
from aboveboard.engine.prepare import Prepared
from aboveboard.outputs.machines.redirects import redirects
from aboveboard.outputs.page import Asset, Page
from aboveboard.outputs.site import render_site
from tests.conftest import CONFIG, INCIDENT, NOW, WEEKNOTE, Site, entry
from tests.test_feeds import HOME, HOSTILE, in_quotes, public
from tests.test_head import read
from tests.test_public import build_with_mkdocs

OLD = f"{INCIDENT}\naliases: [/2025/checkout/, /posts/checkout.html, /alte-seite-\u00e4/]"
GONE = f"{INCIDENT}\naliases: [/incidents/old-gone/]\nwithdrawn: {{date: 2026-11-21, why: It named a person.}}"


def configure(site: Site, home: str | None = HOME, directory_urls: bool = True) -> None:
    address = f"site_url: {home}\n" if home else ""
    site.write("/mkdocs.yml", CONFIG + address + f"use_directory_urls: {str(directory_urls).lower()}\n")


def files(site: Site) -> dict[str, str]:
    made = render_site(public(site)).items()
    return {path: item.data.decode() for path, item in made if isinstance(item, Asset)}


def leads(site: Site, path: str) -> str:
    """Return the address below the root where the page at an old address sends a reader."""
    stub = read(files(site)[path])
    refresh = stub.metas["refresh"][0].removeprefix("0; url=")
    (link,) = [a["href"] for a in stub.attributes if "href" in a and "rel" not in a]
    assert refresh == link, "who has no refresh has the link"
    return unquote(urljoin(f"https://x/{path}", link).removeprefix("https://x/"))


@pytest.mark.parametrize("home", [HOME, None], ids=["with an address", "without"])
@pytest.mark.parametrize(
    ("directory_urls", "name", "address"),
    [
        (True, "night.md", "incidents/night/"), (True, "night/index.md", "incidents/night/"),
        (False, "night.md", "incidents/night.html"), (False, "night/index.md", "incidents/night/index.html"),
    ],
)  # fmt: skip
def test_an_old_address_leads_on(
    site: Site, home: str | None, directory_urls: bool, name: str, address: str
) -> None:
    configure(site, home, directory_urls)
    site.write(f"incidents/{name}", entry(f"{OLD}\nlang: cy"))
    for path in ("2025/checkout/index.html", "posts/checkout.html", "alte-seite-\u00e4/index.html"):
        assert leads(site, path) == address
        stub = read(files(site)[path])
        assert stub.of("canonical") == ([HOME + address] if home else [stub.metas["refresh"][0][7:]])
        assert stub.metas["robots"] == ["noindex"]
        assert stub.attributes[0] == {"lang": "cy"}
        assert {"html", "title", "h1", "main"} <= set(stub.tags)
    prefix = "/open/" if home else "/"
    assert files(site)["_redirects"].splitlines() == [
        f"{prefix}2025/checkout/ {prefix}{address} 301",
        f"{prefix}posts/checkout.html {prefix}{address} 301",
        f"{prefix}alte-seite-%C3%A4/ {prefix}{address} 301",
    ]


def test_a_site_without_old_addresses_has_no_file_of_them(site: Site) -> None:
    site.write("incidents/a.md", entry(INCIDENT))
    assert "_redirects" not in files(site)


def test_the_built_site_has_them_and_every_link_on_them_leads_somewhere(site: Site) -> None:
    configure(site)
    site.write("incidents/night.md", entry(OLD))
    site.write("incidents/gone/index.md", entry(GONE))
    site.run("build", "--strict")
    built = site.root / "site"
    assert (built / "2025/checkout/index.html").is_file() and (built / "posts/checkout.html").is_file()
    assert "/open/incidents/old-gone/ /open/incidents/gone/ 301\n" in (built / "_redirects").read_text()


TAKEN = [
    "/incidents/",
    "/feed.xml",
    "/weeknotes/2026-w47-platform/",
    "/robots.txt",
    "/_redirects",
    "/Feed.XML/x/",
    "/incidents/pic/g.png",
]


@pytest.mark.parametrize("alias", TAKEN)
def test_an_old_address_never_takes_the_place_of_what_is_there(site: Site, alias: str) -> None:
    """Not even in a preview, which shows entries with errors too."""
    site.write("weeknotes/2026-w47-platform.md", entry(WEEKNOTE))
    site.write("incidents/pic/index.md", entry(INCIDENT))
    site.write("incidents/pic/g.png", "png")
    site.write("incidents/night.md", entry(f"{INCIDENT}\naliases: [{alias}, /old/, /old.html, /old.html/x]"))
    library = site.library()
    made = render_site(preview(library, NOW, check_library(library, NOW)))
    assert "old/index.html" in made and "old.html" in made and "old.html/x/index.html" not in made
    lines = made["_redirects"]
    assert isinstance(lines, Asset)
    assert lines.data.decode().splitlines() == [
        "/weeknotes/latest/ /weeks/2026-w47/ 302",
        "/old/ /incidents/night/ 301",
        "/old.html /incidents/night/ 301",
    ]
    assert isinstance(made["weeknotes/2026-w47-platform.md"], Page)


@pytest.mark.parametrize(
    "alias", ["/about/index.html/x/", "/assets/aboveboard.css/", "/assets/images/favicon.png/"]
)
def test_a_preview_is_built_whatever_stands_where_an_old_address_would(site: Site, alias: str) -> None:
    site.write("about.md", "# About\n")
    site.write("incidents/night.md", entry(f"{INCIDENT}\naliases: [{alias}]"))
    library = site.library()
    made = preview(library, NOW, check_library(library, NOW))
    prepared = Prepared(library, made, [])
    config = load_config(str(site.root / "mkdocs.yml"), site_dir=str(site.root / "out"))
    config.plugins["aboveboard"].prepared = prepared  # type: ignore[attr-defined]
    build(config)
    assert (site.root / "out/about/index.html").is_file() and (site.root / "out/assets/aboveboard.css").is_file()


def said(site: Site) -> list[str]:
    return [str(d).removeprefix("content/") for d in check_library(site.library(), NOW) if d.code == "NA008"]


def test_two_entries_cannot_both_have_had_an_address(site: Site) -> None:
    site.write("incidents/a.md", entry(f"{INCIDENT}\naliases: [/old/, /mine/]"))
    site.write("incidents/b.md", entry(f"{INCIDENT}\naliases:\n  - /theirs/\n  - Old/index.html"))
    assert said(site) == [
        "incidents/a.md:5:11: NA008 error the old address /old is also said by incidents/b.md: keep it in one of them",
        "incidents/b.md:7:5: NA008 error the old address /Old is also said by incidents/a.md: keep it in one of them",
    ]
    assert "old/index.html" not in files(site)


@pytest.mark.parametrize("directory_urls", [True, False])
@pytest.mark.parametrize(
    ("alias", "what"),
    [
        ("/about/", "that of about.md"), ("/guide", "that of guide/README.md"), ("/incidents/night/", "its own"),
        ("/tags/queues/", "that of tags/queues.md"), ("/incidents/pic/g.png", "that of incidents/pic/g.png"),
        ("/incidents/pic/g.png/x", "below the file incidents/pic/g.png"),
        ("/incidents/pic/index.html/x", "below the file incidents/pic/index.md"),
    ],
)  # fmt: skip
def test_an_old_address_that_something_has_is_an_error(
    site: Site, alias: str, what: str, directory_urls: bool
) -> None:
    configure(site, None, directory_urls)
    if not directory_urls and not alias.startswith(("/guide", "/incidents/pic/")):
        alias = alias.rstrip("/") + ".html"
    site.write("about.md", "# About\n")
    site.write("guide/README.md", "# Guide\n")
    site.write("incidents/pic/index.md", entry(f"{INCIDENT}\ntags: [queues]"))
    site.write("incidents/pic/g.png", "png")
    site.write("incidents/night.md", entry(f"{INCIDENT}\naliases: [/free/, {alias}]"))
    (line,) = said(site)
    assert line.startswith("incidents/night.md:5:19: NA008 error") and what in line


def test_the_same_old_address_twice_in_one_entry_leads_to_one_place(site: Site) -> None:
    site.write("incidents/a.md", entry(f"{INCIDENT}\naliases: [/old/, /old, /incidents/a-before/]"))
    assert said(site) == []
    assert files(site)["_redirects"].count("/old/") == 1


@pytest.mark.parametrize("held", ["draft: true", "published: 2026-11-20\ndate: 2026-12-24", "severity: dreadful"])
def test_what_is_held_back_has_no_old_address(site: Site, held: str) -> None:
    fields = OLD.replace("\ndate: 2026-11-20", "") if "date: 2026-12" in held else OLD
    site.write("incidents/night.md", entry(f"{fields}\n{held}"))
    site.write(
        "incidents/gone.md", entry(f"{GONE}\n{held}".replace("date: 2026-11-20\n", "", "date: 2026-12" in held))
    )
    made = render_site(public(site))
    assert not {
        "2025/checkout/index.html",
        "_redirects",
        "incidents/gone.md",
        "incidents/old-gone/index.html",
    } & set(made)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_text_is_text_at_an_old_address_and_on_a_tombstone(site: Site, text: str) -> None:
    quoted = in_quotes(text)
    site.write("incidents/a.md", entry(f"title: {quoted}\ndate: 2026-11-20\naliases: [/old/]"))
    site.write("incidents/b.md", entry(f"{INCIDENT}\nwithdrawn: {{date: 2026-11-21, why: {quoted}}}"))
    built = build_with_mkdocs(site)
    stub = built["old/index.html"].decode()
    head = read(stub)
    assert set(head.tags) == {"html", "head", "meta", "link", "title", "body", "main", "h1", "p", "a"}
    assert not any(name.startswith("on") for attributes in head.attributes for name in attributes)
    stone = built["incidents/b/index.html"].decode()
    assert not re.search(r"<script>alert|<[^>]*\sonmouseover|<b onclick", stone)
    words = re.sub(r"\W+", "", re.sub(r"<[^>]*>|&\w+;|&#\d+;", "", text))
    assert words in re.sub(r"\W+", "", re.sub(r"<[^>]*>|&\w+;|&#\d+;", "", stone)) or "<" in text


MARK = "xyzzy"


def test_a_tombstone_says_that_it_was_withdrawn_and_nothing_of_what_it_said(site: Site) -> None:
    configure(site)
    secret = f"title: {MARK}\ndate: 2026-11-20\nsummary: {MARK}\nteam: {MARK}\nservices: [{MARK}]\ntags: [{MARK}]"
    secret += f"\nlessons: [{MARK}]\nactions: [{{what: {MARK}}}]\naliases: [/incidents/before/]"
    secret += "\nwithdrawn: {date: 2026-11-21, why: It was another team's.}"
    site.write("incidents/2026-11-20-gone/index.md", entry(secret, f"{MARK} ![{MARK}](g.png)\n"))
    site.write("incidents/2026-11-20-gone/g.png", MARK)
    site.write("incidents/2026-11-19-good.md", entry(INCIDENT))
    assert "gone" not in site.run("build").stdout.replace("content/incidents/2026-11-20-gone/index.md:", "")
    built = {
        path.relative_to(site.root / "site").as_posix(): path.read_bytes()
        for path in (site.root / "site").rglob("*")
        if path.is_file()
    }
    assert [path for path, data in built.items() if MARK in path or MARK.encode() in data] == []
    stone = built["incidents/2026-11-20-gone/index.html"].decode()
    words = " ".join(re.sub(r"<[^>]+>", " ", stone).split())
    assert "Withdrawn incident report" in words and "We withdrew it on 21 November 2026" in words
    assert "It was another team's." in html.unescape(words)
    assert read(stone).metas["robots"] == ["noindex"]
    assert "ab-header" in stone, "it has the frame of the site"
    assert leads(site, "incidents/before/index.html") == "incidents/2026-11-20-gone/"
    mentions = {path for path, data in built.items() if b"2026-11-20-gone" in data}
    feeds = {f"{folder}feed.{ending}" for folder in ("", "incidents/") for ending in ("xml", "json")}
    stubs = {"incidents/2026-11-20-gone/index.html", "incidents/before/index.html", "_redirects"}
    assert mentions == stubs | feeds


@pytest.mark.parametrize(
    ("kind", "fields", "sentence"),
    [
        ("weeknotes", WEEKNOTE, "A weeknote stood here."),
        ("experiments", "title: A\ndate: 2026-11-20\nstage: planned", "An experiment report stood here."),
        ("incidents", INCIDENT, "An incident report stood here."),
    ],
)
@pytest.mark.parametrize("directory_urls", [True, False])
@pytest.mark.parametrize("name", ["a.md", "a/index.md"])
def test_a_tombstone_stands_at_the_address_of_its_entry(
    site: Site, kind: str, fields: str, sentence: str, directory_urls: bool, name: str
) -> None:
    configure(site, None, directory_urls)
    site.write(f"{kind}/{name}", entry(fields))
    pages = {path for path in build_with_mkdocs(site) if path.startswith(f"{kind}/a")}
    site.write(f"{kind}/{name}", entry(f"{fields}\nwithdrawn: {{date: 2026-11-21, why: It was wrong.}}"))
    built = build_with_mkdocs(site)
    assert {path for path in built if path.startswith(f"{kind}/a")} == pages
    (page,) = pages
    assert sentence in built[page].decode()


def sitemap(built: dict[str, bytes]) -> dict[str, str | None]:
    """Return the day of the last change by address, as a sitemap has them."""
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    root = ET.fromstring(built["sitemap.xml"])
    assert root.tag == f"{space}urlset"
    return {node.findtext(f"{space}loc") or "": node.findtext(f"{space}lastmod") for node in root}


def test_the_sitemap_has_true_days_of_change_and_no_others(site: Site) -> None:
    configure(site)
    site.write("incidents/a.md", entry(INCIDENT))
    site.write("incidents/b.md", entry(f"{INCIDENT}\ncorrections: [{{date: 2026-11-22, text: No.}}]"))
    site.write(
        "incidents/c.md",
        entry(
            f"{INCIDENT}\nupdated: 2026-11-23T00:30+01:00\ntimezone: Europe/Berlin".replace("timezone: UTC\n", "")
        ),
    )
    site.write("incidents/gone.md", entry(GONE))
    site.write("incidents/draft.md", entry(f"{OLD}\ndraft: true"))
    site.write("about.md", "# About us & you\n")
    site.write("secret.md", "---\nrobots: noindex, nofollow\n---\n\n# Found by link\n")
    found = sitemap(build_with_mkdocs(site))
    assert {url.removeprefix(HOME): day for url, day in found.items() if day} == {
        "incidents/a/": "2026-11-20", "incidents/b/": "2026-11-22", "incidents/c/": "2026-11-23",
    }  # fmt: skip
    assert {HOME, f"{HOME}about/", f"{HOME}incidents/", f"{HOME}feeds/"} <= found.keys()
    assert not [url for url in found if "gone" in url or "secret" in url or "draft" in url or "checkout" in url]
    assert all(date.fromisoformat(day) for day in found.values() if day)


def test_addresses_in_the_sitemap_are_escaped(site: Site) -> None:
    configure(site, "https://example.org/a&b/")
    site.write("incidents/a.md", entry(f"{INCIDENT}\ntags: [\u9031\u5831]"))
    found = sitemap(build_with_mkdocs(site))
    assert "https://example.org/a&b/incidents/a/" in found
    assert "https://example.org/a&b/tags/%E9%80%B1%E5%A0%B1/" in found


def test_without_an_address_there_is_nothing_to_list(site: Site) -> None:
    site.write("incidents/a.md", entry(INCIDENT))
    built = build_with_mkdocs(site)
    assert sitemap(built) == {}
    assert built["robots.txt"].decode() == "User-agent: *\nAllow: /\n"


def test_search_engines_are_welcome(site: Site) -> None:
    configure(site)
    site.write("incidents/a.md", entry(INCIDENT))
    assert files(site)["robots.txt"] == f"User-agent: *\nAllow: /\n\nSitemap: {HOME}sitemap.xml\n"
    site.write("robots.txt", "User-agent: *\nDisallow: /\n")
    assert build_with_mkdocs(site)["robots.txt"] == b"User-agent: *\nDisallow: /\n", "an authored one wins"


def test_redirects_are_told_what_else_is_made(site: Site) -> None:
    site.write("incidents/a.md", entry(f"{INCIDENT}\naliases: [/old/]"))
    library = public(site)
    assert [path for draft in redirects(library, ["old.txt"]) for path in draft.paths] == [
        "old/index.html",
        "_redirects",
    ]
    assert list(redirects(library, ["old.md"])) == []


def moved(site: Site, redirects: str, home: str | None = HOME, directory_urls: bool = True) -> None:
    """Write a configuration that says where old addresses lead, one a line."""
    configure(site, home, directory_urls)
    lines = "".join(f"        {line}\n" for line in redirects.splitlines())
    config = site.read("mkdocs.yml").replace("plugins: [aboveboard]\n", "")
    site.write("/mkdocs.yml", f"{config}plugins:\n  - aboveboard:\n      redirects:\n{lines}")


def found(site: Site) -> list[str]:
    return [str(d) for d in check_library(site.library(), NOW) if d.path == "mkdocs.yml"]


TAGGED = f"{INCIDENT}\ntags: [queues]\naliases: [/incidents/older/]"
OLD_FORMS = [
    "/tags/queue/",
    "tags/queue",
    "tags/queue/",
    "/tags/queue/index.html",
    "tags/queue.md",
    "tags/queue/index.md",
]
NEW_FORMS = ["/tags/queues/", "tags/queues", "tags/queues/", "/tags/queues/index.html", "tags/queues.md"]


@pytest.mark.parametrize("home", [HOME, None], ids=["with an address", "without"])
@pytest.mark.parametrize(
    ("old", "new"), [*((old, NEW_FORMS[0]) for old in OLD_FORMS), *((OLD_FORMS[0], new) for new in NEW_FORMS)]
)
def test_a_redirect_can_be_written_as_people_write_it(site: Site, old: str, new: str, home: str | None) -> None:
    moved(site, f"{old}: {new}", home)
    site.write("incidents/night.md", entry(TAGGED))
    assert found(site) == []
    assert leads(site, "tags/queue/index.html") == "tags/queues/"
    prefix = "/open/" if home else "/"
    assert f"{prefix}tags/queue/ {prefix}tags/queues/ 301" in files(site)["_redirects"].splitlines()
    stub = read(files(site)["tags/queue/index.html"])
    assert stub.of("canonical") == ([f"{home}tags/queues/"] if home else ["../queues/"])
    assert stub.metas["robots"] == ["noindex"]


@pytest.mark.parametrize(("old", "new"), [
    ("tags/queue.md", "tags/queues.md"), ("/tags/queue.html", "/tags/queues.html"), ("/tags/queue.html", "tags/queues"),
])  # fmt: skip
def test_a_redirect_on_a_site_without_directory_addresses(site: Site, old: str, new: str) -> None:
    moved(site, f"{old}: {new}", HOME, directory_urls=False)
    site.write("incidents/night.md", entry(TAGGED))
    assert found(site) == []
    assert leads(site, "tags/queue.html") == "tags/queues.html"
    assert "/open/tags/queue.html /open/tags/queues.html 301" in files(site)["_redirects"].splitlines()


LEADS = {
    "an entry, with its title": ("/x/: incidents/night.md", "incidents/night/", "Checkout timeouts"),
    "an entry's old address": ("/x/: /incidents/older/", "incidents/night/", "Checkout timeouts"),
    "an anchor": ("/x/: /incidents/night/#what-happened", "incidents/night/#what-happened", "Checkout timeouts"),
    "a file": ("/x/: /incidents/feed.xml", "incidents/feed.xml", "Its new address"),
    "the home page": ("/x/: /", "", "Its new address"),
    "an ordinary page": ("/x/: about.md", "about/", "Its new address"),
    "another old address": ("/x/: /y/\n/y/: z.md\n/z/: /tags/queues/", "tags/queues/", "Its new address"),
}


@pytest.mark.parametrize(("redirects_", "to", "words"), LEADS.values(), ids=LEADS)
def test_a_redirect_leads_to(site: Site, redirects_: str, to: str, words: str) -> None:
    moved(site, redirects_)
    site.write("about.md", "# About\n")
    site.write("incidents/night.md", entry(TAGGED, "## What happened\n\nText.\n"))
    assert found(site) == []
    assert leads(site, "x/index.html") == to
    assert f"/open/x/ /open/{to} 301" in files(site)["_redirects"].splitlines()
    assert f">{words}</a>" in files(site)["x/index.html"]
    site.run("build", "--strict")


def test_a_redirect_may_lead_to_another_site(site: Site) -> None:
    moved(site, "/tags/queue/: https://queues.example.org/")
    site.write("incidents/night.md", entry(TAGGED))
    assert found(site) == []
    stub = files(site)["tags/queue/index.html"]
    assert 'content="0; url=https://queues.example.org/"' in stub and 'href="https://queues.example.org/"' in stub
    assert "/open/tags/queue/ https://queues.example.org/ 301" in files(site)["_redirects"].splitlines()
    site.run("build", "--strict")
    assert looked_over(site) == [], "what the organisation says itself is no request that nobody asked for"
    page = site.root / "site/tags/queues/index.html"
    page.write_text('<meta http-equiv="refresh" content="0; url=https://queues.example.org/">')
    assert len(looked_over(site)) == 1, "said of one address, and of no other"


def test_a_feed_is_led_on_by_the_host_alone(site: Site) -> None:
    """A page in its place would be no feed, and a reader that found one would forget it."""
    moved(
        site, "/services/basket/feed.xml: /services/checkout/feed.xml\n/old.php: about.md\n/caf%C3%A9/: about.md"
    )
    site.write("about.md", "# About\n")
    site.write("incidents/night.md", entry(f"{INCIDENT}\nservices: [checkout]"))
    assert found(site) == []
    assert files(site)["_redirects"].splitlines() == [
        "/open/services/basket/feed.xml /open/services/checkout/feed.xml 301",
        "/open/old.php/ /open/about/ 301",
        "/open/caf%C3%A9/ /open/about/ 301",
    ]
    assert not [path for path in files(site) if path.startswith("services/basket")]
    assert leads(site, "old.php/index.html") == leads(site, "caf\u00e9/index.html") == "about/"
    site.run("build", "--strict")
    assert looked_over(site) == []


def looked_over(site: Site) -> list[str]:
    return look_over(site.root / "site", site.library(), public(site), Store.open(site.root))


WRONG = {
    "of a made page": ("/incidents/: /x/", "9", "/incidents/ is that of incidents/index.md: take it out, or give that another name"),
    "of an ordinary page": ("about.md: /actions/", "9", "about.md is that of about.md: take it out, or give that another name"),
    "of an entry": ("/incidents/night: /actions/", "9", "/incidents/night is that of incidents/night.md: take it out, or give that another name"),
    "of what will open": ("/incidents/later/: /actions/", "9", "/incidents/later/ is that of incidents/later.md: take it out, or give that another name"),
    "of what was withdrawn": ("/incidents/gone/: /actions/", "9", "/incidents/gone/ is that of incidents/gone.md: take it out, or give that another name"),
    "of the home page": ("index.md: /actions/", "9", "index.md is that of index.md: take it out, or give that another name"),
    "of an old address": ("/incidents/older/: /actions/", "9", "/incidents/older/ is also an old address of incidents/night.md: keep it in one of them"),
    "below a file": ("/robots.txt/x/: /actions/", "9", "/robots.txt/x/ lies below the file robots.txt: take it out"),
    "twice": ("/x/: /actions/\nx.md: /closed/", "10", "x.md is said twice, here and as /x/: keep one of them"),
    "twice, the very same": ("/x/: /actions/\n/x/: /closed/", "10", "/x/ is said twice, here and as /x/: keep one of them"),
    "to nothing": ("/x/: /tags/queus/", "9", "/x/ leads to /tags/queus/, where nothing is: did you mean /tags/queues/?"),
    "to nothing like it": ("/x/: /qqqqqqqq/", "9", "/x/ leads to /qqqqqqqq/, where nothing is: write where that is now"),
    "to a draft": ("/x/: /incidents/draft/", "9", "/x/ leads to incidents/draft.md, which the public does not see (draft): lead it elsewhere"),
    "to itself": ("/x/: x.md", "9", "/x/ leads back to itself in the end: write where that is now"),
    "nowhere": ("/x/:", "9", "/x/ leads to nothing: write where that is now, or take it out"),
}  # fmt: skip


@pytest.mark.parametrize(("redirects_", "line", "said_"), WRONG.values(), ids=WRONG)
def test_a_redirect_that_cannot_be_is_an_error_at_its_line(
    site: Site, redirects_: str, line: str, said_: str
) -> None:
    moved(site, redirects_)
    site.write("about.md", "# About\n")
    site.write("incidents/night.md", entry(TAGGED))
    site.write("incidents/later.md", entry(INCIDENT.replace("2026-11-20", "2026-12-24")))
    site.write("incidents/gone.md", entry(GONE))
    site.write("incidents/draft.md", entry(f"{INCIDENT}\ndraft: true"))
    assert f"mkdocs.yml:{line}:9: NA009 error `redirects`: {said_}" in found(site)
    result = site.run("build", exit_code=1)
    assert "NA009" in result.stderr and not (site.root / "site").exists()


def test_redirects_in_a_circle_are_each_said(site: Site) -> None:
    moved(site, "/a/: /b/\n/b/: /c/\n/c/: /a/")
    assert [line.partition(": NA009")[0] for line in found(site)] == [f"mkdocs.yml:{n}:9" for n in (9, 10, 11)]
    assert "_redirects" not in files(site)


@pytest.mark.parametrize(
    ("redirects_", "said_"),
    [
        ("/a b/: /actions/", "'/a b/' is not an address on this site"),
        ("https://example.org/a/: /actions/", "'https://example.org/a/' is not an address on this site"),
        ("../a: /actions/", "'../a' is not an address on this site"),
        ("/a/: javascript:alert(1)", "'javascript:alert(1)' is no place to lead to"),
        ("/a/: //elsewhere.example.org/", "'//elsewhere.example.org/' is no place to lead to"),
        ("/a/: ../../etc/", "'../../etc/' is no place to lead to"),
        ("/a/: 'https://example.org/\"><script>'", "is not an address: it begins with https://"),
        ("/a/: [b, c]", "this should be an address, not a list"),
    ],
)
def test_what_is_no_address_is_said_at_its_line(site: Site, redirects_: str, said_: str) -> None:
    moved(site, redirects_)
    (line,) = found(site)
    assert line.startswith("mkdocs.yml:9:") and "FD002 error" in line and said_ in line


def test_what_became_a_draft_again_can_be_led_on(site: Site) -> None:
    """Its address is free while it is a draft, and its own again once it is public."""
    moved(site, "/incidents/night/: /incidents/")
    site.write("incidents/night.md", entry(f"{INCIDENT}\ndraft: true"))
    assert found(site) == []
    site.run("build", "--strict")
    assert leads(site, "incidents/night/index.html") == "incidents/" and looked_over(site) == []
    site.write("incidents/night.md", entry(INCIDENT))
    assert "NA009" in site.run("build", exit_code=1).stderr


def test_what_was_closed_can_lead_to_what_the_register_says_of_it(site: Site) -> None:
    register = (
        "- {ref: c-1, kind: incident, reason: commercial, decided_by: head of delivery, decided: 2026-11-01,\n"
        "   review_by: 2027-01-01, public: A report is held back}\n"
    )
    moved(site, "/incidents/2026-11-20-night/: /closed/#c-1")
    site.write("registers/closed.yml", register)
    assert found(site) == []
    site.run("build", "--strict")
    assert leads(site, "incidents/2026-11-20-night/index.html") == "closed/#c-1"
    assert (
        '<h1 lang="en">What stood here is closed for now</h1>'
        in files(site)["incidents/2026-11-20-night/index.html"]
    )
    assert looked_over(site) == []
    site.write("registers/closed.yml", "[]\n")
    site.run("build")
    assert "nothing on closed/index.html has the id 'c-1'" in looked_over(site)[0]


def test_a_link_to_an_old_address_is_none_to_nothing(site: Site) -> None:
    moved(site, "/tags/queue/: /tags/queues/")
    site.write("incidents/night.md", entry(TAGGED, '<a href="../../tags/queue/">Queues</a>\n'))
    assert [str(d) for d in check_library(site.library(), NOW) if d.code.startswith("LN")] == []


def test_a_changed_redirect_is_a_changed_site(site: Site) -> None:
    """Built beside a release that had others, and from what the checks remember of an earlier line."""
    site.write("incidents/night.md", entry(TAGGED))
    seen = []
    for redirects_ in ("/x/: /actions/", "/x/: /closed/", "/y/: /closed/", "/y/: /closed/\n/x/: /closed/"):
        moved(site, redirects_)
        site.run("build", "--strict")
        root = site.root / "site"
        seen.append((read_or_nothing(root / "_redirects"), read_or_nothing(root / "x/index.html")))
    assert len(set(seen)) == 4
    assert "closed/" in seen[1][1] and seen[2][1] == "" and "closed/" in seen[3][1]
    moved(site, "# a line above\n/x/: /none/")
    assert "mkdocs.yml:10:9: NA009" in site.run("build", exit_code=1).stderr
    moved(site, "/x/: /none/")
    assert "mkdocs.yml:9:9: NA009" in site.run("check", exit_code=1).stdout


def read_or_nothing(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def test_redirects_work_with_mkdocs_alone(site: Site) -> None:
    moved(site, "tags/queue.md: tags/queues.md")
    site.write("incidents/night.md", entry(TAGGED))
    assert b"../queues/" in build_with_mkdocs(site)["tags/queue/index.html"]
