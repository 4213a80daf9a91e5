"""How firmly each fact about the purchase stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from buckstop.domain.cases.events import FactStood, ProofAccepted
from buckstop.domain.words.event import Entry
from buckstop.domain.words.ids import EvidenceId, FactKey, PartyId, RowId
from buckstop.domain.words.standing import Standing

HELD = frozenset({Standing.ALLEGED, Standing.ADMITTED, Standing.PROVEN, Standing.DISPROVED})
"""Standings that an allegation of another side does not change."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Allegation:
    """What one side says of a fact."""

    by: PartyId
    value: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One fact: its standing, its value, and what it rests on.

    `alleged` is what each side said of it, the first to say so first; `had` is every standing
    that it ever had.
    """

    fact: FactKey
    standing: Standing
    value: str | None
    by: PartyId
    evidence: tuple[EvidenceId, ...]
    rows: tuple[RowId, ...]
    since: datetime
    alleged: tuple[Allegation, ...] = ()
    had: frozenset[Standing] = frozenset()

    def said_by(self, party: PartyId) -> Allegation | None:
        """Find what a party alleged of the fact."""
        return next((a for a in self.alleged if a.by == party), None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """The facts of the case, by key."""

    every: Mapping[FactKey, Fact] = field(default_factory=dict)

    def standing(self, fact: FactKey) -> Standing:
        """Say how a fact stands."""
        known = self.every.get(fact)
        return known.standing if known else Standing.UNKNOWN

    def ever_stood(self, fact: FactKey, standing: Standing) -> bool:
        """Tell whether a fact has, or once had, a standing."""
        known = self.every.get(fact)
        return known is not None and standing in known.had

    def after(self, entry: Entry) -> Self:
        """Follow one fact."""
        match entry.event:
            case FactStood() as event:
                known = _stood(self.every.get(event.fact), event, entry.recorded_at)
                return replace(self, every={**self.every, event.fact: known})
            case ProofAccepted() as event if event.fact in self.every:
                known = self.every[event.fact]
                known = replace(known, evidence=(*known.evidence, event.evidence))
                return replace(self, every={**self.every, event.fact: known})
            case _:
                return self


def _stood(known: Fact | None, event: FactStood, at: datetime) -> Fact:
    """Let a fact stand so; what another side alleges of it stands beside the first to allege."""
    alleged = _alleged(known, event)
    if known is not None and event.standing is Standing.ALLEGED and known.standing in HELD:
        restated = known.standing is Standing.ALLEGED and known.by == event.by
        if not restated:
            return replace(known, alleged=alleged)
    return Fact(
        fact=event.fact,
        standing=event.standing,
        value=event.value,
        by=event.by,
        evidence=event.evidence,
        rows=event.rows,
        since=at,
        alleged=alleged,
        had=(known.had if known else frozenset()) | {event.standing},
    )


def _alleged(known: Fact | None, event: FactStood) -> tuple[Allegation, ...]:
    before = known.alleged if known else ()
    if event.standing is not Standing.ALLEGED:
        return before
    said = Allegation(by=event.by, value=event.value)
    if any(a.by == event.by for a in before):
        return tuple(said if a.by == event.by else a for a in before)
    return (*before, said)
