"""Whether the case is open, how it ended, and what would make ending it a giving up."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from buckstop.domain.cases.events import (
    CaseAbsorbed,
    CaseClosed,
    CaseJoined,
    CaseLinked,
    CaseOpened,
    CaseReopened,
    ClockLapsed,
    JoinUndone,
    LapseReversed,
    Outcome,
    PromiseBroken,
    PromiseKept,
    PromiseVoided,
    Urged,
)
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Entry
from buckstop.domain.words.ids import CaseId, ClockId, PartyId
from buckstop.domain.words.party import CONSUMER

NO_FAULT = frozenset({ClockKind.OFFER, ClockKind.CONTRADICT, ClockKind.FIND, ClockKind.OUTSIDE})
"""Kinds of clock whose running out is nobody's fault."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Closing:
    """The beginning and the end of the case, and its ties to other cases.

    `reopened_by` is the entry that last let it go on, 0 while none did.
    """

    opened_at: datetime | None = None
    closed_at: datetime | None = None
    outcome: Outcome | None = None
    given_up: bool = False
    reopened: int = 0
    reopened_by: int = 0
    lapses: tuple[tuple[ClockId, datetime], ...] = ()
    failings: tuple[tuple[str, datetime], ...] = ()
    urges: tuple[tuple[PartyId, datetime], ...] = ()
    joined_into: CaseId | None = None
    absorbed: tuple[CaseId, ...] = ()
    linked: tuple[CaseId, ...] = ()

    @property
    def last_failing(self) -> datetime | None:
        """Tell when somebody but the consumer last let a time run out or broke a promise."""
        return self.failings[-1][1] if self.failings else None

    @property
    def urged(self) -> tuple[datetime, ...]:
        """List when anybody urged."""
        return tuple(at for _, at in self.urges)

    @property
    def open(self) -> bool:
        """Whether somebody still has to act."""
        return self.opened_at is not None and self.closed_at is None

    def after(self, entry: Entry) -> Self:  # noqa: PLR0912 - one branch a kind of fact
        """Follow one fact."""
        at = entry.recorded_at
        match entry.event:
            case CaseOpened():
                return replace(self, opened_at=at)
            case CaseClosed() as event:
                return replace(self, closed_at=at, outcome=event.outcome, given_up=event.given_up)
            case CaseReopened():
                return replace(
                    self,
                    closed_at=None,
                    outcome=None,
                    given_up=False,
                    reopened=self.reopened + 1,
                    reopened_by=entry.seq,
                )
            case ClockLapsed() as event if event.kind not in NO_FAULT:
                lapses = (*self.lapses, (event.clock, at))
                if event.party == CONSUMER:
                    return replace(self, lapses=lapses)
                return replace(self, lapses=lapses, failings=(*self.failings, (event.clock, at)))
            case LapseReversed() as event:
                return replace(
                    self,
                    lapses=tuple(x for x in self.lapses if x[0] != event.clock),
                    failings=tuple(x for x in self.failings if x[0] != event.clock),
                )
            case PromiseBroken() as event:
                return replace(self, failings=(*self.failings, (event.promise, at)))
            case (PromiseKept() | PromiseVoided()) as event:
                kept = tuple(x for x in self.failings if x[0] != event.promise)
                return replace(self, failings=kept)
            case Urged():
                return replace(self, urges=(*self.urges, (entry.by.party, at)))
            case CaseJoined() as event:
                return replace(self, joined_into=event.into)
            case CaseAbsorbed() as event:
                return replace(self, absorbed=(*self.absorbed, event.other))
            case JoinUndone() as event:
                return replace(
                    self,
                    joined_into=None if self.joined_into == event.other else self.joined_into,
                    absorbed=tuple(c for c in self.absorbed if c != event.other),
                )
            case CaseLinked() as event:
                return replace(self, linked=(*self.linked, event.other))
            case _:
                return self
