"""Goods that did not come, came broken, or came without a part (ECL-20, CIV-512)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from buckstop.domain.law import facts
from buckstop.domain.law.answer import Confidence
from buckstop.domain.law.assessment import Assessment, Burden, Entitlement, Finding, Formula
from buckstop.domain.law.lookup import NotEncoded, parameter
from buckstop.domain.law.question import Question
from buckstop.domain.words.calendar import CivilUnit, Period, civil_due
from buckstop.domain.words.money import fen
from buckstop.domain.words.party import PartyRole
from buckstop.domain.words.purchase import Problem


def judge(question: Question) -> Assessment:
    """Answer for the way of the goods from the seller to the consumer."""
    match question.matter.problem:
        case Problem.COURIER_DAMAGE:
            return _damaged(question)
        case Problem.NOT_RECEIVED | Problem.NOT_SHIPPED:
            return _not_there(question)
        case Problem.MISSING_PART:
            return _incomplete(question)
        case _:
            return Assessment()


def answer_due(told: date, question: Question) -> date | None:
    """Give the day by which the courier must answer a complaint (EXP-29)."""
    try:
        days = parameter("courier_answer_days", on=question.trigger).value
    except NotEncoded:
        return None
    return civil_due(told, Period(days, CivilUnit.DAYS), question.calendar).day


def _damaged(question: Question) -> Assessment:
    if question.holds(facts.CONSUMER_CHOSE_COURIER):
        carrier = replace(
            question.owed("compensation", "CIV-832", "CIV-833", "EXP-28"),
            against=PartyRole.COURIER,
            amount=question.price,
            formula=_full(question),
        )
        chosen = question.finding("consumer-chose-courier", "ECL-20", "CIV-832")
        return Assessment(findings=(chosen,), entitlements=(carrier,))
    owed = () if question.holds(facts.CONFORMING_DELIVERY) else tuple(_put_right(question))
    return Assessment(
        findings=tuple(_damage_findings(question)),
        entitlements=owed,
        burdens=tuple(_damage_burdens(question)),
    )


def _damage_findings(question: Question) -> Iterator[Finding]:
    yield question.finding("seller-bears-transit", "ECL-20", "CIV-512", "CIV-604")
    yield question.finding("signing-is-not-accepting", "NCI-1", "CIV-623")
    yield question.finding("seller-has-recourse-to-courier", "CIV-832", "CIV-833")
    told = question.day(facts.COURIER_TOLD_ON)
    due = None if told is None else answer_due(told, question)
    if due is not None:
        yield question.finding("courier-must-answer", "EXP-29", because=(("due", due),))


def _put_right(question: Question) -> Iterator[Entitlement]:
    yield replace(question.owed("exchange", "ECL-20", "CPL-52"), choice="delivery")
    yield replace(
        question.owed("refund", "ECL-20", "CPL-52"),
        amount=question.price,
        formula=_full(question),
        choice="delivery",
    )
    freight = question.number(facts.FREIGHT_PAID)
    yield replace(
        question.owed("freight", "CPL-24"), amount=None if freight is None else fen(freight)
    )


def _damage_burdens(question: Question) -> Iterator[Burden]:
    yield question.burden(facts.DAMAGED_ON_ARRIVAL, "EVD-91", bearer=PartyRole.CONSUMER)
    conforming = question.burden(
        facts.CONFORMING_DELIVERY,
        "ECL-20",
        "CIV-512",
        "NCI-1",
        "EVD-91",
        confidence=Confidence.B,
    )
    yield replace(conforming, presumption="no")
    chosen = question.burden(
        facts.CONSUMER_CHOSE_COURIER, "ECL-20", "EVD-91", confidence=Confidence.B
    )
    yield replace(chosen, presumption="no")


def _not_there(question: Question) -> Assessment:
    if question.holds(facts.DELIVERED_TO_RECIPIENT):
        return Assessment(findings=(question.finding("was-delivered", "ECL-51", "CIV-512"),))
    delivery = replace(question.owed("delivery", "ECL-20", "CIV-577", "CPL-52"), choice="delivery")
    money = replace(
        question.owed("refund", "ECL-20", "CIV-563", "CPL-52"),
        amount=question.price,
        formula=_full(question),
        choice="delivery",
    )
    delivered = question.burden(
        facts.DELIVERED_TO_RECIPIENT, "ECL-51", "CIV-512", "EVD-91", "ECL-62"
    )
    absent = question.burden(facts.NOT_RECEIVED, "ECL-51", "EVD-91", "ECL-62")
    shipped = question.burden(facts.SHIPPED, "EVD-91", "ECL-62")
    return Assessment(
        findings=(
            question.finding("seller-bears-transit", "ECL-20", "CIV-512", "CIV-604"),
            question.finding("delivery-is-signing", "ECL-51", "CIV-512"),
            question.finding("no-locker-without-consent", "EXP-M28"),
        ),
        entitlements=(delivery, money),
        burdens=(
            replace(delivered, presumption="no"),
            replace(absent, presumption="yes"),
            replace(shipped, presumption="no"),
            question.burden(facts.BOUGHT, "EVD-91", bearer=PartyRole.CONSUMER),
        ),
    )


def _incomplete(question: Question) -> Assessment:
    complete = question.burden(facts.COMPLETE_DELIVERY, "EVD-91", "ECL-62")
    missing = question.burden(facts.PART_MISSING, "EVD-91", "ECL-62")
    owed = (
        replace(question.owed("make-up", "CPL-52", "CPL-48"), choice="part"),
        replace(
            question.owed("return", "CPL-24"),
            amount=question.price,
            formula=_full(question),
            choice="part",
        ),
        question.owed("freight", "CPL-24"),
    )
    return Assessment(
        findings=(
            question.finding("part-owed", "CPL-48", "CPL-52", "CPL-23-1"),
            question.finding("performance-for-seller-to-prove", "EVD-91"),
        ),
        entitlements=() if question.holds(facts.COMPLETE_DELIVERY) else owed,
        burdens=(replace(complete, presumption="no"), replace(missing, presumption="yes")),
    )


def _full(question: Question) -> Formula | None:
    price = question.price
    return None if price is None else Formula(code="full", values=(("price", price),))
