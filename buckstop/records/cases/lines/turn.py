"""Whose turn it is, by when, and where the ball has been."""

from datetime import datetime, timedelta

from buckstop.domain.cases.events import (
    Outcome,
    TaskEnd,
)
from buckstop.domain.cases.state.clocks import Moved, Running
from buckstop.domain.words.ball import How
from buckstop.domain.words.calendar import Span
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import frozen
from buckstop.domain.words.ids import (
    ClockId,
    FactKey,
    PartyId,
    RequestId,
    RowId,
    TaskId,
)
from buckstop.domain.words.party import Holder


@frozen
class OrElse:
    """What the lapse of a clock would do by itself, found by letting it lapse in thought.

    `code` names the weightiest consequence: `case-closes`, `fact-presumed`, `decision-due`,
    `fulfilment-chased` (the same where what is owed was settled before), `promise-breaks`,
    `record-stands`, `offer-lapses`, `packet-released`, `ball-moves`, `date-derived-again`,
    `goes-on`.
    """

    code: str
    presumed: tuple[FactKey, ...] = ()
    outcome: Outcome | None = None
    ball_to: Holder | None = None
    next_kind: ClockKind | None = None
    next_due: datetime | None = None


@frozen
class Turn:
    """Who must act, since when, what, by when, and what happens if not.

    `share` is the part of the time that is gone, from 0 to 1.
    """

    holder: Holder
    since: datetime
    must: str
    due: datetime | None
    clock: ClockId | None
    kind: ClockKind | None
    share: float | None
    provisional: bool
    or_else: OrElse | None


@frozen
class ClockLine:
    """A time limit with all that answers "why this date"."""

    clock: ClockId
    kind: ClockKind
    party: PartyId
    state: Running
    started: datetime
    started_by: int
    due: datetime
    first_due: datetime
    span: Span | None
    rule: RowId
    subject: str
    skipped: int
    pauses: tuple[tuple[datetime, datetime | None, RequestId], ...]
    rested: timedelta
    moves: tuple[Moved, ...]
    provisional: bool
    ended: datetime | None
    ended_because: str | None
    or_else: OrElse | None


@frozen
class TaskLine:
    """One duty of one party outside the house."""

    task: TaskId
    debtor: PartyId
    expected: str
    clock: ClockId
    since: datetime
    due: datetime
    ended_at: datetime | None
    end: TaskEnd | None
    lapsed: bool


@frozen
class HoldLine:
    """One stay of the ball, for the ball path; `kick` numbers the returns with nothing new."""

    seq: int
    holder: Holder
    since: datetime
    until: datetime | None
    how: How
    kick: int | None
    idle: bool
    reason: str
    expected: str
    sentence: str | None
    due: datetime | None
    lapsed: bool
    progress: tuple[datetime, ...]
