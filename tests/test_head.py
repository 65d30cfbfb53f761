"""What machines read in a page's head: structured data, previews, licence, feeds, filters, and whether to index it."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import pytest

from aboveboard.content.public import publish
from aboveboard.outputs.machines.head import page_head
from aboveboard.outputs.machines.structured import temporal_coverage
from aboveboard.outputs.page import Page
from aboveboard.outputs.site import render_site
from tests.conftest import CONFIG, EXPERIMENT, INCIDENT, NOW, WEEKNOTE, Site, entry
from tests.test_feeds import HOME, HOSTILE, in_quotes, public
from tests.test_public import build_with_mkdocs


@dataclass
class Head(HTMLParser):
    """A head as a machine reads it: metas by property or name, links by relation, structured data."""

    metas: dict[str, list[str]] = field(default_factory=dict)
    links: list[dict[str, str]] = field(default_factory=list)
    attributes: list[dict[str, str]] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.attributes.append(values)
        if tag == "meta":
            name = values.get("property") or values.get("name") or values.get("http-equiv") or ""
            self.metas.setdefault(name, []).append(values.get("content", ""))
        if tag == "link":
            self.links.append(values)

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1] == "script" and data.strip():
            self.scripts.append(data)

    def of(self, relation: str, media: str = "") -> list[str]:
        return [a["href"] for a in self.links if a.get("rel") == relation and media in a.get("type", "")]

    @property
    def data(self) -> dict[str, Any]:
        (script,) = self.scripts
        read: dict[str, Any] = json.loads(script)
        return read


def read(html: str) -> Head:
    head = Head()
    head.feed(html)
    head.close()
    return head


def head_of(site: Site, path: str, now: datetime = NOW) -> Head:
    page = render_site(public(site, now))[path]
    assert isinstance(page, Page)
    return read(page.head)


NIGHT_PATH = "incidents/2026-11-20-night.md"
NIGHT = f"""{INCIDENT}
summary: Half of all payments timed out.
severity: sev2
team: platform
services: [checkout, payments]
tags: [queues, limits]
started_at: 2026-11-20T02:00Z
resolved_at: 2026-11-20T03:10Z
corrections: [{{date: 2026-11-22, text: It was 14 minutes.}}]
licence: OGL-UK-3.0
lang: en-GB"""


@pytest.fixture
def night(site: Site) -> Site:
    site.write("/mkdocs.yml", CONFIG + f"site_url: {HOME}\n")
    site.write("registers/teams.yml", "- {slug: platform, name: The platform}\n")
    site.write(NIGHT_PATH, entry(NIGHT))
    return site


def test_an_incident_is_a_report(night: Site) -> None:
    url = f"{HOME}incidents/2026-11-20-night/"
    assert head_of(night, NIGHT_PATH).data == {
        "@context": "https://schema.org",
        "@type": "Report",
        "@id": url,
        "url": url,
        "headline": "Checkout timeouts",
        "description": "Half of all payments timed out.",
        "datePublished": "2026-11-20T00:00:00Z",
        "dateModified": "2026-11-22T00:00:00Z",
        "inLanguage": "en-GB",
        "license": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        "author": [{"@type": "Organization", "name": "The platform", "url": f"{HOME}teams/platform/"}],
        "publisher": {"@type": "Organization", "name": "Try", "url": HOME},
        "keywords": ["queues", "limits"],
        "about": [
            {"@type": "Service", "name": "Checkout", "url": f"{HOME}services/checkout/"},
            {"@type": "Service", "name": "Payments", "url": f"{HOME}services/payments/"},
        ],
        "temporalCoverage": "2026-11-20T02:00:00Z/2026-11-20T03:10:00Z",
        "correction": [
            {"@type": "CorrectionComment", "datePublished": "2026-11-22", "text": "It was 14 minutes."}
        ],
    }


def test_each_kind_has_its_type(site: Site) -> None:
    site.write("weeknotes/2026-w47-platform.md", entry(f"{WEEKNOTE}\nauthors: ada"))
    site.write("experiments/a.md", entry(EXPERIMENT))
    site.write("incidents/b.md", entry(f"{INCIDENT}\nsource: {{system: retold, url: https://example.org/report}}"))
    note = head_of(site, "weeknotes/2026-w47-platform.md").data
    assert note["@type"] == "BlogPosting" and "url" not in note
    assert [(one["@type"], one["name"]) for one in note["author"]] == [
        ("Person", "Ada"),
        ("Organization", "Platform"),
    ]
    assert head_of(site, "experiments/a.md").data["@type"] == "Report"
    retold = head_of(site, "incidents/b.md").data
    assert retold["isBasedOn"] == "https://example.org/report"
    assert retold["author"] == [{"@type": "Organization", "name": "Try"}]


SPANS = {
    "over": ("started_at: 2026-11-20T02:00Z\nresolved_at: 2026-11-20T03:10Z", "2026-11-20T02:00:00Z/2026-11-20T03:10:00Z"),
    "in its own zone": ("started_at: 2026-11-20T03:00+01:00", "2026-11-20T02:00:00Z/.."),
    "going on": ("started_at: 2026-11-20T02:00Z", "2026-11-20T02:00:00Z/.."),
    "mitigated": ("started_at: 2026-11-20T02:00Z\nmitigated_at: 2026-11-20T02:41Z", "2026-11-20T02:00:00Z/.."),
    "vague start": ("started_at: ~02:00\nresolved_at: 2026-11-20T03:10Z", None),
    "a day": ("started_at: 2026-11-20", None),
    "vague end": ("started_at: 2026-11-20T02:00Z\nresolved_at: ~03:10", "2026-11-20T02:00:00Z/2026-11-20"),
    "nobody knows when": ("", None),
    "a near miss": ("type: near-miss\nstarted_at: 2026-11-20T02:00Z", "2026-11-20T02:00:00Z"),
}  # fmt: skip


@pytest.mark.parametrize(("fields", "span"), SPANS.values(), ids=SPANS)
def test_the_time_that_an_incident_covers(site: Site, fields: str, span: str | None) -> None:
    site.write("incidents/a.md", entry(f"{INCIDENT}\n{fields}"))
    assert head_of(site, "incidents/a.md").data.get("temporalCoverage") == span


def test_an_incident_that_went_quiet_is_not_said_to_go_on(site: Site) -> None:
    site.write("incidents/a.md", entry(f"{INCIDENT}\nstarted_at: 2026-11-20T02:00Z"))
    later = head_of(site, "incidents/a.md", datetime(2027, 3, 1, tzinfo=UTC)).data
    assert later["temporalCoverage"] == "2026-11-20T02:00:00Z"


def test_a_time_in_a_zone_that_nobody_wrote_is_no_instant(site: Site) -> None:
    table = "## Timeline (CET)\n\n- 2026-11-20 02:00 started: it begins\n"
    site.write("incidents/a.md", entry("title: A\ndate: 2026-11-20", table))
    assert "temporalCoverage" not in head_of(site, "incidents/a.md").data


@pytest.mark.parametrize(
    ("fields", "span"),
    [
        ("starts: 2026-11-20\nends: 2026-12-10", "2026-11-20/2026-12-10"),
        ("starts: 2026-11-20", "2026-11-20/.."),
        ("ends: 2026-12-10", "../2026-12-10"),
        ("", None),
    ],
)
def test_the_time_that_an_experiment_covers(site: Site, fields: str, span: str | None) -> None:
    site.write("experiments/a.md", entry(f"{EXPERIMENT}\n{fields}"))
    library = publish(site.library(), NOW, ())
    assert temporal_coverage(library.frame, library.entries[0]) == span


def test_a_preview_of_a_link_to_an_entry(night: Site) -> None:
    metas = head_of(night, NIGHT_PATH).metas
    assert {name: metas[name] for name in metas if name.startswith(("og:", "article:"))} == {
        "og:type": ["article"],
        "og:title": ["Checkout timeouts"],
        "og:description": ["Half of all payments timed out."],
        "og:url": [f"{HOME}incidents/2026-11-20-night/"],
        "og:site_name": ["Try"],
        "article:published_time": ["2026-11-20T00:00:00Z"],
        "article:modified_time": ["2026-11-22T00:00:00Z"],
        "article:section": ["Incidents"],
        "article:tag": ["queues", "limits"],
    }


def test_the_filters_of_the_search(night: Site) -> None:
    head = head_of(night, NIGHT_PATH)
    filters = [(a["data-pagefind-filter"], a["content"]) for a in head.attributes if "data-pagefind-filter" in a]
    assert filters == [
        ("kind[content]", "Incident"), ("team[content]", "The platform"), ("service[content]", "Checkout"),
        ("service[content]", "Payments"), ("year[content]", "2026"), ("severity[content]", "sev2"),
    ]  # fmt: skip
    metas = [(a["data-pagefind-meta"], a["content"]) for a in head.attributes if "data-pagefind-meta" in a]
    assert metas == [("kind[content]", "Incident"), ("date[content]", "2026-11-20")]
    assert all(a.get("name") or a.get("property") for a in head.attributes if "content" in a), "a meta has a name"


def test_a_head_leads_to_the_feeds_of_its_entry_and_to_the_licence(night: Site) -> None:
    head = head_of(night, NIGHT_PATH)
    folders = ("incidents/", "teams/platform/", "services/checkout/", "services/payments/")
    for media, ending in (("atom+xml", "xml"), ("feed+json", "json")):
        found = [urljoin("incidents/2026-11-20-night/", href) for href in head.of("alternate", media)]
        assert found == [f"{folder}feed.{ending}" for folder in folders]
    assert head.of("license") == ["https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"]
    night.write(NIGHT_PATH, entry(NIGHT.replace("OGL-UK-3.0", "on request")))
    assert head_of(night, NIGHT_PATH).of("license") == [], "a licence without an address is linked nowhere"
    assert head_of(night, NIGHT_PATH).data["license"] == "on request"


@pytest.mark.parametrize(
    ("path", "kind", "folders"),
    [
        ("index.md", "Blog", []),
        ("weeknotes/index.md", "Blog", ["weeknotes/"]),
        ("incidents/index.md", "CollectionPage", ["incidents/"]),
        ("teams/platform.md", "CollectionPage", ["teams/platform/"]),
        ("services/checkout.md", "CollectionPage", ["services/checkout/"]),
        ("actions/index.md", "CollectionPage", ["actions/"]),
        ("actions/by-owner.md", "CollectionPage", []),
        ("tags/queues.md", "CollectionPage", []),
    ],
)
def test_a_page_that_gathers_has_a_head_too(night: Site, path: str, kind: str, folders: list[str]) -> None:
    head = read(page_head(public(night).frame, path, "Title", "What it is."))
    assert (head.data["@type"], head.data["name"], head.data["description"]) == (kind, "Title", "What it is.")
    assert head.data["url"].startswith(HOME)
    assert head.metas["og:type"] == ["website"] and head.metas["og:title"] == ["Title"]
    here = head.data["url"].removeprefix(HOME)
    feeds = [f"{folder}feed.xml" for folder in folders] + ["actions/due.xml"] * (folders == ["actions/"])
    assert [urljoin(here, href) for href in head.of("alternate", "atom+xml")] == feeds
    assert head.of("license") == ["https://creativecommons.org/licenses/by/4.0/"]


BREAKS_OUT = re.compile(r"<!--|</script|\u2028|\u2029", re.IGNORECASE)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_text_is_text_in_every_head(site: Site, text: str) -> None:
    quoted = in_quotes(text)
    fields = f"title: {quoted}\nsummary: {quoted}\ndate: 2026-11-20\nteam: t\nauthors: [p]\nservices: [s]\ntags: [{quoted}]"
    fields += f"\ncorrections: [{{date: 2026-11-21, text: {quoted}}}]\nlicence: {quoted}"
    site.write("incidents/a.md", entry(fields))
    for register, slug in (("teams", "t"), ("people", "p"), ("services", "s")):
        site.write(f"registers/{register}.yml", f"- {{slug: {slug}, name: {quoted}}}\n")
    plain = read_built(site, "incidents/a/index.html", text)
    assert plain.metas["og:title"] == plain.metas["og:description"] == [text]
    assert plain.data["headline"] == plain.data["description"] == plain.data["correction"][0]["text"] == text
    assert [one["name"] for one in plain.data["author"]] == [text, text]
    assert plain.data["about"][0]["name"] == text
    values = {a["content"] for a in plain.attributes if a.get("data-pagefind-filter")}
    assert values == {"Incident", "2026", text}


def read_built(site: Site, path: str, text: str) -> Head:
    """Build the site as anybody might, and read what our template put into a head, through the theme."""
    html = build_with_mkdocs(site)[path].decode()
    start = html.index('<meta property="og:type"')
    ours = html[start : html.index("</head>")]
    (script,) = re.findall(r'(?s)<script type="application/ld\+json">(.*?)</script>', ours)
    assert not BREAKS_OUT.search(script)
    head = read(ours)
    assert set(head.tags) == {"meta", "link", "script"}, "nothing else came of a text"
    assert not any(name.startswith("on") for attributes in head.attributes for name in attributes)
    return head


def test_a_built_page_says_what_it_is_and_where_its_feeds_are(night: Site) -> None:
    night.write("about.md", "# About us\n\nText.\n")
    night.write("/mkdocs.yml", night.read("mkdocs.yml").replace("site_name: Try", "site_name: R&D"))
    built = build_with_mkdocs(night)
    about, incident = (
        read(built[path].decode()) for path in ("about/index.html", "incidents/2026-11-20-night/index.html")
    )
    assert [urljoin("about/", href) for href in about.of("alternate")] == ["feed.xml", "feed.json"]
    assert {a["title"] for a in about.links if a.get("rel") == "alternate"} == {"R&D"}
    assert incident.of("alternate", "atom+xml")[-1] == "../../feed.xml"
    assert incident.of("canonical") == incident.metas["og:url"] == [f"{HOME}incidents/2026-11-20-night/"]
    assert "robots" not in incident.metas


def test_an_ordinary_page_cannot_put_anything_into_its_head(site: Site) -> None:
    site.write(
        "about.md",
        "---\nhead: <script>alert(1)</script>\nrobots: '\"><script>alert(2)</script>'\n---\n\n# About\n",
    )
    html = build_with_mkdocs(site)["about/index.html"].decode()
    assert "alert(1)" not in html
    assert "<script>alert(2)" not in html


@pytest.mark.parametrize("character", ["\x7f", "\x85", "\u2028", "\ufeff", "\ufffe", "\uffff", "\x9b"])
def test_front_matter_can_be_read_whatever_stands_in_a_title(character: str) -> None:
    import yaml

    page = Page(
        "a.md", f"a{character}b\U0001f389", "Text.", description=character, head=f"<meta content='{character}'>"
    )
    fields = yaml.safe_load(page.text.split("---\n")[1])
    assert (fields["title"], fields["description"]) == (f"a{character}b\U0001f389", character)
