"""What is owed to the consumer, and how far it has been delivered."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from buckstop.domain.cases.events import (
    AppealMade,
    FulfilmentConfirmed,
    FulfilmentDisputed,
    FulfilmentProven,
    RemedyOwed,
)
from buckstop.domain.words.event import Entry
from buckstop.domain.words.ids import ClockId, EvidenceId, PartyId, RemedyId
from buckstop.domain.words.purchase import Remedy


class Delivery(StrEnum):
    """How far a remedy has come."""

    OWED = "owed"
    DELIVERED = "delivered"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, kw_only=True, slots=True)
class Owed:
    """One remedy that a party owes."""

    remedy: RemedyId
    by: PartyId
    what: Remedy
    source: str
    clock: ClockId
    since: datetime
    delivery: Delivery = Delivery.OWED
    proofs: tuple[EvidenceId, ...] = ()
    delivered_at: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Remedies:
    """All remedies of the case, by id."""

    every: Mapping[RemedyId, Owed] = field(default_factory=dict)

    @property
    def next_id(self) -> RemedyId:
        """Name the next remedy."""
        return RemedyId(f"remedy-{len(self.every) + 1}")

    @property
    def open(self) -> tuple[Owed, ...]:
        """List the remedies that the consumer has not confirmed."""
        over = {Delivery.CONFIRMED, Delivery.SUPERSEDED}
        return tuple(r for r in self.every.values() if r.delivery not in over)

    def after(self, entry: Entry) -> Self:
        """Follow one fact."""
        match entry.event:
            case RemedyOwed() as event:
                owed = Owed(
                    remedy=event.remedy,
                    by=event.by,
                    what=event.what,
                    source=event.source,
                    clock=event.clock,
                    since=entry.recorded_at,
                )
                return replace(self, every={**self._superseded(), owed.remedy: owed})
            case AppealMade():
                return replace(self, every=self._superseded())
            case FulfilmentProven() as event:
                owed = self.every[event.remedy]
                owed = replace(owed, proofs=(*owed.proofs, event.evidence))
                if event.complete:
                    owed = replace(
                        owed, delivery=Delivery.DELIVERED, delivered_at=entry.recorded_at
                    )
                return self._with(owed)
            case FulfilmentConfirmed() as event:
                return self._with(replace(self.every[event.remedy], delivery=Delivery.CONFIRMED))
            case FulfilmentDisputed() as event:
                return self._with(replace(self.every[event.remedy], delivery=Delivery.DISPUTED))
            case _:
                return self

    def _superseded(self) -> Mapping[RemedyId, Owed]:
        over = {
            r.remedy: replace(r, delivery=Delivery.SUPERSEDED)
            for r in self.open
            if r.delivery in {Delivery.OWED, Delivery.DISPUTED}
        }
        return {**self.every, **over}

    def _with(self, owed: Owed) -> Self:
        return replace(self, every={**self.every, owed.remedy: owed})
