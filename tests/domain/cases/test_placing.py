"""Where the ball is put: with the consumer, the one debtor, or the desk (C7, C8)."""

import pytest

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import (
    BallMoved,
)
from buckstop.domain.words.ball import How
from buckstop.domain.words.calendar import Span, Unit
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER
from buckstop.domain.words.purchase import Problem
from tests.domain.cases.cast import (
    AGENT,
    AT_COURIER,
    AT_MERCHANT,
    BOUGHT,
    COMPLETE,
    COURIER,
    HALF,
    MERCHANT,
    PACKING,
    PLATFORM,
    SU,
    WORDS,
    given,
    given_asked_by_merchant,
    given_at_desk,
    given_delivered,
    of,
)


def test_C7_nobody_can_pass_the_ball_to_the_consumer() -> None:
    with pytest.raises(NotAllowed, match="consumer-holds-only-for-reason"):
        given().passes(AT_MERCHANT, CONSUMER)


def test_C7_the_consumer_holds_for_a_valid_request() -> None:
    assert given_asked_by_merchant().holder == CONSUMER


def test_C7_the_consumer_holds_for_an_offer() -> None:
    table = given()

    table.does(AT_MERCHANT, ask.MakeOffer, remedy=HALF)

    assert table.holder == CONSUMER


def test_C7_the_consumer_holds_for_a_confirmation() -> None:
    assert given_delivered().holder == CONSUMER


def test_C7_the_ball_leaves_the_consumer_when_the_reason_ends() -> None:
    table = given()
    table.does(AT_MERCHANT, ask.MakeOffer, remedy=HALF)

    table.does(AT_MERCHANT, ask.WithdrawOffer, offer="offer-1")

    assert table.holder == "house/service"


def test_C7_the_ball_stays_with_the_consumer_while_another_reason_lasts() -> None:
    table = given(problem=Problem.NOT_RECEIVED, alleged=())
    table.does(AT_MERCHANT, ask.MakeOffer, remedy=HALF)
    table.does(AGENT, ask.AskProof, fact=BOUGHT, of=CONSUMER)

    table.does(SU, ask.AnswerRequest, request="request-1", text=WORDS)

    assert table.holder == CONSUMER


def test_C8_with_exactly_one_open_task_its_debtor_has_the_ball() -> None:
    table = given_at_desk()

    table.does(AGENT, ask.AssignTask, debtor=COURIER, expected="respond", sentence=WORDS)

    assert table.holder == COURIER


def test_C8_with_several_the_owners_desk_has_it() -> None:
    table = given_at_desk()
    table.does(AGENT, ask.AssignTask, debtor=COURIER, expected="respond", sentence=WORDS)

    facts = table.does(AGENT, ask.AssignTask, debtor=MERCHANT, expected="respond", sentence=WORDS)

    assert of(facts, BallMoved).how is How.ROLL
    assert (table.holder, table.case.custody.expected) == ("house/service", "watch-tasks")


def test_C8_when_all_but_one_are_done_the_last_debtor_has_it_by_a_roll() -> None:
    table = given_at_desk()
    for debtor in (COURIER, MERCHANT):
        table.does(AGENT, ask.AssignTask, debtor=debtor, expected="respond", sentence=WORDS)

    facts = table.does(AT_COURIER, ask.DeliverTask, text=WORDS)

    assert of(facts, BallMoved).how is How.ROLL
    assert table.holder == MERCHANT


def test_C8_an_offer_by_one_of_two_debtors_leaves_the_ball_with_the_other() -> None:
    table = given_at_desk()
    for debtor in (COURIER, MERCHANT):
        table.does(AGENT, ask.AssignTask, debtor=debtor, expected="respond", sentence=WORDS)

    table.does(AT_COURIER, ask.MakeOffer, remedy=HALF)

    assert table.holder == MERCHANT


def test_C8_the_desk_must_act_at_each_lapse_of_several() -> None:
    table = given_at_desk(MERCHANT, COURIER, PLATFORM)
    spans = {COURIER: 10, MERCHANT: 40, PLATFORM: 40}
    for debtor, hours in spans.items():
        table.does(
            AGENT,
            ask.AssignTask,
            debtor=debtor,
            expected="respond",
            sentence=WORDS,
            span=Span(hours, Unit.HOURS),
        )

    table.waits(hours=11)

    assert table.holder == "house/service"
    assert ClockKind.HANDLE in table.kinds()


def test_C8_answering_a_request_does_not_end_another_duty_of_the_same_party() -> None:
    table = given()
    table.does(AGENT, ask.AskProof, fact=COMPLETE, of=MERCHANT)
    proof = table.shows(AT_MERCHANT, PACKING)

    table.does(AT_MERCHANT, ask.AnswerRequest, request="request-1", evidence=(proof,))

    (left,) = table.case.tasks.open
    assert (left.expected, table.holder) == ("respond", MERCHANT)
    assert table.clock(ClockKind.RESPOND).running


def test_C8_a_party_is_not_given_a_second_duty_to_respond() -> None:
    table = given()

    with pytest.raises(NotAllowed, match="owes-already"):
        table.does(AGENT, ask.AssignTask, debtor=MERCHANT, expected="respond", sentence=WORDS)
