"""Faulty phones under the three guarantees (SBP)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from buckstop.domain.law import facts
from buckstop.domain.law.answer import Confidence
from buckstop.domain.law.assessment import Assessment, Burden, Entitlement, Finding, Formula
from buckstop.domain.law.lookup import parameter
from buckstop.domain.law.question import Question
from buckstop.domain.words.calendar import CivilUnit, DueDate, Period, civil_due
from buckstop.domain.words.money import Fen, fen
from buckstop.domain.words.party import PartyRole
from buckstop.domain.words.purchase import Goods, Problem

_EXCLUSIONS = (facts.HUMAN_DAMAGE, facts.LIQUID_INGRESS, facts.UNAUTHORISED_REPAIR)
_PROBLEMS = frozenset(
    {Problem.MALFUNCTION, Problem.UNUSABLE, Problem.REPAIR_DRAGGING, Problem.OUT_OF_WARRANTY}
)


def judge(question: Question) -> Assessment:
    """Answer for a faulty phone; silent for anything else."""
    matter = question.matter
    if matter.purchase.goods is not Goods.PHONE or matter.problem not in _PROBLEMS:
        return Assessment()
    sold = sold_on(question)
    end = warranty_end(question, sold)
    fault = matter.purchase.discovered_on or question.on
    if fault > end.day:
        over = question.finding("warranty-over", "SBP-8", "SBP-24", because=(("end", end.day),))
        return Assessment(findings=(over,), burdens=tuple(_burdens(question)))
    excluded = any(question.holds(fact) for fact in _EXCLUSIONS)
    return Assessment(
        findings=tuple(_findings(question, sold, end)),
        entitlements=() if excluded else tuple(_owed(question, sold, fault)),
        burdens=tuple(_burdens(question)),
        unsettled=("depreciation-day-count",) if question.told(facts.RETURN_WANTED) else (),
    )


def sold_on(question: Question) -> date:
    """Give the day of the invoice; without one, of the order."""
    return question.day(facts.INVOICED_ON) or question.trigger


def warranty_end(question: Question, sold: date) -> DueDate:
    """Give the last day of the period, which runs from the invoice (SBP-8).

    Since REG-18-1 it runs from delivery where that is later; days in repair do not count,
    and a longer promise binds (CPL-16-2).
    """
    received = question.matter.purchase.received_on
    later = received if received and question.rows("REG-18-1") else sold
    years = parameter("phone_warranty_years", on=sold).value
    end = civil_due(max(sold, later), Period(years, CivilUnit.YEARS), question.calendar)
    days = question.number(facts.REPAIR_DAYS) or 0
    end = replace(end, at=end.at + timedelta(days=days))
    promised = question.day(facts.BETTER_WARRANTY_UNTIL)
    if promised is None or promised <= end.day:
        return end
    return replace(end, at=end.at + timedelta(days=(promised - end.day).days))


def _findings(question: Question, sold: date, end: DueDate) -> Iterator[Finding]:
    yield question.finding("within-warranty", "SBP-8", because=(("start", sold), ("end", end.day)))
    yield question.finding("seller-answers-for-warranty", "SBP-3", "SBP-22", "PQL-40")
    proven = [fact for fact in _EXCLUSIONS if question.holds(fact)]
    for fact in proven:
        yield question.finding("exclusion-proven", "SBP-24", because=(("fact", fact),))
    for fact in _EXCLUSIONS:
        if question.fails(fact):
            yield question.finding(
                "exclusion-not-proven", "SBP-24", "EVD-91",
                because=(("fact", fact),), confidence=Confidence.B,
            )  # fmt: skip
    if not proven:
        yield question.finding(
            "exclusion-for-seller-to-prove", "SBP-24", "EVD-91", "EVD-31", "EVD-41",
            confidence=Confidence.B,
        )  # fmt: skip
        yield question.finding(
            "persistent-refusal-may-rescind", "CIV-563", confidence=Confidence.B
        )


def _owed(question: Question, sold: date, fault: date) -> Iterator[Entitlement]:
    price, day = question.price, (fault - sold).days
    repair = replace(question.owed("repair", "SBP-8", "SBP-10"), choice="phone")
    exchange = replace(question.owed("exchange", "SBP-12", "SBP-20"), choice="phone")
    if day <= parameter("phone_return_days", on=sold).value:
        yield replace(
            question.owed("return", "SBP-11"),
            amount=price,
            formula=None if price is None else Formula(code="full", values=(("price", price),)),
            choice="phone",
        )
        yield replace(exchange, rows=question.rows("SBP-11", "SBP-20"))
    elif day <= parameter("phone_exchange_days", on=sold).value:
        yield exchange
        yield from _instead_of_exchange(question, sold, "SBP-12")
    elif question.holds(facts.REPAIRED_TWICE):
        yield replace(exchange, rows=question.rows("SBP-13", "SBP-20"))
        yield from _instead_of_exchange(question, sold, "SBP-13")
    yield repair
    yield from _while_in_repair(question, sold)
    yield replace(question.owed("freight", "CPL-24"), amount=_freight(question))


def _freight(question: Question) -> Fen | None:
    paid = question.number(facts.FREIGHT_PAID)
    return None if paid is None else fen(paid)


def _while_in_repair(question: Question, sold: date) -> Iterator[Entitlement]:
    handed_in, repaired = question.day(facts.HANDED_IN_ON), question.day(facts.REPAIRED_ON)
    if handed_in is None:
        return
    waits = question.holds(facts.WAITS_FOR_PARTS)
    name, row = ("parts_overdue_days", "SBP-16") if waits else ("repair_overdue_days", "SBP-17")
    loan_from = handed_in + timedelta(days=parameter("loan_phone_days", on=sold).value)
    change_from = handed_in + timedelta(days=parameter(name, on=sold).value + 1)
    if repaired is None or loan_from < repaired:
        yield replace(question.owed("loan-phone", "SBP-15"), since=loan_from)
    if repaired is None or change_from <= repaired:
        yield replace(question.owed("exchange-if-overdue", row, "SBP-20"), since=change_from)


def _instead_of_exchange(question: Question, sold: date, due_by: str) -> Iterator[Entitlement]:
    """Money instead of a new phone: whole where there is none, else less depreciation."""
    price = question.price
    if price is None:
        return
    if question.holds(facts.NO_SAME_MODEL):
        yield replace(
            question.owed("return", due_by, "SBP-18"),
            amount=price,
            formula=Formula(code="full", values=(("price", price),)),
            choice="phone",
        )
    elif question.told(facts.RETURN_WANTED):
        days = (question.on - sold).days - (question.number(facts.REPAIR_DAYS) or 0)
        rate = parameter("phone_depreciation", on=sold).value
        fee = min(price, price * rate * days // 10_000)
        yield replace(
            question.owed("return", due_by, "SBP-19", "SBP-DEP"),
            amount=fen(price - fee),
            formula=Formula(
                code="depreciated",
                values=(("price", price), ("rate", rate), ("days", days), ("fee", fee)),
            ),
            choice="phone",
        )


def _burdens(question: Question) -> Iterator[Burden]:
    for fact in _EXCLUSIONS:
        burden = question.burden(
            fact, "SBP-24", "EVD-91", "EVD-31", "EVD-41", confidence=Confidence.B
        )
        yield replace(burden, presumption="no")
    yield replace(
        question.burden(facts.NEVER_OPENED, "SBP-24", "EVD-91", confidence=Confidence.B),
        presumption="yes",
    )
    yield question.burden(facts.MALFUNCTION, "EVD-91", bearer=PartyRole.CONSUMER)
    yield question.burden(facts.BOUGHT, "EVD-91", bearer=PartyRole.CONSUMER)
    yield question.burden(facts.REPAIRED_TWICE, "EVD-91", "SBP-13", bearer=PartyRole.CONSUMER)
