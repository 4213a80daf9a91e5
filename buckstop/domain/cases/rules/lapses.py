"""What happens when a time limit runs out: one atomic consequence each (K3, K6-K9)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta

from buckstop.domain.cases.events import (
    ClockLapsed,
    ClockPostponed,
    DecisionPrepared,
    FactStood,
    OfferEnd,
    OfferEnded,
    Outcome,
    PacketReleased,
    RequestEnd,
    RequestEnded,
    TaskEnd,
)
from buckstop.domain.cases.now import GRACE, Now
from buckstop.domain.cases.rules.ball import (
    WISH,
    back_from_consumer,
    end_task,
    escalate,
    must_decide,
    place_beside_consumer,
    resume,
    stop_house,
    take_over,
)
from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.cases.rules.ending import NEXT_RUNG, close
from buckstop.domain.cases.rules.law import bearers, burden_of
from buckstop.domain.cases.rules.notices import rederive
from buckstop.domain.cases.rules.offers import after_offer
from buckstop.domain.cases.rules.promises import break_promise, stand
from buckstop.domain.cases.rules.reach import sought_by
from buckstop.domain.cases.rules.requests import end_request
from buckstop.domain.cases.state.case import Case
from buckstop.domain.cases.state.clocks import Clock, Running
from buckstop.domain.cases.state.parties import CONTACT_WORKS, apart
from buckstop.domain.cases.state.promises import Record, Word
from buckstop.domain.cases.state.requests import Request
from buckstop.domain.words.ball import How
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Channel
from buckstop.domain.words.ids import FactKey, PartyId
from buckstop.domain.words.party import CONSUMER, HOUSE
from buckstop.domain.words.standing import Standing

UNANSWERED = frozenset({ClockKind.STATUTORY, ClockKind.OUTSIDE})
"""Clocks that nothing a party sends can meet."""


def next_lapse(case: Case, now: Now) -> Clock | None:
    """Find the clock that lapses next and is due by now, the grace of polled channels over.

    A clock that has rested for as long as it may is due to run on then.
    """
    running = (c for c in case.clocks.running if c.due + _grace(case, c) <= now.at)
    over = [*running, *_rested(case, now)]
    return min(over, key=lambda c: (c.due + _grace(case, c), c.clock), default=None)


def _rested(case: Case, now: Now) -> Iterator[Clock]:
    for clock in case.clocks.every.values():
        if not clock.running and clock.wakes is not None and clock.wakes <= now.at:
            yield replace(clock, due=clock.wakes)


def _grace(case: Case, clock: Clock) -> timedelta:
    """Wait for mail that may have come in time, from a party that answers by mail."""
    member = case.parties.members.get(clock.party)
    polled = member is not None and Channel.MAIL in member.reach
    return GRACE["mail"] if polled and clock.kind not in UNANSWERED else timedelta()


def lapse(draft: Draft, clock: Clock) -> None:
    """Apply the one consequence of a clock that has run out, or has rested its time."""
    if clock.state is Running.PAUSED:
        resume(draft, draft.case.clocks.every[clock.clock])
        return
    if clock.provisional:
        _only_rederive(draft, clock)
        return
    if clock.kind is ClockKind.CONFIRM and not _reminded(draft, clock):
        return
    draft.add(ClockLapsed(clock=clock.clock, kind=clock.kind, party=clock.party))
    CONSEQUENCES[clock.kind](draft, clock)


def _only_rederive(draft: Draft, clock: Clock) -> None:
    """Reckon a provisional date anew; still unpublished, it waits another day (K9)."""
    if rederive(draft, clock):
        return
    later = max(clock.due, draft.at) + timedelta(days=1)
    draft.add(
        ClockPostponed(
            clock=clock.clock, due=later, because="calendar-unpublished", provisional=True
        )
    )


def _reminded(draft: Draft, clock: Clock) -> bool:
    """Wait until the consumer was reminded as published; each wait is a postponement (B5)."""
    rules = draft.now.rules
    served = draft.case.parties.reminders(CONSUMER, clock.clock)
    missing = rules.reminders_to_confirm - len(served)
    if missing <= 0 and apart(served, rules.reminder_gap):
        return True
    waits = rules.reminder_gap * max(missing, 1)
    draft.add(
        ClockPostponed(clock=clock.clock, due=draft.at + waits, because="reminders-outstanding")
    )
    return False


def _house_failed(draft: Draft, clock: Clock) -> None:
    escalate(draft, f"{clock.kind}-lapsed")


def _supervise(draft: Draft, clock: Clock) -> None:
    """Grant a wish nobody answered, or release the packet for the next rung outside (C10)."""
    if clock.subject == WISH:
        take_over(draft, "wish")
        return
    if not draft.case.decisions.packets:
        draft.add(PacketReleased(rung=NEXT_RUNG))
    escalate(draft, "supervise-lapsed")


def _respond(draft: Draft, clock: Clock) -> None:
    """Bring a silent respondent's ball to the house, which goes on with the file as it is."""
    if clock.party == HOUSE:
        _house_failed(draft, clock)
        return
    task = draft.case.tasks.under(clock.clock)
    if task is not None:
        end_task(draft, task, TaskEnd.LAPSED, "lapsed")
    _after_silence(draft, clock)


def _prove(draft: Draft, clock: Clock) -> None:
    """Presume for the house's own procedure what the silent keeper of the record left open."""
    request = next(r for r in draft.case.requests.open if r.clock == clock.clock)
    draft.add(RequestEnded(request=request.request, end=RequestEnd.SILENT))
    task = draft.case.tasks.under(clock.clock)
    if task is not None:
        end_task(draft, task, TaskEnd.LAPSED, "lapsed")
    _presume(draft, request)
    _after_silence(draft, clock)


def _presume(draft: Draft, request: Request) -> None:
    """Presume the fact if R3's conditions hold: control, service, no reason, an assertion."""
    member = draft.case.parties.members[request.of]
    burden = burden_of(draft.case, draft.now, request.fact)
    clock = draft.case.clocks.every[request.clock]
    if burden is None or burden.presumption is None or not member.knows_of(clock):
        return
    if request.of not in bearers(draft.case, burden) or not _asserted(draft, request.fact):
        return
    others = [r for r in draft.case.requests.every.values() if r.fact == request.fact]
    if any(r.end in {None, RequestEnd.ANSWERED} for r in others):
        return
    known = draft.case.facts.every.get(request.fact)
    if known is not None and (known.standing.settled or known.standing is Standing.DISPROVED):
        return
    told = known.said_by(CONSUMER) if known else None
    asserted = told.value if told else None
    draft.add(
        FactStood(
            fact=request.fact,
            standing=Standing.PRESUMED,
            value=asserted or burden.presumption,
            by=HOUSE,
            rows=burden.rows,
        )
    )


def _asserted(draft: Draft, fact: FactKey) -> bool:
    """Tell whether the consumer asserts anything concrete, or anybody this very fact."""
    facts = draft.case.facts.every
    return fact in facts or any(known.said_by(CONSUMER) for known in facts.values())


def _after_silence(draft: Draft, clock: Clock) -> None:
    """Move the ball on: to the remaining debtor, or to the house with a duty to decide.

    A party that was not told of what it owes gets no default against it (K8).
    """
    member = draft.case.parties.members.get(clock.party)
    unreached = member is not None and not member.knows_of(clock)
    if unreached:
        _contact_fails(draft, clock.party)
    if draft.case.tasks.open or unreached or _decides(draft):
        reason = "not-reached" if unreached else "lapsed"
        place_beside_consumer(draft, reason, How.LAPSE)
        return
    draft.add(DecisionPrepared(clock=clock.clock))
    stop_house(draft, "lapsed")
    draft.start(ClockKind.DECIDE, HOUSE, "decide")
    place_beside_consumer(draft, "lapsed", How.LAPSE)


def _decides(draft: Draft) -> bool:
    return bool(draft.case.clocks.alive(ClockKind.DECIDE, ClockKind.APPEAL_DECIDE))


def _contact_fails(draft: Draft, party: PartyId) -> None:
    """Note that a party cannot be reached, once until it acts again."""
    if not draft.case.parties.members[party].contact_fails:
        draft.add(
            FactStood(fact=CONTACT_WORKS, standing=Standing.DISPROVED, value=party, by=HOUSE)
        )


def _answer(draft: Draft, clock: Clock) -> None:
    """Go on with the file as it is when the consumer did not answer a request."""
    request = next(r for r in draft.case.requests.open if r.clock == clock.clock)
    end_request(draft, request, RequestEnd.SILENT)


def _offer(draft: Draft, clock: Clock) -> None:
    offer = next(o for o in draft.case.offers.open if o.clock == clock.clock)
    draft.add(OfferEnded(offer=offer.offer, end=OfferEnd.LAPSED))
    after_offer(draft, offer)


def _fulfil(draft: Draft, clock: Clock) -> None:
    """Take an undelivered remedy to the house: what was settled is decided, not passed again."""
    task = draft.case.tasks.under(clock.clock)
    if task is not None:
        end_task(draft, task, TaskEnd.LAPSED, "lapsed")
    if clock.party == HOUSE:
        _house_failed(draft, clock)
        return
    _after_silence(draft, clock)


def _confirm(draft: Draft, clock: Clock) -> None:
    """Close what was delivered, after the published reminders met silence.

    It stays open while something else is: a duty, another remedy, a decision to be made.
    """
    others = [r for r in draft.case.remedies.open if r.remedy != clock.subject]
    if others or draft.case.tasks.open or must_decide(draft):
        back_from_consumer(draft, "confirm-lapsed")
        return
    close(draft, Outcome.FULFILLED_UNCONFIRMED)


def _promise(draft: Draft, clock: Clock) -> None:
    given = next(p for p in draft.case.promises.every.values() if p.promise == clock.subject)
    if given.word is Word.OPEN:
        break_promise(draft, given)


def _contradict(draft: Draft, clock: Clock) -> None:
    record = next(r for r in draft.case.promises.records.values() if r.record == clock.subject)
    if record.state is Record.WAITING:
        stand(draft, record)


def _find(draft: Draft, clock: Clock) -> None:
    """Hold that a party cannot be reached, whom the house could not find in its time (K8)."""
    party = sought_by(clock.subject)
    if not draft.case.parties.members[party].can_be_reached:
        _contact_fails(draft, party)


def _nothing_more(draft: Draft, clock: Clock) -> None:
    """Leave it at the lapse: it is counted, and moves nothing."""
    del draft, clock


CONSEQUENCES: Mapping[ClockKind, Callable[[Draft, Clock], None]] = {
    ClockKind.TAKE_UP: _house_failed,
    ClockKind.HANDLE: _house_failed,
    ClockKind.DECIDE: _house_failed,
    ClockKind.APPEAL_DECIDE: _house_failed,
    ClockKind.SUPERVISE: _supervise,
    ClockKind.RESPOND: _respond,
    ClockKind.PROVE: _prove,
    ClockKind.ANSWER: _answer,
    ClockKind.OFFER: _offer,
    ClockKind.FULFIL: _fulfil,
    ClockKind.CONFIRM: _confirm,
    ClockKind.PROMISE: _promise,
    ClockKind.CONTRADICT: _contradict,
    ClockKind.FIND: _find,
    ClockKind.OUTSIDE: _nothing_more,
    ClockKind.STATUTORY: _nothing_more,
}
"""The published table: each kind of clock and the one thing its lapse does."""
