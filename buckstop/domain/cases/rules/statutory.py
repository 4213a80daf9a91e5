"""The law's own time limits, which nobody's act pauses or restarts (K2)."""

from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.cases.rules.law import assessment
from buckstop.domain.cases.state.clocks import Clock
from buckstop.domain.cases.state.remedies import Delivery
from buckstop.domain.law.assessment import Entitlement
from buckstop.domain.words.calendar import DueDate, midnight_after
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.ids import PartyId

FULFILLED = "fulfilled"
TAKEN_BACK = frozenset({"closed", FULFILLED})
"""Why a clock of the law may have stopped that runs on once that is taken back."""


def start_due(draft: Draft) -> None:
    """Start a clock for every entitlement that the law dates and that none runs for yet."""
    for right in assessment(draft.case, draft.now).entitlements:
        member = draft.case.parties.of_role(right.against)
        due = _due(right)
        if due is None or member is None:
            continue
        subject = f"entitlement:{right.code}"
        if _known(draft, subject) or due.at <= draft.at:
            continue
        draft.start(ClockKind.STATUTORY, member.party, subject, due=due, rule=right.rows[0])


def _known(draft: Draft, subject: str) -> bool:
    """Tell whether a clock runs, ran out, or was met; an end or a delivery may be taken back."""
    before = [c for c in draft.case.clocks.every.values() if c.subject == subject]
    return any(c.ended_because not in TAKEN_BACK or _met(draft, c) for c in before)


def _met(draft: Draft, clock: Clock) -> bool:
    return clock.ended_because == FULFILLED and any(
        r.by == clock.party and r.delivery in {Delivery.DELIVERED, Delivery.CONFIRMED}
        for r in draft.case.remedies.every.values()
    )


def stop_met(draft: Draft, debtor: PartyId) -> None:
    """Stop the law's clocks of a party that has delivered what it owes."""
    clocks = draft.case.clocks.alive(ClockKind.STATUTORY)
    draft.stop(FULFILLED, *(c.clock for c in clocks if c.party == debtor))


def due_of(draft: Draft, subject: str) -> DueDate | None:
    """Reckon anew when what a statutory clock is about is due; None if it is owed no more."""
    for right in assessment(draft.case, draft.now).entitlements:
        if subject == f"entitlement:{right.code}":
            return _due(right)
    return None


def _due(right: Entitlement) -> DueDate | None:
    if right.due is None:
        return None
    return DueDate(at=midnight_after(right.due), provisional=right.provisional)
