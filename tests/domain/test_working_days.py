"""When something is due: so many working days later, whatever weekends, holidays and clocks do."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.working_days import END_OF_DAY, WorkCalendar, due_after

ALMATY = ZoneInfo("Asia/Almaty")
NOORUZ = WorkCalendar(holidays=frozenset({date(2027, 3, 22), date(2027, 3, 23)}))
FRIDAY = date(2027, 3, 19)

days = st.dates(min_value=date(2020, 1, 1), max_value=date(2040, 1, 1))
calendars = st.builds(
    WorkCalendar,
    holidays=st.frozensets(days, max_size=20),
    weekend=st.sampled_from([frozenset({5, 6}), frozenset({4})]),
)
moments = st.datetimes(min_value=datetime(2020, 1, 1), max_value=datetime(2040, 1, 1)).map(  # noqa: DTZ001  # bounds
    lambda moment: moment.replace(tzinfo=UTC)
)
zones = st.sampled_from([ALMATY, ZoneInfo("Europe/Berlin"), ZoneInfo("America/St_Johns"), ZoneInfo("Asia/Tehran")])


@pytest.mark.parametrize(
    ("count", "day"), [(0, FRIDAY), (1, date(2027, 3, 24)), (2, date(2027, 3, 25)), (3, date(2027, 3, 26))]
)
def test_weekends_and_holidays_are_no_working_days(count: int, day: date) -> None:
    assert NOORUZ.after(FRIDAY, count) == day


def test_a_saturday_that_is_worked_for_a_moved_holiday_counts() -> None:
    saturday = date(2027, 3, 20)
    moved = WorkCalendar(holidays=NOORUZ.holidays, worked=frozenset({saturday}))
    assert moved.after(FRIDAY, 1) == saturday
    assert moved.before(date(2027, 3, 22), 1) == saturday


def test_two_working_days_after_a_thursday_evening_end_on_monday_at_six_by_the_clocks_of_the_site() -> None:
    thursday = datetime(2027, 1, 14, 20, 30, tzinfo=ALMATY)
    assert due_after(thursday, 2, ALMATY, WorkCalendar()) == datetime(2027, 1, 18, 18, tzinfo=ALMATY)


def test_a_calendar_without_any_working_day_is_refused_and_not_searched_for_ever() -> None:
    with pytest.raises(ValueError, match="nobody works"):
        WorkCalendar(weekend=frozenset(range(7))).after(FRIDAY, 1)


@given(calendars, days, st.integers(0, 40), st.integers(1, 40))
def test_days_add_up_and_can_be_counted_back(calendar: WorkCalendar, day: date, some: int, more: int) -> None:
    reached = calendar.after(day, some + more)
    assert calendar.works(reached)
    assert calendar.after(calendar.after(day, some), more) == reached if some or calendar.works(day) else True
    assert calendar.before(reached, more) == calendar.after(day, some) if some or calendar.works(day) else True
    between = [day + timedelta(days=one) for one in range(1, (reached - day).days + 1)]
    assert sum(map(calendar.works, between)) == some + more


@given(calendars, moments, st.integers(0, 30), zones)
def test_it_is_due_later_at_the_end_of_a_working_day_of_the_zone(
    calendar: WorkCalendar, moment: datetime, count: int, zone: ZoneInfo
) -> None:
    due = due_after(moment, count, zone, calendar)
    there = due.astimezone(zone)
    assert due > moment
    assert there.time() == END_OF_DAY
    assert calendar.works(there.date())
    assert due <= due_after(moment, count + 1, zone, calendar)
