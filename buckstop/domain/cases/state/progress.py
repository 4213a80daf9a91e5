"""What makes a pass legitimate."""

from collections.abc import Iterable

from buckstop.domain.cases.events import (
    DecisionPronounced,
    FactStood,
    FulfilmentProven,
    OfferMade,
    ProofAccepted,
    RequestEnd,
    RequestEnded,
)
from buckstop.domain.cases.state.facts import Facts
from buckstop.domain.cases.state.parties import CONTACT_WORKS
from buckstop.domain.words.event import Entry, Event
from buckstop.domain.words.standing import Standing


def is_progress(event: Event, before: Facts) -> bool:
    """Tell whether an event moves the case on; words, pauses and unsupported refusals do not.

    `before` is how the facts stood: only a standing that the fact never had is progress, or
    finding it to and fro would count each time; that somebody cannot be reached is none.
    """
    match event:
        case FactStood():
            new = not before.ever_stood(event.fact, event.standing)
            said = event.standing in {Standing.ALLEGED, Standing.UNKNOWN}
            return new and not said and event.fact != CONTACT_WORKS
        case RequestEnded():
            return event.end is RequestEnd.ANSWERED
        case OfferMade():
            return event.better
        case ProofAccepted() | DecisionPronounced() | FulfilmentProven():
            return True
        case _:
            return False


def progress_in(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """List those entries of a whole log that are progress."""
    facts, found = Facts(), []
    for entry in entries:
        if is_progress(entry.event, facts):
            found.append(entry)
        facts = facts.after(entry)
    return tuple(found)
