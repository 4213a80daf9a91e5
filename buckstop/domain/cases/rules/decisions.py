"""Deciding: on a frozen record, with findings and reasons, by people (K7, C10)."""

from buckstop.domain.cases.commands import (
    Appeal,
    FreezeRecord,
    ProposeDecision,
    SendBackDecision,
    SignDecision,
)
from buckstop.domain.cases.events import (
    AppealMade,
    CaseReopened,
    DecisionPronounced,
    DecisionProposed,
    DecisionSentBack,
    OfferEnd,
    Outcome,
    PacketReleased,
    RecordFrozen,
    Ruling,
)
from buckstop.domain.cases.rules.access import need_desk, need_member, need_open
from buckstop.domain.cases.rules.ball import (
    WISH,
    drop_tasks,
    end_offers,
    move,
    stop_house,
    supervision,
)
from buckstop.domain.cases.rules.codes import is_code
from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.cases.rules.ending import NEXT_RUNG, close, hand_outside
from buckstop.domain.cases.rules.facts import need_items
from buckstop.domain.cases.rules.fulfilment import (
    need_days,
    need_power_to_pay,
    owe,
    owe_on_appeal,
)
from buckstop.domain.cases.rules.law import assessment
from buckstop.domain.cases.rules.recommending import Recommended, recommend
from buckstop.domain.cases.state.decisions import Decision
from buckstop.domain.law.facts import FACTS
from buckstop.domain.words.ball import How
from buckstop.domain.words.calendar import due
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.ids import DecisionId, PartyId, PersonId
from buckstop.domain.words.money import FEN_LIMIT, Fen
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, HOUSE, Role

OWN_RULE = "house:"
"""How the rows of a house's own published rules begin."""


def freeze_record(draft: Draft, command: FreezeRecord) -> None:
    """List what counts; what comes later is marked late."""
    del command
    need_open(draft)
    _need_decider(draft)
    if draft.case.decisions.frozen_at is not None and not draft.case.decisions.used:
        raise NotAllowed("frozen-already")
    draft.add(RecordFrozen(evidence=tuple(draft.case.evidence.every), entries=draft.case.seq))


def _need_decider(draft: Draft) -> None:
    need_desk(draft)
    if draft.by.role is Role.BOT or draft.by.person is None:
        raise NotAllowed("person-only")
    if not draft.case.custody.with_house:
        raise NotAllowed("not-holder", holder=_holder(draft))


def _holder(draft: Draft) -> str:
    holder = draft.case.custody.holder
    return holder.party if holder else ""


def propose_decision(draft: Draft, command: ProposeDecision) -> None:
    """Write a decision; it stands at once unless a second person must sign."""
    need_open(draft)
    _need_decider(draft)
    _check(draft, command)
    person = draft.by.person
    if person is None:
        raise NotAllowed("person-only")
    remedy = command.remedy
    # Against the consumer nothing is paid, but the case is closed: that takes two people too.
    second = remedy is None or remedy.amount >= draft.now.rules.second_from
    number = draft.case.decisions.next_id
    draft.add(
        DecisionProposed(
            decision=number,
            by=person,
            ruling=command.ruling,
            debtor=command.debtor,
            remedy=remedy,
            fulfil_days=command.fulfil_days,
            findings=command.findings,
            facts=command.facts,
            reasons=command.reasons,
            like_cases=command.like_cases,
            departure=command.departure,
            second_needed=second,
            on_appeal=draft.case.decisions.appealing,
        )
    )
    if not second:
        _pronounce(draft, number, None)


def _check(draft: Draft, command: ProposeDecision) -> None:
    decisions = draft.case.decisions
    if decisions.proposed is not None:
        raise NotAllowed("decision-waits-for-signature")
    if decisions.frozen_at is None or decisions.used:
        raise NotAllowed("freeze-first")
    _check_basis(draft, command)
    if command.like_cases_differ and command.departure is None:
        raise NotAllowed("departure-needs-sentence")
    against = command.ruling is Ruling.AGAINST_CONSUMER
    if against != (command.remedy is None) or against != (command.debtor is None):
        raise NotAllowed("remedy-must-fit-ruling")
    if command.debtor is not None:
        _need_debtor(draft, command.debtor)
    if command.remedy is not None:
        _need_amount(draft, command.remedy.amount, explained=command.departure is not None)
    need_days(command.fulfil_days)
    _need_another(draft)


def _check_basis(draft: Draft, command: ProposeDecision) -> None:
    """Refuse findings that neither the law nor a published rule makes, and unknown facts."""
    if not command.findings:
        raise NotAllowed("decision-needs-findings")
    known = assessment(draft.case, draft.now).every_row
    for row in command.findings:
        if row not in known and not (row.startswith(OWN_RULE) and is_code(row[len(OWN_RULE) :])):
            raise NotAllowed("no-such-finding", row=row)
    for fact in command.facts:
        if fact not in FACTS and fact not in draft.case.facts.every:
            raise NotAllowed("no-such-fact", fact=fact)


def _need_debtor(draft: Draft, debtor: PartyId) -> None:
    """Refuse a debtor who is no party, was never reached (K8), or is a house that may not pay."""
    if debtor == HOUSE:
        need_power_to_pay(draft)
        return
    member = draft.case.parties.members.get(debtor)
    if member is None or debtor == CONSUMER:
        raise NotAllowed("not-a-party", party=debtor)
    if not member.reached:
        raise NotAllowed("debtor-never-reached", party=debtor)


def _need_amount(draft: Draft, amount: Fen, *, explained: bool) -> None:
    """Refuse what is no amount; above price, demand and all that is due it needs a sentence."""
    if not 0 <= amount < FEN_LIMIT:
        raise NotAllowed("amount-out-of-range")
    price = draft.case.claim.purchase.price
    if price is None or explained:
        return
    due = sum(right.amount or 0 for right in assessment(draft.case, draft.now).entitlements)
    if amount > max(price, draft.case.claim.demand.amount, due):
        raise NotAllowed("amount-needs-sentence")


def _need_another(draft: Draft) -> None:
    """Refuse on appeal whoever wrote or signed the first decision."""
    if draft.by.person in draft.case.decisions.barred:
        raise NotAllowed("another-decider-needed")


def sign_decision(draft: Draft, command: SignDecision) -> None:
    """Sign as the second person; then the decision stands."""
    need_open(draft)
    decision = _proposed(draft, command.decision)
    if draft.by.person is None or draft.by.role is Role.BOT:
        raise NotAllowed("person-only")
    if draft.by.person == decision.written.by:
        raise NotAllowed("second-person-needed")
    _need_another(draft)
    _pronounce(draft, command.decision, draft.by.person)


def send_back_decision(draft: Draft, command: SendBackDecision) -> None:
    """Do not sign, and say why; the writer writes again."""
    need_open(draft)
    decision = _proposed(draft, command.decision)
    person = draft.by.person
    if person is None or person == decision.written.by:
        raise NotAllowed("second-person-needed")
    draft.add(DecisionSentBack(decision=command.decision, by=person, reason=command.reason))


def _proposed(draft: Draft, number: DecisionId) -> Decision:
    need_desk(draft)
    decision = draft.case.decisions.proposed
    if decision is None or decision.written.decision != number:
        raise NotAllowed("no-proposed-decision")
    return decision


def _pronounce(draft: Draft, number: DecisionId, second: PersonId | None) -> None:
    rules = draft.now.rules
    written = draft.case.decisions.every[number].written
    form = "answer" if rules.is_liable else "decision" if rules.powers.decide else "recommendation"
    end_offers(draft, OfferEnd.MOOT)
    draft.add(DecisionPronounced(decision=number, ruling=written.ruling, form=form, second=second))
    stop_house(draft, "decided")
    if rules.is_liable:
        draft.add(PacketReleased(rung=NEXT_RUNG, because="own-answer"))
    _take_effect(draft, written)


def _take_effect(draft: Draft, written: DecisionProposed) -> None:
    """Let what was pronounced bind whom it can bind, and go out to the others."""
    rules = draft.now.rules
    if written.remedy is None or written.debtor is None:
        if rules.powers.decide or rules.is_liable:
            close(draft, Outcome.DECIDED_AGAINST)
        else:
            hand_outside(draft, NEXT_RUNG, "no-power")
        return
    if rules.powers.decide or (rules.is_liable and written.debtor == HOUSE):
        if written.on_appeal:
            owe_on_appeal(draft, written.debtor, written.remedy, written.fulfil_days)
        else:
            owe(draft, written.debtor, written.remedy, "decision", written.fulfil_days)
        return
    what = Recommended(
        decision=written.decision,
        debtor=written.debtor,
        remedy=written.remedy,
        fulfil_days=written.fulfil_days,
    )
    recommend(draft, what)


def appeal(draft: Draft, command: Appeal) -> None:
    """Ask for another look by another person; it needs something new and comes in time."""
    need_member(draft)
    if draft.by.party == HOUSE:
        raise NotAllowed("parties-only")
    first = draft.case.decisions.pronounced
    if first is None:
        raise NotAllowed("nothing-to-appeal")
    if draft.case.decisions.appealing:
        raise NotAllowed("appealing-already")
    if draft.by.party in draft.case.decisions.appeals:
        raise NotAllowed("appealed-already")
    span = draft.now.rules.lengths[ClockKind.APPEAL]
    if draft.received_at >= due(first.at, span, draft.now.calendar).at:
        raise NotAllowed("appeal-too-late", days=span.count)
    need_items(draft, command.evidence)
    if not set(command.evidence) - set(draft.case.decisions.frozen):
        raise NotAllowed("appeal-needs-something-new")
    if not draft.case.open:
        draft.add(CaseReopened(because="appeal"))
    draft.add(AppealMade(by=draft.by.party, text=command.text, evidence=command.evidence))
    drop_tasks(draft, "appeal")
    stop_house(draft, "appeal")
    wish = draft.case.clocks.about(WISH)
    draft.stop("appeal", wish.clock if wish else None)
    draft.stop_kinds("appeal", ClockKind.FULFIL, ClockKind.CONFIRM)
    clock = draft.start(ClockKind.APPEAL_DECIDE, HOUSE, "appeal")
    to = supervision(draft)
    move(draft, to, How.SUPERVISOR, reason="appeal", expected="decide", clock=clock)
