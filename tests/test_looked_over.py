"""A finished site, looked over: each fault is planted into the folder, as if anything at all had made it."""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.checks.run import broken_paths, check_library
from aboveboard.content.public import publish
from aboveboard.content.store import Store
from aboveboard.engine.looked_over import look_over
from aboveboard.engine.looking import memory
from aboveboard.engine.looking.facts import Said
from aboveboard.engine.looking.ground import Ground
from aboveboard.engine.looking.reading import read_said
from aboveboard.engine.looking.styles import fetched_by
from tests.conftest import CONFIG, INCIDENT, NOW, REPOSITORY, WEEKNOTE, Site, entry
from tests.showcase import fill
from tests.tokens import Maker

HOME = "https://example.org/open/"
AWAY = "https://elsewhere.example.net"
CONTENT = {
    "/mkdocs.yml": f"{CONFIG}site_url: {HOME}\n",
    "about.md": "# About\n\n## Who we are\n\n[Checkout](incidents/2026-11-20-checkout.md)\n",
    "soon.md": "---\ndraft: true\n---\n\n# Soon\n",
    "weeknotes/2026-w47-platform.md": entry(WEEKNOTE, "Good news.\n"),
    "incidents/2026-11-20-checkout.md": entry(f"{INCIDENT}\nlessons: [We learned]\naliases: [/old/checkout/]"),
    "incidents/2026-11-21-draft/index.md": entry(f"{INCIDENT}\ndraft: true", "![A](graph.png)\n"),
    "incidents/2026-11-21-draft/graph.png": "png",
    "incidents/2026-12-24-scheduled.md": entry(INCIDENT.replace("2026-11-20", "2026-12-24")),
    "incidents/2026-11-22-broken.md": entry(f"{INCIDENT}\nseverity: dreadful"),
    "incidents/2026-11-22-torn.md": "---\ntitle: [\n---\n",
    "incidents/2026-11-18-gone/index.md": entry(
        f"{INCIDENT}\nwithdrawn: {{date: 2026-11-21, why: It named a person.}}", "![A](graph.png)\n"
    ),
    "incidents/2026-11-18-gone/graph.png": "png",
    "experiments/night.md": entry("title: A\ndate: 2026-11-20\nstage: planned\ndraft: true\naliases: [/old/night/]"),
}  # fmt: skip


@dataclass(frozen=True)
class Finished:
    """A site that was built, in a folder of its own, with what it was made of."""

    site: Site
    folder: Path

    def plant(self, path: str, text: str | bytes) -> None:
        """Write into a file of the finished site; what begins with + goes behind what is there."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        data = text if isinstance(text, bytes) else text.encode()
        if data.startswith(b"+"):
            data = target.read_bytes() + data[1:]
        target.write_bytes(data)

    def wrong(self, store: Store | None = None) -> list[str]:
        library = self.site.library()
        public = publish(library, NOW, broken_paths(check_library(library, NOW)))
        return look_over(self.folder, library, public, store or Store.open(self.site.root))


def build(site: Site) -> Path:
    """Build what is public of a project, also where something else is broken."""
    from tests.test_published import plain_mkdocs

    plain_mkdocs(site)
    return site.root / "site"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Site:
    made = Site(tmp_path_factory.mktemp("looked") / "try")
    for path, text in CONTENT.items():
        made.write(path, text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ABOVEBOARD_NOW", "2026-11-23T09:00Z")
        build(made)
    return made


@pytest.fixture
def finished(built: Site, tmp_path: Path) -> Finished:
    folder = tmp_path / "finished"
    shutil.copytree(built.root / "site", folder)
    return Finished(built, folder)


def test_nothing_is_wrong_with_what_we_build(finished: Finished) -> None:
    assert finished.wrong() == []


ENTRY = "incidents/2026-11-20-checkout/index.html"
SAID_OF_ENTRY = "incidents/2026-11-20-checkout/index.html (content/incidents/2026-11-20-checkout.md): "
MEND = "which is not there: mend the link, or say in `redirects:` where that is now"

LINKS = {
    "to a page": (ENTRY, '+<a href="../nowhere/">x</a>', f"{SAID_OF_ENTRY}links to ../nowhere/, {MEND}"),
    "of an ordinary page": ("about/index.html", "+<a href=x.html>x</a>", "about/index.html (content/about.md): links to x.html, " + MEND),
    "to a folder without a page": (ENTRY, '+<a href="../../assets/">x</a>', f"{SAID_OF_ENTRY}links to ../../assets/, {MEND}"),
    "to a picture": (ENTRY, '+<img src="graph.png" alt="">', f"{SAID_OF_ENTRY}links to graph.png, {MEND}"),
    "of a set of pictures": (ENTRY, '+<img srcset="/open/feed.xml 1x, b,c.png 2x" alt="">', f"{SAID_OF_ENTRY}links to b,c.png, {MEND}"),
    "from the root": (ENTRY, '+<a href="/open/none/">x</a>', f"{SAID_OF_ENTRY}links to /open/none/, {MEND}"),
    "with the folder forgotten": (ENTRY, '+<a href="/about/">x</a>', f"{SAID_OF_ENTRY}links to /about/, {MEND}"),
    "with our own address": (ENTRY, f'+<a href="{HOME}none/">x</a>', f"{SAID_OF_ENTRY}links to {HOME}none/, {MEND}"),
    "counted from a base": (ENTRY, '+<base href="../../about/"><a href="x/">x</a>', f"{SAID_OF_ENTRY}links to ../../about/x/, {MEND}"),
    "of the page for missing pages": ("404.html", '+<a href="/open/none/">x</a>', f"404.html: links to /open/none/, {MEND}"),
    "in the head": (ENTRY, f'+<meta property="og:image" content="{HOME}card.png">', f"{SAID_OF_ENTRY}links to {HOME}card.png, {MEND}"),
    "in structured data": (ENTRY, f'+<script type="application/ld+json">{{"url": "{HOME}none/"}}</script>', f"{SAID_OF_ENTRY}links to {HOME}none/, {MEND}"),
    "of a style": ("assets/x.css", "a { background: url(none.png) }", f"assets/x.css: links to none.png, {MEND}"),
    "to an anchor": ("about/index.html", '+<a href="#who-we-were">x</a>', "about/index.html (content/about.md): links to #who-we-were, and nothing on this page has the id 'who-we-were': mend the link"),
    "to an anchor elsewhere": (ENTRY, '+<a href="../../about/#nobody">x</a>', f"{SAID_OF_ENTRY}links to ../../about/#nobody, and nothing on about/index.html has the id 'nobody': mend the link"),
    "of a stub": ("old/checkout/index.html", '<meta http-equiv="refresh" content="0; url=../x/">', f"old/checkout/index.html: links to ../x/, {MEND}"),
    "of _redirects": ("_redirects", "+/open/a/ /open/none/ 301\n", f"_redirects: links to /open/none/, {MEND}"),
    "of a site map": ("sitemap.xml", f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>{HOME}none/</loc></url></urlset>', f"sitemap.xml: links to {HOME}none/, {MEND}"),
    "of a packed site map": ("sitemap.xml.gz", gzip.compress(f"<urlset><url><loc>{HOME}none/</loc></url></urlset>".encode()), f"sitemap.xml.gz: links to {HOME}none/, {MEND}"),
    "of a feed's item": ("x.xml", f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="{HOME}none/"/></entry></feed>', f"x.xml: links to {HOME}none/, {MEND}"),
    "in a feed's text": ("x.xml", '<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="html" xml:base="about/">&lt;a href="../none/">x&lt;/a></content></entry></feed>', f"x.xml: links to about/../none/, {MEND}"),
    "of a JSON feed's item": ("x.json", json.dumps({"items": [{"url": f"{HOME}none/"}]}), f"x.json: links to {HOME}none/, {MEND}"),
    "in a JSON feed's text": ("x.json", json.dumps({"items": [{"url": "about/", "content_html": '<a href="#none">x</a>'}]}), "x.json: links to about/#none, and nothing on about/index.html has the id 'none': mend the link"),
    "of open data": ("x.csv", f"id,url\n1,{HOME}none/\n", f"x.csv: links to {HOME}none/, {MEND}"),
    "of a calendar": ("x.ics", f"BEGIN:VEVENT\r\nURL:{HOME}no\r\n ne/\r\nEND:VEVENT\r\n", f"x.ics: links to {HOME}none/, {MEND}"),
    "of robots.txt": ("robots.txt", f"Sitemap: {HOME}none.xml\n", f"robots.txt: links to {HOME}none.xml, {MEND}"),
    "of the search index": ("pagefind/fragment/x.pf_fragment", gzip.compress(b'pagefind_dcd{"url":"/none/","content":"x"}'), f"pagefind/fragment/x.pf_fragment: links to ../../none/, {MEND}"),
}  # fmt: skip


@pytest.mark.parametrize(("path", "text", "said"), LINKS.values(), ids=LINKS)
def test_a_link_that_leads_nowhere_is_said(finished: Finished, path: str, text: str | bytes, said: str) -> None:
    finished.plant(path, text)
    assert finished.wrong() == [said]


FINE = {
    "mail and telephone": '<a href="mailto:team@example.org">x</a> <a href="tel:+441632960000">x</a>',
    "another site": f'<a href="{AWAY}/x/" rel="nofollow">x</a> <a href="//elsewhere.example.net/">x</a>',
    "another site on our host": '<a href="/other/">x</a> <a href="https://example.org/about/">x</a>',
    "the top of a page": '<a href="#">x</a> <a href="#top">x</a> <a href="../../about/#:~:text=Good">x</a>',
    "an anchor with its letters coded": '<p id="wörter"><a href="#w%C3%B6rter">x</a>',
    "an old name of an anchor": '<a name="here"></a><a href="#here">x</a>',
    "a question to a page": '<a href="../../search/?q=checkout">x</a> <a href="?page=2">x</a>',
    "a folder without its slash": '<a href="../../about">x</a>',
    "the file of a page": '<a href="../../about/index.html#who-we-are">x</a>',
    "a picture in the address": '<img src="data:image/png;base64,iVBORw0KGgo=" alt="">',
    "a part of a drawing": '<svg><defs><g id="g"/></defs><use href="#g"/><path fill="url(#g)"/></svg>',
    "a link that only machines read": f'<link rel="license" href="{AWAY}/by/4.0/"><link rel="me" href="{AWAY}/">',
    "our own address": f'<link rel="icon" href="{HOME}assets/icon.svg"><img src="//example.org/open/assets/icon.svg">',
    "a name space": f"<style>@namespace svg url({AWAY}/svg); a {{ content: '{AWAY}' }}</style>",
    "an address in a text": f"<code>&lt;img src='{AWAY}/x.png'&gt; ../nowhere/</code>",
    "a form that somebody sends": f'<form action="{AWAY}/reply"></form>',
}


@pytest.mark.parametrize("html", FINE.values(), ids=FINE)
def test_what_leads_somewhere_is_fine(finished: Finished, html: str) -> None:
    finished.plant(ENTRY, f"+{html}")
    assert finished.wrong() == []


def test_a_dead_link_on_every_page_is_one_line(finished: Finished) -> None:
    for path in sorted(finished.folder.rglob("index.html")):
        finished.plant(path.relative_to(finished.folder).as_posix(), '+<a href="/open/none/">x</a>')
    (line,) = finished.wrong()
    assert line.startswith(
        f"about/index.html (content/about.md): links to /open/none/, {MEND} (also in accessib"
    ) or (line.startswith(f"about/index.html (content/about.md): links to /open/none/, {MEND} (also in actions/"))
    assert line.endswith(" more)")


def test_a_page_that_is_missing_is_said(finished: Finished) -> None:
    (finished.folder / ENTRY).unlink()
    assert "the page of incidents/2026-11-20-checkout.md is missing: build the site again" in finished.wrong()


WHY = {
    "incidents/2026-11-21-draft/": "content/incidents/2026-11-21-draft/index.md, which is not public (draft)",
    "incidents/2026-12-24-scheduled/": "content/incidents/2026-12-24-scheduled.md, which is not public (scheduled for 2026-12-24)",
    "incidents/2026-11-22-broken/": "content/incidents/2026-11-22-broken.md, which is not public (has errors)",
    "incidents/2026-11-22-torn/": "content/incidents/2026-11-22-torn.md, which is not public (has errors)",
    "experiments/night/": "content/experiments/night.md, which is not public (draft)",
    "old/night/": "content/experiments/night.md, which is not public (draft)",
    "soon/": "content/soon.md, which is not public (draft)",
}


@pytest.mark.parametrize("address", WHY)
def test_nothing_stands_at_the_address_of_what_is_held_back(finished: Finished, address: str) -> None:
    finished.plant(f"{address}index.html", "<title>Too soon</title>")
    said = f"is of {WHY[address]}: build the site again"
    assert [line.partition(": ")[2] for line in finished.wrong()] == [said]


@pytest.mark.parametrize("path", ["incidents/2026-11-21-draft/graph.png", "incidents/2026-11-18-gone/graph.png"])
def test_no_attachment_of_what_is_held_back_is_there(finished: Finished, path: str) -> None:
    finished.plant(path, b"\x89PNG\r\n\x1a\n\0")
    said = f"{path}: is of content/{path}, which is not public (it lies with nothing public): build the site again"
    assert finished.wrong() == [said]


@pytest.mark.parametrize("address", WHY)
def test_no_page_links_to_what_is_held_back(finished: Finished, address: str) -> None:
    finished.plant("about/index.html", f'+<a href="../{address}">soon</a>')
    (line,) = finished.wrong()
    assert line.startswith("about/index.html (content/about.md): ") and f" {WHY[address]}: take the " in line


TOLD: dict[str, Callable[[str, str], tuple[str, str | bytes]]] = {
    "a page": lambda kind, slug: ("about/index.html", f"+<p>We wrote {kind}/{slug}.md</p>"),
    "an attribute": lambda kind, slug: ("about/index.html", f'+<p data-from="/open/{kind}/{slug}/">x</p>'),
    "a feed": lambda kind, slug: ("x.xml", f"<feed><id>tag:example.org:{kind}/{slug}</id></feed>"),
    "data": lambda kind, slug: ("x.json", json.dumps({"related": [slug]})),
    "a table": lambda kind, slug: ("x.csv", f"id,title\n{slug},x\n"),
    "the search index": lambda kind, slug: (
        "pagefind/fragment/x.pf_fragment", gzip.compress(f'pagefind_dcd{{"content":"see {kind}/{slug}"}}'.encode()),
    ),
    "an anchor": lambda kind, slug: ("about/index.html", f'+<p id="{slug}--l1">x</p>'),
    "a stub": lambda kind, slug: ("x/index.html", f'<a href="../{kind}/{slug}/">x</a>'),
}  # fmt: skip


@pytest.mark.parametrize("where", TOLD)
@pytest.mark.parametrize(
    "slug", ["2026-11-21-draft", "2026-12-24-scheduled", "2026-11-22-broken", "2026-11-22-torn"]
)
def test_nothing_names_what_is_held_back(finished: Finished, where: str, slug: str) -> None:
    path, text = TOLD[where]("incidents", slug)
    finished.plant(path, text)
    (line,) = finished.wrong()
    assert line.startswith(path) and WHY[f"incidents/{slug}/"] in line


def test_what_was_withdrawn_may_be_named(finished: Finished) -> None:
    finished.plant("about/index.html", '+<a href="../incidents/2026-11-18-gone/">withdrawn</a>')
    finished.plant("x.json", json.dumps({"id": "2026-11-18-gone"}))
    assert finished.wrong() == []


def test_what_only_looks_like_a_name_is_none(finished: Finished) -> None:
    """A word in a sentence, a longer name, an example in a schema."""
    finished.plant("about/index.html", "+<p>At night; 2026-11-21-draft; incidents/2026-11-21-drafts</p>")
    finished.plant("x.json", json.dumps({"examples": ["2026-11-21-draft"], "when": "night"}))
    assert finished.wrong() == []


maker = Maker(7)
TOKEN, PASSWORD = "gh" + "p_" + maker.some(36), maker.some(12) + "7aZ"
LEAKS = {
    "a text": (ENTRY, f"+<p>We used {TOKEN} then.</p>", TOKEN),
    "a text in pieces": (ENTRY, f"+<p><b>{TOKEN[:9]}</b>{TOKEN[9:]}</p>", TOKEN),
    "a piece of code": (ENTRY, f"+<pre><span>password</span><span>=</span><span>{PASSWORD}</span></pre>", PASSWORD),
    "a comment": (ENTRY, f"+<!-- {TOKEN} -->", TOKEN),
    "an address": (ENTRY, f'+<a href="{AWAY}/?key={TOKEN}">x</a>', TOKEN),
    "an attribute": (ENTRY, f'+<p data-api-key="{PASSWORD}">x</p>', PASSWORD),
    "a script": (ENTRY, f"+<script>const api_key = '{PASSWORD}'</script>", PASSWORD),
    "a file of a script": ("assets/x.js", f"const token = '{TOKEN}'", TOKEN),
    "a stylesheet": ("assets/x.css", f"/* {TOKEN} */", TOKEN),
    "a feed": ("x.xml", f"<feed><entry><summary>{TOKEN}</summary></entry></feed>", TOKEN),
    "a feed's HTML": ("x.xml", f'<feed><entry><content type="html">&lt;b>{TOKEN}&lt;/b></content></entry></feed>', TOKEN),
    "data": ("x.json", json.dumps({"password": PASSWORD}), PASSWORD),
    "a table": ("x.csv", f"name,value\na,{TOKEN}\n", TOKEN),
    "a plain file": ("x.txt", f"DB_PASSWORD={PASSWORD}\n", PASSWORD),
    "a private key": ("x.txt", maker.pem("RSA"), ""),
    "the search index": ("pagefind/fragment/x.pf_fragment", gzip.compress(f'pagefind_dcd{{"content":"{TOKEN}"}}'.encode()), TOKEN),
}  # fmt: skip


@pytest.mark.parametrize(("path", "text", "value"), LEAKS.values(), ids=LEAKS)
def test_a_secret_is_said_and_not_shown(finished: Finished, path: str, text: str | bytes, value: str) -> None:
    finished.plant(path, text)
    (line,) = finished.wrong()
    assert line.startswith(path) and " this looks like a" in line and "revoke it" in line
    assert not value or (value not in line and value[5:] not in line)


def test_what_is_long_and_random_in_public_is_no_secret(finished: Finished) -> None:
    digest = maker.some(64, "0123456789abcdef")
    finished.plant(ENTRY, f'+<p>sha256:{digest} <script integrity="sha384-{maker.some(64)}"></script></p>')
    finished.plant("x.json", json.dumps({"token": "<token>", "etag": digest}))
    assert finished.wrong() == []


@pytest.mark.parametrize("where", ["entry", "page", "front matter", "setting", "configuration"])
def test_what_its_writer_lets_stand_is_no_error(site: Site, where: str) -> None:
    """Said with its reason where it is written; the same somewhere else is as public as that."""
    text = f"Write `{TOKEN}` there."
    site.write("/mkdocs.yml", CONTENT["/mkdocs.yml"])
    site.write("about.md", "# About\n")
    fields, waiver = INCIDENT, "<!-- allow LK002: made up for the manual -->"
    if where == "entry":
        site.write("incidents/2026-11-20-a.md", entry(fields, f"{text} {waiver}\n"))
    elif where == "page":
        site.write("about.md", f"# About\n\n{text} {waiver}\n")
    elif where == "front matter":
        told = f"summary: Write {TOKEN} there.  # allow LK002: made up for the manual"
        site.write("incidents/2026-11-20-a.md", entry(f"{fields}\n{told}"))
    elif where == "setting":
        site.write(
            "/mkdocs.yml", CONTENT["/mkdocs.yml"].replace("[aboveboard]", "[{aboveboard: {rules: {LK002: info}}}]")
        )
        site.write("incidents/2026-11-20-a.md", entry(fields, f"{text}\n"))
    else:
        told = f'site_description: "Write {TOKEN}"  # allow LK002: made up for the manual\n'
        site.write("/mkdocs.yml", CONTENT["/mkdocs.yml"] + told)
    finished = Finished(site, build(site))
    held = [path for path in finished.folder.rglob("*") if path.is_file() and TOKEN.encode() in path.read_bytes()]
    assert held, "it is there"
    assert finished.wrong() == []
    finished.plant("x.txt", f"{'gh' + 'p_' + maker.some(36)}\n")
    assert len(finished.wrong()) == (0 if where == "setting" else 1), "and another one is not let through"


ASKING = {
    "script": f'<script src="{AWAY}/x.js"></script>',
    "stylesheet": f'<link rel="stylesheet" href="{AWAY}/x.css">',
    "alternate stylesheet": f'<link rel="Alternate StyleSheet" href="{AWAY}/x.css">',
    "icon": f'<link rel="shortcut icon" href="{AWAY}/x.ico">',
    **{rel: f'<link rel="{rel}" href="{AWAY}/x">' for rel in (
        "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "manifest", "apple-touch-icon",
    )},
    "picture": f'<img src="{AWAY}/x.png" alt="">',
    "picture without a scheme": '<img src="//elsewhere.example.net/x.png" alt="">',
    "picture as browsers read it": '<img src=" ht\ntps:\\\\elsewhere.example.net/x.png" alt="">',
    "picture for who runs no script": f'<noscript><img src="{AWAY}/count.gif" alt=""></noscript>',
    "set of pictures": f'<img srcset="/open/assets/icon.svg 1x, {AWAY}/x.png 2x" alt="">',
    "source": f'<picture><source srcset="{AWAY}/x.avif"></picture>',
    "preloaded set": f'<link rel="preload" as="image" imagesrcset="{AWAY}/x.png 2x">',
    "video": f'<video src="{AWAY}/x.webm"></video>',
    "poster": f'<video poster="{AWAY}/x.png"></video>',
    "audio": f'<audio><source src="{AWAY}/x.mp3"></audio>',
    "track": f'<video><track src="{AWAY}/x.vtt"></video>',
    "frame": f'<iframe src="{AWAY}/"></iframe>',
    "frame with its own text": f"<iframe srcdoc=\"<img src='{AWAY}/x.png'>\"></iframe>",
    "embed": f'<embed src="{AWAY}/x.pdf">',
    "object": f'<object data="{AWAY}/x.pdf"></object>',
    "button": f'<input type="image" src="{AWAY}/x.png">',
    "background": f'<body background="{AWAY}/x.png">',
    "ping": f'<a href="../../about/" ping="{AWAY}/count">x</a>',
    "drawn picture": f'<svg><image href="{AWAY}/x.png"/></svg>',
    "drawn picture of old": f'<svg><image xlink:href="{AWAY}/x.png"/></svg>',
    "use": f'<svg><use href="{AWAY}/x.svg#a"/></svg>',
    "style of an element": f'<p style="background: url({AWAY}/x.png)">x</p>',
    "style of a drawing": f'<svg><path fill="url({AWAY}/x.svg#a)"/></svg>',
    "style": f'<style>@import "{AWAY}/x.css";</style>',
    "style in other letters": '<style>a { background: u\\72l("\\68ttps://elsewhere.example.net/x.png") }</style>',
    "font": f"<style>@media screen {{ @font-face {{ src: local(x), url({AWAY}/x.woff2) format('woff2') }} }}</style>",
    "set in a style": f"<style>a {{ background: image-set('{AWAY}/x.png' 1x) }}</style>",
    "refresh": f'<meta http-equiv="Refresh" content="3; URL={AWAY}/">',
    "base": f'<base href="{AWAY}/">',
}  # fmt: skip


@pytest.mark.parametrize("html", ASKING.values(), ids=ASKING)
def test_nothing_asks_another_host_by_itself(finished: Finished, html: str) -> None:
    finished.plant("x.html", html)
    (line,) = [line for line in finished.wrong() if "asks" in line]
    assert line.startswith(
        ("x.html: asks elsewhere.example.net by itself (", "x.html: asks another host by itself (")
    )
    assert line.endswith("): keep a copy in your content, or leave it out")


FILES = {
    "x.css": f"/* fonts */ @import url('{AWAY}/x.css');",
    "x.svg": f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="{AWAY}/x.png"/></svg>',
    "styled.svg": f'<svg xmlns="http://www.w3.org/2000/svg"><style>@import "{AWAY}/x.css";</style></svg>',
    "sheet.xml": f'<?xml version="1.0"?><?xml-stylesheet type="text/xsl" href="{AWAY}/x.xsl"?><feed/>',
    "x.xml": f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><content type="html">&lt;img src="{AWAY}/x.png"></content></entry></feed>',
    "x.json": json.dumps({"items": [{"content_html": f'<img src="{AWAY}/x.png">'}]}),
}  # fmt: skip


@pytest.mark.parametrize("path", FILES)
def test_no_other_file_asks_either(finished: Finished, path: str) -> None:
    finished.plant(path, FILES[path])
    (line,) = finished.wrong()
    assert line.startswith(f"{path}: asks elsewhere.example.net by itself (")


def test_a_file_that_is_not_what_it_says_is_said(finished: Finished) -> None:
    finished.plant("x.xml", "<feed><entry></feed>")
    finished.plant("x.json", "{")
    wrong = finished.wrong()
    assert [line.partition(": cannot be read: ")[0] for line in wrong] == ["x.json", "x.xml"]


PIECES = ["<a href='", "'>", "<", ">", "<![", "<![x[", "]]>", "<!--", "<?", "</", "<style>", "url(", "@import", "\\", '"', "{",
          "}", "[", "&lt;", "&#x;", "\0", "\ud800", "x", "<base href=//", "<svg", "srcdoc=", "\n", "//[", "%", "#", "<script>"]  # fmt: skip


@given(st.sampled_from(["x.html", "x.xml", "x.svg", "x.css", "x.json", "x.csv", "x.ics", "_redirects", "x.pf_fragment"]),
       st.lists(st.sampled_from(PIECES), max_size=12).map("".join))  # fmt: skip
def test_nothing_that_a_file_says_stops_it(path: str, text: str) -> None:
    facts = read_said(path, text.encode("utf-8", "surrogatepass")).facts()
    ground = Ground({"index.html"}, HOME)
    for link in facts.links:
        ground.find(path, link)


@pytest.mark.parametrize("text", ["<a>" * 100_000, '{"a":' * 100_000, "[" * 100_000, "a{" * 50_000 + "url(x)"])
@pytest.mark.parametrize("path", ["x.html", "x.xml", "x.css", "x.json"])
def test_what_is_deep_stops_nothing_either(path: str, text: str) -> None:
    assert read_said(path, text.encode()).facts().links is not None


def test_a_torn_attachment_is_shown_as_it_is(site: Site) -> None:
    site.write("incidents/2026-11-20-a/index.md", entry(INCIDENT, "[The log](log.json)\n"))
    site.write("incidents/2026-11-20-a/log.json", '{"at": 1}\n{"at": 2}\n')
    assert Finished(site, build(site)).wrong() == []


@pytest.mark.parametrize(
    ("css", "found"),
    [
        ("a { background: url( x.png ) }", ["x.png"]),
        ("a { background: URL('x y.png') }", ["x y.png"]),
        ("/* url(a.png) */ a { content: 'url(b.png)' }", []),
        ("@import 'a.css' screen; @import url(b.css);", ["a.css", "b.css"]),
        ("a { background: -webkit-image-set(url(a.png) 1x, 'b.png' 2x) }", ["a.png", "b.png"]),
        ("@supports (display: grid) { a { cursor: url(a.cur), auto } }", ["a.cur"]),
        ("a { --x: url(a.png); mask: var(--x) } b { quotes: '\\'' \"x\" }", ["a.png"]),
        ("color: red", []),
    ],
)
def test_a_style_is_read_as_browsers_read_it(css: str, found: list[str]) -> None:
    assert list(fetched_by(css)) == found


def test_only_what_changed_is_read_again(
    finished: Finished, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    store = Store.open(tmp_path)
    assert finished.wrong(store) == []
    read: list[str] = []

    def reading(path: str, data: bytes) -> Said:
        read.append(path)
        return read_said(path, data)

    monkeypatch.setattr(memory, "read_said", reading)
    assert finished.wrong(store) == [] and read == []
    finished.plant("about/index.html", '+<a href="none/">x</a>')
    assert len(finished.wrong(store)) == 1 and read == ["about/index.html"]
    finished.plant("about/index.html", '<a href="../incidents/2026-11-20-checkout/">x</a>')
    finished.wrong(store)
    (finished.folder / ENTRY).unlink()
    assert any("2026-11-20-checkout/, which is not there" in line for line in finished.wrong(store)), (
        "found without reading"
    )


def test_it_can_be_shared_out(finished: Finished, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for number in range(30):
        finished.plant(f"x{number}.html", f'<a href="none-{number}/">x</a>')
    alone = finished.wrong(Store.open(tmp_path / "alone"))
    monkeypatch.setattr(memory, "helpers_for", lambda pieces: 2)
    assert finished.wrong(Store.open(tmp_path / "shared")) == alone and len(alone) == 30


def test_a_full_site_is_clean(site: Site) -> None:
    fill(site)
    site.run("build")
    assert Finished(site, site.root / "site").wrong() == []


def test_our_own_site_is_clean(tmp_path: Path) -> None:
    ours = Site(REPOSITORY)
    ours.run("build", "--to", str(tmp_path / "site"))
    assert Finished(ours, tmp_path / "site").wrong(Store.open(tmp_path)) == []
