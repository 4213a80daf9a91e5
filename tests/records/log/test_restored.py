"""A log that comes back into another server goes on being followed."""

import pytest

from buckstop.records.log import outbox
from buckstop.records.log.isolation import HouseId, inside
from buckstop.records.log.restored import number_again
from tests.records.log.as_owner import as_owner
from tests.records.log.given import a_case, a_house, fact, tell

pytestmark = pytest.mark.django_db(transaction=True)

FAR = 4_000_000_000
"""More transactions than the server of these tests has seen: so far was the old one."""


def moved_from_a_busy_server() -> None:
    """Leave the tables as a dump of a server with far more transactions brings them."""
    with as_owner() as owner, owner.transaction():
        for table in ("log_outbox", "log_left"):
            owner.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY".encode())
        owner.execute("ALTER TABLE log_outbox DISABLE TRIGGER ALL")
        for table in ("log_outbox", "log_cursor", "log_left"):
            owner.execute(
                f"UPDATE {table} SET xact = (xact::text::bigint + {FAR})::text::xid8"
                " WHERE xact > '0'".encode()
            )
        owner.execute("ALTER TABLE log_outbox ENABLE TRIGGER ALL")
        for table in ("log_outbox", "log_left"):
            owner.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY".encode())


def followed(follower: str, at_most: int = 100) -> list[tuple[str, int]]:
    """Follow what grew, and give the case and the last entry of each."""
    place = outbox.place_of(follower)
    grown = outbox.growth(after=place, at_most=at_most)
    if grown:
        outbox.advance(follower, grown[-1].cursor)
    return [(growth.case, growth.last) for growth in grown]


@pytest.fixture
def house() -> HouseId:
    return a_house()


def test_followers_go_on_where_they_were_and_see_what_comes(house: HouseId) -> None:
    first, second = a_case(house, fact("one")), a_case(house, fact("one"))
    tell(house, first, fact("two"))
    assert followed("some", at_most=2) == [(first, 1), (second, 1)]
    with inside(house):
        (left,) = outbox.growth(after=outbox.place_of("none"), at_most=1)
        outbox.leave("some", left)

    moved_from_a_busy_server()
    with as_owner() as owner:
        number_again(owner)
    tell(house, second, fact("two"))

    assert followed("some") == [(first, 2), (second, 2)]
    assert followed("all") == [(first, 1), (second, 1), (first, 2), (second, 2)]
    with inside(house):
        assert [growth.case for growth in outbox.left("some")] == [first]


def test_without_new_numbers_what_comes_would_never_be_seen(house: HouseId) -> None:
    case = a_case(house, fact("one"))
    assert followed("some") == [(case, 1)]
    moved_from_a_busy_server()
    tell(house, case, fact("two"))
    assert followed("some") == []


def test_the_guards_stand_again_afterwards(house: HouseId) -> None:
    a_case(house, fact())
    with as_owner() as owner:
        number_again(owner)
        guards = owner.execute(
            "SELECT relrowsecurity AND relforcerowsecurity,"
            " (SELECT bool_and(tgenabled = 'O') FROM pg_trigger WHERE tgrelid = c.oid)"
            " FROM pg_class c WHERE relname = 'log_outbox'"
        ).fetchone()
    assert guards == (True, True)
