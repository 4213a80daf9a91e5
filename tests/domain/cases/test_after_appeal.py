"""What is owed after an appeal, where the first decision had been carried out meanwhile."""

from typing import Any

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import CaseClosed, Outcome, RemedyOwed
from buckstop.domain.cases.state.case import to_come_back
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Event
from buckstop.domain.words.ids import PersonId
from buckstop.domain.words.money import Fen
from buckstop.domain.words.party import CONSUMER, HOUSE, Actor, Role
from buckstop.domain.words.purchase import Remedy, RemedyKind
from tests.domain.cases.cast import (
    AT_MERCHANT,
    BOSS,
    HALF,
    MERCHANT,
    ORDER,
    PACKING,
    SU,
    SUPERVISION,
    WANTED,
    WORDS,
    Table,
    given_delivered,
    kinds,
    of,
)
from tests.domain.cases.decided import AGAINST_HER, FOR_HER, given_decided

ANOTHER = Actor(role=Role.SUPERVISOR, party=HOUSE, person=PersonId("another"), desk=SUPERVISION)
MORE = Remedy(kind=RemedyKind.REFUND, amount=Fen(WANTED.amount + 4_000))


def given_paid_and_appealed() -> Table:
    """Let the merchant pay what was decided, and appeal with something new."""
    table = given_decided()
    paid = table.shows(AT_MERCHANT, ORDER)
    table.does(AT_MERCHANT, ask.ProveFulfilment, remedy="remedy-1", evidence=paid)
    new = table.shows(AT_MERCHANT, PACKING)
    table.does(AT_MERCHANT, ask.Appeal, text=WORDS, evidence=(new,))
    return table


def decided_again(table: Table, **written: Any) -> tuple[Event, ...]:
    """Let two others decide the appeal; gives what followed."""
    table.does(BOSS, ask.FreezeRecord)
    table.does(BOSS, ask.ProposeDecision, **{**FOR_HER, **written})
    return table.does(ANOTHER, ask.SignDecision, decision="decision-2")


def test_an_appeal_that_fails_makes_nobody_pay_twice() -> None:
    table = given_paid_and_appealed()

    facts = decided_again(table)

    assert "RemedyOwed" not in kinds(facts)
    assert (table.holder, table.case.custody.expected) == (CONSUMER, "confirm")
    closed = of(table.does(SU, ask.ConfirmFulfilment, remedy="remedy-1"), CaseClosed)
    assert closed.outcome is Outcome.FULFILLED


def test_an_appeal_that_lowers_what_was_paid_and_confirmed_leaves_nothing_owed() -> None:
    table = given_paid_and_appealed()
    table.does(SU, ask.ConfirmFulfilment, remedy="remedy-1")

    facts = decided_again(table, remedy=HALF)

    assert "RemedyOwed" not in kinds(facts)
    assert of(facts, CaseClosed).outcome is Outcome.FULFILLED
    assert to_come_back(table.case) == {MERCHANT: WANTED.amount - HALF.amount}


def test_C7_what_has_to_come_back_is_told_and_gives_the_consumer_no_ball() -> None:
    table = given_paid_and_appealed()
    table.does(SU, ask.ConfirmFulfilment, remedy="remedy-1")

    decided_again(table, **AGAINST_HER)

    assert to_come_back(table.case) == {MERCHANT: WANTED.amount}
    assert not table.case.open
    assert not table.kinds() & {ClockKind.FULFIL, ClockKind.CONFIRM}


def test_nothing_has_to_come_back_while_no_appeal_was_decided() -> None:
    table = given_paid_and_appealed()

    assert to_come_back(table.case) == {}


def test_an_appeal_that_raises_what_was_paid_makes_the_rest_owed() -> None:
    table = given_paid_and_appealed()

    departs = {"departure": WORDS}
    owed = of(decided_again(table, remedy=MORE, **departs), RemedyOwed)

    assert (owed.by, owed.what.amount) == (MERCHANT, 4_000)
    assert table.holder == MERCHANT
    assert table.clock(ClockKind.CONFIRM).subject == "remedy-1"


def test_C10_what_is_delivered_after_a_takeover_is_confirmed_beside_the_decision() -> None:
    table = given_delivered()
    table.does(SU, ask.DisputeFulfilment, remedy="remedy-1", text=WORDS)
    table.does(BOSS, ask.TakeOver)
    again = table.shows(AT_MERCHANT, PACKING)

    table.does(AT_MERCHANT, ask.ProveFulfilment, remedy="remedy-1", evidence=again)

    assert (table.holder, table.case.custody.expected) == ("house/service", "decide")
    assert table.kinds() >= {ClockKind.DECIDE, ClockKind.CONFIRM}
    closed = of(table.does(SU, ask.ConfirmFulfilment, remedy="remedy-1"), CaseClosed)
    assert closed.outcome is Outcome.FULFILLED
