"""A case as one viewer sees it: the fold of its log, its texts, and what may be done."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType

from buckstop.domain.cases.now import Now
from buckstop.domain.cases.rules.law import assessment
from buckstop.domain.cases.state.case import Case
from buckstop.domain.cases.state.decisions import Decision, Stage
from buckstop.domain.law.assessment import Assessment, Burden
from buckstop.domain.law.facts import FACTS
from buckstop.domain.words.calendar import due
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Entry, Sealed, frozen
from buckstop.domain.words.ids import ContactId, FactKey, PartyId, ProofKind
from buckstop.domain.words.money import Fen
from buckstop.domain.words.party import CONSUMER
from buckstop.domain.words.purchase import Remedy
from buckstop.domain.words.standing import Standing
from buckstop.records.cases.lines import claim, outcome, proof, words
from buckstop.records.cases.sight import Eyes
from buckstop.records.cases.turns import or_else
from buckstop.records.people.cleaning import shown


@frozen
class Shown:
    """What every part of the page is made of."""

    case: Case
    entries: tuple[Entry, ...]
    now: Now
    eyes: Eyes
    said: Mapping[str, str]

    def text(self, sealed: Sealed | None) -> str | None:
        """Read a text; None where it is missing, erased, or not for these eyes."""
        said = None if sealed is None else self.said.get(sealed.ref)
        return None if said is None else shown(said)

    @property
    def law(self) -> Assessment:
        """Say what the law says of the case."""
        return assessment(self.case, self.now)

    def remedy(self, remedy: Remedy) -> claim.RemedyLine:
        """Tell a way to put it right."""
        return claim.RemedyLine(
            kind=remedy.kind, amount=remedy.amount, text=self.text(remedy.text)
        )


def purchase(of: Shown) -> claim.PurchaseLine:
    """Tell what was bought."""
    bought = of.case.claim.purchase
    return claim.PurchaseLine(
        goods=bought.goods,
        item=of.text(bought.item),
        order_no=of.text(bought.order_no),
        price=bought.price,
        ordered_on=bought.ordered_on,
        received_on=bought.received_on,
        discovered_on=bought.discovered_on,
        self_operated=bought.self_operated,
    )


def parties(of: Shown) -> Mapping[PartyId, claim.PartyLine]:
    """Tell who is in the case; how to reach somebody is for the desk and themselves."""
    return MappingProxyType(
        {
            member.party: claim.PartyLine(
                party=member.party,
                role=member.role,
                name=of.text(member.name) or "",
                reach=member.reach if of.eyes.sees_of(member.party) else (),
                address=of.text(member.address) if of.eyes.sees_of(member.party) else None,
                reached=member.reached,
                contact_works=member.contact_works,
            )
            for member in of.case.parties.members.values()
        }
    )


def facts(of: Shown) -> tuple[proof.FactLine, ...]:
    """Tell every fact that stands or that the law asks for, with who must prove it."""
    law = of.law
    keys = dict.fromkeys((*of.case.facts.every, *(b.fact for b in law.burdens)))
    return tuple(_fact(of, key, law.burden(key)) for key in keys)


def _fact(of: Shown, key: FactKey, burden: Burden | None) -> proof.FactLine:
    known = of.case.facts.every.get(key)
    standing = known.standing if known else Standing.UNKNOWN
    return proof.FactLine(
        fact=key,
        standing=standing,
        value=known.value if known else None,
        by=known.by if known else None,
        rows=known.rows if known else (),
        evidence=known.evidence if known else (),
        burden=burden,
        missing=() if standing.settled else _missing(of, key, burden),
        never_ask=standing.settled,
        since=known.since if known else None,
    )


def _missing(of: Shown, key: FactKey, burden: Burden | None) -> tuple[ProofKind, ...]:
    """List what would do, unless something that would do is there."""
    kind = FACTS.get(key)
    would_do = burden.proofs if burden else kind.proofs if kind else ()
    items = of.case.evidence.every.values()
    there = {i.kind for i in items if key in i.facts}
    accepted = any(key in i.accepted_for for i in items)
    return () if accepted or there & set(would_do) else would_do


def evidence(of: Shown) -> tuple[proof.ItemLine, ...]:
    """Tell the items of the case, which are the same for all."""
    return tuple(
        proof.ItemLine(
            evidence=item.evidence,
            kind=item.kind,
            name=of.text(item.name) or "",
            by=item.by,
            media_type=item.media_type,
            size=item.size,
            sha256=item.sha256,
            at=item.at,
            late=item.late,
            facts=item.facts,
            accepted_for=item.accepted_for,
        )
        for item in of.case.evidence.every.values()
    )


def requests(of: Shown) -> tuple[proof.RequestLine, ...]:
    """Tell who was asked to prove what, and what silence would do."""
    return tuple(
        proof.RequestLine(
            request=ask.request,
            fact=ask.fact,
            of=ask.of,
            by=ask.by,
            why=of.text(ask.why),
            kinds=ask.kinds,
            rows=ask.rows,
            due=of.case.clocks.every[ask.clock].due,
            clock=ask.clock,
            forced=ask.forced,
            at=ask.at,
            end=ask.end,
            or_else=or_else(of.case, of.case.clocks.every[ask.clock], of.now),
        )
        for ask in of.case.requests.every.values()
    )


def rejected(of: Shown) -> tuple[proof.RejectedLine, ...]:
    """Tell the asks that nobody need answer."""
    return tuple(
        proof.RejectedLine(
            fact=ask.fact,
            of=ask.of,
            by=ask.by,
            because=ask.because,
            redirected_to=ask.redirected_to,
            at=ask.at,
        )
        for ask in of.case.requests.rejected
    )


def promises(of: Shown) -> tuple[words.PromiseLine, ...]:
    """Tell the promises to the consumer, and to a respondent its own."""
    return tuple(
        words.PromiseLine(
            promise=given.promise,
            kind=given.kind,
            by=given.by,
            node=given.node,
            person=given.person,
            text=of.text(given.text),
            at=given.at,
            due=of.case.clocks.every[given.clock].due if given.clock else None,
            word=given.word,
            ended=given.ended,
            told_by_consumer=given.told_by_consumer,
        )
        for given in of.case.promises.every.values()
        if of.eyes.sees_of(CONSUMER, given.by)
    )


def records(of: Shown) -> tuple[words.RecordLine, ...]:
    """Tell what the consumer recorded of the other side."""
    return tuple(
        words.RecordLine(
            record=record.record,
            kind=record.kind,
            of=record.of,
            contact=record.contact,
            text=of.text(record.text),
            promised_for=record.promised_for,
            at=record.at,
            due=of.case.clocks.every[record.clock].due,
            state=record.state,
        )
        for record in of.case.promises.records.values()
        if of.eyes.sees_of(CONSUMER, record.of)
    )


def tally(of: Shown) -> words.Tally | None:
    """Set both sides' logs of contacts against each other; no respondent's business."""
    if not of.eyes.sees_of(CONSUMER):
        return None
    found = of.case.contacts.reconciled()
    matched = {ContactId(a.id): ContactId(b.id) for a, b in found.pairs}
    matched |= {other: one for one, other in matched.items()}
    return words.Tally(
        consumer=len(found.pairs) + len(found.consumer_only),
        desk=len(found.pairs) + len(found.desk_only),
        matched=len(found.pairs),
        lines=tuple(
            words.ContactLine(
                contact=contact.contact,
                side=contact.side,
                medium=contact.medium,
                direction=contact.direction,
                at=contact.at,
                precision=contact.precision,
                minutes=contact.minutes,
                with_person=contact.with_person,
                text=of.text(contact.text),
                reconstructed=contact.reconstructed,
                matched=matched.get(contact.contact),
            )
            for contact in sorted(of.case.contacts.every, key=lambda c: (c.at, c.contact))
        ),
        claims=tuple((of.text(text), about) for text, about in of.case.contacts.claimed),
    )


def offers(of: Shown) -> tuple[outcome.OfferLine, ...]:
    """Tell the offers of and to the viewer beside what the law gives."""
    entitled = _entitled(of)
    return tuple(
        outcome.OfferLine(
            offer=offer.offer,
            by=offer.by,
            to=offer.to,
            remedy=of.remedy(offer.remedy),
            fulfil_days=offer.fulfil_days,
            at=offer.at,
            due=of.case.clocks.every[offer.clock].due,
            open=offer.end is None,
            end=offer.end,
            entitled=entitled,
            below=None if entitled is None else offer.remedy.amount < entitled,
            recommended=offer.decision is not None,
        )
        for offer in of.case.offers.every.values()
        if of.eyes.sees_of(offer.by, offer.to)
    )


def _entitled(of: Shown) -> Fen | None:
    """Give the most money that any one entitlement is worth."""
    return max((e.amount for e in of.law.entitlements if e.amount is not None), default=None)


def refusals(of: Shown) -> tuple[outcome.RefusalLine, ...]:
    """Tell the refusals."""
    return tuple(
        outcome.RefusalLine(
            refusal=no.refusal,
            by=no.by,
            ground=no.ground,
            supported=no.supported,
            needs=no.needs,
            text=of.text(no.text),
            at=no.at,
        )
        for no in of.case.refusals.every
    )


def owed(of: Shown) -> tuple[outcome.OwedLine, ...]:
    """Tell what is owed; what was settled is between who settled it."""
    return tuple(
        outcome.OwedLine(
            remedy=owed.remedy,
            by=owed.by,
            what=of.remedy(owed.what),
            source=owed.source,
            due=of.case.clocks.every[owed.clock].due,
            since=owed.since,
            delivery=owed.delivery,
            proofs=owed.proofs,
            delivered_at=owed.delivered_at,
        )
        for owed in of.case.remedies.every.values()
        if owed.source == "decision" or of.eyes.sees_of(CONSUMER, owed.by)
    )


def decisions(of: Shown) -> tuple[outcome.DecisionLine, ...]:
    """Tell the decisions; those in the making to the desk only."""
    return tuple(
        _decision(of, decision)
        for decision in of.case.decisions.every.values()
        if of.eyes.desk or decision.stage is Stage.PRONOUNCED
    )


def _decision(of: Shown, decision: Decision) -> outcome.DecisionLine:
    written = decision.written
    return outcome.DecisionLine(
        decision=written.decision,
        stage=decision.stage,
        by=written.by,
        second=decision.second,
        second_needed=written.second_needed,
        ruling=written.ruling,
        form=decision.form,
        debtor=written.debtor,
        remedy=of.remedy(written.remedy) if written.remedy else None,
        fulfil_days=written.fulfil_days,
        findings=written.findings,
        facts=written.facts,
        reasons=of.text(written.reasons),
        departure=of.text(written.departure),
        like_cases=written.like_cases,
        on_appeal=written.on_appeal,
        at=decision.at,
        appeal_until=_appeal_until(of, decision),
    )


def _appeal_until(of: Shown, decision: Decision) -> datetime | None:
    if decision.stage is not Stage.PRONOUNCED:
        return None
    return due(decision.at, of.now.rules.lengths[ClockKind.APPEAL], of.now.calendar).at
