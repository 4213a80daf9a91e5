"""How a case goes on after its end: from where it was, and never from zero (B5)."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from buckstop.domain.cases.events import ProofRequested
from buckstop.domain.cases.rules.ball import (
    CONSUMERS_TURN,
    HOUSE_CLOCKS,
    WISH,
    consumer_has_reason,
    move,
    open_task,
    own_clocks,
    owners_desk,
    pause_clocks,
    place,
    time_left,
)
from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.cases.rules.fulfilment import owe_again
from buckstop.domain.cases.rules.reach import sought_by
from buckstop.domain.cases.state.clocks import Clock
from buckstop.domain.cases.state.remedies import Delivery
from buckstop.domain.cases.state.requests import Request
from buckstop.domain.words.ball import How
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.ids import RemedyId, RequestId
from buckstop.domain.words.party import CONSUMER, HOUSE, Holder


def go_on(draft: Draft, how: How, since: int) -> None:
    """Give each duty that the end cut off what was left of its time, and the ball to who has it.

    `since` is the entry by which the case went on before: what an earlier end cut off came back
    then.
    """
    for clock in tuple(draft.case.clocks.every.values()):
        if clock.ended_because == "closed" and (clock.ended_by or 0) > since:
            REVIVALS.get(clock.kind, _nothing)(draft, clock)
    _start_what_is_due(draft)
    holder = draft.case.custody.holder
    if holder is not None and holder.party == CONSUMER and consumer_has_reason(draft):
        _back_to_consumer(draft)
        return
    if _house_owes(draft, how):
        return
    inside = holder if holder is not None and holder.party == HOUSE else None
    place(draft, "reopened", how, asked_by=inside)


def _house_owes(draft: Draft, how: How) -> bool:
    """Bring the ball to the owner where all that is left is what the house itself owes."""
    clock = next((c for c in draft.case.clocks.alive(ClockKind.FULFIL) if c.party == HOUSE), None)
    if clock is None or draft.case.tasks.open or own_clocks(draft):
        return False
    to = owners_desk(draft)
    move(draft, to, how, reason="reopened", expected="fulfil-remedy", clock=clock)
    return True


def _start_what_is_due(draft: Draft) -> None:
    """Start the time to decide anew where the case must be decided and nobody's time runs."""
    kinds = {c.kind for c in own_clocks(draft)}
    decisions = draft.case.decisions
    if kinds & {ClockKind.DECIDE, ClockKind.APPEAL_DECIDE, ClockKind.SUPERVISE}:
        return
    if decisions.appealing:
        draft.start(ClockKind.APPEAL_DECIDE, HOUSE, "appeal")
    elif draft.case.custody.taken_over or decisions.prepared:
        draft.start(ClockKind.DECIDE, HOUSE, "decide")


def _back_to_consumer(draft: Draft) -> None:
    clock = next(c for c in draft.case.clocks.alive(*CONSUMERS_TURN) if c.party == CONSUMER)
    expected = CONSUMERS_TURN[clock.kind]
    there = Holder(party=CONSUMER)
    move(draft, there, How.CONSUMER, reason="reopened", expected=expected, clock=clock)


def _inside(draft: Draft, clock: Clock) -> None:
    """Give a desk of the house its time again; what it had of a respondent's is its own now."""
    if clock.subject == WISH:
        return
    kind = clock.kind if clock.kind in HOUSE_CLOCKS else ClockKind.HANDLE
    subject = clock.subject if kind is clock.kind else str(kind)
    draft.start(kind, clock.party, subject, due=time_left(draft, clock))


def _respond(draft: Draft, clock: Clock) -> None:
    if clock.party == HOUSE:
        _inside(draft, clock)
        return
    before = next((t for t in draft.case.tasks.every.values() if t.clock == clock.clock), None)
    if before is not None:
        again = draft.start(
            ClockKind.RESPOND, clock.party, clock.subject, due=time_left(draft, clock)
        )
        open_task(draft, clock.party, before.expected, again)


def _ask_again(draft: Draft, clock: Clock) -> None:
    """Let a request stand open again; it is the same ask, so it is counted against nobody."""
    request = draft.case.requests.every.get(RequestId(clock.subject))
    if request is None:
        return
    number = draft.case.requests.next_id
    again = draft.start(clock.kind, request.of, number, due=time_left(draft, clock))
    draft.add(_again(request, number, again))
    if request.of != CONSUMER:
        open_task(draft, request.of, "prove", again)
    elif not request.forced:
        pause_clocks(draft, number)


def _again(request: Request, number: RequestId, clock: Clock) -> ProofRequested:
    return ProofRequested(
        request=number,
        fact=request.fact,
        of=request.of,
        by=request.by,
        why=request.why,
        kinds=request.kinds,
        rows=request.rows,
        clock=clock.clock,
        returns_to=request.returns_to,
        clarifies=request.clarifies,
    )


def _fulfil(draft: Draft, clock: Clock) -> None:
    owed = draft.case.remedies.every.get(RemedyId(clock.subject))
    if owed is not None and owed.delivery is Delivery.OWED:
        owe_again(draft, owed)


def _confirm(draft: Draft, clock: Clock) -> None:
    owed = draft.case.remedies.every.get(RemedyId(clock.subject))
    if owed is not None and owed.delivery is Delivery.DELIVERED:
        draft.start(clock.kind, clock.party, clock.subject, due=time_left(draft, clock))


def _as_it_was(draft: Draft, clock: Clock) -> None:
    draft.start(clock.kind, clock.party, clock.subject, due=time_left(draft, clock))


def _seek_on(draft: Draft, clock: Clock) -> None:
    """Go on seeking whom nobody can reach, unless a contact was told meanwhile."""
    if not draft.case.parties.members[sought_by(clock.subject)].can_be_reached:
        _as_it_was(draft, clock)


def _nothing(draft: Draft, clock: Clock) -> None:
    """Leave it ended: an offer is its maker's to make again, a law's date comes by itself."""
    del draft, clock


REVIVALS: Mapping[ClockKind, Callable[[Draft, Clock], None]] = MappingProxyType(
    {
        **dict.fromkeys(HOUSE_CLOCKS, _inside),
        ClockKind.RESPOND: _respond,
        ClockKind.PROVE: _ask_again,
        ClockKind.ANSWER: _ask_again,
        ClockKind.FULFIL: _fulfil,
        ClockKind.CONFIRM: _confirm,
        ClockKind.FIND: _seek_on,
        ClockKind.PROMISE: _as_it_was,
        ClockKind.CONTRADICT: _as_it_was,
    }
)
"""How each kind of duty that the end of the case cut off comes back."""
