"""Due times missed in our own log, and for how long."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction

from buckstop.domain.buck_passing.trail import Charge, Term
from buckstop.domain.cases.events import (
    BallMoved,
    CaseClosed,
    ClockLapsed,
    FulfilmentProven,
    LapseReversed,
    RemedyOwed,
    TaskEnded,
    TaskOpened,
)
from buckstop.domain.cases.state.clocks import Clock, Clocks
from buckstop.domain.cases.state.parties import Parties
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Entry, Event
from buckstop.domain.words.ids import ClockId, PartyId
from buckstop.domain.words.party import CONSUMER, HOUSE

LASTING = frozenset({ClockKind.FULFIL, ClockKind.STATUTORY})
"""Duties that a lapse does not take away from their debtor.

A promise is none: its lapse breaks it, which has a price of its own and can no longer be kept.
"""
CUSTODY = frozenset(
    {
        ClockKind.TAKE_UP,
        ClockKind.HANDLE,
        ClockKind.RESPOND,
        ClockKind.PROVE,
        ClockKind.DECIDE,
        ClockKind.SUPERVISE,
        ClockKind.APPEAL_DECIDE,
    }
)
"""Duties that end with the hold or the task they belong to; other clocks give a right, no duty."""
DAY = timedelta(days=1) // timedelta(microseconds=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Missed:
    """One due time that passed, and when the duty was over; None while it is not."""

    clock: Clock
    node: str
    hold: str | None
    at: datetime
    over: datetime | None = None

    def charge(self, until: datetime) -> Charge:
        """Charge it with the days until the duty was over, or until now."""
        late = max((self.over or until) - self.clock.due, timedelta())
        lasting = self.clock.kind in LASTING
        return Charge(
            term=Term.MISSED_DUE,
            party=self.node,
            at=self.at,
            obligation=self.clock.subject if lasting else self.clock.clock,
            days_over=Fraction(late // timedelta(microseconds=1), DAY),
            hold=self.hold,
        )


def missed_dues(entries: Sequence[Entry], until: datetime) -> Iterator[Charge]:
    """Charge every due time that was missed and not set right by a correction.

    Whoever was never reached has missed nothing (K8).
    """
    clocks, parties, missed = Clocks(), Parties(), dict[ClockId, Missed]()
    holder, hold = str(HOUSE), ""
    tasks: dict[str, ClockId] = {}
    debtors: dict[str, PartyId] = {}
    for entry in entries:
        clocks, parties = clocks.after(entry), parties.after(entry)
        match entry.event:
            case BallMoved(to=to) if to.party != CONSUMER and to.node != holder:
                holder, hold = to.node, f"hold-{entry.seq}"
            case TaskOpened() as event:
                tasks[event.task] = event.clock
            case RemedyOwed() as event:
                debtors[event.remedy] = event.by
            case ClockLapsed() as event:
                clock = clocks.every[event.clock]
                duty = clock.kind in LASTING | CUSTODY and clock.party != CONSUMER
                if duty and _knew(parties, clock.party):
                    missed[event.clock] = _missed(clock, entry, (holder, hold))
            case LapseReversed() as event:
                missed.pop(event.clock, None)
            case _:
                pass
        for name, one in missed.items():
            if one.over is None and _ends(entry.event, one, tasks, debtors):
                missed[name] = replace(one, over=entry.recorded_at)
    return (one.charge(until) for one in missed.values())


def _knew(parties: Parties, party: PartyId) -> bool:
    """Tell whether a party had ever heard of the case; the house always has."""
    member = parties.members.get(party)
    return member is None or member.reached


def _missed(clock: Clock, entry: Entry, held: tuple[str, str]) -> Missed:
    holder, hold = held
    of_house = clock.party == HOUSE and holder.startswith(f"{HOUSE}/")
    node = holder if of_house else clock.party
    return Missed(
        clock=clock, node=node, hold=hold if node == holder else None, at=entry.recorded_at
    )


def _ends(
    event: Event, missed: Missed, tasks: dict[str, ClockId], debtors: dict[str, PartyId]
) -> bool:
    """Tell whether an event ends the duty that was late."""
    clock = missed.clock
    match event:
        case CaseClosed():
            return True
        case FulfilmentProven(complete=True):
            of_law = clock.kind is ClockKind.STATUTORY
            met = of_law and debtors.get(event.remedy) == clock.party
            return met or (clock.kind is ClockKind.FULFIL and event.remedy == clock.subject)
        case TaskEnded():
            return clock.kind in CUSTODY and tasks.get(event.task) == clock.clock
        case BallMoved():
            return clock.kind in CUSTODY and event.to.node != missed.node
        case _:
            return False
