"""Time as the database has it: told late, set back, jumped ahead."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from buckstop.clockwork.lapses import sweep
from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import ClockLapsed, ClockStopped, LapseReversed
from buckstop.domain.cases.state.case import replay
from buckstop.domain.cases.state.clocks import Running
from buckstop.domain.words.event import Channel, Entry
from buckstop.domain.words.ids import CaseId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.records.cases.handle import handle, sweep_case
from buckstop.records.log import store
from buckstop.records.log.isolation import inside
from buckstop.records.log.verify import verify
from tests.records.cases.builders import Cast, a_case, house, key, said, sealed
from tests.records.log.as_owner import as_owner

MONDAY = datetime(2026, 11, 9, 2, tzinfo=UTC)
LATER = MONDAY + timedelta(days=4)
SET_CLOCK = """
    CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
        SELECT pg_catalog.clock_timestamp() + current_setting('test.ahead')::interval
    $$
"""
type Shift = Callable[[timedelta], None]


def log_of(cast: Cast, case: CaseId) -> tuple[Entry, ...]:
    with inside(cast.house):
        return store.read(store.head(case))


def kinds(entries: tuple[Entry, ...]) -> list[type]:
    return [type(entry.event) for entry in entries]


def whole(cast: Cast, case: CaseId) -> None:
    """See that a log is sound, in order, and has lost no lapse to another one of the same."""
    entries = log_of(cast, case)
    recorded = [entry.recorded_at for entry in entries]
    assert recorded == sorted(recorded)
    assert all(e.occurred_at <= e.received_at <= e.recorded_at for e in entries)
    lapses = [entry.event for entry in entries if isinstance(entry.event, ClockLapsed)]
    assert len({lapse.clock for lapse in lapses}) == len(lapses)
    with inside(cast.house):
        assert verify(case) == ()
        assert any(clock.alive for clock in replay(entries).clocks.every.values())


def silent(cast: Cast) -> tuple[CaseId, ClockLapsed, datetime]:
    """Open a case whose merchant lets its time pass; give the lapse, and when it was due."""
    case = a_case(cast, at=MONDAY)
    with inside(cast.house):
        sweep_case(case, at=LATER)
    events = [entry.event for entry in log_of(cast, case)]
    lapse = next(event for event in events if isinstance(event, ClockLapsed))
    return case, lapse, replay(log_of(cast, case)).clocks.every[lapse.clock].due


def answer(cast: Cast, case: CaseId, *, came: datetime, told: datetime) -> ask.DeliverTask:
    return ask.DeliverTask(
        by=cast.merchant_acts,
        key=key(),
        channel=Channel.MAIL,
        received_at=came,
        occurred_at=told,
        text=sealed(cast, case, "机器已经换好寄回，单号在信里。"),
    )


@pytest.mark.django_db
def test_an_answer_that_came_in_time_and_is_recorded_late_takes_the_lapse_back() -> None:
    cast = house(demo=True)
    case, lapse, due = silent(cast)
    came, told = due - timedelta(minutes=5), due - timedelta(hours=1)
    asked, now = answer(cast, case, came=came, told=told), LATER + timedelta(hours=3)
    with inside(cast.house):
        entries = handle(case, asked, at=now)
        again = handle(case, replace(asked, received_at=now), at=now + timedelta(hours=1))
    reversed_ = [entry.event for entry in entries if isinstance(entry.event, LapseReversed)]
    assert [(one.clock, one.because) for one in reversed_] == [(lapse.clock, "received-in-time")]
    assert {(e.occurred_at, e.received_at, e.recorded_at) for e in entries} == {(told, came, now)}
    assert replay(log_of(cast, case)).clocks.every[lapse.clock].state is not Running.LAPSED
    assert again == entries
    whole(cast, case)


@pytest.mark.django_db
def test_an_answer_that_came_too_late_takes_nothing_back() -> None:
    cast = house(demo=True)
    case, lapse, due = silent(cast)
    late = answer(cast, case, came=due, told=due - timedelta(hours=1))
    with inside(cast.house), pytest.raises(NotAllowed):
        handle(case, late, at=LATER + timedelta(hours=3))
    assert LapseReversed not in kinds(log_of(cast, case))
    assert replay(log_of(cast, case)).clocks.every[lapse.clock].state is Running.LAPSED
    whole(cast, case)


@pytest.fixture
def shift() -> Shift:
    """Give the server another clock, which this connection sees in place of its own."""
    with as_owner() as owner:
        owner.execute(SET_CLOCK)

    def to(ahead: timedelta) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('search_path', 'public, pg_catalog', false),"
                           " set_config('test.ahead', %s, false)",
                           [f"{ahead.total_seconds()} seconds"])  # fmt: skip

    to(timedelta(0))
    return to


@pytest.mark.django_db(transaction=True)
def test_a_clock_set_back_an_hour_neither_turns_time_back_nor_stops_anybody(
    shift: Shift,
) -> None:
    cast = house()
    case = a_case(cast)
    with inside(cast.house):
        handle(case, said(cast, case, "第一句", by=cast.consumer_acts))
    last = log_of(cast, case)[-1]
    shift(timedelta(hours=-1))
    with inside(cast.house):
        for words in ("第二句", "第三句"):
            (entry,) = handle(case, said(cast, case, words, by=cast.agent_acts))
            assert entry.recorded_at == last.recorded_at
    assert sweep().facts == 0
    fresh = a_case(cast)
    whole(cast, fresh)
    shift(timedelta(0))
    with inside(cast.house):
        (entry,) = handle(case, said(cast, case, "第四句", by=cast.consumer_acts))
    assert entry.recorded_at > last.recorded_at
    whole(cast, case)


@pytest.mark.django_db(transaction=True)
def test_a_clock_that_jumps_ahead_and_back_lets_nothing_lapse_twice(shift: Shift) -> None:
    cast = house()
    case = a_case(cast)
    with inside(cast.house):
        shift(timedelta(days=4))
        assert ClockLapsed in kinds(sweep_case(case))
        ahead = log_of(cast, case)
        shift(timedelta(0))
        assert sweep_case(case) == ()
        (entry,) = handle(case, said(cast, case, "还在吗", by=cast.consumer_acts))
        assert entry.recorded_at == ahead[-1].recorded_at
        shift(timedelta(days=4))
        assert sweep_case(case) == ()
    assert ClockStopped not in kinds(log_of(cast, case)[len(ahead) :])
    whole(cast, case)
