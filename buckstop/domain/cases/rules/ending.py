"""How a case stops: every duty, clock, request and offer ends with it, in the open."""

from buckstop.domain.cases.events import CaseClosed, OfferEnd, Outcome
from buckstop.domain.cases.rules.ball import drop_tasks, end_offers
from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Sealed


def close(
    draft: Draft,
    outcome: Outcome,
    *,
    given_up: bool = False,
    text: Sealed | None = None,
) -> None:
    """Close the case; a clock for an outside result lives on."""
    drop_tasks(draft, "closed")
    end_offers(draft, OfferEnd.MOOT)
    kept = {ClockKind.OUTSIDE}
    if outcome is not Outcome.WITHDRAWN_SOLVED:
        kept |= {ClockKind.PROMISE, ClockKind.CONTRADICT}
    draft.stop(
        "closed",
        *(c.clock for c in draft.case.clocks.every.values() if c.alive and c.kind not in kept),
    )
    draft.add(CaseClosed(outcome=outcome, given_up=given_up, text=text))
