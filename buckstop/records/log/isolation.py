"""One house never meets another: the house in force, and the lock that the database keeps.

Every table of a house has a column `house` and a policy that shows and takes only the rows of
the house in force on this connection. Outside `inside` no house is in force and such tables
look empty. It is the second lock: what a person of that house may see is decided in
`buckstop.records.people.access`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NewType

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.operations import RunSQL

HouseId = NewType("HouseId", str)
"""One house; a UUID."""

IN_FORCE = "nullif(current_setting('buckstop.house', true), '')::uuid"
"""The house in force, as SQL; null outside `inside`."""


class OtherHouse(RuntimeError):
    """Code that works for one house tried to enter another: a fault in the program."""


@contextmanager
def inside(house: HouseId) -> Iterator[None]:
    """Work for one house in one transaction. Raises OtherHouse within another one's."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        before = _enter(house)
        if before not in ("", house):
            msg = f"inside {before}, asked to enter {house}"
            raise OtherHouse(msg)
        yield
        if not outermost and not before:  # a whole transaction forgets the house by itself
            _enter(HouseId(before))


def _enter(house: HouseId) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('buckstop.house', true), ''),"
            " set_config('buckstop.house', %s, true)",
            [house],
        )
        before, _ = cursor.fetchone()
    return str(before)


def by_house(table: str, *, may: str = "SELECT, INSERT, UPDATE, DELETE") -> RunSQL:
    """Return the migration step that gives `table` (with a column `house`) its lock.

    `may` is what the role of the application is granted; the policy holds for the owner too.
    """
    return RunSQL(
        f"""
        ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
        ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
        CREATE POLICY house ON {table} USING (house = {IN_FORCE});
        REVOKE ALL ON {table} FROM PUBLIC, {settings.APP_ROLE};
        GRANT {may} ON {table} TO {settings.APP_ROLE};
        """,
        f"""
        DROP POLICY house ON {table};
        ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY;
        ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
        """,
    )


def only_grows(table: str, *, row_events: str = "UPDATE OR DELETE") -> RunSQL:
    """Refuse changes row by row, and the statements that would change many or none."""
    return RunSQL(
        f"""
        CREATE TRIGGER no_change BEFORE {row_events} ON {table}
            FOR EACH ROW EXECUTE FUNCTION log_only_grows();
        CREATE TRIGGER no_change_of_many BEFORE {row_events} OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION log_only_grows();
        """,
        RunSQL.noop,
    )
