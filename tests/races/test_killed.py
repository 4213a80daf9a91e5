"""Worker, pages and database killed in the middle of a sweep: each lapse has one consequence.

With `BUCKSTOP_PROVE=1` (as `make prove` sets it) at full size.
"""

import os
import sys
from datetime import timedelta
from itertools import cycle, islice
from threading import Event
from time import monotonic

import pytest
from django.db import connection

from bench.copies import copy
from bench.house import SHOP, Place, open_house, open_one
from buckstop import database
from buckstop.clockwork.lapses import sweep
from buckstop.domain.cases.now import GRACE
from buckstop.domain.cases.state.case import Case
from buckstop.domain.words.ids import CaseId
from buckstop.records.cases.models import CaseRow, ClockRow
from buckstop.records.cases.queries import time_of
from buckstop.records.log import store
from buckstop.records.log.isolation import inside
from buckstop.records.log.rebuild import rebuild
from buckstop.records.log.verify import verify
from tests.races.killing import PACE, Consumers, kill_database, product

pytestmark = pytest.mark.django_db(transaction=True)

PROVE = os.environ.get("BUCKSTOP_PROVE") == "1"
CLOCKS, KILLS = (10_000, 20) if PROVE else (600, 6)
ORIGINALS = 10
PATIENCE = 1_800.0 if PROVE else 120.0


@pytest.fixture
def at() -> Place:
    """Open a house in which so many clocks have just run out, one in each case."""
    place = open_house("silent", "SI", own_clock=True)
    originals = [open_one(place, first=SHOP) for _ in range(ORIGINALS)]
    copy(place, originals, first=ORIGINALS, last=CLOCKS)
    with inside(place.house):
        due = ClockRow.objects.order_by("-due").values_list("due", flat=True)[0]
        ahead = due - time_of(place.house) + 2 * GRACE["mail"]
        store.bring_clock(place.house, ahead_seconds=int(ahead / timedelta(seconds=1)))
    return place


def lapsed(at: Place) -> int:
    """Count the clocks that have lapsed by now."""
    with inside(at.house):
        return ClockRow.objects.filter(state="lapsed").count()


def grown_to(at: Place, many: int) -> int:
    """Wait until so many clocks have lapsed; tell how many have."""
    give_up, pace = monotonic() + PATIENCE, Event()
    while (now := lapsed(at)) < many:
        assert monotonic() < give_up, f"only {now} of {many} have lapsed"
        pace.wait(PACE)
    return now


def asked(at: Place, query: str) -> list[tuple[object, ...]]:
    with inside(at.house), connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def rows(at: Place) -> list[list[tuple[object, ...]]]:
    return [
        asked(at, f"SELECT md5(t::text) FROM cases_{table} t ORDER BY 1")
        for table in ("case", "clock", "task")
    ]


def test_whoever_is_killed_in_a_sweep_each_lapse_has_one_consequence_and_each_word_is_kept_once(
    at: Place,
) -> None:
    if os.environ.get("DATABASE_URL"):
        pytest.skip("only our own server may be killed")
    with inside(at.house):
        told = CaseRow.objects.order_by("-number").values_list("case", "number")
        numbers = {CaseId(str(case)): number for case, number in told[: CLOCKS // 2]}
    with product() as (worker, web, port):
        left, consumers = CLOCKS, Consumers(at.house, numbers, port)
        with consumers.writing():
            for turn, part in enumerate(islice(cycle((worker, web, None)), KILLS)):
                now = lapsed(at)
                left = CLOCKS - grown_to(at, now + (CLOCKS - now) // (KILLS - turn + 1))
                if part is None:
                    kill_database()
                    database.ensure_server()
                    worker.stands()
                    web.stands()
                else:
                    part.is_killed()
                    part.starts()
            grown_to(at, CLOCKS)
    while sweep().facts:
        pass

    assert left > 0, "the last was killed after the sweep"
    _each_lapse_once(at)
    _nobody_is_without_a_clock(at)
    _each_word_once(at, consumers)
    _everything_verifies(at)
    words, presses = len(consumers.pressed), consumers.pressed.total()
    seen = f"{KILLS} kills in {CLOCKS} lapses; {words} words kept, after {presses} presses"
    sys.stdout.write(f"{seen}\n")


def _each_lapse_once(at: Place) -> None:
    lapses = asked(
        at,
        "SELECT case_id, body::json->'event'->>'clock', occurred_at, count(*),"
        " count(DISTINCT batch) FROM log_entry WHERE kind = 'ClockLapsed' GROUP BY 1, 2, 3",
    )
    assert len(lapses) == CLOCKS
    assert {(times, batches) for *_, times, batches in lapses} == {(1, 1)}
    more = "SELECT case_id, batch FROM log_entry WHERE kind = 'ClockLapsed' GROUP BY 1, 2"
    assert len(asked(at, more)) == CLOCKS


def _nobody_is_without_a_clock(at: Place) -> None:
    alone = (
        "SELECT case_id FROM cases_case c WHERE open AND NOT EXISTS"
        " (SELECT FROM cases_clock k WHERE k.case_id = c.case_id AND k.state = 'running')"
    )
    assert asked(at, alone) == []
    assert asked(at, "SELECT count(*) FROM cases_case WHERE open") == [(CLOCKS,)]


def _each_word_once(at: Place, consumers: Consumers) -> None:
    query = "SELECT case_id::text, count(*) FROM log_entry WHERE kind = 'MessageSent' GROUP BY 1"
    assert consumers.answered == set(consumers.pressed)
    assert sorted(asked(at, query)) == sorted((case, 1) for case in consumers.answered)
    assert any(times > 1 for times in consumers.pressed.values()), "nobody had to press again"


def _everything_verifies(at: Place) -> None:
    with inside(at.house):
        cases = store.cases()
        assert [case for case in cases if verify(case)] == []
    before = rows(at)
    assert rebuild(at.house, Case()) == CLOCKS
    assert rows(at) == before
