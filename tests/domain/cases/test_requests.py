"""Requests: who may be asked to prove what (R1 to R4)."""

from dataclasses import replace

import pytest

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import (
    BallMoved,
    FactStood,
    ProofRequested,
    RequestEnd,
    RequestEnded,
    RequestRejected,
)
from buckstop.domain.words.ball import How
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Channel
from buckstop.domain.words.ids import FactKey, ProofKind
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, Actor
from buckstop.domain.words.purchase import Problem
from buckstop.domain.words.standing import Standing
from tests.domain.cases.cast import (
    AGENT,
    AT_COURIER,
    AT_CUSTODIAN,
    AT_ISSUER,
    AT_MERCHANT,
    BOSS,
    BOUGHT,
    COMPLETE,
    COURIER,
    CUSTODIAN,
    ISSUER,
    LEDGER,
    MERCHANT,
    MISSING,
    NEVER_USED,
    ORDER,
    PACKING,
    RULES,
    SU,
    WORDS,
    given,
    given_asked_by_merchant,
    given_at_desk,
    given_never_used,
    kinds,
    of,
)


def test_R1_a_request_names_one_fact_why_it_matters_and_every_proof_that_would_do() -> None:
    table = given_at_desk()

    asked = of(table.does(AGENT, ask.AskProof, fact=COMPLETE, of=MERCHANT), ProofRequested)

    assert asked.fact == COMPLETE
    assert asked.rows
    assert asked.kinds == (PACKING, "delivery-record")


def test_R1_where_no_finding_needs_the_fact_the_asker_says_why() -> None:
    table = given_at_desk()

    with pytest.raises(NotAllowed, match="say-why"):
        table.does(AGENT, ask.AskProof, fact="freight-paid", of=CONSUMER)
    facts = table.does(AGENT, ask.AskProof, fact="freight-paid", of=CONSUMER, why=WORDS)
    assert of(facts, ProofRequested).kinds


@pytest.mark.parametrize("standing", [Standing.ADMITTED, Standing.PROVEN])
def test_R2_a_fact_admitted_or_proven_is_not_asked_for(standing: Standing) -> None:
    table = given_at_desk()
    proof = table.shows(AGENT, PACKING)
    by = AT_MERCHANT if standing is Standing.ADMITTED else AGENT
    table.does(by, ask.StateFact, fact=MISSING, standing=standing, evidence=(proof,))

    facts = table.does(AGENT, ask.AskProof, fact=MISSING, of=MERCHANT)

    assert of(facts, RequestRejected).because == "settled"


def test_R2_a_fact_presumed_is_not_asked_for() -> None:
    table = given_at_desk()
    table.does(AGENT, ask.AskProof, fact=COMPLETE, of=MERCHANT)
    table.served(MERCHANT)
    table.until_due(ClockKind.PROVE)

    facts = table.does(AGENT, ask.AskProof, fact=COMPLETE, of=COURIER)

    assert of(facts, RequestRejected).because == "settled"


def test_R2_once_a_fact_is_settled_its_open_requests_fall_away() -> None:
    table = given_at_desk()
    table.does(AGENT, ask.AskProof, fact=COMPLETE, of=MERCHANT)

    table.does(SU, ask.StateFact, fact=COMPLETE, standing=Standing.ALLEGED, value="no")

    facts = table.does(AT_MERCHANT, ask.StateFact, fact=COMPLETE, standing=Standing.ADMITTED)

    assert of(facts, FactStood).value == "no"
    assert of(facts, RequestEnded).end is RequestEnd.MOOT
    assert table.holder == "house/service"


def test_R2_what_was_asked_and_answered_is_not_asked_again() -> None:
    table = given_asked_by_merchant()
    proof = table.shows(SU, ORDER)
    table.does(SU, ask.AnswerRequest, request="request-1", evidence=(proof,))

    facts = table.does(AT_MERCHANT, ask.AskProof, fact=BOUGHT, of=CONSUMER)

    assert of(facts, RequestRejected).because == "answered"


def test_R2_proof_that_the_consumer_gave_unasked_is_not_asked_for() -> None:
    table = given(problem=Problem.NOT_RECEIVED, alleged=())
    table.shows(SU, ORDER, BOUGHT)

    facts = table.does(AT_MERCHANT, ask.AskProof, fact=BOUGHT, of=CONSUMER)

    assert of(facts, RequestRejected).because == "answered"


def test_R2_what_a_respondent_gave_is_an_answer_only_once_it_is_accepted() -> None:
    table = given_at_desk()
    table.shows(AT_MERCHANT, PACKING, COMPLETE)

    assert "ProofRequested" in kinds(table.does(AGENT, ask.AskProof, fact=COMPLETE, of=MERCHANT))

    other = given_at_desk()
    proof = other.shows(AT_MERCHANT, PACKING, COMPLETE)
    other.does(AGENT, ask.AcceptProof, evidence=proof, fact=COMPLETE, kind=PACKING)

    facts = other.does(AGENT, ask.AskProof, fact=COMPLETE, of=MERCHANT)

    assert of(facts, RequestRejected).because == "answered"


def test_R2_one_clarification_of_an_answer_is_free_and_a_second_is_not() -> None:
    table = given_asked_by_merchant()
    proof = table.shows(SU, ORDER)
    table.does(SU, ask.AnswerRequest, request="request-1", evidence=(proof,))
    clarify = {"fact": BOUGHT, "of": CONSUMER, "clarifies": "request-1"}

    assert "ProofRequested" in kinds(table.does(AT_MERCHANT, ask.AskProof, **clarify))
    table.does(SU, ask.AnswerRequest, request="request-2", evidence=(proof,))

    again = table.does(AT_MERCHANT, ask.AskProof, **clarify)
    assert of(again, RequestRejected).because == "answered"


def test_R2_a_question_that_met_silence_is_not_asked_again() -> None:
    table = given_asked_by_merchant()
    table.until_due(ClockKind.ANSWER)

    facts = table.does(AT_MERCHANT, ask.AskProof, fact=BOUGHT, of=CONSUMER)

    assert of(facts, RequestRejected).because == "asked-before"


def test_R2_an_item_of_no_listed_kind_does_not_answer_a_respondents_request() -> None:
    table = given_at_desk()
    table.does(AGENT, ask.AskProof, fact=COMPLETE, of=MERCHANT)
    other = table.shows(AT_MERCHANT, ProofKind("other"))

    table.does(AT_MERCHANT, ask.AnswerRequest, request="request-1", evidence=(other,))

    assert table.case.requests.open
    assert table.clock(ClockKind.PROVE).running


def test_R2_the_burden_of_a_seller_is_not_laid_on_the_consumer() -> None:
    table = given()

    facts = table.does(AT_MERCHANT, ask.AskProof, fact=COMPLETE, of=CONSUMER)

    assert of(facts, RequestRejected).because == "burden-elsewhere"
    assert table.holder == MERCHANT


def test_R2_nobody_proves_a_negative_whose_counter_record_the_other_side_keeps() -> None:
    table = given_never_used()

    facts = table.does(AGENT, ask.AskProof, fact=NEVER_USED, of=CONSUMER)

    assert of(facts, RequestRejected).because == "negative"


def test_R3_a_rejected_request_goes_by_rule_to_who_bears_the_burden() -> None:
    table = given_at_desk()

    facts = table.does(AGENT, ask.AskProof, fact=MISSING, of=CONSUMER)

    assert of(facts, RequestRejected).redirected_to == (MERCHANT,)
    asked = of(facts, ProofRequested)
    assert (asked.of, asked.redirected_from) == (MERCHANT, CONSUMER)
    assert of(facts, BallMoved).how is How.ROLL


def test_R3_issuer_and_custodian_are_both_asked_and_the_desk_watches() -> None:
    table = given_never_used()

    facts = table.does(AGENT, ask.AskProof, fact=NEVER_USED, of=CONSUMER)

    assert of(facts, RequestRejected).redirected_to == (ISSUER, CUSTODIAN)
    assert table.holder == "house/service"


def test_R3_the_silence_of_both_makes_it_a_presumption() -> None:
    table = given_never_used()
    table.does(AGENT, ask.AskProof, fact=NEVER_USED, of=CONSUMER)
    table.served(ISSUER)
    table.served(CUSTODIAN)

    facts = table.waits(days=4)

    stood = of(facts, FactStood)
    assert (stood.fact, stood.standing, stood.value) == (NEVER_USED, Standing.PRESUMED, "yes")


@pytest.mark.parametrize("answers", [AT_ISSUER, AT_CUSTODIAN])
def test_R3_the_ledger_of_one_stops_the_presumption_from_the_silence_of_the_other(
    answers: Actor,
) -> None:
    table = given_never_used()
    table.does(AGENT, ask.AskProof, fact=NEVER_USED, of=CONSUMER)
    table.served(ISSUER)
    table.served(CUSTODIAN)
    ledger = table.shows(answers, LEDGER)
    mine = next(r for r in table.case.requests.open if r.of == answers.party)
    table.does(answers, ask.AnswerRequest, request=mine.request, evidence=(ledger,))

    facts = table.waits(days=4)

    assert "FactStood" not in kinds(facts)
    assert table.holder == "house/service"


def test_R3_who_does_not_control_the_record_is_not_presumed_against() -> None:
    table = given_at_desk()
    table.does(BOSS, ask.AskProof, fact=COMPLETE, of=COURIER, forced_because=WORDS)
    table.served(COURIER)

    assert "FactStood" not in kinds(table.until_due(ClockKind.PROVE))


def test_R3_without_any_concrete_assertion_nothing_is_presumed() -> None:
    table = given_at_desk(alleged=())
    table.does(AGENT, ask.AskProof, fact=COMPLETE, of=MERCHANT)
    table.served(MERCHANT)

    assert "FactStood" not in kinds(table.until_due(ClockKind.PROVE))


def test_R3_a_party_served_on_one_channel_only_is_not_presumed_against() -> None:
    table = given_at_desk()
    table.does(AGENT, ask.AskProof, fact=COMPLETE, of=MERCHANT)
    table.served(MERCHANT, Channel.MAIL)

    facts = table.until_due(ClockKind.PROVE)

    assert Standing.PRESUMED not in {f.standing for f in facts if isinstance(f, FactStood)}


def test_R3_a_presumption_is_rebuttable_by_proof() -> None:
    table = given_at_desk()
    table.does(AGENT, ask.AskProof, fact=COMPLETE, of=MERCHANT)
    table.served(MERCHANT)
    table.until_due(ClockKind.PROVE)
    proof = table.shows(AT_MERCHANT, PACKING)

    table.does(
        AGENT,
        ask.StateFact,
        fact=COMPLETE,
        standing=Standing.PROVEN,
        value="yes",
        evidence=(proof,),
    )

    assert table.case.facts.standing(COMPLETE) is Standing.PROVEN


def test_R4_a_supervisor_may_force_a_request_with_a_reason_and_it_is_counted() -> None:
    table = given_at_desk()
    reasks = table.case.requests.reasks

    facts = table.does(BOSS, ask.AskProof, fact=COMPLETE, of=CONSUMER, forced_because=WORDS)

    assert of(facts, ProofRequested).forced_because == WORDS
    assert table.case.requests.reasks == reasks + 1


@pytest.mark.parametrize(("assesses", "holder"), [(True, "house/service"), (False, CONSUMER)])
def test_R4_what_is_forced_takes_the_ball_along_only_where_no_request_is_ever_valid(
    *, assesses: bool, holder: str
) -> None:
    table = given_at_desk(rules=replace(RULES, assesses=assesses))

    table.does(BOSS, ask.AskProof, fact=COMPLETE, of=CONSUMER, forced_because=WORDS)

    assert table.holder == holder


def test_R4_nobody_else_may_force_one() -> None:
    table = given_at_desk()

    with pytest.raises(NotAllowed, match="supervisor-only"):
        table.does(AGENT, ask.AskProof, fact=COMPLETE, of=CONSUMER, forced_because=WORDS)


def test_R2_the_same_question_is_not_put_twice_while_it_is_open() -> None:
    table = given_at_desk()
    table.does(AGENT, ask.AskProof, fact=COMPLETE, of=MERCHANT)

    with pytest.raises(NotAllowed, match="asked-and-open"):
        table.does(AGENT, ask.AskProof, fact=COMPLETE, of=MERCHANT)


def test_R2_only_the_house_and_who_has_a_duty_ask() -> None:
    table = given(problem=Problem.NOT_RECEIVED)

    with pytest.raises(NotAllowed, match="ask-through-desk"):
        table.does(SU, ask.AskProof, fact=COMPLETE, of=MERCHANT)
    with pytest.raises(NotAllowed, match="owes-nothing"):
        table.does(AT_COURIER, ask.AskProof, fact=COMPLETE, of=MERCHANT)


@pytest.mark.parametrize(
    ("fact", "value"),
    [("received-on", "yesterday"), ("paid", "-1"), ("repair-days", "10000000"), ("bought", "so")],
)
def test_a_value_that_the_law_cannot_read_is_not_let_into_the_case(fact: str, value: str) -> None:
    table = given_at_desk()

    with pytest.raises(NotAllowed, match="value-does-not-fit"):
        table.does(SU, ask.StateFact, fact=FactKey(fact), standing=Standing.ALLEGED, value=value)


@pytest.mark.parametrize("shown", [(), (ProofKind("other"),)])
def test_R2_words_or_an_unlisted_item_answer_without_proof_and_are_not_silence(
    shown: tuple[ProofKind, ...],
) -> None:
    table = given_asked_by_merchant()
    items = tuple(table.shows(SU, kind) for kind in shown)
    seq = len(table.log)

    facts = table.does(SU, ask.AnswerRequest, request="request-1", text=WORDS, evidence=items)

    assert of(facts, RequestEnded).end is RequestEnd.WITHOUT_PROOF
    assert table.holder == MERCHANT
    last = table.case.custody.last_progress
    assert last is None or last <= seq


def test_R2_an_answer_without_proof_may_be_clarified_once() -> None:
    table = given_asked_by_merchant()
    table.does(SU, ask.AnswerRequest, request="request-1", text=WORDS)
    clarify = {"fact": BOUGHT, "of": CONSUMER, "clarifies": "request-1"}

    again = table.does(AT_MERCHANT, ask.AskProof, fact=BOUGHT, of=CONSUMER)
    assert of(again, RequestRejected).because == "answered"
    assert "ProofRequested" in kinds(table.does(AT_MERCHANT, ask.AskProof, **clarify))


def test_R2_an_answer_of_nothing_is_none() -> None:
    table = given_asked_by_merchant()

    with pytest.raises(NotAllowed, match="nothing-delivered"):
        table.does(SU, ask.AnswerRequest, request="request-1")
