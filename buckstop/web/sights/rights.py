"""What the consumer is entitled to, and why; who must prove what."""

from collections.abc import Sequence
from dataclasses import dataclass

from buckstop.domain.cases.state.decisions import Stage
from buckstop.domain.law.assessment import Entitlement
from buckstop.domain.words.money import Fen
from buckstop.domain.words.party import CONSUMER, PartyRole
from buckstop.domain.words.standing import Standing
from buckstop.records.cases.lines.proof import FactLine
from buckstop.records.cases.page import CasePage
from buckstop.texts import law, money
from buckstop.web.language import beside, fact_told, listed, said, t, tongue
from buckstop.web.sights import times
from buckstop.web.sights.turn import Why


@dataclass(frozen=True, kw_only=True, slots=True)
class Tag:
    """A word with a tone."""

    word: str
    tone: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Right:
    """One remedy that may be claimed."""

    what: str
    tag: Tag | None
    sub: str
    why: Why
    cite: str
    against: str
    when: str
    tone: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Rights:
    """What the consumer may claim, as of the law of that day."""

    as_of: str
    rows: tuple[Right, ...]
    burdens: tuple[str, ...]
    none: str
    decided: str


def rights_of(page: CasePage) -> Rights:
    """Say what is owed by the law of the day of the purchase."""
    bought = page.purchase.ordered_on
    facts = {f.fact: f for f in page.facts}
    burdens = (
        law.burden(b, tongue())
        for b in page.assessment.burdens
        if b.bearer is not PartyRole.CONSUMER and not _settled(facts.get(b.fact))
    )
    presumed = (
        t("{fact}：{standing}", fact=fact_told(f.fact, f.value),
          standing=said(f"cases.standing.{f.standing}"))
        for f in page.facts
        if f.standing is Standing.PRESUMED
    )  # fmt: skip
    as_of = t("按 {day}购买时的规定", day=times.on(bought, page.at)) if bought else ""
    owed = page.assessment.entitlements
    return Rights(
        as_of=as_of,
        rows=tuple(
            _right(line, page, instead=[other for other in owed if _either(line, other)])
            for line in owed
        ),
        burdens=tuple(dict.fromkeys((*presumed, *burdens))),
        decided=_decided(page),
        none=t("还看不出该得什么，服务台会先把事实问清楚。"),
    )


def _either(line: Entitlement, other: Entitlement) -> bool:
    return other is not line and line.choice is not None and other.choice == line.choice


def _decided(page: CasePage) -> str:
    """Say what was decided, which then counts before what the law gives."""
    stands = next((d for d in reversed(page.decisions) if d.stage is Stage.PRONOUNCED), None)
    if stands is None or page.appealing:
        return ""
    if stands.remedy is None:
        return t("已裁定：没有支持")
    kind = said(f"cases.remedy.{stands.remedy.kind}")
    amount = money(stands.remedy.amount, tongue()) if stands.remedy.amount else ""
    return t("已裁定：{what}", what=" ".join(part for part in (kind, amount) if part))


def _settled(fact: FactLine | None) -> bool:
    return fact is not None and (fact.standing.settled or fact.standing is Standing.DISPROVED)


def weighed(page: CasePage, amount: Fen | None = None) -> Entitlement | None:
    """Choose the entitlement that an offer stands beside: of this amount, else the first."""
    owed = page.assessment.entitlements
    same = (line for line in owed if amount is not None and line.amount == amount)
    return next(same, next(iter(owed), None))


def headline(page: CasePage) -> str:
    """Say the first and weightiest entitlement in a few words."""
    first = weighed(page)
    return named(first) if first else ""


def named(line: Entitlement) -> str:
    """Say an entitlement in a few words."""
    what = law.entitlement(line, tongue())
    return f"{what} {money(line.amount, tongue())}" if line.amount is not None else what


def _right(line: Entitlement, page: CasePage, *, instead: Sequence[Entitlement]) -> Right:
    today = page.at.date()
    overdue = line.due is not None and line.due < today
    role = said(f"cases.role.{line.against}")
    if overdue:
        tag = Tag(word=t("已到期未给"), tone="due")
    elif line.since is not None and line.since > today:
        tag = Tag(word=t("{day}起", day=times.on(line.since, page.at)))
    else:
        tag = Tag(word=t("{who}承担", who=role), tone="ok")
    due = t("最晚 {day}", day=times.on(line.due, page.at)) if line.due else ""
    provisional = t("（暂定）") if line.provisional else ""
    others = listed(dict.fromkeys(f"“{named(other)}”" for other in instead))
    choice = t("和{others}之间，由消费者选一样。", others=others) if others else ""
    if others and page.viewer == CONSUMER:
        choice = t("和{others}之间，由您选一样。", others=others)
    return Right(
        what=named(line),
        tag=tag,
        sub=beside((f"{due}{provisional}", choice)),
        why=Why(
            label=t("为什么是这个数") if line.amount is not None else t("为什么"),
            lines=(law.why(line, tongue()),),
            cites=law.citations(line.rows, tongue()),
        ),
        cite=beside((law.citations(line.rows, tongue()), listed(line.rows))),
        against=role,
        when=due or t("现在"),
        tone="red" if overdue else "soft",
    )
