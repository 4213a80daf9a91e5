"""A projection for tests: how many facts each case has had, and the last of them."""

from collections.abc import Sequence

from django.db import connection

from buckstop.records.log.projection import Batch
from tests.records.log.given import Tally

TABLES = ("tests_tally",)


def project(batches: Sequence[Batch[Tally]]) -> None:
    """Note the state after each batch, and how many entries were seen on the way."""
    with connection.cursor() as cursor:
        for batch in batches:
            cursor.execute(
                "INSERT INTO tests_tally (case_id, house, entries, last, seen)"
                " VALUES (%s, %s, %s, %s, %s) ON CONFLICT (case_id) DO UPDATE"
                " SET entries = excluded.entries, last = excluded.last,"
                " seen = tests_tally.seen + excluded.seen",
                [
                    batch.case,
                    batch.house,
                    batch.after.entries,
                    batch.after.last,
                    len(batch.entries),
                ],
            )
