"""Removing a whole house, which only the owner of the tables can.

What is append-only stays so for the app: the guards of the tables are taken away for the length
of one transaction, in which nobody else can write to them.
"""

from collections.abc import Mapping
from uuid import uuid4

import psycopg
from psycopg.types.json import Jsonb

from buckstop.records.log.isolation import HouseId
from buckstop.records.operations.actions import What

type Owner = psycopg.Connection[tuple[object, ...]]

_TABLES = """
    SELECT c.relname, EXISTS (
        SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND NOT t.tgisinternal
    ) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND a.attname = 'house'
        AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    ORDER BY c.relname <> 'log_head', c.relname
"""
_DEED = """
    INSERT INTO operations_deed (id, at, what, good, said)
    VALUES (%s, clock_timestamp(), %s, true, %s)
"""


def remove(
    owner: Owner, house: HouseId, said: Mapping[str, object], *, tries: int = 30
) -> Mapping[str, int]:
    """Remove every row of a house, and note the deed; return how many of which table there were.

    `said` goes into the note, which names no person. Waits for whoever writes just now, and lets
    them go on in between.
    """
    for _ in range(tries):
        try:
            with owner.transaction():
                return _remove(owner, house, said)
        except (psycopg.errors.LockNotAvailable, psycopg.errors.DeadlockDetected):
            continue
    msg = "somebody was always writing; nothing was removed"
    raise TimeoutError(msg)


def _remove(owner: Owner, house: HouseId, said: Mapping[str, object]) -> Mapping[str, int]:
    owner.execute("SELECT set_config('buckstop.house', %s, true)", [house])
    owner.execute("SET LOCAL lock_timeout = '1s'")
    tables = [(str(table), bool(guarded)) for table, guarded in owner.execute(_TABLES).fetchall()]
    for table, guarded in tables:
        if guarded:
            owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER".encode())
    removed = {
        table: owner.execute(f"DELETE FROM {table} WHERE house = %s".encode(), [house]).rowcount  # noqa: S608 - our own tables
        for table, _ in tables
    }
    removed["houses_house"] = owner.execute(
        "DELETE FROM houses_house WHERE id = %s", [house]
    ).rowcount
    for table, guarded in tables:
        if guarded:
            owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER".encode())
    rows = {table: many for table, many in removed.items() if many}
    owner.execute(_DEED, [uuid4(), What.REMOVAL, Jsonb({**said, "house": house, "rows": rows})])
    return removed
