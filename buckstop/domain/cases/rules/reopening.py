"""How a case goes on after its end: from where it was, and never from zero (B5)."""

from buckstop.domain.cases.rules.ball import to_desk
from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.cases.rules.fulfilment import owe_again
from buckstop.domain.cases.state.remedies import Delivery, Owed
from buckstop.domain.words.ball import How
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.party import HOUSE


def go_on(draft: Draft, how: How) -> None:
    """Give each duty that the end cut off its clock again, and the ball to who has it.

    What the house must decide comes first, then what is owed, then whatever the desk makes of it.
    """
    kind = _decision_due(draft)
    if kind is not None:
        draft.start(kind, HOUSE, str(kind))
        to_desk(draft, "reopened", how)
        return
    owed = next((r for r in draft.case.remedies.open if _cut_off(draft, r)), None)
    if owed is not None:
        owe_again(draft, owed, how)
        return
    to_desk(draft, "reopened", how)


def _decision_due(draft: Draft) -> ClockKind | None:
    if draft.case.decisions.appealing:
        return ClockKind.APPEAL_DECIDE
    if draft.case.custody.taken_over or draft.case.decisions.prepared:
        return ClockKind.DECIDE
    return None


def _cut_off(draft: Draft, owed: Owed) -> bool:
    """Tell whether a remedy was still owed in time when the case ended."""
    clock = draft.case.clocks.every[owed.clock]
    return owed.delivery is Delivery.OWED and clock.ended_because == "closed"
