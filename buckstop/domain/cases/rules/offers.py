"""Proposed settlements: binding if accepted, never an admission."""

from buckstop.domain.cases.commands import AcceptOffer, MakeOffer, RejectOffer, WithdrawOffer
from buckstop.domain.cases.events import OfferEnd, OfferEnded, OfferMade, TaskEnd
from buckstop.domain.cases.rules.access import need_member, need_open, need_supervisor
from buckstop.domain.cases.rules.ball import (
    back_from_consumer,
    consumer_has_reason,
    end_task,
    move,
    must_decide,
    open_task,
    owners_desk,
    place_beside_consumer,
)
from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.cases.rules.fulfilment import need_days, need_power_to_pay, owe
from buckstop.domain.cases.rules.recommending import accepted, failed
from buckstop.domain.cases.state.clocks import Clock
from buckstop.domain.cases.state.offers import Offer
from buckstop.domain.cases.state.tasks import Task
from buckstop.domain.words.ball import How
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.ids import OfferId, PartyId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, HOUSE, Holder
from buckstop.domain.words.purchase import Remedy, RemedyKind

ANSWERED_BY_OFFER = frozenset({ClockKind.RESPOND, ClockKind.OFFER})
"""Clocks of duties that an offer of one's own answers."""


def make_offer(draft: Draft, command: MakeOffer) -> None:
    """Propose a settlement; it answers the duty to respond, or runs beside what is going on."""
    need_open(draft)
    need_member(draft)
    if draft.by.party == HOUSE:
        need_supervisor(draft)
        need_power_to_pay(draft)
    if command.remedy.kind in {RemedyKind.REFUND, RemedyKind.COMPENSATION} and (
        command.remedy.amount <= 0
    ):
        raise NotAllowed("offer-needs-amount")
    need_days(command.fulfil_days)
    to = command.to or _other_side(draft)
    if to == draft.by.party or to not in draft.case.parties.members:
        raise NotAllowed("not-a-party", party=to)
    if CONSUMER not in {to, draft.by.party}:
        raise NotAllowed("offer-to-consumer-only")
    better = is_better(draft, command.remedy)
    duty = _duty(draft)
    countered = _replace_open(draft, to)
    if duty is not None:
        end_task(draft, duty, TaskEnd.DONE, "offered")
    clock = draft.start(ClockKind.OFFER, to, draft.case.offers.next_id)
    holder = draft.case.custody.holder
    moves = duty is not None and not draft.case.tasks.open
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
    elif duty is not None:
        place_beside_consumer(draft, "offered")
    elif countered:
        open_task(draft, to, "answer-offer", clock)
        place_beside_consumer(draft, "countered", How.CONSUMER)
    elif holder and holder.party == CONSUMER == draft.by.party:
        _counter(draft, to, clock)


def _counter(draft: Draft, to: PartyId, clock: Clock) -> None:
    """Give the ball to whom the consumer's counter-offer is made to.

    The duty to answer runs under the clock of the offer: it lapses with it or not at all.
    """
    if must_decide(draft) or draft.case.tasks.open or consumer_has_reason(draft):
        back_from_consumer(draft, "countered")
        return
    open_task(draft, to, "answer-offer", clock)
    there = Holder(party=to)
    move(draft, there, How.CONSUMER, reason="countered", expected="answer-offer", clock=clock)


def _other_side(draft: Draft) -> PartyId:
    if draft.by.party != CONSUMER:
        return CONSUMER
    made = [o for o in draft.case.offers.every.values() if o.by != CONSUMER]
    if made:
        return _who_would_owe(draft, made[-1])
    others = [p for p in draft.case.parties.members if p != CONSUMER]
    if not others:
        raise NotAllowed("nobody-to-offer-to")
    return others[0]


def _who_would_owe(draft: Draft, offer: Offer) -> PartyId:
    if offer.decision is None:
        return offer.by if offer.by != CONSUMER else offer.to
    return draft.case.decisions.every[offer.decision].written.debtor or offer.by


def _replace_open(draft: Draft, to: PartyId) -> bool:
    """End the offers that a new one replaces; tell whether the consumer was owed an answer."""
    owed = False
    for offer in draft.case.offers.open:
        if offer.decision is not None:
            continue
        if offer.by == draft.by.party or {offer.by, offer.to} == {draft.by.party, to}:
            draft.add(OfferEnded(offer=offer.offer, end=OfferEnd.REPLACED))
            draft.stop("offer-replaced", offer.clock)
            task = draft.case.tasks.under(offer.clock)
            if task is not None and draft.by.party == CONSUMER:
                end_task(draft, task, TaskEnd.DONE, "offer-replaced")
                owed = True
    return owed


def _duty(draft: Draft) -> Task | None:
    """Find the duty to respond that the offer answers; none once the house must decide."""
    if must_decide(draft):
        return None
    owed = draft.case.tasks.all_of(draft.by.party)
    clocks = draft.case.clocks.every
    return next((t for t in owed if clocks[t.clock].kind in ANSWERED_BY_OFFER), None)


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
    if offer.decision is not None:
        accepted(draft, offer, offer.decision)
        return
    for other in draft.case.offers.open:
        draft.add(OfferEnded(offer=other.offer, end=OfferEnd.MOOT))
        draft.stop("offer-moot", other.clock)
    owe(draft, _who_would_owe(draft, offer), offer.remedy, "offer", offer.fulfil_days)


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
    if draft.by.party != offer.by or offer.decision is not None:
        raise NotAllowed("not-your-offer")
    draft.add(OfferEnded(offer=offer.offer, end=OfferEnd.WITHDRAWN))
    draft.stop("offer-withdrawn", offer.clock)
    after_offer(draft, offer)


def after_offer(draft: Draft, offer: Offer) -> None:
    """Bring the ball back from whoever held it for the offer only."""
    if offer.decision is not None:
        failed(draft, offer, offer.decision)
        return
    task = draft.case.tasks.under(offer.clock)
    if task is not None:
        end_task(draft, task, TaskEnd.DONE, "offer-answered")
        place_beside_consumer(draft, "offer-ended")
        return
    back_from_consumer(draft, "offer-ended")
