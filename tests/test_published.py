"""Every byte that is published: nothing that is held back, and no text that becomes anything but text.

The whole site is built as `make site` builds it, search index included, and every file is opened as
what it is: HTML parsed, XML and JSON read, CSV split, what is compressed unpacked.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zlib
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

from tests.conftest import EXPERIMENT, INCIDENT, WEEKNOTE, Site, entry
from tests.showcase import fill

PIXEL = b"\x89PNG\r\n\x1a\n"
SITE = "site_name: Try\nsite_url: https://example.org/open/\ndocs_dir: content\ntheme: {name: material}\nplugins: [aboveboard]\n"


def published(site: Site) -> dict[str, bytes]:
    """Return every published file, as it stands and, where it is compressed, unpacked."""
    root = (site.root / "site").resolve()
    found = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    return found | {
        f"{name} (unpacked)": unpacked(data) for name, data in found.items() if data[:2] == b"\x1f\x8b"
    }


def unpacked(data: bytes) -> bytes:
    try:
        return gzip.decompress(data)
    except (OSError, zlib.error):
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data)


# A word for each way of being held back, in every place where an entry has words.
HELD = {
    "draft": (f"{INCIDENT}\ndraft: true", "2026-11-20"),
    "scheduled": (INCIDENT.replace("2026-11-20", "2026-12-24"), "2026-12-24"),
    "broken": (f"{INCIDENT}\nseverity: dreadful", "2026-11-20"),
}


@pytest.mark.parametrize("why", HELD)
@pytest.mark.parametrize("already_searched", [False, True], ids=["first build", "after it was public"])
def test_what_is_held_back_is_in_no_published_byte(site: Site, why: str, already_searched: bool) -> None:
    """Not in pages, feeds, data, the search index, the sitemap, redirects or pictures, under any name."""
    mark = "xyzzyq"
    fields, day = HELD[why]
    site.write("/mkdocs.yml", SITE)
    site.write("incidents/2026-11-19-good.md", entry(INCIDENT.replace("Checkout timeouts", "Plughword")))
    words = (
        f"tags: [{mark}-tag]\nservices: [{mark}-service]\nteam: {mark}-team\nlessons: [{mark} lesson]\nsummary: {mark}\n"
        f"actions: [{{what: {mark}, owner: {mark}-owner}}]\nfactors: [{mark}]\naliases: [/{mark}/old/]\nauthors: [{mark}-author]"
    )
    folder = f"incidents/{day}-{mark}"
    text = f"## {mark}\n\n{mark} ![{mark}]({mark}.png)\n"
    if already_searched:
        shown = INCIDENT.replace("Checkout", f"{mark} checkout")
        site.write(f"{folder}/index.md", entry(f"{shown}\n{words}", text))
        (site.root / "content" / folder / f"{mark}.png").write_bytes(PIXEL + mark.encode())
        site.run("build", "--search")
        assert occurrences(site, mark), "while it is public it can be found"
    site.write(f"{folder}/index.md", entry(f"{fields.replace('Checkout', mark)}\n{words}", text))
    (site.root / "content" / folder / f"{mark}.png").write_bytes(PIXEL + mark.encode())
    if why == "broken":
        # Our own build refuses; MkDocs's leaves it out and says so.
        site.run("build", exit_code=1)
        (site.root / "site").unlink(missing_ok=True)
        plain_mkdocs(site)
    else:
        site.run("build", *([] if already_searched else ["--search"]))
    assert occurrences(site, mark) == []
    assert occurrences(site, "Plughword"), "and what is public is there"


def test_of_the_withdrawn_only_the_address_the_day_and_the_reason_stay(site: Site) -> None:
    mark = "xyzzyq"
    fields = f"title: {mark} title\ndate: 2026-11-20\nsummary: {mark}\nlessons: [{mark} lesson]\ntags: [{mark}-tag]\naliases: [/incidents/older/]"
    site.write("/mkdocs.yml", SITE)
    site.write("incidents/2026-11-19-good.md", entry(INCIDENT))
    path = "incidents/2026-11-20-told/index.md"
    site.write(path, entry(fields, f"{mark} ![{mark}](a.png)\n"))
    (site.root / "content/incidents/2026-11-20-told/a.png").write_bytes(PIXEL + mark.encode())
    site.run("build", "--search")
    assert occurrences(site, mark)
    site.write(
        path,
        entry(
            f"{fields}\nwithdrawn: {{date: 2026-11-22, why: It was another team's}}", f"{mark} ![{mark}](a.png)\n"
        ),
    )
    site.run("build")
    assert occurrences(site, mark) == []
    page = site.read("site/incidents/2026-11-20-told/index.html")
    assert "It was another team&#39;s" in page.replace("&#x27;", "&#39;").replace("team's", "team&#39;s")
    assert "22 November 2026" in page
    assert "../2026-11-20-told/" in site.read("site/incidents/older/index.html") or "2026-11-20-told" in site.read(
        "site/incidents/older/index.html"
    )


def occurrences(site: Site, mark: str) -> list[str]:
    files = published(site)
    return [name for name, data in files.items() if mark in name or mark.lower().encode() in data.lower()]


def plain_mkdocs(site: Site) -> None:
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    build(load_config(str(site.root / "mkdocs.yml"), site_dir=str(site.root / "site")))


HOSTILE = {
    "script": "<script>alert(1)</script>",
    "closes a title": "</title></h1></svg><script>alert(1)</script>",
    "an attribute": '" onmouseover="alert(1)" x=\'',
    "markdown": "*x* | [x](javascript:alert(1)) `y` <b>z</b> ![p](https://elsewhere.example/p.png)",
    "ends a script": "</script><!--<script>\u2028",
    "ends a CDATA": "]]> &amp; &lt; R&D",
    "a formula": '=HYPERLINK("https://elsewhere.example";"x")',
    "right to left": "\u0627\u0644\u0623\u0633\u0628\u0648\u0639 \u202etxt",
    "cjk and emoji": "\u9031\u5831 \U0001f389\U0001f3f3\ufe0f\u200d\U0001f308",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_text_is_text_in_every_sink(site: Site, text: str) -> None:
    """In fields, names, tags, registers and the site's own name; addresses made of them are sensible."""
    said = json.dumps(text, ensure_ascii=False)
    common = (
        f"summary: {said}\ntags: [a, {said}]\nservices: [{said}]\nteam: {said}\nlessons: [{said}]\n"
        f"actions: [{{what: {said}, owner: {said}, due: 2026-12-01, done_when: {said}, addresses: f1}}]\n"
        f"corrections: [{{date: 2026-11-21, text: {said}}}]"
    )
    site.write(
        "/mkdocs.yml",
        SITE.replace("site_name: Try", f"site_name: {said}\nsite_description: {said}").replace(
            "plugins: [aboveboard]", f"plugins:\n  - aboveboard: {{organisation: {said}}}"
        ),
    )
    site.write("registers/teams.yml", f"- {{slug: known, name: {said}}}\n")
    site.write(
        "registers/closed.yml",
        f"- {{ref: c-1, kind: incident, reason: commercial, decided_by: {said}, decided: 2026-11-01, review_by: 2027-01-01, public: {said}}}\n",
    )
    site.write(
        "incidents/2026-11-20-a.md",
        entry(
            f"title: {said}\ndate: 2026-11-20\ntimezone: UTC\n{common}\nfactors: [{said}]\nadvice: {said}\nroles: {{lead: {said}}}\n"
            f"figures: [{{what: {said}, value: {said}}}]\nstarted_at: 2026-11-20T01:00Z\nresolved_at: 2026-11-20T03:00Z",
            f"## Timeline\n\n- 01:00 started: it begins\n- 02:00 act: x\n\n## {'What happened'}\n\nText.\n",
        ),
    )
    site.write(
        "experiments/2026-11-20-b.md",
        entry(
            f"{EXPERIMENT.replace('Shorter forms', '')[:7]}{said}\ndate: 2026-11-20\nstage: running\n{common}\nhypothesis: {said}\nsample: {said}"
        ),
    )
    site.write("weeknotes/2026-w47-known.md", entry(f"{WEEKNOTE.replace('platform', 'known')}\ntitle: {said}"))
    site.run("build", "--search")
    files = {
        name: data
        for name, data in published(site).items()
        if not name.startswith(("assets/stylesheets", "pagefind/"))
    }
    seen = {check_sink(name, data, text) for name, data in files.items()}
    assert seen >= {"html", "xml", "json", "csv"}
    for name in files:
        assert not re.search(r"[<>\"'|\s\\]", name.removesuffix(" (unpacked)")), f"{name} is a sensible address"


def check_sink(name: str, data: bytes, text: str) -> str:
    """Open a file as what it is, and look for what the text must not have become."""
    kind = name.removesuffix(" (unpacked)").rsplit(".", 1)[-1]
    if kind == "html":
        page = Opened()
        page.feed(data.decode())
        assert page.wrong == [], name
        for block in page.json:
            json.loads(block)
    elif kind in ("xml", "svg"):
        root = ET.fromstring(data)
        assert not any(tag.endswith("script") for tag in (node.tag for node in root.iter())), name
    elif kind == "json":
        json.loads(data)
    elif kind == "csv":
        rows = list(csv.reader(io.StringIO(data.decode())))
        assert len({len(row) for row in rows}) == 1, name
        assert not any(
            cell.startswith(("=", "+", "-", "@")) and not re.fullmatch(r"-?\d+(\.\d+)?", cell)
            for row in rows
            for cell in row
        ), name
    elif name == "_redirects":
        assert all(
            len(line.split()) == 3 for line in data.decode().splitlines() if line and not line.startswith("#")
        )
    return kind


class Opened(HTMLParser):
    """A page as a browser takes it apart; what is live in it and not ours is `wrong`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.json: list[str] = []
        self._in_json = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.wrong += [f"{tag} {name}={value}" for name, value in attrs if name.startswith("on")]
        self.wrong += [
            f"{tag} {name}={value}" for name, value in attrs
            if name in ("href", "src", "action", "srcset") and (value or "").strip().lower().startswith("javascript:")
        ]  # fmt: skip
        if tag == "script":
            self._in_json = values.get("type") == "application/ld+json"
            if not self._in_json and not re.fullmatch(
                r"(?:[./]*|/open/)(assets/(aboveboard|search)\.js)", values.get("src") or ""
            ):
                self.wrong.append(f"script {attrs}")
        if tag in ("img", "iframe", "object", "embed", "video", "audio", "base", "form") and "elsewhere" in str(
            attrs
        ):
            self.wrong.append(f"{tag} {attrs}")

    def handle_data(self, data: str) -> None:
        if self._in_json:
            self.json.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._in_json = False


def test_two_builds_have_the_same_bytes(site: Site) -> None:
    """Of the same content at the same instant; the search index apart, which is not ours to promise."""
    fill(site)
    site.run("build")
    first = published(site)
    site.run("build")
    second = published(site)
    unpacked_only = [name for name in first if not name.endswith(".gz")]
    assert [name for name in unpacked_only if first[name] != second.get(name)] == []
    assert first.keys() == second.keys()
