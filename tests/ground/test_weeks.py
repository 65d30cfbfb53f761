"""Weeks are ISO weeks: Monday to Sunday, 52 or 53 a year, in the year of their Thursday."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aboveboard.content.weeks import Week, weeks_in

weeks = st.dates(date(2, 1, 10), date(9998, 12, 20)).map(Week.of)


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 11, 20), "2026-W47"),
        (date(2026, 1, 1), "2026-W01"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2024, 12, 30), "2025-W01"),
        (date(2021, 1, 1), "2020-W53"),
    ],
)
def test_a_day_lies_in_one_week(day: date, week: str) -> None:
    assert str(Week.of(day)) == week
    assert day in Week.parse(week)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2025-W53", "2025 has no week 53: its weeks run from W01 to W52"),
        ("2026-W54", "2026 has no week 54: its weeks run from W01 to W53"),
        ("2026-W00", "2026 has no week 0: its weeks run from W01 to W53"),
        ("2026-47", "'2026-47' is not a week: write it as 2026-W47"),
        ("week 47", "'week 47' is not a week: write it as 2026-W47"),
        ("2026-W7", "'2026-W7' is not a week: write it as 2026-W47"),
        ("", "'' is not a week: write it as 2026-W47"),
        ("0000-W01", "'0000-W01' is not a week: its year should be between 0002 and 9998"),
        ("9999-W52", "'9999-W52' is not a week: its year should be between 0002 and 9998"),
    ],
)
def test_what_is_no_week_is_refused_with_the_reason(text: str, why: str) -> None:
    with pytest.raises(ValueError) as refused:
        Week.parse(text)
    assert str(refused.value) == why


def test_a_week_is_said_in_every_way_a_page_needs() -> None:
    week = Week.parse("2026-w05")
    assert (str(week), week.slug, week.label) == ("2026-W05", "2026-w05", "week 5 of 2026")
    assert (week.monday, week.sunday) == (date(2026, 1, 26), date(2026, 2, 1))


@pytest.mark.parametrize(("year", "count"), [(2020, 53), (2025, 52), (2026, 53), (2027, 52), (1, 52)])
def test_a_year_has_fifty_two_or_fifty_three_weeks(year: int, count: int) -> None:
    assert weeks_in(year) == count


@given(weeks)
def test_a_week_reads_back_as_itself(week: Week) -> None:
    assert Week.parse(str(week)) == Week.parse(week.slug) == week
    assert (week.monday.isoweekday(), week.sunday - week.monday) == (1, timedelta(days=6))
    assert week.monday in week and week.sunday in week
    assert week.monday - timedelta(days=1) not in week


@given(weeks, st.integers(-60, 60))
def test_going_on_and_back_arrives_where_it_began(week: Week, count: int) -> None:
    if 100 < week.year < 9900:
        assert week.plus(count).plus(-count) == week
        assert (week.plus(count) > week) == (count > 0)


@given(st.text(max_size=12))
def test_any_text_is_a_week_or_refused(text: str) -> None:
    try:
        week = Week.parse(text)
    except ValueError:
        return
    assert week.monday <= week.sunday
