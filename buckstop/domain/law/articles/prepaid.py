"""Prepaid cards and courses (CPL-53, PRE)."""

from collections.abc import Iterator
from dataclasses import replace

from buckstop.domain.law import facts
from buckstop.domain.law.answer import Confidence
from buckstop.domain.law.assessment import Assessment, Burden, Entitlement, Finding, Formula
from buckstop.domain.law.lookup import NotEncoded, parameter
from buckstop.domain.law.question import Question
from buckstop.domain.words.calendar import CivilUnit, Period, civil_due
from buckstop.domain.words.money import Fen, fen
from buckstop.domain.words.party import PartyRole
from buckstop.domain.words.purchase import Goods, Problem


def judge(question: Question) -> Assessment:
    """Answer for money paid beforehand; before PRE only the statute's own words apply."""
    matter = question.matter
    if matter.problem is not Problem.PREPAID_COLLAPSED and (
        matter.purchase.goods is not Goods.PREPAID_CARD
    ):
        return Assessment()
    return Assessment(
        findings=tuple(_findings(question)),
        entitlements=tuple(_owed(question)),
        burdens=tuple(_burdens(question)),
        unsettled=_unsettled(question),
    )


def _findings(question: Question) -> Iterator[Finding]:
    yield question.finding("perform-or-refund", "CPL-53", "REG-22")
    yield question.finding("use-for-issuer-to-prove", "EVD-91", "PRE-25", "ECL-62")
    for fact in (facts.USED_AMOUNT, facts.NEVER_USED):
        known = question.facts.get(fact)
        if known is not None and known.standing.settled:
            yield question.finding(
                "use-settled", "EVD-91", "PRE-25", "EVD-95", because=(("used", used(question)),)
            )
            break
    if question.holds(facts.ISSUER_BANKRUPT):
        yield question.finding("file-with-administrator", "BKR-16", "BKR-21", "BKR-45", "BKR-48")
    elif question.day(facts.SERVICE_STOPPED_ON) is not None:
        yield question.finding("must-liquidate-in-time", "PRE-7")
    if _within_withdrawal(question):
        yield question.finding("prepaid-withdrawal", "PRE-14")


def used(question: Question) -> Fen:
    """Give the price of what was delivered, as it stands so far; never used counts as none."""
    if question.told(facts.NEVER_USED):
        return Fen(0)
    return fen(question.number(facts.USED_AMOUNT) or 0)


def refund_formula(question: Question, price: Fen) -> tuple[Fen, Formula, tuple[str, ...]]:
    """Work out the refund: the amount, how it comes about, and the rows (PRE-14 to PRE-22)."""
    term = _term_refund(question, price)
    if term is not None:
        return term
    spent = used(question)
    listed = question.number(facts.LIST_VALUE_USED) or spent
    bonus = question.number(facts.BONUS) or 0
    values = (("price", price), ("used", spent))
    if _within_withdrawal(question):
        return price, Formula(code="full", values=(("price", price),)), ("PRE-14",)
    if question.holds(facts.WITHDRAWN_FOR_OWN_REASONS):
        left = fen(max(0, price - listed))
        shown = (("price", price), ("used", listed))
        return left, Formula(code="prepaid-list", values=shown), ("PRE-15", "PRE-19", "PRE-20")
    if bonus:
        left = fen(max(0, price - price * listed // (price + bonus)))
        with_bonus = (("price", price), ("bonus", bonus), ("used", listed))
        return left, Formula(code="prepaid-bonus", values=with_bonus), ("PRE-15", "PRE-18")
    left = fen(max(0, price - spent))
    return left, Formula(code="prepaid-unused", values=values), ("PRE-15", "PRE-18")


def _term_refund(question: Question, price: Fen) -> tuple[Fen, Formula, tuple[str, ...]] | None:
    """Unlimited use for a term: the share of days left when it stopped (PRE-22).

    The amount is rounded to the nearest fen.
    """
    start, end = question.day(facts.TERM_START), question.day(facts.TERM_END)
    if start is None or end is None or end <= start:
        return None
    stops = (question.day(facts.SERVICE_STOPPED_ON), question.day(facts.RESCINDED_ON))
    stopped = min((day for day in stops if day is not None), default=question.on)
    days = (end - start).days
    left = min(days, max(0, (end - stopped).days))
    amount = fen((2 * price * left + days) // (2 * days))
    values = (("price", price), ("left", left), ("days", days))
    return amount, Formula(code="prepaid-term", values=values), ("PRE-22",)


def _within_withdrawal(question: Question) -> bool:
    """Whether the principal may be asked back within seven days of paying (PRE-14)."""
    if not question.rows("PRE-14") or question.holds(facts.HAD_SAME_SERVICE):
        return False
    if question.day(facts.SERVICE_STOPPED_ON) is not None:
        return False
    days = parameter("prepaid_withdrawal_days", on=question.trigger).value
    asked = question.day(facts.RETURN_ASKED_ON) or question.on
    last = civil_due(question.trigger, Period(days, CivilUnit.DAYS), question.calendar)
    return asked <= last.day


def _owed(question: Question) -> Iterator[Entitlement]:
    price = question.price
    general = replace(question.owed("refund", "CPL-53", "REG-22"), amount=price)
    if price is None:
        yield general
        return
    amount, formula, ids = refund_formula(question, price)
    if not question.rows(*ids):  # before PRE: the unused part by the statute alone
        ids = ("CPL-53",)
    yield replace(
        general,
        rows=question.rows("CPL-53", *ids, "REG-22"),
        amount=amount,
        formula=formula,
    )
    if "PRE-14" not in ids:
        yield from _interest(question)
    if question.holds(facts.ADVANCE_PROMISED):
        yield replace(
            question.owed("advance", "CPL-44-1", "ECL-58"),
            against=PartyRole.PLATFORM,
            amount=amount,
            formula=formula,
        )


def _interest(question: Question) -> Iterator[Entitlement]:
    """Interest from rescission; the amount is left open, as the day count is unsettled."""
    since = question.day(facts.RESCINDED_ON)
    if not question.rows("PRE-16"):
        yield replace(question.owed("interest", "CPL-53"), since=since)
        return
    own = question.holds(facts.WITHDRAWN_FOR_OWN_REASONS)
    try:
        rate = parameter("deposit_rate" if own else "loan_prime_rate", on=question.trigger)
    except NotEncoded:
        return
    yield replace(
        question.owed("interest", "CPL-53", "PRE-16", "PRE-17", confidence=rate.confidence),
        formula=Formula(
            code="interest-deposit" if own else "interest-prime", values=(("rate", rate.value),)
        ),
        since=since,
    )


def _burdens(question: Question) -> Iterator[Burden]:
    ids = ("EVD-91", "PRE-25", "ECL-62", "EVD-95")
    custodian = PartyRole.CUSTODIAN in question.matter.parties
    also = (PartyRole.CUSTODIAN,) if custodian else ()
    yield replace(question.burden(facts.USED_AMOUNT, *ids), presumption="0", also_kept_by=also)
    yield replace(question.burden(facts.NEVER_USED, *ids), presumption="yes", also_kept_by=also)
    yield question.burden(facts.BOUGHT, "EVD-91", bearer=PartyRole.CONSUMER)
    yield question.burden(facts.PAID, "EVD-91", bearer=PartyRole.CONSUMER)
    yield question.burden(facts.HAD_SAME_SERVICE, "PRE-14", confidence=Confidence.B)
    if custodian:
        yield question.burden(facts.FUNDS_HELD, "EVD-91", "ECL-62", bearer=PartyRole.CUSTODIAN)


def _unsettled(question: Question) -> tuple[str, ...]:
    if not question.rows("PRE-1"):
        return ("prepaid-before-2025",)
    return ("prepaid-punitive-base", "interest-day-count", "custody-ratio")
