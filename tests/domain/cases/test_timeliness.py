"""What is received in time and recorded late takes its lapse back, whatever the clock."""

from datetime import datetime, timedelta
from fractions import Fraction

import pytest

from buckstop.domain.buck_passing.from_case import trail_of
from buckstop.domain.buck_passing.index import score
from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import (
    CaseClosed,
    CaseReopened,
    ClockLapsed,
    FactStood,
    LapseReversed,
    NoticeKind,
    OfferEnd,
    Outcome,
    PromiseKind,
    RecordKind,
    RequestEnd,
    Side,
)
from buckstop.domain.cases.state.clocks import Running
from buckstop.domain.cases.state.promises import Word
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Channel
from buckstop.domain.words.ids import ClockId, OfferId, RequestId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER
from buckstop.domain.words.reconcile import Precision
from buckstop.domain.words.standing import Standing
from tests.domain.cases.cast import (
    AGENT,
    AT_MERCHANT,
    COMPLETE,
    HALF,
    MERCHANT,
    PACKING,
    SU,
    WORDS,
    Table,
    given,
    given_asked_by_merchant,
    given_at_desk,
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


def test_three_times_a_rejection_in_time_is_one_and_overtakes_no_decision() -> None:
    table = given()
    table.does(AT_MERCHANT, ask.MakeOffer, remedy=HALF)
    _, in_time = lapsed(table, ClockKind.OFFER)
    table.does(AGENT, ask.FreezeRecord)

    table.does(SU, ask.RejectOffer, offer="offer-1", received_at=in_time)

    assert table.case.offers.every[OfferId("offer-1")].end is OfferEnd.REJECTED
    assert table.case.decisions.frozen_at == table.at


def test_three_times_a_promise_kept_in_time_is_kept_and_charged_to_nobody() -> None:
    table = given()
    table.does(AGENT, ask.Promise, kind=PromiseKind.CALL_BACK, text=WORDS)
    _, in_time = lapsed(table, ClockKind.PROMISE)
    assert table.case.promises.count(Word.BROKEN) == 1

    table.does(SU, ask.KeepPromise, promise="promise-1", received_at=in_time)

    assert [p.word for p in table.case.promises.every.values()] == [Word.KEPT, Word.KEPT]
    assert table.case.closing.failings == ()
    assert table.case.clocks.alive(ClockKind.PROMISE) == ()
    assert score(trail_of(table.log, table.at)).points == 0


def test_three_times_an_answer_in_time_keeps_the_promise_of_one_by_itself() -> None:
    table = given()
    table.does(AT_MERCHANT, ask.Promise, kind=PromiseKind.ANSWER, text=WORDS)
    _, in_time = lapsed(table, ClockKind.PROMISE)

    table.does(AT_MERCHANT, ask.SendMessage, text=WORDS, received_at=in_time)

    assert table.case.promises.count(Word.KEPT) == 1


def test_three_times_a_promise_kept_exactly_when_it_was_due_is_broken() -> None:
    table = given()
    table.does(AT_MERCHANT, ask.Promise, kind=PromiseKind.ANSWER, text=WORDS)
    table.at = table.clock(ClockKind.PROMISE).due

    table.says(AT_MERCHANT)

    assert table.case.promises.count(Word.BROKEN) == 1


def test_three_times_a_reask_contradicted_in_time_is_charged_to_nobody() -> None:
    table = given()
    seen = {"side": Side.CONSUMER, "medium": Channel.PHONE, "direction": "out"}
    table.does(SU, ask.LogContact, at=table.at, precision=Precision.EXACT, **seen)
    told = {"kind": RecordKind.REASK, "of": MERCHANT, "contact": "contact-1"}
    table.does(SU, ask.RecordOtherSide, text=WORDS, **told)
    recording = table.shows(AT_MERCHANT, PACKING)
    _, in_time = lapsed(table, ClockKind.CONTRADICT)
    assert score(trail_of(table.log, table.at)).points == Fraction(1, 2)

    contradicts = {"record": "record-1", "evidence": recording, "received_at": in_time}
    table.does(AT_MERCHANT, ask.ContradictRecord, **contradicts)

    assert score(trail_of(table.log, table.at)).points == 0


def test_three_times_the_consumers_words_in_time_are_no_silence() -> None:
    table = given_asked_by_merchant()
    _, in_time = lapsed(table, ClockKind.ANSWER)

    words = {"request": "request-1", "text": WORDS}
    table.does(SU, ask.AnswerRequest, received_at=in_time, **words)

    assert table.case.requests.every[RequestId("request-1")].end is RequestEnd.WITHOUT_PROOF


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


def _lapsed_with_an_answer_on_the_way() -> tuple[Table, datetime]:
    table = given()
    table.served(MERCHANT)
    in_time = table.clock(ClockKind.RESPOND).due - timedelta(hours=1)
    table.until_due(ClockKind.RESPOND)
    return table, in_time


def test_three_times_an_answer_received_in_time_but_recorded_late_reverses_the_lapse() -> None:
    table, in_time = _lapsed_with_an_answer_on_the_way()
    assert table.case.closing.lapses

    facts = table.does(AT_MERCHANT, ask.MakeOffer, remedy=HALF, received_at=in_time)

    assert of(facts, LapseReversed).clock == "respond-1"
    assert not table.case.closing.lapses
    assert table.holder == CONSUMER
    assert ClockKind.DECIDE not in table.kinds()


def test_three_times_a_refusal_without_proof_reverses_nothing() -> None:
    table, in_time = _lapsed_with_an_answer_on_the_way()

    with pytest.raises(NotAllowed, match="owes-nothing"):
        table.does(AT_MERCHANT, ask.Refuse, ground="complete", received_at=in_time)


def test_three_times_an_answer_received_too_late_reverses_nothing() -> None:
    table, _ = _lapsed_with_an_answer_on_the_way()

    with pytest.raises(NotAllowed, match="owes-nothing"):
        table.does(AT_MERCHANT, ask.DeliverTask, text=WORDS)


def test_three_times_proof_received_in_time_takes_the_presumption_back() -> None:
    table = given_at_desk()
    table.does(AGENT, ask.AskProof, fact=COMPLETE, of=MERCHANT)
    table.served(MERCHANT)
    in_time = table.clock(ClockKind.PROVE).due - timedelta(minutes=1)
    table.until_due(ClockKind.PROVE)
    assert table.case.facts.standing(COMPLETE) is Standing.PRESUMED
    proof = table.shows(AT_MERCHANT, PACKING)

    facts = table.does(
        AT_MERCHANT,
        ask.AnswerRequest,
        request="request-1",
        evidence=(proof,),
        received_at=in_time,
    )

    assert of(facts, LapseReversed).clock == "prove-1"
    assert of(facts, FactStood).standing is Standing.ALLEGED
    assert table.case.requests.every[RequestId("request-1")].end is RequestEnd.ANSWERED
    assert table.case.clocks.every[ClockId("prove-1")].state is Running.STOPPED


def test_three_times_a_party_that_answers_by_mail_has_the_stated_grace() -> None:
    table = given(reach=(Channel.MAIL, Channel.PHONE))
    due = table.clock(ClockKind.RESPOND).due

    assert table.until(due + timedelta(minutes=14)) == ()
    assert isinstance(table.until(due + timedelta(minutes=15))[0], ClockLapsed)


def test_three_times_a_channel_that_is_not_polled_has_no_grace() -> None:
    table = given()

    assert table.until(table.clock(ClockKind.RESPOND).due)


def test_closing_after_a_lapse_that_was_taken_back_is_no_giving_up() -> None:
    table, in_time = _lapsed_with_an_answer_on_the_way()
    table.does(AT_MERCHANT, ask.DeliverTask, text=WORDS, received_at=in_time)

    assert not of(table.does(SU, ask.Withdraw, why="tired"), CaseClosed).given_up
