"""Returns without a reason, and the refund that follows any return (CPL-25, SDR)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from buckstop.domain.law import facts
from buckstop.domain.law.answer import Confidence
from buckstop.domain.law.assessment import Assessment, Burden, Entitlement, Finding, Formula
from buckstop.domain.law.lookup import parameter
from buckstop.domain.law.question import Question
from buckstop.domain.words.calendar import CivilUnit, DueDate, Period, civil_due
from buckstop.domain.words.party import PartyRole
from buckstop.domain.words.purchase import Problem


def judge(question: Question) -> Assessment:
    """Answer for a return refused and for a refund that did not come."""
    if not question.rows("CPL-25"):
        return Assessment()
    match question.matter.problem:
        case Problem.RETURN_REFUSED if question.matter.online:
            return _no_reason(question)
        case Problem.REFUND_NOT_RECEIVED:
            return Assessment(
                findings=tuple(_refund_findings(question)),
                entitlements=(_refund(question),) if _refund_open(question) else (),
                burdens=tuple(_refund_burdens(question)),
            )
        case _:
            return Assessment()


def last_day_for_notice(question: Question) -> DueDate | None:
    """Give the last day to ask for a return; the day of signing is not counted (SDR-10)."""
    signed = question.matter.purchase.received_on
    if signed is None:
        return None
    days = parameter("no_reason_return_days", on=question.trigger).value
    return civil_due(signed, Period(days, CivilUnit.DAYS), question.calendar)


def refund_due(question: Question) -> DueDate | None:
    """Give the last day to refund, counted from getting the goods back (SDR-13)."""
    back = question.day(facts.RETURN_RECEIVED_ON)
    if back is None:
        return None
    days = parameter("refund_after_return_days", on=question.trigger).value
    return civil_due(back, Period(days, CivilUnit.DAYS), question.calendar)


def _no_reason(question: Question) -> Assessment:
    asked = question.day(facts.RETURN_ASKED_ON) or question.on
    last = last_day_for_notice(question)
    burdens = tuple(_return_burdens(question))
    if last is not None and asked > last.day:
        late = question.finding(
            "return-asked-late", "CPL-25", "SDR-10", because=(("last", last.day),)
        )
        return Assessment(findings=(late,), burdens=burdens)
    if question.holds(facts.EXCLUDED_KIND) or question.holds(facts.EXCLUSION_CONFIRMED):
        excluded = question.finding("return-excluded", "CPL-25", "SDR-7", "SDR-20", "REG-19")
        return Assessment(findings=(excluded,), burdens=burdens)
    if question.holds(facts.USED_BEYOND_INSPECTION):
        used = question.finding("return-not-intact", "CPL-25", "SDR-9")
        return Assessment(findings=(used,), burdens=burdens)
    return Assessment(
        findings=(*_return_findings(question, last), *_delay(question)),
        entitlements=(_refund(question),) if _refund_open(question) else (),
        burdens=(*burdens, *_refund_burdens(question)),
    )


def _return_findings(question: Question, last: DueDate | None) -> Iterator[Finding]:
    if last is not None:
        yield question.finding("return-in-time", "CPL-25", "SDR-10", because=(("last", last.day),))
    yield question.finding("opening-is-no-use", "NCI-3", "SDR-8", "REG-19")
    yield question.finding("return-freight-consumer", "CPL-25", "SDR-18")
    yield question.finding("refund-original-way", "SDR-14", "SDR-15", "SDR-17")


def _refund_open(question: Question) -> bool:
    return not question.holds(facts.REFUND_PAID)


def _refund(question: Question) -> Entitlement:
    due, price = refund_due(question), question.price
    back = question.day(facts.RETURN_RECEIVED_ON)
    ids = ("CPL-25", "SDR-13", "SDR-17") if back else ("CPL-25", "CPL-52", "EVD-91")
    return replace(
        question.owed("refund", *ids),
        amount=price,
        formula=None if price is None else Formula(code="full", values=(("price", price),)),
        since=back,
        due=None if due is None else due.day,
        provisional=due is not None and due.provisional,
    )


def _refund_findings(question: Question) -> Iterator[Finding]:
    due = refund_due(question)
    if question.holds(facts.REFUND_PAID):
        yield question.finding("refund-was-paid", "EVD-91")
        return
    yield question.finding("payment-for-payer-to-prove", "EVD-91")
    if due is not None:
        late = due.day < question.on and not due.provisional
        yield question.finding(
            "refund-overdue" if late else "refund-running",
            "CPL-25",
            "SDR-13",
            because=(("due", due.day),),
        )
    yield question.finding("refund-original-way", "SDR-14", "SDR-15")
    yield from _delay(question)


def _delay(question: Question) -> Iterator[Finding]:
    """More than 15 days without acting is deliberate delay (PEN-9, SDR-31)."""
    start = question.day(facts.RETURN_RECEIVED_ON) or question.day(facts.RETURN_ASKED_ON)
    if start is None or not question.rows("PEN-9"):
        return
    days = parameter("deliberate_delay_days", on=question.trigger).value
    first = start + timedelta(days=days + 1)
    if question.on >= first and _refund_open(question):
        yield question.finding("deliberate-delay", "PEN-9", "SDR-31", because=(("since", first),))


def _return_burdens(question: Question) -> Iterator[Burden]:
    yield replace(
        question.burden(
            facts.USED_BEYOND_INSPECTION, "CPL-25", "SDR-9", "EVD-91", confidence=Confidence.B
        ),
        presumption="no",
    )
    yield replace(
        question.burden(facts.EXCLUSION_CONFIRMED, "CPL-25", "SDR-20", "REG-19", "EVD-91"),
        presumption="no",
    )
    yield question.burden(facts.RETURN_ASKED_ON, "EVD-91", bearer=PartyRole.CONSUMER)


def _refund_burdens(question: Question) -> Iterator[Burden]:
    paid = question.burden(facts.REFUND_PAID, "EVD-91", "ECL-53-3", "ECL-62")
    yield replace(paid, presumption="no")
    absent = question.burden(facts.REFUND_NOT_RECEIVED, "EVD-91", "ECL-62")
    yield replace(absent, presumption="yes")
    yield question.burden(facts.RETURN_SENT, "EVD-91", bearer=PartyRole.CONSUMER)
