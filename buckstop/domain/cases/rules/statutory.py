"""The law's own time limits, which nobody's act pauses or restarts (K2)."""


from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.cases.rules.law import assessment
from buckstop.domain.words.calendar import DueDate, midnight_after
from buckstop.domain.words.clock import ClockKind


def start_due(draft: Draft) -> None:
    """Start a clock for every entitlement that the law dates and that none runs for yet."""
    for right in assessment(draft.case, draft.now).entitlements:
        member = draft.case.parties.of_role(right.against)
        if right.due is None or member is None:
            continue
        subject = f"entitlement:{right.code}"
        at = midnight_after(right.due)
        known = any(c.subject == subject for c in draft.case.clocks.every.values())
        if known or at <= draft.at:
            continue
        draft.start(
            ClockKind.STATUTORY,
            member.party,
            subject,
            due=DueDate(at=at, provisional=right.provisional),
            rule=right.rows[0],
        )
