"""Goods that are not as they should be, where no three-guarantee rule speaks."""

from collections.abc import Iterator
from dataclasses import replace

from buckstop.domain.law import facts
from buckstop.domain.law.answer import Confidence
from buckstop.domain.law.assessment import Assessment, Burden, Entitlement, Finding, Formula
from buckstop.domain.law.lookup import parameter
from buckstop.domain.law.question import Question
from buckstop.domain.words.calendar import CivilUnit, Period, civil_due, corresponding_day
from buckstop.domain.words.money import fen
from buckstop.domain.words.party import PartyRole
from buckstop.domain.words.purchase import Goods, Problem

_FAULTS = frozenset({Problem.MALFUNCTION, Problem.UNUSABLE, Problem.REPAIR_DRAGGING})
_DURABLE = frozenset({Goods.COMPUTER, Goods.APPLIANCE})


def judge(question: Question) -> Assessment:
    """Answer for a fault: who must prove the defect, and the default remedies (CPL-24)."""
    matter = question.matter
    if matter.problem not in _FAULTS or not question.rows("CPL-24"):
        return Assessment()
    findings, burdens = tuple(_defect(question)), tuple(_defect_burdens(question))
    if matter.purchase.goods is Goods.PHONE:
        return Assessment(findings=findings, burdens=burdens)
    return Assessment(
        findings=findings,
        entitlements=tuple(default_remedies(question)),
        burdens=burdens,
    )


def reversed_burden(question: Question) -> Confidence | None:
    """Tell whether the seller must disprove the defect (CPL-23-3), and how sure that is.

    Found within six months of receipt; phones count as durable goods by usual practice.
    """
    purchase = question.matter.purchase
    received, found = purchase.received_on, purchase.discovered_on or question.on
    if received is None or purchase.goods not in _DURABLE | {Goods.PHONE}:
        return None
    months = parameter("burden_reversal_months", on=question.trigger).value
    if found > corresponding_day(received, Period(months, CivilUnit.MONTHS)):
        return None
    return Confidence.A if purchase.goods in _DURABLE else Confidence.B


def _defect(question: Question) -> Iterator[Finding]:
    sure = reversed_burden(question)
    if sure is not None:
        yield question.finding("seller-must-disprove-defect", "CPL-23-3", confidence=sure)
    elif question.matter.purchase.received_on is not None:
        yield question.finding("ordinary-burden-of-defect", "EVD-91")


def _defect_burdens(question: Question) -> Iterator[Burden]:
    sure = reversed_burden(question)
    if sure is not None:
        yield replace(
            question.burden(facts.SOUND_AT_DELIVERY, "CPL-23-3", "EVD-91", confidence=sure),
            presumption="no",
        )
    yield question.burden(facts.MALFUNCTION, "EVD-91", bearer=PartyRole.CONSUMER)
    yield question.burden(facts.BOUGHT, "EVD-91", bearer=PartyRole.CONSUMER)
    if question.matter.purchase.goods is not Goods.PHONE:
        yield replace(question.burden(facts.HUMAN_DAMAGE, "EVD-91", "EVD-41"), presumption="no")


def default_remedies(question: Question) -> Iterator[Entitlement]:
    """List what is owed for poor quality: return at first, later exchange or repair (CPL-24)."""
    received, price = question.matter.purchase.received_on, question.price
    claimed = question.day(facts.RETURN_ASKED_ON) or question.on
    if received is not None:
        days = parameter("quality_return_days", on=question.trigger).value
        last = civil_due(received, Period(days, CivilUnit.DAYS), question.calendar)
        if claimed <= last.day:
            yield replace(
                question.owed("return", "CPL-24"),
                amount=price,
                formula=None if price is None else Formula(
                    code="full", values=(("price", price),)
                ),
                choice="quality",
            )  # fmt: skip
    yield replace(question.owed("exchange", "CPL-24", "CPL-52", "PQL-40"), choice="quality")
    yield replace(question.owed("repair", "CPL-24", "CPL-52", "PQL-40"), choice="quality")
    freight = question.number(facts.FREIGHT_PAID)
    yield replace(
        question.owed("freight", "CPL-24"), amount=None if freight is None else fen(freight)
    )
