"""The dates above a ball path, chosen so that they never touch."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from buckstop.letters.ball_path.picture import Picture

APART = 54
"""Between two labels, at least."""
DAY = timedelta(days=1)
MONTHS_FROM = timedelta(days=100)
WEEKS_FROM = timedelta(days=16)
DAYS_FROM = timedelta(days=2)
MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 600)
HOUR_STEPS = (1, 2, 3, 6, 12)


def ticks(picture: Picture, room: float) -> list[tuple[datetime, str]]:
    """Name moments for the axis: months, weeks, every nth day, or hours for a very short case."""
    if picture.spoken > MONTHS_FROM:
        return list(_months(picture, room))
    if picture.spoken > WEEKS_FROM:
        return list(_days(picture, 7))
    if picture.spoken > DAYS_FROM:
        return list(_days(picture, -int(-APART * (picture.spoken / DAY) // room)))
    return list(_hours(picture, room))


def _midnight(picture: Picture) -> datetime:
    first = picture.local(picture.stops[0])
    return first.replace(hour=0, minute=0, second=0, microsecond=0)


def _months(picture: Picture, room: float) -> Iterator[tuple[datetime, str]]:
    months = picture.spoken / DAY / 30
    every = next((n for n in MONTH_STEPS if months / n * APART <= room), MONTH_STEPS[-1])
    first = _midnight(picture)
    count = first.year * 12 + first.month
    count += -count % every
    while (at := first.replace(year=count // 12, month=count % 12 + 1, day=1)) <= picture.edge:
        year = picture.words.year.format(year=at.year)
        yield at, picture.words.months[at.month - 1] if at.month > 1 else year
        count += every


def _days(picture: Picture, every: int) -> Iterator[tuple[datetime, str]]:
    words, named = picture.words, False
    at = _midnight(picture) + DAY * max(1, every)
    while at <= picture.edge:
        long = not named or at.day <= every or every > 1
        yield at, words.date_of(at) if long else words.day.format(day=at.day)
        named = True
        at += DAY * max(1, every)


def _hours(picture: Picture, room: float) -> Iterator[tuple[datetime, str]]:
    hours = picture.spoken / timedelta(hours=1)
    every = next((n for n in HOUR_STEPS if hours / n * APART <= room), HOUR_STEPS[-1])
    at = _midnight(picture)
    while at <= picture.edge:
        if at > picture.stops[0]:
            yield at, f"{at:%H:%M}" if at.hour else picture.words.date_of(at)
        at += timedelta(hours=every)
