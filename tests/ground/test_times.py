"""A time means the instant it was written for; a vague one stays vague, and none is guessed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.content.stamps import parse_day, parse_stamp
from aboveboard.content.times import Oddity, describe_duration, find_zone, resolve

DAY = date(2026, 11, 20)
LONDON = find_zone("Europe/London")


@pytest.mark.parametrize(
    ("text", "day", "clock", "offset", "approximate"),
    [
        ("2026-11-20T02:04Z", DAY, time(2, 4), 0, False),
        ("2026-11-20T02:04:05Z", DAY, time(2, 4, 5), 0, False),
        ("2026-11-20T02:04:05.123456789Z", DAY, time(2, 4, 5), 0, False),
        ("2026-11-20 02:04", DAY, time(2, 4), None, False),
        ("2026-11-20  2:04 UTC", DAY, time(2, 4), 0, False),
        ("2026-11-20 02:04 GMT", DAY, time(2, 4), 0, False),
        ("2026-11-20T02:04+01:00", DAY, time(2, 4), 60, False),
        ("2026-11-20T02:04 -0330", DAY, time(2, 4), -210, False),
        ("2026-11-20T02:04+05:45", DAY, time(2, 4), 345, False),
        ("2026-11-20T02:04+14:00", DAY, time(2, 4), 840, False),
        ("2026-11-20T02:04-12:00", DAY, time(2, 4), -720, False),
        ("2026-11-20", DAY, None, None, False),
        ("~2026-11-20", DAY, None, None, True),
        ("02:04", None, time(2, 4), None, False),
        ("~02:04", None, time(2, 4), None, True),
        ("~ 2:04", None, time(2, 4), None, True),
        ("~2026-11-20 02:04", DAY, time(2, 4), None, True),
        ("2026-11-20 ~02:04", DAY, time(2, 4), None, True),
        ("  2026-11-20 ", DAY, None, None, False),
        ("0002-01-01", date(2, 1, 1), None, None, False),
        ("9998-12-31", date(9998, 12, 31), None, None, False),
    ],
)
def test_a_time_is_taken_apart(
    text: str, day: date | None, clock: time | None, offset: int | None, approximate: bool
) -> None:
    stamp = parse_stamp(text)
    expected = None if offset is None else timedelta(minutes=offset)
    assert (stamp.day, stamp.clock, stamp.offset, stamp.approximate) == (day, clock, expected, approximate)
    assert (stamp.text, stamp.is_day) == (text.strip(), clock is None)


FORMS = "write 2026-11-20T02:04Z, 2026-11-20 02:04, ~02:10 or 2026-11-20"
OFFSETS = "offsets run from -12:00 to +14:00 in quarters of an hour"


def zone_refused(text: str, name: str) -> str:
    return f"{text!r} names the zone {name!r}, which means different things in different places: write the offset, as in 2026-11-20T02:04+01:00"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("tomorrow", f"'tomorrow' is not a time: {FORMS}"),
        ("", f"'' is not a time: {FORMS}"),
        ("~", f"'~' is not a time: {FORMS}"),
        ("05/01/2026", f"'05/01/2026' is not a time: {FORMS}"),
        ("20260105", f"'20260105' is not a time: {FORMS}"),
        ("2026-11-20T015:00:00", f"'2026-11-20T015:00:00' is not a time: {FORMS}"),
        ("22025-11-20", f"'22025-11-20' is not a time: {FORMS}"),
        ("14:??", f"'14:??' is not a time: {FORMS}"),
        ("9.45pm", f"'9.45pm' is not a time: {FORMS}"),
        ("9:45pm", f"'9:45pm' is not a time: {FORMS}"),
        ("2026-11-2002:04", f"'2026-11-2002:04' is not a time: {FORMS}"),
        ("02:04 BST", zone_refused("02:04 BST", "BST")),
        ("2026-11-20 02:04 PST (UTC-7)", zone_refused("2026-11-20 02:04 PST (UTC-7)", "PST")),
        ("2026-11-20 02:04 (IST)", zone_refused("2026-11-20 02:04 (IST)", "IST")),
        ("2026-13-40", "'2026-13-40' has a month 13: months run from 01 to 12"),
        ("2026-02-30", "'2026-02-30' is not in the calendar: that month has no day 30"),
        ("0001-01-01", "'0001-01-01' has a year 0001: years run from 0002 to 9998"),
        ("9999-12-31", "'9999-12-31' has a year 9999: years run from 0002 to 9998"),
        ("2026-11-20 24:00", "'24:00' is not on the clock: hours run to 23, minutes and seconds to 59"),
        ("02:60", "'02:60' is not on the clock: hours run to 23, minutes and seconds to 59"),
        ("02:04-02:10", f"the offset -02:10 does not exist: {OFFSETS}"),
        ("02:04-13:00", f"the offset -13:00 does not exist: {OFFSETS}"),
        ("02:04+14:15", f"the offset +14:15 does not exist: {OFFSETS}"),
        ("02:04+01:75", f"the offset +01:75 does not exist: {OFFSETS}"),
    ],
)
def test_what_is_no_time_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(ValueError) as refused:
        parse_stamp(text)
    assert str(refused.value) == why


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("tomorrow", "'tomorrow' is not a day: write it as 2026-11-20 (year, month, day)"),
        ("2026-11-20T02:04Z", "'2026-11-20T02:04Z' is not a day: write it as 2026-11-20 (year, month, day)"),
        ("2026-2-3", "'2026-2-3' is not a day: write it as 2026-11-20 (year, month, day)"),
        ("0000-01-01", "'0000-01-01' has a year 0000: years run from 0002 to 9998"),
    ],
)
def test_what_is_no_day_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(ValueError) as refused:
        parse_day(text)
    assert str(refused.value) == why


@pytest.mark.parametrize(
    ("text", "zone", "instant"),
    [
        ("2026-11-20T02:04Z", "Europe/London", "2026-11-20T02:04"),
        ("2026-11-20 02:04", "Europe/London", "2026-11-20T02:04"),
        ("2026-07-20 02:04", "Europe/London", "2026-07-20T01:04"),
        ("2026-07-20 02:04 GMT", "Europe/London", "2026-07-20T02:04"),
        ("2026-07-20T02:04+05:30", "Europe/London", "2026-07-19T20:34"),
        ("02:04", "Asia/Kathmandu", "2026-11-19T20:19"),
        ("2026-11-20", "America/New_York", "2026-11-20T05:00"),
    ],
)
def test_a_time_is_an_instant_in_its_zone(text: str, zone: str, instant: str) -> None:
    moment = resolve(parse_stamp(text), find_zone(zone), DAY)
    assert moment is not None
    assert moment.at == datetime.fromisoformat(instant).replace(tzinfo=UTC)
    assert moment.local.tzinfo == find_zone(zone)
    assert moment.exact is (len(text) != 10)


def test_a_clock_without_a_day_is_no_instant() -> None:
    assert resolve(parse_stamp("02:04"), UTC) is None


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31)])
@pytest.mark.parametrize("hours", [-11, 11])
def test_where_the_calendar_ends_there_is_an_instant_or_none(day: date, hours: int) -> None:
    moment = resolve(parse_stamp("~12:00"), timezone(timedelta(hours=hours)), day)
    assert moment is None or moment.at.year == day.year


@pytest.mark.parametrize(
    ("text", "oddity", "instant"),
    [
        ("2026-03-29 00:59", None, "2026-03-29T00:59"),
        ("2026-03-29 01:30", Oddity.GAP, "2026-03-29T01:30"),
        ("2026-03-29 02:00", None, "2026-03-29T01:00"),
        ("2026-10-25 00:59", None, "2026-10-24T23:59"),
        ("2026-10-25 01:30", Oddity.FOLD, "2026-10-25T00:30"),
        ("2026-10-25 02:00", None, "2026-10-25T02:00"),
        ("2026-03-29 01:30Z", None, "2026-03-29T01:30"),
        ("2026-10-25T01:30+00:00", None, "2026-10-25T01:30"),
        ("2026-03-29", None, "2026-03-29T00:00"),
        ("2026-10-25", None, "2026-10-24T23:00"),
    ],
)
def test_the_hours_that_clocks_skip_or_repeat_are_known(text: str, oddity: Oddity | None, instant: str) -> None:
    moment = resolve(parse_stamp(text), LONDON)
    assert moment is not None
    assert (moment.oddity, moment.at) == (oddity, datetime.fromisoformat(instant).replace(tzinfo=UTC))
    assert not (oddity and moment.exact)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("2026-11-20 02:04", 0, 0),
        ("~2026-11-20 02:04", 30, 30),
        ("2026-11-20", 0, 24 * 60),
    ],
)
def test_a_vague_time_is_as_wide_as_it_is_vague(text: str, before: int, after: int) -> None:
    moment = resolve(parse_stamp(text), UTC)
    assert moment is not None
    assert moment.at - moment.earliest == timedelta(minutes=before)
    assert moment.latest - moment.at == timedelta(minutes=after)


def test_a_repeated_hour_may_be_the_second_one() -> None:
    moment = resolve(parse_stamp("2026-10-25 01:30"), LONDON)
    assert moment is not None
    assert moment.latest >= datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "name", ["Europe/London", "UTC", "GMT", "Etc/GMT+1", "America/Argentina/Buenos_Aires", "Japan"]
)
def test_a_zone_is_found_by_its_iana_name(name: str) -> None:
    assert find_zone(name).key == name


@pytest.mark.parametrize(
    "name",
    ["BST", "PST", "EST", "IST", "CET", "EST5EDT", "MST7MDT", "", " UTC", "UTC ", "london", "Europe", "Europe/", "/etc/passwd", "../UTC", "a\0b", "+01:00", "UTC+1",
     "localtime", "posix/UTC", "zone.tab", "x" * 5000, "\u00e9", "\ud800"],
)  # fmt: skip
def test_what_is_no_zone_for_sure_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="is not a time zone: write an IANA name such as Europe/London or UTC"):
        find_zone(name)


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "less than a minute"),
        (29, "less than a minute"),
        (31, "1 minute"),
        (37 * 60, "37 minutes"),
        (3600, "1 hour"),
        (3599, "1 hour"),
        (8040, "2 hours 14 minutes"),
        (86400, "1 day"),
        (86400 * 3 + 3600, "3 days 1 hour"),
        (86400 * 3 + 3600 + 60, "3 days 1 hour"),
        (86400 * 3 + 60, "3 days 1 minute"),
        (-8040, "2 hours 14 minutes"),
    ],
)
def test_a_duration_is_said_as_a_person_would(seconds: int, said: str) -> None:
    assert describe_duration(timedelta(seconds=seconds)) == said


@given(st.text("0123456789-:T Z~+.GMTUCBS()", max_size=30) | st.text(max_size=20))
def test_any_text_is_a_time_or_refused(text: str) -> None:
    try:
        stamp = parse_stamp(text)
    except ValueError:
        return
    assert stamp.day or stamp.clock
    moment = resolve(stamp, LONDON, DAY)
    assert moment is not None
    assert moment.earliest <= moment.at <= moment.latest
    assert moment.local.utcoffset() is not None


@given(
    st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31)),
    st.sampled_from(["UTC", "Europe/London", "Asia/Kathmandu", "Australia/Lord_Howe"]),
)
def test_a_time_on_the_clock_reads_back_as_itself(at: datetime, name: str) -> None:
    local = at.replace(microsecond=0)
    moment = resolve(parse_stamp(f"{local:%H:%M:%S}"), find_zone(name), local.date())
    assert moment is not None
    assert moment.oddity is Oddity.GAP or moment.local.replace(tzinfo=None) == local


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-20" + " " * 200_000 + "x",
        "~" * 200_000,
        " " * 200_000,
        "1" * 200_000,
        "02:04" + " " * 200_000 + "x",
        "1 " * 100_000,
    ],
)
def test_a_very_long_text_is_refused_after_one_reading(text: str) -> None:
    with pytest.raises(ValueError):
        parse_stamp(text)
