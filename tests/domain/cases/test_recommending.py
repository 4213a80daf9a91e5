"""A house without the power to decide recommends: it binds nobody who does not accept it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import (
    CaseClosed,
    DecisionPronounced,
    NoticeKind,
    OfferEnd,
    OfferMade,
    Outcome,
    PacketReleased,
    RemedyOwed,
    Ruling,
)
from buckstop.domain.cases.now import HouseRules, Powers
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Event
from buckstop.domain.words.ids import RowId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, HOUSE, Actor
from tests.domain.cases.cast import (
    AGENT,
    AT_MERCHANT,
    BOSS,
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
    given_at_desk,
    kinds,
    of,
)

ONLY_RECOMMENDS = replace(RULES, powers=Powers(decide=False))
LIABLE = replace(RULES, is_liable=True, powers=Powers(decide=False))
AGAINST: dict[str, Any] = {
    "ruling": Ruling.AGAINST_CONSUMER,
    "debtor": None,
    "remedy": None,
}


def given_pronounced(
    rules: HouseRules = ONLY_RECOMMENDS,
    **written: Any,
) -> tuple[Table, tuple[Event, ...]]:
    """Let two people of the desk write what they think right; gives what followed."""
    table = given_at_desk(rules=rules)
    table.served(MERCHANT, kind=NoticeKind.SERVICE)
    table.does(AGENT, ask.FreezeRecord)
    said = {"ruling": Ruling.IN_PART, "debtor": MERCHANT, "remedy": HALF}
    basis = {"findings": (RowId("EVD-91"),), "facts": (), "reasons": WORDS}
    table.does(AGENT, ask.ProposeDecision, **{**said, **basis, **written})
    return table, table.does(OTHER_AGENT, ask.SignDecision, decision="decision-1")


def test_a_recommendation_makes_nothing_owed_and_is_put_to_both_sides() -> None:
    table, facts = given_pronounced()

    assert of(facts, DecisionPronounced).form == "recommendation"
    assert "RemedyOwed" not in kinds(facts)
    put = [(f.by, f.to, f.remedy, f.decision) for f in facts if isinstance(f, OfferMade)]
    assert put == [
        (HOUSE, MERCHANT, HALF, "decision-1"),
        (HOUSE, CONSUMER, HALF, "decision-1"),
    ]
    assert (table.holder, table.case.custody.expected) == (MERCHANT, "answer-offer")
    assert {c.party for c in table.case.clocks.alive(ClockKind.OFFER)} == {MERCHANT, CONSUMER}


@pytest.mark.parametrize("first", [SU, AT_MERCHANT])
def test_a_recommendation_binds_once_both_have_accepted_it(first: Actor) -> None:
    table, _ = given_pronounced()
    offers = {SU: "offer-2", AT_MERCHANT: "offer-1"}
    second = AT_MERCHANT if first == SU else SU

    alone = table.does(first, ask.AcceptOffer, offer=offers[first])
    both = table.does(second, ask.AcceptOffer, offer=offers[second])

    assert "RemedyOwed" not in kinds(alone)
    owed = of(both, RemedyOwed)
    assert (owed.by, owed.what, owed.source) == (MERCHANT, HALF, "recommendation")
    assert (table.holder, table.case.custody.expected) == (MERCHANT, "fulfil-remedy")


def test_a_recommendation_that_its_debtor_accepted_waits_for_the_consumer() -> None:
    table, _ = given_pronounced()

    table.does(AT_MERCHANT, ask.AcceptOffer, offer="offer-1")

    assert (table.holder, table.case.custody.expected) == (CONSUMER, "answer-offer")


@pytest.mark.parametrize(("by", "offer"), [(SU, "offer-2"), (AT_MERCHANT, "offer-1")])
def test_a_recommendation_that_one_side_rejects_fails_and_offers_the_next_rung(
    by: Actor,
    offer: str,
) -> None:
    table, _ = given_pronounced()

    facts = table.does(by, ask.RejectOffer, offer=offer)

    released = of(facts, PacketReleased)
    assert (released.rung, released.because) == ("regulator", "mediation-failed")
    assert {o.end for o in table.case.offers.every.values()} == {OfferEnd.REJECTED, OfferEnd.MOOT}
    assert table.case.remedies.every == {}
    assert (table.holder, table.case.tasks.open) == ("house/service", ())
    assert table.clock(ClockKind.HANDLE).running
    assert (
        of(
            table.does(BOSS, ask.HandOver, rung="court", because="mediation-failed"), CaseClosed
        ).outcome
        is Outcome.HANDED_OVER
    )


def test_a_recommendation_that_meets_silence_lapses_once_and_is_nobodys_fault() -> None:
    table, _ = given_pronounced()

    facts = table.waits(days=4)

    assert kinds(facts).count("PacketReleased") == 1
    assert table.case.remedies.every == {}
    assert table.case.closing.failings == ()
    assert table.holder == "house/service"


def test_a_recommendation_rejected_after_the_debtor_accepted_comes_back_to_the_desk() -> None:
    table, _ = given_pronounced()
    table.does(AT_MERCHANT, ask.AcceptOffer, offer="offer-1")

    table.does(SU, ask.RejectOffer, offer="offer-2")

    assert table.holder == "house/service"


def test_a_recommendation_is_not_taken_back_and_not_passed_on() -> None:
    table, _ = given_pronounced()

    with pytest.raises(NotAllowed, match="not-your-offer"):
        table.does(BOSS, ask.WithdrawOffer, offer="offer-1")
    with pytest.raises(NotAllowed, match="use-the-right-answer"):
        table.passes(AT_MERCHANT, COURIER)
    with pytest.raises(NotAllowed, match="offer-to-another"):
        table.does(SU, ask.AcceptOffer, offer="offer-1")


def test_a_recommendation_is_rejected_by_a_refusal_with_the_proof_of_its_ground() -> None:
    table, _ = given_pronounced()
    proof = table.shows(AT_MERCHANT, PACKING, COMPLETE)

    table.does(AT_MERCHANT, ask.Refuse, ground="complete", evidence=(proof,))

    assert table.case.offers.open == ()
    assert table.holder == "house/service"


def test_a_recommendation_leaves_the_parties_free_to_settle_on_something_else() -> None:
    table, _ = given_pronounced()

    table.does(SU, ask.MakeOffer, remedy=WANTED)
    owed = of(table.does(AT_MERCHANT, ask.AcceptOffer, offer="offer-3"), RemedyOwed)

    assert (owed.by, owed.what, owed.source) == (MERCHANT, WANTED, "offer")
    assert table.case.offers.open == ()


def test_a_recommendation_of_a_liable_desk_about_itself_is_the_consumers_to_accept() -> None:
    table, facts = given_pronounced(
        replace(ONLY_RECOMMENDS, powers=Powers(decide=False, advance_money=True)), debtor=HOUSE
    )

    assert [f.to for f in facts if isinstance(f, OfferMade)] == [CONSUMER]
    assert table.holder == CONSUMER
    assert of(table.does(SU, ask.AcceptOffer, offer="offer-1"), RemedyOwed).by == HOUSE


def test_a_recommendation_against_the_consumer_hands_the_case_outside() -> None:
    table, facts = given_pronounced(**AGAINST)

    assert of(facts, CaseClosed).outcome is Outcome.HANDED_OVER
    assert of(facts, PacketReleased).because == "no-power"
    assert table.kinds() == {ClockKind.OUTSIDE}


def test_a_recommendation_accepted_in_time_but_recorded_late_is_put_to_the_other_again() -> None:
    table, _ = given_pronounced()
    in_time = table.case.clocks.alive(ClockKind.OFFER)[0].due - timedelta(hours=1)
    table.waits(days=4)

    table.does(AT_MERCHANT, ask.AcceptOffer, offer="offer-1", received_at=in_time)

    (again,) = table.case.offers.open
    assert (again.to, table.holder) == (CONSUMER, CONSUMER)
    assert of(table.does(SU, ask.AcceptOffer, offer=again.offer), RemedyOwed).what == HALF


def test_a_takeover_leaves_a_recommendation_beside_the_time_to_decide() -> None:
    table, _ = given_pronounced()

    table.does(BOSS, ask.TakeOver)

    assert table.kinds() >= {ClockKind.DECIDE, ClockKind.OFFER}
    assert all(table.case.clocks.every[o.clock].alive for o in table.case.offers.open)
    table.does(AT_MERCHANT, ask.AcceptOffer, offer="offer-1")
    assert table.holder == "house/service"


def test_the_own_answer_of_a_liable_house_binds_it_and_offers_the_next_rung_at_once() -> None:
    table, facts = given_pronounced(LIABLE, debtor=HOUSE)

    assert of(facts, DecisionPronounced).form == "answer"
    assert of(facts, PacketReleased).because == "own-answer"
    assert of(facts, RemedyOwed).by == HOUSE
    assert table.case.open


def test_the_own_answer_against_the_consumer_closes_with_the_next_rung_offered() -> None:
    table, facts = given_pronounced(LIABLE, **AGAINST)

    assert of(facts, PacketReleased).because == "own-answer"
    assert of(facts, CaseClosed).outcome is Outcome.DECIDED_AGAINST
    proof = table.shows(SU, PACKING)
    assert table.does(SU, ask.Appeal, text=WORDS, evidence=(proof,))
