"""The decision as the parties read it: what, why, by whom, and until when to appeal."""

from collections.abc import Iterator
from dataclasses import dataclass

from buckstop.domain.cases.events import Ruling
from buckstop.domain.cases.state.decisions import Stage
from buckstop.records.cases.lines.outcome import DecisionLine
from buckstop.records.cases.page import CasePage
from buckstop.texts import law, money
from buckstop.web.language import fact_told, said, t, tongue
from buckstop.web.sights import answers, times
from buckstop.web.sights.names import Names


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """One finding or fact that the decision rests on."""

    text: str
    cite: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """The decision that stands."""

    name: str
    when: str
    outcome: str
    duty: str
    back: tuple[str, ...]
    reasons: str
    grounds: tuple[Ground, ...]
    signed: str
    appeal: str


def verdict_of(page: CasePage, names: Names) -> Verdict | None:
    """Tell the decision that stands; None before there is one."""
    stands = standing_in(page)
    if stands is None:
        return None
    return Verdict(
        name=said(f"cases.form.{stands.form}"),
        when=times.at(stands.at, page.at),
        outcome=_outcome(stands.ruling),
        duty=_duty(stands, names),
        back=tuple(_back(page, names)),
        reasons=stands.reasons or "",
        grounds=(*_findings(stands, page), *_facts(stands, page)),
        signed=_signed(stands, names),
        appeal=_appeal(stands, page),
    )


def standing_in(page: CasePage) -> DecisionLine | None:
    """Find the decision that was pronounced last."""
    return next((d for d in reversed(page.decisions) if d.stage is Stage.PRONOUNCED), None)


def _outcome(ruling: Ruling) -> str:
    return {
        Ruling.FOR_CONSUMER: t("支持消费者"),
        Ruling.IN_PART: t("部分支持消费者"),
        Ruling.AGAINST_CONSUMER: t("没有支持消费者"),
    }[ruling]


def _duty(stands: DecisionLine, names: Names) -> str:
    if stands.remedy is None or stands.debtor is None:
        return ""
    what = answers.told(stands.remedy)
    return t("{who}在 {n} 天内办好：{what}。", who=names.party(stands.debtor),
             n=stands.fulfil_days, what=what)  # fmt: skip


def _back(page: CasePage, names: Names) -> Iterator[str]:
    """Tell what was paid before and is too much now; it is for the two to settle."""
    for party, amount in page.to_come_back.items():
        yield t("先前付的多了 {amount}，应当退回给{who}，由双方结清。", who=names.party(party),
                amount=money(amount, tongue()))  # fmt: skip


def _findings(stands: DecisionLine, page: CasePage) -> Iterator[Ground]:
    known: dict[str, str] = {}
    for finding in page.assessment.findings:
        known.setdefault(finding.rows[0], law.finding(finding, tongue()))
    for right in page.assessment.entitlements:
        known.setdefault(right.rows[0], law.why(right, tongue()))
    for burden in page.assessment.burdens:
        known.setdefault(burden.rows[0], law.burden(burden, tongue()))
    for row in stands.findings:
        cite = law.citations((row,), tongue())
        yield Ground(text=known.get(row) or cite, cite=cite if row in known else "")


def _facts(stands: DecisionLine, page: CasePage) -> Iterator[Ground]:
    facts = {line.fact: line for line in page.facts}
    for fact in stands.facts:
        line = facts.get(fact)
        standing = said(f"cases.standing.{line.standing}") if line else ""
        yield Ground(text=fact_told(fact, line.value if line else None), cite=standing)


def _signed(stands: DecisionLine, names: Names) -> str:
    by = names.person(stands.by)
    if stands.second is None:
        return t("{by}裁定。", by=by)
    return t("{by}裁定，{second}复核签字。", by=by, second=names.person(stands.second))


def _appeal(stands: DecisionLine, page: CasePage) -> str:
    if page.appealing:
        return t("已经申诉，由没有参与过的人在看。")
    if stands.appeal_until is None:
        return ""
    when = times.at(stands.appeal_until, page.at)
    if stands.appeal_until <= page.at:
        return t("申诉期到 {when}，已经过了。还可以向 12315 投诉，或者去法院起诉。", when=when)
    return t("不服可以在 {when} 前申诉，要有新的事实或证据，由没有参与过的人来看。", when=when)
