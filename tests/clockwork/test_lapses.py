"""Clocks that have run out, in all houses."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connection

from buckstop.clockwork import lapses
from buckstop.clockwork.lapses import sweep
from buckstop.domain.cases.commands import AskProof
from buckstop.domain.cases.events import ClockLapsed
from buckstop.domain.words.calendar import Span, Unit
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.ids import CaseId, FactKey
from buckstop.domain.words.party import CONSUMER
from buckstop.domain.words.purchase import Problem
from buckstop.records.cases.folded import folded
from buckstop.records.cases.handle import handle
from buckstop.records.houses.actions import set_clock_ahead
from buckstop.records.log import store
from buckstop.records.log.isolation import inside
from tests.records.cases.builders import Cast, a_case, house

LAST_MONTH = datetime(2026, 10, 12, 2, tzinfo=UTC)


def lapses_of(cast: Cast, case: CaseId) -> list[ClockLapsed]:
    """List what lapsed in a case."""
    with inside(cast.house):
        events = [entry.event for entry in store.read(store.head(case))]
    return [event for event in events if isinstance(event, ClockLapsed)]


@pytest.mark.django_db
def test_what_is_due_lapses_in_every_house_and_only_there() -> None:
    one, other = house(demo=True), house(demo=True)
    late, late_too = a_case(one, at=LAST_MONTH), a_case(other, at=LAST_MONTH)
    fresh = a_case(one)
    assert sweep().facts
    assert lapses_of(one, late)
    assert lapses_of(other, late_too)
    assert lapses_of(one, fresh) == []


@pytest.mark.django_db
def test_a_second_sweep_finds_nothing_to_do() -> None:
    cast = house(demo=True)
    a_case(cast, at=LAST_MONTH)
    sweep()
    assert sweep().facts == 0


@pytest.mark.django_db
def test_a_demonstration_lets_days_pass() -> None:
    cast = house(demo=True)
    case = a_case(cast)
    assert sweep().facts == 0
    with inside(cast.house):
        set_clock_ahead(cast.house, timedelta(days=5))
    sweep()
    assert lapses_of(cast, case)


@pytest.mark.django_db
def test_a_case_that_fails_stops_no_other() -> None:
    cast = house(demo=True)
    broken, sound = a_case(cast, at=LAST_MONTH), a_case(cast, at=LAST_MONTH)
    with inside(cast.house), connection.cursor() as cursor:
        # Its head points past its log, so nothing can be appended to it.
        cursor.execute("UPDATE log_head SET seq = seq + 1 WHERE case_id = %s", [broken])
    swept = sweep()
    assert swept.failed == {broken}
    assert lapses_of(cast, sound)


@pytest.mark.django_db(transaction=True)
def test_a_database_that_goes_away_is_no_fault_of_a_case() -> None:
    cast = house(demo=True)
    case = a_case(cast, at=LAST_MONTH)

    def goes_away(*_: object, **__: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lapses, "sweep_case", goes_away)
        with pytest.raises(OperationalError):
            sweep()
    connection.close()
    assert sweep().failed == frozenset()
    assert lapses_of(cast, case)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_give_each_lapse_one_consequence() -> None:
    cast = house(demo=True)
    cases = [a_case(cast, at=LAST_MONTH) for _ in range(6)]

    def work() -> int:
        try:
            return sweep().facts
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as workers:
        done = [future.result() for future in [workers.submit(work) for _ in range(4)]]
    sweep()
    assert any(done)
    for case in cases:
        clocks = [lapse.clock for lapse in lapses_of(cast, case)]
        assert clocks
        assert len(clocks) == len(set(clocks))


@pytest.mark.django_db
def test_K2_a_clock_that_has_rested_its_five_days_runs_on_by_itself() -> None:
    cast = house(demo=True)
    case = a_case(cast, problem=Problem.NOT_RECEIVED)
    with inside(cast.house):
        asks = AskProof(
            by=cast.merchant_acts,
            key="ask",
            fact=FactKey("bought"),
            of=CONSUMER,
            span=Span(20, Unit.DAYS),
        )
        handle(case, asks)
        set_clock_ahead(cast.house, timedelta(days=5, minutes=1))

    sweep()

    with inside(cast.house):
        (clock,) = folded(store.head(case)).state.clocks.alive(ClockKind.RESPOND)
    assert clock.running
    assert lapses_of(cast, case) == []
