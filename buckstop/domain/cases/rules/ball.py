"""Where the ball goes, and the clock that goes with it (C1-C10, K1)."""

from datetime import datetime, timedelta

from buckstop.domain.cases.events import (
    BallMoved,
    ClockHandedOn,
    ClockPaused,
    ClockResumed,
    OfferEnd,
    OfferEnded,
    RequestEnd,
    RequestEnded,
    TakenOver,
    TaskEnd,
    TaskEnded,
    TaskOpened,
)
from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.cases.state.clocks import Clock
from buckstop.domain.words.ball import How
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Sealed
from buckstop.domain.words.ids import PartyId, RequestId
from buckstop.domain.words.party import CONSUMER, HOUSE, Holder

HOUSE_CLOCKS = (
    ClockKind.TAKE_UP,
    ClockKind.HANDLE,
    ClockKind.DECIDE,
    ClockKind.SUPERVISE,
    ClockKind.APPEAL_DECIDE,
)
PAUSABLE = (ClockKind.RESPOND, ClockKind.PROVE)


def owners_desk(draft: Draft) -> Holder:
    """Name the place in the house that answers for the case."""
    custody = draft.case.custody
    return Holder(party=HOUSE, desk=custody.desk or draft.now.rules.desk, person=custody.owner)


def move(  # noqa: PLR0913 - a move says all that C3 asks of it
    draft: Draft,
    to: Holder,
    how: How,
    *,
    reason: str,
    expected: str,
    clock: Clock | None = None,
    sentence: Sealed | None = None,
    named: bool | None = None,
    ground: str | None = None,
    ground_accepted: bool | None = None,
) -> None:
    """Let the ball come to `to`; nothing happens if it is there for the same purpose."""
    holder = draft.case.custody.holder
    if holder == to and draft.case.custody.expected == expected and how is How.ROLL:
        return
    task = draft.case.tasks.under(clock.clock) if clock else None
    draft.add(
        BallMoved(
            to=to,
            how=how,
            reason=reason,
            expected=expected,
            due=clock.due if clock else _house_due(draft),
            sentence=sentence,
            task=task.task if task else None,
            named=named,
            up=draft.now.rules.above(to.node, holder.node) if holder else None,
            ground=ground,
            ground_accepted=ground_accepted,
        )
    )


def _house_due(draft: Draft) -> datetime | None:
    running = draft.case.clocks.running
    return running[0].due if running else None


def open_task(draft: Draft, debtor: PartyId, expected: str, clock: Clock) -> None:
    """Make a party owe one duty under a clock."""
    draft.add(
        TaskOpened(
            task=draft.case.tasks.next_id, debtor=debtor, expected=expected, clock=clock.clock
        )
    )


def end_task(draft: Draft, debtor: PartyId, end: TaskEnd, because: str) -> None:
    """End the oldest task of a party and stop its clock."""
    task = draft.case.tasks.of(debtor)
    if task is None:
        return
    draft.add(TaskEnded(task=task.task, end=end))
    if end is not TaskEnd.HANDED_ON:
        draft.stop(because, task.clock)


def drop_tasks(draft: Draft, because: str) -> None:
    """End every task and fall away every request and its clock."""
    for request in draft.case.requests.open:
        draft.add(RequestEnded(request=request.request, end=RequestEnd.MOOT))
        draft.stop(because, request.clock)
    resume_clocks(draft)
    for task in draft.case.tasks.open:
        draft.add(TaskEnded(task=task.task, end=TaskEnd.DROPPED))
        draft.stop(because, task.clock)


def end_offers(draft: Draft, end: OfferEnd) -> None:
    """End every open offer."""
    for offer in draft.case.offers.open:
        draft.add(OfferEnded(offer=offer.offer, end=end))
        draft.stop(f"offer-{end}", offer.clock)


def consumer_has_reason(draft: Draft) -> bool:
    """Tell whether something still waits for the consumer, who may hold the ball only then (C7)."""
    kinds = (ClockKind.ANSWER, ClockKind.OFFER, ClockKind.CONFIRM)
    return any(c.party == CONSUMER for c in draft.case.clocks.alive(*kinds))


def place(draft: Draft, reason: str, how: How = How.ROLL) -> None:
    """Put the ball where the open tasks put it (C8), and start the house's clock if it is theirs.

    Exactly one debtor has the ball; with several, or none, the owner's desk has it.
    """
    debtors = draft.case.tasks.debtors
    if len(debtors) == 1:
        task = draft.case.tasks.of(debtors[0])
        clock = draft.case.clocks.every[task.clock] if task else None
        expected = task.expected if task else ""
        draft.stop_kinds(reason, ClockKind.TAKE_UP, ClockKind.HANDLE)
        move(draft, Holder(party=debtors[0]), how, reason=reason, expected=expected, clock=clock)
        return
    to_desk(draft, reason, how)


def to_desk(draft: Draft, reason: str, how: How = How.ROLL) -> None:
    """Bring the ball to the owner's desk, or leave it at the desk of the house that has it."""
    custody = draft.case.custody
    ensure_house_clock(draft)
    expected = "watch-tasks" if draft.case.tasks.open else "handle"
    if draft.case.clocks.alive(ClockKind.DECIDE, ClockKind.APPEAL_DECIDE):
        expected = "decide"
    if custody.with_house and how is How.ROLL:
        return
    move(draft, owners_desk(draft), how, reason=reason, expected=expected)


def ensure_house_clock(draft: Draft) -> None:
    """Give the house a clock of its own where no task's clock and no other of its own runs."""
    clocks = draft.case.clocks
    if draft.case.tasks.open or clocks.alive(*HOUSE_CLOCKS):
        return
    if any(c.party == HOUSE and c.alive for c in clocks.alive(ClockKind.RESPOND)):
        return
    draft.start(ClockKind.HANDLE, HOUSE, "handle")


def take_over(draft: Draft, because: str) -> None:
    """Let the house take the ball with a duty to decide (B4, C6)."""
    drop_tasks(draft, "taken-over")
    draft.stop_kinds("taken-over", ClockKind.TAKE_UP, ClockKind.HANDLE, ClockKind.RESPOND)
    wish = draft.case.clocks.about("takeover-wish")
    draft.stop("taken-over", wish.clock if wish else None)
    draft.add(TakenOver(because=because))
    clock = draft.start(ClockKind.DECIDE, HOUSE, "decide")
    move(draft, owners_desk(draft), How.TAKEOVER, reason=because, expected="decide", clock=clock)


def escalate(draft: Draft, reason: str) -> None:
    """Give the ball to the supervisor for the published short time."""
    draft.stop_kinds(reason, *HOUSE_CLOCKS)
    clock = draft.start(ClockKind.SUPERVISE, HOUSE, "supervise")
    move(
        draft,
        draft.now.rules.supervision,
        How.LAPSE,
        reason=reason,
        expected="supervise",
        clock=clock,
    )


def hand_on(draft: Draft, clock: Clock, party: PartyId, charged_to: str) -> Clock:
    """Let a clock follow the ball; a redirect never resets it (K1).

    The receiver has at least the published time after a pass; what that adds is charged to
    who redirected.
    """
    least = draft.at + timedelta(hours=draft.now.rules.after_pass_hours)
    due = max(clock.due, least)
    extra = int((due - clock.due).total_seconds())
    draft.add(
        ClockHandedOn(
            clock=clock.clock, party=party, due=due, charged_to=charged_to, extra_seconds=extra
        )
    )
    return draft.case.clocks.every[clock.clock]


def pause_clocks(draft: Draft, because: RequestId) -> None:
    """Rest the respondents' house-rule clocks while the consumer is asked, within K2's limits."""
    rules = draft.now.rules
    for clock in draft.case.clocks.alive(*PAUSABLE):
        spent = clock.rested(draft.at) >= timedelta(days=rules.pause_days)
        often = len(clock.pauses) >= rules.pause_times
        if clock.running and clock.party not in {HOUSE, CONSUMER} and not spent and not often:
            draft.add(ClockPaused(clock=clock.clock, because=because))


def resume_clocks(draft: Draft) -> None:
    """Let resting clocks run on, later by what they rested but never by more than K2 allows."""
    most = timedelta(days=draft.now.rules.pause_days)
    for clock in draft.case.clocks.alive(*PAUSABLE):
        if clock.running:
            continue
        before = sum((p.until - p.since for p in clock.pauses if p.until), timedelta())
        rested = min(draft.at - clock.pauses[-1].since, most - before)
        draft.add(ClockResumed(clock=clock.clock, due=clock.due + rested))
