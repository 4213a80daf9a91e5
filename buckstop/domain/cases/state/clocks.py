"""The time limits of the case: running, resting, stopped, lapsed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from buckstop.domain.cases.events import (
    ClockHandedOn,
    ClockLapsed,
    ClockPaused,
    ClockPostponed,
    ClockResumed,
    ClockStarted,
    ClockStopped,
    LapseReversed,
)
from buckstop.domain.words.calendar import Span
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Entry
from buckstop.domain.words.ids import ClockId, PartyId, RequestId, RowId


class Running(StrEnum):
    """Whether time passes for a clock."""

    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    LAPSED = "lapsed"


@dataclass(frozen=True, kw_only=True, slots=True)
class Pause:
    """One rest of a clock and the request that caused it; it ends at `most` by itself (K2)."""

    since: datetime
    until: datetime | None
    because: RequestId
    most: datetime


HANDED_ON, RESTED = "handed-on", "rested"
"""Why a due time moved, where no event says it in a word of its own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Moved:
    """One change of a due time; `charged_to` is who redirected, where somebody did (K1)."""

    at: datetime
    before: datetime
    due: datetime
    because: str
    charged_to: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """One time limit, with all that answers "why this date".

    `given_by` is the entry that gave it to its party, `ended_by` the one that ended it,
    `counted_from` what its span counts from, `had` its parties in turn.
    """

    clock: ClockId
    kind: ClockKind
    party: PartyId
    started: datetime
    started_by: int
    given_by: int
    counted_from: datetime
    due: datetime
    first_due: datetime
    span: Span | None
    rule: RowId
    subject: str
    skipped: int
    provisional: bool
    had: tuple[PartyId, ...] = ()
    state: Running = Running.RUNNING
    pauses: tuple[Pause, ...] = ()
    moves: tuple[Moved, ...] = ()
    ended: datetime | None = None
    ended_by: int | None = None
    ended_because: str | None = None

    @property
    def running(self) -> bool:
        """Whether the clock can lapse."""
        return self.state is Running.RUNNING

    @property
    def alive(self) -> bool:
        """Whether the clock runs or rests."""
        return self.state in {Running.RUNNING, Running.PAUSED}

    @property
    def wakes(self) -> datetime | None:
        """When something happens to the clock by itself: it runs out, or has rested its time."""
        if self.running:
            return self.due
        return self.pauses[-1].most if self.state is Running.PAUSED else None

    @property
    def postponed(self) -> int:
        """Count how often the due time was moved for a cause of its own."""
        return sum(1 for m in self.moves if m.because not in {HANDED_ON, RESTED})

    def rested(self, at: datetime) -> timedelta:
        """Add up how long the clock rested until `at`."""
        return sum(((p.until or at) - p.since for p in self.pauses), timedelta())


@dataclass(frozen=True, kw_only=True, slots=True)
class Clocks:
    """All clocks the case ever had, by id."""

    every: Mapping[ClockId, Clock] = field(default_factory=dict)

    @property
    def running(self) -> tuple[Clock, ...]:
        """List the running clocks, the next to lapse first."""
        return tuple(
            sorted(
                (c for c in self.every.values() if c.running),
                key=lambda c: (c.due, c.clock),
            )
        )

    def alive(self, *kinds: ClockKind) -> tuple[Clock, ...]:
        """List the running and resting clocks of some kinds."""
        return tuple(c for c in self.every.values() if c.alive and c.kind in kinds)

    def about(self, subject: str) -> Clock | None:
        """Find the living clock about a subject."""
        return next((c for c in self.every.values() if c.alive and c.subject == subject), None)

    def pauses_of(self, party: PartyId) -> tuple[Pause, ...]:
        """List the rests of a party's clocks over the whole case, one for each request."""
        pauses = {p.because: p for c in self.every.values() if c.party == party for p in c.pauses}
        return tuple(pauses.values())

    def rested(self, party: PartyId, at: datetime) -> timedelta:
        """Add up how long a party's clocks rested until `at`, over the whole case."""
        spans = ((p.until or at) - p.since for p in self.pauses_of(party) if p.since < at)
        return sum(spans, timedelta())

    def name(self, kind: ClockKind) -> ClockId:
        """Name the next clock of a kind."""
        return self.name_ahead(kind, 0)

    def name_ahead(self, kind: ClockKind, ahead: int) -> ClockId:
        """Name the clock that comes after `ahead` further ones of its kind."""
        count = sum(1 for c in self.every.values() if c.kind is kind)
        return ClockId(f"{kind}-{count + ahead + 1}")

    def after(self, entry: Entry) -> Self:
        """Follow one fact."""
        at = entry.recorded_at
        match entry.event:
            case ClockStarted() as event:
                return self._with(_started(event, entry))
            case ClockPaused() as event:
                clock = self.every[event.clock]
                pause = Pause(since=at, until=None, because=event.because, most=event.until)
                return self._with(
                    replace(clock, state=Running.PAUSED, pauses=(*clock.pauses, pause))
                )
            case ClockResumed() as event:
                clock = self.every[event.clock]
                *before, last = clock.pauses
                pauses = (*before, replace(last, until=at))
                clock = _moved(clock, at, event.due, RESTED)
                return self._with(replace(clock, state=Running.RUNNING, pauses=pauses))
            case ClockHandedOn() as event:
                clock = _moved(self.every[event.clock], at, event.due, HANDED_ON, event.charged_to)
                return self._with(
                    replace(
                        clock,
                        party=event.party,
                        had=(*clock.had, event.party),
                        given_by=entry.seq,
                        provisional=clock.provisional and not event.extra_seconds,
                    )
                )
            case ClockPostponed() as event:
                clock = _moved(self.every[event.clock], at, event.due, event.because)
                return self._with(
                    replace(
                        clock,
                        provisional=event.provisional,
                        counted_from=event.counted_from or clock.counted_from,
                    )
                )
            case ClockStopped() as event:
                return self._ended(event.clock, Running.STOPPED, event.because, entry)
            case ClockLapsed() as event:
                return self._ended(event.clock, Running.LAPSED, "lapsed", entry)
            case LapseReversed() as event:
                return self._with(
                    replace(
                        self.every[event.clock],
                        state=Running.RUNNING,
                        ended=None,
                        ended_by=None,
                        ended_because=None,
                    )
                )
            case _:
                return self

    def _ended(self, clock: ClockId, state: Running, because: str, entry: Entry) -> Self:
        return self._with(
            replace(
                self.every[clock],
                state=state,
                ended=entry.recorded_at,
                ended_by=entry.seq,
                ended_because=because,
            )
        )

    def _with(self, clock: Clock) -> Self:
        return replace(self, every={**self.every, clock.clock: clock})


def _moved(
    clock: Clock, at: datetime, due: datetime, because: str, charged_to: str | None = None
) -> Clock:
    move = Moved(at=at, before=clock.due, due=due, because=because, charged_to=charged_to)
    return replace(clock, due=due, moves=(*clock.moves, move))


def _started(event: ClockStarted, entry: Entry) -> Clock:
    return Clock(
        clock=event.clock,
        kind=event.kind,
        party=event.party,
        started=entry.recorded_at,
        started_by=entry.seq,
        given_by=entry.seq,
        counted_from=entry.recorded_at,
        due=event.due,
        first_due=event.due,
        span=event.span,
        rule=event.rule,
        subject=event.subject,
        skipped=event.skipped,
        provisional=event.provisional,
        had=(event.party,),
    )
