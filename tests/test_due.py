"""`due`: everything that waits, and nothing that does not. Every case is one file and one day."""

from __future__ import annotations

import json
import shlex
from typing import Any

import click
import pytest

from aboveboard.cli import COMMANDS, main
from aboveboard.cli import due as door
from aboveboard.insight.waiting import What
from tests.conftest import CONFIG, Site, entry

INCIDENT = "title: Checkout timeouts\ntimezone: UTC\nteam: pay"
# What stands in a file, and what `due` says of it: kind, state, days late; None for nothing.
CASES: dict[str, tuple[str, str, tuple[str, str, int] | None]] = {
    "an action a day late": (
        "weeknotes/2026-w40-pay.md",
        "week: 2026-W40\ndate: 2026-10-02\nteam: pay\nactions: [{what: Slow it down, due: 2026-11-22}]",
        ("action", "late", 1),
    ),
    "an action due today is not late yet": (
        "weeknotes/2026-w40-pay.md",
        "week: 2026-W40\ndate: 2026-10-02\nteam: pay\nactions: [{what: Slow it down, due: 2026-11-23}]",
        ("action", "soon", 0),
    ),
    "an action due in seven days": (
        "weeknotes/2026-w40-pay.md",
        "week: 2026-W40\ndate: 2026-10-02\nteam: pay\nactions: [{what: Slow it down, due: 2026-11-30}]",
        ("action", "soon", -7),
    ),
    "an action due in eight": (
        "weeknotes/2026-w40-pay.md",
        "week: 2026-W40\ndate: 2026-10-02\nteam: pay\nactions: [{what: Slow it down, due: 2026-12-01}]",
        None,
    ),
    "an action that is done": (
        "weeknotes/2026-w40-pay.md",
        "week: 2026-W40\ndate: 2026-10-02\nteam: pay\nactions: [{what: Slow it down, due: 2026-11-01, status: done}]",
        None,
    ),
    "a report not reviewed for fifteen days": (
        "incidents/a.md",
        f"{INCIDENT}\ndate: 2026-11-08\nseverity: sev1\nresolved_at: 2026-11-08T12:00Z",
        ("report to review", "late", 1),
    ),
    "a report not reviewed for fourteen": (
        "incidents/a.md",
        f"{INCIDENT}\ndate: 2026-11-09\nseverity: sev1\nresolved_at: 2026-11-09T12:00Z",
        ("report to review", "soon", 0),
    ),
    "a report of a near miss": (
        "incidents/a.md",
        f"{INCIDENT}\ndate: 2026-10-08\ntype: near-miss\nresolved_at: 2026-10-08T12:00Z",
        None,
    ),
    "a report that is reviewed": (
        "incidents/a.md",
        f"{INCIDENT}\ndate: 2026-10-08\nresolved_at: 2026-10-08T12:00Z\nreviewed: 2026-11-20",
        None,
    ),
    "an incident without an end for a month and a day": (
        "incidents/a.md",
        f"{INCIDENT}\ndate: 2026-10-23",
        ("incident without an end", "late", 1),
    ),
    "an incident that may still be going on": ("incidents/a.md", f"{INCIDENT}\ndate: 2026-10-24", None),
    "an experiment past its last day": (
        "experiments/a.md",
        "title: Forms\ndate: 2026-10-01\nstage: running\nends: 2026-11-20",
        ("experiment to conclude", "late", 3),
    ),
    "an experiment in its last week": (
        "experiments/a.md",
        "title: Forms\ndate: 2026-10-01\nstage: running\nends: 2026-11-27",
        ("experiment to conclude", "soon", -4),
    ),
    "a planned one whose first day has passed": (
        "experiments/a.md",
        "title: Forms\ndate: 2026-10-01\nstage: planned\nstarts: 2026-11-20\nends: 2026-12-20",
        ("experiment to start", "late", 3),
    ),
    "a planned one whose last day has passed too": (
        "experiments/a.md",
        "title: Forms\ndate: 2026-10-01\nstage: planned\nstarts: 2026-11-02\nends: 2026-11-20",
        ("experiment to conclude", "late", 3),
    ),
    "an experiment that is being analysed": (
        "experiments/a.md",
        "title: Forms\ndate: 2026-10-01\nstage: analysing\nends: 2026-11-20",
        None,
    ),
    "a draft of thirty-one days": (
        "experiments/a.md",
        "title: Forms\ndate: 2026-10-23\nstage: planned\ndraft: true",
        ("old draft", "late", 1),
    ),
    "a draft of thirty days": (
        "experiments/a.md",
        "title: Forms\ndate: 2026-10-24\nstage: planned\ndraft: true",
        None,
    ),
    "a scheduled entry": (
        "experiments/a.md",
        "title: Forms\ndate: 2027-02-01\nstage: planned",
        ("opens by itself", "to come", -70),
    ),
    "something withdrawn": (
        "incidents/a.md",
        f"{INCIDENT}\ndate: 2026-01-01\nactions: [{{what: Slow it down, due: 2026-02-01}}]\n"
        "withdrawn: {date: 2026-01-02, why: It was not ours}",
        None,
    ),
    "what another organisation promised": (
        "incidents/a.md",
        f"{INCIDENT}\ndate: 2026-01-01\nresolved_at: 2026-01-01T12:00Z\nsource: {{system: retold}}\n"
        "actions: [{what: Slow it down, due: 2026-02-01}]",
        None,
    ),
}


def waits(site: Site, *words: str) -> list[dict[str, Any]]:
    result = site.run("due", "--format", "json", *words)
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize("case", CASES)
def test_what_waits_and_what_does_not(site: Site, case: str) -> None:
    path, fields, expected = CASES[case]
    site.write(path, entry(fields))
    assert " error " not in site.run("check").stdout
    found = [(item["kind"], item["state"], item["days_late"]) for item in waits(site)]
    assert found == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("cadence", "weeks", "said"),
    [
        ("weekly", ["2026-W45"], "2 missed in a row; the last note was for week 45 of 2026"),
        ("weekly", ["2026-W46"], None),
        ("weekly", ["2026-W45", "2026-W48"], None),
        ("fortnightly", ["2026-W44"], None),
        ("fortnightly", ["2026-W42"], "2 missed in a row; the last note was for week 42 of 2026"),
        ("none", ["2026-W30"], None),
        ("weekly", [], None),
    ],
)
def test_one_weeknote_missed_says_nothing_and_two_in_a_row_do(
    site: Site, cadence: str, weeks: list[str], said: str | None
) -> None:
    site.write("registers/teams.yml", f"- {{slug: pay, name: Payments, cadence: {cadence}}}\n")
    for week in weeks:
        site.write(f"weeknotes/{week.lower()}-pay.md", entry(f"week: {week}\ndate: 2026-10-01\nteam: pay"))
    found = waits(site)
    assert [item["what"] for item in found] == ([said] if said else [])
    assert all(item["next"].endswith("new weeknote --team pay") for item in found)


def test_days_late_of_missed_weeknotes_count_from_the_first_that_was_missed(site: Site) -> None:
    site.write("registers/teams.yml", "- {slug: pay, name: Payments}\n")
    site.write("weeknotes/2026-w45-pay.md", entry("week: 2026-W45\ndate: 2026-11-06\nteam: pay"))
    assert [(item["due"], item["days_late"]) for item in waits(site)] == [("2026-11-15", 8)]


CLOSED = (
    "- {{ref: c-7, kind: incident, reason: active investigation, decided_by: head of security, "
    "decided: 2026-10-01, review_by: {day}, public: One report waits.}}\n"
)


@pytest.mark.parametrize(
    ("day", "policy", "late"),
    [
        ("2026-11-01", "", 22),
        ("2027-06-01", "", None),
        ("2027-06-01", "{closed_days: 30}", 23),
        ("2026-10-15", "{closed_days: 30}", 39),
    ],
)
def test_a_closed_item_needs_a_decision_by_its_day_or_the_policys(
    site: Site, day: str, policy: str, late: int | None
) -> None:
    if policy:
        site.write("/mkdocs.yml", CONFIG.replace("[aboveboard]", f"[{{aboveboard: {{policy: {policy}}}}}]"))
    site.write("registers/closed.yml", CLOSED.format(day=day))
    found = waits(site)
    assert [item["days_late"] for item in found] == ([] if late is None else [late])
    assert all(item["kind"] == "needs a decision" and item["whose"] == [] for item in found)


def test_what_was_opened_again_waits_no_more(site: Site) -> None:
    site.write("registers/closed.yml", CLOSED.format(day="2026-11-01").replace("}\n", ", reopened: 2026-11-20}\n"))
    assert " error " not in site.run("check").stdout
    assert waits(site) == []


def everything(site: Site) -> None:
    for number, (path, fields, _) in enumerate(CASES.values()):
        folder, name = path.split("/")
        site.write(f"{folder}/{name.removesuffix('.md')}-{number}.md", entry(fields))
    site.write("registers/closed.yml", CLOSED.format(day="2026-11-01"))
    site.write("registers/teams.yml", "- {slug: pay, name: Payments}\n")


def test_the_late_come_first_then_the_pressing_then_the_longest_wait(site: Site) -> None:
    everything(site)
    found = waits(site)
    states = [item["state"] for item in found]
    assert states == sorted(states, key=["late", "soon", "to come"].index)
    assert found[0]["kind"] == "needs a decision"
    kinds = list(What)
    for state in set(states):
        order = [(kinds.index(i["kind"]), -i["days_late"]) for i in found if i["state"] == state]
        assert order == sorted(order)


def test_a_team_sees_what_waits_for_it_and_a_role_what_it_owns(site: Site) -> None:
    site.write(
        "incidents/a.md",
        entry(
            f"{INCIDENT}\ndate: 2026-11-20\nactions:\n  - {{what: One, owner: desk, due: 2026-11-20}}\n  - {{what: Two, due: 2026-11-20}}"
        ),
    )
    site.write(
        "weeknotes/2026-w40-web.md",
        entry("week: 2026-W40\ndate: 2026-10-02\nteam: web\nactions: [{what: Three, due: 2026-11-22}]"),
    )
    assert {item["what"] for item in waits(site)} == {"One", "Two", "Three"}
    assert {item["what"] for item in waits(site, "--team", "pay")} == {"One", "Two"}
    assert [(item["what"], item["whose"]) for item in waits(site, "--team", "Desk")] == [("One", ["desk", "pay"])]
    assert "did you mean web?" in site.run("due", "--team", "wed", exit_code=1).stderr


def test_the_table_says_under_each_what_to_type_and_exits_0(site: Site) -> None:
    everything(site)
    result = site.run("due")
    lines = result.stdout.splitlines()
    assert lines[0].split() == ["when", "kind", "whose", "what"]
    above, below = lines[1::2], lines[2::2]
    assert len(above) == len(below) == len(waits(site))
    assert all(line.startswith(("    aboveboard ", "    $EDITOR ")) for line in below)
    assert "as of 2026-11-23 09:00 UTC" in result.stderr
    assert "late, " in result.stderr


def test_nothing_waits_is_said_and_is_an_empty_list(site: Site) -> None:
    result = site.run("due")
    assert result.stdout == "" and "nothing waits" in result.stderr
    assert waits(site) == []


def test_a_draft_that_is_due_names_the_file_to_open(site: Site) -> None:
    path, fields, _ = CASES["a draft of thirty-one days"]
    site.write(path, entry(fields))
    (item,) = waits(site)
    assert item["path"] == f"content/{path}"
    assert f"content/{path}" in item["next"]


@pytest.mark.parametrize("what", sorted(door.COMMANDS))
def test_what_it_says_to_type_is_a_command_with_these_options(what: str) -> None:
    for typed in door.COMMANDS[What(what)].format(ref="x").replace(")", "").split("  (or: "):
        words = shlex.split(typed)
        assert words[0] in COMMANDS, typed
        # In its real context: a command keeps the help options of the first one that it meets.
        command: click.Command = main
        context = main.make_context("aboveboard", [], resilient_parsing=True)
        while isinstance(command, click.Group):
            below = command.get_command(context, words.pop(0))
            assert below is not None, typed
            command, context = below, below.make_context(typed, [], context, resilient_parsing=True)
        command.make_parser(context).parse_args(words)
