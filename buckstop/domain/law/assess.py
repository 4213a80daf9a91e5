"""What law and published rules say of a purchase and the facts so far."""

from collections.abc import Callable
from datetime import date

from buckstop.domain.law.answer import Confidence
from buckstop.domain.law.articles import (
    contract,
    delivery,
    description,
    prepaid,
    quality,
    responsible,
    returns,
    warranty,
)
from buckstop.domain.law.assessment import Assessment, Finding, joined
from buckstop.domain.law.facts import Facts
from buckstop.domain.law.grounds import grounds
from buckstop.domain.law.lookup import cite
from buckstop.domain.law.question import Matter, Question
from buckstop.domain.words.calendar import MAINLAND, Calendar
from buckstop.domain.words.ids import RowId
from buckstop.domain.words.purchase import Goods, Problem

_ARTICLES: tuple[Callable[[Question], Assessment], ...] = (
    warranty.judge,
    quality.judge,
    returns.judge,
    delivery.judge,
    description.judge,
    prepaid.judge,
)

_FIRST_KNOWN = cite(RowId("CPL-24")).in_force_from
_PREPAID_KNOWN = cite(RowId("PRE-1")).in_force_from


def assess(matter: Matter, facts: Facts, on: date, calendar: Calendar = MAINLAND) -> Assessment:
    """Judge a matter by the rows in force for it, as the facts stand on a day.

    Rows are chosen by the day of the purchase, rules of procedure by `on`. Where the law of
    the day is not in the table a finding says so, and nothing is guessed.
    """
    question = Question(matter, facts, on, calendar)
    special = joined(article(question) for article in _ARTICLES)
    general = contract.judge(question)
    if not special.findings and not general.entitlements:
        special = contract.fallback(question)
    listed = Assessment(findings=_unknown_law(question), grounds=tuple(grounds(question)))
    return joined((special, general, responsible.judge(question), listed))


def _unknown_law(question: Question) -> tuple[Finding, ...]:
    """Say openly that the law of that day is missing or incomplete here."""
    purchase = question.matter.purchase
    prepaid_case = (
        purchase.goods is Goods.PREPAID_CARD
        or question.matter.problem is Problem.PREPAID_COLLAPSED
    )
    first = _PREPAID_KNOWN if prepaid_case else _FIRST_KNOWN
    if question.trigger >= first:
        return ()
    return (
        Finding(
            code="law-of-that-day-not-encoded",
            rows=(RowId("house:table-of-law"),),
            confidence=Confidence.A,
            because=(("bought", question.trigger), ("known", first)),
        ),
    )
