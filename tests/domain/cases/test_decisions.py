"""Decisions, appeals and settlements."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from buckstop.domain.buck_passing.from_case import trail_of
from buckstop.domain.buck_passing.trail import Term
from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import (
    BallMoved,
    CaseClosed,
    DecisionPronounced,
    EvidenceSubmitted,
    OfferEnd,
    OfferEnded,
    Outcome,
    RecordFrozen,
    RemedyOwed,
    Ruling,
)
from buckstop.domain.cases.now import Powers
from buckstop.domain.cases.state.decisions import Stage
from buckstop.domain.words.calendar import Span, Unit
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.ids import DecisionId, PersonId, RowId
from buckstop.domain.words.money import Fen
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, HOUSE, Actor, Role
from buckstop.domain.words.purchase import Remedy, RemedyKind
from tests.domain.cases.cast import (
    AGENT,
    AT_COURIER,
    AT_MERCHANT,
    BOSS,
    BOT,
    COMPLETE,
    COURIER,
    HALF,
    MERCHANT,
    OTHER_AGENT,
    PACKING,
    RULES,
    SU,
    WANTED,
    WORDS,
    Table,
    given,
    given_at_desk,
    given_delivered,
    given_owed,
    given_taken_over,
    kinds,
    of,
)

NEW_BOSS = Actor(role=Role.SUPERVISOR, party=HOUSE, person=PersonId("new-boss"), desk=BOSS.desk)
FOR_HER: dict[str, Any] = {
    "ruling": Ruling.FOR_CONSUMER,
    "debtor": MERCHANT,
    "remedy": WANTED,
    "findings": (RowId("EVD-91"),),
    "facts": (),
    "reasons": WORDS,
}
AGAINST_HER: dict[str, Any] = {
    **FOR_HER, "ruling": Ruling.AGAINST_CONSUMER, "debtor": None, "remedy": None,
}  # fmt: skip


def given_frozen(**told: Any) -> Table:
    """Let the desk freeze the record."""
    table = given_at_desk(**told)
    table.served(MERCHANT)
    table.does(AGENT, ask.FreezeRecord)
    return table


def given_decided() -> Table:
    """Let two people decide for the consumer."""
    table = given_frozen()
    table.does(AGENT, ask.ProposeDecision, **FOR_HER)
    table.does(OTHER_AGENT, ask.SignDecision, decision="decision-1")
    return table


def given_decided_against() -> Table:
    """Let two people decide against the consumer; the case is closed."""
    table = given_frozen()
    table.does(AGENT, ask.ProposeDecision, **AGAINST_HER)
    table.does(OTHER_AGENT, ask.SignDecision, decision="decision-1")
    return table


def test_decisions_come_after_the_record_is_frozen() -> None:
    with pytest.raises(NotAllowed, match="freeze-first"):
        given_at_desk().does(AGENT, ask.ProposeDecision, **FOR_HER)


def test_decisions_the_frozen_record_lists_what_counts_and_later_items_are_marked_late() -> None:
    table = given_at_desk()
    early = table.shows(SU, PACKING)

    frozen = of(table.does(AGENT, ask.FreezeRecord), RecordFrozen)
    table.shows(SU, PACKING)

    assert frozen.evidence == (early,)
    submitted = [e.event for e in table.log if isinstance(e.event, EvidenceSubmitted)]
    assert [item.late for item in submitted] == [False, True]


def test_decisions_once_one_stands_what_comes_is_not_late() -> None:
    table = given_decided()

    table.shows(AT_MERCHANT, PACKING)

    last = [e.event for e in table.log if isinstance(e.event, EvidenceSubmitted)][-1]
    assert not last.late


def _lateness(table: Table) -> list[bool]:
    return [e.event.late for e in table.log if isinstance(e.event, EvidenceSubmitted)]


def test_decisions_an_agreement_ends_the_freezing_so_the_proof_of_it_is_not_late() -> None:
    table = given_taken_over()
    table.does(AT_MERCHANT, ask.MakeOffer, remedy=HALF)
    table.does(AGENT, ask.FreezeRecord)
    table.does(SU, ask.AcceptOffer, offer="offer-1")

    table.shows(AT_MERCHANT, PACKING)

    assert _lateness(table) == [False]


def test_decisions_what_is_asked_for_after_the_freezing_is_not_late() -> None:
    table = given_frozen()
    table.does(AGENT, ask.AskProof, fact=COMPLETE, of=MERCHANT)

    proof = table.shows(AT_MERCHANT, PACKING)
    table.does(AT_MERCHANT, ask.AnswerRequest, request="request-1", evidence=(proof,))

    assert _lateness(table) == [False]
    with pytest.raises(NotAllowed, match="freeze-first"):
        table.does(AGENT, ask.ProposeDecision, **FOR_HER)


def test_three_times_an_item_received_before_the_freezing_is_not_late_when_recorded_after() -> (
    None
):
    table = given_frozen()
    before = table.at - timedelta(minutes=1)

    for received in (before, table.at):
        item = {"kind": PACKING, "name": WORDS, "media_type": "text/plain", "size": 4}
        sums = {"sha256": "0" * 64, "sm3": "0" * 64}
        table.does(SU, ask.SubmitEvidence, received_at=received, **item, **sums)

    assert _lateness(table) == [False, True]


def test_decisions_cite_findings() -> None:
    with pytest.raises(NotAllowed, match="decision-needs-findings"):
        given_frozen().does(AGENT, ask.ProposeDecision, **{**FOR_HER, "findings": ()})


def test_decisions_that_depart_from_like_cases_need_a_sentence() -> None:
    table = given_frozen()
    departing = {**FOR_HER, "like_cases": ("T-9",), "like_cases_differ": True}

    with pytest.raises(NotAllowed, match="departure-needs-sentence"):
        table.does(AGENT, ask.ProposeDecision, **departing)
    assert table.does(AGENT, ask.ProposeDecision, **departing, departure=WORDS)


def test_decisions_are_made_by_a_person() -> None:
    with pytest.raises(NotAllowed, match="person-only"):
        given_frozen().does(BOT, ask.ProposeDecision, **FOR_HER)


def test_decisions_that_move_money_need_a_second_person() -> None:
    table = given_frozen()

    facts = table.does(AGENT, ask.ProposeDecision, **FOR_HER)

    assert "DecisionPronounced" not in kinds(facts)
    with pytest.raises(NotAllowed, match="second-person-needed"):
        table.does(AGENT, ask.SignDecision, decision="decision-1")
    signed = table.does(OTHER_AGENT, ask.SignDecision, decision="decision-1")
    assert of(signed, DecisionPronounced).second == OTHER_AGENT.person


def test_decisions_against_the_consumer_close_the_case_so_they_need_a_second_person_too() -> None:
    table = given_frozen()

    facts = table.does(AGENT, ask.ProposeDecision, **AGAINST_HER)

    assert kinds(facts) == ["DecisionProposed"]
    assert table.case.open


@pytest.mark.parametrize("row", ["CPL-999", "made up", "house:", "house:he was rude"])
def test_decisions_cite_findings_of_the_case_or_rules_of_the_house(row: str) -> None:
    table = given_frozen()

    with pytest.raises(NotAllowed, match="no-such-finding"):
        table.does(AGENT, ask.ProposeDecision, **{**FOR_HER, "findings": (RowId(row),)})
    own = (RowId("house:bounce"),)
    assert table.does(AGENT, ask.ProposeDecision, **{**FOR_HER, "findings": own})


def test_decisions_rest_on_facts_that_there_are() -> None:
    with pytest.raises(NotAllowed, match="no-such-fact"):
        given_frozen().does(AGENT, ask.ProposeDecision, **{**FOR_HER, "facts": ("rude",)})


def test_decisions_bind_nobody_who_was_never_reached() -> None:
    table = given_at_desk()
    table.does(AGENT, ask.FreezeRecord)

    with pytest.raises(NotAllowed, match="debtor-never-reached"):
        table.does(AGENT, ask.ProposeDecision, **FOR_HER)


def test_decisions_about_more_than_price_demand_and_what_is_due_need_a_sentence() -> None:
    table = given_frozen()
    much = {**FOR_HER, "remedy": replace(WANTED, amount=Fen(900_000))}

    with pytest.raises(NotAllowed, match="amount-needs-sentence"):
        table.does(AGENT, ask.ProposeDecision, **much)
    assert table.does(AGENT, ask.ProposeDecision, **much, departure=WORDS)


@pytest.mark.parametrize("amount", [-1, 2**53])
def test_decisions_name_a_possible_amount(amount: int) -> None:
    impossible = {**FOR_HER, "remedy": replace(WANTED, amount=Fen(amount))}

    with pytest.raises(NotAllowed, match="amount-out-of-range"):
        given_frozen().does(AGENT, ask.ProposeDecision, **impossible, departure=WORDS)


def test_decisions_a_bot_is_no_second_person() -> None:
    table = given_frozen()
    table.does(AGENT, ask.ProposeDecision, **FOR_HER)

    with pytest.raises(NotAllowed, match="person-only"):
        table.does(BOT, ask.SignDecision, decision="decision-1")


def test_decisions_the_second_person_can_send_it_back_with_a_reason() -> None:
    table = given_frozen()
    table.does(AGENT, ask.ProposeDecision, **FOR_HER)

    table.does(OTHER_AGENT, ask.SendBackDecision, decision="decision-1", reason=WORDS)

    assert table.does(AGENT, ask.ProposeDecision, **FOR_HER)


@pytest.mark.parametrize(
    ("rules", "form"),
    [
        (RULES, "decision"),
        (replace(RULES, powers=Powers(decide=False)), "recommendation"),
        (replace(RULES, is_liable=True), "answer"),
    ],
)
def test_decisions_are_called_what_the_house_has_the_power_to(rules: Any, form: str) -> None:  # noqa: ANN401
    table = given_frozen(rules=rules)

    table.does(AGENT, ask.ProposeDecision, **AGAINST_HER)
    facts = table.does(OTHER_AGENT, ask.SignDecision, decision="decision-1")

    assert of(facts, DecisionPronounced).form == form


def test_decisions_against_close_the_case_with_reasons_and_the_way_to_appeal_open() -> None:
    table = given_decided_against()

    assert table.case.closing.outcome is Outcome.DECIDED_AGAINST
    proof = table.shows(SU, PACKING)
    assert table.does(SU, ask.Appeal, text=WORDS, evidence=(proof,))


def test_a_decision_never_signed_falls_away_when_the_parties_settle() -> None:
    table = given_taken_over()
    table.does(AT_MERCHANT, ask.MakeOffer, remedy=HALF)
    table.does(AGENT, ask.FreezeRecord)
    table.does(AGENT, ask.ProposeDecision, **FOR_HER)
    table.does(SU, ask.AcceptOffer, offer="offer-1")

    assert table.case.decisions.every[DecisionId("decision-1")].stage is Stage.OVERTAKEN
    with pytest.raises(NotAllowed, match="no-proposed-decision"):
        table.does(OTHER_AGENT, ask.SignDecision, decision="decision-1")


# --- appeal -----------------------------------------------------------------------------------


def test_an_appeal_needs_something_new() -> None:
    table = given_decided()

    with pytest.raises(NotAllowed, match="appeal-needs-something-new"):
        table.does(SU, ask.Appeal, text=WORDS)


def test_an_appeal_has_its_own_clock_and_brings_the_ball_to_the_supervisor() -> None:
    table = given_decided()
    proof = table.shows(AT_MERCHANT, PACKING)

    table.does(AT_MERCHANT, ask.Appeal, text=WORDS, evidence=(proof,))

    assert table.holder == "house/supervision"
    assert ClockKind.APPEAL_DECIDE in table.kinds()
    assert ClockKind.FULFIL not in table.kinds()


def test_an_appeal_against_a_supervisor_s_own_decision_waits_for_another_of_the_desk() -> None:
    table = given_frozen()
    table.does(AGENT, ask.ProposeDecision, **FOR_HER)
    table.does(BOSS, ask.SignDecision, decision="decision-1")
    proof = table.shows(AT_MERCHANT, PACKING)

    moved = of(table.does(AT_MERCHANT, ask.Appeal, text=WORDS, evidence=(proof,)), BallMoved)

    assert (moved.to.desk, moved.to.person) == (RULES.supervisor_desk, None)


@pytest.mark.parametrize("decider", [AGENT, OTHER_AGENT])
def test_an_appeal_is_decided_by_somebody_who_neither_wrote_nor_signed(decider: Actor) -> None:
    table = given_decided()
    proof = table.shows(AT_MERCHANT, PACKING)
    table.does(AT_MERCHANT, ask.Appeal, text=WORDS, evidence=(proof,))
    table.does(BOSS, ask.FreezeRecord)

    with pytest.raises(NotAllowed, match="another-decider-needed"):
        table.does(decider, ask.ProposeDecision, **AGAINST_HER)
    table.does(BOSS, ask.ProposeDecision, **FOR_HER)
    with pytest.raises(NotAllowed, match="another-decider-needed"):
        table.does(decider, ask.SignDecision, decision="decision-2")
    assert table.does(NEW_BOSS, ask.SignDecision, decision="decision-2")


def test_an_appeal_can_reverse_the_first_decision() -> None:
    table = given_decided()
    proof = table.shows(AT_MERCHANT, PACKING)
    table.does(AT_MERCHANT, ask.Appeal, text=WORDS, evidence=(proof,))
    table.does(BOSS, ask.FreezeRecord)

    table.does(BOSS, ask.ProposeDecision, **AGAINST_HER)
    facts = table.does(NEW_BOSS, ask.SignDecision, decision="decision-2")

    assert of(facts, CaseClosed).outcome is Outcome.DECIDED_AGAINST
    assert not table.case.remedies.open


def test_an_appeal_reopens_a_case_that_the_decision_closed() -> None:
    table = given_decided_against()
    proof = table.shows(SU, PACKING)

    table.does(SU, ask.Appeal, text=WORDS, evidence=(proof,))

    assert table.case.open
    assert table.holder == "house/supervision"


def test_an_appeal_comes_within_its_time_and_once() -> None:
    table = given_decided_against()
    proof = table.shows(SU, PACKING)
    table.waits(days=16)

    with pytest.raises(NotAllowed, match="appeal-too-late"):
        table.does(SU, ask.Appeal, text=WORDS, evidence=(proof,))


def test_an_appeal_received_in_time_counts_though_it_is_recorded_late() -> None:
    table = given_decided_against()
    proof = table.shows(SU, PACKING)
    in_time = table.at
    table.waits(days=16)

    assert table.does(SU, ask.Appeal, text=WORDS, evidence=(proof,), received_at=in_time)


def test_the_house_does_not_appeal_against_itself() -> None:
    table = given_decided()
    proof = table.shows(AGENT, PACKING)

    with pytest.raises(NotAllowed, match="parties-only"):
        table.does(AGENT, ask.Appeal, text=WORDS, evidence=(proof,))


# --- settlement -------------------------------------------------------------------------------


def test_settlement_an_accepted_offer_binds() -> None:
    table = given()
    table.does(AT_MERCHANT, ask.MakeOffer, remedy=HALF, fulfil_days=5)

    owed = of(table.does(SU, ask.AcceptOffer, offer="offer-1"), RemedyOwed)

    assert (owed.by, owed.what, table.holder) == (MERCHANT, HALF, MERCHANT)


def test_settlement_an_offer_is_never_an_admission() -> None:
    table = given()
    before = table.case.facts

    table.does(AT_MERCHANT, ask.MakeOffer, remedy=WANTED)

    assert table.case.facts == before


def test_settlement_nobody_accepts_their_own_offer() -> None:
    table = given()
    table.does(AT_MERCHANT, ask.MakeOffer, remedy=HALF)

    with pytest.raises(NotAllowed, match="own-offer"):
        table.does(AT_MERCHANT, ask.AcceptOffer, offer="offer-1")


def test_settlement_an_offer_is_for_the_one_it_was_made_to() -> None:
    table = given()
    table.does(AT_MERCHANT, ask.MakeOffer, remedy=HALF)

    with pytest.raises(NotAllowed, match="offer-to-another"):
        table.does(AT_COURIER, ask.AcceptOffer, offer="offer-1")
    with pytest.raises(NotAllowed, match="offer-to-consumer-only"):
        table.does(AT_COURIER, ask.MakeOffer, remedy=HALF, to=MERCHANT)


def test_settlement_a_counter_offer_replaces_the_offer_and_gives_the_ball_to_the_other() -> None:
    table = given()
    table.does(AT_MERCHANT, ask.MakeOffer, remedy=HALF)

    facts = table.does(SU, ask.MakeOffer, remedy=WANTED)

    assert of(facts, OfferEnded).end is OfferEnd.REPLACED
    assert (table.holder, table.case.custody.expected) == (MERCHANT, "answer-offer")
    accepted = of(table.does(AT_MERCHANT, ask.AcceptOffer, offer="offer-2"), RemedyOwed)
    assert accepted.by == MERCHANT


def test_settlement_a_second_counter_offer_is_owed_an_answer_in_place_of_the_first() -> None:
    table = given()
    table.does(AT_MERCHANT, ask.MakeOffer, remedy=HALF)
    table.does(SU, ask.MakeOffer, remedy=WANTED)

    table.does(SU, ask.MakeOffer, remedy=HALF)

    (owed,) = table.case.tasks.open
    assert table.clock(ClockKind.OFFER).clock == owed.clock
    assert (table.holder, table.case.custody.due) == (MERCHANT, table.clock(ClockKind.OFFER).due)


def test_settlement_silence_to_a_counter_offer_lets_it_lapse_and_brings_the_desk_in() -> None:
    table = given()
    table.does(AT_MERCHANT, ask.MakeOffer, remedy=HALF)
    table.does(SU, ask.MakeOffer, remedy=WANTED)

    facts = table.until_due(ClockKind.OFFER)

    assert of(facts, OfferEnded).end is OfferEnd.LAPSED
    assert table.holder == "house/service"


def test_settlement_a_counter_offer_brings_one_clock_to_accept_it_and_no_other_duty() -> None:
    rules = replace(RULES, lengths={**RULES.lengths, ClockKind.RESPOND: Span(1, Unit.DAYS)})
    table = given(rules=rules)
    table.does(AT_MERCHANT, ask.MakeOffer, remedy=HALF)
    table.does(SU, ask.MakeOffer, remedy=WANTED)
    table.waits(days=2)

    table.does(AT_MERCHANT, ask.AcceptOffer, offer="offer-2")

    assert table.case.remedies.open[0].what == WANTED
    assert table.case.closing.failings == ()
    assert not [c for c in trail_of(table.log, table.at).charges if c.term is Term.MISSED_DUE]


def test_settlement_a_counter_offer_can_be_countered_again_by_who_has_to_answer_it() -> None:
    table = given()
    table.does(AT_MERCHANT, ask.MakeOffer, remedy=HALF)
    table.does(SU, ask.MakeOffer, remedy=WANTED)

    table.does(AT_MERCHANT, ask.MakeOffer, remedy=HALF)

    assert table.holder == CONSUMER
    assert table.case.tasks.open == ()
    assert [o.offer for o in table.case.offers.open] == ["offer-3"]


def test_settlement_silence_of_the_consumer_lets_an_offer_lapse_and_loses_nothing() -> None:
    table = given()
    table.does(AT_MERCHANT, ask.MakeOffer, remedy=HALF)

    facts = table.until_due(ClockKind.OFFER)

    assert of(facts, OfferEnded).end is OfferEnd.LAPSED
    assert table.case.open
    assert table.holder == "house/service"
    assert not table.case.closing.lapses


def test_settlement_a_rejected_offer_brings_the_ball_to_the_desk() -> None:
    table = given()
    table.does(AT_MERCHANT, ask.MakeOffer, remedy=HALF)

    table.does(SU, ask.RejectOffer, offer="offer-1")

    assert table.holder == "house/service"


def test_settlement_an_offer_of_money_names_an_amount() -> None:
    nothing = Remedy(kind=RemedyKind.REFUND, amount=Fen(0))

    with pytest.raises(NotAllowed, match="offer-needs-amount"):
        given().does(AT_MERCHANT, ask.MakeOffer, remedy=nothing)


def test_settlement_agreeing_twice_wins_no_new_time() -> None:
    table = given_owed()
    before = table.clock(ClockKind.FULFIL)

    with pytest.raises(NotAllowed, match="owed-already"):
        table.does(AT_MERCHANT, ask.AgreeClaim)
    assert table.clock(ClockKind.FULFIL) == before


def test_fulfilment_is_proven_step_by_step_and_confirmed() -> None:
    table = given_owed()
    proof = table.shows(AT_MERCHANT, PACKING)
    table.does(AT_MERCHANT, ask.ProveFulfilment, remedy="remedy-1", evidence=proof, complete=False)
    assert table.holder == MERCHANT
    rest = table.shows(AT_MERCHANT, PACKING)
    table.does(AT_MERCHANT, ask.ProveFulfilment, remedy="remedy-1", evidence=rest)
    assert table.holder == CONSUMER

    facts = table.does(SU, ask.ConfirmFulfilment, remedy="remedy-1")

    assert of(facts, CaseClosed).outcome is Outcome.FULFILLED


def test_fulfilment_is_not_proven_by_an_item_of_the_consumer_or_from_before() -> None:
    table = given()
    early = table.shows(AT_MERCHANT, PACKING)
    table.waits(hours=1)
    table.does(AT_MERCHANT, ask.AgreeClaim)
    for item in (early, table.shows(SU, PACKING), table.shows(AT_COURIER, PACKING)):
        with pytest.raises(NotAllowed, match="not-proof-of-doing"):
            table.does(AT_MERCHANT, ask.ProveFulfilment, remedy="remedy-1", evidence=item)

    desks = table.shows(AGENT, PACKING)

    assert table.does(AGENT, ask.ProveFulfilment, remedy="remedy-1", evidence=desks)


def test_fulfilment_that_is_disputed_goes_to_the_desk() -> None:
    table = given_delivered()

    table.does(SU, ask.DisputeFulfilment, remedy="remedy-1", text=WORDS)

    assert table.holder == "house/service"
    assert table.case.open


def test_fulfilment_that_does_not_come_goes_to_the_house_to_decide() -> None:
    table = given_owed()

    table.until_due(ClockKind.FULFIL)

    assert (table.holder, table.case.custody.expected) == ("house/service", "decide")


def test_fulfilment_is_for_the_debtor_to_prove() -> None:
    table = given_owed()
    proof = table.shows(AT_COURIER, PACKING)

    with pytest.raises(NotAllowed, match="not-the-debtor"):
        table.does(AT_COURIER, ask.ProveFulfilment, remedy="remedy-1", evidence=proof)
    assert COURIER in table.case.parties.members


def test_a_house_without_the_power_to_advance_money_does_not_pay_itself() -> None:
    table = given_taken_over()
    table.does(BOSS, ask.FreezeRecord)

    with pytest.raises(NotAllowed, match="no-power-to-advance"):
        table.does(BOSS, ask.ProposeDecision, **{**FOR_HER, "debtor": HOUSE})


def test_a_house_without_the_power_to_advance_money_offers_none_of_its_own() -> None:
    with pytest.raises(NotAllowed, match="no-power-to-advance"):
        given_at_desk().does(BOSS, ask.MakeOffer, remedy=HALF)


@pytest.mark.parametrize(
    "rules",
    [replace(RULES, powers=Powers(advance_money=True)), replace(RULES, is_liable=True)],
)
def test_an_offer_of_a_house_that_may_pay_is_made_by_a_supervisor(rules: Any) -> None:  # noqa: ANN401
    table = given_at_desk(rules=rules)

    with pytest.raises(NotAllowed, match="supervisor-only"):
        table.does(AGENT, ask.MakeOffer, remedy=HALF)
    table.does(BOSS, ask.MakeOffer, remedy=HALF)
    assert of(table.does(SU, ask.AcceptOffer, offer="offer-1"), RemedyOwed).by == HOUSE
