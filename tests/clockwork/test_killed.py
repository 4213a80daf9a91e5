"""Processes that are killed in the middle of a sweep leave each lapse exactly one consequence."""

import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from time import monotonic

import pytest
from django.db import connection

from buckstop import database
from buckstop.clockwork.lapses import sweep
from buckstop.domain.cases.events import ClockLapsed
from buckstop.domain.words.ids import CaseId
from buckstop.records.log import store
from buckstop.records.log.isolation import inside
from buckstop.records.log.verify import verify
from tests.conftest import TEST_DATABASE
from tests.records.cases.builders import Cast, a_case, house

pytestmark = pytest.mark.django_db(transaction=True)

MANY = 50
LONG_AGO = datetime(2026, 10, 12, 2, tzinfo=UTC)
WORKER = ("-m", "buckstop.clockwork")
DOOR = (
    "-c",
    """
import sys
import django
django.setup()
from buckstop.domain.cases.commands import RederiveClocks
from buckstop.domain.words.party import CLOCKWORK
from buckstop.records.cases.handle import handle
from buckstop.records.log import store
from buckstop.records.log.isolation import inside
house = sys.argv[1]
with inside(house):
    cases = store.cases()
for case in reversed(cases):
    with inside(house):
        handle(case, RederiveClocks(by=CLOCKWORK, key=f"door:{case}"))
""",
)
"""What a page does to a case: lapses that are due first, in the transaction of a command."""


def start(*command: str) -> subprocess.Popen[bytes]:
    with database.connect("app", TEST_DATABASE) as own:
        where = f"host={own.info.host} dbname={TEST_DATABASE}"
    environment = os.environ | {
        "DATABASE_URL": f"{where} user={database.role_name('owner')}",
        "DATABASE_APP_URL": f"{where} user={database.role_name('app')}",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
    return subprocess.Popen([sys.executable, *command], env=environment, stderr=subprocess.DEVNULL)


def lapsed(cast: Cast, cases: list[CaseId]) -> Counter[tuple[CaseId, str, datetime]]:
    """Count the lapses of each clock and due time."""
    with inside(cast.house):
        return Counter(
            (case, entry.event.clock, entry.occurred_at)
            for case in cases
            for entry in store.read(store.head(case))
            if isinstance(entry.event, ClockLapsed)
        )


def killed_after(process: subprocess.Popen[bytes], cast: Cast, many: int) -> int:
    """Kill a process as soon as so many cases have grown; tell how many had by then."""
    grown, give_up = 0, monotonic() + 60
    while grown < many and monotonic() < give_up and process.poll() is None:
        with inside(cast.house), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM log_head WHERE recorded_at > %s", [LONG_AGO])
            (grown,) = cursor.fetchone()
    process.kill()
    process.wait()
    return grown


def test_worker_and_door_killed_in_a_sweep_leave_each_lapse_one_batch() -> None:
    cast = house(demo=True)
    cases = [a_case(cast, at=LONG_AGO) for _ in range(MANY)]

    first = killed_after(start(*WORKER), cast, MANY // 5)
    second = killed_after(start(*DOOR, cast.house), cast, 3 * MANY // 5)
    assert 0 < first < second < MANY

    give_up = monotonic() + 60
    while (sweep().facts or len({c for c, *_ in lapsed(cast, cases)}) < MANY) and (
        monotonic() < give_up
    ):
        pass
    counted = lapsed(cast, cases)
    assert {case for case, *_ in counted} == set(cases)
    assert set(counted.values()) == {1}
    with inside(cast.house):
        assert [case for case in cases if verify(case)] == []
