"""Who may see which entry of a case's log."""

from collections.abc import Hashable, Mapping
from dataclasses import is_dataclass
from functools import cache
from typing import cast, get_args, get_type_hints

from buckstop.domain.cases import events as fact
from buckstop.domain.cases.state.case import Case
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Entry, Event, Sealed, frozen
from buckstop.domain.words.ids import PartyId
from buckstop.domain.words.party import CONSUMER
from buckstop.records.people.access import DESK_PEOPLE, Viewer

DESK_ONLY = (
    fact.NoteWritten,
    fact.DecisionProposed,
    fact.DecisionSentBack,
)
"""What the house says to itself. A decision is shown as one once it is pronounced."""

NOT_FOR_RESPONDENTS = (
    fact.OwnerChanged,
    fact.ContactLogged,
    fact.ContactsClaimed,
    fact.InformationCorrected,
    fact.TakeoverAsked,
    fact.TakeoverRefused,
    fact.CaseJoined,
    fact.CaseAbsorbed,
    fact.CaseLinked,
    fact.JoinUndone,
    fact.OutsideResultCame,
)
"""What passes between the consumer and the house."""

BETWEEN_TWO = frozenset(
    {ClockKind.OFFER, ClockKind.PROMISE, ClockKind.CONTRADICT, ClockKind.STATUTORY}
)
"""Kinds of clock that concern the consumer, the house, and whose clock it is."""


@frozen
class Eyes:
    """For whom a case is looked at: one party, or the desk, which sees all."""

    party: PartyId
    desk: bool

    def sees_of(self, *parties: PartyId) -> bool:
        """Tell whether what is between these parties may be seen."""
        return self.desk or self.party in parties

    def may_see(self, entry: Entry, state: Case) -> bool:
        """Tell whether one entry may be seen; `state` is the case as it is now."""
        event = entry.event
        if self.desk:
            return True
        if isinstance(event, DESK_ONLY):
            return False
        if self.party != CONSUMER and isinstance(event, NOT_FOR_RESPONDENTS):
            return False
        some = between(entry, state)
        return some is None or self.party in some


def eyes_of(viewer: Viewer) -> Eyes:
    """Say with whose eyes a viewer looks at a case that it may see."""
    return Eyes(party=viewer.party, desk=viewer.capacity in DESK_PEOPLE)


def texts_in(event: Event) -> Mapping[str, Sealed]:
    """Find the personal texts of an event by the name of the field they stand in."""
    return {
        name: text
        for name, path in _texts_of(cast("Hashable", type(event)))
        if (text := _at(event, path)) is not None
    }


@cache
def _texts_of(kind: Hashable) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """List where a type may hold texts, each by its name; a remedy names its only text."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for field, hint in get_type_hints(cast("type", kind)).items():
        for some in get_args(hint) or (hint,):
            if some is Sealed:
                found.append((field, (field,)))
            elif is_dataclass(some) and isinstance(some, type):
                found += [
                    (field if name == "text" else name, (field, *path))
                    for name, path in _texts_of(some)
                ]
    return tuple(found)


def _at(value: object, path: tuple[str, ...]) -> Sealed | None:
    for field in path:
        value = getattr(value, field)
        if value is None:
            return None
    return value if isinstance(value, Sealed) else None


def between(  # noqa: PLR0912 - one branch a kind of fact
    entry: Entry, state: Case
) -> tuple[PartyId, ...] | None:
    """Name who is told of what concerns some only; None where it is for all in the case."""
    match entry.event:
        case fact.MessageSent(to=to) if to:
            return (entry.by.party, *to)
        case fact.OfferMade() as event:
            return (event.by, event.to)
        case fact.OfferEnded(offer=offer):
            return (state.offers.every[offer].by, state.offers.every[offer].to)
        case fact.PromiseMade(by=by) | fact.ClaimAgreed(by=by):
            return (CONSUMER, by)
        case (
            fact.PromiseKept(promise=given)
            | fact.PromiseBroken(promise=given)
            | fact.PromiseVoided(promise=given)
            | fact.AcknowledgementRetracted(promise=given)
        ):
            return (CONSUMER, state.promises.every[given].by)
        case fact.ConsumerRecorded(of=of):
            return (CONSUMER, of)
        case fact.RecordContradicted(record=record) | fact.RecordStood(record=record):
            return (CONSUMER, state.promises.records[record].of)
        case fact.ContactGiven(party=party):
            return (party, entry.by.party)
        case fact.NoticeServed(party=party) | fact.NoticeFailed(party=party):
            return (CONSUMER, party)
        case fact.Urged(holder=holder):
            return (CONSUMER, entry.by.party, PartyId(holder))
        case fact.RemedyOwed() as event if event.source != "decision":
            return (CONSUMER, event.by)
        case (
            fact.FulfilmentProven(remedy=remedy)
            | fact.FulfilmentConfirmed(remedy=remedy)
            | fact.FulfilmentDisputed(remedy=remedy)
        ):
            return (CONSUMER, state.remedies.every[remedy].by)
        case _:
            return _of_clock(entry.event, state)


def _of_clock(event: Event, state: Case) -> tuple[PartyId, ...] | None:
    match event:
        case (
            fact.ClockStarted(clock=name)
            | fact.ClockPaused(clock=name)
            | fact.ClockResumed(clock=name)
            | fact.ClockHandedOn(clock=name)
            | fact.ClockStopped(clock=name)
            | fact.ClockLapsed(clock=name)
            | fact.ClockPostponed(clock=name)
            | fact.LapseReversed(clock=name)
        ):
            clock = state.clocks.every[name]
            return (CONSUMER, clock.party) if clock.kind in BETWEEN_TWO else None
        case _:
            return None
