"""How many open cases each filter of the queue has: sums of what the database noted of changes.

Each statement that changes `cases_case` adds its differences to `cases_count` in its own
transaction, and nobody waits for anybody; what is due counts for the hour it is due in.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from django.db import connection

from buckstop.records.log.isolation import HouseId

_COUNTS = """
    SELECT split_part(subject, ':', 1), sum(many)::bigint FROM cases_count
    WHERE house = %(house)s AND (
        subject = ANY(%(subjects)s) OR subject >= 'due-today:' AND subject < %(midnight)s
    ) GROUP BY 1
"""
_COMPACT = """
    WITH gone AS (
        DELETE FROM cases_count WHERE house = %(house)s AND subject IN (
            SELECT subject FROM cases_count WHERE house = %(house)s
            GROUP BY subject HAVING count(*) > 1
        ) RETURNING subject, many
    )
    INSERT INTO cases_count (house, subject, many)
    SELECT %(house)s, subject, sum(many) FROM gone GROUP BY subject HAVING sum(many) <> 0
"""
_OF_ALL = (
    "all",
    "unheld",
    "to-decide",
    "urged",
    "kicked",
    "broken",
    "to-confirm",
    "wished",
    "to-sign",
)


def counts(house: HouseId, *, person: str, desk: str, midnight: datetime) -> Mapping[str, int]:
    """Count the open cases of each filter for somebody at a desk; one without is not named."""
    with connection.cursor() as cursor:
        cursor.execute(
            _COUNTS,
            {
                "house": house,
                "subjects": [
                    *_OF_ALL,
                    f"mine:person:{person}",
                    f"mine:desk:{desk}",
                    f"owned-outside:person:{person}",
                ],
                "midnight": f"due-today:{midnight.astimezone(UTC):%Y-%m-%dT%H}",
            },
        )
        return dict(cursor.fetchall())


def compact(house: HouseId) -> None:
    """Add up what was noted of the house in force, so that a sum stays short."""
    with connection.cursor() as cursor:
        cursor.execute(_COMPACT, {"house": house})
