"""The ways a case ends, and how it goes on again; never from zero."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType

from buckstop.domain.cases.commands import (
    CloseUnreachable,
    HandOver,
    RecordOutsideResult,
    Reopen,
    Withdraw,
)
from buckstop.domain.cases.events import (
    CaseReopened,
    NoticeKind,
    OfferEnd,
    Outcome,
    OutsideResultCame,
)
from buckstop.domain.cases.rules.access import (
    need_consumer,
    need_desk,
    need_open,
    need_person,
    need_supervisor,
)
from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.cases.rules.ending import close, hand_outside
from buckstop.domain.cases.rules.facts import say
from buckstop.domain.cases.rules.reopening import go_on
from buckstop.domain.cases.state.clocks import Running
from buckstop.domain.cases.state.parties import apart
from buckstop.domain.cases.state.remedies import Delivery
from buckstop.domain.words.ball import How
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, HOUSE

WITHDRAWALS = {
    "solved": Outcome.WITHDRAWN_SOLVED,
    "tired": Outcome.WITHDRAWN_TIRED,
    "other": Outcome.WITHDRAWN_OTHER,
}


def withdraw(draft: Draft, command: Withdraw) -> None:
    """Take the complaint back and say why; soon after a failing it counts as given up (B8)."""
    need_open(draft)
    need_consumer(draft)
    outcome = WITHDRAWALS.get(command.why)
    if outcome is None:
        raise NotAllowed("why-missing", choices=tuple(WITHDRAWALS))
    given_up = outcome is not Outcome.WITHDRAWN_SOLVED and _failed_lately(draft)
    close(draft, outcome, given_up=given_up, text=command.text)


def _failed_lately(draft: Draft) -> bool:
    since = draft.at - timedelta(days=draft.now.rules.given_up_days)
    failings = (draft.case.closing.last_failing, draft.case.custody.last_kick)
    return any(at is not None and at >= since for at in failings)


def reopen(draft: Draft, command: Reopen) -> None:
    """Let a closed case go on from where it was, within the published window (B5)."""
    closing = draft.case.closing
    if draft.case.open or closing.closed_at is None:
        raise NotAllowed("case-open")
    if closing.outcome is Outcome.JOINED:
        raise NotAllowed("undo-the-join")
    wrongful = command.because == "wrongful"
    if closing.outcome is Outcome.DECIDED_AGAINST and not wrongful:
        raise NotAllowed("appeal-instead")
    if wrongful:
        need_supervisor(draft)
    elif draft.by.party != HOUSE:
        need_consumer(draft)
    window = timedelta(days=draft.now.rules.reopen_days)
    if draft.received_at > closing.closed_at + window and not wrongful:
        raise NotAllowed("reopen-too-late", days=draft.now.rules.reopen_days)
    draft.add(CaseReopened(because=command.because, wrongful=wrongful))
    say(draft, command.text)
    how = How.CONSUMER if draft.by.party == CONSUMER else How.SUPERVISOR
    go_on(draft, how, closing.reopened_by)


def close_unreachable(draft: Draft, command: CloseUnreachable) -> None:
    """End the case of a consumer whom reminders on two channels, or far apart, did not reach."""
    del command
    need_open(draft)
    need_desk(draft)
    need_person(draft)
    rules, consumer = draft.now.rules, draft.case.parties.members[CONSUMER]
    failed = tuple(n for n in consumer.failed if n.kind is NoticeKind.REMINDER)
    if len(failed) < rules.reminders_to_confirm or not apart(failed, rules.reminder_gap):
        raise NotAllowed("not-proven-unreachable", needed=rules.reminders_to_confirm)
    close(draft, Outcome.UNREACHABLE)


def _may_only_recommend(draft: Draft) -> bool:
    return not draft.now.rules.powers.decide


def _mediation_failed(draft: Draft) -> bool:
    """Tell whether an offer came to nothing, or what the house took on or decided was not done."""
    case = draft.case
    if case.decisions.packets or any(o.end in FAILED_OFFERS for o in case.offers.every.values()):
        return True
    clocks = case.clocks.every
    if case.custody.taken_over:
        kinds = {ClockKind.DECIDE, ClockKind.APPEAL_DECIDE}
        return any(c.kind in kinds and c.state is Running.LAPSED for c in clocks.values())
    undone = (r for r in case.remedies.open if r.source == "decision")
    return any(
        r.delivery is Delivery.DISPUTED or clocks[r.clock].state is Running.LAPSED for r in undone
    )


FAILED_OFFERS = frozenset({OfferEnd.REJECTED, OfferEnd.LAPSED})
HAND_OVERS: Mapping[str, Callable[[Draft], bool]] = MappingProxyType(
    {"mediation-failed": _mediation_failed, "no-power": _may_only_recommend}
)
"""Why a case may be handed over outside, and whether that is so."""


def hand_over(draft: Draft, command: HandOver) -> None:
    """Hand the case to a body outside; a clock is kept for what it decides (H3)."""
    need_open(draft)
    need_supervisor(draft)
    holds = HAND_OVERS.get(command.because)
    if holds is None or not holds(draft):
        raise NotAllowed("nothing-to-hand-over", choices=tuple(HAND_OVERS))
    hand_outside(draft, command.rung, command.because)


def record_outside_result(draft: Draft, command: RecordOutsideResult) -> None:
    """Bring what a body outside decided back into the case."""
    if draft.by.party not in {HOUSE, CONSUMER}:
        raise NotAllowed("not-for-respondents")
    if not draft.case.decisions.packets:
        raise NotAllowed("nothing-handed-over")
    draft.add(OutsideResultCame(body=command.body, text=command.text))
    draft.stop_kinds("result-came", ClockKind.OUTSIDE)
