"""What makes a pass legitimate."""

from buckstop.domain.cases.events import (
    DecisionPronounced,
    FactStood,
    FulfilmentProven,
    OfferMade,
    ProofAccepted,
    RequestEnd,
    RequestEnded,
)
from buckstop.domain.words.event import Event
from buckstop.domain.words.standing import Standing


def is_progress(event: Event) -> bool:
    """Tell whether a fact moves the case on; words, pauses and unsupported refusals do not."""
    match event:
        case FactStood():
            return event.standing not in {Standing.ALLEGED, Standing.UNKNOWN}
        case RequestEnded():
            return event.end is RequestEnd.ANSWERED
        case OfferMade():
            return event.better
        case ProofAccepted() | DecisionPronounced() | FulfilmentProven():
            return True
        case _:
            return False
