"""Fulfilment: what is owed is proven, confirmed or disputed."""

import pytest

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import (
    CaseClosed,
    Outcome,
)
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, HOUSE
from tests.domain.cases.cast import (
    AGENT,
    AT_COURIER,
    AT_MERCHANT,
    BOSS,
    COURIER,
    MERCHANT,
    PACKING,
    SU,
    WORDS,
    given,
    given_delivered,
    given_owed,
    given_taken_over,
    of,
)
from tests.domain.cases.decided import FOR_HER


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
