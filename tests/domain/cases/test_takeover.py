"""Takeover: the thresholds that bring it, and how the ball leaves the house after it (C6, C10)."""

from dataclasses import replace

import pytest

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import (
    TakenOver,
    TakeoverRefused,
)
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import HOUSE
from tests.domain.cases.cast import (
    AGENT,
    AT_COURIER,
    AT_FINANCE,
    AT_MERCHANT,
    BOSS,
    COMPLETE,
    COURIER,
    FINANCE,
    HALF,
    MERCHANT,
    PACKING,
    PLATFORM,
    RULES,
    SU,
    WANTED,
    WORDS,
    given,
    given_asked_by_merchant,
    given_at_desk,
    given_kicked,
    given_taken_over,
    kinds,
    moves,
    of,
)


def test_C6_the_second_kick_brings_the_takeover() -> None:
    table = given_kicked()

    facts = table.passes(AT_MERCHANT, HOUSE)

    assert of(facts, TakenOver).because == "kicks"
    assert (table.holder, table.case.custody.kicks) == ("house/service", 2)


def test_C6_kicks_count_over_the_life_of_the_case_whatever_progress_there_was() -> None:
    table = given_kicked()
    proof = table.shows(AT_MERCHANT, PACKING)
    table.does(AGENT, ask.AcceptProof, evidence=proof, fact=COMPLETE, kind=PACKING)
    table.passes(AT_MERCHANT, HOUSE)

    facts = table.passes(AGENT, MERCHANT)

    assert of(facts, TakenOver).because == "kicks"


def test_C6_the_fourth_pass_since_the_last_progress_brings_the_takeover() -> None:
    table = given_at_desk(MERCHANT, COURIER, PLATFORM)
    table.passes(AGENT, FINANCE)
    table.passes(AT_FINANCE, MERCHANT)
    table.passes(AT_MERCHANT, COURIER)

    facts = table.passes(AT_COURIER, PLATFORM)

    assert of(facts, TakenOver).because == "passes"


def test_C6_a_house_that_publishes_no_threshold_never_takes_over_by_itself() -> None:
    table = given(rules=replace(RULES, takeover_kicks=None, takeover_passes=None))
    for _ in range(4):
        table.passes(AT_MERCHANT, HOUSE)
        table.passes(AGENT, MERCHANT)

    assert table.case.custody.takeovers == 0


def test_C6_the_consumers_granted_wish_brings_the_takeover() -> None:
    table = given()
    table.does(SU, ask.AskTakeover)

    facts = table.does(BOSS, ask.TakeOver)

    assert of(facts, TakenOver).because == "wish"


def test_C6_a_wish_that_nobody_answers_is_granted_by_the_lapse() -> None:
    table = given()
    table.does(SU, ask.AskTakeover)
    table.passes(AT_MERCHANT, HOUSE)
    table.passes(AGENT, COURIER)

    facts = table.until_due(ClockKind.SUPERVISE)

    assert of(facts, TakenOver).because == "wish"


def test_C6_a_wish_can_be_refused_with_a_reason_and_made_again() -> None:
    table = given()
    table.does(SU, ask.AskTakeover)

    facts = table.does(BOSS, ask.RefuseTakeover, reason=WORDS)

    assert of(facts, TakeoverRefused).reason == WORDS
    assert table.does(SU, ask.AskTakeover)


def test_C10_after_a_takeover_the_ball_cannot_be_passed_out_of_the_house() -> None:
    table = given_taken_over()

    with pytest.raises(NotAllowed, match="must-decide"):
        table.passes(AGENT, MERCHANT)
    with pytest.raises(NotAllowed, match="must-decide"):
        table.does(AGENT, ask.AssignTask, debtor=COURIER, expected="respond", sentence=WORDS)


def test_C10_a_takeover_ends_a_request_at_the_consumer_and_what_rested_for_it() -> None:
    table = given_asked_by_merchant()

    table.does(BOSS, ask.TakeOver)

    assert table.holder == "house/service"
    assert not table.case.requests.open
    assert not table.case.tasks.open
    assert ClockKind.RESPOND not in table.kinds()


def test_C10_a_decision_lets_the_ball_leave_the_house() -> None:
    table = given_taken_over()
    table.orders(WANTED)

    assert table.holder == MERCHANT
    assert not table.case.custody.taken_over


def test_C10_an_accepted_offer_lets_the_ball_leave_the_house() -> None:
    table = given_taken_over()
    table.does(AT_MERCHANT, ask.MakeOffer, remedy=HALF)

    table.does(SU, ask.AcceptOffer, offer="offer-1")

    assert table.holder == MERCHANT
    assert not table.case.custody.taken_over


def test_C10_a_valid_request_takes_the_ball_out_and_returns_by_itself() -> None:
    table = given_taken_over()
    table.does(AGENT, ask.AskProof, fact=COMPLETE, of=MERCHANT)
    assert table.holder == MERCHANT
    proof = table.shows(AT_MERCHANT, PACKING)

    table.does(AT_MERCHANT, ask.AnswerRequest, request="request-1", evidence=(proof,))

    assert (table.holder, table.case.custody.expected) == ("house/service", "decide")


def test_C10_a_request_of_the_supervisor_returns_to_the_supervisor() -> None:
    table = given_taken_over()
    table.until_due(ClockKind.DECIDE)
    table.does(BOSS, ask.AskProof, fact=COMPLETE, of=MERCHANT)
    proof = table.shows(AT_MERCHANT, PACKING)

    table.does(AT_MERCHANT, ask.AnswerRequest, request="request-1", evidence=(proof,))

    assert (table.holder, table.case.custody.expected) == ("house/supervision", "supervise")


def test_C10_offers_run_beside_the_decide_clock() -> None:
    table = given_taken_over()
    due = table.clock(ClockKind.DECIDE).due

    facts = table.does(AT_MERCHANT, ask.MakeOffer, remedy=HALF)

    assert "OfferMade" in kinds(facts)
    assert not moves(facts)
    assert table.clock(ClockKind.DECIDE).due == due


def test_C10_if_the_decide_clock_lapses_a_supervisor_has_it_for_a_short_time() -> None:
    table = given_taken_over()

    table.until_due(ClockKind.DECIDE)

    assert table.holder == "house/supervision"
    assert ClockKind.SUPERVISE in table.kinds()


def test_C10_then_the_packet_for_the_next_rung_is_released_once_and_the_lapse_counts() -> None:
    table = given_taken_over()
    table.until_due(ClockKind.DECIDE)
    before = len(table.case.closing.lapses)

    facts = table.until_due(ClockKind.SUPERVISE)

    assert "PacketReleased" in kinds(facts)
    assert len(table.case.closing.lapses) == before + 1
    assert "PacketReleased" not in kinds(table.until_due(ClockKind.SUPERVISE))


def test_C10_a_pass_never_stops_the_clock_in_which_the_house_must_decide() -> None:
    table = given()
    table.served(MERCHANT)
    table.until_due(ClockKind.RESPOND)
    due = table.clock(ClockKind.DECIDE).due

    table.passes(AGENT, COURIER)

    assert table.clock(ClockKind.DECIDE).due == due


def test_C10_the_decision_is_never_due_before_the_proof_it_waits_for() -> None:
    table = given_taken_over()

    table.does(AGENT, ask.AskProof, fact=COMPLETE, of=MERCHANT)

    decide = table.clock(ClockKind.DECIDE)
    assert decide.due > table.clock(ClockKind.PROVE).due
    assert decide.postponed == 1
