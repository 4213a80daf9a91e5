"""How firmly each fact about the purchase stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from buckstop.domain.cases.events import FactStood, ProofAccepted
from buckstop.domain.words.event import Entry
from buckstop.domain.words.ids import EvidenceId, FactKey, PartyId, RowId
from buckstop.domain.words.standing import Standing


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One fact: its standing, its value, and what it rests on."""

    fact: FactKey
    standing: Standing
    value: str | None
    by: PartyId
    evidence: tuple[EvidenceId, ...]
    rows: tuple[RowId, ...]
    since: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """The facts of the case, by key."""

    every: Mapping[FactKey, Fact] = field(default_factory=dict)

    def standing(self, fact: FactKey) -> Standing:
        """Say how a fact stands."""
        known = self.every.get(fact)
        return known.standing if known else Standing.UNKNOWN

    def after(self, entry: Entry) -> Self:
        """Follow one fact."""
        match entry.event:
            case FactStood() as event:
                known = Fact(
                    fact=event.fact,
                    standing=event.standing,
                    value=event.value,
                    by=event.by,
                    evidence=event.evidence,
                    rows=event.rows,
                    since=entry.recorded_at,
                )
                return replace(self, every={**self.every, event.fact: known})
            case ProofAccepted() as event if event.fact in self.every:
                known = self.every[event.fact]
                known = replace(known, evidence=(*known.evidence, event.evidence))
                return replace(self, every={**self.every, event.fact: known})
            case _:
                return self
