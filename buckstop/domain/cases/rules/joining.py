"""Two complaints about one purchase are one case; nothing restarts from zero (A6)."""

from buckstop.domain.cases.commands import (
    Absorb,
    JoinedClock,
    JoinedRequest,
    JoinInto,
    LinkCase,
    UndoJoin,
)
from buckstop.domain.cases.events import (
    CaseAbsorbed,
    CaseJoined,
    CaseLinked,
    CaseReopened,
    ClockPostponed,
    JoinUndone,
    Outcome,
    ProofRequested,
    RequestEnd,
    TaskEnd,
)
from buckstop.domain.cases.rules.access import need_house, need_open, need_person
from buckstop.domain.cases.rules.ball import (
    end_task,
    house_place,
    must_decide,
    open_task,
    pause_clocks,
    place_beside_consumer,
)
from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.cases.rules.ending import close
from buckstop.domain.cases.rules.reopening import go_on
from buckstop.domain.cases.rules.requests import end_request
from buckstop.domain.words.ball import How
from buckstop.domain.words.calendar import DueDate
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.ids import CaseId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER


def join_into(draft: Draft, command: JoinInto) -> None:
    """End this case in the first one about the same purchase."""
    need_open(draft)
    need_house(draft)
    need_person(draft)
    draft.add(CaseJoined(into=command.into, head=command.head))
    close(draft, Outcome.JOINED)


def absorb(draft: Draft, command: Absorb) -> None:
    """Take in a later case of the same consumer and purchase; the earlier due times win."""
    need_open(draft)
    need_house(draft)
    if not (command.consumer_matches and command.purchase_matches):
        raise NotAllowed("not-the-same-purchase")
    if command.other in draft.case.closing.absorbed:
        raise NotAllowed("joined-already")
    draft.add(CaseAbsorbed(other=command.other, head=command.head, story=command.story))
    for theirs in command.clocks:
        ours = [c for c in draft.case.clocks.alive(theirs.kind) if c.party == theirs.party]
        for clock in ours:
            if theirs.due < clock.due:
                due = max(theirs.due, draft.at)
                draft.add(ClockPostponed(clock=clock.clock, due=due, because="joined"))
        if theirs.kind is ClockKind.RESPOND and not ours:
            _take_duty(draft, theirs, command.other)
    for request in command.requests:
        _take_request(draft, request, command.other)
    place_beside_consumer(draft, "joined")


def _taken_from(other: CaseId) -> str:
    return f"joined-{other}"


def _take_duty(draft: Draft, theirs: JoinedClock, other: CaseId) -> None:
    """Let a duty to respond go over with its clock; none once the house must decide."""
    member = draft.case.parties.members.get(theirs.party)
    known = member is not None and member.can_be_reached and theirs.party != CONSUMER
    if not known or must_decide(draft) or draft.case.tasks.of(theirs.party):
        return
    due = DueDate(at=max(theirs.due, draft.at))
    clock = draft.start(ClockKind.RESPOND, theirs.party, _taken_from(other), due=due)
    open_task(draft, theirs.party, "respond", clock)


def _take_request(draft: Draft, theirs: JoinedRequest, other: CaseId) -> None:
    """Let an open request go over with its clock, unless it was answered or settled here (R2).

    Of one fact asked in both the earlier due time wins.
    """
    requests, member = draft.case.requests, draft.case.parties.members.get(theirs.of)
    known = member is not None and (member.can_be_reached or theirs.of == CONSUMER)
    if not known or draft.case.facts.standing(theirs.fact).settled:
        return
    due = max(theirs.due, draft.at)
    asked = requests.asked(theirs.fact, theirs.of)
    for ours in (draft.case.clocks.every[r.clock] for r in asked if r.end is None):
        if ours.running and due < ours.due:
            draft.add(ClockPostponed(clock=ours.clock, due=due, because="joined"))
    if any(r.end is not RequestEnd.MOOT for r in asked):
        return
    number = requests.next_id
    kind = ClockKind.ANSWER if theirs.of == CONSUMER else ClockKind.PROVE
    clock = draft.start(kind, theirs.of, number, due=DueDate(at=due))
    draft.add(
        ProofRequested(
            request=number,
            fact=theirs.fact,
            of=theirs.of,
            by=theirs.by,
            why=theirs.why,
            kinds=theirs.kinds,
            rows=theirs.rows,
            clock=clock.clock,
            returns_to=house_place(draft),
            came_with=other,
        )
    )
    if theirs.of == CONSUMER:
        pause_clocks(draft, number)
    else:
        open_task(draft, theirs.of, "prove", clock)


def undo_join(draft: Draft, command: UndoJoin) -> None:
    """Take a joining back on either side."""
    need_house(draft)
    closing = draft.case.closing
    if command.other not in {closing.joined_into, *closing.absorbed}:
        raise NotAllowed("not-joined")
    was_joined = closing.joined_into == command.other
    draft.add(JoinUndone(other=command.other))
    if was_joined:
        draft.add(CaseReopened(because="join-undone"))
        go_on(draft, How.SUPERVISOR, closing.reopened_by)
    elif draft.case.open:
        _give_back(draft, command.other, alone=len(closing.absorbed) == 1)


def _give_back(draft: Draft, other: CaseId, *, alone: bool) -> None:
    """Let what came with the other case go back to it: duties, and the earlier due times."""
    for task in draft.case.tasks.open:
        if draft.case.clocks.every[task.clock].subject == _taken_from(other):
            end_task(draft, task, TaskEnd.DROPPED, "join-undone")
    for request in draft.case.requests.open:
        if request.came_with == other:
            end_request(draft, request, RequestEnd.MOOT)
    for clock in draft.case.clocks.running:
        last = clock.moves[-1] if clock.moves else None
        if alone and last is not None and last.because == "joined":
            draft.add(ClockPostponed(clock=clock.clock, due=last.before, because="join-undone"))
    place_beside_consumer(draft, "join-undone")


def link_case(draft: Draft, command: LinkCase) -> None:
    """Note that another case bears on this one."""
    need_house(draft)
    if command.other in draft.case.closing.linked:
        raise NotAllowed("linked-already")
    draft.add(CaseLinked(other=command.other))
