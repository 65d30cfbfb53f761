"""A timeline is read from the list or the table under its heading; what cannot be read is kept."""

from __future__ import annotations

import re
from datetime import UTC, date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from aboveboard.content.prose import Prose
from aboveboard.content.timeline import EVENT_KINDS, Event, Timeline, in_order, read_timeline
from aboveboard.content.times import find_zone

DAY = date(2026, 11, 20)


def timeline(lines: str, day: date | None = DAY, zone: str = "UTC") -> Timeline:
    return read_timeline(Prose(f"## Timeline\n\n{lines}\n"), find_zone(zone), day)


def one(line: str, day: date | None = DAY, zone: str = "UTC") -> Event:
    (event,) = timeline(f"- {line}", day, zone).events
    return event


def at(event: Event) -> str:
    return f"{event.moment.at:%Y-%m-%dT%H:%M}" if event.moment else ""


def test_the_example_of_the_manual_is_read() -> None:
    found = timeline(
        "- 2026-11-20 02:04 detected: the checkout alarm fires ([graph](https://example.org/))\n"
        "- 02:20 act: release #412 is rolled back\n"
        "- ~02:30 red herring: the load balancer is suspected\n"
        "- 02:41 mitigated: checkouts succeed again\n"
        "- 02:45 communicate: status page updated\n",
        day=None,
    )
    assert [(at(event)[11:], event.kind, event.what) for event in found.events] == [
        ("02:04", "detected", "the checkout alarm fires ([graph](https://example.org/))"),
        ("02:20", "act", "release #412 is rolled back"),
        ("02:30", "red herring", "the load balancer is suspected"),
        ("02:41", "mitigated", "checkouts succeed again"),
        ("02:45", "communicate", "status page updated"),
    ]
    assert [event.moment.exact for event in found.events if event.moment] == [True, True, False, True, True]
    assert found.events[2].position.line == 5


READ: list[tuple[str, str, str | None, str]] = [
    ("02:04 the alarm fires", "2026-11-20T02:04", None, "the alarm fires"),
    ("2:04 the alarm fires", "2026-11-20T02:04", None, "the alarm fires"),
    ("02:04:30 the alarm fires", "2026-11-20T02:04", None, "the alarm fires"),
    ("02:04: the alarm fires", "2026-11-20T02:04", None, "the alarm fires"),
    ("02:04 - the alarm fires", "2026-11-20T02:04", None, "the alarm fires"),
    ("02:04 \u2013 the alarm fires", "2026-11-20T02:04", None, "the alarm fires"),
    ("02:04 \u2014 the alarm fires", "2026-11-20T02:04", None, "the alarm fires"),
    ("**02:04** the alarm fires", "2026-11-20T02:04", None, "the alarm fires"),
    ("`02:04` the alarm fires", "2026-11-20T02:04", None, "the alarm fires"),
    ("**2026-11-20 02:04** detected: it fires", "2026-11-20T02:04", "detected", "it fires"),
    ("02:04Z the alarm fires", "2026-11-20T02:04", None, "the alarm fires"),
    ("02:04 UTC the alarm fires", "2026-11-20T02:04", None, "the alarm fires"),
    ("02:04 GMT: the alarm fires", "2026-11-20T02:04", None, "the alarm fires"),
    ("2026-11-20T02:04+01:00 it fires", "2026-11-20T01:04", None, "it fires"),
    ("2026-11-20T02:04-05:00 it fires", "2026-11-20T07:04", None, "it fires"),
    ("2026-11-21 02:04 it fires", "2026-11-21T02:04", None, "it fires"),
    ("2026-11-21 it fires", "2026-11-21T00:00", None, "it fires"),
    ("~02:04 it fires", "2026-11-20T02:04", None, "it fires"),
    ("~ 02:04 it fires", "2026-11-20T02:04", None, "it fires"),
    ("2026-11-20 ~02:04 it fires", "2026-11-20T02:04", None, "it fires"),
    ("02:04 Detected: it fires", "2026-11-20T02:04", "detected", "it fires"),
    ("02:04 RED HERRING : it fires", "2026-11-20T02:04", "red herring", "it fires"),
    ("02:04 resolved:", "2026-11-20T02:04", "resolved", ""),
    ("02:04 noticed: it fires", "2026-11-20T02:04", None, "noticed: it fires"),
    ("02:04 acted: it fires", "2026-11-20T02:04", None, "acted: it fires"),
    ("02:04 DNS fails", "2026-11-20T02:04", None, "DNS fails"),
    ("02:04 412 requests fail", "2026-11-20T02:04", None, "412 requests fail"),
    ("02:04 ampersands in the log", "2026-11-20T02:04", None, "ampersands in the log"),
]


@pytest.mark.parametrize(("line", "instant", "kind", "what"), READ, ids=[row[0] for row in READ])
def test_a_line_is_a_time_a_kind_and_what_happened(line: str, instant: str, kind: str | None, what: str) -> None:
    event = one(line)
    assert (at(event), event.kind, event.what, event.why) == (instant, kind, what, "")


@pytest.mark.parametrize("kind", EVENT_KINDS)
def test_every_kind_is_read(kind: str) -> None:
    assert one(f"02:04 {kind}: it fires").kind == kind


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("the alarm fires", "it does not begin with a time"),
        ("9.45pm it fires", "it does not begin with a time"),
        ("14:?? it fires", "it does not begin with a time"),
        ("(Time TBC) it fires", "it does not begin with a time"),
        ("22025-11-20 02:04 it fires", "it does not begin with a time"),
        ("", "it does not begin with a time"),
        ("2026-11-202026 it fires", "it does not begin with a time"),
        ("02:04412 it fires", "it does not begin with a time"),
        ("02:04:3 it fires", "it does not begin with a time"),
        ("9:45pm it fires", "'pm' is not read: write the hours up to 24, as in 14:04"),
        ("9:45 p.m. it fires", "'p.m.' is not read: write the hours up to 24, as in 14:04"),
        ("02:04 PST it fires", "'PST' is not a zone for sure: write the offset, as in 02:04+01:00"),
        ("02:04 BST: it fires", "'BST' is not a zone for sure: write the offset, as in 02:04+01:00"),
        ("02:04\u201302:10 it fires", "it gives two times: begin with one, and say the other in the text"),
        ("02:04 - 02:10 it fires", "it gives two times: begin with one, and say the other in the text"),
        ("02:04 to 02:10 it fires", "it gives two times: begin with one, and say the other in the text"),
        ("25:04 it fires", "'25:04' is not on the clock: hours run to 23, minutes and seconds to 59"),
        ("2026-02-30 02:04 it fires", "'2026-02-30' is not in the calendar: that month has no day 30"),
        ("2026-11-20", "it says nothing after the day"),
    ],
)
def test_what_cannot_be_read_is_kept_with_the_reason(line: str, why: str) -> None:
    event = one(line)
    assert (event.moment, event.what, event.why) == (None, line, why)


def test_two_times_that_could_be_an_offset_are_not_read_as_one() -> None:
    assert one("02:04-02:10 it fires").moment is None


def test_without_any_day_a_clock_is_no_event() -> None:
    event = one("02:04 it fires", day=None)
    assert (event.moment, event.why) == (None, "no day is known for it: begin with 2026-11-20")


def test_a_missing_day_is_the_last_one_above() -> None:
    found = timeline("- 23:50 a\n- 2026-11-21 00:10 b\n- no time\n- 00:20 c\n- 2026-11-23 d\n- 00:30 e")
    assert [at(event)[5:] for event in found.events] == [
        "11-20T23:50",
        "11-21T00:10",
        "",
        "11-21T00:20",
        "11-23T00:00",
        "11-23T00:30",
    ]


def test_passing_midnight_wants_the_day() -> None:
    assert [at(event) for event in timeline("- 23:50 a\n- 00:10 b").events] == [
        "2026-11-20T23:50",
        "2026-11-20T00:10",
    ]


def test_a_clock_is_that_of_the_zone() -> None:
    assert at(one("02:04 a", day=date(2026, 7, 20), zone="Europe/London")) == "2026-07-20T01:04"


@pytest.mark.parametrize(("day", "exact"), [(date(2026, 3, 29), False), (date(2026, 10, 25), False), (DAY, True)])
def test_an_hour_that_clocks_skip_or_repeat_is_not_exact(day: date, exact: bool) -> None:
    moment = one("01:30 a", day=day, zone="Europe/London").moment
    assert moment is not None and moment.exact is exact


TABLES: list[tuple[str, str, list[tuple[str, str | None, str]]]] = [
    ("time and event", "| Time | Event |\n|---|---|\n| 02:04 | detected: it fires |\n| ~02:10 | we look |", [("20T02:04", "detected", "it fires"), ("20T02:10", None, "we look")]),
    ("a day and a time in one cell", "| When | What |\n|---|---|\n| 2026-11-21 02:04 | a |\n| 02:05 | b |", [("21T02:04", None, "a"), ("21T02:05", None, "b")]),
    ("a day and a time in two cells", "| Day | Time | What |\n|---|---|---|\n| 2026-11-21 | 02:04 | a |\n| | 02:05 | b |", [("21T02:04", None, "a"), ("21T02:05", None, "b")]),
    ("more cells", "| When | What | Who |\n|---|---|---|\n| 02:04 | a | ops |", [("20T02:04", None, "a \u00b7 ops")]),
    ("bold times", "| When | What |\n|---|---|\n| **02:04** | *a* |", [("20T02:04", None, "*a*")]),
    ("one column", "| Timeline |\n|---|\n| 02:04 a |", [("20T02:04", None, "a")]),
]  # fmt: skip


@pytest.mark.parametrize(("table", "events"), [t[1:] for t in TABLES], ids=[t[0] for t in TABLES])
def test_a_table_is_read_row_by_row(table: str, events: list[tuple[str, str | None, str]]) -> None:
    assert [(at(event)[8:], event.kind, event.what) for event in timeline(table).events] == events


def test_a_row_that_cannot_be_read_is_kept_whole() -> None:
    found = timeline("| When | What |\n|---|---|\n| 02:04 BST | a |\n| 02:05 | b |")
    assert [(event.what, bool(event.why)) for event in found.events] == [("02:04 BST a", True), ("b", False)]


def test_what_is_nested_below_a_line_is_its_detail() -> None:
    event = one("02:04 act: rolled back\n  by hand\n\n  because:\n\n  - it was late")
    assert (event.kind, event.what, event.detail) == ("act", "rolled back by hand", "because:\n\n- it was late")


def test_a_numbered_list_is_a_timeline_too() -> None:
    assert [at(event)[11:] for event in timeline("1. 02:04 a\n2. 02:05 b").events] == ["02:04", "02:05"]


@pytest.mark.parametrize(
    "body",
    [
        "",
        "## Other\n\n- 02:04 a\n",
        "## Timeline\n\nNothing yet.\n",
        "```\n## Timeline\n\n- 02:04 a\n```\n",
        "## Timeline\n",
    ],
)
def test_where_nothing_is_listed_there_are_no_events(body: str) -> None:
    assert read_timeline(Prose(body), UTC, DAY).events == ()


def test_events_are_shown_in_order_of_time_and_an_unread_one_stays_where_it_was() -> None:
    found = timeline("- at first\n- 02:20 b\n- then\n- 02:04 a\n- 02:20 c\n- 2026-11-19 23:00 z")
    assert [event.what for event in in_order(found.events)] == ["at first", "z", "a", "b", "then", "c"]


# Whatever is written


def letters(text: str) -> list[str]:
    return sorted(character for character in text.lower() if character.isalnum())


def shown(events: tuple[Event, ...]) -> str:
    return " ".join(f"{e.stamp.text if e.stamp else ''} {e.kind or ''} {e.what} {e.detail}" for e in events)


parts = st.sampled_from(
    ["2026-11-20", "2026-02-30", "02:04", "2:04", "25:99", "~", "**", "`", "UTC", "Z", "BST", "pm", "+01:00", "-05:00", "-", "\u2013", ":", "T", "detected:", "red herring:",
     "act", "word", "it fires", "(TBC)", "*a*", "412", ".", "1.", "|", "to", "<b>", "\\", "\n  ", "\n\n  ", "\n  - ", "\u00e9", "\t", "&amp;", "![x](y)"]
)  # fmt: skip
lines = st.lists(parts, min_size=1, max_size=8).map(" ".join) | st.lists(parts, max_size=6).map("".join)


@given(st.lists(lines, min_size=1, max_size=5), st.sampled_from([DAY, None]))
def test_no_word_of_a_list_is_lost(items: list[str], day: date | None) -> None:
    body = "".join(f"- {item}\n" for item in items)
    # The number of a numbered item is no word.
    assume(not re.search(r"^[-\s]*\d+[.)](?:\s|$)", body, re.MULTILINE))
    prose = Prose(f"## Timeline\n\n{body}")
    found = read_timeline(prose, UTC, day)
    around = prose.around_lists(prose.sections[-1])
    # An item can turn the line above it into a heading; what is under that is no timeline.
    if len(prose.headings) == 1 and (
        not found.lines or found.lines == tuple((g.start, g.end) for g in prose.lists(prose.sections[-1]))
    ):
        assert letters(body) == letters(shown(found.events) + around)


cells = st.lists(
    parts.filter(lambda part: "\n" not in part and "|" not in part and "\\" not in part and "`" not in part),
    max_size=4,
).map(" ".join)


@given(st.lists(st.tuples(cells, cells, cells), min_size=1, max_size=4), st.sampled_from([DAY, None]))
def test_no_word_of_a_table_is_lost(rows: list[tuple[str, str, str]], day: date | None) -> None:
    body = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    found = timeline(f"| | | |\n|---|---|---|\n{body}", day)
    assert letters(body) == letters(shown(found.events))


@given(st.text() | lines, st.sampled_from(["UTC", "Europe/London", "Pacific/Kiritimati"]), st.dates())
def test_no_text_breaks_the_timeline(text: str, zone: str, day: date) -> None:
    for body in (text, f"- {text}", f"| a | b |\n|---|---|\n| {text} | {text} |"):
        events = timeline(body, day, zone).events
        assert sorted(map(id, in_order(events))) == sorted(map(id, events))
        assert all(event.moment or event.why for event in events)


@pytest.mark.parametrize(
    "line",
    [
        "2026-11-20" + " " * 200_000 + "x",
        "~" * 200_000,
        "02:04" + " " * 200_000 + "x",
        "02:04 " + "detected" * 25_000,
        "**" * 100_000,
        "2026-11-20" * 20_000,
        "time in " * 25_000,
    ],
)
def test_a_very_long_line_is_read_in_one_go(line: str) -> None:
    assert len(timeline(f"- {line}").events) <= 1
    assert len(timeline(f"{line}\n\n- 02:04 a").events) <= 1
    assert len(timeline(f"| a | b |\n|---|---|\n| {line} | {line} |").events) == 1


def test_a_very_long_list_is_read_in_one_go() -> None:
    assert len(timeline("- 02:04 a\n" * 5_000).events) == 5_000
    assert len(timeline("| a | b |\n|---|---|\n" + "| 02:04 | a |\n" * 5_000).events) == 5_000
