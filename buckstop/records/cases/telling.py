"""Everything that was said and happened, in order, for one viewer."""

from types import MappingProxyType

from buckstop.domain.cases import events as fact
from buckstop.domain.words.event import Entry, Event
from buckstop.domain.words.ids import ClockId
from buckstop.domain.words.standing import Standing
from buckstop.records.cases.lines import words
from buckstop.records.cases.showing import Shown
from buckstop.records.cases.sight import texts_in

WORDS = (
    fact.CaseOpened,
    fact.MessageSent,
    fact.NoteWritten,
    fact.ContactLogged,
    fact.EvidenceSubmitted,
    fact.ProofRequested,
    fact.RefusalMade,
    fact.ClaimAgreed,
    fact.OfferMade,
    fact.PromiseMade,
    fact.InformationCorrected,
    fact.ConsumerRecorded,
    fact.FulfilmentDisputed,
    fact.DecisionPronounced,
    fact.AppealMade,
    fact.CaseClosed,
    fact.OutsideResultCame,
)
TURNS = (
    fact.BallMoved,
    fact.TakenOver,
    fact.TakeoverAsked,
    fact.TakeoverRefused,
    fact.ClockLapsed,
    fact.RequestRejected,
    fact.OfferEnded,
    fact.PromiseKept,
    fact.PromiseBroken,
    fact.PromiseVoided,
    fact.AcknowledgementRetracted,
    fact.RemedyOwed,
    fact.FulfilmentProven,
    fact.FulfilmentConfirmed,
    fact.OwnerChanged,
    fact.ContactGiven,
    fact.Urged,
    fact.CaseReopened,
    fact.CaseAbsorbed,
    fact.CaseLinked,
    fact.JoinUndone,
    fact.ProofAccepted,
    fact.RecordContradicted,
    fact.RecordStood,
    fact.DecisionSentBack,
)
FOUND = frozenset({Standing.PROVEN, Standing.DISPROVED, Standing.ADMITTED})


def notices(of: Shown) -> tuple[words.NoticeLine, ...]:
    """Tell the notices that a transport accepted: all to the desk, else one's own."""
    return tuple(
        words.NoticeLine(
            party=member.party,
            via=notice.via,
            kind=notice.kind,
            about=ClockId(notice.about) if notice.about else None,
            at=notice.at,
        )
        for member in of.case.parties.members.values()
        if of.eyes.sees_of(member.party)
        for notice in member.served
    )


def thread(of: Shown) -> tuple[words.ThreadLine, ...]:
    """Tell everything that these eyes may see, in order."""
    return tuple(
        words.ThreadLine(
            seq=entry.seq,
            kind=type(entry.event).__name__,
            event=entry.event,
            said=MappingProxyType(_said(of, entry)),
            by=entry.by.party,
            role=entry.by.role,
            person=entry.by.person,
            desk=entry.by.desk,
            channel=entry.channel,
            at=entry.recorded_at,
            occurred_at=entry.occurred_at,
            weight=_weight(entry.event),
            mine=entry.by.party == of.eyes.party,
        )
        for entry in of.entries
        if of.eyes.may_see(entry, of.case)
    )


def _weight(event: Event) -> int:
    match event:
        case fact.FactStood(standing=Standing.PRESUMED):
            return 2
        case fact.FactStood(standing=standing) if standing in FOUND:
            return 1
        case _ if isinstance(event, WORDS):
            return 2
        case _:
            return 1 if isinstance(event, TURNS) else 0


def _said(of: Shown, entry: Entry) -> dict[str, str]:
    texts = {name: of.text(sealed) for name, sealed in texts_in(entry.event).items()}
    if isinstance(entry.event, fact.PartyJoined) and not of.eyes.sees_of(entry.event.party):
        texts.pop("address", None)
    return {name: text for name, text in texts.items() if text is not None}
