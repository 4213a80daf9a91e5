"""The sealed items of the case."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from buckstop.domain.cases.events import EvidenceSubmitted, ProofAccepted
from buckstop.domain.words.event import Entry, Sealed
from buckstop.domain.words.ids import EvidenceId, FactKey, PartyId, ProofKind
from buckstop.domain.words.party import PartyRole


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """One sealed item, who gave it, and what it was accepted for."""

    evidence: EvidenceId
    kind: ProofKind
    by: PartyId
    name: Sealed
    media_type: str
    size: int
    sha256: str
    facts: tuple[FactKey, ...]
    late: bool
    at: datetime
    issuer: PartyRole | None = None
    accepted_for: tuple[FactKey, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """The items of the case, by id."""

    every: Mapping[EvidenceId, Item] = field(default_factory=dict)

    @property
    def next_id(self) -> EvidenceId:
        """Name the next item."""
        return EvidenceId(f"item-{len(self.every) + 1}")

    def after(self, entry: Entry) -> Self:
        """Follow one fact."""
        match entry.event:
            case EvidenceSubmitted() as event:
                item = Item(
                    evidence=event.evidence,
                    kind=event.kind,
                    by=event.by,
                    name=event.name,
                    media_type=event.media_type,
                    size=event.size,
                    sha256=event.sha256,
                    facts=event.facts,
                    late=event.late,
                    at=entry.recorded_at,
                    issuer=event.issuer,
                )
                return replace(self, every={**self.every, item.evidence: item})
            case ProofAccepted() as event:
                item = self.every[event.evidence]
                item = replace(item, accepted_for=(*item.accepted_for, event.fact))
                return replace(self, every={**self.every, item.evidence: item})
            case _:
                return self
