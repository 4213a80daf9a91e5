"""Counting what is done, for limits. Whom it counts is kept as a digest only."""

from datetime import timedelta
from hashlib import sha256
from typing import NamedTuple

from django.db import connection

_COUNT = """
    INSERT INTO web_tally AS known (what, since, count) VALUES (%s, clock_timestamp(), 1)
    ON CONFLICT (what) DO UPDATE SET
        count = CASE WHEN known.since > clock_timestamp() - make_interval(secs => %s)
                     THEN known.count + 1 ELSE 1 END,
        since = CASE WHEN known.since > clock_timestamp() - make_interval(secs => %s)
                     THEN known.since ELSE clock_timestamp() END
    RETURNING count,
        ceil(extract(epoch FROM since - clock_timestamp()) + %s)::int
"""


class Counted(NamedTuple):
    """How many there were in a stretch of time, and when another begins."""

    many: int
    seconds_left: int


def count(what: str, *, within: timedelta) -> Counted:
    """Count one more."""
    seconds = within.total_seconds()
    mark = sha256(what.encode()).hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [mark, seconds, seconds, seconds])
        return Counted._make(cursor.fetchone())
