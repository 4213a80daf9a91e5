"""What holds for any contract: performance, money back, records, prompt handling."""

from dataclasses import replace

from buckstop.domain.law import facts
from buckstop.domain.law.assessment import Assessment, Entitlement, Finding, Formula
from buckstop.domain.law.question import Question
from buckstop.domain.words.party import PartyRole
from buckstop.domain.words.purchase import Problem

_CHARGES = frozenset({Problem.CHARGED_WRONGLY, Problem.RENEWAL_UNASKED})


def judge(question: Question) -> Assessment:
    """Answer for charges without consent, and add what holds in every matter."""
    if question.matter.problem in _CHARGES:
        return _charge(question)
    return Assessment(findings=_always(question))


def fallback(question: Question) -> Assessment:
    """Answer where no special article did: the general claim for not performing."""
    return Assessment(
        findings=(question.finding("must-perform", "CPL-48", "CIV-577", "CPL-16-2"),),
        entitlements=(
            replace(question.owed("perform", "CPL-52", "CIV-577"), choice="contract"),
            replace(_refund(question), choice="contract"),
        ),
        burdens=(
            question.burden(facts.BOUGHT, "EVD-91", bearer=PartyRole.CONSUMER),
            question.burden(facts.PAID, "EVD-91", bearer=PartyRole.CONSUMER),
        ),
    )


def _always(question: Question) -> tuple[Finding, ...]:
    return (
        question.finding("must-handle-in-time", "ECL-59"),
        question.finding("must-give-records", "ECL-62"),
    )


def _charge(question: Question) -> Assessment:
    if question.holds(facts.CONSENTED):
        agreed = question.finding("charge-was-agreed", "EVD-91")
        return Assessment(findings=(agreed, *_always(question)))
    renewal = question.matter.problem is Problem.RENEWAL_UNASKED
    ids = ("OTM-18", "REG-10-2") if renewal else ("CPL-48", "ECL-57")
    consent = question.burden(facts.CONSENTED, "EVD-91", *ids)
    absent = question.burden(facts.NOT_CONSENTED, "EVD-91", *ids)
    return Assessment(
        findings=(
            question.finding("renewal-needs-reminder" if renewal else "charge-needs-ground", *ids),
            *_always(question),
        ),
        entitlements=(_refund(question),),
        burdens=(replace(consent, presumption="no"), replace(absent, presumption="yes")),
    )


def _refund(question: Question) -> Entitlement:
    price = question.price
    return replace(
        question.owed("refund", "CPL-52", "CPL-48"),
        amount=price,
        formula=None if price is None else Formula(code="full", values=(("price", price),)),
    )
