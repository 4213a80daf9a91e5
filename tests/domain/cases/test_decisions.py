"""Decisions: by a person, on findings and facts, and with a second where money moves."""

from dataclasses import replace
from datetime import timedelta

import pytest

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import (
    DecisionPronounced,
    EvidenceSubmitted,
    Outcome,
    RecordFrozen,
)
from buckstop.domain.cases.now import HouseRules, Powers
from buckstop.domain.cases.state.decisions import Stage
from buckstop.domain.words.ids import DecisionId, RowId
from buckstop.domain.words.money import Fen
from buckstop.domain.words.not_allowed import NotAllowed
from tests.domain.cases.cast import (
    AGENT,
    AT_MERCHANT,
    BOT,
    COMPLETE,
    HALF,
    MERCHANT,
    OTHER_AGENT,
    PACKING,
    RULES,
    SU,
    WANTED,
    WORDS,
    Table,
    given_at_desk,
    given_taken_over,
    kinds,
    of,
)
from tests.domain.cases.decided import (
    AGAINST_HER,
    FOR_HER,
    given_decided,
    given_decided_against,
    given_frozen,
)


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
def test_decisions_are_called_what_the_house_has_the_power_to(
    rules: HouseRules, form: str
) -> None:
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
