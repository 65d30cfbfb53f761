"""An incident written while it happens: `incident log`, `mark`, `undo`, `review`, at three in the morning."""

from __future__ import annotations

import os
import re
import signal
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner, Result
from hypothesis import assume, given
from hypothesis import strategies as st

from aboveboard.authoring.edits import Edit
from aboveboard.authoring.flavours import add_second_half
from aboveboard.authoring.journal import plan_step, take_back
from aboveboard.authoring.timeline import Line, add_line, clean
from aboveboard.authoring.when import When, read_when
from aboveboard.cli import main
from aboveboard.content.entry import Entry, parse_entry
from aboveboard.content.kinds import INCIDENT as KIND
from aboveboard.content.library import Library, load_library
from aboveboard.content.project import find_project
from aboveboard.content.timeline import EVENT_KINDS, MILESTONES, Event
from aboveboard.errors import UserError
from tests.conftest import INCIDENT, REPOSITORY, Site, entry

NIGHT = "incidents/2026-11-20-checkout-timeouts.md"
ID = "2026-11-20-checkout-timeouts"
LONDON = "title: Checkout timeouts\ndate: 2026-11-20\ntimezone: Europe/London"


@pytest.fixture
def night(site: Site) -> Site:
    """A project in which one incident is open, as `new incident` writes it at ten past two."""
    at(site, "02:10", "new", "incident", "Checkout timeouts")
    return site


def at(site: Site, clock: str, *words: str, exit_code: int = 0) -> Result:
    """Run a command at a time of the night of 20 November 2026, or at a time in full."""
    now = clock if "T" in clock else f"2026-11-20T{clock}Z"
    return site.run("--now", now, *words, exit_code=exit_code)


def with_timeline(lines: str, fields: str = INCIDENT) -> str:
    return entry(fields, f"## What happened\n\nText.\n\n## Timeline\n\n{lines}")


def timeline(site: Site) -> list[str]:
    """Return the lines of the timeline of the night's incident, from its first event."""
    body = site.read(f"content/{NIGHT}").split("## Timeline")[1].split("\n## ")[0]
    return [line for line in body.splitlines() if re.match(r"\s*([-*+|]|\d+\.)\s", line)]


def log(site: Site, text: str, *words: str, exit_code: int = 0) -> Result:
    return at(site, "03:00", "incident", "log", text, *words, exit_code=exit_code)


# The night


def test_a_first_event_is_logged_in_two_commands(site: Site) -> None:
    commands = [["new", "incident", "Checkout timeouts"], ["incident", "log", "Half of all payments time out"]]
    for words in commands:
        result = at(site, "02:10", *words)
    assert result.stdout == "2026-11-20 02:10 UTC  Half of all payments time out\n"
    assert timeline(site) == ["- 02:10 Half of all payments time out"]


def test_the_night_of_the_manual(night: Site) -> None:
    said = [
        at(night, "02:12", "incident", "mark", "started", "--at", "02:00", "payments begin to time out"),
        at(night, "02:13", "incident", "mark", "detected", "--at", "-9m"),
        at(night, "02:21", "incident", "log", "--kind", "act", "--at", "02:20", "Rolled back release #412"),
        at(night, "02:41", "incident", "mark", "mitigated", "checkouts succeed again"),
        at(night, "03:10", "incident", "mark", "resolved"),
    ]
    assert [result.stdout for result in said] == [
        "2026-11-20 02:00 UTC  started: payments begin to time out\n",
        "2026-11-20 02:04 UTC  detected\n",
        "2026-11-20 02:20 UTC  Rolled back release #412\n",
        "2026-11-20 02:41 UTC  mitigated: checkouts succeed again\n",
        "2026-11-20 03:10 UTC  resolved\n",
    ]
    assert timeline(night) == [
        "- 02:00 started: payments begin to time out",
        "- 02:04 detected:",
        "- 02:20 act: Rolled back release #412",
        "- 02:41 mitigated: checkouts succeed again",
        "- 03:10 resolved:",
    ]
    assert said[1].stderr.splitlines()[1:] == ["it was noticed after 4 minutes"]
    assert said[3].stderr.splitlines()[1:] == [
        "users were affected for 41 minutes",
        "when it is over: aboveboard incident mark resolved",
    ]
    assert said[4].stderr.splitlines()[1:] == [
        "the second half of the report is open, below the timeline",
        "it took 1 hour 10 minutes",
        "what the report still needs: aboveboard incident review",
    ]
    assert " error " not in night.run("check").stdout


def test_where_it_was_written_is_said_with_its_line(night: Site) -> None:
    where = log(night, "Half of all payments time out").stderr.strip()
    path, number = where.rsplit(":", 1)
    assert Path(path).read_text().splitlines()[int(number) - 1] == "- 03:00 Half of all payments time out"


def test_words_need_no_quotes(night: Site) -> None:
    result = at(night, "03:00", "incident", "log", "Rolled", "back", "--at", "02:50")
    assert result.stdout == "2026-11-20 02:50 UTC  Rolled back\n"


# Which incident


def test_of_several_open_ones_each_is_shown_with_what_to_type(night: Site) -> None:
    at(night, "02:15", "new", "incident", "Slow search")
    result = log(night, "It's both", exit_code=1)
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "aboveboard: 2 incidents are open: say which",
        *(
            f"  {title:<17}  aboveboard -C {night.root} incident log 'It'\"'\"'s both' --id {name}"
            for title, name in [("Slow search", "2026-11-20-slow-search"), ("Checkout timeouts", ID)]
        ),
    ]
    assert log(night, "It's both", "--id", ID).exit_code == 0


def test_a_draft_is_open_too(site: Site) -> None:
    site.write(NIGHT, with_timeline("", f"{INCIDENT}\ndraft: true"))
    assert log(site, "Hm").exit_code == 0


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        (f"{INCIDENT}\nresolved_at: 2026-11-20T01:00Z", f"or add --id {ID}, which is over"),
        (f"{INCIDENT}\ntype: near-miss", f"or add --id {ID}, which is over"),
        (f"{INCIDENT}\nsource: {{system: retold}}", "start one with"),
        (f"{INCIDENT}\nwithdrawn: {{date: 2026-11-20, why: a slip}}", "start one with"),
        ("title: A\ndate: 2026-09-20\ntimezone: UTC", "start one with"),
        ("title: [", "cannot be read, and no other incident is open: run aboveboard check"),
    ],
)
def test_without_an_open_one_it_is_said_how_to_start_one(site: Site, fields: str, why: str) -> None:
    text = with_timeline("", fields)
    site.write(NIGHT, text)
    assert why in log(site, "Hm", exit_code=1).stderr
    assert site.read(f"content/{NIGHT}") == text


def test_an_unknown_id_gets_the_nearest(night: Site) -> None:
    assert f"did you mean {ID}?" in log(night, "Hm", "--id", "2026-11-20-checkout-timeout", exit_code=1).stderr


# When


@pytest.mark.parametrize(
    ("said", "now", "means"),
    [
        (None, "2026-11-20T02:20:59Z", "2026-11-20T02:20"),
        ("02:20", "2026-11-20T02:20Z", "2026-11-20T02:20"),
        ("2:20", "2026-11-20T02:21Z", "2026-11-20T02:20"),
        ("~02:20", "2026-11-20T02:21Z", "2026-11-20T02:20"),
        ("23:50", "2026-11-20T00:10Z", "2026-11-19T23:50"),
        ("-15m", "2026-11-20T00:10Z", "2026-11-19T23:55"),
        ("-1h30m", "2026-11-20T02:00Z", "2026-11-20T00:30"),
        ("-2h", "2026-11-20T02:00Z", "2026-11-20T00:00"),
        ("-1d", "2026-11-20T02:00Z", "2026-11-19T02:00"),
        ("2026-11-20 02:20", "2026-11-20T03:00Z", "2026-11-20T02:20"),
        ("2026-11-20T02:20+01:00", "2026-11-20T03:00Z", "2026-11-20T01:20"),
        ("01:20+01:00", "2026-11-20T03:00Z", "2026-11-20T00:20"),
        ("20:00-05:00", "2026-11-20T03:00Z", "2026-11-20T01:00"),
        ("2026-10-25T01:30+01:00", "2026-11-20T03:00Z", "2026-10-25T00:30"),
        ("2026-10-25T01:30+00:00", "2026-11-20T03:00Z", "2026-10-25T01:30"),
        ("01:30Z", "2026-10-25T03:00Z", "2026-10-25T01:30"),
    ],
)
def test_a_time_is_the_last_one_that_has_been(said: str | None, now: str, means: str) -> None:
    when = read_when(said, datetime.fromisoformat(now), ZoneInfo("Europe/London"))
    assert f"{when.at:%Y-%m-%dT%H:%M}" == means
    assert when.about == bool(said and "~" in said)


@pytest.mark.parametrize(
    ("said", "now", "why"),
    [
        ("2026-11-20 02:21", "2026-11-20T02:20Z", "is in the future: now it is 2026-11-20 02:20 GMT"),
        ("2026-11-21T02:21Z", "2026-11-20T02:20Z", "is in the future"),
        ("2026-11-20", "2026-11-20T02:20Z", "is a day: say the time too, as in 2026-11-20 02:20"),
        ("soon", "2026-11-20T02:20Z", "'soon' is not a time: write 02:20, -15m, -1h30m or 2026-11-20T02:20Z"),
        ("-15", "2026-11-20T02:20Z", "'-15' is not a time: write 02:20, -15m"),
        ("15m", "2026-11-20T02:20Z", "'15m' is not a time: write 02:20, -15m"),
        ("25:00", "2026-11-20T02:20Z", "'25:00' is not a time"),
        (
            "2026-10-25 01:30",
            "2026-11-20T02:20Z",
            "say --at 2026-10-25T01:30+01:00 or --at 2026-10-25T01:30+00:00",
        ),
        ("01:30", "2026-10-25T03:00Z", "say --at 2026-10-25T01:30+01:00 or --at 2026-10-25T01:30+00:00"),
        ("01:30", "2026-03-29T03:00Z", "never was in Europe/London on 2026-03-29"),
    ],
)
def test_a_time_that_cannot_be_is_refused(said: str, now: str, why: str) -> None:
    with pytest.raises(UserError, match=re.escape(why)):
        read_when(said, datetime.fromisoformat(now), ZoneInfo("Europe/London"))


def test_yesterday_is_said_and_written_with_its_day(site: Site) -> None:
    site.write(NIGHT, with_timeline(""))
    result = at(site, "00:10", "incident", "log", "--at", "23:50", "The first timeouts")
    assert result.stdout == "2026-11-19 23:50 UTC  The first timeouts\n"
    assert "23:50 was yesterday, 2026-11-19" in result.stderr
    at(site, "00:10", "incident", "log", "The alarm fires")
    assert timeline(site) == ["- 2026-11-19 23:50 The first timeouts", "- 2026-11-20 00:10 The alarm fires"]


def test_a_line_is_in_the_zone_of_its_incident(site: Site) -> None:
    site.write(NIGHT, with_timeline("", LONDON.replace("11-20", "07-20")))
    result = at(site, "2026-07-20T02:20Z", "incident", "log", "Hm")
    assert (result.stdout, timeline(site)) == ("2026-07-20 03:20 BST  Hm\n", ["- 03:20 Hm"])


def test_in_the_hour_that_clocks_repeat_a_line_has_its_offset(site: Site) -> None:
    site.write(NIGHT, with_timeline("", LONDON.replace("11-20", "10-25")))
    for now in ("2026-10-25T00:30Z", "2026-10-25T01:30Z", "2026-10-25T02:30Z"):
        at(site, now, "incident", "log", "Hm")
    assert timeline(site) == ["- 2026-10-25T01:30+01:00 Hm", "- 2026-10-25T01:30+00:00 Hm", "- 02:30 Hm"]


# Where

PLACED: list[tuple[str, str, list[str], str]] = [
    ("at the end", "- 02:00 a\n- 02:10 b\n", ["--at", "02:20"], "- 02:00 a\n- 02:10 b\n- 02:20 X\n"),
    ("in between", "- 02:00 a\n- 02:30 b\n", ["--at", "02:20"], "- 02:00 a\n- 02:20 X\n- 02:30 b\n"),
    ("before the first", "- 02:30 a\n", ["--at", "02:20"], "- 02:20 X\n- 02:30 a\n"),
    ("after those of its minute", "- 02:20 a\n- 02:30 b\n", ["--at", "02:20"], "- 02:20 a\n- 02:20 X\n- 02:30 b\n"),
    ("behind notes", "- 02:00 a\n  - more\n\n  and more\n- no time\n- 02:30 b\n", ["--at", "02:20"],
     "- 02:00 a\n  - more\n\n  and more\n- no time\n- 02:20 X\n- 02:30 b\n"),
    ("with stars", "* 02:00 a\n", ["--at", "02:20"], "* 02:00 a\n* 02:20 X\n"),
    ("indented", "  -   02:00 a\n", ["--at", "02:20"], "  -   02:00 a\n  -   02:20 X\n"),
    ("numbered", "9. 02:00 a\n", ["--at", "02:20"], "9. 02:00 a\n10. 02:20 X\n"),
    ("in a loose list", "- 02:00 a\n\n- 02:30 b\n", ["--at", "02:20"], "- 02:00 a\n- 02:20 X\n\n- 02:30 b\n"),
    ("without a final newline", "- 02:00 a", ["--at", "02:20"], "- 02:00 a\n- 02:20 X"),
    ("with carriage returns", "- 02:00 a\r\n- 02:30 b\r\n", ["--at", "02:20"], "- 02:00 a\r\n- 02:20 X\r\n- 02:30 b\r\n"),
    ("before a comment", "- 02:00 a\n<!-- prompt -->\n", ["--at", "02:20"], "- 02:00 a\n- 02:20 X\n<!-- prompt -->\n"),
    ("below a prompt", "<!-- a\n     prompt -->\n", ["--at", "02:20"], "<!-- a\n     prompt -->\n\n- 02:20 X\n"),
    ("below nothing", "", ["--at", "02:20"], "- 02:20 X\n"),
    ("above a section", "\n## Then\n\nText.\n", ["--at", "02:20"], "- 02:20 X\n\n## Then\n\nText.\n"),
    ("above a sub-section", "- 02:00 a\n### Later\nText.\n", ["--at", "02:20"], "- 02:00 a\n- 02:20 X\n### Later\nText.\n"),
    ("past midnight", "- 02:00 a\n", ["--at", "2026-11-21 02:20"], "- 02:00 a\n- 2026-11-21 02:20 X\n"),
    ("past midnight again", "- 2026-11-21 02:00 a\n", ["--at", "2026-11-21 02:20"], "- 2026-11-21 02:00 a\n- 02:20 X\n"),
    ("before midnight, above a day", "- 2026-11-20 02:00 a\n", ["--at", "2026-11-19 23:20"], "- 2026-11-19 23:20 X\n- 2026-11-20 02:00 a\n"),
    ("where it cannot stand in order", "- 02:00 a\n", ["--at", "2026-11-19 23:20"], "- 02:00 a\n- 2026-11-19 23:20 X\n"),
    ("about", "- 02:00 a\n", ["--at", "~02:20"], "- 02:00 a\n- ~02:20 X\n"),
    ("a list that has no times", "- nothing yet\n", ["--at", "02:20"], "- nothing yet\n- 02:20 X\n"),
    ("in the second list", "- 02:00 a\n\nText.\n\n- 02:10 b\n\nText.\n", ["--at", "02:20"], "- 02:00 a\n\nText.\n\n- 02:10 b\n- 02:20 X\n\nText.\n"),
    ("in the first list", "- 02:00 a\n\nText.\n\n- 02:30 b\n", ["--at", "02:20"], "- 02:00 a\n- 02:20 X\n\nText.\n\n- 02:30 b\n"),
    ("in a table", "| When | What |\n| --- | --- |\n| 02:00 | a |\n\nText.\n", ["--at", "02:20"], "| When | What |\n| --- | --- |\n| 02:00 | a |\n| 02:20 | X |\n\nText.\n"),
    ("in an empty table", "| When | What |\n| --- | --- |\n", ["--at", "02:20"], "| When | What |\n| --- | --- |\n| 02:20 | X |\n"),
    ("in a bare table", "When | What\n--- | ---\n02:30 | a\n", ["--at", "02:20"], "When | What\n--- | ---\n02:20 | X\n02:30 | a\n"),
    ("in a table of days and times", "| Date | Time | Event |\n| - | - | - |\n| 2026-11-20 | 02:00 | a |\n", ["--at", "02:20"], "| Date | Time | Event |\n| - | - | - |\n| 2026-11-20 | 02:00 | a |\n|  | 02:20 | X |\n"),
    ("in a table with a column for who", "| Time | Who | What |\n| - | - | - |\n| 02:00 | ops | a |\n", ["--at", "02:20"], "| Time | Who | What |\n| - | - | - |\n| 02:00 | ops | a |\n| 02:20 |  | X |\n"),
    ("with a kind", "- 02:00 a\n", ["--at", "02:20", "--kind", "red-herring"], "- 02:00 a\n- 02:20 red herring: X\n"),
    ("in a table with a kind", "| When | What |\n| --- | --- |\n| 02:00 | a |\n", ["--at", "02:20", "--kind", "act"], "| When | What |\n| --- | --- |\n| 02:00 | a |\n| 02:20 | act: X |\n"),
]  # fmt: skip


@pytest.mark.parametrize(("before", "words", "after"), [case[1:] for case in PLACED], ids=[c[0] for c in PLACED])
def test_a_line_stands_where_it_belongs(site: Site, before: str, words: list[str], after: str) -> None:
    site.write(NIGHT, with_timeline(before))
    now = "2026-11-21T03:00Z" if "2026-11-21" in words[1] else "2026-11-20T03:00Z"
    at(site, now, "incident", "log", "X", *words)
    assert (site.root / "content" / NIGHT).read_bytes().decode() == with_timeline(after)
    at(site, "2026-11-21T03:00Z", "incident", "undo")
    assert (site.root / "content" / NIGHT).read_bytes().decode() == with_timeline(before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Text.\n", "Text.\n\n## Timeline\n\n- 03:00 X\n"),
        ("", "## Timeline\n\n- 03:00 X\n"),
        ("## What happened\n\nText.", "## What happened\n\nText.\n\n## Timeline\n\n- 03:00 X"),
        (
            "## What happened\n\nText.\n\n## How we responded\n\nText.\n",
            "## What happened\n\nText.\n\n## Timeline\n\n- 03:00 X\n\n## How we responded\n\nText.\n",
        ),
        (
            "### Impact\n\nText.\n### Resolution\n\nText.\n",
            "### Impact\n\nText.\n\n### Timeline\n\n- 03:00 X\n\n### Resolution\n\nText.\n",
        ),
    ],
)
def test_a_missing_timeline_is_added_where_it_belongs(site: Site, before: str, after: str) -> None:
    site.write(NIGHT, entry(INCIDENT, before))
    log(site, "X")
    assert site.read(f"content/{NIGHT}") == entry(INCIDENT, after)


def test_what_cannot_stand_in_order_says_so(site: Site) -> None:
    site.write(NIGHT, with_timeline("- 02:00 a\n"))
    assert "it stands at the end" in log(site, "X", "--at", "2026-11-19 23:20").stderr


# What

TEXTS = [
    "act: rolled back",
    "- a list",
    "--- a rule",
    "---",
    "a | b \\| c",
    "| a",
    ": a",
    "\u2014 a",
    "UTC is down",
    "Z is down",
    "PM rang",
    "BST or not",
    "- 02:30 it went on",
    "to 02:30 it went on",
    "+01:00 was the offset",
    "412 requests failed",
    "2026-11-21 is when it is due",
    "`code | span`",
    "**loud**",
    "[graph](https://example.org/a_b)",
    "ends in \\",
    "# no heading",
    "1. no list",
    "> no quotation",
    "<b>bold</b>",
    "&lt;",
    "caf\u00e9 \u65e5\u672c",
    "~02:30 suspected",
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("kind", [None, "act"])
@pytest.mark.parametrize(
    "before", ["- 02:00 a\n", "| When | What |\n| --- | --- |\n| 02:00 | a |\n"], ids=["list", "table"]
)
def test_any_text_is_read_back_as_one_event(site: Site, text: str, kind: str | None, before: str) -> None:
    site.write(NIGHT, with_timeline(before))
    result = log(site, text, *(["--kind", kind] if kind else []))
    times = site.library().by_id[ID].times
    assert times is not None
    old, new = times.events
    expected = ("act", "rolled back") if text.startswith("act:") else (kind, text)
    assert (old.what, new.kind, new.what) == ("a", *expected)
    assert result.stdout == f"2026-11-20 03:00 UTC  {expected[1]}\n"


def test_a_text_of_several_lines_becomes_one(night: Site) -> None:
    log(night, "one\n\n## two\n\n- three\n---\n")
    assert timeline(night) == ["- 03:00 one ## two - three ---"]


@pytest.mark.parametrize("text", ["a <!-- b", "a <!-- b --> c", "<!-- all -->"])
def test_a_comment_is_shown_and_hides_nothing(night: Site, text: str) -> None:
    log(night, text)
    assert timeline(night) == [f"- 03:00 {text.replace('<!--', '&lt;!--')}"]
    assert "ST003" not in night.run("check").stdout


@pytest.mark.parametrize("text", ["", " ", "\n", "act:"])
def test_nothing_is_not_logged(night: Site, text: str) -> None:
    before = night.read(f"content/{NIGHT}")
    assert "say what happened" in log(night, text, exit_code=1).stderr
    assert night.read(f"content/{NIGHT}") == before


@pytest.mark.parametrize("text", ["a\x07b", "a\ud800b"])
def test_what_is_no_text_is_refused(night: Site, text: str) -> None:
    before = night.read(f"content/{NIGHT}")
    log(night, text, exit_code=1)
    assert night.read(f"content/{NIGHT}") == before


def test_a_mistyped_option_is_no_text(night: Site) -> None:
    assert "did you mean --kind?" in log(night, "X", "--knd", "act", exit_code=2).stderr
    assert "did you mean act?" in log(night, "X", "--kind", "actt", exit_code=1).stderr
    result = at(night, "03:00", "incident", "mark", "mitigate", exit_code=1)
    assert "did you mean mitigated?" in result.stderr


# Milestones


@pytest.mark.parametrize(
    "words", [["mark", "mitigated"], ["log", "mitigated:"], ["log", "X", "--kind", "mitigated"]]
)
def test_a_milestone_is_marked_however_it_is_said(night: Site, words: list[str]) -> None:
    at(night, "02:41", "incident", *words)
    assert timeline(night) == [f"- 02:41 mitigated:{' X' if 'X' in words else ''}"]


def test_marking_twice_changes_nothing(night: Site) -> None:
    at(night, "02:41", "incident", "mark", "resolved", "all is well")
    before = night.read(f"content/{NIGHT}")
    for words in ([], ["--at", "02:41"], ["--id", ID]):
        result = at(night, "02:41", "incident", "mark", "resolved", *words)
        assert result.stdout == "2026-11-20 02:41 UTC  resolved: all is well\n"
        assert "says so already: nothing was changed" in result.stderr
    assert night.read(f"content/{NIGHT}") == before


def test_another_time_is_refused_with_what_stands(night: Site) -> None:
    at(night, "02:41", "incident", "mark", "mitigated")
    before = night.read(f"content/{NIGHT}")
    said = at(night, "02:50", "incident", "mark", "mitigated", exit_code=1).stderr
    assert "mitigated stands at 2026-11-20 02:41 UTC already" in said
    assert "to take that back, aboveboard incident undo" in said
    log(night, "Hm")
    said = at(night, "02:50", "incident", "mark", "mitigated", exit_code=1).stderr
    assert re.search(rf"\(content/{NIGHT}:\d+\): change it there", said)
    at(night, "03:00", "incident", "undo")
    assert night.read(f"content/{NIGHT}") == before


def test_a_field_that_says_another_time_is_not_contradicted(night: Site) -> None:
    before = night.read(f"content/{NIGHT}")
    said = at(night, "02:50", "incident", "mark", "declared", exit_code=1).stderr
    assert f"declared stands at 2026-11-20 02:10 UTC already (content/{NIGHT}:4)" in said
    assert "nothing was changed" in at(night, "02:50", "incident", "mark", "declared", "--at", "02:10").stderr
    assert night.read(f"content/{NIGHT}") == before


def test_a_start_that_is_not_known_is_asked_for(night: Site) -> None:
    said = at(night, "02:41", "incident", "mark", "mitigated").stderr
    assert "when did it start? aboveboard incident mark started --at 02:00" in said


# The second half

FLAVOURS = ["standard", "public", "sre", "security", "near-miss"]


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_resolved_opens_the_second_half_of_what_it_was_started_from(site: Site, flavour: str) -> None:
    at(site, "02:10", "new", "incident", "Checkout timeouts", "--template", flavour)
    at(site, "02:10", "new", "incident", "Whole", "--template", flavour, "--set", "resolved_at=2026-11-20T01:00Z")
    half = site.read(f"content/{NIGHT}")
    at(site, "03:10", "incident", "mark", "resolved", "--id", ID)
    whole = site.library().by_id["2026-11-20-whole"]
    opened = site.library().by_id[ID]
    assert [h.text for h in opened.prose.headings] == [h.text for h in whole.prose.headings]
    assert {*opened.matter.values} - {"declared_at"} == {*whole.matter.values} - {"resolved_at"}
    assert "resolved_at" not in site.read(f"content/{NIGHT}")
    at(site, "03:10", "incident", "undo")
    assert site.read(f"content/{NIGHT}") == half


def test_what_was_written_already_is_not_touched_and_not_doubled(site: Site) -> None:
    written = (
        f"{INCIDENT}\nseverity: sev2  # a guess\ntags: [dns]\nmitigated_at: 2026-11-20T02:41Z",
        "## What happened\n\nText.\n\n## Timeline\n\n- 02:00 started: X\n- 02:04 detected: Y\n\n## How we responded\n\nWell.\n",
    )
    site.write(NIGHT, entry(*written))
    at(site, "03:10", "incident", "mark", "resolved")
    after = site.read(f"content/{NIGHT}")
    fields, body = after.split("\n---\n")
    assert fields.startswith(f"---\n{written[0]}\ndetection:")
    assert not re.search(r"^(started|detected|resolved)_at", fields, re.MULTILINE)
    assert body.count("## How we responded") == fields.count("tags:") == 1
    assert body.startswith(
        "\n" + written[1].replace("- 02:04 detected: Y\n", "- 02:04 detected: Y\n- 03:10 resolved:\n")
    )
    assert " error " not in site.run("check").stdout


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("ending", ["", "\n", "\n\n"])
def test_the_second_half_takes_the_line_endings_of_the_file(site: Site, newline: str, ending: str) -> None:
    text = with_timeline("- 02:00 started: X").replace("\n", newline) + ending.replace("\n", newline)
    path = site.write(NIGHT, text)
    at(site, "03:10", "incident", "mark", "resolved")
    after = path.read_bytes().decode()
    assert after.replace("\r\n", "").count("\n" if newline == "\r\n" else "\r") == 0
    assert after.endswith(newline) == bool(ending)
    assert not after.endswith(newline * 2)
    at(site, "03:10", "incident", "undo")
    assert path.read_bytes().decode() == text


def test_a_template_of_ones_own_is_found_again(site: Site) -> None:
    site.write(
        "/incident_templates/house.md.j2",
        "---\n{% block fields_now %}\ntitle: {{ title|yaml }}\ndate: {{ date }}\n{% endblock %}\n"
        "{% block fields_after %}\nfactors:\n{% endblock %}\n---\n\n"
        "{% block now %}\n## Lage\n\n## Timeline\n{% endblock %}\n{% block after %}\n## Danach\n{% endblock %}\n",
    )
    at(site, "02:10", "new", "incident", "Checkout timeouts", "--template", "house")
    at(site, "03:10", "incident", "mark", "resolved")
    assert site.read(f"content/{NIGHT}").endswith("- 03:10 resolved:\n\n## Danach\n")


# Undo


def test_undo_goes_back_step_by_step_to_the_first_byte(night: Site) -> None:
    texts = [night.read(f"content/{NIGHT}")]
    for clock, words in [
        ("02:12", ["log", "a"]),
        ("02:13", ["log", "a", "--at", "02:12"]),
        ("03:10", ["mark", "resolved"]),
    ]:
        at(night, clock, "incident", *words)
        texts.append(night.read(f"content/{NIGHT}"))
    for expected in reversed(texts[:-1]):
        at(night, "03:20", "incident", "undo")
        assert night.read(f"content/{NIGHT}") == expected
    assert "nothing was logged" in at(night, "03:20", "incident", "undo", exit_code=1).stderr
    assert night.read(f"content/{NIGHT}") == texts[0]


def test_undo_leaves_what_was_written_elsewhere_since(night: Site) -> None:
    before = night.read(f"content/{NIGHT}")
    log(night, "Hm")
    night.write(NIGHT, night.read(f"content/{NIGHT}").replace("severity:", "severity: sev2"))
    assert at(night, "03:20", "incident", "undo").stdout == "2026-11-20 03:00 UTC  Hm\n"
    assert night.read(f"content/{NIGHT}") == before.replace("severity:", "severity: sev2")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (("- 03:00 Hm", "- 03:00 Hm, well"), "does not stand there as it was written"),
        (("- 03:00 Hm\n", "- 03:00 Hm\n- 03:00 Hm\n"), "stands there more than once"),
        (("- 03:00 Hm\n", ""), "is gone from"),
    ],
)
def test_undo_refuses_where_the_line_was_changed_since(night: Site, change: tuple[str, str], why: str) -> None:
    at(night, "02:59", "incident", "log", "Oh")
    log(night, "Hm")
    night.write(NIGHT, night.read(f"content/{NIGHT}").replace(*change))
    before = night.read(f"content/{NIGHT}")
    assert why in at(night, "03:20", "incident", "undo", exit_code=1).stderr
    assert night.read(f"content/{NIGHT}") == before


@pytest.mark.parametrize("journal", [None, "", "[", "{}", "[1]", '[{"path": "x"}]'])
def test_without_a_journal_nothing_is_changed(night: Site, journal: str | None) -> None:
    log(night, "Hm")
    if journal is None:
        (night.root / ".aboveboard/undo.json").unlink()
    else:
        night.write("/.aboveboard/undo.json", journal)
    before = night.read(f"content/{NIGHT}")
    assert "change the file by hand" in at(night, "03:20", "incident", "undo", exit_code=1).stderr
    assert night.read(f"content/{NIGHT}") == before
    log(night, "Oh")
    at(night, "03:20", "incident", "undo")
    assert night.read(f"content/{NIGHT}") == before


def test_undo_of_one_incident_leaves_the_others(night: Site) -> None:
    log(night, "Hm")
    at(night, "02:15", "new", "incident", "Slow search")
    log(night, "Oh", "--id", "2026-11-20-slow-search")
    assert "Hm" in at(night, "03:20", "incident", "undo", "--id", ID).stdout
    assert "Oh" in at(night, "03:20", "incident", "undo").stdout


def test_a_cache_that_cannot_be_written_keeps_nobody_from_logging(night: Site) -> None:
    night.write("/.aboveboard", "a file in the way")
    assert "this cannot be undone" in log(night, "Hm").stderr
    assert timeline(night) == ["- 03:00 Hm"]


def test_what_could_not_be_written_is_not_in_the_journal(night: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    log(night, "Hm")
    before = night.read(f"content/{NIGHT}")

    def _disk_full(edit: Edit) -> None:
        raise OSError(28, "No space left on device", str(edit.path))

    with monkeypatch.context() as patched:
        patched.setattr("aboveboard.authoring.journal.write_edit", _disk_full)
        assert "No space left on device" in log(night, "Oh", exit_code=1).stderr
    assert night.read(f"content/{NIGHT}") == before
    assert "Hm" in at(night, "03:20", "incident", "undo").stdout


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (f"incidents/{ID}/index.md", with_timeline("- 02:00 a\n")),
        (NIGHT, "\ufeff" + with_timeline("- 02:00 a\n")),
        (NIGHT, with_timeline("- 02:00 a\n").replace("\n", "\r")),
    ],
    ids=["a folder", "a byte order mark", "carriage returns alone"],
)
def test_a_file_of_another_shape_is_written_and_taken_back(site: Site, path: str, text: str) -> None:
    file = site.write(path, text)
    if "\r" in text:
        log(site, "X", exit_code=1)
        assert file.read_bytes().decode() == text
        return
    log(site, "X")
    assert file.read_bytes().decode() == text + "- 03:00 X\n"
    at(site, "03:20", "incident", "undo", "--id", ID)
    assert file.read_bytes().decode() == text


# Review

WHOLE = f"""{INCIDENT}
severity: sev2
services: [checkout]
summary: Half of all payments timed out for 41 minutes.
factors: [The connection limit was set when traffic was a third of today's]
lessons: [A limit needs an alarm before it is reached]
actions:
  - {{what: Alarm at 80 % of the limit, owner: platform, due: 2026-12-04, addresses: f1, done_when: it rang in a test}}
"""
LINES = "- 02:00 started: a\n- 02:04 detected: b\n- 02:41 mitigated: c\n- 03:10 resolved: d\n"


def test_a_whole_report_is_reviewed_once(site: Site) -> None:
    text = with_timeline(LINES, WHOLE)
    site.write(NIGHT, text)
    result = site.run("incident", "review")
    assert "[ ]" not in result.stdout
    assert "[x] severity: sev2\n" in result.stdout
    reviewed = site.read(f"content/{NIGHT}")
    assert reviewed == text.replace("\n---\n", "\nreviewed: 2026-11-23\n---\n", 1)
    assert "no incident waits for its review" in site.run("incident", "review").stderr
    assert "was reviewed on 2026-11-23 already" in site.run("incident", "review", "--id", ID).stderr
    assert site.read(f"content/{NIGHT}") == reviewed


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        (("severity: sev2\n", ""), "[ ] severity: how bad it was"),
        (("services: [checkout]\n", ""), "[ ] services: the services it touched"),
        (("summary:", "#summary:"), "[ ] summary: the 30-second read"),
        (("lessons:", "#lessons:"), "[ ] lessons: what was learned, a sentence each"),
        (("owner: platform, ", ""), "[ ] action a1: Alarm at 80 % of the limit (it lacks `owner:`)"),
        (("due: 2026-12-04, ", ""), "[ ] action a1: Alarm at 80 % of the limit (it lacks `due:`)"),
        (("detected: b", "b"), f"[ ] detected: aboveboard incident mark detected --at 2026-11-20T02:04 --id {ID}"),
        (("## Timeline", "## What went well\n\n<!-- prompt -->\n\n## Timeline"), "[ ] \u201cWhat went well\u201d is empty: write it, or take the heading out"),
        (("Text.", "TODO: who was affected?"), "[ ] line 16: 'TODO' is left of a template: write it, or take it out (ST014)"),
        (("03:10 resolved", "01:10 resolved"), "[ ] line 23: resolved (01:10) lies before started (02:00): correct one of the two (TM001)"),
    ],
)  # fmt: skip
def test_what_is_missing_is_named(site: Site, change: tuple[str, str], missing: str) -> None:
    text = with_timeline(LINES, WHOLE).replace(*change)
    site.write(NIGHT, text)
    result = site.run("incident", "review", exit_code=1)
    assert missing in result.stdout.splitlines()
    assert site.read(f"content/{NIGHT}") == text


def test_what_the_scaffold_leaves_open_is_all_named(night: Site) -> None:
    at(night, "03:10", "incident", "mark", "resolved")
    result = night.run("incident", "review", exit_code=1)
    assert result.stdout.count("[ ]") == int(result.stderr.split()[0])
    assert "\u201cWhat users saw\u201d is empty" in result.stdout


# Properties


def library_of(root: Path) -> Library:
    return load_library(find_project(root))


LIBRARY = library_of(REPOSITORY)
OURS = [entry for entry in LIBRARY.entries if entry.incident]
words = st.text(st.sampled_from("abc 0159:-|~`*_#<>!\\[]()&{}\u00e9\u65e5\n\t."), max_size=24)
texts = st.one_of(words, st.sampled_from(TEXTS), st.sampled_from(["a <!-- b", "resolved-ish", "ends in ---"]))
instants = st.datetimes(datetime(2026, 10, 24), datetime(2026, 11, 22), timezones=st.just(UTC)).map(
    lambda instant: instant.replace(second=0, microsecond=0, fold=0)
)
stamps = st.builds(
    lambda day, about, hour, minute: f"{day}{about}{hour:02}:{minute:02}",
    st.sampled_from(["", "", "", "2026-11-20 ", "2026-11-21 ", "2026-10-25 "]),
    st.sampled_from(["", "", "~"]),
    st.integers(0, 23),
    st.integers(0, 59),
)


@st.composite
def timelines(draw: st.DrawFn) -> str:
    """Return what may stand under the heading: lists and tables, with notes around and between."""
    parts = []
    for _ in range(draw(st.integers(0, 3))):
        rows = [
            (draw(st.one_of(stamps, st.sampled_from(["9.45pm", "", "2026-11-20"]))), draw(st.sampled_from(["a", "act: b", "started: c", "d `|` e", "f"])))
            for _ in range(draw(st.integers(1, 4)))
        ]  # fmt: skip
        shape = draw(st.sampled_from(["list", "table", "note", "comment"]))
        if shape == "list":
            marker = draw(st.sampled_from(["- ", "* ", "  - ", "1. ", "-   "]))
            between = draw(st.sampled_from(["\n", "\n", "\n\n", "\n" + " " * len(marker) + "more\n"]))
            parts.append(between.join(f"{marker}{stamp} {what}" for stamp, what in rows))
        elif shape == "table":
            head = draw(st.sampled_from(["| When | What |\n| --- | --- |", "When | Who | What\n--- | --- | ---"]))
            bar = "| " if head[0] == "|" else ""
            middle = " | " if bar else " | ops | "
            lines = [
                f"{bar}{stamp or '02:00'}{middle}{what.replace('|', '/')}{bar and ' |'}" for stamp, what in rows
            ]
            parts.append("\n".join([head, *lines]))
        else:
            parts.append("Text in between." if shape == "note" else "<!-- a\n   prompt: - 02:00 x -->")
    ending = draw(st.sampled_from(["\n", "", "\n\n", "\n\n## Then\n\nText.\n", "\n\n### Later\n\n- 04:00 x\n"]))
    return "\n\n".join(parts) + ending


def parsed(text: str) -> Entry:
    found = parse_entry(KIND, NIGHT, text.encode(), LIBRARY.project.settings).entry
    assert found is not None
    return found


def keys(events: list[Event] | tuple[Event, ...]) -> list[tuple[object, ...]]:
    return [(e.moment.at, e.what, e.kind, e.detail) for e in events if e.moment]


def assert_one_line_more(found: Entry, text: str, line: Line) -> None:
    written = add_line(LIBRARY, found, text, line)
    before, after = text.splitlines(), written.text.splitlines()
    others = after[: written.number - 1] + after[written.number :]
    section = found.prose.section("timeline")
    if section and found.prose.lists(section):
        assert others == before
    said = [x for x in others if x.strip() and (section or x != "## Timeline")]
    assert said == [x for x in before if x.strip()]
    assert_undone(text, written.text)
    assert ("\r" in written.text) == ("\r" in text) == ("\r\n" in written.text)
    times = parsed_like(found, written.text).times
    assert times is not None and found.times is not None
    old, now = keys(found.times.events), keys(times.events)
    added = (line.when.at, line.what, line.kind, "")
    assert sorted(now, key=repr) == sorted([*old, added], key=repr)


def assert_undone(before: str, after: str) -> None:
    step = plan_step(LIBRARY.project, Edit(LIBRARY.project.content / NIGHT, before, after), "X")
    assert take_back(step, after) == before
    elsewhere = after.replace("title: ", "title: Another ", 1)
    try:
        assert take_back(step, elsewhere) == before.replace("title: ", "title: Another ", 1)
    except UserError as refused:
        assert "more than once" in str(refused)


def parsed_like(found: Entry, text: str) -> Entry:
    read = parse_entry(found.kind, found.path, text.encode(), LIBRARY.project.settings).entry
    assert read is not None
    return read


@given(
    timelines(),
    texts,
    instants,
    st.sampled_from([None, *EVENT_KINDS]),
    st.sampled_from(["UTC", "Europe/London", "America/New_York", "Asia/Kathmandu"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_one_line_is_added_and_all_others_stay(
    lines: str, text: str, instant: datetime, kind: str | None, zone: str, newline: str
) -> None:
    what = clean(text)
    assume(what or kind in MILESTONES)
    assume(kind or not re.match(rf"({'|'.join(EVENT_KINDS)})\s*:", what))
    source = with_timeline(lines, f"title: T\ndate: 2026-11-20\ntimezone: {zone}").replace("\n", newline)
    assert_one_line_more(parsed(source), source, Line(When(instant), what, kind))


@pytest.mark.parametrize("ours", OURS, ids=lambda entry: entry.id)
def test_a_line_can_be_added_to_every_incident_of_our_own(ours: Entry) -> None:
    assert ours.times is not None
    known = [e.moment.at for e in ours.times.events if e.moment] or [ours.opens_at]
    text = (LIBRARY.project.content / ours.path).read_bytes().decode()
    for instant in (min(known) - timedelta(hours=1), known[len(known) // 2], max(known) + timedelta(days=2)):
        assert_one_line_more(ours, text, Line(When(instant.replace(second=0)), "X is tried", "act"))


def assert_second_half(text: str) -> str:
    """Check that a text keeps all it has, gets no heading or field twice, and nothing more the second time."""
    entry, now = parsed(text), datetime(2026, 11, 20, 3, 10, tzinfo=UTC)
    after, _ = add_second_half(LIBRARY, entry, text, now)
    rest = iter(after.split("\n"))
    assert all(
        line.rstrip("\r") in (other.rstrip("\r") for other in rest) for line in text.split("\n") if line.strip()
    )
    again = parsed(after)
    assert add_second_half(LIBRARY, again, after, now) == (after, ())
    old = [heading.text for heading in entry.prose.headings]
    new = [heading.text for heading in again.prose.headings]
    assert new[: len(old)] == old and len({*new[len(old) :]} - {*old}) == len(new) - len(old)
    assert {name: again.matter.values[name] for name in entry.matter.values} == entry.matter.values
    assert_undone(text, after)
    return after


@given(
    st.sampled_from(
        ["", "severity: sev2", "factors:\n- a\n- b # c", "summary: |\n  one\n\n  two\n", "type: security"]
    ),
    timelines(),
    st.sampled_from(
        ["", "## What users saw\n\nX\n", "### Impact\n", "Text\n===\n", "```\nopen", "<!-- open", "- a\n\n      b"]
    ),
    st.sampled_from(["\n", "\r\n"]),
)
def test_the_second_half_keeps_what_there_is(fields: str, lines: str, end: str, newline: str) -> None:
    assert_second_half((with_timeline(lines, f"{INCIDENT}\n{fields}") + end).replace("\n", newline))


@pytest.mark.parametrize("ours", OURS, ids=lambda entry: entry.id)
def test_the_second_half_keeps_every_incident_of_our_own(ours: Entry) -> None:
    assert_second_half((LIBRARY.project.content / ours.path).read_bytes().decode())


@pytest.mark.parametrize("end", ["```\nopen", "<!-- open"])
def test_a_second_half_that_would_not_be_seen_is_not_added(site: Site, end: str) -> None:
    text = with_timeline(f"- 02:00 a\n\n## Then\n\n{end}")
    site.write(NIGHT, text)
    said = at(site, "03:10", "incident", "mark", "resolved").stderr
    assert "the second half was not opened" in said
    assert site.read(f"content/{NIGHT}").endswith(end)


# Killed


def killed_at(moment: int, site: Site, words: list[str]) -> bool:
    """Run a command in a process that ends itself at its nth touch of the file system; tell whether it came to it."""
    child = os.fork()
    if child == 0:
        left = [moment]

        def _count(event: str, arguments: tuple[object, ...]) -> None:
            touches = event in ("os.rename", "os.link", "os.chmod", "os.remove", "os.mkdir", "tempfile.mkstemp")
            if (touches or (event == "open" and str(site.root) in str(arguments[0]))) and site.root.exists():
                left[0] -= 1
                if left[0] == 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(_count)
        at(site, "03:10", "incident", *words)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


@pytest.mark.parametrize("words", [["log", "Hm"], ["mark", "resolved"], ["undo"]], ids=" ".join)
def test_killed_at_any_moment_the_file_is_the_old_one_or_the_new_one(night: Site, words: list[str]) -> None:
    log(night, "The first line")
    old, journal = night.read(f"content/{NIGHT}"), night.read(".aboveboard/undo.json")
    at(night, "03:10", "incident", *words)
    new = night.read(f"content/{NIGHT}")
    assert new != old
    found = []
    for moment in range(1, 200):
        night.write(NIGHT, old)
        night.write("/.aboveboard/undo.json", journal)
        came_to_it = killed_at(moment, night, words)
        found.append(night.read(f"content/{NIGHT}"))
        assert found[-1] in (old, new)
        assert " error " not in night.run("check").stdout
        if words != ["undo"]:
            undone = CliRunner().invoke(main, ["-C", str(night.root), "incident", "undo"])
            left = night.read(f"content/{NIGHT}")
            # What was written can be undone; what was not is no reason to take back the line before.
            assert left == old or (
                undone.exit_code == 0 and found[-1] == old and "The first line" in undone.stdout
            )
        if not came_to_it:
            break
    assert found[0] == old and found[-1] == new and len(found) > 8
