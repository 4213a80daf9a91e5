"""Due dates: working days, civil periods, house clocks, and years not yet published."""

from datetime import UTC, date, datetime, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from buckstop.domain.words.calendar import (
    CHINA,
    MAINLAND,
    Calendar,
    CivilUnit,
    Period,
    Span,
    Unit,
    civil_due,
    due,
    local_day,
    working_due,
)
from buckstop.domain.words.holidays import NOTICES

known_days = st.dates(date(2024, 1, 1), date(2026, 8, 31))
known_moments = st.datetimes(datetime(2024, 1, 2), datetime(2026, 8, 31), timezones=st.just(UTC))  # noqa: DTZ001 - the strategy adds the zone


def local(day: str, hour: int = 0, minute: int = 0) -> datetime:
    at = datetime.fromisoformat(day).replace(hour=hour, minute=minute, tzinfo=CHINA)
    return at.astimezone(UTC)


@pytest.mark.parametrize(
    ("start", "count", "last"),
    [
        ("2026-09-18", 7, "2026-09-29"),
        ("2026-02-10", 7, "2026-02-26"),
        ("2026-04-29", 7, "2026-05-12"),
        ("2026-06-16", 7, "2026-06-26"),
        ("2025-01-24", 7, "2025-02-10"),
        ("2026-11-20", 7, "2026-12-01"),
        ("2026-09-28", 7, "2026-10-13"),
        ("2024-05-10", 45, "2024-07-12"),
    ],
)
def test_working_days_skip_breaks_and_count_make_up_days(
    start: str, count: int, last: str
) -> None:
    found = working_due(date.fromisoformat(start), count, MAINLAND)

    assert found.day == date.fromisoformat(last)
    assert not found.provisional


@pytest.mark.parametrize(("year", "total"), [(2024, 251), (2025, 248), (2026, 248)])
def test_a_year_has_as_many_working_days_as_its_notice_leaves(year: int, total: int) -> None:
    assert sum(MAINLAND.is_working(day) is True for day in days_of(year)) == total


@pytest.mark.parametrize("year", [2024, 2025, 2026])
def test_every_day_agrees_with_an_independent_calendar(year: int) -> None:
    ours = {day for day in days_of(year) if MAINLAND.is_working(day)}

    assert ours == {day for day in days_of(year) if chinese_calendar.is_workday(day)}


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(days=n) for n in range((date(year + 1, 1, 1) - first).days)]


def test_hours_are_exact_to_the_minute() -> None:
    start = local("2026-10-01", 23, 17)

    assert due(start, Span(48, Unit.HOURS), MAINLAND).at == local("2026-10-03", 23, 17)


def test_house_days_end_at_closing_and_never_roll() -> None:
    found = due(local("2026-09-30", 23, 50), Span(3, Unit.DAYS), MAINLAND)

    assert found.at == local("2026-10-03", 18)
    assert found.skipped == ()


def test_house_working_days_end_at_closing_and_name_what_they_skip() -> None:
    found = due(local("2026-09-30", 9), Span(2, Unit.WORKING_DAYS), MAINLAND)

    assert found.at == local("2026-10-09", 18)
    assert found.skipped == tuple(date(2026, 10, n) for n in range(1, 8))


def test_the_starting_day_is_the_local_day() -> None:
    late_on_the_9th_in_utc = datetime(2026, 11, 9, 17, tzinfo=UTC)

    assert due(late_on_the_9th_in_utc, Span(1, Unit.DAYS), MAINLAND).day == date(2026, 11, 11)


@pytest.mark.parametrize(
    ("start", "period", "last"),
    [
        ("2026-11-02", Period(7, CivilUnit.DAYS), "2026-11-09"),
        ("2026-10-12", Period(60, CivilUnit.DAYS), "2026-12-11"),
        ("2026-01-31", Period(6, CivilUnit.MONTHS), "2026-07-31"),
        ("2025-08-31", Period(6, CivilUnit.MONTHS), "2026-02-28"),
        ("2024-02-29", Period(1, CivilUnit.YEARS), "2025-02-28"),
    ],
)
def test_a_civil_period_ends_on_the_corresponding_day_at_midnight(
    start: str, period: Period, last: str
) -> None:
    found = civil_due(date.fromisoformat(start), period, MAINLAND)

    if last == "2026-02-28":  # a Saturday, worked to make up for the Spring Festival
        assert MAINLAND.is_working(date(2026, 2, 28))
    assert found.day == date.fromisoformat(last)
    assert found.at == local(last) + timedelta(days=1)


def test_a_civil_period_that_ends_in_a_break_ends_after_it() -> None:
    found = civil_due(date(2026, 9, 26), Period(7, CivilUnit.DAYS), MAINLAND)

    assert found.day == date(2026, 10, 8)
    assert found.skipped == tuple(date(2026, 10, n) for n in range(3, 8))


def test_whether_an_ordinary_weekend_counts_as_a_break_is_a_switch() -> None:
    a_saturday_week = (date(2026, 11, 7), Period(7, CivilUnit.DAYS))

    strict = Calendar(NOTICES, weekends_rest=False)

    assert civil_due(*a_saturday_week, MAINLAND).day == date(2026, 11, 16)
    assert civil_due(*a_saturday_week, strict).day == date(2026, 11, 14)


def test_an_unpublished_year_gives_an_unrolled_date_that_says_so() -> None:
    civil = civil_due(date(2026, 12, 26), Period(7, CivilUnit.DAYS), MAINLAND)
    working = working_due(date(2026, 12, 30), 3, MAINLAND)

    assert (civil.day, civil.provisional, civil.reason) == (
        date(2027, 1, 2),
        True,
        "calendar-unpublished",
    )
    assert (working.day, working.provisional) == (date(2027, 1, 4), True)
    assert MAINLAND.is_working(date(2016, 5, 4)) is None


def test_a_house_clock_in_hours_or_days_needs_no_notice() -> None:
    start = local("2016-05-04", 10)

    assert not due(start, Span(3, Unit.DAYS), MAINLAND).provisional
    assert not due(start, Span(48, Unit.HOURS), MAINLAND).provisional
    assert due(start, Span(3, Unit.WORKING_DAYS), MAINLAND).provisional


@given(start=known_days, count=st.integers(1, 60))
def test_working_days_end_on_a_working_day_after_exactly_so_many(start: date, count: int) -> None:
    last = working_due(start, count, MAINLAND).day
    between = [start + timedelta(days=n + 1) for n in range((last - start).days)]

    assert MAINLAND.is_working(last)
    assert sum(MAINLAND.is_working(day) is True for day in between) == count


@given(start=known_moments, count=st.integers(1, 60), unit=st.sampled_from(Unit))
def test_a_longer_span_and_a_later_start_never_end_earlier(
    start: datetime, count: int, unit: Unit
) -> None:
    ends = due(start, Span(count, unit), MAINLAND).at

    assert start < ends
    assert ends < due(start, Span(count + 1, unit), MAINLAND).at
    assert ends <= due(start + timedelta(hours=1), Span(count, unit), MAINLAND).at


@given(start=known_days, count=st.integers(1, 60))
def test_a_civil_period_never_ends_on_a_rest_day_nor_early(start: date, count: int) -> None:
    found = civil_due(start, Period(count, CivilUnit.DAYS), MAINLAND)

    assert not MAINLAND.is_rest(found.day)
    assert found.day >= start + timedelta(days=count)
    assert local_day(found.at) == found.day + timedelta(days=1)
