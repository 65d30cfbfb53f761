"""Feeds: which there are, what they tell of, that readers can parse them, and when they say that something changed."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree as ET

import feedparser  # type: ignore[import-untyped]
import pytest
from jsonschema import Draft202012Validator

from aboveboard.checks.run import broken_paths, check_library
from aboveboard.content.frame import Frame
from aboveboard.content.public import PublicLibrary, publish
from aboveboard.outputs.machines.full_text import full_text
from aboveboard.outputs.page import Asset, Page
from aboveboard.outputs.site import render_site
from tests.conftest import CONFIG, EXPERIMENT, INCIDENT, NOW, WEEKNOTE, Site, entry

ATOM = "{http://www.w3.org/2005/Atom}"
XML = "{http://www.w3.org/XML/1998/namespace}"
HOME = "https://example.org/open/"

NIGHT = """
See [the week](../weeknotes/2026-w47-platform.md#what-we-did), [the team](/open/teams/platform/), [below](#timeline),
[everything](../feed.xml), [the guide](../guide/README.md), [them](//example.com/x), <a href="../">all</a>.

## What we are changing

## Timeline

- 02:00 started: payments begin to time out
- 02:04 detected: the alarm | fires ([graph](https://example.org/graph))
- 03:10 resolved: the queue is empty
"""
ACTIONS = """actions:
  - {id: a1, what: Alarm at 80 %, owner: platform, due: 2026-12-04, done_when: it rang once}
  - {id: a2, what: Say it, status: done, closed: 2026-11-22, link: "https://example.org/said"}
  - {id: a3, what: Rebuild it, status: dropped, closed: 2026-11-21, why: It was not worth it}"""


def files(site: Site, now: datetime = NOW) -> dict[str, bytes]:
    """Return everything that is made as files, by path."""
    return {path: item.data for path, item in render_site(public(site, now)).items() if isinstance(item, Asset)}


def public(site: Site, now: datetime = NOW) -> PublicLibrary:
    library = site.library()
    return publish(library, now, broken_paths(check_library(library, now)))


def feeds_of(site: Site, now: datetime = NOW) -> dict[str, bytes]:
    return {path: data for path, data in files(site, now).items() if "feed." in path}


def atom(site: Site, path: str = "feed.xml", now: datetime = NOW) -> dict[str, ET.Element]:
    """Return the entries of an Atom feed by title."""
    root = ET.fromstring(files(site, now)[path])
    return {node.findtext(f"{ATOM}title") or "": node for node in root.iter(f"{ATOM}entry")}


def told(site: Site, path: str = "feed.json", now: datetime = NOW) -> dict[str, dict[str, Any]]:
    """Return the items of a JSON feed by title."""
    return {item["title"]: item for item in json.loads(files(site, now)[path])["items"]}


@pytest.fixture(params=[True, False], ids=["with an address", "without"])
def full(site: Site, request: pytest.FixtureRequest) -> Site:
    """A site with something of everything, with an address of its own and without."""
    return write_full(site, HOME if request.param else None)


@pytest.fixture
def addressed(site: Site) -> Site:
    return write_full(site, HOME)


def write_full(site: Site, home: str | None) -> Site:
    site.write("/mkdocs.yml", CONFIG + (f"site_url: {home}\n" if home else ""))
    site.write("registers/teams.yml", "- {slug: platform, name: The platform}\n- {slug: silent, name: Silent}\n")
    site.write("registers/people.yml", "- {slug: ada, name: Ada}\n")
    site.write(
        "weeknotes/2026-w47-platform.md",
        entry(f"{WEEKNOTE}\nauthors: ada\nlang: cy\nlicence: OGL-UK-3.0", "## What we did\n\nText.\n"),
    )
    site.write(
        "experiments/2026-11-19-forms.md", entry(f"{EXPERIMENT}\nhypothesis: We believe it\nservices: [forms]")
    )
    site.write(
        "incidents/2026-11-20-night.md",
        entry(
            f"{INCIDENT}\nseverity: sev2\nteam: platform\nservices: [checkout]\ntags: [queues]\n{ACTIONS}", NIGHT
        ),
    )
    site.write(
        "incidents/2026-11-18-folder/index.md", entry(INCIDENT.replace("Checkout", "Login"), "![g](g.png)\n")
    )
    site.write("incidents/2026-11-18-folder/g.png", "png")
    retold = INCIDENT.replace("Checkout", "Their").replace("2026-11-20", "2019-11-20")
    site.write(
        "incidents/2019-11-20-theirs.md",
        entry(f"{retold}\n{ACTIONS}\nsource: {{system: retold, url: https://example.org/theirs}}"),
    )
    return site


def test_there_is_a_feed_in_both_formats_for_everything_one_may_follow(full: Site) -> None:
    folders = ["", "weeknotes/", "experiments/", "incidents/", "actions/"]
    folders += ["teams/platform/", "teams/silent/", "services/checkout/", "services/forms/"]
    assert set(feeds_of(full)) == {f"{folder}feed.{ending}" for folder in folders for ending in ("xml", "json")}


def test_a_feed_tells_of_what_belongs_to_it(addressed: Site) -> None:
    titles = {path: [item["title"] for item in told(addressed, path).values()] for path in (
        "feed.json", "weeknotes/feed.json", "teams/platform/feed.json", "teams/silent/feed.json",
        "services/checkout/feed.json", "actions/feed.json",
    )}  # fmt: skip
    note, night = "The platform, week 47 of 2026", "Checkout timeouts"
    assert titles["feed.json"] == [note, night, "Shorter forms", "Login timeouts", "Their timeouts"]
    assert titles["weeknotes/feed.json"] == [note]
    assert titles["teams/platform/feed.json"] == [note, night]
    assert titles["teams/silent/feed.json"] == []
    assert titles["services/checkout/feed.json"] == [night]
    assert titles["actions/feed.json"] == ["Done: Say it", "Dropped: Rebuild it", "Alarm at 80 %"]


def test_readers_can_parse_every_feed(full: Site) -> None:
    for path, data in feeds_of(full).items():
        if not path.endswith(".xml"):
            continue
        parsed = feedparser.parse(data)
        assert not parsed.bozo, (path, parsed.get("bozo_exception"))
        assert parsed.version == "atom10"
        same = json.loads(feeds_of(full)[path.replace(".xml", ".json")])["items"]
        assert [(e.id, e.title, e.published, e.updated) for e in parsed.entries] == [
            (item["id"], item["title"], item["date_published"], item["date_modified"]) for item in same
        ]


def wrong_in_atom(data: bytes, home: str | None) -> Iterator[str]:
    """Yield where a document breaks a MUST of RFC 4287; `home` is the site's address, where it has one."""
    root = ET.fromstring(data)
    entries = root.findall(f"{ATOM}entry")
    if root.tag != f"{ATOM}feed":
        yield f"4.1.1: the root is {root.tag}"
    if not root.findall(f"{ATOM}author") and not all(entry.findall(f"{ATOM}author") for entry in entries):
        yield "4.1.1: no author for some entry"
    ids = Counter(node.findtext(f"{ATOM}id") for node in entries)
    yield from (f"4.1.1: the id {name} stands {n} times" for name, n in ids.items() if n > 1)
    for node in (root, *entries):
        yield from wrong_in_node(node, home)


def wrong_in_node(node: ET.Element, home: str | None) -> Iterator[str]:
    """Yield where a feed or an entry in it breaks a MUST by itself."""
    count = Counter(child.tag.removeprefix(ATOM) for child in node)
    once = {name: count[name] for name in ("id", "title", "updated") if count[name] != 1}
    most = {name: n for name, n in count.items() if n > 1 and name not in REPEATED}
    yield from (f"4.1: {name} stands {n} times" for name, n in (once | most).items())
    yield from (f"4: {name} is not of Atom here" for name in count if name not in ALLOWED[node.tag])
    links = Counter((a.get("type"), a.get("hreflang")) for a in node.findall(f"{ATOM}link[@rel='alternate']"))
    yield from (f"4.1.1: {n} alternates of {kind}" for kind, n in links.items() if n > 1)
    if not re.fullmatch(r"[a-z][a-z0-9+.-]*:\S+", node.findtext(f"{ATOM}id") or ""):
        yield f"4.2.6: {node.findtext(f'{ATOM}id')} is no IRI"
    for person in node.findall(f"{ATOM}author"):
        if len(person.findall(f"{ATOM}name")) != 1:
            yield "3.2.1: a person has one name"
    for name in ("published", "updated"):
        for date in node.findall(f"{ATOM}{name}"):
            if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)", date.text or ""):
                yield f"3.3: {date.text} is no RFC 3339 time"
            datetime.fromisoformat(date.text or "")
    for link in node.findall(f"{ATOM}link"):
        if home and not urlsplit(link.get("href") or "").scheme:
            yield f"{link.get('href')} is not complete"
    for content in node.findall(f"{ATOM}content"):
        if content.get("type") != "html" or len(content):
            yield "4.1.3.3: HTML is escaped text"
        if not home and content.get(f"{XML}base") is None:
            yield "relative links need a base"
    if any(not category.get("term") for category in node.findall(f"{ATOM}category")):
        yield "4.2.2: a category has a term"


REPEATED = {"author", "category", "contributor", "link", "entry"}
ALLOWED = {
    f"{ATOM}feed": {"author", "category", "contributor", "generator", "icon", "id", "link", "logo", "rights", "subtitle", "title", "updated", "entry"},
    f"{ATOM}entry": {"author", "category", "content", "contributor", "id", "link", "published", "rights", "source", "summary", "title", "updated"},
}  # fmt: skip


def test_every_atom_feed_keeps_to_rfc_4287(full: Site) -> None:
    for path, data in feeds_of(full).items():
        if path.endswith(".xml"):
            assert list(wrong_in_atom(data, full.project.site_url)) == [], path


def test_the_check_of_atom_can_fail() -> None:
    broken = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title/><id>x y</id><updated>2026-11-20</updated>
    <entry><id>urn:a</id><title/><updated>2026-11-20T00:00:00Z</updated><link rel="alternate" href="a"/>
    <link rel="alternate" href="b"/></entry><entry><id>urn:a</id><title/><title/><nonsense/></entry></feed>"""
    assert len(list(wrong_in_atom(broken, HOME))) >= 8


_PERSONS = {"type": "array", "minItems": 1, "items": {"type": "object", "minProperties": 1, "properties": {"name": {"type": "string"}, "url": {"$ref": "#/$defs/url"}, "avatar": {"$ref": "#/$defs/url"}}, "patternProperties": {"^_": {"type": "object"}}, "additionalProperties": False}}  # fmt: skip
_TIME = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"}
_URL, _TEXT, _LANGUAGE = (
    {"$ref": "#/$defs/url"},
    {"type": "string"},
    {"type": "string", "pattern": "^[a-zA-Z]{2,3}(-[a-zA-Z0-9]+)*$"},
)
_ATTACHMENT = {"type": "object", "required": ["url", "mime_type"]}
JSON_FEED = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "required": ["version", "title", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        **dict.fromkeys(("home_page_url", "feed_url", "next_url", "icon", "favicon"), _URL),
        **dict.fromkeys(("description", "user_comment"), _TEXT),
        "language": _LANGUAGE,
        "authors": _PERSONS,
        "expired": {"type": "boolean"},
        "hubs": {"type": "array"},
        "items": {"type": "array", "items": {"$ref": "#/$defs/item"}},
    },
    "patternProperties": {"^_[a-zA-Z]": {"type": "object"}},
    "additionalProperties": False,
    "$defs": {
        "url": {"type": "string", "pattern": r"^[^\s<>\"]+$"},
        "item": {
            "type": "object",
            "required": ["id"],
            "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
            "properties": {
                "id": {"type": "string", "minLength": 1},
                **dict.fromkeys(("url", "external_url", "image", "banner_image"), _URL),
                **dict.fromkeys(("title", "content_html", "content_text", "summary"), _TEXT),
                **dict.fromkeys(("date_published", "date_modified"), _TIME),
                "authors": _PERSONS,
                "tags": {"type": "array", "items": _TEXT, "uniqueItems": True},
                "language": _LANGUAGE,
                "attachments": {"type": "array", "items": _ATTACHMENT},
            },
            "patternProperties": {"^_[a-zA-Z]": {"type": "object"}},
            "additionalProperties": False,
        },
    },
}


def test_every_json_feed_keeps_to_its_schema(full: Site) -> None:
    Draft202012Validator.check_schema(JSON_FEED)
    validator = Draft202012Validator(JSON_FEED)
    for path, data in feeds_of(full).items():
        if path.endswith(".json"):
            feed = json.loads(data)
            assert [error.message for error in validator.iter_errors(feed)] == [], path
            if full.project.site_url:
                addresses = [feed["feed_url"], feed["home_page_url"], *(item["url"] for item in feed["items"])]
                assert [url for url in addresses if not url.startswith(HOME)] == []
                assert feed["feed_url"] == HOME + path
    assert not validator.is_valid({"version": "1", "title": "", "items": [{"id": "", "nonsense": 1}]})


def test_an_item_is_what_the_page_shows(addressed: Site) -> None:
    night = told(addressed)["Checkout timeouts"]
    html = night["content_html"]
    assert '<strong>Detected:</strong> the alarm | fires (<a href="https://example.org/graph">graph</a>)' in html
    changing, timeline = html.index("What we are changing"), html.index("<h2>Timeline</h2>")
    assert changing < html.index("Alarm at 80 %") < timeline, "the list stands under its heading"
    assert "class=" not in html and "id=" not in html and "tabindex" not in html
    assert 'datetime="2026-11-20T02:00:00Z"' in html
    experiment = told(addressed)["Shorter forms"]["content_html"]
    assert "This is an experiment." in experiment and "We believe it" in experiment


def test_links_of_an_item_are_complete(addressed: Site) -> None:
    links = dict(re.findall(r'href="([^"]*)"[^>]*>([^<]+)<', told(addressed)["Checkout timeouts"]["content_html"]))
    by_words = {words: url for url, words in links.items()}
    assert by_words["the week"] == f"{HOME}weeknotes/2026-w47-platform/#what-we-did"
    assert by_words["the team"] == f"{HOME}teams/platform/"
    assert by_words["below"] == f"{HOME}incidents/2026-11-20-night/#timeline"
    assert by_words["everything"] == f"{HOME}feed.xml"
    assert by_words["the guide"] == f"{HOME}guide/"
    assert by_words["them"] == "https://example.com/x"
    assert by_words["all"] == f"{HOME}incidents/"
    assert f'src="{HOME}incidents/2026-11-18-folder/g.png"' in told(addressed)["Login timeouts"]["content_html"]


@pytest.mark.parametrize("directory_urls", [True, False])
def test_without_an_address_links_count_from_the_page(site: Site, directory_urls: bool) -> None:
    write_full(site, None)
    site.write("/mkdocs.yml", CONFIG + f"use_directory_urls: {str(directory_urls).lower()}\n")
    night = atom(site, "services/checkout/feed.xml")["Checkout timeouts"]
    content = night.find(f"{ATOM}content")
    assert content is not None and content.text is not None
    page = urljoin("services/checkout/feed.xml", content.get(f"{XML}base"))
    found = {urljoin(page, url) for url in re.findall(r'href="([^"]*)"', content.text)}
    if directory_urls:
        assert {"weeknotes/2026-w47-platform/#what-we-did", "incidents/2026-11-20-night/#timeline"} <= found
    else:
        assert {
            "weeknotes/2026-w47-platform.html#what-we-did",
            "incidents/2026-11-20-night.html#timeline",
        } <= found
    assert "feed.xml" in found


def test_what_an_item_says_of_itself(addressed: Site) -> None:
    note, night = (atom(addressed)[title] for title in ("The platform, week 47 of 2026", "Checkout timeouts"))
    assert note.get(f"{XML}lang") == "cy" and night.get(f"{XML}lang") is None
    assert [name.text for name in note.iterfind(f"{ATOM}author/{ATOM}name")] == ["Ada", "The platform"]
    assert [c.get("term") for c in night.findall(f"{ATOM}category")] == ["incident", "queues"]
    licence = note.find(f"{ATOM}link[@rel='license']")
    assert licence is not None and "open-government-licence" in (licence.get("href") or "")
    via = atom(addressed)["Their timeouts"].find(f"{ATOM}link[@rel='via']")
    assert via is not None and via.get("href") == "https://example.org/theirs"
    item = told(addressed)["Checkout timeouts"]
    assert item["_aboveboard"] == {
        "kind": "incident", "severity": "sev2", "status": "resolved",
        "started": "2026-11-20T02:00:00Z", "resolved": "2026-11-20T03:10:00Z",
    }  # fmt: skip
    assert told(addressed)["Shorter forms"]["_aboveboard"] == {"kind": "experiment", "stage": "planned"}
    assert told(addressed)["The platform, week 47 of 2026"]["language"] == "cy"


STATES = {
    "going on": ("started_at: 2026-11-20T02:00Z", "Incident, open. Started 20 November 2026, 02:00 UTC. This report is being written."),
    "reviewed": ("severity: sev1\nreviewed: 2026-11-22", "Incident, reviewed. Severity: sev1."),
    "a near miss": ("type: near-miss", "Near miss. This report is being written."),
    "went quiet": ("date: 2026-09-01", "Incident. This report does not say when it ended. This report is being written."),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "words"), STATES.values(), ids=STATES)
def test_an_incident_says_first_how_it_stands(site: Site, fields: str, words: str) -> None:
    written = "\n".join(line for line in INCIDENT.split("\n") if line.split(":")[0] not in fields)
    site.write("incidents/a.md", entry(f"{written}\n{fields}"))
    html = told(site)["Checkout timeouts"]["content_html"]
    assert " ".join(re.sub(r"<[^>]+>", "", html.split("</p>")[0]).split()) == words


def test_a_promise_says_who_what_until_when_and_what_came_of_it(addressed: Site) -> None:
    made = told(addressed, "actions/feed.json")
    alarm, said, rebuilt = (made[title] for title in ("Alarm at 80 %", "Done: Say it", "Dropped: Rebuild it"))
    page = f"{HOME}incidents/2026-11-20-night/"
    assert alarm["id"] == alarm["url"] == f"{page}#action-a1"
    for words in (
        "<dd>open</dd>",
        "<dd>The platform</dd>",
        "4 December 2026",
        "it rang once",
        f'href="{page}#action-a1"',
    ):
        assert words in alarm["content_html"]
    assert 'href="https://example.org/said"' in said["content_html"]
    assert "It was not worth it" in rebuilt["content_html"]
    assert (alarm["date_published"], alarm["date_modified"]) == ("2026-11-20T00:00:00Z", "2026-11-20T00:00:00Z")
    assert said["date_modified"] == "2026-11-22T00:00:00Z", "closing it is a change that readers should notice"
    assert alarm["_aboveboard"] == {
        "kind": "action", "status": "open", "entry": "2026-11-20-night", "owner": "platform", "due": "2026-12-04",
    }  # fmt: skip


def test_only_the_newest_fifty_are_told(site: Site) -> None:
    for n in range(53):
        day = (NOW - timedelta(days=n)).date().isoformat()
        site.write(f"incidents/{day}-{n}.md", entry(f"title: Number {n}\ndate: {day}\ntimezone: UTC"))
    assert list(told(site)) == [f"Number {n}" for n in range(50)]


def test_a_text_is_rendered_once_however_many_feeds_tell_of_it(
    full: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered: list[str] = []

    def counted(frame: Frame, one: Any) -> str:
        rendered.append(one.id)
        return full_text(frame, one)

    monkeypatch.setattr("aboveboard.outputs.machines.item.full_text", counted)
    feeds_of(full)
    assert Counter(rendered) == Counter(one.id for one in public(full).entries)


def stamps(site: Site, now: datetime = NOW) -> dict[str, str]:
    """Return when each item of the site's feed says that it changed, by its id."""
    items = json.loads(files(site, now)["feed.json"])["items"]
    actions = json.loads(files(site, now)["actions/feed.json"])["items"]
    return {item["id"]: item["date_modified"] for item in [*items, *actions]}


def test_nothing_moves_by_itself(full: Site) -> None:
    assert stamps(full) == stamps(full, NOW + timedelta(days=400))
    feeds, later = feeds_of(full), feeds_of(full, NOW + timedelta(days=1))
    assert feeds == later, "a day later the same bytes"


CHANGES = {
    "a slip of the pen": ("Text.", "Texts.", None),
    "a tag": ("licence: OGL-UK-3.0", "licence: OGL-UK-3.0\ntags: [new]", None),
    "said to be one": ("lang: cy", "lang: cy\nupdated: 2026-11-22T10:00Z", "2026-11-22T10:00:00Z"),
    "a correction": (
        "lang: cy",
        "lang: cy\ncorrections: [{date: 2026-11-21, text: It was 14.}]",
        "2026-11-21T00:00:00Z",
    ),
    "published later": ("lang: cy", "lang: cy\npublished: 2026-11-21", "2026-11-21T00:00:00Z"),
    "a correction before": (
        "lang: cy",
        "lang: cy\nupdated: 2026-11-22T10:00Z\ncorrections: [{date: 2026-11-21, text: It was 14.}]",
        "2026-11-22T10:00:00Z",
    ),
}


@pytest.mark.parametrize(("old", "new", "moved"), CHANGES.values(), ids=CHANGES)
def test_updated_moves_where_a_reader_should_notice(full: Site, old: str, new: str, moved: str | None) -> None:
    before, path = stamps(full), "content/weeknotes/2026-w47-platform.md"
    full.write(f"/{path}", full.read(path).replace(old, new))
    after = stamps(full)
    assert before.keys() == after.keys(), "ids stay"
    changed = {after[name] for name in after if after[name] != before[name]}
    assert changed == ({moved} if moved else set())


def test_a_correction_is_read_in_the_feed(addressed: Site) -> None:
    path = "content/weeknotes/2026-w47-platform.md"
    corrected = addressed.read(path).replace(
        "lang: cy", "lang: cy\ncorrections: [{date: 2026-11-21, text: It was 14.}]"
    )
    addressed.write(f"/{path}", corrected)
    html = told(addressed)["The platform, week 47 of 2026"]["content_html"]
    assert html.index("It was 14.") < html.index("What we did")


HOSTILE = {
    "script": "<script>alert(1)</script>",
    "the end of a section": "]]></content><script>alert(1)</script>",
    "the end of a script": "</script><!-- x",
    "attribute": '" onmouseover="alert(1)" \'',
    "markdown": "*x* | [x](javascript:alert(1)) `y` <b onclick=x>z</b>",
    "ampersand": "R&D &lt; &amp; &#106;",
    "from right to left": "\u202e\u0627\u0644\u0623\u0633\u0628\u0648\u0639",
    "cjk and emoji": "\u9031\u5831 \U0001f389",
    "control characters": "a\x01b\x0bc\x7fd\x85e\u2028f\uffffg",
}


def in_quotes(text: str) -> str:
    """Return a text as YAML has it between double quotes, with what an editor would not show escaped."""
    shown = json.dumps(text, ensure_ascii=False)
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in shown)


RUNS = re.compile(r"<[^>]*\son\w+\s*=|<script|javascript:[^)]*\"", re.IGNORECASE)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_text_is_text_in_every_feed(site: Site, text: str) -> None:
    quoted = in_quotes(text)
    write_full(site, HOME)
    fields = f"title: {quoted}\ndate: 2026-11-20\ntimezone: UTC\nsummary: {quoted}\ntags: [x, {quoted}]\nteam: t\n"
    fields += f"services: [s]\nauthors: [p]\nlicence: {quoted}\nlessons: [{quoted}]\nfactors: [{quoted}]\n"
    fields += (
        f"corrections: [{{date: 2026-11-21, text: {quoted}}}]\nfigures: [{{what: {quoted}, value: {quoted}}}]\n"
    )
    fields += f"actions: [{{what: {quoted}, owner: t, done_when: {quoted}, why: {quoted}, status: dropped}}]"
    body = "".join(c for c in text if c.isprintable())
    site.write("incidents/2026-11-20-a.md", entry(fields, f"{body}\n\n## Timeline\n\n- 02:00 act: {body}\n"))
    for register, slug in (("teams", "t"), ("people", "p"), ("services", "s")):
        site.write(f"registers/{register}.yml", f"- {{slug: {slug}, name: {quoted}}}\n")
    clean = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\uffff]", "", text)
    for path, data in feeds_of(site).items():
        if path.endswith(".xml"):
            assert list(wrong_in_atom(data, HOME)) == []
            parsed = feedparser.parse(data, sanitize_html=False)
            assert not parsed.bozo
            contents = [content.value for one in parsed.entries for content in one.get("content", ())]
            plain = {node.text for node in ET.fromstring(data).iter(f"{ATOM}title")}
        else:
            feed = json.loads(data)
            assert Draft202012Validator(JSON_FEED).is_valid(feed)
            contents, plain = [item["content_html"] for item in feed["items"]], {i["title"] for i in feed["items"]}
        assert [html for html in contents if RUNS.search(html)] == []
        if path.startswith(("teams/t/", "services/s/", "incidents/", "actions/", "feed.")):
            assert {text, clean} & {(title or "").removeprefix("Dropped: ") for title in plain}, path


BODIES = {
    "a scheme that runs": "[x](javascript:alert(1)) <a href='javascript:alert(1)'>x</a> ![x](data:image/svg+xml,x)",
    "an address that is none": "[x](http://[x/) <a href='http://[x/'>y</a>",
    "markup that runs": "<img src=x onerror=alert(1)><iframe src='//example.com'></iframe><svg onload=alert(1)><title>t</title></svg>",
    "a style": "<style>body{display:none}</style><p style='position:fixed'>x</p>",
    "left open": "<div><table><tr><td>x",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_nothing_in_a_feed_can_run(site: Site, body: str) -> None:
    write_full(site, HOME)
    site.write("weeknotes/2026-w47-platform.md", entry(WEEKNOTE, f"{body}\n\nThe end.\n"))
    html = told(site)["The platform, week 47 of 2026"]["content_html"]
    assert "The end." in html
    assert not re.search(r"""=["'](?:javascript|data|http://\[)|onerror|onload|<iframe|<svg|<style|style=""", html)


MARK = "xyzzy"
HELD = {
    "draft": "draft: true",
    "scheduled": "published: 2026-11-20\ndate: 2026-12-24",
    "withdrawn": "withdrawn: {date: 2026-11-21, why: It was another team's}",
    "broken": "severity: dreadful",
}


@pytest.mark.parametrize("why", HELD)
def test_what_is_held_back_is_in_no_feed_and_on_no_page_of_feeds(site: Site, why: str) -> None:
    write_full(site, HOME)
    name = "2026-11-20-gone" if why == "withdrawn" else f"2026-11-20-{MARK}"
    fields = f"title: {MARK} title\n{HELD[why]}" + ("" if "\ndate" in HELD[why] else "\ndate: 2026-11-20")
    fields += f"\ntags: [{MARK}-tag]\nteam: {MARK}-team\nservices: [{MARK}-service]\nlessons: [{MARK} lesson]"
    fields += f"\nactions: [{{what: {MARK}}}]"
    site.write(f"incidents/{name}/index.md", entry(fields, f"## {MARK}\n\n![{MARK}]({MARK}.png)\n"))
    site.write(f"incidents/{name}/{MARK}.png", MARK)
    made = render_site(public(site))
    assert [path for path in made if MARK in path] == []
    texts = {path: item.text if isinstance(item, Page) else item.data.decode() for path, item in made.items()}
    # Of what was withdrawn the feeds tell that it was, under the id it had; of the rest, nothing.
    told = {"feed.xml", "feed.json", "incidents/feed.xml", "incidents/feed.json"} if why == "withdrawn" else set()
    assert [path for path, text in texts.items() if MARK in text] == []
    assert {path for path, text in texts.items() if "gone" in text and "assets/" not in path} == told
    assert "Checkout timeouts" in texts["feed.xml"]


def test_a_withdrawal_takes_the_place_of_what_readers_kept(site: Site) -> None:
    """Once: under the same id, with the day and the reason, and nothing that it said."""
    write_full(site, HOME)
    told = f"title: {MARK} title\ndate: 2026-11-20\nsummary: {MARK}"
    site.write("incidents/2026-11-20-gone.md", entry(told, f"{MARK}\n"))
    before = {one.findtext(f"{ATOM}id"): one for one in atoms(site, "feed.xml")}
    site.write(
        "incidents/2026-11-20-gone.md", entry(f"{told}\nwithdrawn: {{date: 2026-11-22, why: It named a person}}")
    )
    for path in ("feed.xml", "incidents/feed.xml"):
        after = {one.findtext(f"{ATOM}id"): one for one in atoms(site, path)}
        name = next(key for key in after if key and "gone" in key)
        assert name in before
        assert after[name].findtext(f"{ATOM}title") == "Withdrawn incident report"
        assert after[name].findtext(f"{ATOM}updated") == "2026-11-22T00:00:00Z"
        assert "It named a person" in (after[name].findtext(f"{ATOM}content") or "")


def atoms(site: Site, path: str) -> list[ET.Element]:
    item = render_site(public(site))[path]
    assert isinstance(item, Asset)
    return list(ET.fromstring(item.data).iter(f"{ATOM}entry"))


def test_the_page_of_feeds_lists_every_one_in_both_formats(full: Site) -> None:
    page = render_site(public(full))["feeds/index.md"]
    assert isinstance(page, Page)
    links = {urljoin("feeds/", url) for url in re.findall(r'href="([^"]*)"', page.body)}
    assert set(feeds_of(full)) <= links
    assert "A feed is an address that a feed reader asks for what is new" in page.body


def test_years_have_four_digits_however_early(site: Site) -> None:
    site.write("incidents/0002-01-02-a.md", entry("title: Early\ndate: 0002-01-02\ntimezone: UTC"))
    assert list(wrong_in_atom(files(site)["feed.xml"], None)) == []
    assert told(site)["Early"]["date_published"] == "0002-01-02T00:00:00Z"
