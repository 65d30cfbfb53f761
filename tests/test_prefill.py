"""`new weeknote` fills in what the week itself knows, and asks two questions that nobody has to answer."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from aboveboard.authoring.prompts import LEARNED, WORKING, prompts_for
from aboveboard.content.weeks import Week
from tests.conftest import Site, entry

NOTE = "content/weeknotes/2026-w47-platform.md"
FRIDAY = "2026-11-20T16:00Z"


def started(site: Site, *words: str, team: str = "platform") -> list[str]:
    """Return the lines of a fresh note of week 47."""
    path = f"content/weeknotes/2026-w47-{team}.md"
    (site.root / path).unlink(missing_ok=True)
    site.run("--now", FRIDAY, "new", "weeknote", "--team", team, *words)
    return site.read(path).splitlines()


def items(lines: list[str]) -> list[str]:
    return [line for line in lines if line.startswith("- ")]


INCIDENT = "timezone: UTC\nteam: platform\ndate: "
# An entry, and the line that it puts into the note of week 47; None for none.
CASES = {
    "an incident that started": (
        "incidents/a.md", f"title: Night\n{INCIDENT}2026-11-17",
        "- Incident: [Night](../incidents/a.md), started",
    ),
    "one that started and ended": (
        "incidents/a.md", f"title: Night\n{INCIDENT}2026-11-17\nresolved_at: 2026-11-18T01:00Z",
        "- Incident: [Night](../incidents/a.md), started and resolved",
    ),
    "one of last month that was reviewed": (
        "incidents/a.md", f"title: Night\n{INCIDENT}2026-10-17\nresolved_at: 2026-10-18T01:00Z\nreviewed: 2026-11-19",
        "- Incident: [Night](../incidents/a.md), reviewed",
    ),
    "one that ended this week": (
        "incidents/a.md", f"title: Night\n{INCIDENT}2026-10-17\nresolved_at: 2026-11-16T01:00Z",
        "- Incident: [Night](../incidents/a.md), resolved",
    ),
    "a near miss": (
        "incidents/a.md", f"title: Night\ntype: near-miss\n{INCIDENT}2026-11-17",
        "- Incident: [Night](../incidents/a.md), happened",
    ),
    "one of another week": ("incidents/a.md", f"title: Night\n{INCIDENT}2026-11-15", None),
    "one of another team": ("incidents/a.md", "title: Night\ntimezone: UTC\nteam: pay\ndate: 2026-11-17", None),
    "one that names no team": (
        "incidents/a.md", "title: Night\ntimezone: UTC\ndate: 2026-11-17",
        "- Incident: [Night](../incidents/a.md), started",
    ),
    "one that is a draft": ("incidents/a.md", f"title: Night\n{INCIDENT}2026-11-17\ndraft: true", None),
    "one that is withdrawn": ("incidents/a.md", f"title: Night\n{INCIDENT}2026-11-17\nwithdrawn: {{date: 2026-11-18, why: not ours}}", None),
    "one that is retold": ("incidents/a.md", f"title: Night\n{INCIDENT}2026-11-17\nsource: {{system: retold}}", None),
    "one with a folder": (
        "incidents/a/index.md", f"title: Night\n{INCIDENT}2026-11-17",
        "- Incident: [Night](../incidents/a/index.md), started",
    ),
    "an experiment that began": (
        "experiments/e.md", "title: Forms\nteam: platform\ndate: 2026-10-01\nstage: running\nstarts: 2026-11-16",
        "- Experiment: [Forms](../experiments/e.md), began",
    ),
    "one that was concluded": (
        "experiments/e.md", "title: Forms\nteam: platform\ndate: 2026-10-01\nstage: concluded\nends: 2026-11-19",
        "- Experiment: [Forms](../experiments/e.md), concluded",
    ),
    "an action of the team's own entry that was done": (
        "incidents/a.md", f"title: Night\n{INCIDENT}2026-10-01\nactions: [{{what: Alarm at 80 %, status: done, closed: 2026-11-18}}]",
        "- Done: Alarm at 80 %, as [Night](../incidents/a.md) promised",
    ),
    "an action that the team owns in another's entry": (
        "incidents/a.md", "title: Night\ntimezone: UTC\nteam: pay\ndate: 2026-10-01\nactions: [{what: Say it, owner: platform, status: dropped, why: gone, closed: 2026-11-18}]",
        "- Dropped: Say it, as [Night](../incidents/a.md) promised",
    ),
    "an action of others": (
        "incidents/a.md", "title: Night\ntimezone: UTC\nteam: pay\ndate: 2026-10-01\nactions: [{what: Say it, owner: pay, status: done, closed: 2026-11-18}]",
        None,
    ),
    "an action closed last week": (
        "incidents/a.md", f"title: Night\n{INCIDENT}2026-10-01\nactions: [{{what: Say it, status: done, closed: 2026-11-15}}]",
        None,
    ),
    "a title that is live in Markdown": (
        "incidents/a.md", f'title: "*x* [y](z) <b> | R&amp;D"\n{INCIDENT}2026-11-17',
        "- Incident: [\\*x\\* \\[y\\](z) &lt;b> &#124; R&amp;amp;D](../incidents/a.md), started",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_note_begins_with_what_the_week_brought(site: Site, case: str) -> None:
    path, fields, line = CASES[case]
    site.write(path, entry(fields))
    assert items(started(site)) == ([line] if line else [])
    checked = site.run("--now", FRIDAY, "check", "content/weeknotes")
    assert "LN" not in checked.stdout and " error " not in checked.stdout


def test_what_was_next_stands_first_and_everything_else_below_it_in_order(site: Site) -> None:
    site.write(
        "weeknotes/2026-w46-platform.md",
        entry("week: 2026-W46\ndate: 2026-11-13\nteam: platform", "## What is next\n\n- The third queue\n"),
    )
    for name in ("one that started and ended", "an experiment that began"):
        path, fields, _ = CASES[name]
        site.write(path, entry(fields))
    site.write("incidents/b.md", entry(f"title: Later\n{INCIDENT}2026-11-19"))
    assert items(started(site)) == [
        "- The third queue",
        "- Incident: [Night](../incidents/a.md), started and resolved",
        "- Incident: [Later](../incidents/b.md), started",
        "- Experiment: [Forms](../experiments/e.md), began",
    ]


@pytest.mark.parametrize("template", ["default", "blank", "question"])
def test_a_note_that_nobody_has_filled_in_shows_no_question_to_readers(site: Site, template: str) -> None:
    started(site, "--template", template)
    site.run("--now", FRIDAY, "build")
    html = site.read("site/weeknotes/2026-w47-platform/index.html")
    article = html[html.index("<article") : html.index("</article>")]
    assert not [question for question in (*LEARNED, *WORKING) if question in article]


def asked(lines: list[str]) -> list[str]:
    return [line.removeprefix("     - ") for line in lines if line.startswith("     - ")]


def test_two_questions_stand_in_the_note_as_comments(site: Site) -> None:
    lines = started(site)
    assert asked(lines) == prompts_for(Week.parse("2026-W47"), "platform")
    comments = re.findall(r"<!--.*?-->", "\n".join(lines), re.DOTALL)
    assert all(any(question in comment for comment in comments) for question in asked(lines))


def test_a_note_of_a_person_has_questions_of_its_own(site: Site) -> None:
    site.run("--now", FRIDAY, "new", "weeknote", "--set", "authors=ash")
    lines = site.read("content/weeknotes/2026-w47-ash.md").splitlines()
    assert asked(lines) == prompts_for(Week.parse("2026-W47"), "ash")


TEAMS = ("platform", "pay", "search", "语", "a-very-long-name-of-a-team")


@pytest.mark.parametrize("team", TEAMS)
def test_a_team_meets_no_question_twice_in_half_a_year(team: str) -> None:
    monday = date(2020, 1, 6)
    weeks = [Week.of(monday + timedelta(weeks=step)) for step in range(26 * 12)]
    for first in range(len(weeks) - 25):
        half_a_year = [question for week in weeks[first : first + 26] for question in prompts_for(week, team)]
        assert len(half_a_year) == len(set(half_a_year)) == 52


def test_over_a_year_a_team_meets_every_question() -> None:
    weeks = [Week.of(date(2026, 1, 5) + timedelta(weeks=step)) for step in range(28)]
    assert {question for week in weeks for question in prompts_for(week, "pay")} == {*LEARNED, *WORKING}


def test_teams_are_asked_different_things() -> None:
    week = Week.parse("2026-W47")
    assert len({tuple(prompts_for(week, f"team-{number}")) for number in range(20)}) > 10


def test_the_questions_are_short_and_ask_nobody_why() -> None:
    everything = (*LEARNED, *WORKING)
    assert len(everything) == len(set(everything)) == 56
    for question in everything:
        assert len(question) <= 90 and "?" in question
        assert not re.search(r"\b[Ww]hy\b|\bblame|\bfault\b|should have", question)
