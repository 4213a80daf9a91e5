"""How a case stops: every duty, clock, request and offer ends with it, in the open."""

from buckstop.domain.cases.events import CaseClosed, OfferEnd, Outcome, PacketReleased
from buckstop.domain.cases.rules.ball import drop_tasks, end_offers
from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Sealed
from buckstop.domain.words.ids import RowId
from buckstop.domain.words.party import CONSUMER

NEXT_RUNG = "regulator"
"""The rung outside for which a packet is released where nobody names another."""


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


def hand_outside(draft: Draft, rung: str, because: str) -> None:
    """Close the case with its packet released; a clock is kept for the result outside (H3)."""
    draft.add(PacketReleased(rung=rung, because=because))
    draft.start(ClockKind.OUTSIDE, CONSUMER, f"outside-{rung}", rule=RowId("house:outside"))
    close(draft, Outcome.HANDED_OVER)
