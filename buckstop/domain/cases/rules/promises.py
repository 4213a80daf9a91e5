"""What was said binds: promises, acknowledgements, and the consumer's own record of them."""

from buckstop.domain.cases.commands import (
    ContradictRecord,
    KeepPromise,
    Promise,
    RecordOtherSide,
    RetractAcknowledgement,
)
from buckstop.domain.cases.events import (
    AcknowledgementRetracted,
    ConsumerRecorded,
    ContactLogged,
    FulfilmentProven,
    LapseReversed,
    MessageSent,
    PromiseBroken,
    PromiseKept,
    PromiseKind,
    PromiseMade,
    PromiseVoided,
    RecordContradicted,
    RecordKind,
    RecordStood,
    Side,
)
from buckstop.domain.cases.rules.access import (
    need_consumer,
    need_member,
    need_open,
    need_supervisor,
)
from buckstop.domain.cases.rules.ball import owners_desk
from buckstop.domain.cases.rules.contacts import SKEW
from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.cases.rules.facts import need_items
from buckstop.domain.cases.state.clocks import Clock, Running
from buckstop.domain.cases.state.promises import ConsumerRecord, Record, Word
from buckstop.domain.cases.state.promises import Promise as Given
from buckstop.domain.words.calendar import DueDate
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Event
from buckstop.domain.words.ids import PartyId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, HOUSE


def promise(draft: Draft, command: Promise) -> None:
    """Promise something by a time, or acknowledge something; it binds the side at once (A4)."""
    need_open(draft)
    need_member(draft)
    if draft.by.party == CONSUMER:
        raise NotAllowed("consumer-owes-no-promise")
    give(draft, draft.by.party, _node(draft), command)


def _node(draft: Draft) -> str:
    if draft.by.party != HOUSE:
        return draft.by.party
    desk = draft.by.desk or draft.case.custody.desk or draft.now.rules.desk
    return f"{HOUSE}/{desk}"


def give(draft: Draft, by: PartyId, node: str, command: Promise) -> None:
    """Record a promise and start its clock."""
    number = draft.case.promises.next_id
    clock = None
    if command.kind is not PromiseKind.ACKNOWLEDGEMENT:
        usual = draft.now.rules.call_back if command.kind is PromiseKind.CALL_BACK else None
        clock = draft.start(ClockKind.PROMISE, by, number, span=command.span or usual).clock
    draft.add(
        PromiseMade(
            promise=number,
            kind=command.kind,
            by=by,
            node=node,
            person=draft.by.person,
            text=command.text,
            clock=clock,
        )
    )


def keep_promise(draft: Draft, command: KeepPromise) -> None:
    """Confirm a promise as the consumer, or show by an item that one's own was kept."""
    given = draft.case.promises.every.get(command.promise)
    if given is None or not _can_be_kept(draft, given):
        raise NotAllowed("no-open-promise")
    if draft.by.party not in {CONSUMER, given.by}:
        raise NotAllowed("not-your-promise")
    if draft.by.party == given.by:
        if command.evidence is None:
            raise NotAllowed("kept-needs-evidence")
        need_items(draft, (command.evidence,))
    _keep(draft, given)


def _keep(draft: Draft, given: Given) -> None:
    if given.word is Word.BROKEN:
        _reverse(draft, given.promise)
        for later in _taken_up_for(draft, given):
            _keep(draft, later)
    draft.add(PromiseKept(promise=given.promise))
    _stop_about(draft, given.promise, "kept")


def _can_be_kept(draft: Draft, given: Given) -> bool:
    """Tell whether a promise is open, or was broken only because its keeping was recorded late."""
    broken = given.word is Word.BROKEN
    return given.word is Word.OPEN or (broken and _in_time(draft, given.promise))


def _taken_up_for(draft: Draft, given: Given) -> tuple[Given, ...]:
    """List what a supervisor has to keep because this promise was taken to be broken."""
    return tuple(p for p in _followed(draft, given) if p.word is Word.OPEN)


def _followed(draft: Draft, given: Given) -> tuple[Given, ...]:
    """List what a supervisor took up when this promise was broken."""
    if given.word is not Word.BROKEN:
        return ()
    every = draft.case.promises.every.values()
    what = (given.ended, given.kind, given.text)
    return tuple(p for p in every if p != given and (p.at, p.kind, p.text) == what)


def _in_time(draft: Draft, subject: str) -> bool:
    """Tell whether what reached us now came before the clock of a subject ran out."""
    lapsed = _lapsed(draft, subject)
    return lapsed is not None and draft.received_at < lapsed.due


def _lapsed(draft: Draft, subject: str) -> Clock | None:
    about = [c for c in draft.case.clocks.every.values() if c.subject == subject]
    return about[-1] if about and about[-1].state is Running.LAPSED else None


def _reverse(draft: Draft, subject: str) -> None:
    lapsed = _lapsed(draft, subject)
    if lapsed is not None:
        why = "received-in-time"
        draft.add(LapseReversed(clock=lapsed.clock, kind=lapsed.kind, because=why))


def _stop_about(draft: Draft, subject: str, because: str) -> None:
    clock = draft.case.clocks.about(subject)
    draft.stop(because, clock.clock if clock else None)


def kept_by(draft: Draft, events: tuple[Event, ...]) -> None:
    """Find the open promises that what just happened fulfils."""
    for given in tuple(draft.case.promises.every.values()):
        now = draft.case.promises.every[given.promise]
        if _can_be_kept(draft, now) and any(_fulfils(draft, e, now) for e in events):
            _keep(draft, now)


def _fulfils(draft: Draft, event: Event, given: Given) -> bool:
    match given.kind, event:
        case PromiseKind.CALL_BACK, ContactLogged():
            ours = event.side is Side.DESK and given.by == HOUSE
            return ours and event.direction == "in" and given.at <= event.at
        case PromiseKind.ANSWER, MessageSent():
            return draft.by.party == given.by and (not event.to or CONSUMER in event.to)
        case ((PromiseKind.PAY | PromiseKind.DELIVER), FulfilmentProven()):
            return draft.by.party == given.by and event.complete
        case _:
            return False


def retract_acknowledgement(draft: Draft, command: RetractAcknowledgement) -> None:
    """Take an acknowledgement back, as a supervisor, with a reason; it is counted."""
    need_supervisor(draft)
    given = draft.case.promises.every.get(command.promise)
    if given is None or given.word is not Word.STANDING:
        raise NotAllowed("no-acknowledgement")
    draft.add(
        AcknowledgementRetracted(promise=given.promise, node=given.node, reason=command.reason)
    )


def record_other_side(draft: Draft, command: RecordOtherSide) -> None:
    """Record "they promised" or "they asked me again", tied to a contact (A7)."""
    need_open(draft)
    need_consumer(draft)
    if command.contact not in {c.contact for c in draft.case.contacts.every}:
        raise NotAllowed("no-such-contact")
    if command.of != HOUSE and command.of not in draft.case.parties.members:
        raise NotAllowed("not-a-party", party=command.of)
    if command.kind is RecordKind.PROMISE and command.promised_for is None:
        raise NotAllowed("promised-for-missing")
    if command.promise_kind is PromiseKind.ACKNOWLEDGEMENT:
        raise NotAllowed("not-recorded-by-hand")
    record = draft.case.promises.next_record
    clock = draft.start(ClockKind.CONTRADICT, command.of, record)
    node = owners_desk(draft).node if command.of == HOUSE else command.of
    draft.add(
        ConsumerRecorded(
            record=record,
            kind=command.kind,
            of=command.of,
            node=node,
            contact=command.contact,
            text=command.text,
            promised_for=command.promised_for,
            clock=clock.clock,
            promise_kind=command.promise_kind,
        )
    )


def contradict_record(draft: Draft, command: ContradictRecord) -> None:
    """Contradict the consumer's record in time with a record of one's own."""
    record = draft.case.promises.records.get(command.record)
    late = record is not None and _stood_too_early(draft, record)
    if record is None or not (record.state is Record.WAITING or late):
        raise NotAllowed("no-waiting-record")
    if draft.by.party != record.of:
        raise NotAllowed("not-your-record")
    need_items(draft, (command.evidence,))
    if late:
        _void(draft, record)
        _reverse(draft, record.record)
    draft.add(RecordContradicted(record=record.record, evidence=command.evidence))
    _stop_about(draft, record.record, "contradicted")


def _stood_too_early(draft: Draft, record: ConsumerRecord) -> bool:
    """Tell whether a record came to stand only because its contradiction was recorded late."""
    return record.state is Record.STANDS and _in_time(draft, record.record)


def _void(draft: Draft, record: ConsumerRecord) -> None:
    """Let nobody be bound by what a record became; what was done meanwhile stays done."""
    stood = _lapsed(draft, record.record)
    for given in tuple(draft.case.promises.every.values()):
        told = (given.by, given.text, given.at) == (record.of, record.text, stood and stood.ended)
        if given.told_by_consumer and told:
            _void_with_what_followed(draft, given)


def _void_with_what_followed(draft: Draft, given: Given) -> None:
    for later in _followed(draft, given):
        _void_with_what_followed(draft, later)
    if given.word is Word.KEPT:
        return
    _reverse(draft, given.promise)
    draft.add(PromiseVoided(promise=given.promise))
    _stop_about(draft, given.promise, "contradicted")


def stand(draft: Draft, record: ConsumerRecord) -> None:
    """Let the consumer's record stand; a promise in it binds, unless it was kept meanwhile."""
    draft.add(RecordStood(record=record.record))
    if record.kind is not RecordKind.PROMISE or record.promised_for is None:
        return
    number = draft.case.promises.next_id
    due = DueDate(at=max(record.promised_for, draft.at))
    clock = draft.start(ClockKind.PROMISE, record.of, number, due=due)
    draft.add(
        PromiseMade(
            promise=number,
            kind=record.promise_kind,
            by=record.of,
            node=record.node,
            person=None,
            text=record.text,
            clock=clock.clock,
            told_by_consumer=True,
        )
    )
    if _kept_meanwhile(draft, record):
        _keep(draft, draft.case.promises.every[number])


def _kept_meanwhile(draft: Draft, record: ConsumerRecord) -> bool:
    """Tell whether what was promised happened between the contact and now."""
    contacts = draft.case.contacts.every
    since = next(c.at for c in contacts if c.contact == record.contact)
    match record.promise_kind:
        case PromiseKind.CALL_BACK:
            return record.of == HOUSE and any(
                c.side is Side.DESK and c.direction == "in" and c.at > since + SKEW
                for c in contacts
            )
        case PromiseKind.ANSWER:
            wrote = draft.case.promises.wrote.get(record.of)
            return wrote is not None and wrote >= since
        case PromiseKind.PAY | PromiseKind.DELIVER:
            mine = (r for r in draft.case.remedies.every.values() if r.by == record.of)
            return any(r.delivered_at is not None and r.delivered_at >= since for r in mine)
        case _:
            return False


def break_promise(draft: Draft, given: Given) -> None:
    """Count a promise as broken; one of the house's is taken up by its supervisor."""
    draft.add(PromiseBroken(promise=given.promise, node=given.node))
    above = draft.now.rules.supervision
    if given.by != HOUSE or given.node == above.node or not draft.case.open:
        return
    number = draft.case.promises.next_id
    clock = draft.start(ClockKind.PROMISE, HOUSE, number)
    draft.add(
        PromiseMade(
            promise=number,
            kind=given.kind,
            by=HOUSE,
            node=above.node,
            person=draft.now.rules.supervisor,
            text=given.text,
            clock=clock.clock,
        )
    )
