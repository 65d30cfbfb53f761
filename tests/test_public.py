"""What the public sees, and what it does not: decided in one place, and looked for in every published byte."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from aboveboard.checks.run import broken_paths, check_library
from aboveboard.content.public import PublicLibrary, preview, publish
from aboveboard.outputs.page import Asset
from aboveboard.outputs.site import OUTPUTS, render_site
from tests.conftest import INCIDENT, NOW, WEEKNOTE, Site, entry

MARK = "xyzzy"
PIXEL = b"\x89PNG\r\n\x1a\n" + MARK.encode()


def public(site: Site, now: datetime = NOW) -> PublicLibrary:
    library = site.library()
    return publish(library, now, broken_paths(check_library(library, now)))


HELD = {
    "draft": f"{INCIDENT}\ndraft: true",
    "scheduled": INCIDENT.replace("2026-11-20", "2026-12-24"),
    "broken": f"{INCIDENT}\nseverity: dreadful",
    "impossible": f"{INCIDENT}\nstarted_at: 2026-11-20T03:00Z\nresolved_at: 2026-11-20T02:00Z",
    "withdrawn": f"{INCIDENT}\nwithdrawn: {{date: 2026-11-21, why: It was another team's}}",
    "unreadable": "title: [unclosed",
    "twice": f"{INCIDENT}\ntitle: Again",
}


@pytest.mark.parametrize("why", HELD)
def test_what_is_held_back_appears_nowhere(site: Site, why: str) -> None:
    """Not in a page, a feed, an address, a list, or beside: the marker is in every part of the entry."""
    fields = f"{HELD[why]}\ntags: [{MARK}-tag]\nservices: [{MARK}-service]\nlessons: [{MARK} lesson]"
    # What was withdrawn keeps its address, and says there that it was.
    name = "2026-11-20-gone" if why == "withdrawn" else f"2026-11-20-{MARK}"
    site.write(f"incidents/{name}/index.md", entry(fields, f"## {MARK}\n\n{MARK} ![{MARK}]({MARK}.png)\n"))
    (site.root / f"content/incidents/{name}/{MARK}.png").write_bytes(PIXEL)
    site.write("incidents/2026-11-19-good.md", entry(INCIDENT.replace("Checkout", "Login")))
    site.run("check", exit_code=1 if why not in ("draft", "scheduled", "withdrawn") else 0)
    built = build_with_mkdocs(site)
    names = [name for name in built if MARK in name]
    texts = [name for name, data in built.items() if MARK.encode() in data]
    assert (names, texts) == ([], [])
    assert any("2026-11-19-good" in name for name in built)


def build_with_mkdocs(site: Site) -> dict[str, bytes]:
    """Build with plain MkDocs, as anybody might, and return every file."""
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    target = site.root / "out"
    build(load_config(str(site.root / "mkdocs.yml"), site_dir=str(target)))
    return {p.relative_to(target).as_posix(): p.read_bytes() for p in target.rglob("*") if p.is_file()}


def test_an_entry_opens_on_its_day_in_the_sites_zone(site: Site) -> None:
    site.write(
        "/mkdocs.yml", site.read("mkdocs.yml").replace("aboveboard]", "aboveboard: {timezone: Pacific/Auckland}]")
    )
    site.write(
        "/mkdocs.yml",
        site.read("mkdocs.yml").replace(
            "[aboveboard: {timezone: Pacific/Auckland}]", "\n  - aboveboard: {timezone: Pacific/Auckland}"
        ),
    )
    site.write("weeknotes/2026-w48-a.md", entry("week: 2026-W48\ndate: 2026-11-24\nteam: a"))
    before, after = datetime(2026, 11, 23, 10, 59, tzinfo=UTC), datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
    assert public(site, before).entries == ()
    assert public(site, before).next_opening == after
    assert [e.id for e in public(site, after).entries] == ["2026-w48-a"]


def test_a_preview_shows_what_is_held_and_what_to_mend(site: Site) -> None:
    site.write("incidents/2026-11-20-draft.md", entry(HELD["draft"]))
    site.write("incidents/2026-12-24-later.md", entry(HELD["scheduled"]))
    site.write("incidents/2026-11-20-impossible.md", entry(HELD["impossible"]))
    site.write("incidents/2026-11-20-broken.md", entry(HELD["broken"]))
    library = site.library()
    seen = preview(library, NOW, check_library(library, NOW))
    assert seen.marks == {
        "2026-11-20-draft": "draft",
        "2026-12-24-later": "scheduled for 2026-12-24",
        "2026-11-20-impossible": "it has errors",
    }
    pages = {path: page.body for path, page in render_site(seen).items() if not isinstance(page, Asset)}
    assert "Preview only" in pages["incidents/2026-11-20-draft.md"]
    assert "resolved (2026-11-20T02:00Z) lies before started" in pages["incidents/2026-11-20-impossible.md"]
    assert "&#39;dreadful&#39; is not on the scale" in pages["incidents/2026-11-20-broken.md"]


def test_prompts_never_reach_an_output(site: Site) -> None:
    body = f"<!-- {MARK} -->\n\nText <!-- {MARK} --> goes on.\n\n`<!-- code -->`\n"
    site.write("weeknotes/2026-w47-platform.md", entry(WEEKNOTE, body))
    for name, item in render_site(public(site)).items():
        text = item.data.decode() if isinstance(item, Asset) else item.text
        assert MARK not in text, name
    assert "`<!-- code -->`" in public(site).entries[0].body


def test_relations_show_from_both_ends_and_never_to_what_is_held(site: Site) -> None:
    site.write("incidents/2026-11-20-a.md", entry(f"{INCIDENT}\nrelated: [2026-w47-platform, 2026-11-20-draft]"))
    site.write("weeknotes/2026-w47-platform.md", entry(WEEKNOTE))
    site.write("incidents/2026-11-20-draft.md", entry(f"{INCIDENT}\ndraft: true\nrelated: [2026-11-20-a]"))
    library = public(site)
    assert [e.id for e in library.related(library.by_id["2026-11-20-a"])] == ["2026-w47-platform"]
    assert [e.id for e in library.related(library.by_id["2026-w47-platform"])] == ["2026-11-20-a"]


def test_every_output_makes_something_of_a_little_and_does_not_mind_nothing(site: Site) -> None:
    for output in OUTPUTS.values():
        list(output(public(site)))
    site.write("incidents/2026-11-20-a.md", entry(f"{INCIDENT}\ntags: [a]\nservices: [b]\nteam: c\nlessons: [d]"))
    silent = [name for name, output in OUTPUTS.items() if not list(output(public(site)))]
    assert silent == ["entries that cannot be read", "withdrawn entries"]


PAGES_HELD = {
    "a merge that nobody finished": "---\n<<<<<<< HEAD\ndraft: true\n=======\ndraft: false\n>>>>>>> main\n---\n",
    "words above the fields": "---\nMy title\ndraft: true\n---\n",
    "a key of two words": "---\ntwo words: x\ndraft: true\n---\n",
    "no space": "---\ndraft:true\ntitle: x\n---\n",
    "a comment on the fence": "--- # a page\ndraft: true\n---\n",
    "a capital": "---\nDraft: true\n---\n",
    "a status": "---\nstatus: draft\n---\n",
    "a day to come": "---\ndate: 2027-01-01\n---\n",
    "withdrawn": "---\nwithdrawn: {date: 2026-11-20, why: gone}\n---\n",
}


@pytest.mark.parametrize("text", PAGES_HELD.values(), ids=PAGES_HELD)
def test_an_ordinary_page_is_held_back_however_it_says_so(site: Site, text: str) -> None:
    site.write("about.md", f"{text}\n{MARK}\n")
    site.write("other.md", "---\n\nA rule, and then prose: nothing hidden.\n\n---\n\nMore.\n")
    built = build_with_mkdocs(site)
    assert [name for name, data in built.items() if MARK.encode() in data] == []
    assert "other/index.html" in built
