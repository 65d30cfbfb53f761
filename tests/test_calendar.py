"""What falls due, as a calendar and as a feed: read back by the libraries that people's programs are made of."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import feedparser  # type: ignore[import-untyped]
import pytest
from icalendar import Calendar
from icalendar.cal import Component

from aboveboard.content.public import publish
from aboveboard.outputs.page import Asset, Page
from aboveboard.outputs.site import render_site
from tests.conftest import CONFIG, NOW, Site, entry
from tests.test_pages import HOSTILE

HOME = "https://example.org/open/"
ACTIONS = """actions:
  - {id: alarm, what: Alarm at 80 %, owner: platform, due: 2026-12-04, done_when: it has fired, link: 'https://example.org/12'}
  - {id: late, what: Say the limit, due: 2026-11-01}
  - {id: far, what: Rebuild it, owner: platform, due: 2027-06-01}
  - {id: open-ended, what: Think}
  - {id: kept, what: Write it down, due: 2026-12-01, status: done, closed: 2026-11-20}
  - {id: gone, what: Drop it, due: 2026-12-01, status: dropped, why: gone, closed: 2026-11-20}
"""
INCIDENT = f"title: Checkout timeouts\ndate: 2026-10-20\ntimezone: UTC\nteam: platform\n{ACTIONS}"


@pytest.fixture
def promised(site: Site) -> Site:
    site.write("/mkdocs.yml", CONFIG + f"site_url: {HOME}\n")
    site.write("registers/teams.yml", "- {slug: platform, name: Platform team}\n")
    site.write("incidents/2026-10-20-checkout.md", entry(INCIDENT))
    retold = (
        INCIDENT.replace("Checkout", "Their") + "source: {system: retold, url: 'https://example.org/theirs'}\n"
    )
    site.write("incidents/2026-10-20-theirs.md", entry(retold))
    site.write("incidents/2026-10-20-secret.md", entry(INCIDENT + "draft: true"))
    assert " error " not in site.run("check").stdout
    return site


def made(site: Site, path: str, now: datetime = NOW) -> bytes:
    found = render_site(publish(site.library(), now, ()))[path]
    assert isinstance(found, Asset)
    return found.data


def calendar(site: Site, now: datetime = NOW) -> Component:
    return Calendar.from_ical(made(site, "actions/actions.ics", now))


def events(site: Site, now: datetime = NOW) -> dict[str, Any]:
    return {str(event["uid"]): event for event in calendar(site, now).walk("VEVENT")}


def test_every_open_promise_of_ours_with_a_day_is_an_event_of_that_day(promised: Site) -> None:
    found = {str(event["summary"]): event.decoded("dtstart") for event in events(promised).values()}
    assert found == {
        "Due: Alarm at 80 %": date(2026, 12, 4),
        "Due: Say the limit": date(2026, 11, 1),
        "Due: Rebuild it": date(2027, 6, 1),
    }
    assert all(e.decoded("dtend") == e.decoded("dtstart") + timedelta(days=1) for e in events(promised).values())


def test_an_event_says_who_what_and_where(promised: Site) -> None:
    event = events(promised)["incident-2026-10-20-checkout-alarm@example.org"]
    text = str(event["description"])
    for said in (
        "Owner: Platform team",
        "Promised in: Checkout timeouts",
        "Done when: it has fired",
        "https://example.org/12",
    ):
        assert said in text.splitlines() or said in text
    assert str(event["url"]) == f"{HOME}incidents/2026-10-20-checkout/#action-alarm"
    assert str(event["transp"]) == "TRANSPARENT"
    assert [str(c) for c in event["categories"].cats] == ["Platform team"]


def test_the_calendar_names_itself_and_when_to_ask_again(promised: Site) -> None:
    found = calendar(promised)
    assert str(found["version"]) == "2.0" and str(found["prodid"]).startswith("-//")
    assert str(found["name"]) == str(found["x-wr-calname"]) == "Try: what falls due"
    assert found.decoded("refresh-interval") == timedelta(days=1)


def test_lines_end_and_fold_as_the_standard_says(promised: Site) -> None:
    promised.write(
        "incidents/2026-11-01-long.md",
        entry(f"title: {'語' * 100}\ndate: 2026-11-01\nactions: [{{what: '{'a; b, ' * 40}', due: 2026-12-01}}]"),
    )
    data = made(promised, "actions/actions.ics")
    lines = data.split(b"\r\n")
    assert lines[-1] == b"" and b"\n" not in b"".join(lines)
    assert all(len(line) <= 75 for line in lines)
    assert all(line.decode() is not None for line in lines), "no letter is cut in two"
    (event,) = [e for uid, e in events(promised).items() if "long" in uid]
    assert str(event["summary"]) == f"Due: {'a; b, ' * 40}".strip() and "語" * 100 in str(event["description"])


def test_a_build_on_another_day_writes_the_same_bytes(promised: Site) -> None:
    assert made(promised, "actions/actions.ics") == made(promised, "actions/actions.ics", NOW + timedelta(days=3))


def test_an_event_keeps_its_name_and_grows_its_number_when_the_entry_changes(promised: Site) -> None:
    before = events(promised)
    promised.write(
        "incidents/2026-10-20-checkout.md",
        entry(INCIDENT.replace("2026-12-04", "2026-12-11") + "updated: 2026-11-22"),
    )
    after = events(promised)
    assert before.keys() == after.keys()
    for uid in before:
        assert int(before[uid]["sequence"]) == 0 and int(after[uid]["sequence"]) == 33
        assert (
            after[uid].decoded("last-modified")
            == datetime(2026, 11, 22, tzinfo=UTC)
            == after[uid].decoded("dtstamp")
        )


def test_a_site_without_an_address_has_a_calendar_without_one(promised: Site) -> None:
    promised.write("/mkdocs.yml", CONFIG)
    assert set(events(promised)) == {
        f"incident-2026-10-20-checkout-{name}@try" for name in ("alarm", "late", "far")
    }
    assert all("url" not in event for event in events(promised).values())


def test_without_promises_there_is_a_calendar_and_a_feed_with_nothing_in_them(site: Site) -> None:
    assert not events(site)
    assert feedparser.parse(made(site, "actions/due.xml")).entries == []


@pytest.mark.parametrize("path", ["actions/due.xml", "actions/feed.xml", "feed.xml"])
def test_a_feed_of_a_site_without_an_address_names_itself_and_no_other(site: Site, path: str) -> None:
    links = feedparser.parse(made(site, path)).feed.links
    assert [link.href for link in links if link.rel == "self"] == [path.rpartition("/")[2]]


@pytest.mark.parametrize("text", [*HOSTILE.values(), "a\\nEND:VEVENT", "back\\slash; comma, colon:"], ids=repr)
def test_text_is_text_in_calendar_and_feed(site: Site, text: str) -> None:
    quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    site.write(
        "incidents/2026-11-01-a.md",
        entry(
            f"title: {quoted}\ndate: 2026-11-01\nactions: [{{what: {quoted}, due: 2026-11-24, done_when: {quoted}}}]"
        ),
    )
    (event,) = events(site).values()
    assert str(event["summary"]) == f"Due: {text}"
    assert f"Promised in: {text}\nDone when: {text}" in str(event["description"])
    (item,) = json.loads(made(site, "actions/due.json"))["items"]
    assert item["title"] == f"Due 24 November 2026: {text}"
    assert "<script" not in item["content_html"]


def test_what_a_line_cannot_hold_is_left_out(site: Site) -> None:
    text = "a\\rb\\nc\\x07d\\u2028e\\u200df"
    site.write(
        "incidents/2026-11-01-a.md",
        entry(f'title: A\ndate: 2026-11-01\nactions: [{{what: "{text}", due: 2026-12-01}}]'),
    )
    (event,) = events(site).values()
    assert str(event["summary"]) == "Due: a b cd e\u200df"


def due(site: Site, day: str) -> list[Any]:
    now = datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=UTC)
    parsed = feedparser.parse(made(site, "actions/due.xml", now))
    assert not parsed.bozo
    return list(parsed.entries)


def test_a_promise_enters_the_feed_two_weeks_before_its_day_and_stays_as_it_is(promised: Site) -> None:
    assert [item.title for item in due(promised, "2026-11-19")] == ["Due 1 November 2026: Say the limit"]
    first = due(promised, "2026-11-20")
    assert [item.title for item in first] == [
        "Due 4 December 2026: Alarm at 80 %",
        "Due 1 November 2026: Say the limit",
    ]
    later = due(promised, "2026-12-20")
    assert [(i.id, i.published, i.updated) for i in first] == [(i.id, i.published, i.updated) for i in later]
    assert [item.updated for item in first] == ["2026-11-20T00:00:00Z", "2026-10-20T00:00:00Z"]
    assert first[0].link == f"{HOME}incidents/2026-10-20-checkout/#action-alarm"


def test_a_day_that_is_moved_makes_another_item_and_one_that_is_kept_none(promised: Site) -> None:
    (before, _) = due(promised, "2026-11-21")
    promised.write("incidents/2026-10-20-checkout.md", entry(INCIDENT.replace("2026-12-04", "2026-12-05")))
    (after, _) = due(promised, "2026-11-21")
    assert before.id != after.id and before.link == after.link
    promised.write(
        "incidents/2026-10-20-checkout.md",
        entry(INCIDENT.replace("due: 2026-12-04", "due: 2026-12-04, status: done")),
    )
    assert [item.title for item in due(promised, "2026-11-21")] == ["Due 1 November 2026: Say the limit"]


def test_the_item_is_another_than_the_one_of_the_promise_and_both_formats_agree(promised: Site) -> None:
    told = {item["id"] for item in json.loads(made(promised, "actions/feed.json"))["items"]}
    items = json.loads(made(promised, "actions/due.json"))["items"]
    assert items and told.isdisjoint(item["id"] for item in items)
    assert [i["id"] for i in items] == [i.id for i in feedparser.parse(made(promised, "actions/due.xml")).entries]


def test_the_actions_page_and_the_feeds_page_lead_there(promised: Site) -> None:
    pages = render_site(publish(promised.library(), NOW, ()))
    for path, hrefs in {
        "actions/index.md": ("actions.ics", "due.xml"),
        "feeds/index.md": ("../actions/due.xml", "../actions/due.json"),
    }.items():
        page = pages[path]
        assert isinstance(page, Page)
        found = set(re.findall(r'href="([^"]+)"', page.body))
        assert found >= set(hrefs)


def test_the_built_site_serves_them(promised: Site) -> None:
    promised.run("build")
    data = (promised.root / "site/actions/actions.ics").read_bytes()
    assert data == made(promised, "actions/actions.ics")
