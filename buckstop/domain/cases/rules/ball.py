"""Where the ball goes, and the clock that goes with it (C1-C10, K1)."""

from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

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
from buckstop.domain.cases.rules.access import holds
from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.cases.state.clocks import Clock
from buckstop.domain.cases.state.tasks import Task
from buckstop.domain.words.ball import How
from buckstop.domain.words.calendar import DueDate, Unit, closing_from
from buckstop.domain.words.clock import BESIDE, ClockKind
from buckstop.domain.words.event import Sealed
from buckstop.domain.words.ids import PartyId, RequestId
from buckstop.domain.words.party import CONSUMER, HOUSE, Holder, Role

HOUSE_CLOCKS = (
    ClockKind.TAKE_UP,
    ClockKind.HANDLE,
    ClockKind.DECIDE,
    ClockKind.SUPERVISE,
    ClockKind.APPEAL_DECIDE,
)
PAUSABLE = (ClockKind.RESPOND, ClockKind.PROVE, ClockKind.HANDLE)
CONSUMERS_TURN = MappingProxyType(
    {
        ClockKind.ANSWER: "answer",
        ClockKind.OFFER: "answer-offer",
        ClockKind.CONFIRM: "confirm",
    }
)
"""For what the consumer may hold the ball, and what is expected then (C7)."""
WISH = "takeover-wish"
"""The subject of the clock in which a supervisor answers the consumer's wish."""


def owners_desk(draft: Draft) -> Holder:
    """Name the place in the house that answers for the case."""
    custody = draft.case.custody
    return Holder(party=HOUSE, desk=custody.desk or draft.now.rules.desk, person=custody.owner)


def supervision(draft: Draft) -> Holder:
    """Name the supervisor; nobody of the desk by name if that person's decision is appealed."""
    to = draft.now.rules.supervision
    return replace(to, person=None) if to.person in draft.case.decisions.barred else to


def own_clocks(draft: Draft) -> tuple[Clock, ...]:
    """List the living clocks under which the house has the ball; the wish's runs beside it."""
    clocks = draft.case.clocks
    handed = (c for c in clocks.alive(ClockKind.RESPOND) if c.party == HOUSE)
    return (*handed, *(c for c in clocks.alive(*HOUSE_CLOCKS) if c.subject != WISH))


def by_hand(draft: Draft) -> How:
    """Tell how the actor moves the ball: as its holder, or as a supervisor, who never kicks (C5).

    A supervisor at an ordinary desk that has the ball is its holder like anybody there.
    """
    at_own_desk = holds(draft) and draft.by.desk != draft.now.rules.supervisor_desk
    by_supervisor = draft.by.role is Role.SUPERVISOR and not at_own_desk
    return How.SUPERVISOR if by_supervisor else How.PASS


def stop_house(draft: Draft, because: str) -> None:
    """Stop the house's own clocks; a wish for takeover still waits for its answer."""
    draft.stop(because, *(c.clock for c in own_clocks(draft)))


def must_decide(draft: Draft) -> bool:
    """Tell whether the house has taken the ball to decide, at first or on appeal (C10)."""
    return draft.case.custody.taken_over or draft.case.decisions.appealing


def house_place(draft: Draft, asked_by: Holder | None = None) -> Holder:
    """Name where in the house the ball belongs: its supervisor in their time, or the owner.

    What a desk of the house asked for comes back to that desk.
    """
    clocks = draft.case.clocks.alive(ClockKind.APPEAL_DECIDE, ClockKind.SUPERVISE)
    if any(c.subject != WISH for c in clocks):
        return draft.now.rules.supervision
    if asked_by is not None and asked_by.party == HOUSE:
        return asked_by
    return owners_desk(draft)


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
    duties = [c for c in draft.case.clocks.running if c.kind not in BESIDE]
    return duties[0].due if duties else None


def open_task(draft: Draft, debtor: PartyId, expected: str, clock: Clock) -> None:
    """Make a party owe one duty under a clock."""
    draft.add(
        TaskOpened(
            task=draft.case.tasks.next_id, debtor=debtor, expected=expected, clock=clock.clock
        )
    )


def end_task(draft: Draft, task: Task, end: TaskEnd, because: str) -> None:
    """End a task and stop its clock, unless the clock follows the ball."""
    draft.add(TaskEnded(task=task.task, end=end))
    if end is not TaskEnd.HANDED_ON:
        draft.stop(because, task.clock)


def drop_tasks(draft: Draft, because: str) -> None:
    """End every task and fall away every request and its clock; an open offer stays open."""
    for request in draft.case.requests.open:
        draft.add(RequestEnded(request=request.request, end=RequestEnd.MOOT))
        draft.stop(because, request.clock)
    resume_clocks(draft)
    for task in draft.case.tasks.open:
        draft.add(TaskEnded(task=task.task, end=TaskEnd.DROPPED))
        if draft.case.clocks.every[task.clock].kind is not ClockKind.OFFER:
            draft.stop(because, task.clock)


def end_offers(draft: Draft, end: OfferEnd) -> None:
    """End every open offer."""
    for offer in draft.case.offers.open:
        draft.add(OfferEnded(offer=offer.offer, end=end))
        draft.stop(f"offer-{end}", offer.clock)


def consumer_has_reason(draft: Draft) -> bool:
    """Tell whether something waits for the consumer, who may hold the ball only then (C7)."""
    return bool(_waits_for_consumer(draft))


def _waits_for_consumer(draft: Draft) -> tuple[Clock, ...]:
    clocks = (c for c in draft.case.clocks.running if c.kind in CONSUMERS_TURN)
    return tuple(c for c in clocks if c.party == CONSUMER)


def place(
    draft: Draft, reason: str, how: How = How.ROLL, *, asked_by: Holder | None = None
) -> None:
    """Put the ball where the open tasks put it (C8); the house gets a clock if it is the house's.

    Exactly one debtor has the ball; with several, or none, a desk of the house has it.
    """
    debtors = draft.case.tasks.debtors
    if len(debtors) == 1:
        task = draft.case.tasks.of(debtors[0])
        clock = draft.case.clocks.every[task.clock] if task else None
        expected = task.expected if task else ""
        draft.stop_kinds(reason, ClockKind.TAKE_UP, ClockKind.HANDLE)
        move(draft, Holder(party=debtors[0]), how, reason=reason, expected=expected, clock=clock)
        return
    to_desk(draft, reason, how, asked_by=asked_by)


def place_beside_consumer(draft: Draft, reason: str, how: How = How.ROLL) -> None:
    """Put the ball where the open tasks put it, unless something waits for the consumer (C7)."""
    holder = draft.case.custody.holder
    if holder is None or holder.party != CONSUMER:
        place(draft, reason, how)


def back_from_consumer(draft: Draft, reason: str, *, asked_by: Holder | None = None) -> None:
    """Take the ball from a consumer who has done what it was given for (C7).

    What still waits for the consumer waits beside the duty of another (C8), or keeps the ball.
    """
    holder = draft.case.custody.holder
    if holder is None or holder.party != CONSUMER:
        return
    waiting = _waits_for_consumer(draft)
    if not waiting or draft.case.tasks.open:
        place(draft, reason, How.CONSUMER, asked_by=asked_by)
        return
    expected = CONSUMERS_TURN[waiting[0].kind]
    if draft.case.custody.expected != expected:
        there = Holder(party=CONSUMER)
        move(draft, there, How.CONSUMER, reason=reason, expected=expected, clock=waiting[0])


def to_desk(
    draft: Draft, reason: str, how: How = How.ROLL, *, asked_by: Holder | None = None
) -> None:
    """Bring the ball to the desk that must act, or leave it at the desk that has it."""
    custody = draft.case.custody
    ensure_house_clock(draft, at_lapse=how is How.LAPSE)
    clocks = own_clocks(draft)
    kinds = {c.kind for c in clocks}
    expected = "take-up" if ClockKind.TAKE_UP in kinds else "handle"
    if draft.case.tasks.open:
        expected = "watch-tasks"
    if kinds & {ClockKind.DECIDE, ClockKind.APPEAL_DECIDE}:
        expected = "decide"
    elif ClockKind.SUPERVISE in kinds:
        expected = "supervise"
    if custody.with_house and how is How.ROLL and custody.expected == expected:
        return
    stays = custody.holder if custody.with_house and how is How.ROLL else None
    to = stays or house_place(draft, asked_by)
    clock = min(clocks, key=lambda c: c.due, default=None)
    move(draft, to, how, reason=reason, expected=expected, clock=clock)


def ensure_house_clock(draft: Draft, *, at_lapse: bool = False) -> None:
    """Give the house a clock of its own where no task's clock and no other of its own runs.

    With several tasks open it must act at each lapse (C8), so a lapse gives it one then too.
    """
    if own_clocks(draft) or (draft.case.tasks.open and not at_lapse):
        return
    kind = ClockKind.DECIDE if draft.case.custody.taken_over else ClockKind.HANDLE
    draft.start(kind, HOUSE, str(kind))


def take_over(draft: Draft, because: str) -> None:
    """Let the house take the ball with a duty to decide (B4, C6)."""
    drop_tasks(draft, "taken-over")
    stop_house(draft, "taken-over")
    draft.stop_kinds("taken-over", ClockKind.FULFIL, ClockKind.CONFIRM)
    wish = draft.case.clocks.about(WISH)
    draft.stop("taken-over", wish.clock if wish else None)
    draft.add(TakenOver(because=because))
    clock = draft.start(ClockKind.DECIDE, HOUSE, "decide")
    move(draft, owners_desk(draft), How.TAKEOVER, reason=because, expected="decide", clock=clock)


def escalate(draft: Draft, reason: str) -> None:
    """Give the ball to the supervisor for the published short time."""
    stop_house(draft, reason)
    clock = draft.start(ClockKind.SUPERVISE, HOUSE, "supervise")
    move(
        draft,
        supervision(draft),
        How.LAPSE,
        reason=reason,
        expected="supervise",
        clock=clock,
    )


def hand_on(draft: Draft, clock: Clock, party: PartyId, charged_to: str) -> Clock:
    """Let a clock follow the ball; a redirect never resets it (K1).

    Who never had it has at least the published time after a pass, and what that adds is charged
    to who redirected; who had it before has what is left.
    """
    least = draft.at + timedelta(hours=draft.now.rules.after_pass_hours)
    due = clock.due
    if party not in clock.had and least > due:
        due = closing(draft, clock, least)
    extra = int((due - clock.due).total_seconds())
    draft.add(
        ClockHandedOn(
            clock=clock.clock, party=party, due=due, charged_to=charged_to, extra_seconds=extra
        )
    )
    return draft.case.clocks.every[clock.clock]


def time_left(draft: Draft, clock: Clock) -> DueDate:
    """Tell when a duty that was cut off is due: in what was left of its time (K1).

    Nobody gets less than the published time after a pass or than the duty ever had. Unless it
    is counted in hours it ends at the closing hour, as it would have, and never in the night.
    """
    left = clock.due - (clock.ended or draft.at)
    least = timedelta(hours=draft.now.rules.after_pass_hours)
    at = draft.at + max(left, min(least, clock.first_due - clock.started))
    return DueDate(at=closing(draft, clock, at))


def closing(draft: Draft, clock: Clock, at: datetime) -> datetime:
    """Give the closing hour at or after `at`, so that no due time falls in the night.

    What is counted in hours, such as a call-back, ends to the minute.
    """
    unit = clock.span.unit if clock.span else draft.now.rules.lengths[clock.kind].unit
    if unit is Unit.HOURS:
        return at
    return closing_from(at, draft.now.calendar, working=unit is Unit.WORKING_DAYS)


def pause_clocks(draft: Draft, because: RequestId) -> None:
    """Rest who waits for the consumer's answer, within K2's limits.

    A respondent's question rests its own clock; the house's rests the respondents' and the
    house's own, which a question may not set anew either (K1).
    """
    asker = draft.case.requests.every[because].by
    for clock in draft.case.clocks.alive(*PAUSABLE):
        waits = clock.party != CONSUMER and asker in {HOUSE, clock.party}
        if clock.running and waits and _may_rest(draft, clock.party):
            until = _rests_until(draft, clock.party)
            draft.add(ClockPaused(clock=clock.clock, because=because, until=until))


def _may_rest(draft: Draft, party: PartyId) -> bool:
    """Tell whether a party's clocks may rest once more in this case (K2)."""
    rules, pauses = draft.now.rules, draft.case.clocks.pauses_of(party)
    if any(p.until is None for p in pauses):
        return True
    return len(pauses) < rules.pause_times and draft.case.clocks.rested(
        party, draft.at
    ) < timedelta(days=rules.pause_days)


def _rests_until(draft: Draft, party: PartyId) -> datetime:
    """Tell until when a party's clock may rest: its time to rest is used up then (K2)."""
    rested = draft.case.clocks.rested(party, draft.at)
    left = timedelta(days=draft.now.rules.pause_days) - rested
    return draft.at + max(left, timedelta())


def resume_clocks(draft: Draft) -> None:
    """Let resting clocks run on, later by what they rested but no longer than K2 allows."""
    for clock in draft.case.clocks.alive(*PAUSABLE):
        if not clock.running:
            resume(draft, clock)


def resume(draft: Draft, clock: Clock) -> None:
    """Let one resting clock run on, to the closing hour of the day it comes to."""
    rest = clock.pauses[-1]
    rested = min(draft.at, rest.most) - rest.since
    draft.add(ClockResumed(clock=clock.clock, due=closing(draft, clock, clock.due + rested)))
