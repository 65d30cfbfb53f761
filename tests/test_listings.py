"""The pages that gather: what stands on them was counted by hand, and none of them grows without end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin

import pytest

from aboveboard.content.public import publish
from aboveboard.content.weeks import Week
from aboveboard.insight.board import began_on, ended_on
from aboveboard.insight.changes import recent_changes
from aboveboard.insight.weeks import gather_weeks
from aboveboard.outputs.format import and_list, counted, in_short, say_span
from aboveboard.outputs.links import address
from aboveboard.outputs.page import Asset, Page
from aboveboard.outputs.site import render_site
from tests.conftest import CONFIG, NOW, Site, entry
from tests.test_pages import HOSTILE, body, pages

TODAY = date(2026, 11, 23)
RETOLD = "source: {system: retold, url: https://example.org/report}"


def words(html: str) -> str:
    """Return what a reader reads, spaces as one."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def incident(title: str, day: str, more: str = "", text: str = "Text.\n") -> str:
    return entry(f"title: {title}\ndate: {day}\ntimezone: UTC\n{more}", text)


def weeknote(week: str, day: str, team: str = "platform", more: str = "") -> str:
    return entry(f"week: {week}\ndate: {day}\nteam: {team}\n{more}")


def experiment(title: str, day: str, stage: str, more: str = "") -> str:
    return entry(f"title: {title}\ndate: {day}\nstage: {stage}\n{more}")


def section(html: str, anchor: str) -> str:
    """Return the words between a heading with that id and the next heading of its level or above."""
    match = re.search(rf'<h([23]) id="{re.escape(anchor)}"', html)
    assert match, f"no heading has the id {anchor}"
    rest = html[match.start() :]
    end = re.search(rf"<h[1-{match[1]}][ >]", rest[1:])
    return words(rest[: end.start() + 1] if end else rest)


# An empty project, and what is held back

EMPTY = {
    "index.md": "No incident is going on.",
    "weeknotes/index.md": "The first one stands here",
    "experiments/index.md": "None yet.",
    "lessons/index.md": "None yet. A lesson of any weeknote, experiment or incident stands here",
    "actions/index.md": "Nothing promised yet.",
    "actions/by-owner.md": "Nothing promised yet.",
    "teams/index.md": "None yet.",
    "people/index.md": "None yet.",
    "services/index.md": "None yet.",
    "tags/index.md": "None yet.",
    "weeks/index.md": "Nothing published yet.",
    "years/index.md": "Nothing published yet.",
    "closed/index.md": "Nothing is closed.",
}


@pytest.mark.parametrize(("path", "said"), EMPTY.items())
def test_a_site_with_nothing_in_it_says_so(site: Site, path: str, said: str) -> None:
    assert said in words(body(site, path))


def test_a_site_with_nothing_in_it_leads_to_no_latest_and_counts_nothing(site: Site) -> None:
    assert "weeknotes/latest/index.html" not in pages(site)
    text = body(site, "index.md")
    assert [
        f"None yet. {about}" in words(text) for about in ("What a team did", "What we believed", "What went wrong")
    ] == [True] * 3
    assert not {"lessons", "actions", "changes"} & set(re.findall(r'<h2 id="([^"]+)"', text))


@pytest.mark.parametrize(
    "held",
    ["draft: true", "date: 2027-01-01", "withdrawn: {date: 2026-11-21, why: it was wrong}", "severity: sev99"],
)
def test_what_is_held_back_is_on_no_page_that_gathers(site: Site, held: str) -> None:
    fields = """title: Mirabilis
date: 2026-11-20
timezone: UTC
tags: [mirabilis]
team: mirabilis
services: [mirabilis]
factors: [Mirabilis]
lessons: [Mirabilis]
actions: [{what: Mirabilis, owner: mirabilis, due: 2026-11-01}, {what: Mirabilis, status: done, closed: 2026-11-21}]
corrections: [{date: 2026-11-22, text: Mirabilis}]"""
    name = held.partition(":")[0]
    lines = [line for line in fields.splitlines() if line.partition(":")[0] != name]
    site.write("incidents/2026-11-20-mirabilis.md", entry("\n".join([*lines, held])))
    site.write("incidents/2026-11-20-good.md", incident("Good", "2026-11-20", "lessons: [Good]"))
    library = site.library()
    made = render_site(publish(library, NOW, library.broken_paths))
    found = [path for path, item in made.items() if "irabilis" in path or b"irabilis" in _bytes(item)]
    # Of a withdrawn entry the address stays, and says why; so do the feeds, once.
    feeds = [f"{folder}feed.{ending}" for folder in ("", "incidents/") for ending in ("xml", "json")]
    kept = ["incidents/2026-11-20-mirabilis.md", *feeds] if name == "withdrawn" else []
    assert sorted(found) == sorted(kept)
    assert "Good" in words(_text(made["lessons/2026.md"]))


def test_what_was_opened_again_is_told_apart_from_what_is_closed(site: Site) -> None:
    record = "kind: incident, reason: commercial, decided_by: the board, decided: 2026-10-01"
    site.write(
        "registers/closed.yml",
        f"- {{ref: c-1, {record}, review_by: 2026-11-01, public: It waits}}\n"
        f"- {{ref: c-2, {record}, review_by: 2027-01-01, public: It stays}}\n"
        f"- {{ref: c-3, {record}, review_by: 2026-11-01, public: It came out, reopened: 2026-11-10}}\n",
    )
    text = words(body(site, "closed/index.md"))
    assert "Needs a decision 1" in text and "Closed for now 1" in text and "Opened again 1" in text
    assert text.index("It waits") < text.index("It stays") < text.index("It came out")


# Home


@pytest.fixture
def small(site: Site) -> Site:
    """Three teams, four weeks: an incident going on, one over, promises in every state."""
    site.write(
        "registers/teams.yml", "- {slug: platform, name: The platform team, contact: 'mailto:p@example.org'}\n"
    )
    site.write(
        "incidents/2026-11-22-queue.md",
        incident("The queue is stuck", "2026-11-22", "severity: sev2\nservices: [checkout]\nteam: platform"),
    )
    site.write(
        "incidents/2026-11-02-night.md",
        incident(
            "Checkout timeouts",
            "2026-11-02",
            "severity: sev1\nservices: [checkout]\ntags: [limits]\nresolved_at: 2026-11-04\nreviewed: 2026-11-18\n"
            "factors: [The limit was set for a third of the traffic]\n"
            "lessons: [Limits age, {id: alarms, what: Alarms need owners}]\n"
            "actions:\n"
            "  - {what: Alarm at 80 percent, owner: platform, due: 2026-11-20, addresses: f1}\n"
            "  - {what: Slow the tool down, owner: storage, due: 2026-12-20, addresses: f9}\n"
            "  - {what: Write the limit down, owner: platform, status: done, closed: 2026-11-19}\n"
            "  - {what: Buy a bigger one, owner: storage, status: dropped, closed: 2026-11-09, why: it ages as well}\n",
        ),
    )
    site.write(
        "weeknotes/2026-w47-platform.md", weeknote("2026-W47", "2026-11-20", more="lessons: [Write it down]")
    )
    site.write("weeknotes/2026-w45-storage.md", weeknote("2026-W45", "2026-11-06", "storage", "tags: [limits]"))
    site.write(
        "experiments/2026-10-05-forms.md",
        experiment(
            "Shorter forms", "2026-10-05", "concluded",
            "starts: 2026-10-12\nends: 2026-11-17\nresult: not-supported\ndecision: abandon\ntags: [forms]\nteam: storage\n"
            "hypothesis: We believe that shorter forms are sent more often\nlessons: [Length was not it]\n"
            "registered: {date: 2026-10-12, digest: abc}",
        ),
    )  # fmt: skip
    site.write(
        "incidents/2017-02-28-elsewhere.md",
        incident(
            "Elsewhere",
            "2017-02-28",
            f"published: 2026-11-10\n{RETOLD}\nactions: [{{what: Slow theirs down, owner: them}}]",
        ),
    )
    return site


def test_home_says_what_is_going_on_and_what_is_promised(small: Site) -> None:
    text = body(small, "index.md")
    assert section(text, "now").startswith("Right now 1 incident going on. The queue is stuck Open sev2")
    promised = section(text, "actions")
    assert promised.startswith("What we promised 1 overdue 1 open 1 done 1 dropped Overdue Alarm at 80 percent")
    assert promised.index("Alarm at 80 percent") < promised.index("Slow the tool down")
    assert "Slow theirs down" not in promised
    assert 'href="actions/#overdue"' in text
    assert section(text, "lessons").startswith(
        "What we learned lately Write it down Weeknote · from The platform team"
    )


def test_home_says_what_changed_in_seven_days(small: Site) -> None:
    changed = section(body(small, "index.md"), "changes")
    lines = re.findall(r"(\d+ November 2026) (.*?)(?= \d+ November|$)", changed.removesuffix(" Week by week"))
    assert lines == [
        ("22 November 2026", "Incident published: The queue is stuck"),
        (
            "20 November 2026",
            "Weeknote published: The platform team, week 47 of 2026",
        ),
        ("19 November 2026", "Action done: Write the limit down"),
        ("18 November 2026", "Incident reviewed: Checkout timeouts"),
        ("17 November 2026", "Experiment concluded: Shorter forms"),
    ]


def test_home_is_short_whatever_there_is(site: Site) -> None:
    for number in range(40):
        site.write(
            f"incidents/2026-11-20-n{number}.md",
            incident(
                f"Number {number}",
                "2026-11-20",
                f"lessons: [L{number}]\nactions: [{{what: A{number}, due: 2026-11-21}}]",
            ),
        )
    text = body(site, "index.md")
    now = section(text, "now")
    assert "40 incidents going on." in now and now.endswith("30 more")
    assert len(re.findall(r"Number \d+ Open", section(text, "incidents"))) == 3
    assert section(text, "changes").endswith("28 more changes: Week by week")
    assert len(re.findall(r"Overdue A\d+", section(text, "actions"))) == 5
    assert len(re.findall(r"Link to this lesson", text)) == 5


CHANGES = {
    "the seventh day counts": ("incidents/a.md", incident("A", "2026-11-17"), [("2026-11-17", "published")]),
    "the eighth does not": ("incidents/a.md", incident("A", "2026-11-16"), []),
    "shown later than it happened": (
        "incidents/a.md", incident("A", "2017-02-28", "published: 2026-11-20"), [("2026-11-20", "published")],
    ),
    "what happened on one day is one line": (
        "incidents/a.md",
        incident("A", "2026-11-20", "resolved_at: 2026-11-20T03:00Z\nreviewed: 2026-11-22\nupdated: 2026-11-22"),
        [("2026-11-20", "published, resolved"), ("2026-11-22", "reviewed")],
    ),
    "corrected": (
        "weeknotes/a.md",
        weeknote("2026-W01", "2026-01-02", more="corrections: [{date: 2026-11-21, text: It was 14}, {date: 2026-01-21, text: x}]"),
        [("2026-11-21", "corrected")],
    ),
    "noticeably updated": (
        "weeknotes/a.md", weeknote("2026-W01", "2026-01-02", more="updated: 2026-11-21"), [("2026-11-21", "updated")],
    ),
    "concluded at the end of its time box": (
        "experiments/a.md", experiment("A", "2026-10-01", "concluded", "ends: 2026-11-21"), [("2026-11-21", "concluded")],
    ),
    "no day for an end that nobody wrote": ("experiments/a.md", experiment("A", "2026-10-01", "concluded"), []),
    "a promise that is open again": (
        "weeknotes/a.md", weeknote("2026-W01", "2026-01-02", more="actions: [{what: A, closed: 2026-11-20}]"), [],
    ),
    "another organisation's promise": (
        "incidents/a.md",
        incident("A", "2017-02-28", f"{RETOLD}\nactions: [{{what: A, status: done, closed: 2026-11-20}}]"), [],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("path", "text", "expected"), CHANGES.values(), ids=CHANGES)
def test_a_change_has_its_day(site: Site, path: str, text: str, expected: list[tuple[str, str]]) -> None:
    site.write(path, text)
    found = recent_changes(site.library().entries, TODAY)
    assert sorted((change.day.isoformat(), ", ".join(change.words)) for change in found) == expected


# Weeknotes


def test_weeknotes_stand_by_week_with_the_teams_side_by_side(site: Site) -> None:
    # 1 January 2027 lies in the last week of 2026.
    for week, day, team in (
        ("2026-W47", "2026-11-20", "storage"),
        ("2026-W47", "2026-11-21", "platform"),
        ("2025-W01", "2025-01-03", "platform"),
        ("2026-W01", "2025-12-31", "platform"),
    ):
        site.write(f"weeknotes/{week.lower()}-{team}.md", weeknote(week, day, team))
    text = body(site, "weeknotes/index.md")
    assert re.findall(r'<h2 id="([^"]+)"', text) == ["2026-w47", "2026-w01", "2025-w01"]
    assert section(text, "2026-w47") == (
        "Week 47 of 2026 16 to 22 November 2026 Platform Platform, week 47 of 2026 Storage Storage, week 47 of 2026"
    )
    assert "29 December 2025 to 4 January 2026" in section(text, "2026-w01")
    assert "By team: Platform , Storage" in words(text)


def test_the_index_of_weeknotes_shows_26_weeks_and_names_the_years_of_the_others(site: Site) -> None:
    week = Week(2026, 47)
    for back in range(60):
        one = week.plus(-back)
        site.write(f"weeknotes/{one.slug}-platform.md", weeknote(str(one), one.monday.isoformat()))
    text = body(site, "weeknotes/index.md")
    assert len(re.findall(r"<h2 ", text)) == 26
    assert words(text).endswith("Earlier weeks: 2026 , 2025")
    assert 'href="../years/2025/#weeknotes"' in text


def test_the_latest_leads_to_the_newest_week_with_a_weeknote(small: Site) -> None:
    stub = pages(small)["weeknotes/latest/index.html"]
    assert isinstance(stub, Asset)
    html = stub.data.decode()
    assert 'content="0; url=../../weeks/2026-w47/#weeknotes"' in html
    assert '<a href="../../weeks/2026-w47/#weeknotes" dir="auto">' in html
    assert '<link rel="canonical" href="../../weeks/2026-w47/#weeknotes">' in html
    assert 'href="latest/"' in body(small, "weeknotes/index.md")
    small.write("/mkdocs.yml", CONFIG + "site_url: https://example.org/open/\n")
    stub = pages(small)["weeknotes/latest/index.html"]
    assert b'<link rel="canonical" href="https://example.org/open/weeks/2026-w47/">' in _bytes(stub)


def test_a_weeknote_that_is_called_latest_keeps_its_address(site: Site) -> None:
    site.write("weeknotes/latest.md", weeknote("2026-W47", "2026-11-20"))
    assert "weeknotes/latest/index.html" not in pages(site)


# The board


def test_the_refuted_are_as_visible_as_the_rest(small: Site) -> None:
    small.write("experiments/2026-11-01-b.md", experiment("B", "2026-11-01", "running", "ends: 2026-12-01"))
    small.write("experiments/2026-11-01-c.md", experiment("C", "2026-11-01", "stopped", "result: inconclusive"))
    small.write(
        "experiments/2026-11-01-d.md", experiment("D", "2026-11-01", "concluded", f"result: supported\n{RETOLD}")
    )
    text = body(small, "experiments/index.md")
    assert "0 planned 1 running 0 analysing 2 concluded 1 stopped" in words(text)
    assert (
        section(text, "supported")
        == "Supported 1 Experiment · Concluded · Supported · Retold D opened 1 November 2026"
    )
    assert section(text, "not-supported") == (
        "Not supported 1 Experiment · Concluded · Not supported Shorter forms "
        "We believe that shorter forms are sent more often Storage · 12 October to 17 November 2026 · "
        "plan registered 12 October 2026 · decision: abandon"
    )
    assert section(text, "inconclusive").startswith("Inconclusive 1 Experiment · Stopped · Inconclusive C")
    assert section(text, "running") == "Running 1 Experiment · Running B until 1 December 2026"
    assert section(text, "planned") == "Planned 0 None."
    assert [section(text, "concluded").count(title) for title in ("Shorter forms", " D")] == [1, 1]


def test_a_long_column_shows_the_newest_20(site: Site) -> None:
    for number in range(25):
        day = f"2025-12-{number + 1:02}" if number < 5 else f"2026-01-{number + 1:02}"
        more = "result: not-supported"
        site.write(f"experiments/{day}-a.md", experiment(f"N{number:02}", day, "concluded", more))
    text = body(site, "experiments/index.md")
    for column in ("not-supported", "concluded"):
        found = section(text, column)
        assert re.findall(r"N\d\d", found) == [f"N{number:02}" for number in range(24, 4, -1)]
        assert found.endswith("5 more: 2025")
    assert 'href="../years/2025/#experiments"' in text


@pytest.mark.parametrize(
    ("fields", "began", "ended"),
    [
        ("stage: planned\nstarts: 2026-11-01", None, None),
        ("stage: running\nstarts: 2026-11-01\nends: 2026-12-01", "2026-11-01", None),
        ("stage: running\nregistered: {date: 2026-11-02, digest: x}", "2026-11-02", None),
        ("stage: running\nstarts: 2027-01-01", None, None),
        ("stage: stopped\nends: 2026-12-01\nupdated: 2026-11-05", None, "2026-11-05"),
        ("stage: concluded\nends: 2026-11-09\nupdated: 2026-11-20", None, "2026-11-09"),
        ("stage: concluded", None, None),
    ],
)
def test_an_experiment_begins_and_ends_on_days_that_somebody_wrote(
    site: Site, fields: str, began: str | None, ended: str | None
) -> None:
    site.write("experiments/a.md", entry(f"title: A\ndate: 2026-10-01\n{fields}"))
    (one,) = site.library().entries
    assert began_on(one, TODAY) == (date.fromisoformat(began) if began else None)
    assert ended_on(one, TODAY) == (date.fromisoformat(ended) if ended else None)


# Lessons


def lesson_addresses(site: Site) -> dict[str, str]:
    """Return every lesson's text by its page and anchor."""
    return {
        f"{path}#{anchor}": words(text)
        for path, item in pages(site).items()
        if re.fullmatch(r"lessons/\d{4}\.md", path)
        for anchor, text in re.findall(r'<li class="ab-lesson" id="([^"]+)">(.*?)<p', _text(item), re.DOTALL)
    }


def test_a_lesson_keeps_its_address_whatever_comes_later(small: Site) -> None:
    before = lesson_addresses(small)
    assert before == {
        "lessons/2026.md#2026-11-02-night--l1": "Limits age",
        "lessons/2026.md#2026-11-02-night--alarms": "Alarms need owners",
        "lessons/2026.md#2026-w47-platform--l1": "Write it down",
        "lessons/2026.md#2026-10-05-forms--l1": "Length was not it",
    }
    small.write("incidents/2026-11-21-new.md", incident("New", "2026-11-21", "lessons: [One, Two]"))
    small.write("incidents/2025-11-21-old.md", incident("Old", "2025-11-21", "lessons: [Three]"))
    after = lesson_addresses(small)
    assert before.items() <= after.items()
    assert len(after) == len(before) + 3 and "lessons/2025.md#2025-11-21-old--l1" in after


def test_a_lesson_says_where_it_comes_from(small: Site) -> None:
    text = body(small, "lessons/2026.md")
    assert (
        "Limits age Incident · from Checkout timeouts · 2 November 2026 · limits · Link to this lesson"
        in words(text)
    )
    assert 'href="#2026-11-02-night--l1"' in text
    assert 'href="../../incidents/2026-11-02-night/#lesson-l1"' in text
    assert 'href="2026/#2026-11-02-night--l1"' in body(small, "lessons/index.md")


def test_topics_lead_to_their_lessons(small: Site) -> None:
    text = body(small, "lessons/index.md")
    assert section(text, "topics") == "By topic forms 1 limits 2"
    assert 'href="../tags/limits/#lessons"' in text
    page = body(small, "tags/limits.md")
    headings = re.findall(r'<h2 id="([^"]+)"', page)
    assert headings == ["lessons", "weeknotes", "incidents"], "a topic begins with what it taught"
    assert section(page, "lessons").count("Link to this lesson") == 2


def test_the_index_of_lessons_shows_the_newest_30_and_the_years_show_all(site: Site) -> None:
    for number in range(45):
        year = 2024 + number % 2
        day = f"{year}-03-{number % 28 + 1:02}"
        site.write(f"incidents/{day}-n{number}.md", incident("A", day, f"lessons: [Lesson {number}]"))
    text = body(site, "lessons/index.md")
    assert section(text, "newest").count("Link to this lesson") == 30
    assert section(text, "years") == "All of them, by year 2025 22 2024 23"
    assert words(body(site, "lessons/2024.md")).count("Link to this lesson") == 23


# Actions


def test_the_register_has_every_promise_in_its_state(small: Site) -> None:
    text = body(small, "actions/index.md")
    assert re.findall(r'<h2 id="([^"]+)"', text) == [
        "overdue", "open", "done", "dropped", "promised-elsewhere-as-reported", "owners",
    ]  # fmt: skip
    assert section(text, "overdue") == (
        "Overdue 1 Overdue Alarm at 80 percent The platform team · due 20 November 2026 · addresses "
        "The limit was set for a third of the traffic · from Checkout timeouts"
    )
    assert 'href="../incidents/2026-11-02-night/#factor-f1"' in text
    assert 'href="../incidents/2026-11-02-night/#action-a1"' in text
    assert "addresses" not in section(text, "open"), "a factor that is not there is not linked to"
    assert "dropped 9 November 2026 · why: it ages as well" in section(text, "dropped")


def test_a_promise_made_elsewhere_is_nobodys_here(small: Site) -> None:
    text = body(small, "actions/index.md")
    assert "As reported Slow theirs down Them · from Elsewhere" in section(text, "promised-elsewhere-as-reported")
    assert "1 overdue 1 open 1 done 1 dropped" in words(text)
    assert "Slow theirs down" not in section(text, "open")
    assert "Them" not in section(text, "owners") and "theirs" not in body(small, "actions/by-owner.md")


def test_the_register_is_counted_by_owner(small: Site) -> None:
    small.write(
        "weeknotes/2026-w46-a.md", weeknote("2026-W46", "2026-11-13", more="actions: [{what: Nobody does it}]")
    )
    text = body(small, "actions/index.md")
    assert section(text, "owners") == (
        "By owner Owner Overdue Open Done Dropped Storage 0 1 0 1 The platform team 1 0 1 0 Nobody yet 0 1 0 0"
    )
    owners = body(small, "actions/by-owner.md")
    assert re.findall(r'<h2 id="([^"]+)"', owners) == ["storage", "platform", "no--owner"]
    assert 'href="by-owner/#platform"' in text
    assert section(owners, "platform").startswith(
        "The platform team The team's page · 1 overdue · 0 open · 1 done · 0 dropped Overdue Alarm at 80 percent"
    )


def test_the_register_is_bounded_and_leads_to_the_rest(site: Site) -> None:
    done = "".join(
        f"  - {{what: D{n:03}, owner: a, status: done, closed: 2026-{1 + n // 28:02}-{1 + n % 28:02}}}\n"
        for n in range(130)
    )
    undone = "".join(f"  - {{what: O{n:03}, owner: a}}\n" for n in range(130))
    site.write("incidents/2026-01-01-a.md", incident("A", "2026-01-01", f"actions:\n{done}{undone}"))
    text = body(site, "actions/index.md")
    assert re.findall(r"D\d\d\d", section(text, "done")) == [f"D{n:03}" for n in range(129, 69, -1)]
    assert section(text, "done").endswith("The newest 60 of 130. All of them are in data/actions.csv .")
    assert re.findall(r"O\d\d\d", section(text, "open")) == [f"O{n:03}" for n in range(60)]
    assert section(text, "open").endswith(
        "The first 60 of 130. The others stand by owner , and all of them are in data/actions.csv ."
    )
    among = section(body(site, "actions/by-owner.md"), "a")
    assert re.findall(r"[OD]\d\d\d", among) == [*(f"O{n:03}" for n in range(8)), "D129", "D128", "D127", "D126"]
    assert among.endswith("248 more on a page of their own")
    own = body(site, "actions/by-owner/a.md")
    assert len(re.findall(r"O\d\d\d", section(own, "to-keep"))) == 130
    assert len(re.findall(r"D\d\d\d", section(own, "over"))) == 100
    assert words(own).endswith("30 more. All of them are in data/actions.csv .")


def test_an_action_on_its_own_page_names_the_factor_in_its_words(small: Site) -> None:
    text = body(small, "incidents/2026-11-02-night.md")
    assert '<a href="#factor-f1" dir="auto">The limit was set for a third of the traffic</a>' in text
    assert 'href="../../actions/by-owner/#platform"' in text


# Teams, people, services, tags


def test_a_team_says_what_it_has_still_to_keep(small: Site) -> None:
    text = body(small, "teams/platform.md")
    assert "Writes weekly. Reply to this team ." in words(text)
    assert section(text, "now") == "Right now 1 incident going on. 22 November 2026 The queue is stuck open · sev2"
    assert section(text, "actions").startswith("Still to keep 1 Overdue Alarm at 80 percent due 20 November 2026")
    assert section(text, "lessons").startswith("Lessons 1 Write it down")
    for feed in ("feed.xml", "feed.json"):
        assert f'href="{feed}"' in text
    index = words(body(small, "teams/index.md"))
    assert (
        "The platform team writes weekly · 1 weeknote · 1 incident · 1 going on · newest note The platform team, week 47"
        in index
    )


def test_leaders_come_first_among_people(site: Site) -> None:
    site.write(
        "registers/people.yml",
        "- {slug: ada, name: Ada Example}\n- {slug: zoe, name: Zoe Example, role: Director, leader: true}\n",
    )
    for who in ("ada", "bob", "zoe"):
        site.write(f"weeknotes/2026-w47-{who}.md", entry(f"week: 2026-W47\ndate: 2026-11-20\nauthors: [{who}]"))
    text = words(body(site, "people/index.md"))
    assert text.index("Leading in the open Zoe Example Director") < text.index("Everyone else Ada Example")
    assert "Leads in the open" in words(body(site, "people/zoe.md"))
    assert "Leads" not in words(body(site, "people/ada.md"))


def test_a_service_says_who_runs_it_and_how_its_incidents_stand(small: Site) -> None:
    small.write(
        "registers/services.yml",
        "- {slug: checkout, name: The checkout, owner: platform, url: 'https://example.org/'}\n",
    )
    text = body(small, "services/checkout.md")
    assert "Run by The platform team . example.org" in words(text)
    assert section(text, "incidents").startswith("Incidents 2 The queue is stuck Open sev2")
    assert "Checkout timeouts Reviewed sev1" in section(text, "incidents")
    assert "run by The platform team · 2 incidents · 1 going on" in words(body(small, "services/index.md"))


def test_a_member_shows_the_newest_50_of_a_kind(site: Site) -> None:
    for number in range(60):
        day = f"{2024 + number // 30}-01-{number % 30 + 1:02}"
        site.write(f"incidents/{day}-n.md", incident(f"N{number:02}", day, "tags: [x]\nresolved_at: 2025-02-01"))
    found = section(body(site, "tags/x.md"), "incidents")
    assert re.findall(r"N\d\d", found) == [f"N{number:02}" for number in range(59, 9, -1)]
    assert found.startswith("Incidents 60") and "N10 resolved 10 more on the older pages" in found


# Weeks and years


def test_only_weeks_with_something_in_them_get_a_page(small: Site) -> None:
    weeks = sorted(path for path in pages(small) if re.fullmatch(r"weeks/\d.*", path))
    assert weeks == [
        "weeks/2017-w09.md",  # elsewhere
        "weeks/2026-w41.md",  # the experiment is opened
        "weeks/2026-w42.md",  # and begins
        "weeks/2026-w45.md",  # the night, a weeknote
        "weeks/2026-w46.md",  # an action is dropped
        "weeks/2026-w47.md",  # a review, a weeknote, an action done, a conclusion, the queue
    ]
    assert words(body(small, "weeks/2026-w45.md")).endswith("← Week 42 of 2026 Week 46 of 2026 →")
    assert 'href="../2026-w42/" rel="prev"' in body(small, "weeks/2026-w45.md")


def test_a_week_gathers_what_happened_in_it(small: Site) -> None:
    text = body(small, "weeks/2026-w47.md")
    assert "Week 47 of 2026 16 to 22 November 2026" in words(text)
    assert section(text, "weeknotes").startswith("Weeknotes The platform team, week 47 of 2026")
    assert (
        section(text, "incidents")
        == "Incidents The queue is stuck started · sev2 Checkout timeouts reviewed · sev1"
    )
    assert section(text, "experiments") == "Experiments Shorter forms concluded · not supported"
    assert section(text, "lessons").startswith("Lessons Write it down")
    assert section(text, "closed").startswith("Done and dropped Done Write the limit down")
    night = body(small, "weeks/2026-w45.md")
    assert "started and resolved" in section(night, "incidents")
    assert len(re.findall(r"Link to this lesson", section(night, "lessons"))) == 2
    promised = section(night, "promised")
    assert [name in promised for name in ("Alarm at", "Slow the tool", "Write the limit", "Buy a")] == [True] * 4
    assert "theirs" not in body(small, "weeks/2017-w09.md")
    assert section(body(small, "weeks/index.md"), "y2017") == "2017 Week 9 27 February to 5 March 2017 1 incident"


def test_an_old_report_without_an_end_is_not_called_open(site: Site) -> None:
    site.write("incidents/2019-11-20-a.md", incident("Old", "2019-11-20", "services: [x]"))
    assert words(body(site, "years/2019.md")).endswith("20 November Old end not told")
    assert "Old End not told X" in words(body(site, "services/x.md"))


def test_the_turn_of_the_year_belongs_to_one_week(site: Site) -> None:
    site.write("incidents/2026-01-01-a.md", incident("A", "2026-01-01", "resolved_at: 2026-01-05"))
    found = gather_weeks(site.library().entries, TODAY)
    assert [(str(week), gathered.incidents[0].words) for week, gathered in found.items()] == [
        ("2026-W02", ("resolved",)),
        ("2026-W01", ("started",)),
    ]
    site.write("incidents/2027-01-01-a.md", incident("A", "2021-01-01"))
    assert "weeks/2020-w53.md" in pages(site)


def test_a_year_names_every_entry_by_kind_and_month(site: Site) -> None:
    for number in range(120):
        day = f"2026-{number % 10 + 1:02}-{number // 10 + 1:02}"
        site.write(f"incidents/{day}-n{number}.md", incident(f"N{number:03}", day))
    site.write("weeknotes/2025-w53.md", weeknote("2026-W53", "2026-01-02"))
    site.write("incidents/2024-01-01-a.md", incident("A", "2024-01-01", "lessons: [L]"))
    text = body(site, "years/2026.md")
    assert len(set(re.findall(r"N\d\d\d", text))) == 120
    assert re.findall(r"<h3>(\w+)</h3>", text)[:3] == ["January", "October", "September"]
    assert "← 2024" in words(text)
    index = words(body(site, "years/index.md"))
    assert "2026 1 weeknote · 120 incidents · no lessons 2024 1 incident · lessons of 2024" in index


# Closed


def test_the_closed_register_asks_for_a_decision_first(site: Site) -> None:
    row = "kind: incident, reason: commercial, decided_by: head of procurement, decided: 2026-08-03"
    site.write(
        "registers/closed.yml",
        f"- {{ref: c-1, {row}, review_by: 2026-11-23, public: One line}}\n"
        f"- {{ref: c-2, {row}, review_by: 2026-11-22, public: Another line}}\n",
    )
    text = body(site, "closed/index.md")
    assert section(text, "needs--a-decision").endswith(
        "Another line Reference c-2 Kind Incident Reason Commercial Decided by head of procurement "
        "Decided 3 August 2026 Review by 22 November 2026 past"
    )
    assert section(text, "closed--now").startswith("Closed for now 1 One line Reference c-1")
    assert "Nothing is closed" not in text


# Every page


# Lists of weeks, years and slugs: nothing on them is anybody's own words.
WORDLESS = ("weeks/index.md", "years/index.md", "tags/index.md")


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_text_is_text_on_every_page_that_gathers(site: Site, text: str) -> None:
    quoted = '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    common = f"title: {quoted}\ndate: 2026-11-20\nsummary: {quoted}\nlessons: [{quoted}]\ntags: [{quoted}]\nteam: {quoted}"
    promised = f"what: {quoted}, owner: {quoted}, done_when: {quoted}, addresses: f1"
    common += f"\nservices: [{quoted}]\nactions: [{{{promised}}}, {{{promised}, status: dropped, why: {quoted}, closed: 2026-11-21}}]"
    site.write("incidents/2026-11-20-a.md", entry(f"{common}\ntimezone: UTC\nfactors: [{quoted}]"))
    site.write(
        "experiments/2026-11-20-b.md",
        entry(f"{common}\nstage: concluded\nresult: supported\nhypothesis: {quoted}"),
    )
    site.write("weeknotes/2026-w47-c.md", entry(f"{common}\nweek: 2026-W47\nauthors: [{quoted}]"))
    slug = site.library().entries[0].fields.team
    site.write("registers/people.yml", f"- {{slug: {slug}, name: {quoted}, role: {quoted}, leader: true}}\n")
    site.write("registers/teams.yml", f"- {{slug: {slug}, name: {quoted}}}\n")
    site.write("registers/services.yml", f"- {{slug: {slug}, name: {quoted}, owner: {quoted}}}\n")
    day = "decided: 2026-08-03, review_by: 2026-11-22"
    site.write(
        "registers/closed.yml",
        f"- {{ref: c-1, kind: incident, reason: commercial, decided_by: {quoted}, {day}, public: {quoted}}}\n",
    )
    made = pages(site)
    for path in (
        *EMPTY,
        "lessons/2026.md",
        "years/2026.md",
        "weeks/2026-w47.md",
        f"teams/{slug}.md",
        f"tags/{slug}.md",
    ):
        parser = _Elements()
        parser.feed(_text(made[path]))
        assert "script" not in parser.tags and "b" not in parser.tags, path
        assert not any(name.startswith("on") for name in parser.attributes), path
        assert not any(link.startswith("javascript") for link in parser.links), path
        assert path in WORDLESS or text in "".join(parser.text), path


@pytest.mark.parametrize("directory_urls", ["true", "false"])
def test_every_link_and_anchor_of_a_page_that_gathers_is_there(small: Site, directory_urls: str) -> None:
    small.write("/mkdocs.yml", CONFIG + f"use_directory_urls: {directory_urls}\n")
    japanese = "lessons: [\u9031]\ntags: [\u9031\u5831]\nfactors: [\u9031]\nactions: [{what: \u9031, owner: \u9031, addresses: f1}]"
    small.write("incidents/2026-11-20-\u9031\u5831.md", incident("\u9031\u5831", "2026-11-20", japanese))
    assert list(wrong_links(pages(small), directory_urls == "true")) == []


def wrong_links(made: dict[str, Page | Asset], directory_urls: bool = True) -> Iterator[str]:
    """Yield the links and anchors of pages that lead nowhere, and the anchors that stand twice."""
    places = {address(path, directory_urls): item for path, item in made.items()}
    for path, item in places.items():
        parser = _Elements()
        parser.feed(_text(item) if isinstance(item, Page) else "")
        twice = {anchor for anchor in parser.ids if parser.ids.count(anchor) > 1}
        yield from (f"{path} has two of #{anchor}" for anchor in twice)
        for link in parser.links:
            target, _, anchor = urljoin(f"http://x/{path}", link).removeprefix("http://x/").partition("#")
            if target.startswith(("http", "mailto")) or re.search(r"feed\.(xml|json)$|^feeds/|^data/", target):
                continue
            there = places.get(target) or places.get(f"{target}index.html")
            if there is None or (anchor and f'id="{unquote(anchor)}"' not in _text(there)):
                yield f"{path} links to {link}"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (say_span(date(2026, 11, 16), date(2026, 11, 22)), "16 to 22 November 2026"),
        (say_span(date(2026, 9, 28), date(2026, 10, 4)), "28 September to 4 October 2026"),
        (say_span(date(2025, 12, 29), date(2026, 1, 4)), "29 December 2025 to 4 January 2026"),
        (counted(1, "entry", "entries"), "1 entry"),
        (counted(1204, "entry", "entries"), "1,204 entries"),
        (counted(0, "incident"), "0 incidents"),
        (and_list([]), ""),
        (and_list(["a"]), "a"),
        (and_list(["a", "b", "c"]), "a, b and c"),
        (in_short("one two three", 8), "one two\u2026"),
        (in_short("\u9031" * 10, 8), "\u9031" * 8 + "\u2026"),
        (in_short("one two", 8), "one two"),
    ],
)
def test_words_are_put_as_a_person_would(said: str, expected: str) -> None:
    assert said == expected


class _Elements(HTMLParser):
    """What a browser makes of a page: its elements, links, ids and text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value for name, value in attrs if name == "href" and value]
        self.ids += [value for name, value in attrs if name == "id" and value]

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def _text(item: Page | Asset) -> str:
    return item.body if isinstance(item, Page) else item.data.decode()


def _bytes(item: Page | Asset) -> bytes:
    return item.text.encode() if isinstance(item, Page) else item.data
