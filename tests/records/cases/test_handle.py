"""The only way a case changes."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.decide import decide
from buckstop.domain.cases.events import ClockLapsed, MessageSent
from buckstop.domain.cases.now import Now
from buckstop.domain.cases.state.case import Case, replay
from buckstop.domain.words.event import Entry, Event
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.records.cases import handle as handling
from buckstop.records.cases import projections
from buckstop.records.cases.handle import handle, open_case, sweep_case
from buckstop.records.log import store
from buckstop.records.log.errors import Overtaken
from buckstop.records.log.isolation import inside
from tests.records.cases import builders
from tests.records.cases.builders import LONG, Cast, a_case, complaint, house, said, sealed

MONDAY = datetime(2026, 11, 9, 2, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return house()


@pytest.fixture
def demo() -> Cast:
    return house(demo=True)


def test_a_complaint_becomes_a_case_with_a_number_of_its_house(cast: Cast) -> None:
    case = a_case(cast)
    with inside(cast.house):
        state = replay(store.read(store.head(case)))
    assert state.open
    assert state.claim.number.startswith("H")


def test_the_same_complaint_sent_twice_is_one_case(cast: Cast) -> None:
    command = complaint(cast)
    assert open_case(cast.house, command) == open_case(cast.house, command)
    with inside(cast.house):
        assert len(store.cases()) == 1


def test_the_same_key_gives_the_same_outcome_once(cast: Cast) -> None:
    case = a_case(cast)
    command = said(cast, case, "您好", by=cast.consumer_acts)
    with inside(cast.house):
        first = handle(case, command)
        again = handle(case, command)
        entries = store.read(store.head(case))
    assert [type(entry.event) for entry in first] == [MessageSent]
    assert again == first
    assert sum(isinstance(entry.event, MessageSent) for entry in entries) == 1


def test_the_same_form_sent_again_seals_its_text_anew_and_is_still_the_same(cast: Cast) -> None:
    case = a_case(cast)
    command = said(cast, case, "您好", by=cast.consumer_acts)
    again = replace(command, text=sealed(cast, case, "您好"), received_at=datetime.now(UTC))
    with inside(cast.house):
        assert handle(case, again) == handle(case, command)


def test_a_key_that_asks_something_else_is_refused(cast: Cast) -> None:
    case = a_case(cast)
    command = said(cast, case, "您好", by=cast.consumer_acts)
    other = ask.Urge(by=cast.consumer_acts, key=command.key)
    with inside(cast.house):
        handle(case, command)
        before = store.read(store.head(case))
        with pytest.raises(NotAllowed, match="key-used-before"):
            handle(case, other)
        assert store.read(store.head(case)) == before


def test_nothing_is_decided_or_kept_as_of_a_time_to_come(demo: Cast) -> None:
    case = a_case(demo, at=MONDAY)
    later = datetime(2099, 1, 1, tzinfo=UTC)
    command = said(demo, case, "?", by=demo.consumer_acts)
    with inside(demo.house):
        (entry,) = handle(case, replace(command, received_at=later, occurred_at=later), at=MONDAY)
    assert (entry.occurred_at, entry.received_at) == (MONDAY, MONDAY)


def test_an_answer_said_to_have_come_in_the_future_is_not_late(demo: Cast) -> None:
    """See decide only times that have been: a door that tells 2099 harms nobody's term."""
    case = a_case(demo, at=MONDAY)
    seen: list[datetime | None] = []

    def looks(state: Case, command: ask.Command, now: Now) -> tuple[Event, ...]:
        seen.append(command.received_at)
        return decide(state, command, now)

    command = said(demo, case, "?", by=demo.merchant_acts)
    with pytest.MonkeyPatch.context() as patch, inside(demo.house):
        patch.setattr(handling, "decide", looks)
        handle(case, replace(command, received_at=datetime(2099, 1, 1, tzinfo=UTC)), at=MONDAY)
    assert seen == [MONDAY]


def test_lapses_come_before_the_command_each_at_its_own_moment(demo: Cast) -> None:
    case = a_case(demo, at=MONDAY)
    with inside(demo.house):
        entries = handle(case, said(demo, case, "?", by=demo.consumer_acts), at=MONDAY + LONG)
    lapses = [entry for entry in entries if isinstance(entry.event, ClockLapsed)]
    assert lapses
    assert isinstance(entries[-1].event, MessageSent)
    assert [entry.recorded_at for entry in entries] == sorted(e.recorded_at for e in entries)
    assert lapses[0].recorded_at < MONDAY + timedelta(days=5)


def test_lapses_stay_when_the_command_is_refused(demo: Cast) -> None:
    case = a_case(demo, at=MONDAY)
    order = ask.AcceptOffer(by=demo.consumer_acts, key="no", offer="offer-1")  # type: ignore[arg-type]
    with inside(demo.house):
        with pytest.raises(NotAllowed):
            handle(case, order, at=MONDAY + LONG)
        entries = store.read(store.head(case))
        assert any(isinstance(entry.event, ClockLapsed) for entry in entries)
        assert sweep_case(case, at=MONDAY + LONG) == ()


def test_nobody_tells_the_time_in_a_house_without_a_clock_of_its_own(cast: Cast) -> None:
    with pytest.raises(ValueError, match="own clock"):
        a_case(cast, at=MONDAY)


def test_a_case_of_another_house_is_not_there(cast: Cast) -> None:
    case = a_case(cast)
    other = builders.house()
    with inside(other.house), pytest.raises(LookupError):
        handle(case, said(other, case, "?", by=other.agent_acts))


def test_who_was_overtaken_decides_again(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    case, times = a_case(cast), []
    append = store.append

    def beaten_once(head: store.Head, *rest: Any, **more: Any) -> Any:  # noqa: ANN401 - passed on
        times.append(head.seq)
        if len(times) == 1:
            raise Overtaken(head.case, head.seq)
        return append(head, *rest, **more)

    monkeypatch.setattr(store, "append", beaten_once)
    with inside(cast.house):
        entries = handle(case, said(cast, case, "?", by=cast.consumer_acts))
    assert len(times) == 2
    assert isinstance(entries[-1].event, MessageSent)


def test_what_dies_between_log_and_tables_leaves_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = a_case(cast)
    command = said(cast, case, "?", by=cast.consumer_acts)

    def die(batch: object) -> None:
        raise SystemExit(batch)

    with inside(cast.house):
        before = store.head(case)
        with monkeypatch.context() as patch:
            patch.setattr(projections, "project", die)
            with pytest.raises(SystemExit):
                handle(case, command)
        after = store.head(case)
        assert (after.seq, after.digest) == (before.seq, before.digest)
        assert handle(case, command)


@pytest.mark.django_db(transaction=True)
def test_two_who_press_the_same_button_at_once_press_it_once() -> None:
    cast = house()
    case = a_case(cast)
    command = said(cast, case, "?", by=cast.consumer_acts)

    def press() -> tuple[Entry, ...]:
        try:
            with inside(cast.house):
                return handle(case, command)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as hands:
        presses = [hands.submit(press) for _ in range(2)]
        one, other = (done.result() for done in presses)
    assert one == other
    with inside(cast.house):
        entries = store.read(store.head(case))
    assert sum(isinstance(entry.event, MessageSent) for entry in entries) == 1
