"""What commands say: fields made up for each kind, of what a case has or has not."""

from collections.abc import Callable, Sequence
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
from buckstop.domain.words.party import CONSUMER, HOUSE, Actor, PartyRole
from buckstop.domain.words.reconcile import Precision
from buckstop.domain.words.standing import Standing
from tests.domain.cases import cast

PARTIES = (CONSUMER, HOUSE, cast.MERCHANT, cast.COURIER, PartyId("stranger"))
FACTS = tuple(
    FactKey(f)
    for f in ("part-missing", "complete-delivery", "complete-delivery", "bought", "nope")
)
KINDS = tuple(ProofKind(k) for k in ("packing-record", "delivery-record", "order-record", "other"))
VALUES = (None, None, "yes", "no", "2026-10-20", "1200", "never")
SPANS = (None, None, Span(1, Unit.HOURS), Span(10, Unit.DAYS))


class Dice:
    """Chooses among what a case has, and what it has not."""

    def __init__(self, choose: Callable[[Sequence[Any]], Any], case: Case) -> None:
        """Look at a case; `choose` takes one of what it is given."""
        self.case = case
        self._choose = choose

    def one_of(self, *options: Any) -> Any:  # noqa: ANN401 - fields are of every type
        """Choose one."""
        return self._choose(options)

    def known(self, ids: Any, otherwise: str) -> Any:  # noqa: ANN401 - ids are of every type
        """Choose one of what the case has, or something it has not."""
        return self.one_of(*tuple(ids)[-4:], otherwise)

    def items(self) -> tuple[EvidenceId, ...]:
        """Choose none or one of the items."""
        every = tuple(self.case.evidence.every)
        return () if not every or self.one_of(0, 0, 1) else (self.one_of(*every),)


def _offer(i: Dice, by: Actor) -> dict[str, Any]:
    del by
    return {
        "remedy": i.one_of(cast.WANTED, cast.HALF),
        "fulfil_days": i.one_of(0, 1, 7),
        "to": i.one_of(None, None, CONSUMER, cast.MERCHANT, cast.COURIER),
    }


def _ask(i: Dice, by: Actor) -> dict[str, Any]:
    del by
    return {
        "fact": i.one_of(*FACTS),
        "of": i.one_of(*PARTIES),
        "why": i.one_of(None, cast.WORDS),
        "clarifies": i.one_of(None, None, *tuple(i.case.requests.every)[-2:]),
        "forced_because": i.one_of(None, None, None, cast.WORDS),
        "span": i.one_of(*SPANS),
    }


def _decision(i: Dice, by: Actor) -> dict[str, Any]:
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


def _pass(i: Dice, by: Actor) -> dict[str, Any]:
    del by
    return {
        "reason": "forwarded",
        "expected": "respond",
        "sentence": cast.WORDS,
        "to": i.one_of(*PARTIES),
        "desk": i.one_of(None, None, None, cast.SERVICE, cast.FINANCE, cast.SUPERVISION),
        "span": i.one_of(*SPANS),
    }


def evidence(i: Dice, by: Actor) -> dict[str, Any]:
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


def _contact(i: Dice, by: Actor) -> dict[str, Any]:
    at = i.case.last_at or cast.MONDAY
    return {
        "side": Side.CONSUMER if by.party == CONSUMER else i.one_of(*Side),
        "medium": Channel.PHONE,
        "direction": i.one_of("in", "out"),
        "at": at - timedelta(hours=i.one_of(0, 1, 30)),
        "precision": i.one_of(*Precision),
    }


def _record(i: Dice, by: Actor) -> dict[str, Any]:
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


def _absorb(i: Dice, by: Actor) -> dict[str, Any]:
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


def _notice(i: Dice, by: Actor) -> dict[str, Any]:
    del by
    return {
        "party": i.one_of(CONSUMER, cast.MERCHANT, cast.COURIER),
        "via": i.one_of(Channel.MAIL, Channel.PHONE),
        "kind": i.one_of(NoticeKind.SERVICE, NoticeKind.REMINDER),
        "about": i.known((c.clock for c in i.case.clocks.running), "clock-99"),
        "accepted": i.one_of(True, True, False),
    }


def _other(i: Dice) -> CaseId:
    return CaseId(i.one_of("case-2", "case-3"))


MAKERS: tuple[tuple[Any, Callable[[Dice, Actor], dict[str, Any]]], ...] = (
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
    (ask.SubmitEvidence, evidence),
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
