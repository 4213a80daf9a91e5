"""Whoever follows the log misses nothing and sees nothing twice."""

from threading import Barrier, Thread

import pytest
from django.db import connection, transaction

from buckstop.records.log import outbox, store
from buckstop.records.log.isolation import inside
from tests.records.log.given import a_case, a_house, add, fact, tell

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_follower_sees_what_grew_in_every_house_and_only_where() -> None:
    one, other = a_house(), a_house()
    first, second = a_case(one), a_case(other)
    tell(one, first, fact(), fact())
    tell(other, second, fact())

    grown = outbox.growth(after=outbox.START, at_most=10)

    assert [(g.house, g.case, g.first, g.last) for g in grown] == [
        (one, first, 1, 2),
        (other, second, 1, 1),
    ]


def test_a_follower_goes_on_where_it_stopped() -> None:
    house = a_house()
    case = a_case(house, fact(), fact(), fact())

    (first,) = outbox.growth(after=outbox.START, at_most=1)
    with transaction.atomic():
        outbox.advance("search", to=outbox.place_of("search"))
        outbox.advance("search", to=first.cursor)
    with transaction.atomic():
        rest = outbox.growth(after=outbox.place_of("search"), at_most=10)

    assert [(g.case, g.first) for g in rest] == [(case, 2), (case, 3)]


def test_what_is_committed_late_is_not_passed_over() -> None:
    house = a_house()
    slow, fast = a_case(house), a_case(house)
    appended, looked = Barrier(2), Barrier(2)

    def hesitate() -> None:
        try:
            with inside(house):
                add(store.lock(slow), [fact()])
                appended.wait()
                looked.wait()
        finally:
            connection.close()

    hesitant = Thread(target=hesitate)
    hesitant.start()
    appended.wait()
    tell(house, fast, fact())
    early = outbox.growth(after=outbox.START, at_most=10)
    looked.wait()
    hesitant.join()
    late = outbox.growth(after=early[-1].cursor if early else outbox.START, at_most=10)

    assert [g.case for g in (*early, *late)] == [slow, fast]
