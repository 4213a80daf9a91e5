"""A crash between any two statements: all of it or nothing, and asked again, once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from buckstop.clockwork.lapses import sweep
from buckstop.domain.cases.events import ClockLapsed, MessageSent
from buckstop.domain.cases.state.case import Case
from buckstop.domain.words.event import Entry
from buckstop.domain.words.ids import CaseId
from buckstop.records.cases.handle import handle, open_case
from buckstop.records.houses.actions import set_clock_ahead
from buckstop.records.log import store
from buckstop.records.log.isolation import inside
from buckstop.records.log.rebuild import rebuild
from buckstop.records.log.verify import verify
from tests.races.dying import How, dying
from tests.records.cases.builders import Cast, a_case, complaint, house, said

pytestmark = pytest.mark.usefixtures("one_database")

MOST = 500
"""More statements than any act has."""


def log_of(cast: Cast, case: CaseId) -> tuple[Entry, ...]:
    with inside(cast.house):
        return store.read(store.head(case))


def times(entries: tuple[Entry, ...], kind: type) -> int:
    return sum(isinstance(entry.event, kind) for entry in entries)


def rows_of(cast: Cast) -> list[list[tuple[object, ...]]]:
    found = []
    with inside(cast.house), connection.cursor() as cursor:
        for table in ("case", "party", "clock", "task", "promise"):
            cursor.execute(f"SELECT t::text FROM cases_{table} t ORDER BY 1")
            found.append(cursor.fetchall())
    return found


def dies_everywhere(act: Callable[[], object], how: How, unchanged: Callable[[], bool]) -> int:
    """Do something again and again, dying one statement later each time; tell how many there are.

    Before the commit nothing may have come of it, so that the next time is like the first.
    """
    for at in range(1, MOST):
        with dying(at, how) as countdown:
            act()
        if not countdown.died:
            return at - 1
        if not unchanged():
            return at
    msg = "it never came to an end"
    raise AssertionError(msg)


@pytest.mark.parametrize("how", How)
def test_a_command_that_dies_anywhere_left_nothing_or_all_and_asked_again_is_done_once(
    how: How,
) -> None:
    cast = house(demo=True)
    case = a_case(cast)
    with inside(cast.house):
        set_clock_ahead(cast.house, timedelta(days=5))
    command = said(cast, case, "?", by=cast.consumer_acts)
    before = log_of(cast, case)

    def asks() -> tuple[Entry, ...]:
        with inside(cast.house):
            return handle(case, command)

    statements = dies_everywhere(asks, how, lambda: log_of(cast, case) == before)
    done = log_of(cast, case)
    again = asks()

    assert statements > 10
    assert done == log_of(cast, case)
    assert times(done, MessageSent) == 1
    assert times(done, ClockLapsed) >= 1
    assert done[-len(again) :] == again
    with inside(cast.house):
        assert not verify(case)
    rows = rows_of(cast)
    assert rebuild(cast.house, Case()) == 1
    assert rows_of(cast) == rows


@pytest.mark.parametrize("how", How)
def test_a_sweep_that_dies_anywhere_left_each_case_as_it_was_or_lapsed_once(how: How) -> None:
    cast = house(demo=True)
    cases = [a_case(cast), a_case(cast)]
    with inside(cast.house):
        set_clock_ahead(cast.house, timedelta(days=5))
    before = [log_of(cast, case) for case in cases]

    statements = dies_everywhere(
        sweep, how, lambda: [log_of(cast, case) for case in cases] == before
    )
    sweep()

    assert statements > 10
    for case in cases:
        clocks = [e.event.clock for e in log_of(cast, case) if isinstance(e.event, ClockLapsed)]
        assert clocks
        assert len(clocks) == len(set(clocks))
        with inside(cast.house):
            assert not verify(case)
    assert sweep().facts == 0


@pytest.mark.parametrize("how", How)
def test_an_opening_that_dies_anywhere_opens_one_case(how: How) -> None:
    cast = house(demo=True)
    command = complaint(cast)

    def cases() -> int:
        with inside(cast.house):
            return len(store.cases())

    statements = dies_everywhere(lambda: open_case(cast.house, command), how, lambda: not cases())
    case = open_case(cast.house, command)

    assert statements > 10
    assert cases() == 1
    with inside(cast.house):
        assert not verify(case)
