"""What is owed, its delivery with proof, and the consumer's word that it has arrived."""

from dataclasses import replace

from buckstop.domain.cases.commands import (
    ConfirmFulfilment,
    DisputeFulfilment,
    ProveFulfilment,
)
from buckstop.domain.cases.events import (
    FulfilmentConfirmed,
    FulfilmentDisputed,
    FulfilmentProven,
    Outcome,
    RemedyOwed,
    TaskEnd,
)
from buckstop.domain.cases.rules.access import need_consumer, need_open
from buckstop.domain.cases.rules.ball import (
    WISH,
    back_from_consumer,
    drop_tasks,
    end_task,
    move,
    must_decide,
    open_task,
    owners_desk,
    place_beside_consumer,
    stop_house,
    time_left,
)
from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.cases.rules.ending import close
from buckstop.domain.cases.rules.facts import need_items, say
from buckstop.domain.cases.rules.statutory import stop_met
from buckstop.domain.cases.state.clocks import Clock
from buckstop.domain.cases.state.remedies import Delivery, Owed
from buckstop.domain.words.ball import How
from buckstop.domain.words.calendar import Span, Unit
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.ids import PartyId, RemedyId
from buckstop.domain.words.money import Fen
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, HOUSE, Holder
from buckstop.domain.words.purchase import Remedy

MOST_DAYS = 90


def need_days(days: int) -> None:
    """Refuse a time to deliver that is none or endless."""
    if not 1 <= days <= MOST_DAYS:
        raise NotAllowed("days-out-of-range", least=1, most=MOST_DAYS)


def need_power_to_pay(draft: Draft) -> None:
    """Refuse that the house owes anything, unless it is liable or published that it advances."""
    rules = draft.now.rules
    if not (rules.powers.advance_money or rules.is_liable):
        raise NotAllowed("no-power-to-advance")


def owe(draft: Draft, debtor: PartyId, what: Remedy, source: str, days: int) -> None:
    """Make a remedy owed: other duties fall away, and its debtor has the ball."""
    need_days(days)
    drop_tasks(draft, source)
    wish = draft.case.clocks.about(WISH)
    draft.stop(source, wish.clock if wish else None)
    stop_house(draft, source)
    draft.stop_kinds(source, ClockKind.FULFIL, ClockKind.CONFIRM)
    holder = draft.case.custody.holder
    remedy = draft.case.remedies.next_id
    clock = draft.start(ClockKind.FULFIL, debtor, remedy, span=Span(days, Unit.DAYS))
    draft.add(RemedyOwed(remedy=remedy, by=debtor, what=what, source=source, clock=clock.clock))
    how = How.CONSUMER if holder and holder.party == CONSUMER else How.ROLL
    _to_debtor(draft, debtor, clock, source, how)


def owe_on_appeal(draft: Draft, debtor: PartyId, what: Remedy, days: int) -> None:
    """Make owed what a decision on appeal leaves open: what came before is not owed twice."""
    done = [r for r in draft.case.remedies.every.values() if _came_by_decision(r, debtor, what)]
    waiting = [r for r in done if r.delivery is Delivery.DELIVERED]
    rest = what.amount - sum(r.what.amount for r in done)
    if not done or rest > 0:
        owe(draft, debtor, replace(what, amount=Fen(rest)), "decision", days)
        for early in waiting:
            draft.start(ClockKind.CONFIRM, CONSUMER, early.remedy)
    elif waiting:
        _ask_to_confirm(draft, waiting[-1])
    else:
        close(draft, Outcome.FULFILLED)


def _came_by_decision(owed: Owed, debtor: PartyId, what: Remedy) -> bool:
    same = (owed.by, owed.source, owed.what.kind) == (debtor, "decision", what.kind)
    return same and owed.delivery in {Delivery.DELIVERED, Delivery.CONFIRMED}


def _to_debtor(draft: Draft, debtor: PartyId, clock: Clock, reason: str, how: How) -> None:
    if debtor == HOUSE:
        to = owners_desk(draft)
        move(draft, to, how, reason=reason, expected="fulfil-remedy", clock=clock)
        return
    open_task(draft, debtor, "fulfil-remedy", clock)
    to = Holder(party=debtor)
    move(draft, to, how, reason=reason, expected="fulfil-remedy", clock=clock, named=True)


def owe_again(draft: Draft, owed: Owed) -> None:
    """Let a remedy be owed on in a reopened case, in what was left of its time."""
    due = time_left(draft, draft.case.clocks.every[owed.clock])
    remedy = draft.case.remedies.next_id
    clock = draft.start(ClockKind.FULFIL, owed.by, remedy, due=due)
    again = RemedyOwed(
        remedy=remedy, by=owed.by, what=owed.what, source=owed.source, clock=clock.clock
    )
    draft.add(again)
    if owed.by != HOUSE:
        open_task(draft, owed.by, "fulfil-remedy", clock)


def _owed(draft: Draft, remedy: RemedyId) -> Owed:
    owed = draft.case.remedies.every.get(remedy)
    if owed is None or owed.delivery in {Delivery.CONFIRMED, Delivery.SUPERSEDED}:
        raise NotAllowed("no-such-remedy")
    return owed


def prove_fulfilment(draft: Draft, command: ProveFulfilment) -> None:
    """Show a step of the fulfilment; the last one asks the consumer to confirm."""
    need_open(draft)
    owed = _owed(draft, command.remedy)
    if draft.by.party not in {owed.by, HOUSE}:
        raise NotAllowed("not-the-debtor")
    if owed.delivery is Delivery.DELIVERED:
        raise NotAllowed("delivered-already")
    need_items(draft, (command.evidence,))
    if command.evidence in owed.proofs:
        raise NotAllowed("shown-already")
    item = draft.case.evidence.every[command.evidence]
    if item.by not in {owed.by, HOUSE} or item.at < owed.since:
        raise NotAllowed("not-proof-of-doing")
    draft.add(
        FulfilmentProven(remedy=owed.remedy, evidence=command.evidence, complete=command.complete)
    )
    if not command.complete:
        return
    draft.stop("fulfilled", owed.clock)
    stop_met(draft, owed.by)
    task = draft.case.tasks.under(owed.clock)
    if task is not None:
        end_task(draft, task, TaskEnd.DONE, "fulfilled")
    _ask_to_confirm(draft, owed)


def _ask_to_confirm(draft: Draft, owed: Owed) -> None:
    """Give the consumer the ball to confirm; beside whatever else is owed or to be decided."""
    clock = draft.start(ClockKind.CONFIRM, CONSUMER, owed.remedy)
    if draft.case.tasks.open or must_decide(draft):
        place_beside_consumer(draft, "fulfilled")
        return
    stop_house(draft, "fulfilled")
    to = Holder(party=CONSUMER)
    move(draft, to, How.CONSUMER, reason="fulfilled", expected="confirm", clock=clock)


def confirm_fulfilment(draft: Draft, command: ConfirmFulfilment) -> None:
    """Confirm that it has arrived; with nothing else owed the case is closed."""
    need_open(draft)
    need_consumer(draft)
    owed = _owed(draft, command.remedy)
    if owed.delivery is Delivery.OWED:
        raise NotAllowed("not-delivered-yet")
    draft.add(FulfilmentConfirmed(remedy=owed.remedy))
    asked = draft.case.clocks.about(owed.remedy)
    draft.stop("confirmed", asked.clock if asked else None)
    if draft.case.remedies.open or draft.case.decisions.appealing:
        back_from_consumer(draft, "confirmed")
        return
    close(draft, Outcome.FULFILLED)


def dispute_fulfilment(draft: Draft, command: DisputeFulfilment) -> None:
    """Say that it has not arrived, or not as owed; the owner's desk has the ball."""
    need_open(draft)
    need_consumer(draft)
    owed = _owed(draft, command.remedy)
    if owed.delivery is not Delivery.DELIVERED:
        raise NotAllowed("not-delivered-yet")
    draft.add(FulfilmentDisputed(remedy=owed.remedy, text=command.text))
    say(draft, command.text)
    asked = draft.case.clocks.about(owed.remedy)
    draft.stop("disputed", asked.clock if asked else None)
    back_from_consumer(draft, "disputed")
