"""What was promised, acknowledged and recorded by the consumer."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from buckstop.domain.cases.events import (
    AcknowledgementRetracted,
    ConsumerRecorded,
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
)
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Entry, Sealed
from buckstop.domain.words.ids import ClockId, ContactId, PartyId, PersonId, PromiseId, RecordId
from buckstop.domain.words.party import CONSUMER


class Word(StrEnum):
    """How a promise stands."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    STANDING = "standing"
    RETRACTED = "retracted"
    VOID = "void"


@dataclass(frozen=True, kw_only=True, slots=True)
class Promise:
    """One statement that binds its side; an acknowledgement stands until it is retracted."""

    promise: PromiseId
    kind: PromiseKind
    by: PartyId
    node: str
    person: PersonId | None
    text: Sealed | None
    clock: ClockId | None
    at: datetime
    told_by_consumer: bool
    word: Word
    ended: datetime | None = None


class Record(StrEnum):
    """How a consumer's record stands."""

    WAITING = "waiting"
    STANDS = "stands"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsumerRecord:
    """What the consumer recorded of the other side, tied to a contact."""

    record: RecordId
    kind: RecordKind
    of: PartyId
    node: str
    contact: ContactId
    text: Sealed
    promised_for: datetime | None
    clock: ClockId
    at: datetime
    promise_kind: PromiseKind = PromiseKind.OTHER
    state: Record = Record.WAITING


@dataclass(frozen=True, kw_only=True, slots=True)
class Promises:
    """All promises and the consumer's records, by id; `wrote` is when each last wrote to all."""

    every: Mapping[PromiseId, Promise] = field(default_factory=dict)
    records: Mapping[RecordId, ConsumerRecord] = field(default_factory=dict)
    wrote: Mapping[PartyId, datetime] = field(default_factory=dict)

    @property
    def next_id(self) -> PromiseId:
        """Name the next promise."""
        return PromiseId(f"promise-{len(self.every) + 1}")

    @property
    def next_record(self) -> RecordId:
        """Name the consumer's next record."""
        return RecordId(f"record-{len(self.records) + 1}")

    def count(self, word: Word) -> int:
        """Count the promises that stand so."""
        return sum(1 for p in self.every.values() if p.word is word)

    def after(self, entry: Entry) -> Self:
        """Follow one fact."""
        at = entry.recorded_at
        match entry.event:
            case PromiseMade() as event:
                return self._with(_made(event, entry))
            case PromiseKept() as event:
                return self._ended(event.promise, Word.KEPT, at)
            case PromiseBroken() as event:
                return self._ended(event.promise, Word.BROKEN, at)
            case PromiseVoided() as event:
                return self._ended(event.promise, Word.VOID, at)
            case LapseReversed(kind=ClockKind.PROMISE, clock=clock):
                return self._open_again(clock)
            case AcknowledgementRetracted() as event:
                return self._ended(event.promise, Word.RETRACTED, at)
            case ConsumerRecorded() as event:
                record = ConsumerRecord(
                    record=event.record,
                    kind=event.kind,
                    of=event.of,
                    node=event.node,
                    contact=event.contact,
                    text=event.text,
                    promised_for=event.promised_for,
                    clock=event.clock,
                    at=at,
                    promise_kind=event.promise_kind,
                )
                return replace(self, records={**self.records, record.record: record})
            case MessageSent() as event if not event.to or CONSUMER in event.to:
                return replace(self, wrote={**self.wrote, entry.by.party: at})
            case RecordContradicted() as event:
                return self._recorded(event.record, Record.CONTRADICTED)
            case RecordStood() as event:
                return self._recorded(event.record, Record.STANDS)
            case _:
                return self

    def _with(self, promise: Promise) -> Self:
        return replace(self, every={**self.every, promise.promise: promise})

    def _ended(self, promise: PromiseId, word: Word, at: datetime) -> Self:
        return self._with(replace(self.every[promise], word=word, ended=at))

    def _open_again(self, clock: ClockId) -> Self:
        found = next((p for p in self.every.values() if p.clock == clock), None)
        return self if found is None else self._with(replace(found, word=Word.OPEN, ended=None))

    def _recorded(self, record: RecordId, state: Record) -> Self:
        known = replace(self.records[record], state=state)
        return replace(self, records={**self.records, record: known})


def _made(event: PromiseMade, entry: Entry) -> Promise:
    return Promise(
        promise=event.promise,
        kind=event.kind,
        by=event.by,
        node=event.node,
        person=event.person,
        text=event.text,
        clock=event.clock,
        at=entry.recorded_at,
        told_by_consumer=event.told_by_consumer,
        word=Word.OPEN if event.clock else Word.STANDING,
    )
