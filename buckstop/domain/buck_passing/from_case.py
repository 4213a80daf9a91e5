"""Our own log as the index sees it."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from buckstop.domain.buck_passing.lateness import missed_dues
from buckstop.domain.buck_passing.trail import Charge, Progress, Stretch, Term, Trail
from buckstop.domain.cases.events import (
    AcknowledgementRetracted,
    BallMoved,
    CaseClosed,
    CaseReopened,
    ConsumerRecorded,
    PromiseBroken,
    PromiseKept,
    PromiseVoided,
    ProofRequested,
    RecordContradicted,
    RecordKind,
    RecordStood,
    RefusalMade,
    RequestRejected,
)
from buckstop.domain.cases.state.progress import progress_in
from buckstop.domain.words.ball import How
from buckstop.domain.words.event import Entry
from buckstop.domain.words.party import CONSUMER, HOUSE, Actor, Holder, Role

BY_A_PERSON_ABOVE = frozenset({Role.SUPERVISOR})


def trail_of(entries: Sequence[Entry], until: datetime) -> Trail:
    """Read a case's log up to `until`; a lapse that was reversed was never missed."""
    charges = (*_reasks(entries), *_broken_words(entries), *_wrongful_closures(entries))
    return Trail(
        stretches=tuple(_stretches(entries)),
        progress=tuple(_progress(entries)),
        charges=tuple(
            charge
            for charge in (*charges, *missed_dues(entries, until))
            if charge.party != CONSUMER
        ),
        until=until,
        consumer=frozenset({CONSUMER}),
    )


def node_of(actor: Actor) -> str:
    """Name the place that somebody acts for: a party, or one desk of the house."""
    return Holder(party=actor.party, desk=actor.desk).node


def _stretches(entries: Sequence[Entry]) -> Iterator[Stretch]:
    for entry in entries:
        event = entry.event
        if isinstance(event, BallMoved):
            yield Stretch(
                seq=entry.seq,
                node=event.to.node,
                since=entry.recorded_at,
                how=_how(event),
                by=node_of(entry.by) if entry.by.role in BY_A_PERSON_ABOVE else None,
                ground_accepted=event.ground_accepted,
                sent_up=_sent_up(event),
                named_by_finding=_named(event),
            )


def _how(event: BallMoved) -> How:
    """Tell how the ball came; in our own log it leaves the consumer by a published rule only."""
    back = event.how is How.CONSUMER and event.to.party != CONSUMER
    return How.ROLL if back else event.how


def _sent_up(event: BallMoved) -> bool | None:
    """Tell whether the receiver is up the ladder; a party that is not on it stands nowhere."""
    outside = event.to.party != HOUSE
    return False if outside and event.up is None else event.up


def _named(event: BallMoved) -> bool | None:
    """Tell whether a finding names the receiver; findings name parties, never a desk."""
    return event.named if event.to.party != HOUSE else False


def _progress(entries: Sequence[Entry]) -> Iterator[Progress]:
    """List progress; what the consumer or no desk in particular brought counts for any holder."""
    for entry in progress_in(entries):
        node = node_of(entry.by)
        anyone = node in {CONSUMER, HOUSE}
        yield Progress(seq=entry.seq, at=entry.recorded_at, by=None if anyone else node)


def _reasks(entries: Sequence[Entry]) -> Iterator[Charge]:
    records: dict[str, ConsumerRecorded] = {}
    refuted = {e.event.record for e in entries if isinstance(e.event, RecordContradicted)}
    for entry in entries:
        match entry.event:
            case RequestRejected() as event:
                yield _charge(Term.REASK, event.asked_by_node, entry, f"asked-{entry.seq}")
            case ProofRequested() as event if event.forced_because is not None:
                yield _charge(Term.REASK, node_of(entry.by), entry, event.request)
            case ConsumerRecorded(kind=RecordKind.REASK) as event:
                records[event.record] = event
            case RecordStood() as event if event.record in records.keys() - refuted:
                told = records[event.record]
                yield _charge(Term.REASK, told.node, entry, event.record)
            case _:
                pass


def _broken_words(entries: Sequence[Entry]) -> Iterator[Charge]:
    kept = {e.event.promise for e in entries if isinstance(e.event, PromiseKept | PromiseVoided)}
    for entry in entries:
        match entry.event:
            case RefusalMade(supported=False) as event:
                yield _charge(Term.UNSUPPORTED_REFUSAL, event.by, entry, event.refusal)
            case PromiseBroken() as event if event.promise not in kept:
                yield _charge(Term.BROKEN_PROMISE, event.node, entry, event.promise)
            case AcknowledgementRetracted() as event:
                yield _charge(Term.RETRACTED_ACKNOWLEDGEMENT, event.node, entry, event.promise)
            case _:
                pass


def _wrongful_closures(entries: Sequence[Entry]) -> Iterator[Charge]:
    """Charge a wrongful closure to who closed, or to who had the ball if it closed by itself."""
    holder, closed_by = str(HOUSE), str(HOUSE)
    for entry in entries:
        match entry.event:
            case BallMoved(to=to) if to.party != CONSUMER:
                holder = to.node
            case CaseClosed():
                by_itself = entry.by.role in {Role.CLOCKWORK, Role.CONSUMER}
                closed_by = holder if by_itself else node_of(entry.by)
            case CaseReopened(wrongful=True):
                yield _charge(Term.WRONGFUL_CLOSURE, closed_by, entry, f"closure-{entry.seq}")
            case _:
                pass


def _charge(term: Term, party: str, entry: Entry, obligation: str) -> Charge:
    return Charge(term=term, party=party, at=entry.recorded_at, obligation=obligation)
