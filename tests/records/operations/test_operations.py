"""Which workers are alive, what was done, and how far followers are."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from buckstop.clockwork import notices
from buckstop.records.operations import queries
from buckstop.records.operations.actions import FORGOTTEN, What, beat, note, rest
from buckstop.records.operations.models import Deed, Pulse
from tests.records.cases.builders import a_case, house

pytestmark = pytest.mark.django_db


def test_the_worker_last_at_work_comes_first_with_what_it_took() -> None:
    first, second = uuid4(), uuid4()
    beat(first, round_ms=40)
    beat(second, round_ms=50)
    beat(first, round_ms=60)
    assert [worker.round_ms for worker in queries.workers()] == [60, 50]
    assert queries.workers()[0].silent < timedelta(minutes=1)


def test_who_ended_in_order_is_not_missed_and_who_died_is_forgotten_after_a_day() -> None:
    rested, died, alive = uuid4(), uuid4(), uuid4()
    for worker in (rested, died, alive):
        beat(worker, round_ms=1)
    rest(rested)
    gone = queries.database_time() - FORGOTTEN - timedelta(minutes=1)
    Pulse.objects.filter(worker=died).update(at=gone)
    beat(alive, round_ms=1)
    assert set(Pulse.objects.values_list("worker", flat=True)) == {alive}


def test_the_last_deed_of_a_kind_is_told() -> None:
    note(What.BACKUP, {"rows": 1})
    note(What.BACKUP, {"rows": 2}, good=False)
    note(What.DRILL, {"rows": 3})
    done = queries.last(What.BACKUP)
    assert done is not None
    assert (done.good, done.said) == (False, {"rows": 2})
    assert queries.last(What.REMOVAL) is None
    assert [one.said["rows"] for one in queries.every(What.BACKUP)] == [2, 1]


@pytest.mark.parametrize(
    "change", ["UPDATE operations_deed SET good = true", "DELETE FROM operations_deed"]
)
def test_what_was_done_stays(change: str) -> None:
    note(What.DRILL, {}, good=False)
    with connection.cursor() as cursor, pytest.raises(DatabaseError), transaction.atomic():
        cursor.execute(change)
    assert Deed.objects.filter(good=False).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_follower_that_is_behind_is_told_by_how_much() -> None:
    cast = house(demo=True)
    notices.follow()
    assert queries.backlogs() == {notices.FOLLOWER: 0}
    a_case(cast)
    a_case(cast)
    assert queries.backlogs() == {notices.FOLLOWER: 2}
    notices.follow()
    assert queries.backlogs() == {notices.FOLLOWER: 0}
