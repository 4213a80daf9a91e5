"""What operators must know of the cases of a house: how many of what, and never whose."""

from datetime import datetime, timedelta

from django.db import connection

from buckstop.domain.words.event import frozen
from buckstop.records.cases.queries import time_of
from buckstop.records.log.isolation import HouseId

KEPT_FOR = timedelta(days=3 * 365 + 1)
"""So long after its end a case is to be kept (E5)."""

LATE = timedelta(minutes=1)
"""A clock that ran out so long ago should have lapsed; the worker looks every second."""

MOST_COUNTED = 10_000
"""More than so many are not counted to the end: nobody needs the number to know what to do."""

_WATCHED = f"""
    SELECT late.many, late.first, waiting.many, waiting.first, refused.many, provisional.first
    FROM (
        SELECT count(*) AS many, min(wakes) AS first FROM (
            SELECT wakes FROM cases_clock WHERE house = %(house)s
                AND wakes < %(late)s ORDER BY wakes LIMIT {MOST_COUNTED}) c
    ) late, (
        SELECT count(*) AS many, min(not_before) AS first FROM (
            SELECT not_before FROM cases_notice WHERE house = %(house)s AND said_at IS NULL
            ORDER BY not_before LIMIT {MOST_COUNTED}) n
    ) waiting, (
        SELECT count(*) AS many FROM (
            SELECT FROM cases_notice WHERE house = %(house)s AND accepted = false
                AND planned_at > %(at)s - interval '1 day' LIMIT {MOST_COUNTED}) n
    ) refused, (
        SELECT min(due) AS first FROM cases_clock
        WHERE house = %(house)s AND state = 'running' AND provisional
    ) provisional
"""  # noqa: S608 - a number of our own
_LEFT = "SELECT count(*) FROM log_left WHERE house = %s"
_KEPT = """
    SELECT count(*) FILTER (WHERE open), count(*) FILTER (WHERE NOT open AND closed_at > %s),
        count(*) FROM cases_case WHERE house = %s
"""


@frozen
class Watched:
    """How a house's clocks and notices stand at `at`, its own time."""

    at: datetime
    late: int
    late_since: datetime | None
    waiting: int
    waiting_since: datetime | None
    refused: int
    left: int
    provisional_from: datetime | None


@frozen
class Kept:
    """How many cases a house has, and of these how many are open or ended not long ago."""

    open: int
    recent: int
    cases: int


def watched(house: HouseId) -> Watched:
    """Tell what is late, waiting or refused in the house in force; dear only where much is."""
    at = time_of(house)
    with connection.cursor() as cursor:
        cursor.execute(_WATCHED, {"house": house, "at": at, "late": at - LATE})
        late, late_since, waiting, waiting_since, refused, provisional = cursor.fetchone()
        cursor.execute(_LEFT, [house])
        (left,) = cursor.fetchone()
    return Watched(
        at=at,
        late=late,
        late_since=late_since,
        waiting=waiting,
        waiting_since=waiting_since,
        refused=refused,
        left=left,
        provisional_from=provisional,
    )


def kept(house: HouseId) -> Kept:
    """Tell what must be kept of the house in force; this counts every case."""
    with connection.cursor() as cursor:
        cursor.execute(_KEPT, [time_of(house) - KEPT_FOR, house])
        still_open, recent, cases = cursor.fetchone()
    return Kept(open=still_open, recent=recent, cases=cases)
