"""Every stay of the ball in our own log, with what a picture or a timeline shows of it."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from buckstop.domain.buck_passing.index import Index
from buckstop.domain.cases.events import BallMoved, CaseClosed, CaseReopened, ClockLapsed
from buckstop.domain.cases.state.progress import progress_in
from buckstop.domain.words.ball import How
from buckstop.domain.words.event import Entry, Sealed, frozen
from buckstop.domain.words.ids import TaskId
from buckstop.domain.words.party import Holder


@frozen
class Hold:
    """One stay of the ball; `kick` numbers the returns with nothing new.

    `until` is None while it lasts. `lapsed` says that its due time ran out; `progress` are the
    moments at which something moved the case on meanwhile.
    """

    seq: int
    holder: Holder
    since: datetime
    until: datetime | None
    how: How
    kick: int | None
    idle: bool
    reason: str
    expected: str
    sentence: Sealed | None
    due: datetime | None
    lapsed: bool
    progress: tuple[datetime, ...]
    task: TaskId | None


def holds_of(entries: Sequence[Entry], index: Index) -> tuple[Hold, ...]:
    """Read the stays of the ball from a log; a change of agent within a desk is none."""
    kicks = {kick.seq: kick.number for kick in index.kicks}
    idle = {move.seq for move in index.idle_passes}
    moves = _stays([e for e in entries if _how(e) not in {None, How.AGENT}])
    ends = [e.recorded_at for e in moves[1:]]
    last = _end(entries)
    progress = {e.seq for e in progress_in(entries)}
    return (
        tuple(
            _hold(entries, entry, until, kicks, idle, progress)
            for entry, until in zip(moves, [*ends, last], strict=True)
        )
        if moves
        else ()
    )


def _how(entry: Entry) -> How | None:
    return entry.event.how if isinstance(entry.event, BallMoved) else None


def _stays(moves: list[Entry]) -> list[Entry]:
    """Leave out what was no stay: one rule gave the ball and the next took it at once."""
    by_rule = {How.ROLL, How.LAPSE}
    passing = {
        came.seq
        for came, left in pairwise(moves)
        if came.recorded_at == left.recorded_at and {_how(came), _how(left)} <= by_rule
    }
    return [move for move in moves if move.seq not in passing]


def _end(entries: Sequence[Entry]) -> datetime | None:
    """Say when the case was closed; None while it is open."""
    ended: datetime | None = None
    for entry in entries:
        if isinstance(entry.event, CaseClosed):
            ended = entry.recorded_at
        elif isinstance(entry.event, CaseReopened):
            ended = None
    return ended


def _hold(  # noqa: PLR0913, PLR0917 - what a stay is told from
    entries: Sequence[Entry],
    entry: Entry,
    until: datetime | None,
    kicks: dict[int, int],
    idle: set[int],
    progress: set[int],
) -> Hold:
    event = entry.event
    if not isinstance(event, BallMoved):
        msg = "a hold begins with a move of the ball"
        raise TypeError(msg)
    during = [
        e for e in entries if e.seq > entry.seq and (until is None or e.recorded_at <= until)
    ]
    lapsed = any(
        isinstance(e.event, ClockLapsed)
        and e.event.party == event.to.party
        and e.occurred_at == event.due
        for e in during
    )
    return Hold(
        seq=entry.seq,
        holder=event.to,
        since=entry.recorded_at,
        until=until,
        how=event.how,
        kick=kicks.get(entry.seq),
        idle=entry.seq in idle,
        reason=event.reason,
        expected=event.expected,
        sentence=event.sentence,
        due=event.due,
        lapsed=lapsed,
        progress=tuple(e.recorded_at for e in during if e.seq in progress),
        task=event.task,
    )
