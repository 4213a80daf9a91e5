"""Commands by everybody, sensible and not, for whatever state a case is in."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import (
    NoticeKind,
    RecordKind,
)
from buckstop.domain.cases.state.case import Case
from buckstop.domain.words.ids import EvidenceId
from buckstop.domain.words.party import CLOCKWORK, CONSUMER, HOUSE, Actor, Role
from buckstop.domain.words.standing import Standing
from tests.domain.cases import cast
from tests.invariants.makers import FACTS, KINDS, MAKERS, Dice, evidence

ACTORS = (
    cast.SU, cast.SU, cast.AT_MERCHANT, cast.AT_MERCHANT, cast.AT_COURIER, cast.AGENT, cast.AGENT,
    cast.OTHER_AGENT, cast.AT_FINANCE, cast.BOSS, cast.BOT, cast.STRANGER,
)  # fmt: skip
BY = {
    CONSUMER: cast.SU,
    cast.MERCHANT: cast.AT_MERCHANT,
    cast.COURIER: cast.AT_COURIER,
    cast.PLATFORM: Actor(role=Role.RESPONDENT, party=cast.PLATFORM),
    cast.ISSUER: cast.AT_ISSUER,
    cast.CUSTODIAN: cast.AT_CUSTODIAN,
}
ENDS = frozenset({ask.Withdraw, ask.HandOver, ask.JoinInto, ask.CloseUnreachable, ask.TakeOver})
"""Commands that would end most histories before they begin."""
ANY_TIME: tuple[tuple[Actor, tuple[Any, ...]], ...] = (
    (cast.SU, (ask.AskTakeover, ask.Urge, ask.LogContact, ask.ClaimContacts, ask.Withdraw)),
    (cast.SU, (ask.GiveContact,)),
    (cast.AGENT, (ask.TakeUp, ask.WriteNote, ask.Promise, ask.CorrectInformation, ask.JoinInto)),
    (cast.OTHER_AGENT, (ask.LinkCase,)),
    (CLOCKWORK, (ask.RederiveClocks,)),
    (cast.BOSS, (ask.TakeOver, ask.HandOver, ask.ChangeOwner, ask.StateFact, ask.JoinParty)),
)


type Fitting = tuple[Actor, Any, dict[str, Any]]
"""Who could sensibly ask what, with the fields that make it fit."""


class Improviser:
    """Makes up what somebody asks next of a case as it stands."""

    def __init__(self, choose: Callable[[Sequence[Any]], Any], case: Case) -> None:
        """Look at a case; `choose` takes one of what it is given."""
        self.case = case
        self._dice = Dice(choose, case)
        self._one_of = self._dice.one_of

    def sensible(self) -> ask.Command:
        """Make up a command that fits: mostly of who owes one, and any kind as likely."""
        owed = self._owed() if self._one_of(True, True, False) else ()
        fitting: dict[type[ask.Command], list[Fitting]] = {}
        for fit in owed or self._any_time():
            fitting.setdefault(fit[1], []).append(fit)
        by, name, fixed = self._one_of(*self._one_of(*fitting.values()))
        return _made(name, by, {**dict(MAKERS)[name](self._dice, by), **fixed})

    def anything(self) -> ask.Command:
        """Make up any command by anybody; seldom one that ends the case."""
        by = self._one_of(*ACTORS)
        name, make = self._one_of(*MAKERS)
        if name in ENDS and self._one_of(True, True, False):
            name, make = ask.SubmitEvidence, evidence
        if name is ask.RecordNotice:
            by = CLOCKWORK
        return _made(name, by, make(self._dice, by))

    def _owed(self) -> tuple[Fitting, ...]:
        """List what somebody is waited for to do now, about one thing that is open."""
        about = (
            self._for_holder,
            self._for_duties,
            self._for_remedies,
            self._for_deciders,
            self._for_the_told,
        )
        looks = about if self.case.open else (self._after_the_end,)
        found = [fits for look in looks if (fits := tuple(look()))]
        return self._one_of(*found) if found else ()

    def _after_the_end(self) -> Iterator[Fitting]:
        for other in self.case.closing.absorbed:
            yield cast.BOSS, ask.UndoJoin, {"other": other}
        yield cast.SU, ask.Reopen, {}
        yield cast.SU, ask.Appeal, {"evidence": self._latest()}
        yield cast.BOSS, ask.RecordOutsideResult, {}

    def _any_time(self) -> Iterator[Fitting]:
        """List what can be asked at nearly any time, by who would."""
        for by, names in ANY_TIME:
            for name in names:
                yield by, name, {}
        for by in (cast.SU, cast.AT_MERCHANT, cast.AT_COURIER, cast.AGENT):
            yield by, ask.SendMessage, {}
            yield by, ask.SubmitEvidence, {}
        yield cast.AGENT, ask.Absorb, {"purchase_matches": True}
        for item in self._latest():
            listed = {"fact": FACTS[1], "kind": KINDS[0]}
            yield cast.AGENT, ask.AcceptProof, {"evidence": item, **listed}
        unheard = {"party": CONSUMER, "kind": NoticeKind.REMINDER, "accepted": False}
        yield CLOCKWORK, ask.RecordNotice, {}
        yield CLOCKWORK, ask.RecordNotice, unheard

    def _latest(self) -> tuple[EvidenceId, ...]:
        return tuple(self.case.evidence.every)[-1:]

    def _for_duties(self) -> Iterator[Fitting]:
        case = self.case
        for request in case.requests.open:
            yield BY.get(request.of, cast.SU), ask.AnswerRequest, {"request": request.request}
            settled = {"standing": Standing.PROVEN, "value": None, "evidence": self._latest()}
            yield cast.BOSS, ask.StateFact, {"fact": request.fact, **settled}
        for request in case.requests.every.values():
            plain = {"clarifies": None, "forced_because": None}
            yield cast.BOSS, ask.AskProof, {"fact": request.fact, "of": request.of, **plain}
        for offer in case.offers.open:
            yield BY[offer.to], ask.AcceptOffer, {"offer": offer.offer}
            yield BY[offer.to], ask.RejectOffer, {"offer": offer.offer}
            yield BY[offer.to], ask.MakeOffer, {}
            yield BY.get(offer.by, cast.AGENT), ask.WithdrawOffer, {"offer": offer.offer}
        for task in case.tasks.open:
            for name in (ask.DeliverTask, ask.Refuse, ask.AgreeClaim, ask.MakeOffer):
                yield BY[task.debtor], name, {}

    def _for_remedies(self) -> Iterator[Fitting]:
        for owed in self.case.remedies.open:
            if owed.delivery == "delivered":
                yield cast.SU, ask.ConfirmFulfilment, {"remedy": owed.remedy}
                yield cast.SU, ask.DisputeFulfilment, {"remedy": owed.remedy}
            for item in self._latest():
                debtor = BY.get(owed.by, cast.AGENT)
                yield debtor, ask.ProveFulfilment, {"remedy": owed.remedy, "evidence": item}

    def _for_deciders(self) -> Iterator[Fitting]:
        decisions = self.case.decisions
        if decisions.proposed:
            number = decisions.proposed.written.decision
            yield cast.OTHER_AGENT, ask.SignDecision, {"decision": number}
            yield cast.OTHER_AGENT, ask.SendBackDecision, {"decision": number}
        if decisions.pronounced:
            yield cast.SU, ask.Appeal, {"evidence": self._latest()}

    def _for_the_told(self) -> Iterator[Fitting]:
        """Record what was said in a contact, and answer what was recorded or promised."""
        case = self.case
        for other in case.closing.absorbed:
            yield cast.BOSS, ask.UndoJoin, {"other": other}
        if case.contacts.every:
            told = {"contact": case.contacts.every[-1].contact, "kind": RecordKind.REASK}
            yield cast.SU, ask.RecordOtherSide, {**told, "of": self._one_of(HOUSE, *BY)}
        for record in case.promises.records.values():
            for item in self._latest():
                by = BY.get(record.of, cast.AGENT)
                yield by, ask.ContradictRecord, {"record": record.record, "evidence": item}
        for promise in case.promises.every:
            yield cast.SU, ask.KeepPromise, {"promise": promise}
            yield cast.BOSS, ask.RetractAcknowledgement, {"promise": promise}
        if case.decisions.packets or any(offer.end for offer in case.offers.every.values()):
            yield cast.BOSS, ask.HandOver, {"because": "mediation-failed"}
        if case.parties.members[CONSUMER].failed:
            yield cast.AGENT, ask.CloseUnreachable, {}
        if case.custody.takeover_wished:
            yield cast.BOSS, ask.RefuseTakeover, {}

    def _for_holder(self) -> Iterator[Fitting]:
        holder = self.case.custody.holder
        if holder is None or holder.party == CONSUMER:
            return
        at_finance = cast.AT_FINANCE if holder.desk == cast.FINANCE else cast.BOSS
        by = at_finance if holder.party == HOUSE else BY[holder.party]
        for name in (ask.PassBall, ask.AskProof):
            yield by, name, {}
        ground = "wrong-desk" if holder.party == HOUSE else "not-the-seller"
        yield by, ask.BounceBall, {"ground": ground, "evidence": self._latest()}
        if holder.party == HOUSE:
            yield by, ask.AssignTask, {}
            frozen = self.case.decisions.frozen_at is not None and not self.case.decisions.used
            yield by, ask.ProposeDecision if frozen else ask.FreezeRecord, {}


def _made(name: type[ask.Command], by: Actor, fields: dict[str, Any]) -> ask.Command:
    return name(by=by, key="key", **fields)
