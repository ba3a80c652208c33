"""Weeks and their names, and when on a Monday the report is due."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.weekly import LATE_BY, IsoWeek, due_on_monday

ALMATY = ZoneInfo("Asia/Almaty")
BERLIN = ZoneInfo("Europe/Berlin")
DAYS = st.dates(date(1950, 1, 1), date(2900, 1, 1))


@given(DAYS)
def test_each_day_is_in_one_week_whose_name_leads_back_to_it(day: date) -> None:
    week = IsoWeek.of(day)
    assert week.monday <= day <= week.sunday
    assert IsoWeek.parse(str(week)) == week
    assert str(week) == day.strftime("%G-W%V")
    assert (week.period.days, week.after.before) == (7, week)


@pytest.mark.parametrize(
    "name", ["", "2026-W00", "2026-W54", "2025-W53", "2026-w01", "26-W01", "2026-W1", "２０２６-W01", "2026-W01 "]
)
def test_what_is_no_name_of_a_week_names_none(name: str) -> None:
    assert IsoWeek.parse(name) is None


def test_a_week_begins_and_ends_by_the_clocks_of_the_site_also_when_they_change() -> None:
    summer_ends = IsoWeek.of(date(2026, 10, 25))
    first, last = summer_ends.bounds(BERLIN)
    assert (first, last) == (datetime(2026, 10, 18, 22, tzinfo=UTC), datetime(2026, 10, 25, 23, tzinfo=UTC))


@given(
    DAYS,
    st.integers(0, 23),
    st.integers(0, 24 * 60 * 7 - 1),
    st.sampled_from([ALMATY, BERLIN, ZoneInfo("America/New_York")]),
)
def test_the_report_of_the_week_that_ended_is_due_on_monday_from_the_persons_hour_on_for_a_day(
    day: date, hour: int, minutes: int, zone: ZoneInfo
) -> None:
    week = IsoWeek.of(day)
    at = datetime(week.after.monday.year, week.after.monday.month, week.after.monday.day, hour, tzinfo=zone).astimezone(
        UTC
    )
    later = timedelta(minutes=minutes)
    assert due_on_monday(hour, at, zone) == week
    found = due_on_monday(hour, at + later, zone)
    assert found == (
        week if later < LATE_BY and (at + later).astimezone(zone).date() < week.after.after.monday else None
    ) or (later > timedelta(days=6))
    before = due_on_monday(hour, at - timedelta(minutes=1), zone)
    assert before is None
