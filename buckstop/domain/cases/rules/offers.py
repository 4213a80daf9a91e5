"""Proposed settlements: binding if accepted, never an admission."""

from buckstop.domain.cases.commands import AcceptOffer, MakeOffer, RejectOffer, WithdrawOffer
from buckstop.domain.cases.events import OfferEnd, OfferEnded, OfferMade, TaskEnd
from buckstop.domain.cases.rules.access import need_member, need_open
from buckstop.domain.cases.rules.ball import (
    end_task,
    move,
    open_task,
    owners_desk,
    place,
    to_desk,
)
from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.cases.rules.fulfilment import owe
from buckstop.domain.cases.state.offers import Offer
from buckstop.domain.words.ball import How
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.ids import OfferId, PartyId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, Holder
from buckstop.domain.words.purchase import Remedy, RemedyKind


def make_offer(draft: Draft, command: MakeOffer) -> None:
    """Propose a settlement; it answers the duty to respond, or runs beside what is going on."""
    need_open(draft)
    need_member(draft)
    if command.remedy.kind in {RemedyKind.REFUND, RemedyKind.COMPENSATION} and (
        command.remedy.amount <= 0
    ):
        raise NotAllowed("offer-needs-amount")
    to = command.to or _other_side(draft)
    if to == draft.by.party or to not in draft.case.parties.members:
        raise NotAllowed("not-a-party", party=to)
    better = is_better(draft, command.remedy)
    _replace_open(draft, to)
    answers = _answers_duty(draft)
    if answers:
        end_task(draft, draft.by.party, TaskEnd.DONE, "offered")
    clock = draft.start(ClockKind.OFFER, to, draft.case.offers.next_id)
    holder = draft.case.custody.holder
    moves = to == CONSUMER and answers and not draft.case.tasks.open
    draft.add(
        OfferMade(
            offer=draft.case.offers.next_id,
            by=draft.by.party,
            to=to,
            remedy=command.remedy,
            better=better,
            clock=clock.clock,
            fulfil_days=command.fulfil_days,
            returns_to=owners_desk(draft) if moves else None,
        )
    )
    if moves:
        there = Holder(party=CONSUMER)
        move(draft, there, How.CONSUMER, reason="offered", expected="answer-offer", clock=clock)
    elif draft.by.party == CONSUMER and holder and holder.party == CONSUMER:
        _counter(draft, to)


def _counter(draft: Draft, to: PartyId) -> None:
    """Give the ball to whom the consumer's counter-offer is made to."""
    if draft.case.custody.taken_over or draft.case.tasks.open:
        to_desk(draft, "countered", How.CONSUMER)
        return
    clock = draft.start(ClockKind.RESPOND, to, "answer-offer")
    open_task(draft, to, "answer-offer", clock)
    there = Holder(party=to)
    move(draft, there, How.CONSUMER, reason="countered", expected="answer-offer", clock=clock)


def _other_side(draft: Draft) -> PartyId:
    if draft.by.party != CONSUMER:
        return CONSUMER
    made = [o for o in draft.case.offers.every.values() if o.by != CONSUMER]
    if made:
        return made[-1].by
    others = [p for p in draft.case.parties.members if p != CONSUMER]
    if not others:
        raise NotAllowed("nobody-to-offer-to")
    return others[0]


def _replace_open(draft: Draft, to: PartyId) -> None:
    for offer in draft.case.offers.open:
        if offer.by == draft.by.party or {offer.by, offer.to} == {draft.by.party, to}:
            draft.add(OfferEnded(offer=offer.offer, end=OfferEnd.REPLACED))
            draft.stop("offer-replaced", offer.clock)


def _answers_duty(draft: Draft) -> bool:
    """Tell whether the offer is an answer to what its maker was asked."""
    task = draft.case.tasks.of(draft.by.party)
    if task is None or draft.case.custody.taken_over:
        return False
    return draft.case.clocks.every[task.clock].kind is ClockKind.RESPOND


def is_better(draft: Draft, remedy: Remedy) -> bool:
    """Tell whether the consumer gets more than by any offer of that side before."""
    before = draft.case.offers.of(draft.by.party)
    if draft.by.party == CONSUMER:
        return False
    if not before:
        return True
    wanted = draft.case.claim.demand.kind

    def worth(offered: Remedy) -> tuple[bool, int]:
        return (offered.kind is wanted, offered.amount)

    return worth(remedy) > max(worth(o.remedy) for o in before)


def _open_offer(draft: Draft, offer: OfferId) -> Offer:
    known = draft.case.offers.every.get(offer)
    if known is None or known.end is not None:
        raise NotAllowed("no-open-offer")
    return known


def accept_offer(draft: Draft, command: AcceptOffer) -> None:
    """Settle on an open offer; only the party it was made to may accept."""
    need_open(draft)
    offer = _open_offer(draft, command.offer)
    if draft.by.party == offer.by:
        raise NotAllowed("own-offer")
    if draft.by.party != offer.to:
        raise NotAllowed("offer-to-another")
    draft.add(OfferEnded(offer=offer.offer, end=OfferEnd.ACCEPTED))
    draft.stop("offer-accepted", offer.clock)
    for other in draft.case.offers.open:
        draft.add(OfferEnded(offer=other.offer, end=OfferEnd.MOOT))
        draft.stop("offer-moot", other.clock)
    debtor = offer.by if offer.by != CONSUMER else offer.to
    owe(draft, debtor, offer.remedy, "offer", offer.fulfil_days)


def reject_offer(draft: Draft, command: RejectOffer) -> None:
    """Say no to an offer; the case goes on as if it had not been made."""
    need_open(draft)
    offer = _open_offer(draft, command.offer)
    if draft.by.party != offer.to:
        raise NotAllowed("offer-to-another")
    draft.add(OfferEnded(offer=offer.offer, end=OfferEnd.REJECTED, text=command.text))
    draft.stop("offer-rejected", offer.clock)
    after_offer(draft, offer)


def withdraw_offer(draft: Draft, command: WithdrawOffer) -> None:
    """Take one's own open offer back."""
    need_open(draft)
    offer = _open_offer(draft, command.offer)
    if draft.by.party != offer.by:
        raise NotAllowed("not-your-offer")
    draft.add(OfferEnded(offer=offer.offer, end=OfferEnd.WITHDRAWN))
    draft.stop("offer-withdrawn", offer.clock)
    after_offer(draft, offer)


def after_offer(draft: Draft, offer: Offer) -> None:
    """Bring the ball back to the desk from a consumer who held it for the offer only."""
    task = draft.case.tasks.of(offer.to)
    if task is not None and task.expected == "answer-offer":
        end_task(draft, offer.to, TaskEnd.DONE, "offer-answered")
        place(draft, "offer-ended")
        return
    holder = draft.case.custody.holder
    waits = draft.case.clocks.alive(ClockKind.ANSWER, ClockKind.CONFIRM, ClockKind.OFFER)
    if holder and holder.party == CONSUMER and not any(c.party == CONSUMER for c in waits):
        to_desk(draft, "offer-ended", How.CONSUMER)
