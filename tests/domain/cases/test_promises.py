"""Promises and acknowledgements, the consumer's record of them, and words taken back."""

from datetime import timedelta

import pytest

from buckstop.domain.buck_passing.from_case import trail_of
from buckstop.domain.buck_passing.trail import Term
from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import (
    AcknowledgementRetracted,
    ClockStarted,
    PromiseBroken,
    PromiseKept,
    PromiseKind,
    PromiseMade,
    RecordKind,
    Side,
)
from buckstop.domain.cases.state.promises import Record, Word
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Channel
from buckstop.domain.words.ids import PromiseId, RecordId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import HOUSE, Actor
from buckstop.domain.words.reconcile import Precision
from tests.domain.cases.cast import (
    AGENT,
    AT_MERCHANT,
    BOSS,
    BOT,
    MERCHANT,
    PACKING,
    SU,
    WORDS,
    Table,
    given,
    given_delivered,
    given_owed,
    kinds,
    moves,
    of,
)


@pytest.mark.parametrize("by", [AGENT, BOT, AT_MERCHANT])
@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.CHAT])
def test_promises_of_agent_bot_or_respondent_in_any_channel_bind_under_their_own_clock(
    by: Actor, channel: Channel
) -> None:
    table = given()

    facts = table.does(by, ask.Promise, kind=PromiseKind.PAY, text=WORDS, channel=channel)

    started, made = of(facts, ClockStarted), of(facts, PromiseMade)
    assert (started.kind, started.party, made.clock) == (
        ClockKind.PROMISE, by.party, started.clock,
    )  # fmt: skip


def _called_back(table: Table, **when: float) -> None:
    table.does(
        AGENT,
        ask.LogContact,
        side=Side.DESK,
        medium=Channel.PHONE,
        direction="in",
        at=table.at + timedelta(**when),
        precision=Precision.EXACT,
    )


def test_promises_are_kept_by_an_event_that_fulfils_them() -> None:
    table = given()
    table.does(AGENT, ask.Promise, kind=PromiseKind.CALL_BACK, text=WORDS)
    table.waits(hours=2)

    _called_back(table)

    assert table.case.promises.every[PromiseId("promise-1")].word is Word.KEPT
    assert ClockKind.PROMISE not in table.kinds()


def test_promises_are_not_kept_by_a_call_from_before_they_were_made() -> None:
    table = given()
    table.does(AGENT, ask.Promise, kind=PromiseKind.CALL_BACK, text=WORDS)

    _called_back(table, hours=-3)

    assert table.case.promises.every[PromiseId("promise-1")].word is Word.OPEN


def test_promises_to_pay_are_kept_by_the_proof_of_paying() -> None:
    table = given_owed()
    table.does(AT_MERCHANT, ask.Promise, kind=PromiseKind.PAY, text=WORDS)
    proof = table.shows(AT_MERCHANT, PACKING)

    facts = table.does(AT_MERCHANT, ask.ProveFulfilment, remedy="remedy-1", evidence=proof)

    assert of(facts, PromiseKept).promise == "promise-1"


def test_promises_are_broken_by_the_lapse_alone() -> None:
    table = given()
    table.does(AT_MERCHANT, ask.Promise, kind=PromiseKind.PAY, text=WORDS)

    facts = table.until_due(ClockKind.PROMISE)

    assert of(facts, PromiseBroken).node == MERCHANT


def test_promises_of_the_desk_that_break_go_to_its_supervisor() -> None:
    table = given()
    table.does(AGENT, ask.Promise, kind=PromiseKind.CALL_BACK, text=WORDS)

    made = of(table.until_due(ClockKind.PROMISE), PromiseMade)

    assert (made.node, made.kind) == ("house/supervision", PromiseKind.CALL_BACK)


def test_promises_break_even_after_the_case_was_closed() -> None:
    table = given_delivered()
    table.does(AT_MERCHANT, ask.Promise, kind=PromiseKind.DELIVER, text=WORDS)
    table.does(SU, ask.ConfirmFulfilment, remedy="remedy-1")

    assert kinds(table.until_due(ClockKind.PROMISE)) == ["ClockLapsed", "PromiseBroken"]


def test_promises_the_promiser_shows_an_item_the_consumer_just_says_so() -> None:
    table = given()
    table.does(AT_MERCHANT, ask.Promise, kind=PromiseKind.OTHER, text=WORDS)

    with pytest.raises(NotAllowed, match="kept-needs-evidence"):
        table.does(AT_MERCHANT, ask.KeepPromise, promise="promise-1")
    assert "PromiseKept" in kinds(table.does(SU, ask.KeepPromise, promise="promise-1"))


def test_an_acknowledgement_stands_without_a_clock_until_it_is_retracted() -> None:
    table = given()

    facts = table.does(AGENT, ask.Promise, kind=PromiseKind.ACKNOWLEDGEMENT, text=WORDS)

    assert of(facts, PromiseMade).clock is None
    table.waits(days=2)
    assert table.case.promises.every[PromiseId("promise-1")].word is Word.STANDING


def test_retracting_an_acknowledgement_needs_a_supervisor_and_a_reason() -> None:
    table = given()
    table.does(AGENT, ask.Promise, kind=PromiseKind.ACKNOWLEDGEMENT, text=WORDS)

    with pytest.raises(NotAllowed, match="supervisor-only"):
        table.does(AGENT, ask.RetractAcknowledgement, promise="promise-1", reason=WORDS)
    facts = table.does(BOSS, ask.RetractAcknowledgement, promise="promise-1", reason=WORDS)
    assert of(facts, AcknowledgementRetracted).node == "house/service"


def _told_of_a_call(table: Table, kind: RecordKind, **fields: object) -> None:
    table.does(
        SU,
        ask.LogContact,
        side=Side.CONSUMER,
        medium=Channel.PHONE,
        direction="out",
        at=table.at,
        precision=Precision.EXACT,
    )
    table.does(
        SU, ask.RecordOtherSide, kind=kind, of=HOUSE, contact="contact-1", text=WORDS, **fields
    )


def test_the_consumers_record_of_a_promise_stands_after_48_hours_and_then_binds() -> None:
    table = given()
    _told_of_a_call(table, RecordKind.PROMISE, promised_for=table.at + timedelta(days=4))
    table.waits(hours=47)
    assert table.case.promises.records[RecordId("record-1")].state is Record.WAITING

    facts = table.waits(hours=2)

    assert "RecordStood" in kinds(facts)
    assert of(facts, PromiseMade).told_by_consumer
    assert "PromiseBroken" in kinds(table.waits(days=3))


@pytest.mark.parametrize("late", [1, 30])
def test_the_consumers_record_of_a_call_back_is_kept_by_a_call_the_desk_logged(
    late: int,
) -> None:
    table = given()
    _told_of_a_call(
        table,
        RecordKind.PROMISE,
        promise_kind=PromiseKind.CALL_BACK,
        promised_for=table.at + timedelta(hours=2),
    )
    table.waits(hours=late)
    _called_back(table)

    facts = table.waits(hours=49)

    made = of(facts, PromiseMade)
    assert (made.kind, made.told_by_consumer) == (PromiseKind.CALL_BACK, True)
    assert table.case.promises.every[made.promise].word is Word.KEPT
    assert "PromiseBroken" not in kinds(facts)


def test_the_consumers_record_of_an_answer_is_kept_by_a_message() -> None:
    table = given()
    promised = {"promise_kind": PromiseKind.ANSWER, "promised_for": table.at + timedelta(hours=2)}
    _told_of_a_call(table, RecordKind.PROMISE, **promised)
    table.says(AT_MERCHANT)
    table.waits(hours=1)
    table.says(AGENT)

    assert "PromiseKept" in kinds(table.waits(hours=49))


@pytest.mark.parametrize("kind", [PromiseKind.CALL_BACK, PromiseKind.ANSWER, PromiseKind.PAY])
def test_the_consumers_record_of_what_never_happened_is_broken(kind: PromiseKind) -> None:
    table = given()
    promised = {"promise_kind": kind, "promised_for": table.at + timedelta(hours=2)}
    _told_of_a_call(table, RecordKind.PROMISE, **promised)
    table.says(AT_MERCHANT)

    facts = kinds(table.waits(hours=49))

    assert "PromiseKept" not in facts
    assert "PromiseBroken" in facts


def test_the_consumer_records_no_acknowledgement_for_the_other_side() -> None:
    table = given()

    with pytest.raises(NotAllowed, match="not-recorded-by-hand"):
        _told_of_a_call(
            table,
            RecordKind.PROMISE,
            promise_kind=PromiseKind.ACKNOWLEDGEMENT,
            promised_for=table.at,
        )


def test_a_call_back_is_promised_for_48_hours_where_nobody_says_when() -> None:
    table = given()

    table.does(AGENT, ask.Promise, kind=PromiseKind.CALL_BACK, text=WORDS)

    assert table.clock(ClockKind.PROMISE).due == table.at + timedelta(hours=48)


def test_they_asked_me_again_stands_and_promises_nothing() -> None:
    table = given()
    _told_of_a_call(table, RecordKind.REASK)

    facts = table.waits(hours=49)

    assert "RecordStood" in kinds(facts)
    assert "PromiseMade" not in kinds(facts)


def test_the_consumers_record_is_contradicted_by_a_record_of_the_other_side_in_time() -> None:
    table = given()
    _told_of_a_call(table, RecordKind.REASK)
    recording = table.shows(AGENT, PACKING)

    table.does(AGENT, ask.ContradictRecord, record="record-1", evidence=recording)

    assert table.case.promises.records[RecordId("record-1")].state is Record.CONTRADICTED
    with pytest.raises(NotAllowed, match="no-waiting-record"):
        table.does(AGENT, ask.ContradictRecord, record="record-1", evidence=recording)


@pytest.mark.parametrize("broken", [False, True], ids=["still-open", "broken-by-now"])
def test_A7_a_recorded_promise_that_was_contradicted_in_time_binds_nobody(*, broken: bool) -> None:
    table = given()
    _told_of_a_call(table, RecordKind.PROMISE, promised_for=table.at + timedelta(days=3))
    recording = table.shows(AGENT, PACKING)
    in_time = table.at + timedelta(hours=40)
    table.waits(days=4 if broken else 2, hours=1)

    table.does(
        AGENT,
        ask.ContradictRecord,
        record="record-1",
        evidence=recording,
        received_at=in_time,
    )

    assert table.case.promises.records[RecordId("record-1")].state is Record.CONTRADICTED
    assert {p.word for p in table.case.promises.every.values()} == {Word.VOID}
    assert not table.kinds() & {ClockKind.PROMISE, ClockKind.CONTRADICT}
    assert "promise-1" not in {name for name, _ in table.case.closing.failings}
    assert not [c for c in trail_of(table.log, table.at).charges if c.term is Term.BROKEN_PROMISE]


def test_A7_a_recorded_promise_that_was_contradicted_too_late_binds() -> None:
    table = given()
    _told_of_a_call(table, RecordKind.PROMISE, promised_for=table.at + timedelta(days=4))
    recording = table.shows(AGENT, PACKING)
    table.waits(days=2, hours=1)

    with pytest.raises(NotAllowed, match="no-waiting-record"):
        table.does(AGENT, ask.ContradictRecord, record="record-1", evidence=recording)


def test_the_consumers_record_is_tied_to_a_contact() -> None:
    table = given()

    with pytest.raises(NotAllowed, match="no-such-contact"):
        table.does(
            SU,
            ask.RecordOtherSide,
            kind=RecordKind.REASK,
            of=HOUSE,
            contact="contact-9",
            text=WORDS,
        )


def test_the_consumers_record_comes_to_stand_even_after_the_case_was_closed() -> None:
    table = given_delivered()
    _told_of_a_call(table, RecordKind.REASK)
    table.does(SU, ask.ConfirmFulfilment, remedy="remedy-1")

    assert kinds(table.waits(hours=49)) == ["ClockLapsed", "RecordStood"]


def test_wrong_information_is_corrected_by_an_event() -> None:
    table = given()

    facts = table.does(AGENT, ask.CorrectInformation, wrong=WORDS, right=WORDS)

    assert "InformationCorrected" in kinds(facts)
    assert not moves(facts)
