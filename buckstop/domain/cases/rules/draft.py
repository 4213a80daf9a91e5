"""The facts that a rule is about to make, each seen by the next step of the rule."""

from datetime import datetime

from buckstop.domain.cases.events import ClockStarted, ClockStopped
from buckstop.domain.cases.now import Now
from buckstop.domain.cases.state.case import Case
from buckstop.domain.cases.state.clocks import Clock
from buckstop.domain.words.calendar import DueDate, Span
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Channel, Entry, Event
from buckstop.domain.words.ids import ClockId, PartyId, RowId
from buckstop.domain.words.party import Actor


class Draft:
    """A case with facts being added to it; nothing outside sees them until they are all there."""

    def __init__(
        self, case: Case, now: Now, by: Actor, received_at: datetime | None = None
    ) -> None:
        """Begin with the case as it is; `received_at` is when the ask reached our edge."""
        self.case = case
        self.now = now
        self.by = by
        self.received_at = received_at or now.at
        self.events: list[Event] = []

    @property
    def at(self) -> datetime:
        """The moment of deciding."""
        return self.now.at

    def add(self, *events: Event) -> None:
        """Let facts follow one another."""
        for event in events:
            entry = Entry(
                seq=self.case.seq + 1,
                event=event,
                occurred_at=self.at,
                received_at=self.at,
                recorded_at=self.at,
                by=self.by,
                channel=Channel.WEB,
            )
            self.case = self.case.after(entry)
            self.events.append(event)

    def start(  # noqa: PLR0913 - a clock may be given any of these
        self,
        kind: ClockKind,
        party: PartyId,
        subject: str,
        *,
        span: Span | None = None,
        due: DueDate | None = None,
        rule: RowId | None = None,
    ) -> Clock:
        """Start a clock of the published length, or of `span`, or due at a given time."""
        clock = self.case.clocks.name(kind)
        reckoned = due or self.now.due(kind, span)
        self.add(
            ClockStarted(
                clock=clock,
                kind=kind,
                party=party,
                due=reckoned.at,
                span=None if due else span or self.now.rules.lengths[kind],
                rule=rule or RowId(f"house:{kind}"),
                subject=subject,
                skipped=len(reckoned.skipped),
                provisional=reckoned.provisional,
            )
        )
        return self.case.clocks.every[clock]

    def stop(self, because: str, *clocks: ClockId | None) -> None:
        """Stop those of the clocks that still live."""
        for clock in clocks:
            if clock and clock in self.case.clocks.every and self.case.clocks.every[clock].alive:
                self.add(ClockStopped(clock=clock, because=because))

    def stop_kinds(self, because: str, *kinds: ClockKind) -> None:
        """Stop all living clocks of some kinds."""
        self.stop(because, *(c.clock for c in self.case.clocks.alive(*kinds)))
