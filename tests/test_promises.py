"""`action list`, `done` and `drop`: what was promised, and what became of it."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from aboveboard.authoring.actions import plan_done, plan_drop
from aboveboard.authoring.edits import Edit
from aboveboard.content.entry import Entry
from aboveboard.content.front_matter import parse_front_matter
from aboveboard.content.kinds import KINDS, Kind
from aboveboard.content.library import Library
from aboveboard.content.yaml_nodes import Path as FieldPath
from aboveboard.insight.actions import Promise
from tests.answering import answering
from tests.conftest import INCIDENT, WEEKNOTE, Site, entry
from tests.touched import OUR_CONTENT, OUR_ENTRIES, assert_edit, assert_touches_only, entries, made

REPORT = "incidents/2026-11-20-checkout-timeouts.md"
ALARM = "2026-11-20-checkout-timeouts#a1"
ACTIONS = f"""{INCIDENT}
actions:
  # What we promised on the day.
  - {{id: a1, what: Alarm at 80 %, owner: platform, due: 2026-11-22, done_when: it fires in the drill}}
  - what: "Raise the limit"  # the second step
    owner: 'on-call'
    due: 2026-12-04
  - what: Write to the supplier
    id: supplier
    status: done
    closed: 2026-11-21
"""


@pytest.fixture
def promised(site: Site) -> Site:
    """A project with one report that promises three things, and a weeknote that promises one."""
    site.write(REPORT, entry(ACTIONS))
    site.write(
        "weeknotes/2026-w47-data.md",
        entry(WEEKNOTE.replace("platform", "data") + "\nactions: [{what: Count again}]"),
    )
    return site


# What there is


def test_promises_are_listed_with_the_overdue_ones_first(promised: Site) -> None:
    assert (
        promised.run("action", "list").stdout
        == """\
id                                     state    due         owner     what
2026-11-20-checkout-timeouts#a1        overdue  2026-11-22  platform  Alarm at 80 %
2026-11-20-checkout-timeouts#a2        open     2026-12-04  on-call   Raise the limit
2026-w47-data#a1                       open                           Count again
2026-11-20-checkout-timeouts#supplier  done                           Write to the supplier
"""
    )


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        (["--overdue"], ["2026-11-20-checkout-timeouts#a1"]),
        (["--team", "Platform"], ["2026-11-20-checkout-timeouts#a1"]),
        (["--team", "data"], ["2026-w47-data#a1"]),
        (["--team", "nobody"], []),
    ],
)
def test_a_list_can_be_narrowed(promised: Site, words: list[str], ids: list[str]) -> None:
    rows = json.loads(promised.run("action", "list", "--format", "json", *words).stdout)
    assert [row["id"] for row in rows] == ids


def test_what_others_promised_and_what_was_withdrawn_is_left_out(promised: Site) -> None:
    promised.write(REPORT, entry(f"{ACTIONS}source: {{system: retold}}"))
    promised.write(
        "weeknotes/2026-w47-data.md",
        entry(f"{WEEKNOTE}\nactions: [{{what: A}}]\nwithdrawn: {{date: 2026-11-21, why: B}}"),
    )
    result = promised.run("action", "list")
    assert (result.stdout, result.stderr) == ("", "nothing is promised\n")


def test_nothing_overdue_is_said(site: Site) -> None:
    assert site.run("action", "list", "--overdue").stderr == "nothing is overdue\n"


def test_a_mistyped_team_gets_the_nearest(promised: Site) -> None:
    assert (
        promised.run("action", "list", "--team", "platfrom").stderr
        == "nothing is promised: did you mean platform?\n"
    )
    assert promised.run("action", "list", "--team", "data", "--overdue").stderr == "nothing is overdue\n"


# How a promise is named


@pytest.mark.parametrize(
    "name",
    [
        ALARM,
        "checkout-timeouts#a1",
        "timeouts#a1",
        "content/incidents/2026-11-20-checkout-timeouts.md#a1",
        "https://example.org/incidents/2026-11-20-checkout-timeouts/#a1",
    ],
)
def test_a_promise_is_named_by_its_address_or_the_end_of_it(promised: Site, name: str) -> None:
    assert promised.run("action", "done", name).stdout.startswith(f"{ALARM}: ")


@pytest.mark.parametrize("name", ["#supplier", "supplier"])
def test_the_id_alone_will_do_where_only_one_has_it(promised: Site, name: str) -> None:
    assert (
        promised.run("action", "done", name).stdout
        == "2026-11-20-checkout-timeouts#supplier: Write to the supplier (done)\n"
    )


def test_the_end_of_a_word_is_no_name(promised: Site) -> None:
    assert "did you mean" in promised.run("action", "done", "outs#a1", exit_code=1).stderr


def test_several_are_listed(promised: Site) -> None:
    result = promised.run("action", "done", "#a1", exit_code=1)
    assert (
        result.stderr
        == """\
aboveboard: '#a1' could be any of these promises: name its entry too
  2026-11-20-checkout-timeouts#a1  open  Alarm at 80 %
  2026-w47-data#a1  open  Count again
"""
    )


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("checkout-timeuots#a1", "did you mean checkout-timeouts#a1?"),
        ("2026-11-20-checkout-timeouts#a9", "did you mean 2026-11-20-checkout-timeouts#a2?"),
        ("zebra", "`aboveboard action list` shows what there is"),
    ],
)
def test_a_mistyped_name_gets_the_nearest(promised: Site, name: str, hint: str) -> None:
    assert (
        promised.run("action", "done", name, exit_code=1).stderr
        == f"aboveboard: no promise is called {name!r}: {hint}\n"
    )


def test_an_id_that_stands_twice_is_refused(promised: Site) -> None:
    promised.write(REPORT, entry(f"{INCIDENT}\nactions: [{{id: a2, what: A}}, {{what: B}}]"))
    message = promised.run("action", "done", "timeouts#a2", exit_code=1).stderr
    assert "stands twice in incidents/2026-11-20-checkout-timeouts.md" in message


# Kept


def test_a_kept_promise_is_three_more_fields_on_its_line(promised: Site) -> None:
    result = promised.run("action", "done", ALARM, "--link", "https://example.org/412")
    assert result.stdout == f"{ALARM}: Alarm at 80 % (done, https://example.org/412)\n"
    assert result.stderr == "done when: it fires in the drill\n"
    line = "done_when: it fires in the drill}"
    more = "done_when: it fires in the drill, status: done, closed: 2026-11-23, link: https://example.org/412}"
    assert promised.read(f"content/{REPORT}") == entry(ACTIONS).replace(line, more)


def test_a_promise_without_an_id_gets_the_one_it_had_by_its_place(promised: Site) -> None:
    result = promised.run("action", "done", "timeouts#a2")
    assert "evidence is missing" in result.stderr
    lines = "    due: 2026-12-04\n"
    more = "    id: a2\n    status: done\n    closed: 2026-11-23\n"
    assert promised.read(f"content/{REPORT}") == entry(ACTIONS).replace(lines, lines + more)


def test_line_endings_and_remarks_survive(promised: Site) -> None:
    text = entry(ACTIONS.replace("    due: 2026-12-04", "    status: open  # for now")).replace("\n", "\r\n")
    promised.write(REPORT, text)
    promised.run("action", "drop", "timeouts#a2", "--why", "The limit is gone")
    after = (promised.root / "content" / REPORT).read_bytes().decode()
    old = "    status: open  # for now\r\n"
    new = (
        "    status: dropped  # for now\r\n    id: a2\r\n    closed: 2026-11-23\r\n    why: The limit is gone\r\n"
    )
    assert after == text.replace(old, new)


def test_done_twice_says_since_when_and_changes_nothing(promised: Site) -> None:
    promised.run("action", "done", ALARM, "--link", "https://example.org/412")
    before = promised.read(f"content/{REPORT}")
    for words in ([], ["--link", "https://example.org/412"]):
        result = promised.run("--now", "2026-12-24T09:00Z", "action", "done", ALARM, *words)
        assert result.stderr == f"{ALARM} was done already on 2026-11-23\n"
    assert promised.read(f"content/{REPORT}") == before


def test_another_link_takes_the_place_of_the_first(promised: Site) -> None:
    promised.run("action", "done", ALARM, "--link", "https://example.org/412")
    before = promised.read(f"content/{REPORT}")
    promised.run("action", "done", ALARM, "--link", "https://example.org/413")
    assert promised.read(f"content/{REPORT}") == before.replace("/412", "/413")


def test_what_is_no_address_is_refused(promised: Site) -> None:
    result = promised.run("action", "done", ALARM, "--link", "the wiki", exit_code=1)
    assert "'the wiki' is not an address: it begins with https://" in result.stderr
    assert promised.read(f"content/{REPORT}") == entry(ACTIONS)


def test_a_promise_of_others_gets_no_day_of_ours(promised: Site) -> None:
    promised.write(REPORT, entry(f"{ACTIONS}source: {{system: retold}}"))
    result = promised.run("action", "done", ALARM)
    assert "add `closed:` if you know it" in result.stderr
    assert "it fires in the drill, status: done}" in promised.read(f"content/{REPORT}")


# Given up


def test_a_promise_is_dropped_with_the_reason(promised: Site) -> None:
    result = promised.run("action", "drop", ALARM, "--why", "The old checkout: gone")
    assert (result.stdout, result.stderr) == (f"{ALARM}: Alarm at 80 % (dropped, The old checkout: gone)\n", "")
    before = promised.read(f"content/{REPORT}")
    assert 'status: dropped, closed: 2026-11-23, why: "The old checkout: gone"}' in before
    again = promised.run("action", "drop", ALARM, "--why", "The old checkout: gone")
    assert again.stderr == f"{ALARM} was dropped already on 2026-11-23\n"
    other = promised.run("action", "drop", ALARM, "--why", "Too dear", exit_code=1)
    assert "'The old checkout: gone' stands" in other.stderr
    assert promised.read(f"content/{REPORT}") == before


def test_without_a_reason_nothing_is_dropped(promised: Site) -> None:
    assert (
        promised.run("action", "drop", ALARM, exit_code=1).stderr
        == "aboveboard: say it on the command line: --why TEXT\n"
    )


@pytest.mark.parametrize(
    ("first", "then"), [(["done"], ["drop", "--why", "x"]), (["drop", "--why", "x"], ["done"])]
)
def test_what_was_decided_is_not_decided_otherwise(promised: Site, first: list[str], then: list[str]) -> None:
    promised.run("action", *first, ALARM)
    assert "on 2026-11-23" in promised.run("action", *then, ALARM, exit_code=1).stderr


def test_a_reason_that_blames_somebody_is_said_and_one_by_name_is_refused(promised: Site) -> None:
    blame = promised.run("action", "drop", ALARM, "--why", "The outage was caused by @bob.", exit_code=1)
    assert "BL001 error" in blame.stderr
    assert promised.read(f"content/{REPORT}") == entry(ACTIONS)
    hindsight = promised.run("action", "drop", ALARM, "--why", "The engineer should have checked it.")
    assert "BL002 warning" in hindsight.stderr


# On a terminal


def test_the_evidence_is_asked_for(promised: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answering(monkeypatch, "https://example.org/412")
    assert "(done, https://example.org/412)" in promised.run("action", "done", ALARM).stdout
    assert asked == ["Where can anybody see it? An address, or Enter for none"]


def test_enter_is_none(promised: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, "")
    assert "evidence is missing" in promised.run("action", "done", ALARM).stderr


def test_nothing_is_asked_about_what_is_done(promised: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch)
    promised.run("action", "done", "#supplier")


def test_the_reason_is_asked_for(promised: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, "Too dear")
    assert "(dropped, Too dear)" in promised.run("action", "drop", ALARM).stdout


# Whatever was written


@settings(max_examples=200)
@given(st.data(), st.sampled_from(KINDS), st.booleans())
def test_only_the_lines_of_the_promise_change(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, kind: Kind, keep: bool
) -> None:
    text = data.draw(entries(kind, "actions")).text
    actions = parse_front_matter(text).values.get("actions") or []
    ids = [action.get("id") or f"a{place}" for place, action in enumerate(actions, 1)]
    assume(len(set(ids)) == len(ids))
    place = data.draw(st.sampled_from(range(len(actions))))

    def plan(library: Library, entry: Entry) -> Edit:
        promise = Promise(entry, entry.fields.actions[place])
        if keep:
            return plan_done(library, promise, "https://example.org/412", date(2026, 11, 23))
        return plan_drop(library, promise, "Too dear: # no", date(2026, 11, 23))

    changes: dict[FieldPath, str] = {("actions", place, "status"): "done" if keep else "dropped"}
    changes[("actions", place, "closed")] = "2026-11-23"
    changes[("actions", place, "link" if keep else "why")] = (
        "https://example.org/412" if keep else "Too dear: # no"
    )
    if not actions[place].get("id"):
        changes[("actions", place, "id")] = ids[place]
    assert_edit(made(tmp_path_factory.getbasetemp()), f"{kind.folder}/2026-11-20-a.md", text, plan, changes)


@pytest.mark.parametrize("path", OUR_ENTRIES)
def test_every_promise_of_our_own_content_can_be_kept_or_dropped(site: Site, path: str) -> None:
    text = (OUR_CONTENT / path).read_bytes().decode()
    values = parse_front_matter(text).values
    for place, action in enumerate(values.get("actions") or []):
        name = f"{path}#{action.get('id') or f'a{place + 1}'}"
        day: dict[FieldPath, str] = {} if values.get("source") else {("actions", place, "closed"): "2026-11-23"}
        for words, changes in (
            (["done", "--link", "https://example.org/412"], {"link": "https://example.org/412", "status": "done"}),
            (["drop", "--why", "Too dear"], {"why": "Too dear", "status": "dropped"}),
        ):
            site.write(path, text)
            if action.get("status", "open") != "open":
                day = {}
                if words[0] == "drop":
                    site.run("action", *words, name, exit_code=1)
                    continue
            site.run("action", *words, name)
            after = site.read(f"content/{path}")
            assert_touches_only(
                text, after, {**{("actions", place, key): value for key, value in changes.items()}, **day}
            )
            site.run("action", *words, name)
            assert site.read(f"content/{path}") == after
