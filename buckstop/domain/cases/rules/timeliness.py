"""What was received in time but is recorded late: the lapse is taken back by an event."""

from buckstop.domain.cases.commands import AgreeClaim, Command, DeliverTask, MakeOffer, Refuse
from buckstop.domain.cases.events import LapseReversed, TaskOpened
from buckstop.domain.cases.rules.ball import must_decide
from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.cases.state.clocks import Clock, Running
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.party import CONSUMER, HOUSE

ANSWERS = (AgreeClaim, DeliverTask, MakeOffer, Refuse)
"""What a respondent may answer a duty to respond with."""


def reverse_if_in_time(draft: Draft, command: Command) -> bool:
    """Let a duty that lapsed stand open again for an answer received before its due time."""
    if not isinstance(command, ANSWERS) or draft.by.party in {HOUSE, CONSUMER}:
        return False
    clock = _lapsed_too_early(draft)
    if clock is None or must_decide(draft) or not draft.case.open:
        return False
    if draft.case.tasks.of(draft.by.party) is not None:
        return False
    before = next(t for t in draft.case.tasks.every.values() if t.clock == clock.clock)
    draft.add(
        LapseReversed(clock=clock.clock, because="received-in-time"),
        TaskOpened(
            task=draft.case.tasks.next_id,
            debtor=draft.by.party,
            expected=before.expected,
            clock=clock.clock,
        ),
    )
    draft.stop_kinds("lapse-reversed", ClockKind.DECIDE)
    return True


def _lapsed_too_early(draft: Draft) -> Clock | None:
    """Find the party's last lapsed duty to respond, if what came was in time for it."""
    lapsed = [
        c
        for c in draft.case.clocks.every.values()
        if c.kind is ClockKind.RESPOND
        and c.party == draft.by.party
        and c.state is Running.LAPSED
        and draft.received_at < c.due
    ]
    return lapsed[-1] if lapsed else None


def answered(draft: Draft) -> bool:
    """Tell whether the answer ended the duty; a refusal without proof stops no clock."""
    clock = next(e.clock for e in draft.events if isinstance(e, LapseReversed))
    return not draft.case.clocks.every[clock].alive
