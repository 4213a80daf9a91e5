"""The facts of a case as the desk sees them, and what was said no to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from buckstop.domain.law.facts import FACTS, ValueKind
from buckstop.domain.words.ids import PartyId
from buckstop.domain.words.standing import Standing
from buckstop.records.cases.lines.proof import FactLine
from buckstop.records.cases.page import CasePage
from buckstop.texts import law, money
from buckstop.web.language import fact_name, fact_told, listed, said, t, tongue
from buckstop.web.sights import sayings, times
from buckstop.web.sights.names import Names

_TONES = {
    Standing.UNKNOWN: ("", ""),
    Standing.ALLEGED: ("", ""),
    Standing.ADMITTED: ("ok", "check"),
    Standing.PROVEN: ("ok", "check"),
    Standing.PRESUMED: ("due", "check"),
    Standing.DISPROVED: ("bad", "cross"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One fact, its standing, who must prove it."""

    name: str
    wants: str
    standing: str
    tone: str
    icon: str
    bearer: str
    open: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """One refusal of a respondent."""

    who: str
    ground: str
    word: str
    tone: str
    needs: str


def facts_of(page: CasePage, names: Names) -> tuple[Fact, ...]:
    """List the facts."""
    return tuple(_fact(line, page, names) for line in page.facts)


def _fact(line: FactLine, page: CasePage, names: Names) -> Fact:
    tone, icon = _TONES[line.standing]
    bearer = said(f"cases.role.{line.burden.bearer}") if line.burden else ""
    negative = line.burden is not None and line.burden.negative
    is_open = not line.standing.settled and line.standing is not Standing.DISPROVED
    wants = ""
    there = listed(item.name for item in page.evidence if line.fact in item.accepted_for)
    if is_open and there:
        wants = t("已收下{items}，还没有认定", items=there)
    elif is_open and line.missing:
        wants = t("缺：{kinds}", kinds=law.proofs(line.missing, tongue()))
    return Fact(
        name=_told(line, page, names),
        wants=wants,
        standing=said(f"cases.standing.{line.standing}"),
        tone=tone,
        icon=icon,
        bearer=t("反面由{who}证", who=bearer) if negative else bearer,
        open=is_open,
    )


def _told(line: FactLine, page: CasePage, names: Names) -> str:
    if line.value == "no":
        return fact_told(line.fact, line.value)
    if not line.value or line.value == "yes":
        return fact_name(line.fact)
    return t("{name}：{value}", name=fact_name(line.fact), value=_value(line, page, names))


def _value(line: FactLine, page: CasePage, names: Names) -> str:
    value, kind = line.value or "", FACTS.get(line.fact)
    if value in names.parties:
        return names.party(PartyId(value))
    if kind is not None and kind.value is ValueKind.FEN and value.isdigit():
        return money(int(value), tongue())
    if kind is not None and kind.value is ValueKind.DAY:
        return times.on(date.fromisoformat(value), page.at)
    return value


def refusals_of(page: CasePage, names: Names) -> Iterator[Refusal]:
    """List the refusals, and what each would have needed."""
    for line in page.refusals:
        yield Refusal(
            who=names.party(line.by),
            ground=law.ground(line.ground, tongue()),
            word=t("附有证据") if line.supported else t("没有证据，不停时限"),
            tone="ok" if line.supported else "bad",
            needs=t("需要以下之一：{kinds}", kinds=law.proofs(line.needs, tongue())),
        )


def rejected_of(page: CasePage, names: Names) -> Iterator[str]:
    """List what nobody need answer, and who was asked instead."""
    for line in page.rejected:
        fact, of, why = fact_name(line.fact), names.party(line.of), sayings.because(line.because)
        to = listed(names.party(party) for party in line.redirected_to)
        if to:
            yield t(
                "{fact}：不能向{of}要，{why}。已改请{to}举证。", fact=fact, of=of, why=why, to=to
            )
        else:
            yield t("{fact}：不能向{of}要，{why}。", fact=fact, of=of, why=why)
