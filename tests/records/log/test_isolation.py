"""Two houses never meet, in any table."""

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from buckstop.domain.words.event import Channel
from buckstop.records.log import store
from buckstop.records.log.errors import NoSuchCase
from buckstop.records.log.isolation import IN_FORCE, HouseId, OtherHouse, inside
from tests.records.log.given import ASKED, a_case, a_house, add, fact

pytestmark = pytest.mark.django_db


def tables_of_houses() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid"
            " WHERE c.relnamespace = 'public'::regnamespace AND a.attname = 'house'"
            " AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1"
        )
        return [str(name) for (name,) in cursor.fetchall()]


def count(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def house_in_force() -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {IN_FORCE}::text")
        (house,) = cursor.fetchone()
    return str(house) if house else None


def test_the_log_of_another_house_is_not_there() -> None:
    case = a_case(a_house(), fact())

    with inside(a_house()):
        for table in ("log_head", "log_entry", "log_key", "log_outbox", "log_unsealed"):
            assert count(table) == 0, table
        assert store.try_lock(case) is None
        for find in (store.head, store.lock):
            with pytest.raises(NoSuchCase):
                find(case)


def test_without_a_house_there_is_nothing() -> None:
    house = a_house()
    a_case(house, fact())

    assert house_in_force() is None
    for table in tables_of_houses():
        assert count(table) == 0, table


def test_nothing_can_be_written_for_another_house() -> None:
    mine, other = a_house(), a_house()

    refused = pytest.raises(DatabaseError, match="row-level security")
    with inside(mine), refused, transaction.atomic():
        a_head_of(other)


def a_head_of(house: HouseId) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO log_head (case_id, house, digest, own_clock)"
            " VALUES (%s, %s, decode(repeat('00', 32), 'hex'), false)",
            [str(uuid4()), house],
        )


def test_every_table_of_a_house_is_locked_by_house_for_everybody() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname, c.relrowsecurity AND c.relforcerowsecurity,"
            " (SELECT count(*) FROM pg_policy p WHERE p.polrelid = c.oid"
            "  AND p.polroles = '{0}' AND pg_get_expr(p.polqual, p.polrelid) LIKE"
            "  '%%(house = %%current_setting(%%buckstop.house%%')"
            " FROM pg_class c WHERE c.relname = ANY (%s)",
            [tables_of_houses()],
        )
        found = {name: (locked, policies) for name, locked, policies in cursor.fetchall()}

    assert found
    assert found == dict.fromkeys(found, (True, 1))


WITHOUT_A_HOUSE = {
    "houses_house": "what a house is called is public; each is changed from within",
    "log_cursor": "how far a follower of all houses has come",
    "operations_pulse": "which worker is at work; it works for all houses",
    "operations_deed": "what was done to the whole, such as a backup; it names nobody",
    "web_tally": "counts, under digests, what is tried before any house is known",
    "django_session": "who comes is known before the house; it holds ids only",
    "django_migrations": "Django's own",
    "django_content_type": "Django's own",
    "auth_group": "Django's own, unused",
    "auth_group_permissions": "Django's own, unused",
    "auth_permission": "Django's own, unused",
}


def test_every_table_is_of_a_house_or_says_why_not() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r', 'p') AND NOT relispartition"
        )
        every = {str(name) for (name,) in cursor.fetchall()}

    assert every - set(tables_of_houses()) == set(WITHOUT_A_HOUSE)


def test_one_key_may_come_to_two_houses() -> None:
    for house in (a_house(), a_house()):
        case = a_case(house)
        with inside(house):
            add(store.lock(case), [fact()], key="same")
            assert (
                store.outcome(store.head(case), channel=Channel.CLOCK, key="same", asked=ASKED)
                is not None
            )


def test_no_house_is_entered_from_within_another() -> None:
    with inside(a_house()), pytest.raises(OtherHouse), inside(a_house()):
        pytest.fail("was let in")


def test_a_house_is_left_when_its_work_is_done() -> None:
    house = a_house()

    with inside(house):
        with inside(house):
            pass
        assert house_in_force() == house
    assert house_in_force() is None


def test_a_house_is_left_when_its_work_fails() -> None:
    with pytest.raises(ZeroDivisionError), inside(a_house()):
        1 / 0  # noqa: B018 - what goes wrong here does not matter

    assert house_in_force() is None
