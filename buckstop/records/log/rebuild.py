"""Make the tables that follow from the log again, beside the living ones, and swap.

The shadows are temporary tables of the same names, which come first on the search path: the
projections write into them without knowing. Nobody waits until the short last step, and a
rebuild that dies leaves everything as it was.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import batched

from django.db import connection

from buckstop.domain.words.ids import CaseId
from buckstop.records.log import store
from buckstop.records.log.isolation import HouseId, inside
from buckstop.records.log.projection import Batch, Fold, projections

CASES_A_TRANSACTION = 200  # a long transaction would hold back all who follow the log
_FORGET = "DISCARD PLANS"  # what this connection has prepared means the living tables


def rebuild[S: Fold](house: HouseId, start: S) -> int:
    """Rebuild the tables of one house from its log; return the number of its cases.

    `start` is the state before the first entry of a case.
    """
    tables = tuple(table for projection in projections() for table in projection.TABLES)
    done: dict[CaseId, int] = {}
    _make_shadows(tables)
    try:
        with inside(house):
            todo = store.cases()
        for some in batched(todo, CASES_A_TRANSACTION):
            with inside(house):
                done |= _project(some, start, done)
        with inside(house):
            _stop_writers(tables)
            done |= _project(store.cases(), start, done)
            _swap(house, tables)
    finally:
        _drop_shadows(tables)
    return len(done)


def _project[S: Fold](
    cases: Iterable[CaseId], start: S, done: Mapping[CaseId, int]
) -> dict[CaseId, int]:
    """Project what was not yet projected of these cases; return how far each has come."""
    heads = [store.head(case) for case in cases]
    behind = [head for head in heads if head.seq > done.get(head.case, 0)]
    batches = [_batch(head, start, since=done.get(head.case, 0)) for head in behind]
    for projection in projections():
        projection.project(batches)
    return {head.case: head.seq for head in heads}


def _batch[S: Fold](head: store.Head, before: S, *, since: int) -> Batch[S]:
    """Take what came to a log after entry `since` as one batch."""
    entries = store.read(head)
    for entry in entries[:since]:
        before = before.after(entry)
    after = before
    for entry in entries[since:]:
        after = after.after(entry)
    return Batch(
        house=head.house, case=head.case, entries=entries[since:], before=before, after=after
    )


def _make_shadows(tables: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"CREATE TEMPORARY TABLE {table} (LIKE public.{table} INCLUDING ALL)")
        cursor.execute(_FORGET)


def _drop_shadows(tables: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}")
        cursor.execute(_FORGET)


def _stop_writers(tables: Sequence[str]) -> None:
    """Let readers go on; who appends now waits, and then projects upon what was swapped in."""
    living = ", ".join(f"public.{table}" for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"LOCK TABLE {living} IN SHARE ROW EXCLUSIVE MODE")


def _swap(house: HouseId, tables: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DELETE FROM public.{table} WHERE house = %s", [house])  # noqa: S608 - names of our own tables
            columns = _columns(table)
            cursor.execute(
                f"INSERT INTO public.{table} ({columns}) SELECT {columns} FROM pg_temp.{table}"  # noqa: S608 - the same
            )


def _columns(table: str) -> str:
    """List the columns that are written, which those that the database computes are not."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) FROM pg_attribute"
            " WHERE attrelid = %s::regclass AND attnum > 0"
            " AND NOT attisdropped AND attgenerated = ''",
            [f"public.{table}"],
        )
        return str(cursor.fetchone()[0])
