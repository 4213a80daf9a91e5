"""What is received in time and recorded late takes its lapse back, whatever the clock."""

from datetime import datetime, timedelta

import pytest

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import (
    CaseClosed,
    CaseReopened,
    LapseReversed,
    NoticeKind,
    Outcome,
)
from buckstop.domain.cases.state.clocks import Running
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.ids import ClockId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER
from tests.domain.cases.cast import (
    AGENT,
    AT_MERCHANT,
    HALF,
    MERCHANT,
    PACKING,
    SU,
    WORDS,
    Table,
    given,
    given_delivered,
    given_owed,
    kinds,
    of,
)


def lapsed(table: Table, kind: ClockKind) -> tuple[ClockId, datetime]:
    """Let a clock run out; gives its name and a moment before it was due."""
    clock = table.clock(kind)
    table.until(clock.due + timedelta(hours=1))
    assert table.case.clocks.every[clock.clock].state is Running.LAPSED
    return clock.clock, clock.due - timedelta(hours=1)


def given_silently_closed() -> tuple[Table, ClockId, datetime]:
    """Let the consumer miss both reminders, so that the case closes by itself."""
    table = given_delivered()
    confirm = table.clock(ClockKind.CONFIRM).clock
    table.served(CONSUMER, kind=NoticeKind.REMINDER, about=confirm)
    name, in_time = lapsed(table, ClockKind.CONFIRM)
    assert table.case.closing.outcome is Outcome.FULFILLED_UNCONFIRMED
    return table, name, in_time


def test_three_times_an_offer_accepted_in_time_is_owed_though_it_had_lapsed() -> None:
    table = given()
    table.does(AT_MERCHANT, ask.MakeOffer, remedy=HALF)
    name, in_time = lapsed(table, ClockKind.OFFER)

    facts = table.does(SU, ask.AcceptOffer, offer="offer-1", received_at=in_time)

    assert of(facts, LapseReversed).clock == name
    assert table.case.remedies.open[0].what == HALF
    assert table.holder == MERCHANT


def test_three_times_an_offer_accepted_too_late_stays_lapsed() -> None:
    table = given()
    table.does(AT_MERCHANT, ask.MakeOffer, remedy=HALF)
    lapsed(table, ClockKind.OFFER)

    with pytest.raises(NotAllowed, match="no-open-offer"):
        table.does(SU, ask.AcceptOffer, offer="offer-1")


def test_three_times_an_offer_is_not_accepted_once_something_else_is_owed() -> None:
    table = given()
    table.does(AT_MERCHANT, ask.MakeOffer, remedy=HALF)
    _, in_time = lapsed(table, ClockKind.OFFER)
    table.passes(AGENT, MERCHANT)
    table.does(AT_MERCHANT, ask.AgreeClaim)

    with pytest.raises(NotAllowed, match="no-open-offer"):
        table.does(SU, ask.AcceptOffer, offer="offer-1", received_at=in_time)


def test_three_times_a_delivery_proven_in_time_was_not_late() -> None:
    table = given_owed()
    name, in_time = lapsed(table, ClockKind.FULFIL)
    assert table.case.closing.failings
    proof = table.shows(AT_MERCHANT, PACKING)

    facts = table.does(
        AT_MERCHANT,
        ask.ProveFulfilment,
        remedy="remedy-1",
        evidence=proof,
        received_at=in_time,
    )

    assert of(facts, LapseReversed).clock == name
    assert not table.case.closing.failings
    assert table.holder == CONSUMER
    assert table.kinds() == {ClockKind.CONFIRM}


def test_three_times_one_step_in_time_does_not_undo_the_lapse_of_the_whole() -> None:
    table = given_owed()
    _, in_time = lapsed(table, ClockKind.FULFIL)
    proof = table.shows(AT_MERCHANT, PACKING)
    step = {"remedy": "remedy-1", "evidence": proof, "complete": False}

    facts = table.does(AT_MERCHANT, ask.ProveFulfilment, received_at=in_time, **step)

    assert kinds(facts) == ["FulfilmentProven"]


def test_three_times_a_dispute_in_time_opens_what_was_closed_for_silence() -> None:
    table, name, in_time = given_silently_closed()

    facts = table.does(
        SU, ask.DisputeFulfilment, remedy="remedy-1", text=WORDS, received_at=in_time
    )

    assert of(facts, LapseReversed).clock == name
    assert of(facts, CaseReopened).because == "received-in-time"
    assert table.case.open
    assert table.holder == "house/service"


def test_three_times_a_dispute_after_the_silence_opens_nothing() -> None:
    table, _, _ = given_silently_closed()

    with pytest.raises(NotAllowed, match="case-closed"):
        table.does(SU, ask.DisputeFulfilment, remedy="remedy-1", text=WORDS)


def test_three_times_a_confirmation_in_time_counts_as_one() -> None:
    table, _, in_time = given_silently_closed()

    facts = table.does(SU, ask.ConfirmFulfilment, remedy="remedy-1", received_at=in_time)

    assert of(facts, CaseClosed).outcome is Outcome.FULFILLED
