"""A projection for tests: how many facts each case has had, and the last of them."""

from django.db import connection

from buckstop.records.log.projection import Batch
from tests.records.log.given import Tally

TABLES = ("tests_tally",)


def project(batch: Batch[Tally]) -> None:
    """Note the state after the batch, and how often the case grew."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO tests_tally (case_id, house, entries, last, batches)"
            " VALUES (%s, %s, %s, %s, 1) ON CONFLICT (case_id) DO UPDATE"
            " SET entries = excluded.entries, last = excluded.last,"
            " batches = tests_tally.batches + 1",
            [batch.case, batch.house, batch.after.entries, batch.after.last],
        )
