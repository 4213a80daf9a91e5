"""What was received in time but is recorded late: the lapse is taken back by an event."""

from collections.abc import Callable, Mapping

from buckstop.domain.cases.commands import (
    AcceptOffer,
    AgreeClaim,
    Command,
    ConfirmFulfilment,
    DeliverTask,
    DisputeFulfilment,
    MakeOffer,
    ProveFulfilment,
    Refuse,
    RejectOffer,
)
from buckstop.domain.cases.events import CaseReopened, LapseReversed, Outcome, TaskOpened
from buckstop.domain.cases.rules.ball import must_decide
from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.cases.state.clocks import Clock, Running
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.party import CONSUMER, HOUSE

BECAUSE = "received-in-time"
ANSWERS: Mapping[type[Command], ClockKind] = {
    AgreeClaim: ClockKind.RESPOND,
    DeliverTask: ClockKind.RESPOND,
    MakeOffer: ClockKind.RESPOND,
    Refuse: ClockKind.RESPOND,
    AcceptOffer: ClockKind.OFFER,
    RejectOffer: ClockKind.OFFER,
    ProveFulfilment: ClockKind.FULFIL,
    ConfirmFulfilment: ClockKind.CONFIRM,
    DisputeFulfilment: ClockKind.CONFIRM,
}
"""What answers a clock of which kind; a request's answer names its request itself."""


def reverse_if_in_time(draft: Draft, command: Command) -> bool:
    """Let what lapsed stand open again for an answer received before its due time."""
    kind = ANSWERS.get(type(command))
    clock = _lapsed_too_early(draft, kind, _subject(draft, command)) if kind else None
    return clock is not None and REVERSALS[clock.kind](draft, clock)


def _subject(draft: Draft, command: Command) -> str | None:
    """Name what the command answers, where it names it."""
    match command:
        case AcceptOffer(offer=offer) | RejectOffer(offer=offer):
            return offer
        case ProveFulfilment(remedy=remedy):
            owed = draft.case.remedies.every.get(remedy)
            return remedy if owed and owed.by == draft.by.party else ""
        case ConfirmFulfilment(remedy=remedy) | DisputeFulfilment(remedy=remedy):
            return remedy
        case _:
            return None


def _lapsed_too_early(draft: Draft, kind: ClockKind, subject: str | None) -> Clock | None:
    """Find the actor's last clock of a kind that lapsed, if what came was in time for it."""
    lapsed = [
        c
        for c in draft.case.clocks.every.values()
        if c.kind is kind
        and c.party == draft.by.party
        and subject in {None, c.subject}
        and c.state is Running.LAPSED
        and draft.received_at < c.due
    ]
    return lapsed[-1] if lapsed else None


def _to_respond(draft: Draft, clock: Clock) -> bool:
    if clock.party in {HOUSE, CONSUMER} or must_decide(draft) or not draft.case.open:
        return False
    if draft.case.tasks.of(clock.party) is not None:
        return False
    draft.add(LapseReversed(clock=clock.clock, kind=clock.kind, because=BECAUSE))
    _owe_again(draft, clock)
    return True


def _to_fulfil(draft: Draft, clock: Clock) -> bool:
    if not draft.case.open:
        return False
    draft.add(LapseReversed(clock=clock.clock, kind=clock.kind, because=BECAUSE))
    if clock.party != HOUSE and not must_decide(draft):
        _owe_again(draft, clock)
    return True


def _to_accept(draft: Draft, clock: Clock) -> bool:
    """Let the offer stand again, unless something else is owed by now."""
    if not draft.case.open or draft.case.remedies.open:
        return False
    draft.add(LapseReversed(clock=clock.clock, kind=clock.kind, because=BECAUSE))
    return True


def _to_confirm(draft: Draft, clock: Clock) -> bool:
    """Let the consumer speak who was taken to be silent; what closed for it is open again."""
    closed = not draft.case.open
    if closed and draft.case.closing.outcome is not Outcome.FULFILLED_UNCONFIRMED:
        return False
    draft.add(LapseReversed(clock=clock.clock, kind=clock.kind, because=BECAUSE))
    if closed:
        draft.add(CaseReopened(because=BECAUSE))
    return True


REVERSALS: Mapping[ClockKind, Callable[[Draft, Clock], bool]] = {
    ClockKind.RESPOND: _to_respond,
    ClockKind.OFFER: _to_accept,
    ClockKind.FULFIL: _to_fulfil,
    ClockKind.CONFIRM: _to_confirm,
}
"""How the lapse of each kind is taken back; False where too much has happened since."""


def _owe_again(draft: Draft, clock: Clock) -> None:
    before = next(t for t in draft.case.tasks.every.values() if t.clock == clock.clock)
    draft.add(
        TaskOpened(
            task=draft.case.tasks.next_id,
            debtor=clock.party,
            expected=before.expected,
            clock=clock.clock,
        )
    )
    draft.stop_kinds("lapse-reversed", ClockKind.DECIDE)


def answered(draft: Draft) -> bool:
    """Tell whether the answer ended the duty; a refusal without proof stops no clock."""
    clock = next(e.clock for e in draft.events if isinstance(e, LapseReversed))
    return not draft.case.clocks.every[clock].alive
