"""When a time limit ends: hours, days, working days, and the periods of the Civil Code.

A house clock (`due`) ends at the house's closing hour. A statutory period (`civil_due`,
`working_due`) runs to midnight, and a civil one that would end on a rest day ends on the
first day after the break. Nothing is guessed for a year whose notice is not out: such a
date is provisional and says so.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum

from buckstop.domain.words.holidays import NOTICES, Notice

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
"""Local time. A fixed offset: there has been no summer time since 1991, long before any
purchase a case can be about, and a zone database may be missing where a bundle is verified."""

CLOSING = time(18)
"""A house clock counted in days ends at this local hour, never in the middle of the night."""

UNPUBLISHED = "calendar-unpublished"

_DAY = timedelta(days=1)
_FIRST_WEEKEND_DAY = 5


class Unit(StrEnum):
    """What a house counts in."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working-days"


@dataclass(frozen=True, slots=True)
class Span:
    """The length of a house clock."""

    count: int
    unit: Unit


class CivilUnit(StrEnum):
    """What a statute counts in, working days apart."""

    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class Period:
    """The length of a statutory period."""

    count: int
    unit: CivilUnit


@dataclass(frozen=True, slots=True)
class DueDate:
    """The moment a clock ends, and why then.

    At `at` it is too late. `skipped` are the days that did not count, in order. A provisional
    date carries the code of its `reason`; its lapse may only derive it again.
    """

    at: datetime
    skipped: tuple[date, ...] = ()
    provisional: bool = False
    reason: str | None = None

    @property
    def day(self) -> date:
        """Name the last local day on which the duty can still be done."""
        return local_day(self.at - timedelta(microseconds=1))


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked, by the notices known so far.

    `weekends_rest` says whether a civil period also moves off an ordinary Saturday or Sunday;
    courts read it so, other authorities are less clear.
    """

    notices: tuple[Notice, ...]
    weekends_rest: bool = True

    def is_working(self, day: date) -> bool | None:
        """Tell whether `day` is worked; None where the notice of its year is not known."""
        notice = self._notice(day)
        if notice is None:
            return None
        if day in notice.make_up_days:
            return True
        return day not in notice.off_days and not _is_weekend(day)

    def is_rest(self, day: date) -> bool | None:
        """Tell whether a civil period may not end on `day`; None where that is not known."""
        notice = self._notice(day)
        if notice is None:
            return None
        if day in notice.make_up_days:
            return False
        return day in notice.off_days or (self.weekends_rest and _is_weekend(day))

    def rolled(self, day: date) -> date:
        """Move a last day off a break. Unchanged where the year's notice is not known."""
        while self.is_rest(day):
            day += _DAY
        return day

    def _notice(self, day: date) -> Notice | None:
        return next((known for known in self.notices if known.year == day.year), None)


MAINLAND = Calendar(NOTICES)


def local_day(at: datetime) -> date:
    """Give the local date of a moment."""
    return at.astimezone(CHINA).date()


def due(start: datetime, span: Span, calendar: Calendar) -> DueDate:
    """Tell when a house clock of length `span` ends.

    Hours are exact. The starting day never counts; days and working days end at the
    closing hour.
    """
    match span.unit:
        case Unit.HOURS:
            return DueDate(at=start.astimezone(UTC) + timedelta(hours=span.count))
        case Unit.DAYS:
            return DueDate(at=_moment(local_day(start) + span.count * _DAY, CLOSING))
        case Unit.WORKING_DAYS:
            last = _count_working(local_day(start), span.count, calendar)
            return DueDate(
                at=_moment(last.day, CLOSING),
                skipped=last.skipped,
                provisional=last.provisional,
                reason=last.reason,
            )


def closing_from(moment: datetime, calendar: Calendar, *, working: bool) -> datetime:
    """Give the first closing hour that is not before a moment, on a working day if asked for.

    A day of a year whose notice is not known is taken as it comes.
    """
    day = local_day(moment)
    if _moment(day, CLOSING) < moment:
        day += _DAY
    while working and calendar.is_working(day) is False:
        day += _DAY
    return _moment(day, CLOSING)


def civil_due(start: date, period: Period, calendar: Calendar) -> DueDate:
    """Tell when a statutory period ends that began with what happened on `start`.

    The starting day is not counted, a period of months or years ends on the corresponding
    day (or the last of the month), and the last day runs to midnight.
    """
    last = corresponding_day(start, period)
    if calendar.is_rest(last) is None:
        return DueDate(at=midnight_after(last), provisional=True, reason=UNPUBLISHED)
    rolled = calendar.rolled(last)
    return DueDate(
        at=midnight_after(rolled),
        skipped=tuple(last + n * _DAY for n in range((rolled - last).days)),
        provisional=calendar.is_rest(rolled) is None,
        reason=UNPUBLISHED if calendar.is_rest(rolled) is None else None,
    )


def working_due(start: date, count: int, calendar: Calendar) -> DueDate:
    """Tell when a statutory period of working days ends; the starting day is not counted."""
    return _count_working(start, count, calendar)


def corresponding_day(start: date, period: Period) -> date:
    """Give the last day of a civil period before any moving off a break."""
    match period.unit:
        case CivilUnit.DAYS:
            return start + period.count * _DAY
        case CivilUnit.MONTHS:
            return _months_later(start, period.count)
        case CivilUnit.YEARS:
            return _months_later(start, period.count * 12)


def _count_working(start: date, count: int, calendar: Calendar) -> DueDate:
    day, left, provisional = start, count, False
    skipped: list[date] = []
    while left > 0:
        day += _DAY
        working = calendar.is_working(day)
        provisional = provisional or working is None
        if working is None:
            working = not _is_weekend(day)
        if working:
            left -= 1
        else:
            skipped.append(day)
    return DueDate(
        at=midnight_after(day),
        skipped=tuple(skipped),
        provisional=provisional,
        reason=UNPUBLISHED if provisional else None,
    )


def _months_later(start: date, months: int) -> date:
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def _is_weekend(day: date) -> bool:
    return day.weekday() >= _FIRST_WEEKEND_DAY


def _moment(day: date, at: time) -> datetime:
    return datetime.combine(day, at, CHINA).astimezone(UTC)


def midnight_after(day: date) -> datetime:
    """Give the moment at which the local day is over."""
    return _moment(day + _DAY, time())
