"""Settlement: offers and counter-offers bind if they are accepted, and admit nothing."""

from dataclasses import replace

import pytest

from buckstop.domain.buck_passing.from_case import trail_of
from buckstop.domain.buck_passing.trail import Term
from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import (
    OfferEnd,
    OfferEnded,
    RemedyOwed,
)
from buckstop.domain.cases.now import HouseRules, Powers
from buckstop.domain.words.calendar import Span, Unit
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.money import Fen
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, HOUSE
from buckstop.domain.words.purchase import Remedy, RemedyKind
from tests.domain.cases.cast import (
    AGENT,
    AT_COURIER,
    AT_MERCHANT,
    BOSS,
    HALF,
    MERCHANT,
    RULES,
    SU,
    WANTED,
    given,
    given_at_desk,
    given_owed,
    of,
)


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


def test_a_house_without_the_power_to_advance_money_offers_none_of_its_own() -> None:
    with pytest.raises(NotAllowed, match="no-power-to-advance"):
        given_at_desk().does(BOSS, ask.MakeOffer, remedy=HALF)


@pytest.mark.parametrize(
    "rules",
    [replace(RULES, powers=Powers(advance_money=True)), replace(RULES, is_liable=True)],
)
def test_an_offer_of_a_house_that_may_pay_is_made_by_a_supervisor(rules: HouseRules) -> None:
    table = given_at_desk(rules=rules)

    with pytest.raises(NotAllowed, match="supervisor-only"):
        table.does(AGENT, ask.MakeOffer, remedy=HALF)
    table.does(BOSS, ask.MakeOffer, remedy=HALF)
    assert of(table.does(SU, ask.AcceptOffer, offer="offer-1"), RemedyOwed).by == HOUSE
