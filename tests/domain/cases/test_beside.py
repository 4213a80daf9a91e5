"""What runs beside the ball: forced asks, and offers while another has a duty (C7, C8, C10)."""

from datetime import timedelta

import pytest

from buckstop.domain.cases import commands as ask
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.ids import FactKey
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER
from buckstop.domain.words.purchase import Problem
from tests.domain.cases.cast import (
    AGENT,
    AT_COURIER,
    AT_MERCHANT,
    BOSS,
    BOUGHT,
    COMPLETE,
    HALF,
    MERCHANT,
    ORDER,
    SU,
    WORDS,
    Table,
    given,
    given_asked_by_merchant,
    given_at_desk,
    given_taken_over,
)

FREIGHT = FactKey("freight-paid")


def test_C7_a_forced_ask_is_no_valid_request_and_gives_the_consumer_no_ball() -> None:
    table = given_at_desk()

    table.does(BOSS, ask.AskProof, fact=FREIGHT, of=CONSUMER, forced_because=WORDS)

    assert table.holder == "house/service"
    assert table.clock(ClockKind.ANSWER).party == CONSUMER
    assert table.clock(ClockKind.HANDLE).running
    table.does(SU, ask.AnswerRequest, request="request-1", text=WORDS)
    assert table.case.requests.open == ()


@pytest.mark.parametrize(("fact", "of"), [(FREIGHT, CONSUMER), (COMPLETE, MERCHANT)])
def test_C10_after_a_takeover_a_forced_ask_leaves_the_ball_with_the_house(
    fact: FactKey, of: str
) -> None:
    table = given_taken_over()

    table.does(BOSS, ask.AskProof, fact=fact, of=of, forced_because=WORDS)

    assert (table.holder, table.case.custody.expected) == ("house/service", "decide")


def test_C8_an_offer_of_another_waits_beside_the_duty_of_who_had_asked() -> None:
    table = given_asked_by_merchant()
    table.does(AT_COURIER, ask.MakeOffer, remedy=HALF)

    table.does(SU, ask.AnswerRequest, request="request-1", text=WORDS)

    assert (table.holder, table.case.custody.expected) == (MERCHANT, "respond")
    assert table.clock(ClockKind.OFFER).party == CONSUMER


def test_C7_what_is_expected_of_the_consumer_is_what_still_waits() -> None:
    table = given(problem=Problem.NOT_RECEIVED, alleged=())
    table.does(AT_MERCHANT, ask.MakeOffer, remedy=HALF)
    table.does(SU, ask.RejectOffer, offer="offer-1")
    table.does(AGENT, ask.AskProof, fact=BOUGHT, of=CONSUMER)
    table.does(AT_COURIER, ask.MakeOffer, remedy=HALF)

    table.does(SU, ask.AnswerRequest, request="request-1", text=WORDS)

    assert (table.holder, table.case.custody.expected) == (CONSUMER, "answer-offer")


def _bounces_after(hours: timedelta) -> Table:
    table = given()
    proof = table.shows(AT_MERCHANT, ORDER)
    table.until(table.at + hours)
    grounds = {"ground": "not-the-seller", "sentence": WORDS, "evidence": (proof,)}
    table.does(AT_MERCHANT, ask.BounceBall, **grounds)
    return table


def test_C4_a_bounce_a_moment_before_its_clock_ends_is_in_time_and_at_its_end_too_late() -> None:
    day = timedelta(hours=24)

    assert _bounces_after(day - timedelta(seconds=1)).holder == "house/service"
    with pytest.raises(NotAllowed, match="bounce-too-late"):
        _bounces_after(day)
