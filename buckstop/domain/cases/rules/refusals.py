"""Saying yes, and saying no on a listed ground."""

from buckstop.domain.cases.commands import AgreeClaim, Refuse
from buckstop.domain.cases.events import (
    ClaimAgreed,
    FactStood,
    OfferEnd,
    OfferEnded,
    RefusalMade,
    RequestEnd,
    TaskEnd,
)
from buckstop.domain.cases.rules.access import need_member, need_open
from buckstop.domain.cases.rules.ball import end_offers, end_task, place_beside_consumer
from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.cases.rules.facts import need_items, supports
from buckstop.domain.cases.rules.fulfilment import owe
from buckstop.domain.cases.rules.law import assessment
from buckstop.domain.cases.rules.offers import after_offer
from buckstop.domain.cases.rules.requests import end_request
from buckstop.domain.law.assessment import Ground, GroundUse
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, HOUSE
from buckstop.domain.words.standing import Standing


def refuse(draft: Draft, command: Refuse) -> None:
    """Say no; it stops no clock without the ground's proof from who may issue it (D3)."""
    need_open(draft)
    need_member(draft)
    if draft.by.party in {CONSUMER, HOUSE}:
        raise NotAllowed("respondent-only")
    if all(t.expected == "fulfil-remedy" for t in draft.case.tasks.all_of(draft.by.party)):
        raise NotAllowed("owes-nothing")
    ground = assessment(draft.case, draft.now).ground(command.ground)
    if ground is None or ground.use is not GroundUse.REFUSAL:
        raise NotAllowed("no-such-ground", ground=command.ground)
    need_items(draft, command.evidence)
    supported = supports(draft, command.evidence, ground)
    draft.add(
        RefusalMade(
            refusal=draft.case.refusals.next_id,
            by=draft.by.party,
            ground=command.ground,
            supported=supported,
            needs=ground.needs,
            evidence=command.evidence,
            text=command.text,
        )
    )
    if supported:
        _stand(draft, command, ground)


def _stand(draft: Draft, command: Refuse, ground: Ground) -> None:
    if ground.establishes is not None:
        known = draft.case.facts.every.get(ground.establishes)
        if known is None or not known.standing.settled:
            draft.add(
                FactStood(
                    fact=ground.establishes,
                    standing=Standing.ALLEGED,
                    value="yes",
                    by=draft.by.party,
                    evidence=command.evidence,
                    rows=ground.rows,
                )
            )
    for request in draft.case.requests.open_with(draft.by.party):
        if request.fact == ground.establishes:
            end_request(draft, request, RequestEnd.ANSWERED, command.evidence)
    _reject_offers(draft)
    for task in draft.case.tasks.all_of(draft.by.party):
        if draft.case.clocks.every[task.clock].kind is ClockKind.RESPOND:
            end_task(draft, task, TaskEnd.DONE, "refused")
    place_beside_consumer(draft, "refused")


def _reject_offers(draft: Draft) -> None:
    """Let a supported no be the answer to every offer that the party had to answer."""
    for offer in draft.case.offers.open:
        if offer.to == draft.by.party and draft.case.tasks.under(offer.clock):
            draft.add(OfferEnded(offer=offer.offer, end=OfferEnd.REJECTED))
            draft.stop("offer-rejected", offer.clock)
            after_offer(draft, offer)


def agree_claim(draft: Draft, command: AgreeClaim) -> None:
    """Agree to what the consumer asks; it is then owed, in the days offered."""
    need_open(draft)
    need_member(draft)
    if draft.by.party in {CONSUMER, HOUSE}:
        raise NotAllowed("respondent-only")
    owed = draft.case.tasks.all_of(draft.by.party)
    if not owed:
        raise NotAllowed("owes-nothing")
    if any(t.expected == "fulfil-remedy" for t in owed):
        raise NotAllowed("owed-already")
    draft.add(ClaimAgreed(by=draft.by.party))
    end_offers(draft, OfferEnd.MOOT)
    owe(draft, draft.by.party, draft.case.claim.demand, "agreement", command.fulfil_days)
