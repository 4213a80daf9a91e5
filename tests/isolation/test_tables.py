"""Every table of a house, tried from another house by every statement there is."""

from collections.abc import Mapping

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django.fixtures import Settings

from buckstop.records.log.isolation import HouseId, inside
from tests.isolation.visitors import a_whole_case
from tests.records.log.test_isolation import tables_of_houses
from tests.web.kit import a_house

pytestmark = pytest.mark.django_db

DEFINERS = {
    "cases_houses_due": "which houses have something due, for the worker",
    "cases_houses_with_notices": "which houses have something to send, for the worker",
    "cases_search": "which cases of the house in force have some marks, which is searched for",
    "log_follow": "where logs grew, by ids, for those who follow all of them",
}
"""Functions that look past the lock of the houses, and what they tell; nothing else may."""

VALUES = {
    "uuid": "gen_random_uuid()",
    "uuid[]": "'{}'",
    "integer[]": "'{}'",
    "text": "'word'",
    "character varying": "'word'",
    "timestamp with time zone": "now()",
    "date": "current_date",
    "integer": "1",
    "bigint": "1",
    "smallint": "1",
    "boolean": "false",
    "bytea": r"'\x00'",
    "jsonb": "'[]'",
    "interval": "'1 hour'",
    "xid8": "'1'",
}


def told(query: str, *values: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())


def touched(query: str, *values: str) -> int | str:
    """Count the rows that a statement touches, or say why it is refused."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(query, values)
            return int(cursor.rowcount)
    except DatabaseError as error:
        return str(error).partition("\n")[0]


def columns(table: str) -> Mapping[str, str]:
    """List the columns of a table that must be given, with their types."""
    rows = told(
        "SELECT attname, format_type(atttypid, NULL) FROM pg_attribute"
        " WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped AND attnotnull"
        " AND attidentity = '' AND attgenerated = ''",
        table,
    )
    return {str(name): str(kind) for name, kind in rows}


def made(table: str, house: HouseId) -> str:
    """Write the statement that adds a row of some house to a table, whatever it is for."""
    given = {name: VALUES[kind] for name, kind in columns(table).items()}
    given["house"] = f"'{house}'"
    names = ", ".join(f'"{name}"' for name in given)
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join(given.values())})"


@pytest.fixture
def houses(settings: Settings) -> tuple[HouseId, HouseId]:
    """Give a house with a row in every table, and another one with nothing but itself."""
    fair, other = a_house(), a_house("elsewhere")
    settings.HOUSE = fair.slug
    a_whole_case(fair)
    with inside(fair.house):
        for table in tables_of_houses():
            if not told(f"SELECT FROM {table} LIMIT 1"):
                assert touched(made(table, fair.house)) == 1, table
    return fair.house, other.house


def test_no_row_of_another_house_is_read_changed_or_deleted(
    houses: tuple[HouseId, HouseId],
) -> None:
    full, other = houses
    for table in tables_of_houses():
        with inside(full):
            assert told(f"SELECT FROM {table} WHERE house = %s LIMIT 1", full), table
        with inside(other):
            assert told(f"SELECT FROM {table} WHERE house = %s LIMIT 1", full) == [], table
            for change in ("UPDATE {} SET house = house", "DELETE FROM {}"):
                query = change.format(table) + " WHERE house = %s"
                answer = touched(query, full)
                assert answer == 0 or "permission denied" in str(answer), (table, answer)
            answer = touched(f"TRUNCATE {table}")
            assert "permission denied" in str(answer) or "must be owner" in str(answer), table


def test_no_row_is_added_for_another_house_and_none_is_given_away(
    houses: tuple[HouseId, HouseId],
) -> None:
    full, other = houses
    for table in tables_of_houses():
        with inside(other):
            answer = str(touched(made(table, full)))
            # Of the log a trigger looks first, and finds no such case in this house.
            refused = "does not follow" if table == "log_entry" else "row-level security"
            assert refused in answer, (table, answer)
        with inside(full):
            answer = str(touched(f"UPDATE {table} SET house = %s", other))
            assert "row-level security" in answer or "permission denied" in answer, (table, answer)


def test_no_part_of_a_table_no_view_and_no_function_leads_around(
    houses: tuple[HouseId, HouseId],
) -> None:
    _, other = houses
    parts = told("SELECT relname FROM pg_class WHERE relispartition AND relkind = 'r'")
    assert parts
    with inside(other):
        for (part,) in parts:
            assert "permission denied" in str(touched(f"SELECT FROM {part}")), part
    kinds = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
    assert told(f"{kinds} AND relkind IN ('v', 'm', 'f')") == []
    past = "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef"
    assert {name for (name,) in told(past)} == set(DEFINERS)


def test_functions_that_look_past_the_lock_tell_ids_and_times_alone() -> None:
    rows = told(
        "SELECT proname, pg_get_function_result(oid) FROM pg_proc"
        " WHERE pronamespace = 'public'::regnamespace AND prosecdef"
    )
    for name, result in rows:
        words = str(result).replace("TABLE", "").replace("SETOF", "").strip("( )").split(", ")
        kinds = {word.split(" ", 1)[-1] for word in words}
        assert kinds <= {"uuid", "integer", "bigint", "xid8", "timestamp with time zone"}, name


def test_counts_and_copies_keep_to_the_house(houses: tuple[HouseId, HouseId]) -> None:
    _, other = houses
    with inside(other), connection.cursor() as cursor:
        for table in ("people_personaltext", "cases_case", "log_entry", "people_readtrace"):
            with cursor.copy(f"COPY (SELECT * FROM {table}) TO STDOUT") as copied:
                assert b"".join(copied) == b"", table
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone() == (0,), table
