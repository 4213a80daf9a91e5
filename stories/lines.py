"""What happened, in a line an event; most bookkeeping has none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from buckstop.domain.cases import events as told
from buckstop.domain.cases.state.case import Case
from buckstop.domain.words.ball import How
from buckstop.domain.words.event import Entry, Event, Sealed
from buckstop.domain.words.ids import PartyId
from buckstop.domain.words.party import CONSUMER, HOUSE, Role
from buckstop.domain.words.purchase import Remedy, RemedyKind
from buckstop.domain.words.standing import Standing
from buckstop.texts import Language, knows, say

MONEY_BACK = frozenset({RemedyKind.REFUND, RemedyKind.RETURN, RemedyKind.COMPENSATION})


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a log: knows the names of a case and the texts that were sealed.

    What people said stays in the language they said it in.
    """

    case: Case
    texts: Mapping[str, str]
    language: Language

    def t(self, name: str, /, **data: str | int | datetime) -> str:
        """Say a sentence of the telling itself."""
        return say(f"story.{name}", self.language, **data)

    def code(self, area: str, name: str) -> str:
        """Say a code, or show it as it is where a door used a word of its own."""
        code = f"{area}.{name}"
        return say(code, self.language) if knows(code, self.language) else name

    def says(self, sealed: Sealed | None) -> str:
        """Open a sealed text."""
        return self.texts.get(sealed.ref, self.t("mark.erased")) if sealed else ""

    def node(self, node: str) -> str:
        """Name a party, or a desk of the house."""
        party, _, desk = node.partition("/")
        if party == HOUSE:
            return self.code("story.desk", desk or self.case.custody.desk or "service")
        member = self.case.parties.members.get(PartyId(party))
        return self.says(member.name) if member else party

    def who(self, entry: Entry) -> str:
        """Name who acted."""
        by = entry.by
        if by.role is Role.CLOCKWORK:
            return self.t("mark.by-itself")
        place = self.node(f"{by.party}/{by.desk}" if by.desk else by.party)
        return self.t("mark.person-at", desk=place, person=by.person) if by.person else place

    def remedy(self, remedy: Remedy) -> str:
        """Say what is to be done, and how much money it is or comes with it."""
        kind = self.code("cases.remedy", remedy.kind)
        if not remedy.amount:
            return kind
        form = "remedy.money" if remedy.kind in MONEY_BACK else "remedy.with-money"
        return self.t(form, kind=kind, amount=remedy.amount)

    def outcome(self, outcome: told.Outcome, *, given_up: bool) -> str:
        """Say how a case ended."""
        said = self.code("cases.outcome", outcome)
        return self.t("outcome.given-up", outcome=said) if given_up else said

    def line(self, event: Event) -> str | None:
        """Say what an event means; None where another line of the act says it."""
        for speak in (_of_the_ball, _of_the_proof, _of_the_words, _of_what_is_owed, _of_the_end):
            said = speak(event, self)
            if said is not None:
                return said
        return None


def _of_the_ball(event: Event, reader: Reader) -> str | None:
    t = reader.t
    match event:
        case told.CaseOpened():
            return t("line.opened", title=reader.says(event.title), owner=event.owner)
        case told.BallMoved(how=How.OPENED):
            return t("line.ball-begins", to=reader.node(event.to.node))
        case told.BallMoved(how=How.AGENT):
            return t("line.taken-in-hand", person=event.to.person or "")
        case told.BallMoved():
            why = reader.says(event.sentence) or reader.code("path.moved", event.reason)
            return t("line.ball-moved", to=reader.node(event.to.node), why=why)
        case told.TakenOver():
            return t("line.taken-over")
        case told.TakeoverAsked():
            return t("line.takeover-asked")
        case told.OwnerChanged():
            return t("line.owner-changed", owner=event.owner)
        case told.Urged():
            return t("line.urged", holder=reader.node(event.holder))
        case told.ClockLapsed():
            clock = reader.code("turn.clock", event.kind)
            return t("line.lapsed", party=reader.node(event.party), clock=clock)
        case told.ClockPostponed():
            because = reader.code("turn.postponed", event.because)
            return t("line.postponed", due=event.due, because=because)
        case told.LapseReversed():
            return t("line.lapse-reversed")
        case _:
            return None


def _of_the_proof(event: Event, reader: Reader) -> str | None:
    t = reader.t
    match event:
        case told.FactStood(standing=Standing.ALLEGED):
            return None
        case told.FactStood():
            value = event.value or "yes"
            form = value if knows(f"story.value.{value}") else "other"
            return t(
                "line.fact-stood",
                fact=reader.code("law.fact", event.fact),
                value=t(f"value.{form}", value=value),
                standing=reader.code("cases.standing", event.standing),
            )
        case told.EvidenceSubmitted():
            form = "line.submitted-late" if event.late else "line.submitted"
            return t(form, name=reader.says(event.name))
        case told.ProofRequested():
            form = "line.asked-by-force" if event.forced_because else "line.asked"
            return t(form, of=reader.node(event.of), fact=reader.code("law.fact", event.fact))
        case told.RequestRejected():
            return _rejected(event, reader)
        case told.RequestEnded():
            return reader.code("cases.request-end", event.end)
        case told.RefusalMade():
            form = "line.refused-with-proof" if event.supported else "line.refused-without-proof"
            return t(form, ground=reader.code("law.ground", event.ground))
        case told.RecordFrozen():
            return t("line.frozen", count=len(event.evidence))
        case _:
            return None


def _rejected(event: told.RequestRejected, reader: Reader) -> str:
    said = reader.t(
        "line.rejected",
        of=reader.node(event.of),
        fact=reader.code("law.fact", event.fact),
        because=reader.code("cases.rejected", event.because),
    )
    if not event.redirected_to:
        return said
    between = ", " if reader.language is Language.EN else "、"
    to = between.join(reader.node(party) for party in event.redirected_to)
    return reader.t("mark.between").join((said, reader.t("line.redirected", to=to)))


def _of_the_words(event: Event, reader: Reader) -> str | None:
    t = reader.t
    match event:
        case told.MessageSent():
            return t("line.said", text=reader.says(event.text))
        case told.NoteWritten():
            return t("line.noted", text=reader.says(event.text))
        case told.PromiseMade(kind=told.PromiseKind.ACKNOWLEDGEMENT):
            return t("line.acknowledged", text=reader.says(event.text))
        case told.PromiseMade():
            return t("line.promised", by=reader.node(event.node), text=reader.says(event.text))
        case told.PromiseKept():
            return t("line.kept")
        case told.PromiseBroken():
            return t("line.broken", by=reader.node(event.node))
        case told.AcknowledgementRetracted():
            return t("line.retracted", reason=reader.says(event.reason))
        case told.ConsumerRecorded():
            return t("line.recorded", of=reader.node(event.of), text=reader.says(event.text))
        case told.RecordStood():
            return t("line.stood")
        case told.RecordContradicted():
            return t("line.contradicted")
        case told.ContactsClaimed():
            return t("line.claimed", text=reader.says(event.text))
        case _:
            return None


def _of_what_is_owed(event: Event, reader: Reader) -> str | None:
    t = reader.t
    match event:
        case told.ClaimAgreed():
            return t("line.agreed")
        case told.OfferMade():
            form = "line.offered" if event.to == CONSUMER else "line.offered-to"
            return t(form, to=reader.node(event.to), remedy=reader.remedy(event.remedy))
        case told.OfferEnded():
            end = reader.code("cases.offer-end", event.end)
            if event.text is None:
                return t("line.offer-ended", end=end)
            return t("line.offer-ended-with-words", end=end, text=reader.says(event.text))
        case told.RemedyOwed():
            return t("line.owed", by=reader.node(event.by), remedy=reader.remedy(event.what))
        case told.FulfilmentProven():
            return t("line.fulfilled")
        case told.FulfilmentConfirmed():
            return t("line.confirmed")
        case told.FulfilmentDisputed():
            return t("line.disputed", text=reader.says(event.text))
        case _:
            return None


def _of_the_end(event: Event, reader: Reader) -> str | None:
    t = reader.t
    match event:
        case told.DecisionPrepared():
            return t("line.prepared")
        case told.DecisionProposed():
            ruling = reader.code("cases.ruling", event.ruling)
            return t("line.proposed", ruling=ruling, reasons=reader.says(event.reasons))
        case told.DecisionPronounced():
            form = "line.pronounced-by-two" if event.second else "line.pronounced"
            return t(form, ruling=reader.code("cases.ruling", event.ruling))
        case told.AppealMade():
            return t("line.appealed", text=reader.says(event.text))
        case told.PacketReleased():
            return t("line.packet")
        case told.CaseClosed():
            said = reader.outcome(event.outcome, given_up=event.given_up)
            return t("line.closed", outcome=said)
        case told.CaseReopened():
            return t("line.reopened")
        case _:
            return None
