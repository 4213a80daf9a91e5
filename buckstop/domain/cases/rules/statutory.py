"""The law's own time limits, which nobody's act pauses or restarts (K2)."""

from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.cases.rules.law import assessment
from buckstop.domain.law.assessment import Entitlement
from buckstop.domain.words.calendar import DueDate, midnight_after
from buckstop.domain.words.clock import ClockKind


def start_due(draft: Draft) -> None:
    """Start a clock for every entitlement that the law dates and that none runs for yet."""
    for right in assessment(draft.case, draft.now).entitlements:
        member = draft.case.parties.of_role(right.against)
        due = _due(right)
        if due is None or member is None:
            continue
        subject = f"entitlement:{right.code}"
        known = any(c.subject == subject for c in draft.case.clocks.every.values())
        if known or due.at <= draft.at:
            continue
        draft.start(ClockKind.STATUTORY, member.party, subject, due=due, rule=right.rows[0])


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
