"""What a decision is made under: the time, the published rules, the calendar, the law."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType

from buckstop.domain.words.calendar import MAINLAND, Calendar, DueDate, Span, Unit, due
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import frozen
from buckstop.domain.words.ids import DeskId, PersonId
from buckstop.domain.words.money import Fen
from buckstop.domain.words.party import HOUSE, Holder

LENGTHS: Mapping[ClockKind, Span] = MappingProxyType(
    {
        ClockKind.TAKE_UP: Span(1, Unit.WORKING_DAYS),
        ClockKind.HANDLE: Span(2, Unit.WORKING_DAYS),
        ClockKind.RESPOND: Span(3, Unit.DAYS),
        ClockKind.BOUNCE: Span(24, Unit.HOURS),
        ClockKind.PROVE: Span(3, Unit.DAYS),
        ClockKind.ANSWER: Span(5, Unit.DAYS),
        ClockKind.OFFER: Span(3, Unit.DAYS),
        ClockKind.FULFIL: Span(7, Unit.DAYS),
        ClockKind.CONFIRM: Span(7, Unit.DAYS),
        ClockKind.DECIDE: Span(3, Unit.WORKING_DAYS),
        ClockKind.SUPERVISE: Span(1, Unit.WORKING_DAYS),
        ClockKind.APPEAL: Span(15, Unit.DAYS),
        ClockKind.APPEAL_DECIDE: Span(7, Unit.WORKING_DAYS),
        ClockKind.PROMISE: Span(1, Unit.WORKING_DAYS),
        ClockKind.CONTRADICT: Span(48, Unit.HOURS),
        ClockKind.FIND: Span(3, Unit.WORKING_DAYS),
        ClockKind.OUTSIDE: Span(60, Unit.DAYS),
    }
)
"""How long each house-rule clock runs where a house publishes nothing else."""

GRACE: Mapping[str, timedelta] = MappingProxyType({"mail": timedelta(minutes=15)})
"""How long after its due time a clock waits for a channel that is polled."""


@frozen
class Powers:
    """What a house may do, as it publishes."""

    decide: bool = True
    hold_deposits: bool = False
    advance_money: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class HouseRules:
    """The rules that a house has published, in one version.

    Thresholds of None never take over. `ladder` names the nodes from the first desk up.
    `desks` are further ones than those on the ladder; a time given by hand is between `least_span`
    and `most_span`.
    `second_from` is the amount in fen from which a decision needs a second person. A house that
    does not assess its cases makes no findings, so none names anybody.
    """

    version: str
    powers: Powers = Powers()
    lengths: Mapping[ClockKind, Span] = field(default_factory=lambda: LENGTHS)
    takeover_kicks: int | None = 2
    takeover_passes: int | None = 4
    pause_days: int = 5
    pause_times: int = 2
    after_pass_hours: int = 48
    call_back: Span = Span(48, Unit.HOURS)
    urges_a_day: int = 2
    reminders_to_confirm: int = 2
    reminder_gap: timedelta = timedelta(hours=72)
    reminder_before: timedelta = timedelta(hours=24)
    reopen_days: int = 30
    given_up_days: int = 30
    second_from: Fen = Fen(1)
    ladder: tuple[str, ...] = ()
    least_span: timedelta = timedelta(hours=1)
    most_span: timedelta = timedelta(days=30)
    desks: tuple[DeskId, ...] = ()
    desk: DeskId = DeskId("service")
    supervisor_desk: DeskId = DeskId("supervision")
    supervisor: PersonId | None = None
    is_liable: bool = False
    assesses: bool = True

    def above(self, upper: str, lower: str) -> bool | None:
        """Tell whether `upper` stands above `lower` on the published ladder; None if unknown.

        Who is not on it is above nobody.
        """
        if self.ladder and upper not in self.ladder:
            return False
        if lower not in self.ladder:
            return None
        return self.ladder.index(upper) > self.ladder.index(lower)

    @property
    def every_desk(self) -> frozenset[DeskId]:
        """Name the desks that a case can be passed to."""
        inside = f"{HOUSE}/"
        listed = (n.removeprefix(inside) for n in self.ladder if n.startswith(inside))
        return frozenset({self.desk, self.supervisor_desk, *self.desks, *map(DeskId, listed)})

    @property
    def supervision(self) -> Holder:
        """Where a lapse of the house's own goes."""
        return Holder(party=HOUSE, desk=self.supervisor_desk, person=self.supervisor)


@dataclass(frozen=True, kw_only=True, slots=True)
class Now:
    """The moment `at` (aware UTC) and what was published then."""

    at: datetime
    rules: HouseRules
    calendar: Calendar = MAINLAND

    def due(self, kind: ClockKind, span: Span | None = None) -> DueDate:
        """Reckon when a clock of this kind, started now, is due."""
        return due(self.at, span or self.rules.lengths[kind], self.calendar)
