"""Passing, bouncing, taking over (C1-C10)."""

from buckstop.domain.cases.commands import (
    AskTakeover,
    AssignTask,
    BounceBall,
    DeliverTask,
    PassBall,
    RefuseTakeover,
    TakeOver,
    Urge,
)
from buckstop.domain.cases.events import (
    TakeoverAsked,
    TakeoverRefused,
    TaskEnd,
    Urged,
)
from buckstop.domain.cases.rules.access import (
    need_consumer,
    need_desk,
    need_holder,
    need_member,
    need_open,
    need_supervisor,
)
from buckstop.domain.cases.rules.ball import (
    HOUSE_CLOCKS,
    end_task,
    ensure_house_clock,
    hand_on,
    move,
    open_task,
    owners_desk,
    place,
    take_over,
)
from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.cases.rules.facts import accept_listed, need_items, say
from buckstop.domain.cases.rules.law import assessment, named
from buckstop.domain.cases.state.clocks import Clock
from buckstop.domain.law.assessment import GroundUse
from buckstop.domain.words.ball import How
from buckstop.domain.words.calendar import due, local_day
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.ids import PartyId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, HOUSE, Holder


def pass_ball(draft: Draft, command: PassBall) -> None:
    """Give the ball on, with reason, expectation, due time and a sentence (C2, C3)."""
    need_open(draft)
    need_holder(draft)
    if draft.by.party == CONSUMER:
        raise NotAllowed("consumer-passes-nothing")
    to = _target(draft, command)
    if draft.case.custody.taken_over and to.party != HOUSE:
        raise NotAllowed("taken-over")
    if draft.case.custody.holder and draft.case.custody.holder.node == to.node:
        raise NotAllowed("has-it-already", holder=to.node)
    charged_to = draft.case.custody.holder.node if draft.case.custody.holder else HOUSE
    is_named = None if to.party == HOUSE else named(draft.case, draft.now, to.party)
    clock = _following(draft, command, to, charged_to)
    if to.party != HOUSE:
        open_task(draft, to.party, command.expected, clock)
    move(
        draft,
        to,
        How.PASS,
        reason=command.reason,
        expected=command.expected,
        clock=clock,
        sentence=command.sentence,
        named=is_named,
    )


def _target(draft: Draft, command: PassBall) -> Holder:
    if command.desk is not None:
        return Holder(party=HOUSE, desk=command.desk)
    if command.to is None or command.to == CONSUMER:
        raise NotAllowed("consumer-holds-only-for-reason")
    if command.to == HOUSE:
        desk = owners_desk(draft)
        return Holder(party=HOUSE, desk=desk.desk)
    if command.to not in draft.case.parties.members:
        raise NotAllowed("not-a-party", party=command.to)
    return Holder(party=command.to)


def _following(draft: Draft, command: PassBall, to: Holder, charged_to: str) -> Clock:
    """Let the clock of the duty follow the ball; start one only where none runs (K1)."""
    task = draft.case.tasks.of(draft.by.party)
    if task is not None:
        clock = draft.case.clocks.every[task.clock]
        end_task(draft, draft.by.party, TaskEnd.HANDED_ON, "passed")
        return hand_on(draft, clock, to.party, charged_to)
    house_held = [c for c in draft.case.clocks.alive(ClockKind.RESPOND) if c.party == HOUSE]
    if to.party == HOUSE:
        own = house_held or list(draft.case.clocks.alive(*HOUSE_CLOCKS))
        if own:
            return hand_on(draft, own[0], HOUSE, charged_to)
        return draft.start(ClockKind.HANDLE, HOUSE, "handle")
    draft.stop_kinds("passed", *HOUSE_CLOCKS)
    if house_held:
        return hand_on(draft, house_held[0], to.party, charged_to)
    return draft.start(ClockKind.RESPOND, to.party, command.expected, span=command.span)


def assign_task(draft: Draft, command: AssignTask) -> None:
    """Give a further party a duty; with several open the owner's desk has the ball (C8)."""
    need_open(draft)
    need_desk(draft)
    if draft.case.custody.taken_over:
        raise NotAllowed("taken-over")
    if command.debtor not in draft.case.parties.members or command.debtor == CONSUMER:
        raise NotAllowed("not-a-party", party=command.debtor)
    if draft.case.tasks.of(command.debtor):
        raise NotAllowed("owes-already", party=command.debtor)
    first = not draft.case.tasks.open
    if first:
        need_holder(draft)
        draft.stop_kinds("passed", *HOUSE_CLOCKS)
    clock = draft.start(ClockKind.RESPOND, command.debtor, command.expected, span=command.span)
    open_task(draft, command.debtor, command.expected, clock)
    if first:
        move(
            draft,
            Holder(party=command.debtor),
            How.PASS,
            reason="assigned",
            expected=command.expected,
            clock=clock,
            sentence=command.sentence,
            named=named(draft.case, draft.now, command.debtor),
        )
        return
    draft.stop_kinds("assigned", ClockKind.TAKE_UP, ClockKind.HANDLE)
    move(draft, owners_desk(draft), How.ROLL, reason="several-tasks", expected="watch-tasks")


def deliver_task(draft: Draft, command: DeliverTask) -> None:
    """Do what was expected; the ball goes where the remaining tasks put it (C2, C8)."""
    need_open(draft)
    need_member(draft)
    task = draft.case.tasks.of(draft.by.party)
    if task is None:
        raise NotAllowed("owes-nothing")
    kind = draft.case.clocks.every[task.clock].kind
    if kind in {ClockKind.PROVE, ClockKind.FULFIL}:
        raise NotAllowed("use-the-right-answer", expected=task.expected)
    if not command.evidence and command.text is None:
        raise NotAllowed("nothing-delivered")
    need_items(draft, command.evidence)
    say(draft, command.text)
    accept_listed(draft, command.evidence)
    end_task(draft, draft.by.party, TaskEnd.DONE, "delivered")
    place(draft, "delivered")


def bounce_ball(draft: Draft, command: BounceBall) -> None:
    """Give the ball back on a listed ground with its proof, in the published time (C4)."""
    need_open(draft)
    need_holder(draft)
    custody = draft.case.custody
    if draft.by.party in {HOUSE, CONSUMER} or custody.came_from is None or custody.since is None:
        raise NotAllowed("nothing-to-bounce")
    span = draft.now.rules.lengths[ClockKind.BOUNCE]
    if draft.at > due(custody.since, span, draft.now.calendar).at:
        raise NotAllowed("bounce-too-late", hours=span.count)
    ground = assessment(draft.case, draft.now).ground(command.ground)
    if ground is None or ground.use is not GroundUse.BOUNCE:
        raise NotAllowed("no-such-ground", ground=command.ground)
    need_items(draft, command.evidence)
    kinds = {draft.case.evidence.every[e].kind for e in command.evidence}
    if ground.needs and not kinds & set(ground.needs):
        raise NotAllowed("bounce-needs-proof", needs=ground.needs)
    back = _sender(draft)
    task = draft.case.tasks.of(draft.by.party)
    clock = draft.case.clocks.every[task.clock] if task else None
    if clock is not None:
        end_task(draft, draft.by.party, TaskEnd.HANDED_ON, "bounced")
        clock = hand_on(draft, clock, back.party, back.node)
    if back.party != HOUSE and clock is not None:
        open_task(draft, back.party, "respond", clock)
    move(
        draft,
        back,
        How.BOUNCE,
        reason="bounced",
        expected="handle" if back.party == HOUSE else "respond",
        clock=clock,
        sentence=command.sentence,
        ground=command.ground,
        ground_accepted=True,
    )
    if back.party == HOUSE and clock is None:
        ensure_house_clock(draft)


def _sender(draft: Draft) -> Holder:
    came_from = draft.case.custody.came_from
    if came_from is None or came_from.startswith(f"{HOUSE}/") or came_from == CONSUMER:
        return owners_desk(draft)
    return Holder(party=PartyId(came_from))


def ask_takeover(draft: Draft, command: AskTakeover) -> None:
    """Wish the house to take over; silence of the supervisor grants it."""
    need_open(draft)
    need_consumer(draft)
    if draft.case.custody.taken_over:
        raise NotAllowed("taken-over-already")
    if draft.case.custody.takeover_wished is not None:
        raise NotAllowed("wished-already")
    draft.add(TakeoverAsked(text=command.text))
    draft.start(ClockKind.SUPERVISE, HOUSE, "takeover-wish")


def take_over_by_hand(draft: Draft, command: TakeOver) -> None:
    """Take the ball as a supervisor, with a duty to decide."""
    need_open(draft)
    need_supervisor(draft)
    if draft.case.custody.taken_over:
        raise NotAllowed("taken-over-already")
    wished = draft.case.custody.takeover_wished is not None
    take_over(draft, "wish" if wished else command.because)


def refuse_takeover(draft: Draft, command: RefuseTakeover) -> None:
    """Answer the consumer's wish with no, and say why."""
    need_open(draft)
    need_supervisor(draft)
    if draft.case.custody.takeover_wished is None:
        raise NotAllowed("no-wish")
    wish = draft.case.clocks.about("takeover-wish")
    draft.stop("refused", wish.clock if wish else None)
    draft.add(TakeoverRefused(reason=command.reason))


def urge(draft: Draft, command: Urge) -> None:
    """Urge the holder; limited by day, moves no clock."""
    del command
    need_open(draft)
    need_member(draft)
    today = local_day(draft.at)
    count = sum(1 for at in draft.case.closing.urged if local_day(at) == today)
    if count >= draft.now.rules.urges_a_day:
        raise NotAllowed("urged-enough", most=draft.now.rules.urges_a_day)
    holder = draft.case.custody.holder
    if holder is None or holder.party == draft.by.party:
        raise NotAllowed("your-turn")
    draft.add(Urged(holder=holder.node))


def thresholds(draft: Draft, kicks_before: int) -> None:
    """Take over once a published threshold is passed (C6)."""
    custody, rules = draft.case.custody, draft.now.rules
    if custody.taken_over or not draft.case.open:
        return
    kicked = custody.kicks > kicks_before
    if kicked and rules.takeover_kicks is not None and custody.kicks >= rules.takeover_kicks:
        take_over(draft, "kicks")
    elif (
        rules.takeover_passes is not None
        and custody.passes_since_progress >= rules.takeover_passes
    ):
        take_over(draft, "passes")
