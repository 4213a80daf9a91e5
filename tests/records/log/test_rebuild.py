"""Tables that follow from the log can be made again from it, and come out the same."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from threading import Thread
from typing import Self

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from buckstop.domain.words.event import Entry
from buckstop.records.log.isolation import HouseId, inside
from buckstop.records.log.rebuild import rebuild
from tests.records.log import tally
from tests.records.log.as_owner import as_owner
from tests.records.log.given import Tally, a_case, a_house, fact, tell

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def projected(settings: Settings, transactional_db: None) -> None:  # noqa: ARG001 - to come after it
    """Let the log be followed by a table."""
    settings.PROJECTIONS = [tally.__name__]
    with closing(as_owner()) as owner:
        owner.execute(
            "CREATE TABLE tests_tally (case_id uuid PRIMARY KEY, house uuid NOT NULL,"
            " entries integer NOT NULL, last text NOT NULL, seen integer NOT NULL,"
            " twice integer GENERATED ALWAYS AS (entries * 2) STORED)"
        )


def rows() -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM tests_tally ORDER BY case_id")
        return list(cursor.fetchall())


def spoil(house: HouseId) -> None:
    with inside(house), connection.cursor() as cursor:
        cursor.execute("UPDATE tests_tally SET entries = 99 WHERE house = %s", [house])


def test_a_rebuilt_table_is_what_it_was() -> None:
    house = a_house()
    for many in range(5):
        case = a_case(house, *[fact(str(number)) for number in range(many + 1)])
        tell(house, case, fact("a"), fact("b"))
    living = rows()
    spoil(house)

    assert rebuild(house, Tally()) == 5

    assert rows() == living
    assert len(living) == 5


def test_a_rebuild_touches_no_other_house() -> None:
    house, other = a_house(), a_house()
    a_case(house, fact())
    a_case(other, fact())
    spoil(other)
    before = rows()

    rebuild(house, Tally())

    assert rows() == before


@dataclass(frozen=True, slots=True)
class Meddled(Tally):
    """A state whose first step lets somebody else append to a case meanwhile."""

    meddle: Callable[[], object] | None = None

    def after(self, entry: Entry) -> Self:
        """Count one more, after the other has appended."""
        if self.meddle is not None:
            other = Thread(target=self.meddle)
            other.start()
            other.join()
        return type(self)(self.entries + 1, str(entry.event))


def test_what_is_appended_meanwhile_is_in_the_rebuilt_table() -> None:
    house = a_house()
    case = a_case(house, fact("before"))
    a_case(house, fact())

    to_tell = [fact("meanwhile")]  # once: at the very end nobody else can append

    def meddle() -> None:
        try:
            if to_tell:
                tell(house, case, to_tell.pop())
        finally:
            connection.close()

    rebuild(house, Meddled(meddle=meddle))

    living = rows()
    spoil(house)
    rebuild(house, Tally())
    assert rows() == living
    assert {str(row[0]): row[2] for row in living}[case] == 2
