"""The database itself keeps the log from being changed, whoever asks."""

from contextlib import closing

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from buckstop.records.log.isolation import inside
from tests.records.log.as_owner import as_owner
from tests.records.log.given import a_case, a_house, fact

COLUMNS = (
    "case_id", "seq", "house", "batch", "kind", "version", "occurred_at", "received_at",
    "recorded_at", "actor", "channel", "body", "salt", "leaf", "digest",
)  # fmt: skip
GROWING = ("log_entry", "log_key", "log_outbox")
CHANGES = ("UPDATE {} SET house = house", "DELETE FROM {}", "TRUNCATE {}")


def refused(statement: str, why: str) -> None:
    with (
        pytest.raises(DatabaseError, match=why),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize("table", GROWING)
@pytest.mark.parametrize("change", CHANGES)
def test_the_app_can_change_nothing_that_was_appended(table: str, change: str) -> None:
    house = a_house()
    a_case(house, fact())

    with inside(house):
        refused(change.format(table), "permission denied")


@pytest.mark.django_db
def test_the_app_reaches_no_part_of_the_log_past_its_policy() -> None:
    house = a_house()
    a_case(house, fact())

    with inside(house):
        for part in range(16):
            for statement in ("SELECT * FROM {}", "DELETE FROM {}", "TRUNCATE {}"):
                refused(statement.format(f"log_entry_{part:02}"), "permission denied")


@pytest.mark.django_db
def test_the_app_cannot_free_itself_of_the_guards() -> None:
    for statement in (
        "ALTER TABLE log_entry DISABLE TRIGGER ALL",
        "ALTER TABLE log_entry DISABLE ROW LEVEL SECURITY",
        "DROP TABLE log_entry",
        "SET session_replication_role = replica",
        "SET ROLE buckstop_owner",
    ):
        refused(statement, "must be owner|permission denied")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "change",
    [
        *(change.format(table) for table in GROWING for change in CHANGES),
        "TRUNCATE log_entry_00",
    ],
)
def test_even_the_owner_is_refused_by_the_guards(change: str) -> None:
    with closing(as_owner()) as owner, pytest.raises(psycopg.errors.IntegrityError):
        owner.execute(change.encode())


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("change", "why"),
    [
        ("UPDATE log_head SET seq = 1", "only moves on"),
        ("UPDATE log_head SET seq = 9, recorded_at = '2000-01-01'", "only moves on"),
        ("UPDATE log_head SET own_clock = true", "permission denied"),
        ("DELETE FROM log_head", "permission denied"),
    ],
)
def test_a_head_only_moves_on(change: str, why: str) -> None:
    house = a_house()
    a_case(house, fact(), fact())

    with inside(house):
        refused(change, why)


@pytest.mark.django_db
@pytest.mark.parametrize("seq", [2, 4], ids=["in place of one", "after a gap"])
def test_nothing_can_be_put_anywhere_but_at_the_end(seq: int) -> None:
    house = a_house()
    a_case(house, fact(), fact())
    copied = ", ".join(str(seq) if name == "seq" else name for name in COLUMNS)

    with inside(house):
        refused(
            "INSERT INTO log_entry ({}) SELECT {} FROM log_entry WHERE seq = 1".format(
                ", ".join(COLUMNS), copied
            ),
            "does not follow|duplicate key",
        )
