"""The counts of the queue are those of a full count, whatever happened."""

from datetime import datetime, time, timedelta
from random import Random

import pytest
from django.db import connection

from buckstop.clockwork.counts import add_up
from buckstop.domain.cases.state.case import Case
from buckstop.domain.words.calendar import CHINA, local_day
from buckstop.records.cases import probes
from buckstop.records.cases.counts import compact
from buckstop.records.cases.models import CaseRow
from buckstop.records.cases.queries import time_of
from buckstop.records.cases.queue import Filter, queue
from buckstop.records.log.isolation import inside
from buckstop.records.log.rebuild import rebuild
from buckstop.records.people.access import Viewer
from tests.records.cases.builders import MERCHANT, Cast, a_case, house, sealed
from tests.records.cases.test_histories import BEGINNING, a_walk


def counted_one_by_one(viewer: Viewer) -> dict[Filter, int]:
    """Count as the filters are meant, going through every open case."""
    at = time_of(viewer.house)
    midnight = datetime.combine(local_day(at) + timedelta(days=1), time(), CHINA)
    every = list(CaseRow.objects.filter(house=viewer.house, open=True))
    ours = [row for row in every if row.holder_party == "house"]
    found = {
        Filter.MINE: [
            row
            for row in ours
            if row.holder_person == viewer.person
            or (not row.holder_person and row.holder_desk == viewer.desk)
        ],
        Filter.OWNED_OUTSIDE: [
            row for row in every if row.owner == viewer.person and row not in ours
        ],
        Filter.DUE_TODAY: [row for row in every if row.due < midnight],
        Filter.URGED: [row for row in every if row.urged],
        Filter.KICKED: [row for row in every if row.kicks >= 2],
        Filter.BROKEN: [row for row in every if row.broken],
        Filter.TO_CONFIRM: [row for row in every if row.expected == "confirm"],
        Filter.TO_DECIDE: [row for row in ours if row.expected == "decide"],
        Filter.WISHED: [row for row in every if row.takeover_wished],
        Filter.TO_SIGN: [row for row in every if row.decision_proposed],
        Filter.UNHELD: [row for row in ours if not row.holder_person],
        Filter.ALL: every,
    }
    return {which: len(rows) for which, rows in found.items()}


def check(cast: Cast) -> None:
    for viewer in (cast.agent_looks, cast.supervisor_looks):
        expected = counted_one_by_one(viewer)
        assert dict(queue(viewer, Filter.ALL).counts) == expected
        for which in Filter:  # and the lists are what is counted
            assert len(queue(viewer, which).rows) == expected[which]


def noted(cast: Cast) -> int:
    with inside(cast.house), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_count")
        return int(cursor.fetchone()[0])


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_after_any_histories_the_counts_are_those_of_a_full_count(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast, random = house(demo=True), Random(seed)
    with inside(cast.house):
        for number in range(6):
            case = a_case(cast, at=BEGINNING, first=MERCHANT if number % 2 else None)
            monkeypatch.setattr(probes, "TEXT", sealed(cast, case, "一句话"))
            a_walk(cast, case, random, 8)
            check(cast)
            if number % 3 == 2:
                compact(cast.house)
                check(cast)


@pytest.mark.django_db(transaction=True)
def test_adding_up_and_a_rebuild_change_no_count(monkeypatch: pytest.MonkeyPatch) -> None:
    cast, other, random = house(demo=True), house(demo=True), Random(7)
    for at in (cast, other):
        for _ in range(3):
            case = a_case(at, at=BEGINNING)
            monkeypatch.setattr(probes, "TEXT", sealed(at, case, "一句话"))
            with inside(at.house):
                a_walk(at, case, random, 10)
    before = noted(cast)

    add_up()

    assert noted(cast) < before
    for at in (cast, other):
        with inside(at.house):
            check(at)

    rebuild(cast.house, Case())

    for at in (cast, other):
        with inside(at.house):
            check(at)
    settled = noted(other)
    add_up()
    assert noted(other) == settled
