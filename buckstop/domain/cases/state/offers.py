"""The settlements that were proposed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from buckstop.domain.cases.events import (
    CaseClosed,
    LapseReversed,
    OfferEnd,
    OfferEnded,
    OfferMade,
)
from buckstop.domain.words.event import Entry
from buckstop.domain.words.ids import ClockId, DecisionId, OfferId, PartyId
from buckstop.domain.words.party import Holder
from buckstop.domain.words.purchase import Remedy


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """One proposed settlement; `returns_to` gets the ball back if the offer fails.

    `decision` is the recommendation that it puts to one side, if it is none of a party's own.
    """

    offer: OfferId
    by: PartyId
    to: PartyId
    remedy: Remedy
    better: bool
    clock: ClockId
    fulfil_days: int
    returns_to: Holder | None
    at: datetime
    decision: DecisionId | None = None
    end: OfferEnd | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Offers:
    """All offers of the case, by id."""

    every: Mapping[OfferId, Offer] = field(default_factory=dict)

    @property
    def next_id(self) -> OfferId:
        """Name the next offer."""
        return OfferId(f"offer-{len(self.every) + 1}")

    @property
    def open(self) -> tuple[Offer, ...]:
        """List the offers that can still be accepted, oldest first."""
        return tuple(o for o in self.every.values() if o.end is None)

    def of(self, party: PartyId) -> tuple[Offer, ...]:
        """List what one side ever offered of its own."""
        return tuple(o for o in self.every.values() if o.by == party and o.decision is None)

    def recommended(self, decision: DecisionId) -> tuple[Offer, ...]:
        """List the offers that put one recommendation to a side."""
        return tuple(o for o in self.every.values() if o.decision == decision)

    def after(self, entry: Entry) -> Self:
        """Follow one fact."""
        match entry.event:
            case OfferMade() as event:
                offer = Offer(
                    offer=event.offer,
                    by=event.by,
                    to=event.to,
                    remedy=event.remedy,
                    better=event.better,
                    clock=event.clock,
                    fulfil_days=event.fulfil_days,
                    returns_to=event.returns_to,
                    at=entry.recorded_at,
                    decision=event.decision,
                )
                return replace(self, every={**self.every, offer.offer: offer})
            case OfferEnded() as event:
                offer = replace(self.every[event.offer], end=event.end)
                return replace(self, every={**self.every, offer.offer: offer})
            case LapseReversed() as event:
                again = {
                    o.offer: replace(o, end=None)
                    for o in self.every.values()
                    if o.clock == event.clock and o.end is OfferEnd.LAPSED
                }
                return replace(self, every={**self.every, **again})
            case CaseClosed():
                over = {o.offer: replace(o, end=OfferEnd.MOOT) for o in self.open}
                return replace(self, every={**self.every, **over})
            case _:
                return self
