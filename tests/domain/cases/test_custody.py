"""Custody: who has the ball, and how it may move (C1 to C5, C9)."""

from dataclasses import replace

import pytest

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import (
    BallMoved,
    ClockHandedOn,
)
from buckstop.domain.words.ball import How
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.ids import ProofKind
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, HOUSE, Actor
from tests.domain.cases.cast import (
    AGENT,
    AT_COURIER,
    AT_FINANCE,
    AT_ISSUER,
    AT_MERCHANT,
    BOSS,
    COMPLETE,
    COURIER,
    FINANCE,
    HEAD,
    ISSUER,
    MERCHANT,
    ORDER,
    OTHER_AGENT,
    OWNER,
    PACKING,
    SERVICE,
    SU,
    USED,
    WORDS,
    given,
    given_asked_by_merchant,
    given_at_desk,
    given_kicked,
    given_never_used,
    moves,
    of,
)
from tests.domain.cases.decided import FOR_HER, given_frozen


def test_C1_an_open_case_has_one_holder_and_one_owner() -> None:
    table = given()

    assert table.holder == MERCHANT
    assert table.case.custody.owner == OWNER


def test_C1_a_new_owner_replaces_the_old_one_and_leaves_the_ball() -> None:
    table = given()

    table.does(AGENT, ask.ChangeOwner, owner=HEAD, deputy=None, reason=WORDS)

    assert (table.case.custody.owner, table.holder) == (HEAD, MERCHANT)


@pytest.mark.parametrize("by", [AT_COURIER, AGENT])
def test_C2_who_does_not_hold_the_ball_cannot_pass_it(by: Actor) -> None:
    with pytest.raises(NotAllowed, match="not-holder"):
        given().passes(by, COURIER)


def test_C2_a_desk_cannot_pass_what_another_desk_holds() -> None:
    with pytest.raises(NotAllowed, match="not-holder"):
        given_at_desk().passes(AT_FINANCE, MERCHANT)


def test_C2_a_supervisor_moves_the_ball_of_any_desk() -> None:
    table = given_at_desk()

    table.passes(BOSS, FINANCE)

    assert table.holder == "house/finance"


def test_C2_the_owner_is_no_holder_and_moves_nothing_that_another_desk_has() -> None:
    table = given_at_desk()
    table.passes(AGENT, FINANCE)

    with pytest.raises(NotAllowed, match="not-holder"):
        table.passes(AGENT, MERCHANT)


def test_C2_a_question_of_another_desk_to_the_consumer_leaves_the_ball_where_it_is() -> None:
    table = given_at_desk()

    table.does(AT_FINANCE, ask.AskProof, fact="freight-paid", of=CONSUMER, why=WORDS)

    assert table.holder == "house/service"
    assert table.case.requests.open_with(CONSUMER)


def test_C2_completion_of_what_was_expected_moves_the_ball() -> None:
    table = given()

    facts = table.does(AT_MERCHANT, ask.DeliverTask, text=WORDS)

    assert table.holder == "house/service"
    assert of(facts, BallMoved).how is How.ROLL


def test_C2_a_lapse_moves_the_ball() -> None:
    table = given()
    table.served(MERCHANT)

    table.until_due(ClockKind.RESPOND)

    assert table.holder == "house/service"


def test_C3_a_pass_carries_reason_expectation_due_time_and_a_sentence() -> None:
    table = given()

    moved = of(table.passes(AT_MERCHANT, COURIER, reason="not-ours"), BallMoved)

    assert (moved.reason, moved.expected, moved.sentence) == ("not-ours", "respond", WORDS)
    assert moved.due == table.clock(ClockKind.RESPOND).due


def test_C4_a_bounce_on_a_listed_ground_with_its_proof_gives_the_ball_back() -> None:
    table = given_at_desk()
    table.passes(AGENT, MERCHANT)
    proof = table.shows(AT_MERCHANT, ORDER)

    facts = table.does(
        AT_MERCHANT, ask.BounceBall, ground="not-the-seller", sentence=WORDS, evidence=(proof,)
    )

    moved = of(facts, BallMoved)
    assert (moved.how, moved.ground, moved.ground_accepted) == (
        How.BOUNCE, "not-the-seller", True,
    )  # fmt: skip
    assert table.holder == "house/service"


@pytest.mark.parametrize(
    ("ground", "code"), [("not-the-seller", "bounce-needs-proof"), ("nope", "no-such-ground")]
)
def test_C4_a_bounce_without_listed_ground_or_proof_is_none(ground: str, code: str) -> None:
    with pytest.raises(NotAllowed, match=code):
        given().does(AT_MERCHANT, ask.BounceBall, ground=ground, sentence=WORDS)


def test_C4_a_bounce_must_come_within_its_own_short_clock() -> None:
    table = given()
    proof = table.shows(AT_MERCHANT, ORDER)
    table.waits(hours=25)

    with pytest.raises(NotAllowed, match="bounce-too-late"):
        table.does(
            AT_MERCHANT, ask.BounceBall, ground="not-the-seller", sentence=WORDS, evidence=(proof,)
        )


def test_C4_a_question_to_the_consumer_wins_no_new_time_to_bounce() -> None:
    table = given_asked_by_merchant()
    proof = table.shows(SU, ORDER)
    table.waits(hours=25)
    table.does(SU, ask.AnswerRequest, request="request-1", evidence=(proof,))

    with pytest.raises(NotAllowed, match="bounce-too-late"):
        table.does(
            AT_MERCHANT, ask.BounceBall, ground="not-the-seller", sentence=WORDS, evidence=(proof,)
        )


def test_C4_one_desk_bounces_to_the_desk_that_sent_it() -> None:
    table = given_at_desk()
    table.passes(AGENT, FINANCE)
    proof = table.shows(AT_FINANCE, ProofKind("competence-list"))

    table.does(AT_FINANCE, ask.BounceBall, ground="wrong-desk", sentence=WORDS, evidence=(proof,))

    assert table.holder == "house/service"


def test_C5_a_pass_back_with_nothing_new_is_a_kick() -> None:
    assert given_kicked().case.custody.kicks == 1


def test_C5_a_loop_over_three_is_a_kick_when_it_closes() -> None:
    table = given()

    table.passes(AT_MERCHANT, COURIER)
    assert table.case.custody.kicks == 0
    table.passes(AT_COURIER, HOUSE)
    assert table.case.custody.kicks == 0
    table.passes(AGENT, MERCHANT)

    assert table.case.custody.kicks == 1


def test_C5_progress_since_it_let_go_makes_a_pass_back_legitimate() -> None:
    table = given()
    table.passes(AT_MERCHANT, HOUSE)
    proof = table.shows(AGENT, PACKING)
    table.does(AGENT, ask.AcceptProof, evidence=proof, fact=COMPLETE, kind=PACKING)

    table.passes(AGENT, MERCHANT)

    assert table.case.custody.kicks == 0


def test_C5_between_desks_a_pass_back_is_a_kick_too() -> None:
    table = given_at_desk()

    table.passes(AGENT, FINANCE)
    table.passes(AT_FINANCE, SERVICE)

    assert table.case.custody.kicks == 1


def test_C5_a_lapse_is_never_a_kick() -> None:
    table = given()
    table.passes(AT_MERCHANT, HOUSE)
    table.passes(AGENT, COURIER)
    table.served(COURIER)

    table.until_due(ClockKind.RESPOND)

    assert table.holder == "house/service"
    assert table.case.custody.kicks == 0


def test_C5_a_supervisor_who_moves_the_ball_of_a_desk_never_kicks() -> None:
    table = given_at_desk()
    table.passes(AGENT, FINANCE)

    back = moves(table.passes(BOSS, SERVICE))[0]
    again = moves(table.passes(BOSS, FINANCE))[0]

    assert (back.how, again.how) == (How.SUPERVISOR, How.SUPERVISOR)
    assert (table.case.custody.kicks, table.case.custody.passes) == (0, 1)


def test_C5_a_supervisor_at_an_ordinary_desk_that_has_the_ball_is_its_holder() -> None:
    table = given_at_desk()
    table.passes(AGENT, FINANCE)
    head_of_finance = replace(BOSS, desk=FINANCE)

    assert moves(table.passes(head_of_finance, SERVICE))[0].how is How.PASS
    assert table.case.custody.kicks == 1


def test_C5_a_takeover_is_never_a_kick() -> None:
    table = given()
    table.passes(AT_MERCHANT, HOUSE)
    table.passes(AGENT, COURIER)

    table.does(BOSS, ask.TakeOver)

    assert table.case.custody.kicks == 0


def test_C5_a_detour_over_the_consumer_is_no_kick() -> None:
    table = given_asked_by_merchant()
    proof = table.shows(SU, ProofKind("other"))

    table.does(SU, ask.AnswerRequest, request="request-1", evidence=(proof,), text=WORDS)

    assert table.holder == MERCHANT
    assert table.case.custody.kicks == 0


def test_C5_a_roll_is_never_a_kick() -> None:
    table = given_at_desk()
    table.passes(AGENT, MERCHANT)
    table.does(AT_MERCHANT, ask.DeliverTask, text=WORDS)
    table.passes(AGENT, COURIER)

    facts = table.does(AT_COURIER, ask.DeliverTask, text=WORDS)

    assert of(facts, BallMoved).how is How.ROLL
    assert table.case.custody.kicks == 0


def test_C9_between_persons_of_one_desk_it_is_a_change_of_agent() -> None:
    table = given_at_desk()

    facts = table.does(OTHER_AGENT, ask.TakeUp, person=OTHER_AGENT.person)

    assert of(facts, BallMoved).how is How.AGENT
    assert table.case.custody.passes == 0


def test_C9_between_desks_it_is_a_pass() -> None:
    table = given_at_desk()

    facts = table.passes(AGENT, FINANCE)

    assert of(facts, BallMoved).how is How.PASS
    assert table.case.custody.passes == 1


def test_C2_a_duty_to_deliver_or_to_prove_cannot_be_passed_on() -> None:
    table = given_never_used()
    table.does(AGENT, ask.AskProof, fact=USED, of=ISSUER)

    with pytest.raises(NotAllowed, match="use-the-right-answer"):
        table.passes(AT_ISSUER, HOUSE)


def test_K1_the_time_that_a_pass_adds_is_charged_to_who_redirected() -> None:
    table = given()
    table.waits(days=2)

    handed = of(table.passes(AT_MERCHANT, COURIER), ClockHandedOn)

    assert (handed.charged_to, handed.extra_seconds > 0) == (MERCHANT, True)


def test_C9_only_the_desk_that_has_the_case_takes_it_up() -> None:
    table = given(first=None)

    with pytest.raises(NotAllowed, match="not-holder"):
        table.does(AT_FINANCE, ask.TakeUp, person=AT_FINANCE.person)
    assert table.case.custody.holder is not None
    assert table.case.custody.holder.party == HOUSE


def test_C2_what_a_decision_moves_is_no_pass_of_who_decided() -> None:
    table = given_frozen()
    before = table.case.custody.passes
    table.does(AGENT, ask.ProposeDecision, **FOR_HER)

    facts = table.does(OTHER_AGENT, ask.SignDecision, decision="decision-1")

    assert of(facts, BallMoved).to.party == MERCHANT
    assert table.case.custody.passes == before
