"""Two complaints about one purchase are one case; nothing restarts from zero (A6)."""

from buckstop.domain.cases.commands import Absorb, JoinInto, LinkCase, UndoJoin
from buckstop.domain.cases.events import (
    CaseAbsorbed,
    CaseJoined,
    CaseLinked,
    CaseReopened,
    ClockPostponed,
    JoinUndone,
    Outcome,
)
from buckstop.domain.cases.rules.access import need_open
from buckstop.domain.cases.rules.ball import to_desk
from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.cases.rules.ending import close
from buckstop.domain.words.ball import How
from buckstop.domain.words.not_allowed import NotAllowed


def join_into(draft: Draft, command: JoinInto) -> None:
    """End this case in the first one about the same purchase."""
    need_open(draft)
    draft.add(CaseJoined(into=command.into, head=command.head))
    close(draft, Outcome.JOINED)


def absorb(draft: Draft, command: Absorb) -> None:
    """Take in a later case of the same consumer and purchase; the earlier due times win."""
    need_open(draft)
    if not (command.consumer_matches and command.purchase_matches):
        raise NotAllowed("not-the-same-purchase")
    if command.other in draft.case.closing.absorbed:
        raise NotAllowed("joined-already")
    draft.add(CaseAbsorbed(other=command.other, head=command.head, story=command.story))
    for theirs in command.clocks:
        for ours in draft.case.clocks.alive(theirs.kind):
            if ours.party == theirs.party and theirs.due < ours.due:
                due = max(theirs.due, draft.at)
                draft.add(ClockPostponed(clock=ours.clock, due=due, because="joined"))


def undo_join(draft: Draft, command: UndoJoin) -> None:
    """Take a joining back on either side."""
    closing = draft.case.closing
    if command.other not in {closing.joined_into, *closing.absorbed}:
        raise NotAllowed("not-joined")
    was_joined = closing.joined_into == command.other
    draft.add(JoinUndone(other=command.other))
    if was_joined:
        draft.add(CaseReopened(because="join-undone"))
        to_desk(draft, "reopened", How.SUPERVISOR)


def link_case(draft: Draft, command: LinkCase) -> None:
    """Note that another case bears on this one."""
    if command.other in draft.case.closing.linked:
        raise NotAllowed("linked-already")
    draft.add(CaseLinked(other=command.other))
