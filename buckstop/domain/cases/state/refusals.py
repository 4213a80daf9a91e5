"""The respondents' "no", with and without the proof it needs."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from buckstop.domain.cases.events import RefusalMade
from buckstop.domain.words.event import Entry, Sealed
from buckstop.domain.words.ids import EvidenceId, PartyId, ProofKind, RefusalId


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusal:
    """One refusal on a listed ground."""

    refusal: RefusalId
    by: PartyId
    ground: str
    supported: bool
    needs: tuple[ProofKind, ...]
    evidence: tuple[EvidenceId, ...]
    text: Sealed | None
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Refusals:
    """All refusals of the case, in order."""

    every: tuple[Refusal, ...] = ()

    @property
    def next_id(self) -> RefusalId:
        """Name the next refusal."""
        return RefusalId(f"refusal-{len(self.every) + 1}")

    @property
    def unsupported(self) -> tuple[Refusal, ...]:
        """List the refusals that stopped no clock."""
        return tuple(r for r in self.every if not r.supported)

    def after(self, entry: Entry) -> Self:
        """Follow one fact."""
        match entry.event:
            case RefusalMade() as event:
                refusal = Refusal(
                    refusal=event.refusal,
                    by=event.by,
                    ground=event.ground,
                    supported=event.supported,
                    needs=event.needs,
                    evidence=event.evidence,
                    text=event.text,
                    at=entry.recorded_at,
                )
                return replace(self, every=(*self.every, refusal))
            case _:
                return self
