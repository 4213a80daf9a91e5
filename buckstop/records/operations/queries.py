"""What operators must know of the whole. It tells of no person and no case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from buckstop.records.operations.actions import What
from buckstop.records.operations.models import Deed, Pulse

MOST_COUNTED = 10_000


@dataclass(frozen=True, kw_only=True, slots=True)
class Done:
    """Something that was done to the whole."""

    at: datetime
    good: bool
    said: Mapping[str, object]


@dataclass(frozen=True, kw_only=True, slots=True)
class Worker:
    """A worker that was at work within the last day."""

    since: datetime
    silent: timedelta
    program: str
    round_ms: int


def last(what: What) -> Done | None:
    """Return the last deed of a kind."""
    row = Deed.objects.filter(what=what).order_by("-at").first()
    return None if row is None else Done(at=row.at, good=row.good, said=row.said)


def every(what: What) -> tuple[Done, ...]:
    """List the deeds of a kind, the last first."""
    return tuple(
        Done(at=row.at, good=row.good, said=row.said)
        for row in Deed.objects.filter(what=what).order_by("-at")
    )


def workers() -> tuple[Worker, ...]:
    """List the workers, the one last at work first."""
    now = database_time()
    return tuple(
        Worker(
            since=row.since,
            silent=max(now - row.at, timedelta(0)),
            program=row.program,
            round_ms=row.round_ms,
        )
        for row in Pulse.objects.order_by("-at")
    )


def backlogs() -> Mapping[str, int]:
    """Tell how much each follower of the log has not yet seen, up to a number that is too many."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT follower, (SELECT count(*) FROM log_follow(xact, position, %s))"
            " FROM log_cursor ORDER BY follower",
            [MOST_COUNTED],
        )
        return {str(follower): int(many) for follower, many in cursor.fetchall()}


def database_time() -> datetime:
    """Return the database's time."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (at,) = cursor.fetchone()
    if not isinstance(at, datetime):
        raise TypeError(at)
    return at


def database_bytes() -> int:
    """Return how much room the database takes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        (size,) = cursor.fetchone()
    return int(size)
