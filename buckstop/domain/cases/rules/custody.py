"""Passing, bouncing, taking over (C1-C10)."""

from datetime import datetime

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
    need_known_desk,
    need_member,
    need_open,
    need_person,
    need_supervisor,
)
from buckstop.domain.cases.rules.ball import (
    WISH,
    by_hand,
    end_task,
    hand_on,
    move,
    must_decide,
    open_task,
    own_clocks,
    owners_desk,
    place_beside_consumer,
    take_over,
)
from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.cases.rules.facts import accept_listed, need_items, say, supports
from buckstop.domain.cases.rules.law import assessment, named
from buckstop.domain.cases.rules.reach import need_contact
from buckstop.domain.cases.state.clocks import Clock
from buckstop.domain.cases.state.custody import Custody
from buckstop.domain.cases.state.tasks import Task
from buckstop.domain.law.assessment import GroundUse
from buckstop.domain.words.ball import How
from buckstop.domain.words.calendar import Span, due, local_day
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.ids import DeskId, PartyId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, HOUSE, Holder


def pass_ball(draft: Draft, command: PassBall) -> None:
    """Give the ball on, with reason, expectation, due time and a sentence (C2, C3)."""
    need_open(draft)
    need_holder(draft)
    if draft.by.party == CONSUMER:
        raise NotAllowed("consumer-passes-nothing")
    to = _target(draft, command)
    if to.party != HOUSE:
        need_person(draft)
    if draft.case.custody.holder and draft.case.custody.holder.node == to.node:
        raise NotAllowed("has-it-already", holder=to.node)
    _need_free(draft, to)
    charged_to = draft.case.custody.holder.node if draft.case.custody.holder else HOUSE
    how = by_hand(draft)
    is_named = None if to.party == HOUSE else named(draft.case, draft.now, to.party)
    clock = _following(draft, to, charged_to, command.expected, command.span)
    if to.party != HOUSE:
        open_task(draft, to.party, command.expected, clock)
    move(
        draft,
        to,
        how,
        reason=command.reason,
        expected=command.expected,
        clock=clock,
        sentence=command.sentence,
        named=is_named,
    )


def _need_free(draft: Draft, to: Holder) -> None:
    """Refuse a pass of what cannot be passed on: a decision, proof that is asked, what is owed."""
    if draft.by.party == HOUSE:
        if to.party == HOUSE:
            return
        if must_decide(draft):
            raise NotAllowed("must-decide")
        if draft.case.tasks.open:
            raise NotAllowed("tasks-open")
        return
    for task in draft.case.tasks.all_of(draft.by.party):
        if draft.case.clocks.every[task.clock].kind is not ClockKind.RESPOND:
            raise NotAllowed("use-the-right-answer", expected=task.expected)


def _target(draft: Draft, command: PassBall) -> Holder:
    if command.desk is not None:
        need_known_desk(draft, command.desk)
        return Holder(party=HOUSE, desk=command.desk)
    if command.to is None or command.to == CONSUMER:
        raise NotAllowed("consumer-holds-only-for-reason")
    if command.to == HOUSE:
        desk = owners_desk(draft)
        return Holder(party=HOUSE, desk=desk.desk)
    if command.to not in draft.case.parties.members:
        raise NotAllowed("not-a-party", party=command.to)
    need_contact(draft, command.to)
    return Holder(party=command.to)


def _following(
    draft: Draft, to: Holder, charged_to: str, expected: str, span: Span | None = None
) -> Clock:
    """Let the clock of the duty follow the ball; start one only where none runs (K1).

    A clock in which the house must decide or supervise runs on beside whoever has the ball.
    """
    task = draft.case.tasks.of(draft.by.party)
    if task is not None:
        clock = draft.case.clocks.every[task.clock]
        end_task(draft, task, TaskEnd.HANDED_ON, "passed")
        return hand_on(draft, clock, to.party, charged_to)
    own = own_clocks(draft)
    if to.party == HOUSE:
        if own:
            return hand_on(draft, own[0], HOUSE, charged_to)
        return draft.start(ClockKind.HANDLE, HOUSE, "handle")
    draft.stop_kinds("passed", ClockKind.TAKE_UP, ClockKind.HANDLE)
    handed = [c for c in own if c.kind is ClockKind.RESPOND]
    if handed:
        return hand_on(draft, handed[0], to.party, charged_to)
    return draft.start(ClockKind.RESPOND, to.party, expected, span=span)


def assign_task(draft: Draft, command: AssignTask) -> None:
    """Give a further party a duty; with several open the owner's desk has the ball (C8)."""
    need_open(draft)
    need_desk(draft)
    need_person(draft)
    if must_decide(draft):
        raise NotAllowed("must-decide")
    if command.debtor not in draft.case.parties.members or command.debtor == CONSUMER:
        raise NotAllowed("not-a-party", party=command.debtor)
    need_contact(draft, command.debtor)
    if draft.case.tasks.of(command.debtor):
        raise NotAllowed("owes-already", party=command.debtor)
    first = not draft.case.tasks.open
    how = by_hand(draft)
    if first:
        need_holder(draft)
        draft.stop_kinds("assigned", ClockKind.TAKE_UP, ClockKind.HANDLE)
    clock = draft.start(ClockKind.RESPOND, command.debtor, command.expected, span=command.span)
    open_task(draft, command.debtor, command.expected, clock)
    if first:
        move(
            draft,
            Holder(party=command.debtor),
            how,
            reason="assigned",
            expected=command.expected,
            clock=clock,
            sentence=command.sentence,
            named=named(draft.case, draft.now, command.debtor),
        )
        return
    place_beside_consumer(draft, "several-tasks")


def deliver_task(draft: Draft, command: DeliverTask) -> None:
    """Do what was expected; the ball goes where the remaining tasks put it (C2, C8)."""
    need_open(draft)
    need_member(draft)
    owed = draft.case.tasks.all_of(draft.by.party)
    if not owed:
        raise NotAllowed("owes-nothing")
    task = next((t for t in owed if _kind_of(draft, t) is ClockKind.RESPOND), None)
    if task is None:
        raise NotAllowed("use-the-right-answer", expected=owed[0].expected)
    if not command.evidence and command.text is None:
        raise NotAllowed("nothing-delivered")
    need_items(draft, command.evidence)
    say(draft, command.text)
    accept_listed(draft, command.evidence)
    end_task(draft, task, TaskEnd.DONE, "delivered")
    place_beside_consumer(draft, "delivered")


def _kind_of(draft: Draft, task: Task) -> ClockKind:
    return draft.case.clocks.every[task.clock].kind


def bounce_ball(draft: Draft, command: BounceBall) -> None:
    """Give the ball back on a listed ground with its proof, in the published time (C4)."""
    need_open(draft)
    need_holder(draft)
    need_person(draft)
    back = _sender(draft)
    _need_free(draft, back)
    span = draft.now.rules.lengths[ClockKind.BOUNCE]
    if draft.received_at >= due(_has_it_since(draft), span, draft.now.calendar).at:
        raise NotAllowed("bounce-too-late", hours=span.count)
    ground = assessment(draft.case, draft.now).ground(command.ground)
    if ground is None or ground.use is not GroundUse.BOUNCE:
        raise NotAllowed("no-such-ground", ground=command.ground)
    need_items(draft, command.evidence)
    if not supports(draft, command.evidence, ground):
        raise NotAllowed("bounce-needs-proof", needs=ground.needs)
    expected = "handle" if back.party == HOUSE else "respond"
    clock = _following(draft, back, back.node, expected)
    if back.party != HOUSE:
        open_task(draft, back.party, expected, clock)
    move(
        draft,
        back,
        How.BOUNCE,
        reason="bounced",
        expected=expected,
        clock=clock,
        sentence=command.sentence,
        ground=command.ground,
        ground_accepted=True,
    )


def _sender(draft: Draft) -> Holder:
    """Name who gets a bounced ball: who passed it, or the owner's desk where a rule did."""
    custody = draft.case.custody
    if draft.by.party == CONSUMER:
        raise NotAllowed("consumer-passes-nothing")
    came_from = custody.came_from or ""
    party, _, desk = came_from.partition("/")
    if party == HOUSE and desk:
        return Holder(party=HOUSE, desk=DeskId(desk))
    if party and party != CONSUMER:
        return Holder(party=PartyId(party))
    if draft.by.party == HOUSE:
        raise NotAllowed("nothing-to-bounce")
    desk_of_owner = owners_desk(draft)
    return Holder(party=HOUSE, desk=desk_of_owner.desk)


def _has_it_since(draft: Draft) -> datetime:
    """Tell since when the holder has the duty; a question to the consumer wins no new time."""
    task = draft.case.tasks.of(draft.by.party)
    since = task.since if task else draft.case.custody.since
    return since or draft.at


def ask_takeover(draft: Draft, command: AskTakeover) -> None:
    """Wish the house to take over; silence of the supervisor grants it."""
    need_open(draft)
    need_consumer(draft)
    if must_decide(draft):
        raise NotAllowed("taken-over-already")
    if draft.case.custody.takeover_wished is not None:
        raise NotAllowed("wished-already")
    draft.add(TakeoverAsked(text=command.text))
    draft.start(ClockKind.SUPERVISE, HOUSE, WISH)


def take_over_by_hand(draft: Draft, command: TakeOver) -> None:
    """Take the ball as a supervisor, with a duty to decide."""
    need_open(draft)
    need_supervisor(draft)
    if must_decide(draft):
        raise NotAllowed("taken-over-already")
    wished = draft.case.custody.takeover_wished is not None
    take_over(draft, "wish" if wished else command.because)


def refuse_takeover(draft: Draft, command: RefuseTakeover) -> None:
    """Answer the consumer's wish with no, and say why."""
    need_open(draft)
    need_supervisor(draft)
    if draft.case.custody.takeover_wished is None:
        raise NotAllowed("no-wish")
    wish = draft.case.clocks.about(WISH)
    draft.stop("refused", wish.clock if wish else None)
    draft.add(TakeoverRefused(reason=command.reason))


def urge(draft: Draft, command: Urge) -> None:
    """Urge the holder; limited by day, moves no clock."""
    del command
    need_open(draft)
    need_member(draft)
    today = local_day(draft.at)
    urges = draft.case.closing.urges
    count = sum(1 for by, at in urges if by == draft.by.party and local_day(at) == today)
    if count >= draft.now.rules.urges_a_day:
        raise NotAllowed("urged-enough", most=draft.now.rules.urges_a_day)
    holder = draft.case.custody.holder
    if holder is None or holder.party == draft.by.party:
        raise NotAllowed("your-turn")
    draft.add(Urged(holder=holder.node))


def thresholds(draft: Draft, before: Custody) -> None:
    """Take over once a move passes a published threshold (C6)."""
    custody, rules = draft.case.custody, draft.now.rules
    if must_decide(draft) or not draft.case.open:
        return
    kicked, passed = custody.kicks > before.kicks, custody.passes > before.passes
    most_kicks, most_passes = rules.takeover_kicks, rules.takeover_passes
    if kicked and most_kicks is not None and custody.kicks >= most_kicks:
        take_over(draft, "kicks")
    elif passed and most_passes is not None and custody.passes_since_progress >= most_passes:
        take_over(draft, "passes")
