"""The openness page: each figure counted by hand, and where a figure would mislead, none."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections import Counter
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from html import unescape
from html.parser import HTMLParser

import pytest

from aboveboard.content.public import preview, publish
from aboveboard.content.weeks import Week
from aboveboard.engine.sanitise import sanitise
from aboveboard.insight.cadence import Cell, Writer, year_to
from aboveboard.insight.definitions import BY_ID, CHANGES, DEFINITIONS
from aboveboard.insight.openness import Openness, openness_of
from aboveboard.insight.people import visible_leaders
from aboveboard.insight.quantiles import Share, quantile, spread_of
from aboveboard.outputs.page import Page
from aboveboard.outputs.site import render_site
from tests.conftest import CONFIG, NOW, Site, entry

PATH = "openness/index.md"
TEAMS = {
    "weekly": "- {slug: platform, name: Platform}\n",
    "fortnightly": "- {slug: platform, name: Platform, cadence: fortnightly}\n",
    "none": "- {slug: platform, name: Platform, cadence: none}\n",
    "unregistered": "- {slug: storage, name: Storage}\n",
}
# How a cell is written in the tests, so that a row of the calendar can be read as it looks.
SIGNS = {Cell.WRITTEN: "x", Cell.MISSED: "o", Cell.SPARE: "-", Cell.BEFORE: " ", Cell.RUNNING: "."}


def figures(site: Site, now: datetime = NOW) -> Openness:
    library = site.library()
    assert [str(d) for d in library.problems if d.severity == "error"] == []
    return openness_of(publish(library, now, ()))


def html(site: Site, now: datetime = NOW) -> str:
    page = render_site(publish(site.library(), now, ()))[PATH]
    assert isinstance(page, Page)
    return page.body


def words(text: str) -> str:
    """Return what can be read of a page's HTML, drawings apart."""
    text = re.sub(r"<svg.*?</svg>", " ", text, flags=re.DOTALL)
    return re.sub(r" (?=[).,:])", "", " ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split()))


def configure(site: Site, block: str) -> None:
    site.write("/mkdocs.yml", CONFIG.replace("[aboveboard]", f"\n  - aboveboard: {block}"))


def note(site: Site, week: str | Week, owner: str = "team: platform", name: str = "", more: str = "") -> None:
    slug = name or owner.rsplit(" ", 1)[-1].strip("[]")
    text = entry(f"week: {week}\ndate: 2026-01-01\n{owner}\n{more}")
    site.write(f"weeknotes/{str(week).lower()}-{slug}.md", text)


def incident(site: Site, name: str, fields: str = "", severity: str = "sev1", body: str = "Text.\n") -> None:
    typed = f"title: {name.capitalize()}\ndate: 2025-01-01\n" + (f"severity: {severity}\n" if severity else "")
    site.write(f"incidents/{name}.md", entry(typed + fields, body))


def ended(resolved: str, reviewed: str = "") -> str:
    """Return the fields of an incident that was resolved at noon, in UTC."""
    return f"timezone: UTC\nresolved_at: {resolved}T12:00Z" + (f"\nreviewed: {reviewed}" if reviewed else "")


def only_writer(found: Openness) -> Writer:
    (writer,) = [writer for writer in found.writers if writer.slug == "platform"]
    return writer


# The year


@pytest.mark.parametrize(
    ("now", "first", "count"),
    [
        ("2026-W48", "2025-W49", 52),
        ("2025-W52", "2025-W01", 52),
        ("2026-W53", "2026-W01", 53),
        ("2027-W01", "2026-W02", 53),
        ("2027-W52", "2026-W53", 53),
        ("2028-W01", "2027-W02", 52),
    ],
)
def test_a_year_of_weeks_ends_with_this_one(now: str, first: str, count: int) -> None:
    weeks = year_to(Week.parse(now))
    assert (str(weeks[0]), str(weeks[-1]), len(weeks)) == (first, now, count)
    assert [week.plus(1) for week in weeks[:-1]] == list(weeks[1:])


# It is Monday of week 48: that week is running, and 47 is the last that is over.
@pytest.mark.parametrize(
    ("cadence", "weeks", "due", "in_a_row", "missed_now", "longest", "cells"),
    [
        ("weekly", "44 45 46 47", (4, 4), 4, 0, 0, "xxxx."),
        ("weekly", "47 48", (1, 1), 2, 0, 0, "xx"),
        ("weekly", "44 46", (2, 4), 0, 1, 1, "xoxo."),
        ("weekly", "40 41", (2, 8), 0, 6, 6, "xxoooooo."),
        ("weekly", "40 41 48", (2, 8), 1, 0, 6, "xxoooooox"),
        ("weekly", "48", (0, 0), 1, 0, 0, "x"),
        ("weekly", "49", (0, 0), 0, 0, 0, ""),
        ("weekly", "", (0, 0), 0, 0, 0, ""),
        ("fortnightly", "41 44 45", (3, 3), 3, 0, 0, "x--xx--."),
        ("fortnightly", "41 43 45 47", (3, 3), 4, 0, 0, "x-x-x-x."),
        ("fortnightly", "42 44 46", (3, 3), 3, 0, 0, "x-x-x-."),
        ("fortnightly", "41", (1, 3), 0, 2, 2, "x--o-o-."),
        ("fortnightly", "41 48", (1, 3), 1, 0, 2, "x--o-o-x"),
        ("fortnightly", "42 44", (2, 3), 0, 1, 1, "x-x--o."),
        ("none", "40 47", (0, 0), 0, 0, 0, "x------x."),
        ("unregistered", "40 47", (0, 0), 0, 0, 0, "x------x."),
    ],
)
def test_a_team_writes_as_it_promised(
    site: Site, cadence: str, weeks: str, due: tuple[int, int], in_a_row: int, missed_now: int, longest: int, cells: str
) -> None:  # fmt: skip
    site.write("registers/teams.yml", TEAMS[cadence])
    for week in weeks.split():
        note(site, f"2026-W{week}")
    writer = only_writer(figures(site))
    assert writer.due == Share(*due)
    assert (writer.in_a_row, writer.missed_now, writer.longest_missed) == (in_a_row, missed_now, longest)
    assert "".join(SIGNS[week.cell] for week in writer.weeks) == cells.rjust(52)
    assert writer.written == cells.count("x")


def test_notes_older_than_the_calendar_count_in_a_row_and_are_not_due(site: Site) -> None:
    site.write("registers/teams.yml", TEAMS["weekly"])
    for back in range(1, 61):
        note(site, Week.of(NOW.date()).plus(-back))
    writer = only_writer(figures(site))
    assert (writer.due, writer.in_a_row, writer.written) == (Share(51, 51), 60, 51)


def test_a_year_with_53_weeks_has_53_cells(site: Site) -> None:
    site.write("registers/teams.yml", TEAMS["weekly"])
    note(site, "2026-W53")
    writer = only_writer(figures(site, datetime(2027, 1, 12, tzinfo=UTC)))
    assert len(writer.weeks) == 53
    assert (writer.due, writer.missed_now) == (Share(1, 2), 1)


@pytest.mark.parametrize(
    ("now", "due", "missed"),
    [
        ("2026-11-22T10:59Z", (1, 1), 0),  # Sunday, a minute before midnight in Auckland
        ("2026-11-22T11:00Z", (1, 2), 1),  # Monday there, and still Sunday in Greenwich
    ],
)
def test_a_week_is_over_at_midnight_in_the_zone_of_the_site(
    site: Site, now: str, due: tuple[int, int], missed: int
) -> None:
    configure(site, "{timezone: Pacific/Auckland}")
    site.write("registers/teams.yml", TEAMS["weekly"])
    note(site, "2026-W46")
    writer = only_writer(figures(site, datetime.fromisoformat(now)))
    assert (writer.due, writer.missed_now) == (Share(*due), missed)


@pytest.mark.parametrize(
    ("weeks", "said"),
    [
        ("46 47", "2 of 2, 2 in a row"),
        ("44 45 46", "3 of 4"),
        ("44 45", "2 of 4, none since week 45"),
        ("", "nothing yet"),
    ],
)
def test_missing_one_is_fine_and_two_in_a_row_are_said(site: Site, weeks: str, said: str) -> None:
    site.write("registers/teams.yml", TEAMS["weekly"])
    for week in weeks.split():
        note(site, f"2026-W{week}")
    text = words(html(site))
    assert f"Platform {said} " in text
    assert ("1 of 1 team " if weeks in ("46 47", "44 45 46") else "0 of 1 team ") in text


def test_a_team_that_wrote_years_ago_is_told_with_the_year(site: Site) -> None:
    site.write("registers/teams.yml", TEAMS["weekly"])
    note(site, "2024-W03")
    assert "Platform 0 of 51, none since week 3 of 2024 " in words(html(site))


def test_leaders_are_shown_and_other_people_are_not(site: Site) -> None:
    people = "- {slug: ada, name: Ada Example, leader: true}\n- {slug: bo, name: Bo Example}\n- {slug: cy, name: Cy Example, leader: true}\n"
    site.write("registers/people.yml", people)
    note(site, "2026-W40", "authors: [ada]")
    note(site, "2026-W40", "authors: [bo]")
    found = [writer for writer in figures(site).writers if writer.register == "people"]
    assert [(writer.slug, writer.written, writer.cadence) for writer in found] == [
        ("ada", 1, "none"),
        ("cy", 0, "none"),
    ]
    text = words(html(site))
    assert "Ada Example 1 week, last in week 40" in text and "Cy Example nothing yet" in text


def test_visible_leaders_wrote_in_the_last_year(site: Site) -> None:
    names = ("ada", "bo", "cy", "di")
    people = "".join(f"- {{slug: {n}, name: {n.capitalize()} Example, leader: true}}\n" for n in names)
    site.write("registers/people.yml", f"{people}- {{slug: ed, name: Ed Example}}\n")
    for name, day in (("ada", "2026-11-02"), ("bo", "2026-11-20"), ("cy", "2025-11-30"), ("ed", "2026-11-20")):
        site.write(f"weeknotes/{name}.md", entry(f"week: 2026-W40\ndate: {day}\nauthors: [{name}]"))
    site.write("experiments/e.md", entry("title: E\ndate: 2025-12-01\nstage: planned\nauthors: [di]"))
    site.write(
        "weeknotes/di.md", entry("week: 2026-W40\ndate: 2026-11-21\nauthors: [di]\nsource: {system: retold}")
    )
    leaders = visible_leaders(publish(site.library(), NOW, ()))
    assert [leader.person.slug for leader in leaders] == ["bo", "ada", "di"]
    assert leaders[0].last.isoformat() == "2026-11-20"


# Reviews


@pytest.mark.parametrize(
    ("fields", "reviewed", "waiting", "unknown", "in_time"),
    [
        (ended("2026-11-01", "2026-11-01"), [0], [], 0, (1, 1)),
        (ended("2026-11-01", "2026-11-15"), [14], [], 0, (1, 1)),
        (ended("2026-11-01", "2026-11-16"), [15], [], 0, (0, 1)),
        (ended("2026-11-09"), [], [14], 0, (0, 0)),
        (ended("2026-11-08"), [], [15], 0, (0, 1)),
        # A review that is still to come is none yet.
        (ended("2026-11-20", "2026-11-24"), [], [3], 0, (0, 0)),
        (ended("2026-11-20", "2026-11-23"), [3], [], 0, (1, 1)),
        # No zone: the site's. Another zone: the day it was there.
        ("resolved_at: 2026-11-01 23:30\nreviewed: 2026-11-02", [1], [], 0, (1, 1)),
        ("timezone: Pacific/Auckland\nresolved_at: 2026-11-01T23:30Z\nreviewed: 2026-11-02", [0], [], 0, (1, 1)),
        ("resolved_at: 2026-11-01\nreviewed: 2026-11-03", [2], [], 0, (1, 1)),
        # Reviewed before it was resolved, or with no word of when it was.
        (ended("2026-11-10", "2026-11-09"), [], [], 1, (0, 0)),
        ("reviewed: 2026-11-09", [], [], 1, (0, 0)),
        ("timezone: UTC\nstarted_at: 2026-11-01T10:00Z", [], [], 0, (0, 0)),
        (ended("2026-11-24"), [], [], 0, (0, 0)),
    ],
)
def test_days_are_counted_from_resolved_to_reviewed(
    site: Site, fields: str, reviewed: list[int], waiting: list[int], unknown: int, in_time: tuple[int, int]
) -> None:
    incident(site, "night", fields)
    found = figures(site).reviews
    assert [one.days for one in found.reviewed] == reviewed
    assert [one.days for one in found.waiting] == waiting
    assert (found.unknown, found.in_time) == (unknown, Share(*in_time))
    assert found.not_ended == (0 if reviewed or waiting or unknown else 1)


def test_a_resolution_in_the_timeline_counts(site: Site) -> None:
    incident(
        site,
        "night",
        "timezone: UTC\nreviewed: 2026-11-09",
        body="## Timeline\n\n- 2026-11-05 02:00 resolved: over\n",
    )
    assert [one.days for one in figures(site).reviews.reviewed] == [4]


def test_median_and_ninetieth_are_given_from_five_on(site: Site) -> None:
    for place, day in enumerate(("02", "03", "04", "21")):
        incident(site, f"i{place}", ended("2026-11-01", f"2026-11-{day}"))
    assert figures(site).reviews.spread.median is None
    text = words(html(site))
    assert "3 of 4 reviewed in time. 4 reviewed: too few for a median." in text
    assert "(75" not in text and "median:" not in text
    incident(site, "i4", ended("2026-11-01", "2026-11-06"))
    spread = figures(site).reviews.spread
    assert (spread.median, spread.ninetieth) == (3, 20)
    text = words(html(site))
    assert "4 of 5 (80 %) reviewed in time. Half were reviewed within 3 days, nine of ten within 20 days." in text
    assert "None is waiting." in text


@pytest.mark.parametrize(
    ("values", "percent", "expected"),
    [
        ([7], 50, 7),
        ([1, 2], 50, 1),
        ([1, 2, 3], 50, 2),
        ([3, 1, 2, 4], 50, 2),
        (range(1, 11), 90, 9),
        (range(1, 12), 90, 10),
        ([1, 1, 1, 100], 100, 100),
        ([5, 6], 1, 5),
    ],
)
def test_a_quantile_is_one_of_the_values(values: list[int], percent: int, expected: int) -> None:
    assert quantile(values, percent) == expected


def test_a_quantile_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="one value or more"):
        quantile([], 50)
    assert spread_of([]) == spread_of(iter(())) and spread_of([1, 2, 3, 4]).median is None


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(3, 4, None), (0, 0, None), (0, 5, 0), (5, 5, 100), (1, 300, 1), (299, 300, 99), (1, 8, 13), (2, 3, None)],
)
def test_a_share_of_few_has_no_percentage(part: int, whole: int, percent: int | None) -> None:
    assert Share(part, whole).percent == percent


def test_incidents_written_up_are_counted_by_severity(site: Site) -> None:
    configure(site, "{policy: {publish: [sev1, sev2], review_days: 5}}")
    incident(site, "a", ended("2026-11-01", "2026-11-02"))
    incident(site, "b", ended("2026-11-01"))
    incident(site, "c", ended("2026-11-01", "2026-11-09"), severity="sev2")
    incident(site, "d", ended("2026-11-01", "2026-11-09"), severity="sev3")
    incident(site, "e", ended("2026-11-01"), severity="")
    incident(site, "going-on", "timezone: UTC")
    incident(site, "near", "type: near-miss\nreviewed: 2026-11-02", severity="sev1")
    incident(site, "near-too", "type: near-miss", severity="")
    found = figures(site).reviews
    assert found.written_up == Share(2, 4), "a, c of a, b, c, e"
    assert [(row.severity, row.covered, row.share) for row in found.by_severity] == [
        ("sev1", True, Share(1, 2)),
        ("sev2", True, Share(1, 1)),
        ("sev3", False, Share(1, 1)),
        ("sev4", False, Share(0, 0)),
        (None, True, Share(0, 1)),
    ]
    assert (found.near_misses, found.not_ended) == (Share(1, 2), 1)
    assert found.in_time == Share(1, 4), "a in time; c took 8 days; b and e wait for 22"
    text = words(html(site))
    assert "incidents of severity sev1, sev2 are reviewed and written up within 5 days" in text
    assert "1 incident that goes on, or does not say when it ended, is not among them." in text
    assert "Near misses 1 of 2 counted apart" in text and "sev3 1 of 1 not asked for" in text
    assert "sev4 none resolved not asked for" in text
    assert "2 are still waiting, the longest for 22 days." in text


@pytest.mark.parametrize("longest", [3, 60, 61, 900])
def test_every_dot_stands_in_the_drawing(site: Site, longest: int) -> None:
    for place in range(40):
        incident(site, f"i{place}", ended("2023-01-01", "2023-01-04"))
    incident(site, "long", ended("2023-01-01", str(datetime(2023, 1, 1) + timedelta(days=longest))[:10]))
    incident(site, "waits", ended("2026-11-20"))
    (drawing,) = re.findall(r"<figure[^>]*id=\"review-times\">.*?</svg>", html(site), re.DOTALL)
    width, height = map(int, re.findall(r'viewBox="0 0 (\d+) (\d+)"', drawing)[0])
    dots = [(float(x), float(y)) for x, y in re.findall(r'<circle [^>]*cx="([\d.]+)" cy="([\d.]+)"', drawing)]
    assert len(dots) == 42
    assert all(6 <= x <= width - 6 and 6 <= y <= height - 6 for x, y in dots)
    assert height < 420, "a crowd on one day does not make the drawing grow for ever"
    assert ("logarithmic" in drawing) is (longest > 60)
    # Further right is longer, and equal days stand on one line.
    assert len({x for x, _ in dots}) == (1 if longest == 3 else 2)
    assert "dashed line is the policy, 14 days" in drawing and ">policy: 14 days</text>" in drawing


# Experiments


def experiment(site: Site, name: str, stage: str, more: str = "") -> None:
    site.write(f"experiments/{name}.md", entry(f"title: {name}\ndate: 2026-01-01\nstage: {stage}\n{more}"))


def test_every_result_counts_once(site: Site) -> None:
    digest = "digest: sha256:0"
    experiment(
        site,
        "a",
        "concluded",
        f"result: supported\nstarts: 2026-02-02\nregistered: {{date: 2026-02-02, {digest}}}",
    )
    experiment(
        site,
        "b",
        "concluded",
        f"result: not-supported\nstarts: 2026-02-02\nregistered: {{date: 2026-02-03, {digest}}}",
    )
    experiment(site, "c", "stopped", f"result: not-supported\nregistered: {{date: 2026-02-02, {digest}}}")
    experiment(site, "d", "concluded", "result: inconclusive\nends: 2026-02-02")
    experiment(site, "e", "stopped")
    experiment(site, "f", "concluded")
    experiment(site, "g", "running", "result: supported\nends: 2026-11-22")
    experiment(site, "h", "running", "ends: 2026-11-23")
    experiment(site, "i", "analysing", "ends: 2026-10-01")
    experiment(site, "j", "planned", "starts: 2026-09-01\nends: 2026-10-01")
    experiment(site, "k", "analysing", f"registered: {{date: 2026-11-24, {digest}}}")
    found = figures(site).results
    assert dict(found.by_outcome) == {
        "supported": 1, "not supported": 2, "inconclusive": 1, "stopped": 1, "no result given": 1,
        "being analysed": 2, "running": 2, "planned": 1,
    }  # fmt: skip
    assert found.registered == Share(2, 10), "a and c; b was registered after it began, k not yet; j has not begun"
    assert found.past_end == ("j", "g")
    assert found.total == 11
    text = words(html(site))
    assert (
        "2 of 10 (20 %) that began had their plan registered before. 2 are past their end: j (to end 1 October 2026)"
        in text
    )


def test_a_result_of_which_there_is_none_is_shown_as_none(site: Site) -> None:
    experiment(site, "a", "concluded", "result: supported")
    (table,) = re.findall(r"id=\"results-chart\".*?<tbody>(.*?)</tbody>", html(site), re.DOTALL)
    assert words(table) == "Supported 1 Not supported 0 Inconclusive 0 Stopped 0"


# Promises


def test_promises_are_counted_by_what_became_of_them(site: Site) -> None:
    actions = [
        "owner: ops, due: 2026-11-10, status: done, closed: 2026-11-10",
        "owner: ops, due: 2026-11-10, status: done, closed: 2026-11-01",
        "owner: ops, due: 2026-11-10, status: done, closed: 2026-11-11",
        "owner: ops, due: 2026-11-22",
        "owner: ops, due: 2026-11-23",
        "due: 2026-12-01",
        "owner: ops",
        "status: done, closed: 2026-11-01",
        "status: done, due: 2026-11-01",
        "status: dropped, due: 2026-11-01, why: The queue is gone",
        "status: dropped",
    ]
    listed = "\n".join(f"  - {{what: Do it, {action}}}" for action in actions)
    note(site, "2026-W47", more=f"actions:\n{listed}")
    incident(site, "theirs", f"source: {{system: retold}}\nactions:\n{listed}")
    incident(site, "nobody", "actions: [{what: Do it, due: 2026-01-01}]")
    found = figures(site).kept
    assert dict(found.by_state) == {
        "done in time": 2, "done late": 1, "overdue": 2, "open": 3, "done, no day given": 2,
        "dropped, said why": 1, "dropped, no reason": 1,
    }  # fmt: skip
    assert (found.kept, found.total) == (Share(2, 5), 12)
    assert found.late.count == 1 and found.late.median is None
    assert [(record.owner, record.kept) for record in found.by_owner] == [
        ("ops", Share(2, 4)), ("platform", Share(0, 0)), (None, Share(0, 1)),
    ]  # fmt: skip
    assert [dict(record.by_state)["open"] for record in found.by_owner] == [2, 1, 0]
    text = words(html(site))
    assert "2 of 5 (40 %) that fell due were kept in time. 1 done late: too few for a median." in text
    assert "Ops 2 of 4 2 1 1 2 0 0 0 Platform none due 0 0 0 1 2 1 1 Nobody named 0 of 1 0 0 1 0 0 0 0" in text


def test_days_late_are_given_from_five_on(site: Site) -> None:
    days = (1, 2, 3, 9, 40)
    lines = "\n".join(
        f"  - {{what: Do it, due: 2026-01-01, status: done, closed: {datetime(2026, 1, 1) + timedelta(days=n):%Y-%m-%d}}}"
        for n in days
    )
    note(site, "2026-W47", more=f"actions:\n{lines}")
    late = figures(site).kept.late
    assert (late.count, late.median, late.ninetieth) == (5, 3, 40)
    assert "Of 5 done late, half were at most 3 days late." in words(html(site))


# What is closed, what is left out, what is not there


def test_closed_items_past_their_date_are_counted(site: Site) -> None:
    more = "kind: incident, decided_by: head of security, decided: 2026-08-01, public: One report waits."
    site.write(
        "registers/closed.yml",
        f"- {{ref: c1, reason: personal data, review_by: 2026-11-22, {more}}}\n"
        f"- {{ref: c2, reason: commercial, review_by: 2026-11-23, {more}}}\n"
        f"- {{ref: c3, reason: commercial, review_by: 2027-01-01, {more}}}\n",
    )
    found = figures(site).closed
    assert (found.total, found.past_review) == (3, 1)
    assert found.by_reason == (("commercial", 2), ("personal data", 1))
    text = html(site)
    assert "3 items are closed (commercial: 2, personal data: 1). 1 should have been looked at again" in words(
        text
    )
    assert 'href="../closed/"' in text


def test_where_there_is_nothing_to_count_it_says_so(site: Site) -> None:
    text = html(site)
    assert "<svg" not in text and "%" not in words(text).replace("per cent", "")
    for sentence in (
        "No team is registered and none has written yet.",
        "No incident of our own that the policy covers has been resolved yet.",
        "No incident of our own has been resolved yet.",
        "No experiment of our own is published yet.",
        "No entry of our own promises anything yet.",
        "Nothing is closed by exception.",
        "No definition has changed since the first ones.",
    ):
        assert sentence in words(text)
    assert "left out of every figure" not in words(text)


MORE = {
    "retold": "source: {system: retold}",
    "draft": "draft: true",
    "scheduled": "published: 2026-11-20",
    "withdrawn": "withdrawn: {date: 2026-11-01, why: It named a person.}",
}


@pytest.mark.parametrize("held", MORE)
def test_what_is_not_ours_or_not_public_counts_in_no_figure(site: Site, held: str) -> None:
    nothing = figures(site)
    more = MORE[held]
    note(site, "2026-W47", more=more)
    incident(site, "a", f"{ended('2026-11-01', '2026-11-02')}\nactions: [{{what: Do it}}]\n{more}")
    experiment(site, "b", "concluded", f"result: supported\n{more}")
    if held == "scheduled":
        for path in site.root.glob("content/*/*.md"):
            path.write_text(re.sub(r"date: \d{4}", "date: 2027", path.read_text()))
    found = asdict(figures(site))
    expected = asdict(nothing)
    if held == "retold":
        expected["left_out"] = (("weeknote", 1), ("experiment", 1), ("incident", 1))
        text = words(html(site))
        assert (
            "1 incident, 1 experiment and 1 weeknote retold from other organisations are left out of every" in text
        )
    assert found == expected


def test_one_retold_report_is_left_out_in_the_singular(site: Site) -> None:
    incident(site, "a", MORE["retold"])
    assert "1 incident retold from other organisations is left out of every figure." in words(html(site))


def test_a_preview_shows_the_figures_of_the_public(site: Site) -> None:
    site.write("registers/people.yml", "- {slug: ada, name: Ada Example, leader: true}\n")
    note(site, "2026-W40", "authors: [ada]")
    expected = openness_of(publish(site.library(), NOW, ()))
    note(site, "2026-W41", "authors: [ada]", more="draft: true")
    incident(site, "a", f"{ended('2026-11-01')}\ndraft: true")
    library = preview(site.library(), NOW, ())
    assert len(library.entries) == 3
    assert openness_of(library) == expected
    assert [len(leader.entries) for leader in visible_leaders(library)] == [1]


def test_the_figures_are_plain_data(site: Site) -> None:
    full(site, 3)
    assert "2026-w47-team-0" in json.dumps(asdict(figures(site)), default=str)


# The page


def full(site: Site, teams: int) -> None:
    """Write a year of many teams, some of which write regularly, with something of everything."""
    cadences = ("weekly", "fortnightly", "none")
    records = [f"- {{slug: team-{n}, name: Team {n}, cadence: {cadences[n % 3]}}}\n" for n in range(teams)]
    site.write("registers/teams.yml", "".join(records))
    for n in range(teams):
        for back in range(0, 60, n % 3 + 1):
            # A gap of two in the middle of the year, for every other team.
            if not (n % 2 and 20 <= back < 24):
                note(site, Week.of(NOW.date()).plus(-back - 1), f"team: team-{n}")
    incident(site, "a", f"{ended('2026-11-01', '2026-11-02')}\nactions: [{{what: Do it, owner: team-1}}]")
    incident(site, "b", ended("2026-11-01"))
    experiment(site, "c", "running")


class Parts(HTMLParser):
    """Counts tags, and notes attributes, of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: Counter[tuple[str, ...]] = Counter()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found[(tag, *(f"{name}={value}" for name, value in sorted(attrs)))] += 1


@pytest.mark.parametrize("now", [NOW, datetime(2027, 1, 12, tzinfo=UTC)], ids=["52 weeks", "53 weeks"])
def test_the_cells_of_the_calendar_equal_its_table(site: Site, now: datetime) -> None:
    full(site, 6)
    text = html(site, now)
    (chart,) = re.findall(r'id="calendar">.*?</figure>', text, re.DOTALL)
    drawn, table = chart.split("<details", 1)
    rows = re.findall(r'<li class="ab-calendar-row">.*?</li>', drawn, re.DOTALL)
    lines = re.findall(r"<tr><th scope=\"row\".*?</tr>", table, re.DOTALL)
    assert len(rows) == len(lines) == 6
    assert all(len(re.findall("<rect", row)) == (53 if now.year == 2027 else 52) for row in rows)
    for row, line, writer in zip(rows, lines, figures(site, now).writers, strict=True):
        cells = re.findall(r"<td[^>]*>(.*?)</td>", line, re.DOTALL)
        # Columns: rhythm, then written, not written, not due, not over yet.
        for place, look in enumerate(("written", "missed", "spare", "running"), 1):
            said = re.findall(r"\bW\d\d\b", words(cells[place]))
            assert len(said) == len(re.findall(rf'<rect class="ab-{look}"', row))
        # The same links, in the same order, each to a note of the week that the title names.
        linked = re.findall(r'<a href="([^"]+)" tabindex="-1"><title>(Week \d+ of \d+)', row)
        assert [href for href, _ in linked] == re.findall(r'href="([^"]+)"', cells[1])
        expected = [(f"../weeknotes/{w.notes[0]}/", w.week.label.capitalize()) for w in writer.weeks if w.notes]
        assert linked == expected


def test_forty_teams_fit_on_a_page(site: Site) -> None:
    full(site, 40)
    text = html(site)
    assert len(re.findall('<li class="ab-calendar-row">', text)) == 40
    assert len(gzip.compress(text.encode())) < 60_000
    # Two links for every week written, one to be clicked in the picture and one to be reached by keyboard.
    strips = "".join(re.findall(r"<svg.*?</svg>", text.split('id="review-time"')[0], re.DOTALL))
    assert 'tabindex="-1"' in strips and re.search(r"<a href=\"[^\"]+\">", strips) is None


def test_no_share_of_fewer_than_five_is_in_per_cent(site: Site) -> None:
    full(site, 7)
    shares = [(int(b), bool(c)) for _, b, c in re.findall(r"(\d+) of (\d+)( \()?", words(html(site)))]
    assert shares and all(whole >= 5 for whole, in_percent in shares if in_percent)


def test_drawings_pass_the_cleaning_of_pages(site: Site) -> None:
    full(site, 3)
    text = html(site)
    assert "<svg" in text and "<circle" in text and "<rect" in text
    assert Parts(sanitise(text)).found == Parts(text).found


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>", '" onmouseover="alert(1)', "*x* | [x](javascript:alert(1)) `y`", "R&D &lt;",
        "الأسبوع", "週報 🎉", "</svg></figure><b>x", "A team whose name is much longer than any column can be " * 3,
    ],
)  # fmt: skip
def test_any_name_is_shown_as_it_is(site: Site, name: str) -> None:
    site.write(
        "registers/teams.yml", f"- {{slug: platform, name: {json.dumps(name.strip(), ensure_ascii=False)}}}\n"
    )
    note(site, "2026-W47")
    site.write(
        "incidents/i.md",
        entry(
            f"title: {json.dumps(name[:100], ensure_ascii=False)}\ndate: 2026-11-01\n{ended('2026-11-02')}\nactions: [{{what: Do it, owner: platform}}]"
        ),
    )
    text = html(site)
    assert "<script" not in text and "<b>" not in text and 'href="javascript' not in text
    assert " ".join(name.split()) in words(text)
    assert Parts(sanitise(text)).found == Parts(text).found
    assert not any(attribute.startswith("on") for found in Parts(text).found for attribute in found[1:])
    assert not re.search(r"\n\s*\n", text), "a blank line would end the HTML block"


def test_ids_on_the_page_are_unique_and_its_own_links_lead_somewhere(site: Site) -> None:
    full(site, 3)
    site.write("registers/people.yml", "- {slug: ada, name: Ada Example, leader: true}\n")
    text = html(site)
    ids = re.findall(r'\bid="([^"]+)"', text)
    assert [name for name, count in Counter(ids).items() if count > 1] == []
    assert set(re.findall(r'href="#([^"]+)"', text)) <= set(ids)


def test_a_site_with_figures_is_built_without_dead_links(site: Site) -> None:
    full(site, 2)
    site.write("registers/people.yml", "- {slug: ada, name: Ada Example, leader: true}\n")
    site.run("build")
    built = site.read("site/openness/index.html")
    assert 'class="ab-written"' in built and 'class="ab-ring"' in built


# Definitions


def test_a_definition_stands_beside_its_figure_and_at_the_foot(site: Site) -> None:
    text = html(site)
    for definition in DEFINITIONS:
        assert text.count(f'id="definition-{definition.id}"') == 1
        assert text.count(f'href="#definition-{definition.id}"') == 1
        assert f"version {definition.version}, {definition.since}" in words(text)
        assert definition.text in words(text)


def test_every_version_after_the_first_says_what_changed() -> None:
    wanted = {(d.id, version) for d in DEFINITIONS for version in range(2, d.version + 1)}
    assert {(change.id, change.version) for change in CHANGES} == wanted
    assert len(BY_ID) == len(DEFINITIONS)
    assert [change.since for change in CHANGES] == sorted((c.since for c in CHANGES), reverse=True)


# The text of every definition, by version. A text that changes needs a new version, a line in CHANGES and a
# line here; the lines of old versions stay.
TEXTS: dict[tuple[str, int], str] = {
    ("counted", 1): "9a8e17b30d26",
    ("calendar", 1): "1da70daae339",
    ("cadence", 1): "5d64c5d581cb",
    ("due-written", 1): "039b02c59695",
    ("in-a-row", 1): "d94f599f3802",
    ("covered", 1): "436718fee1fa",
    ("review-time", 1): "ccb8e694099e",
    ("within-policy", 1): "4f1c7ada875f",
    ("written-up", 1): "68c4db8aa32e",
    ("results", 1): "9fa3b63ffd1f",
    ("registered", 1): "a8bebfad9f60",
    ("past-end", 1): "b132b1f57b58",
    ("promises", 1): "b3d6a4f70df7",
    ("closed", 1): "adf492088e2d",
}


def test_a_definition_does_not_change_without_a_new_version() -> None:
    now = {(d.id, d.version): hashlib.sha256(d.text.encode()).hexdigest()[:12] for d in DEFINITIONS}
    assert {key: TEXTS.get(key) for key in now} == now
