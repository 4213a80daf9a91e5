"""Commands by everybody, sensible and not, for whatever state a case is in."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from typing import Any

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import (
    NoticeKind,
    PromiseKind,
    RecordKind,
    Ruling,
    Side,
)
from buckstop.domain.cases.state.case import Case
from buckstop.domain.words.calendar import Span, Unit
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Channel
from buckstop.domain.words.ids import CaseId, EvidenceId, FactKey, PartyId, ProofKind, RowId
from buckstop.domain.words.party import CLOCKWORK, CONSUMER, HOUSE, Actor, PartyRole, Role
from buckstop.domain.words.reconcile import Precision
from buckstop.domain.words.standing import Standing
from tests.domain.cases import cast

ACTORS = (
    cast.SU, cast.SU, cast.AT_MERCHANT, cast.AT_MERCHANT, cast.AT_COURIER, cast.AGENT, cast.AGENT,
    cast.OTHER_AGENT, cast.AT_FINANCE, cast.BOSS, cast.BOT, cast.STRANGER,
)  # fmt: skip
PARTIES = (CONSUMER, HOUSE, cast.MERCHANT, cast.COURIER, PartyId("stranger"))
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
FACTS = tuple(
    FactKey(f)
    for f in ("part-missing", "complete-delivery", "complete-delivery", "bought", "nope")
)
KINDS = tuple(ProofKind(k) for k in ("packing-record", "delivery-record", "order-record", "other"))
VALUES = (None, None, "yes", "no", "2026-10-20", "1200", "never")
SPANS = (None, None, Span(1, Unit.HOURS), Span(10, Unit.DAYS))

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
        self._choose = choose

    def one_of(self, *options: Any) -> Any:  # noqa: ANN401
        """Choose one."""
        return self._choose(options)

    def known(self, ids: Any, otherwise: str) -> Any:  # noqa: ANN401
        """Choose one of what the case has, or something it has not."""
        return self.one_of(*tuple(ids)[-4:], otherwise)

    def items(self) -> tuple[EvidenceId, ...]:
        """Choose none or one of the items."""
        every = tuple(self.case.evidence.every)
        return () if not every or self.one_of(0, 0, 1) else (self.one_of(*every),)

    def sensible(self) -> ask.Command:
        """Make up a command that fits: mostly of who owes one, and any kind as likely."""
        owed = self._owed() if self.one_of(True, True, False) else ()
        fitting: dict[type[ask.Command], list[Fitting]] = {}
        for fit in owed or self._any_time():
            fitting.setdefault(fit[1], []).append(fit)
        by, name, fixed = self.one_of(*self.one_of(*fitting.values()))
        return _made(name, by, {**dict(MAKERS)[name](self, by), **fixed})

    def anything(self) -> ask.Command:
        """Make up any command by anybody; seldom one that ends the case."""
        by = self.one_of(*ACTORS)
        name, make = self.one_of(*MAKERS)
        if name in ENDS and self.one_of(True, True, False):
            name, make = ask.SubmitEvidence, _evidence
        if name is ask.RecordNotice:
            by = CLOCKWORK
        return _made(name, by, make(self, by))

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
        return self.one_of(*found) if found else ()

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
            yield cast.SU, ask.RecordOtherSide, {**told, "of": self.one_of(HOUSE, *BY)}
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


def _offer(i: Improviser, by: Actor) -> dict[str, Any]:
    del by
    return {
        "remedy": i.one_of(cast.WANTED, cast.HALF),
        "fulfil_days": i.one_of(0, 1, 7),
        "to": i.one_of(None, None, CONSUMER, cast.MERCHANT, cast.COURIER),
    }


def _ask(i: Improviser, by: Actor) -> dict[str, Any]:
    del by
    return {
        "fact": i.one_of(*FACTS),
        "of": i.one_of(*PARTIES),
        "why": i.one_of(None, cast.WORDS),
        "clarifies": i.one_of(None, None, *tuple(i.case.requests.every)[-2:]),
        "forced_because": i.one_of(None, None, None, cast.WORDS),
        "span": i.one_of(*SPANS),
    }


def _decision(i: Improviser, by: Actor) -> dict[str, Any]:
    del by
    ruling = i.one_of(*Ruling)
    against = ruling is Ruling.AGAINST_CONSUMER
    return {
        "ruling": ruling,
        "debtor": None if against else i.one_of(cast.MERCHANT, HOUSE, CONSUMER),
        "remedy": None if against else i.one_of(cast.WANTED, cast.HALF),
        "findings": (RowId("EVD-91"),),
        "facts": (),
        "reasons": cast.WORDS,
    }


def _pass(i: Improviser, by: Actor) -> dict[str, Any]:
    del by
    return {
        "reason": "forwarded",
        "expected": "respond",
        "sentence": cast.WORDS,
        "to": i.one_of(*PARTIES),
        "desk": i.one_of(None, None, None, cast.SERVICE, cast.FINANCE, cast.SUPERVISION),
        "span": i.one_of(*SPANS),
    }


def _evidence(i: Improviser, by: Actor) -> dict[str, Any]:
    del by
    return {
        "kind": i.one_of(*KINDS),
        "name": cast.WORDS,
        "media_type": "text/plain",
        "size": 4,
        "sha256": "0" * 64,
        "sm3": "0" * 64,
        "facts": i.one_of((), (FACTS[0],), (FACTS[1],)),
    }


def _contact(i: Improviser, by: Actor) -> dict[str, Any]:
    at = i.case.last_at or cast.MONDAY
    return {
        "side": Side.CONSUMER if by.party == CONSUMER else i.one_of(*Side),
        "medium": Channel.PHONE,
        "direction": i.one_of("in", "out"),
        "at": at - timedelta(hours=i.one_of(0, 1, 30)),
        "precision": i.one_of(*Precision),
    }


def _record(i: Improviser, by: Actor) -> dict[str, Any]:
    del by
    at = i.case.last_at or cast.MONDAY
    return {
        "kind": i.one_of(*RecordKind),
        "promise_kind": i.one_of(*PromiseKind),
        "of": i.one_of(*PARTIES),
        "contact": i.known((c.contact for c in i.case.contacts.every), "contact-99"),
        "text": cast.WORDS,
        "promised_for": i.one_of(None, at + timedelta(days=1), at - timedelta(days=1)),
    }


def _absorb(i: Improviser, by: Actor) -> dict[str, Any]:
    del by
    at = i.case.last_at or cast.MONDAY
    return {
        "other": CaseId(i.one_of("case-2", "case-3")),
        "head": "0" * 64,
        "story": cast.WORDS,
        "clocks": (
            ask.JoinedClock(
                kind=i.one_of(ClockKind.RESPOND, ClockKind.HANDLE, ClockKind.PROMISE),
                party=i.one_of(*PARTIES),
                due=at + timedelta(hours=i.one_of(-5, 5, 100)),
            ),
        ),
        "consumer_matches": True,
        "purchase_matches": i.one_of(True, True, False),
    }


def _notice(i: Improviser, by: Actor) -> dict[str, Any]:
    del by
    return {
        "party": i.one_of(CONSUMER, cast.MERCHANT, cast.COURIER),
        "via": i.one_of(Channel.MAIL, Channel.PHONE),
        "kind": i.one_of(NoticeKind.SERVICE, NoticeKind.REMINDER),
        "about": i.known((c.clock for c in i.case.clocks.running), "clock-99"),
        "accepted": i.one_of(True, True, False),
    }


def _other(i: Improviser) -> CaseId:
    return CaseId(i.one_of("case-2", "case-3"))


MAKERS: tuple[tuple[Any, Callable[[Improviser, Actor], dict[str, Any]]], ...] = (
    (ask.TakeUp, lambda i, _: {"person": i.one_of(cast.OWNER, cast.COLLEAGUE, cast.HEAD)}),
    (ask.JoinParty, lambda i, _: {"party": ask.NewParty(
        party=i.one_of(cast.PLATFORM, HOUSE), role=PartyRole.PLATFORM, name=cast.WORDS)}),
    (ask.GiveContact, lambda i, _: {
        "party": i.one_of(*PARTIES), "reach": i.one_of((), (Channel.MAIL,), cast.BOTH_WAYS),
        "address": cast.WORDS}),
    (ask.ChangeOwner, lambda i, _: {
        "owner": i.one_of(cast.OWNER, cast.COLLEAGUE), "deputy": None, "reason": cast.WORDS}),
    (ask.PassBall, _pass),
    (ask.AssignTask, lambda i, _: {
        "debtor": i.one_of(*PARTIES), "expected": "respond", "sentence": cast.WORDS,
        "span": i.one_of(*SPANS)}),
    (ask.DeliverTask, lambda i, _: {
        "evidence": i.items(), "text": i.one_of(None, cast.WORDS)}),
    (ask.BounceBall, lambda i, _: {
        "ground": i.one_of("not-the-seller", "not-the-carrier", "wrong-desk", "nope"),
        "sentence": cast.WORDS, "evidence": i.items()}),
    (ask.AskTakeover, lambda _i, _: {}),
    (ask.TakeOver, lambda _i, _: {}),
    (ask.RefuseTakeover, lambda _i, _: {"reason": cast.WORDS}),
    (ask.Urge, lambda _i, _: {}),
    (ask.StateFact, lambda i, _: {
        "fact": i.one_of(*FACTS), "standing": i.one_of(*Standing), "value": i.one_of(*VALUES),
        "evidence": i.items()}),
    (ask.SubmitEvidence, _evidence),
    (ask.AcceptProof, lambda i, _: {
        "evidence": i.known(i.case.evidence.every, "item-99"), "fact": i.one_of(*FACTS),
        "kind": i.one_of(*KINDS)}),
    (ask.AskProof, _ask),
    (ask.AnswerRequest, lambda i, _: {
        "request": i.known(i.case.requests.every, "request-99"), "evidence": i.items(),
        "text": i.one_of(None, cast.WORDS)}),
    (ask.SendMessage, lambda _i, _: {"text": cast.WORDS}),
    (ask.WriteNote, lambda _i, _: {"text": cast.WORDS}),
    (ask.CorrectInformation, lambda _i, _: {"wrong": cast.WORDS, "right": cast.WORDS}),
    (ask.Promise, lambda i, _: {
        "kind": i.one_of(*PromiseKind), "text": cast.WORDS, "span": i.one_of(*SPANS)}),
    (ask.KeepPromise, lambda i, _: {
        "promise": i.known(i.case.promises.every, "promise-99"),
        "evidence": i.one_of(None, *tuple(i.case.evidence.every)[-2:])}),
    (ask.RetractAcknowledgement, lambda i, _: {
        "promise": i.known(i.case.promises.every, "promise-99"), "reason": cast.WORDS}),
    (ask.RecordOtherSide, _record),
    (ask.ContradictRecord, lambda i, _: {
        "record": i.known(i.case.promises.records, "record-99"),
        "evidence": i.known(i.case.evidence.every, "item-99")}),
    (ask.LogContact, _contact),
    (ask.ClaimContacts, lambda i, _: {"about": i.one_of(0, 100), "text": cast.WORDS}),
    (ask.AgreeClaim, lambda i, _: {"fulfil_days": i.one_of(0, 7)}),
    (ask.Refuse, lambda i, _: {
        "ground": i.one_of("complete", "not-our-sale", "nope"), "evidence": i.items()}),
    (ask.MakeOffer, _offer),
    (ask.AcceptOffer, lambda i, _: {"offer": i.known(i.case.offers.every, "offer-99")}),
    (ask.RejectOffer, lambda i, _: {"offer": i.known(i.case.offers.every, "offer-99")}),
    (ask.WithdrawOffer, lambda i, _: {"offer": i.known(i.case.offers.every, "offer-99")}),
    (ask.ProveFulfilment, lambda i, _: {
        "remedy": i.known(i.case.remedies.every, "remedy-99"),
        "evidence": i.known(i.case.evidence.every, "item-99"),
        "complete": i.one_of(True, True, False)}),
    (ask.ConfirmFulfilment, lambda i, _: {
        "remedy": i.known(i.case.remedies.every, "remedy-99")}),
    (ask.DisputeFulfilment, lambda i, _: {
        "remedy": i.known(i.case.remedies.every, "remedy-99"), "text": cast.WORDS}),
    (ask.FreezeRecord, lambda _i, _: {}),
    (ask.ProposeDecision, _decision),
    (ask.SignDecision, lambda i, _: {
        "decision": i.known(i.case.decisions.every, "decision-99")}),
    (ask.SendBackDecision, lambda i, _: {
        "decision": i.known(i.case.decisions.every, "decision-99"), "reason": cast.WORDS}),
    (ask.Appeal, lambda i, _: {"text": cast.WORDS, "evidence": i.items()}),
    (ask.Withdraw, lambda i, _: {"why": i.one_of("solved", "tired", "", "other")}),
    (ask.Reopen, lambda i, _: {"because": i.one_of("not-solved", "wrongful")}),
    (ask.CloseUnreachable, lambda _i, _: {}),
    (ask.HandOver, lambda i, _: {
        "rung": "regulator", "because": i.one_of("mediation-failed", "no-power")}),
    (ask.RecordOutsideResult, lambda _i, _: {"body": "regulator", "text": cast.WORDS}),
    (ask.JoinInto, lambda i, _: {"into": _other(i), "head": "0" * 64}),
    (ask.Absorb, _absorb),
    (ask.UndoJoin, lambda i, _: {"other": _other(i)}),
    (ask.LinkCase, lambda i, _: {"other": _other(i)}),
    (ask.RecordNotice, _notice),
    (ask.RederiveClocks, lambda _i, _: {}),
)  # fmt: skip
"""Every command but the first, and how to make up what it says."""
