"""What was said and promised, and when it was told."""

from collections.abc import Mapping
from datetime import datetime

from buckstop.domain.cases.events import (
    NoticeKind,
    PromiseKind,
    RecordKind,
    Side,
)
from buckstop.domain.cases.state.promises import Record, Word
from buckstop.domain.words.event import Channel, Event, frozen
from buckstop.domain.words.ids import (
    ClockId,
    ContactId,
    DeskId,
    PartyId,
    PersonId,
    PromiseId,
    RecordId,
)
from buckstop.domain.words.party import Role
from buckstop.domain.words.reconcile import Precision


@frozen
class PromiseLine:
    """One promise and how it stands."""

    promise: PromiseId
    kind: PromiseKind
    by: PartyId
    node: str
    person: PersonId | None
    text: str | None
    at: datetime
    due: datetime | None
    word: Word
    ended: datetime | None
    told_by_consumer: bool


@frozen
class RecordLine:
    """What the consumer recorded of the other side."""

    record: RecordId
    kind: RecordKind
    of: PartyId
    contact: ContactId
    text: str | None
    promised_for: datetime | None
    at: datetime
    due: datetime | None
    state: Record


@frozen
class ContactLine:
    """One exchange as one side logged it; `matched` is the other side's record of it."""

    contact: ContactId
    side: Side
    medium: Channel
    direction: str
    at: datetime
    precision: Precision
    minutes: int | None
    with_person: PersonId | None
    text: str | None
    reconstructed: bool
    matched: ContactId | None


@frozen
class Tally:
    """Both sides' logs against each other; `claims` are bare totals, never expanded."""

    consumer: int
    desk: int
    matched: int
    lines: tuple[ContactLine, ...]
    claims: tuple[tuple[str | None, int], ...]


@frozen
class ThreadLine:
    """One entry that the viewer may see; `said` are its texts by the name of their field.

    `weight` is 2 for words and what answers them, 1 for a change of turn, 0 for the rest.
    """

    seq: int
    kind: str
    event: Event
    said: Mapping[str, str]
    by: PartyId
    role: Role
    person: PersonId | None
    desk: DeskId | None
    channel: Channel
    at: datetime
    occurred_at: datetime
    weight: int
    mine: bool


@frozen
class NoticeLine:
    """One notice that a transport accepted."""

    party: PartyId
    via: Channel
    kind: NoticeKind
    about: ClockId | None
    at: datetime
