"""A house without the power to decide recommends: that binds nobody who does not accept it."""

from buckstop.domain.cases.events import (
    OfferEnd,
    OfferEnded,
    OfferMade,
    PacketReleased,
    TaskEnd,
)
from buckstop.domain.cases.rules.ball import (
    back_from_consumer,
    drop_tasks,
    end_offers,
    end_task,
    move,
    must_decide,
    open_task,
    place,
    place_beside_consumer,
)
from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.cases.rules.ending import NEXT_RUNG
from buckstop.domain.cases.rules.fulfilment import need_days, owe
from buckstop.domain.cases.state.clocks import Clock
from buckstop.domain.cases.state.offers import Offer
from buckstop.domain.words.ball import How
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import frozen
from buckstop.domain.words.ids import DecisionId, PartyId
from buckstop.domain.words.party import CONSUMER, HOUSE, Holder
from buckstop.domain.words.purchase import Remedy


@frozen
class Recommended:
    """What a house recommends: whose duty it would be, and what to do in how many days."""

    decision: DecisionId
    debtor: PartyId
    remedy: Remedy
    fulfil_days: int

    @property
    def sides(self) -> tuple[PartyId, ...]:
        """Name who must accept; the house has bound itself to what it would do itself."""
        return (CONSUMER,) if self.debtor == HOUSE else (self.debtor, CONSUMER)


def recommend(draft: Draft, what: Recommended) -> None:
    """Put a recommendation to both sides: its debtor has the ball, the consumer may answer too."""
    need_days(what.fulfil_days)
    drop_tasks(draft, "decision")
    clocks = [_put(draft, what, side) for side in what.sides]
    if what.debtor == HOUSE:
        _to_consumer(draft, clocks[0])
        return
    to = Holder(party=what.debtor)
    move(
        draft, to, How.PASS, reason="recommended", expected="answer-offer", clock=clocks[0],
        named=True,
    )  # fmt: skip


def _put(draft: Draft, what: Recommended, to: PartyId) -> Clock:
    """Ask one side; a respondent's answer is a duty, under the clock of the offer itself."""
    number = draft.case.offers.next_id
    clock = draft.start(ClockKind.OFFER, to, number)
    draft.add(
        OfferMade(
            offer=number,
            by=HOUSE,
            to=to,
            remedy=what.remedy,
            better=False,
            clock=clock.clock,
            fulfil_days=what.fulfil_days,
            returns_to=None,
            decision=what.decision,
        )
    )
    if to != CONSUMER:
        open_task(draft, to, "answer-offer", clock)
    return clock


def _to_consumer(draft: Draft, clock: Clock) -> None:
    there = Holder(party=CONSUMER)
    move(draft, there, How.CONSUMER, reason="recommended", expected="answer-offer", clock=clock)


def accepted(draft: Draft, offer: Offer, decision: DecisionId) -> None:
    """Go on after one side accepted: what was recommended is owed once the other did too."""
    what = _recommended(draft, offer, decision)
    _end_duty(draft, offer)
    every = draft.case.offers.recommended(decision)
    agreed = {o.to for o in every if o.end is OfferEnd.ACCEPTED}
    missing = [side for side in what.sides if side not in agreed]
    if not missing:
        end_offers(draft, OfferEnd.MOOT)
        owe(draft, what.debtor, what.remedy, "recommendation", what.fulfil_days)
        return
    for side in missing:
        waiting = next((o for o in every if o.to == side and o.end is None), None)
        clock = draft.case.clocks.every[waiting.clock] if waiting else _put(draft, what, side)
        if must_decide(draft):
            return
        if side == CONSUMER and not draft.case.tasks.open:
            _to_consumer(draft, clock)
            return
    place(draft, "recommended")


def failed(draft: Draft, offer: Offer, decision: DecisionId) -> None:
    """Go on after one side said no or nothing: the next rung outside is offered at once."""
    _end_duty(draft, offer)
    for other in draft.case.offers.recommended(decision):
        if other.end is None:
            draft.add(OfferEnded(offer=other.offer, end=OfferEnd.MOOT))
            draft.stop("offer-moot", other.clock)
            _end_duty(draft, other)
    if NEXT_RUNG not in draft.case.decisions.packets:
        draft.add(PacketReleased(rung=NEXT_RUNG, because="mediation-failed"))
    holder = draft.case.custody.holder
    if holder is not None and holder.party == CONSUMER:
        back_from_consumer(draft, "recommendation-failed")
        return
    place_beside_consumer(draft, "recommendation-failed")


def _recommended(draft: Draft, offer: Offer, decision: DecisionId) -> Recommended:
    return Recommended(
        decision=decision,
        debtor=draft.case.decisions.every[decision].written.debtor or HOUSE,
        remedy=offer.remedy,
        fulfil_days=offer.fulfil_days,
    )


def _end_duty(draft: Draft, offer: Offer) -> None:
    task = draft.case.tasks.under(offer.clock)
    if task is not None:
        end_task(draft, task, TaskEnd.DONE, "offer-answered")
