"""A command of every kind, that asks for nothing but shows whether it could be asked."""

from dataclasses import dataclass

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import PromiseKind, RecordKind, Ruling, Side
from buckstop.domain.cases.now import Now
from buckstop.domain.cases.rules.law import assessment
from buckstop.domain.cases.state.case import Case
from buckstop.domain.cases.state.promises import Record, Word
from buckstop.domain.cases.state.remedies import Delivery
from buckstop.domain.law.assessment import GroundUse
from buckstop.domain.law.facts import FACTS
from buckstop.domain.words.event import Channel, Sealed
from buckstop.domain.words.ids import (
    ContactId,
    DecisionId,
    EvidenceId,
    FactKey,
    OfferId,
    PartyId,
    PersonId,
    PromiseId,
    ProofKind,
    RecordId,
    RemedyId,
    RequestId,
    RowId,
)
from buckstop.domain.words.money import Fen
from buckstop.domain.words.party import CONSUMER, HOUSE, Actor, PartyRole, Role
from buckstop.domain.words.purchase import Remedy, RemedyKind
from buckstop.domain.words.reconcile import Precision
from buckstop.domain.words.standing import Standing

TEXT = Sealed(ref="", commitment="")
REFUND = Remedy(kind=RemedyKind.REFUND, amount=Fen(1))


@dataclass(frozen=True, slots=True)
class Probe:
    """Builds the commands; names things that are there, if any are, and says nothing in texts."""

    case: Case
    by: Actor
    now: Now

    def urge(self) -> ask.Command:
        return ask.Urge(by=self.by, key="")

    def send_message(self) -> ask.Command:
        return ask.SendMessage(by=self.by, key="", text=TEXT)

    def write_note(self) -> ask.Command:
        return ask.WriteNote(by=self.by, key="", text=TEXT)

    def submit_evidence(self) -> ask.Command:
        return ask.SubmitEvidence(
            by=self.by,
            key="",
            kind=ProofKind("photo"),
            name=TEXT,
            media_type="image/png",
            size=1,
            sha256="",
            sm3="",
        )

    def log_contact(self) -> ask.Command:
        side = Side.CONSUMER if self.by.party == CONSUMER else Side.DESK
        return ask.LogContact(
            by=self.by,
            key="",
            side=side,
            medium=Channel.PHONE,
            direction="out",
            at=self.now.at,
            precision=Precision.EXACT,
        )

    def claim_contacts(self) -> ask.Command:
        return ask.ClaimContacts(by=self.by, key="", about=1, text=TEXT)

    def record_other_side(self) -> ask.Command:
        known = self.case.contacts.every
        return ask.RecordOtherSide(
            by=self.by,
            key="",
            kind=RecordKind.REASK,
            of=HOUSE,
            contact=known[-1].contact if known else ContactId(""),
            text=TEXT,
        )

    def contradict_record(self) -> ask.Command:
        mine = (
            r.record
            for r in self.case.promises.records.values()
            if r.of == self.by.party and r.state is Record.WAITING
        )
        return ask.ContradictRecord(
            by=self.by, key="", record=next(mine, RecordId("")), evidence=self._item()
        )

    def ask_takeover(self) -> ask.Command:
        return ask.AskTakeover(by=self.by, key="")

    def take_over(self) -> ask.Command:
        return ask.TakeOver(by=self.by, key="")

    def refuse_takeover(self) -> ask.Command:
        return ask.RefuseTakeover(by=self.by, key="", reason=TEXT)

    def make_offer(self) -> ask.Command:
        return ask.MakeOffer(by=self.by, key="", remedy=REFUND)

    def accept_offer(self) -> ask.Command:
        return ask.AcceptOffer(by=self.by, key="", offer=self._offer_to_me())

    def reject_offer(self) -> ask.Command:
        return ask.RejectOffer(by=self.by, key="", offer=self._offer_to_me())

    def withdraw_offer(self) -> ask.Command:
        mine = (o.offer for o in self.case.offers.open if o.by == self.by.party)
        return ask.WithdrawOffer(by=self.by, key="", offer=next(mine, OfferId("")))

    def answer_request(self) -> ask.Command:
        mine = self.case.requests.open_with(self.by.party)
        return ask.AnswerRequest(
            by=self.by, key="", request=mine[0].request if mine else RequestId(""), text=TEXT
        )

    def deliver_task(self) -> ask.Command:
        return ask.DeliverTask(by=self.by, key="", text=TEXT)

    def agree_claim(self) -> ask.Command:
        return ask.AgreeClaim(by=self.by, key="")

    def refuse(self) -> ask.Command:
        return ask.Refuse(by=self.by, key="", ground=self._ground(GroundUse.REFUSAL))

    def bounce_ball(self) -> ask.Command:
        return ask.BounceBall(
            by=self.by, key="", ground=self._ground(GroundUse.BOUNCE), sentence=TEXT
        )

    def take_up(self) -> ask.Command:
        return ask.TakeUp(by=self.by, key="", person=self.by.person or PersonId(""))

    def assign_task(self) -> ask.Command:
        free = (
            m.party
            for m in self.case.parties.members.values()
            if m.party != CONSUMER and self.case.tasks.of(m.party) is None
        )
        return ask.AssignTask(
            by=self.by,
            key="",
            debtor=next(free, self._some_respondent()),
            expected="respond",
            sentence=TEXT,
        )

    def ask_proof(self) -> ask.Command:
        burdens = assessment(self.case, self.now).burdens
        free = (
            (b.fact, m.party)
            for b in burdens
            if not self.case.facts.standing(b.fact).settled
            for m in self.case.parties.members.values()
            if m.role in {b.bearer, b.keeper} and m.party != self.by.party
        )
        fact, of = next(free, (next(iter(FACTS)), self._some_respondent()))
        return ask.AskProof(by=self.by, key="", fact=fact, of=of)

    def force_proof(self) -> ask.Command:
        return ask.AskProof(
            by=self.by, key="", fact=next(iter(FACTS)), of=CONSUMER, forced_because=TEXT
        )

    def state_fact(self) -> ask.Command:
        open_facts = (f for f in FACTS if not self.case.facts.standing(f).settled)
        return ask.StateFact(
            by=self.by,
            key="",
            fact=next(open_facts, FactKey("")),
            standing=Standing.PROVEN if self.by.party == HOUSE else Standing.ALLEGED,
        )

    def accept_proof(self) -> ask.Command:
        burdens = assessment(self.case, self.now).burdens
        fit = (
            (i.evidence, b.fact, i.kind)
            for i in self.case.evidence.every.values()
            for b in burdens
            if i.kind in b.proofs and b.fact not in i.accepted_for
        )
        item, fact, kind = next(fit, (EvidenceId(""), FactKey(""), ProofKind("")))
        return ask.AcceptProof(by=self.by, key="", evidence=item, fact=fact, kind=kind)

    def promise(self) -> ask.Command:
        return ask.Promise(by=self.by, key="", kind=PromiseKind.ANSWER, text=TEXT)

    def keep_promise(self) -> ask.Command:
        mine = (
            p.promise
            for p in self.case.promises.every.values()
            if p.word is Word.OPEN and self.by.party in {p.by, CONSUMER}
        )
        return ask.KeepPromise(by=self.by, key="", promise=next(mine, PromiseId("")))

    def retract_acknowledgement(self) -> ask.Command:
        standing = (
            p.promise for p in self.case.promises.every.values() if p.word is Word.STANDING
        )
        return ask.RetractAcknowledgement(
            by=self.by, key="", promise=next(standing, PromiseId("")), reason=TEXT
        )

    def correct_information(self) -> ask.Command:
        return ask.CorrectInformation(by=self.by, key="", wrong=TEXT, right=TEXT)

    def change_owner(self) -> ask.Command:
        return ask.ChangeOwner(
            by=self.by, key="", owner=PersonId("somebody"), deputy=None, reason=TEXT
        )

    def join_party(self) -> ask.Command:
        newcomer = ask.NewParty(party=PartyId("newcomer"), role=PartyRole.OUTSIDE, name=TEXT)
        return ask.JoinParty(by=self.by, key="", party=newcomer)

    def give_contact(self) -> ask.Command:
        whom = CONSUMER if self.by.party == HOUSE else self.by.party
        return ask.GiveContact(
            by=self.by, key="", party=whom, reach=(Channel.PHONE,), address=TEXT
        )

    def prove_fulfilment(self) -> ask.Command:
        return ask.ProveFulfilment(
            by=self.by,
            key="",
            remedy=self._remedy(Delivery.OWED, Delivery.DISPUTED),
            evidence=self._item(),
        )

    def confirm_fulfilment(self) -> ask.Command:
        return ask.ConfirmFulfilment(
            by=self.by, key="", remedy=self._remedy(Delivery.DELIVERED, Delivery.DISPUTED)
        )

    def dispute_fulfilment(self) -> ask.Command:
        return ask.DisputeFulfilment(
            by=self.by, key="", remedy=self._remedy(Delivery.DELIVERED), text=TEXT
        )

    def freeze_record(self) -> ask.Command:
        return ask.FreezeRecord(by=self.by, key="")

    def propose_decision(self) -> ask.Command:
        return ask.ProposeDecision(
            by=self.by,
            key="",
            ruling=Ruling.AGAINST_CONSUMER,
            debtor=None,
            remedy=None,
            findings=(RowId("house:decide"),),
            facts=(),
            reasons=TEXT,
        )

    def sign_decision(self) -> ask.Command:
        return ask.SignDecision(by=self.by, key="", decision=self._proposed())

    def send_back_decision(self) -> ask.Command:
        return ask.SendBackDecision(by=self.by, key="", decision=self._proposed(), reason=TEXT)

    def appeal(self) -> ask.Command:
        return ask.Appeal(by=self.by, key="", text=TEXT)

    def withdraw(self) -> ask.Command:
        return ask.Withdraw(by=self.by, key="", why="other")

    def reopen(self) -> ask.Command:
        wrongful = self.by.role is Role.SUPERVISOR  # who may say so may also say less
        return ask.Reopen(by=self.by, key="", because="wrongful" if wrongful else "not-solved")

    def close_unreachable(self) -> ask.Command:
        return ask.CloseUnreachable(by=self.by, key="")

    def hand_over(self) -> ask.Command:
        why = "mediation-failed" if self.now.rules.powers.decide else "no-power"
        return ask.HandOver(by=self.by, key="", rung="regulator", because=why)

    def record_outside_result(self) -> ask.Command:
        return ask.RecordOutsideResult(by=self.by, key="", body="regulator", text=TEXT)

    def _offer_to_me(self) -> OfferId:
        mine = (o.offer for o in self.case.offers.open if o.to == self.by.party)
        return next(mine, OfferId(""))

    def _item(self) -> EvidenceId:
        return next(iter(self.case.evidence.every), EvidenceId(""))

    def _ground(self, use: GroundUse) -> str:
        grounds = assessment(self.case, self.now).grounds
        return next((g.code for g in grounds if g.use is use), "")

    def _remedy(self, *stages: Delivery) -> RemedyId:
        fit = (r.remedy for r in self.case.remedies.every.values() if r.delivery in stages)
        return next(fit, next(iter(self.case.remedies.every), RemedyId("")))

    def _proposed(self) -> DecisionId:
        decision = self.case.decisions.proposed
        return decision.written.decision if decision else DecisionId("")

    def _some_respondent(self) -> PartyId:
        members = self.case.parties.members
        return next((p for p in members if p not in {CONSUMER, self.by.party}), PartyId(""))
