"""Whose turn it is, by when, what happens if not, and where the ball has been."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from buckstop.domain.buck_passing.index import Index
from buckstop.domain.cases import events as fact
from buckstop.domain.cases.decide import lapse
from buckstop.domain.cases.now import Now
from buckstop.domain.cases.rules.ball import WISH
from buckstop.domain.cases.state.case import Case
from buckstop.domain.cases.state.clocks import Clock, Running
from buckstop.domain.cases.state.progress import progress_in
from buckstop.domain.cases.state.tasks import Task
from buckstop.domain.words.ball import How
from buckstop.domain.words.clock import BESIDE, ClockKind
from buckstop.domain.words.event import Entry, Event, Sealed
from buckstop.domain.words.standing import Standing
from buckstop.records.cases.lines.turn import ClockLine, HoldLine, OrElse, TaskLine, Turn

type Reader = Callable[[Sealed | None], str | None]


def turn_of(case: Case, now: Now) -> Turn | None:
    """Say whose turn it is; None once the case is closed."""
    holder, since = case.custody.holder, case.custody.since
    if not case.open or holder is None or since is None:
        return None
    clock = _clock_of_turn(case)
    return Turn(
        holder=holder,
        since=since,
        must=case.custody.expected,
        due=clock.due if clock else case.custody.due,
        clock=clock.clock if clock else None,
        kind=clock.kind if clock else None,
        share=_share(clock, now.at) if clock else None,
        provisional=clock is not None and clock.provisional,
        or_else=or_else(case, clock, now) if clock else None,
    )


def or_else(case: Case, clock: Clock, now: Now) -> OrElse | None:
    """Let a living clock lapse in thought and say what would follow."""
    if not clock.alive:
        return None
    ran_out = replace(clock, state=Running.RUNNING)
    facts = lapse(case, ran_out, replace(now, at=max(clock.due, now.at)))
    moved = [e.to for e in facts if isinstance(e, fact.BallMoved)]
    started = [e for e in facts if isinstance(e, fact.ClockStarted)]
    closed = [e.outcome for e in facts if isinstance(e, fact.CaseClosed)]
    codes = {_code(event) for event in facts}
    code = next(code for code in WEIGHTS if code in codes or code == "goes-on")
    if code == "decision-due" and clock.kind is ClockKind.FULFIL:
        # What is owed was settled or decided before: what is due now is to see it done.
        code = "fulfilment-chased"
    return OrElse(
        code=code,
        presumed=tuple(
            e.fact
            for e in facts
            if isinstance(e, fact.FactStood) and e.standing is Standing.PRESUMED
        ),
        outcome=closed[0] if closed else None,
        ball_to=moved[-1] if moved else None,
        next_kind=started[0].kind if started else None,
        next_due=started[0].due if started else None,
    )


WEIGHTS = (
    "case-closes",
    "fact-presumed",
    "decision-due",
    "taken-over",
    "promise-breaks",
    "record-stands",
    "packet-released",
    "offer-lapses",
    "date-derived-again",
    "reminded-again",
    "ball-moves",
    "goes-on",
)
"""The consequences of a lapse, the weightiest first."""


def _code(event: Event) -> str:
    match event:
        case fact.CaseClosed():
            return "case-closes"
        case fact.FactStood(standing=Standing.PRESUMED):
            return "fact-presumed"
        case fact.DecisionPrepared():
            return "decision-due"
        case fact.TakenOver():
            return "taken-over"
        case fact.PromiseBroken():
            return "promise-breaks"
        case fact.RecordStood():
            return "record-stands"
        case fact.PacketReleased():
            return "packet-released"
        case fact.OfferEnded():
            return "offer-lapses"
        case fact.ClockPostponed(because="reminders-outstanding"):
            return "reminded-again"
        case fact.ClockPostponed():
            return "date-derived-again"
        case fact.BallMoved():
            return "ball-moves"
        case _:
            return "goes-on"


def clock_line(case: Case, clock: Clock, now: Now) -> ClockLine:
    """Tell a clock with all that answers "why this date"."""
    return ClockLine(
        clock=clock.clock,
        kind=clock.kind,
        party=clock.party,
        state=clock.state,
        started=clock.started,
        started_by=clock.started_by,
        due=clock.due,
        first_due=clock.first_due,
        span=clock.span,
        rule=clock.rule,
        subject=clock.subject,
        skipped=clock.skipped,
        pauses=tuple((p.since, p.until, p.because) for p in clock.pauses),
        rested=clock.rested(now.at),
        moves=clock.moves,
        provisional=clock.provisional,
        ended=clock.ended,
        ended_because=clock.ended_because,
        or_else=or_else(case, clock, now),
    )


def task_line(case: Case, task: Task) -> TaskLine:
    """Tell one duty of one party."""
    clock = case.clocks.every[task.clock]
    return TaskLine(
        task=task.task,
        debtor=task.debtor,
        expected=task.expected,
        clock=task.clock,
        since=task.since,
        due=clock.due,
        ended_at=task.ended_at,
        end=task.end,
        lapsed=clock.state is Running.LAPSED,
    )


def holds_of(
    case: Case, entries: Sequence[Entry], index: Index, text: Reader
) -> tuple[HoldLine, ...]:
    """List where the ball stayed, with what the index makes of each move."""
    kicks = {(k.at, k.to_node): k.number for k in index.kicks}
    idle = {(m.at, m.to_node) for m in index.idle_passes}
    progress = progress_in(entries)
    stays = _stays(entries)
    ends = [stay[0].recorded_at for stay in stays[1:]] + [case.closing.closed_at]
    last_how = [_moved(stay[0]).how for stay in stays[1:]] + [None]
    lines = []
    for stay, until, next_how in zip(stays, ends, last_how, strict=True):
        first, last = _moved(stay[0]), _moved(stay[-1])
        since, mark = stay[0].recorded_at, (stay[0].recorded_at, first.to.node)
        lines.append(
            HoldLine(
                seq=stay[0].seq,
                holder=last.to,
                since=since,
                until=until,
                how=first.how,
                kick=kicks.get(mark),
                idle=mark in idle,
                reason=first.reason,
                expected=last.expected,
                sentence=text(first.sentence),
                due=last.due,
                lapsed=next_how is How.LAPSE,
                progress=tuple(
                    p.recorded_at
                    for p in progress
                    if p.seq > stay[0].seq
                    and since <= p.recorded_at
                    and (until is None or p.recorded_at <= until)
                ),
            )
        )
    return tuple(lines)


def _stays(entries: Sequence[Entry]) -> list[list[Entry]]:
    """Put together the moves that left the ball where it was; a takeover begins a stay."""
    stays: list[list[Entry]] = []
    for entry in entries:
        if not isinstance(entry.event, fact.BallMoved):
            continue
        taken_over = entry.event.how is How.TAKEOVER
        stayed = stays and _moved(stays[-1][-1]).to.node == entry.event.to.node
        if stayed and not taken_over:
            stays[-1].append(entry)
        else:
            stays.append([entry])
    return stays


def _moved(entry: Entry) -> fact.BallMoved:
    if not isinstance(entry.event, fact.BallMoved):
        raise TypeError(entry.event)
    return entry.event


def _clock_of_turn(case: Case) -> Clock | None:
    holder = case.custody.holder
    if holder is None:
        return None
    task = case.tasks.of(holder.party)
    if task is not None:
        return case.clocks.every[task.clock]
    # The time to answer a wish for takeover is the supervisor's, beside whoever has the ball.
    running = [c for c in case.clocks.running if c.kind not in BESIDE and c.subject != WISH]
    own = [c for c in running if c.party == holder.party]
    return next(iter(own or running), None)


def _share(clock: Clock, at: datetime) -> float:
    rested = clock.rested(at)
    whole = clock.due - clock.started - rested
    if not whole:
        return 1.0
    return min(1.0, max(0.0, (at - clock.started - rested) / whole))
