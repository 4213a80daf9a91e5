"""Goods that are not what was shown, and fraud (CPL-23-1, CPL-55-1)."""

from collections.abc import Iterator
from dataclasses import replace

from buckstop.domain.law import facts
from buckstop.domain.law.answer import Confidence
from buckstop.domain.law.articles.quality import default_remedies
from buckstop.domain.law.assessment import Assessment, Burden, Entitlement, Finding, Formula
from buckstop.domain.law.lookup import parameter
from buckstop.domain.law.question import Question
from buckstop.domain.words.money import fen
from buckstop.domain.words.party import PartyRole
from buckstop.domain.words.purchase import Problem


def judge(question: Question) -> Assessment:
    """Answer for goods that differ from their listing, sample or name."""
    if question.matter.problem not in {Problem.WRONG_DESCRIPTION, Problem.COUNTERFEIT}:
        return Assessment()
    if not question.rows("CPL-23-1"):
        return Assessment()
    if question.holds(facts.FLAW_KNOWN) or question.fails(facts.DIFFERS_FROM_LISTING):
        met = question.finding("as-described", "CPL-23-1")
        return Assessment(findings=(met,), burdens=tuple(_burdens(question)))
    return Assessment(
        findings=tuple(_findings(question)),
        entitlements=(*_refund(question), *default_remedies(question), *_punitive(question)),
        burdens=tuple(_burdens(question)),
    )


def _findings(question: Question) -> Iterator[Finding]:
    yield question.finding("must-be-as-shown", "CPL-23-1", "CPL-48", "PQL-40")
    yield question.finding("listing-must-be-kept", "ECL-31", "OTM-31")
    if question.holds(facts.MADE_UP):
        yield question.finding("no-extra-for-made-up", "REG-49-2")
    elif question.holds(facts.DECEIVED):
        yield question.finding("fraud", "CPL-55-1", "EVD-108")
    elif question.told(facts.DECEIVED):
        yield question.finding("fraud-open", "CPL-55-1", "EVD-108")


def _refund(question: Question) -> Iterator[Entitlement]:
    """Money back where the listing cannot be met at all: proven difference or deceit."""
    price = question.price
    if question.holds(facts.DIFFERS_FROM_LISTING) or question.holds(facts.DECEIVED):
        yield replace(
            question.owed("refund", "CPL-52", "CPL-48", "PQL-40"),
            amount=price,
            formula=None if price is None else Formula(code="full", values=(("price", price),)),
            choice="quality",
        )


def _punitive(question: Question) -> Iterator[Entitlement]:
    """Three times the price, at least 500 yuan, beside the refund; only for proven fraud."""
    price = question.price
    if price is None or not question.holds(facts.DECEIVED) or question.holds(facts.MADE_UP):
        return
    times = parameter("fraud_multiple", on=question.trigger).value
    least = parameter("fraud_minimum", on=question.trigger).value
    yield replace(
        question.owed("punitive", "CPL-55-1"),
        amount=fen(max(times * price, least)),
        formula=Formula(
            code="punitive", values=(("price", price), ("times", times), ("least", least))
        ),
    )


def _burdens(question: Question) -> Iterator[Burden]:
    consumer = PartyRole.CONSUMER
    yield question.burden(facts.LISTING_SAID, "CPL-23-1", "EVD-91", bearer=consumer)
    yield question.burden(facts.DIFFERS_FROM_LISTING, "CPL-23-1", "EVD-91", bearer=consumer)
    known = question.burden(facts.FLAW_KNOWN, "CPL-23-1", confidence=Confidence.B)
    yield replace(known, presumption="no")
    if question.matter.problem is Problem.COUNTERFEIT:
        yield question.burden(facts.DECEIVED, "PEN-16", confidence=Confidence.B)
    else:
        yield question.burden(facts.DECEIVED, "CPL-55-1", "EVD-108", bearer=consumer)
