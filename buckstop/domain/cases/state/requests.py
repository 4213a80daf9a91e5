"""What was asked of whom, and what was rejected."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from buckstop.domain.cases.events import (
    CaseClosed,
    ProofRequested,
    RequestEnd,
    RequestEnded,
    RequestRejected,
)
from buckstop.domain.words.event import Entry, Sealed
from buckstop.domain.words.ids import (
    CaseId,
    ClockId,
    EvidenceId,
    FactKey,
    PartyId,
    ProofKind,
    RequestId,
    RowId,
)
from buckstop.domain.words.party import Holder


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """One ask for proof of one fact."""

    request: RequestId
    fact: FactKey
    of: PartyId
    by: PartyId
    why: Sealed | None
    kinds: tuple[ProofKind, ...]
    rows: tuple[RowId, ...]
    clock: ClockId
    returns_to: Holder
    forced: bool
    clarifies: RequestId | None
    at: datetime
    came_with: CaseId | None = None
    end: RequestEnd | None = None
    evidence: tuple[EvidenceId, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Rejected:
    """One ask that nobody need answer, and why."""

    fact: FactKey
    of: PartyId
    by: PartyId
    because: str
    redirected_to: tuple[PartyId, ...]
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Requests:
    """All requests of the case, by id, and the rejected ones in order."""

    every: Mapping[RequestId, Request] = field(default_factory=dict)
    rejected: tuple[Rejected, ...] = ()

    @property
    def next_id(self) -> RequestId:
        """Name the next request."""
        return self.id_ahead(0)

    def id_ahead(self, ahead: int) -> RequestId:
        """Name the request that comes after `ahead` further ones."""
        return RequestId(f"request-{len(self.every) + ahead + 1}")

    @property
    def open(self) -> tuple[Request, ...]:
        """List the requests that wait for an answer, oldest first."""
        return tuple(r for r in self.every.values() if r.end is None)

    @property
    def reasks(self) -> int:
        """Count the asks that were rejected or forced."""
        return len(self.rejected) + sum(1 for r in self.every.values() if r.forced)

    def open_with(self, party: PartyId) -> tuple[Request, ...]:
        """List the requests that wait for one party."""
        return tuple(r for r in self.open if r.of == party)

    def asked(self, fact: FactKey, of: PartyId) -> tuple[Request, ...]:
        """List the requests for a fact that a party got so far."""
        return tuple(r for r in self.every.values() if r.fact == fact and r.of == of)

    def after(self, entry: Entry) -> Self:
        """Follow one fact."""
        match entry.event:
            case ProofRequested() as event:
                return self._with(_asked(event, entry))
            case RequestRejected() as event:
                no = Rejected(
                    fact=event.fact,
                    of=event.of,
                    by=event.by,
                    because=event.because,
                    redirected_to=event.redirected_to,
                    at=entry.recorded_at,
                )
                return replace(self, rejected=(*self.rejected, no))
            case RequestEnded() as event:
                request = self.every[event.request]
                return self._with(replace(request, end=event.end, evidence=event.evidence))
            case CaseClosed():
                over = {r.request: replace(r, end=RequestEnd.MOOT) for r in self.open}
                return replace(self, every={**self.every, **over})
            case _:
                return self

    def _with(self, request: Request) -> Self:
        return replace(self, every={**self.every, request.request: request})


def _asked(event: ProofRequested, entry: Entry) -> Request:
    return Request(
        request=event.request,
        fact=event.fact,
        of=event.of,
        by=event.by,
        why=event.why,
        kinds=event.kinds,
        rows=event.rows,
        clock=event.clock,
        returns_to=event.returns_to,
        forced=event.forced_because is not None,
        clarifies=event.clarifies,
        at=entry.recorded_at,
        came_with=event.came_with,
    )
