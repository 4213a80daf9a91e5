"""What a page about a case says, for one viewer: values only, every text already readable.

Codes and ids are left as they are; `buckstop.texts` has their sentences.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from buckstop.domain.buck_passing.index import Index
from buckstop.domain.cases.events import (
    NoticeKind,
    OfferEnd,
    Outcome,
    PromiseKind,
    RecordKind,
    RequestEnd,
    Ruling,
    Side,
    TaskEnd,
)
from buckstop.domain.cases.state.clocks import Moved, Running
from buckstop.domain.cases.state.decisions import Stage
from buckstop.domain.cases.state.promises import Record, Word
from buckstop.domain.cases.state.remedies import Delivery
from buckstop.domain.law.assessment import Assessment, Burden
from buckstop.domain.words.ball import How
from buckstop.domain.words.calendar import Span
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Channel, Event, frozen
from buckstop.domain.words.ids import (
    CaseId,
    ClockId,
    ContactId,
    DecisionId,
    DeskId,
    EvidenceId,
    FactKey,
    OfferId,
    PartyId,
    PersonId,
    PromiseId,
    ProofKind,
    RecordId,
    RefusalId,
    RemedyId,
    RequestId,
    RowId,
    TaskId,
)
from buckstop.domain.words.money import Fen
from buckstop.domain.words.party import Holder, PartyRole, Role
from buckstop.domain.words.purchase import Goods, Problem, RemedyKind
from buckstop.domain.words.reconcile import Precision
from buckstop.domain.words.standing import Standing


@frozen
class RemedyLine:
    """A way to put it right, in the words of who proposed it."""

    kind: RemedyKind
    amount: Fen
    text: str | None


@frozen
class PurchaseLine:
    """What was bought."""

    goods: Goods
    item: str | None
    order_no: str | None
    price: Fen | None
    ordered_on: date | None
    received_on: date | None
    discovered_on: date | None
    self_operated: bool | None


@frozen
class PartyLine:
    """One party; how it may be reached is told to the desk and to itself alone."""

    party: PartyId
    role: PartyRole
    name: str
    reach: tuple[Channel, ...]
    address: str | None
    reached: bool


@frozen
class OrElse:
    """What the lapse of a clock would do by itself, found by letting it lapse in thought.

    `code` names the weightiest consequence: `case-closes`, `fact-presumed`, `decision-due`,
    `fulfilment-chased` (the same where what is owed was settled before), `promise-breaks`,
    `record-stands`, `offer-lapses`, `packet-released`, `ball-moves`, `date-derived-again`,
    `goes-on`.
    """

    code: str
    presumed: tuple[FactKey, ...] = ()
    outcome: Outcome | None = None
    ball_to: Holder | None = None
    next_kind: ClockKind | None = None
    next_due: datetime | None = None


@frozen
class Turn:
    """Who must act, since when, what, by when, and what happens if not.

    `share` is the part of the time that is gone, from 0 to 1.
    """

    holder: Holder
    since: datetime
    must: str
    due: datetime | None
    clock: ClockId | None
    kind: ClockKind | None
    share: float | None
    provisional: bool
    or_else: OrElse | None


@frozen
class ClockLine:
    """A time limit with all that answers "why this date"."""

    clock: ClockId
    kind: ClockKind
    party: PartyId
    state: Running
    started: datetime
    started_by: int
    due: datetime
    first_due: datetime
    span: Span | None
    rule: RowId
    subject: str
    skipped: int
    pauses: tuple[tuple[datetime, datetime | None, RequestId], ...]
    rested: timedelta
    moves: tuple[Moved, ...]
    provisional: bool
    ended: datetime | None
    ended_because: str | None
    or_else: OrElse | None


@frozen
class TaskLine:
    """One duty of one party outside the house."""

    task: TaskId
    debtor: PartyId
    expected: str
    clock: ClockId
    since: datetime
    due: datetime
    ended_at: datetime | None
    end: TaskEnd | None
    lapsed: bool


@frozen
class FactLine:
    """How a fact stands and who must prove it; `missing` is what would do and is not there."""

    fact: FactKey
    standing: Standing
    value: str | None
    by: PartyId | None
    rows: tuple[RowId, ...]
    evidence: tuple[EvidenceId, ...]
    burden: Burden | None
    missing: tuple[ProofKind, ...]
    never_ask: bool
    since: datetime | None


@frozen
class ItemLine:
    """One sealed item that is in the case."""

    evidence: EvidenceId
    kind: ProofKind
    name: str
    by: PartyId
    media_type: str
    size: int
    sha256: str
    at: datetime
    late: bool
    facts: tuple[FactKey, ...]
    accepted_for: tuple[FactKey, ...]


@frozen
class RequestLine:
    """One ask for proof of one fact, and how it ended."""

    request: RequestId
    fact: FactKey
    of: PartyId
    by: PartyId
    why: str | None
    kinds: tuple[ProofKind, ...]
    rows: tuple[RowId, ...]
    due: datetime
    clock: ClockId
    forced: bool
    at: datetime
    end: RequestEnd | None
    or_else: OrElse | None


@frozen
class RejectedLine:
    """One ask that nobody need answer, and why."""

    fact: FactKey
    of: PartyId
    by: PartyId
    because: str
    redirected_to: tuple[PartyId, ...]
    at: datetime


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
class OfferLine:
    """One settlement; `below` says that it offers less money than the law gives."""

    offer: OfferId
    by: PartyId
    to: PartyId
    remedy: RemedyLine
    fulfil_days: int
    at: datetime
    due: datetime
    open: bool
    end: OfferEnd | None
    entitled: Fen | None
    below: bool | None


@frozen
class RefusalLine:
    """One refusal, and the proof that its ground needs."""

    refusal: RefusalId
    by: PartyId
    ground: str
    supported: bool
    needs: tuple[ProofKind, ...]
    text: str | None
    at: datetime


@frozen
class OwedLine:
    """One remedy that is owed, and how far it has come."""

    remedy: RemedyId
    by: PartyId
    what: RemedyLine
    source: str
    due: datetime
    since: datetime
    delivery: Delivery
    proofs: tuple[EvidenceId, ...]
    delivered_at: datetime | None


@frozen
class DecisionLine:
    """One decision; until it is pronounced only the desk sees it."""

    decision: DecisionId
    stage: Stage
    by: PersonId
    second: PersonId | None
    second_needed: bool
    ruling: Ruling
    form: str | None
    debtor: PartyId | None
    remedy: RemedyLine | None
    fulfil_days: int
    findings: tuple[RowId, ...]
    facts: tuple[FactKey, ...]
    reasons: str | None
    departure: str | None
    like_cases: tuple[str, ...]
    on_appeal: bool
    at: datetime
    appeal_until: datetime | None


@frozen
class HoldLine:
    """One stay of the ball, for the ball path; `kick` numbers the returns with nothing new."""

    seq: int
    holder: Holder
    since: datetime
    until: datetime | None
    how: How
    kick: int | None
    idle: bool
    reason: str
    expected: str
    sentence: str | None
    due: datetime | None
    lapsed: bool
    progress: tuple[datetime, ...]


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


@frozen
class Act:
    """Whether something can be done now and, if not, the code and values of why."""

    verb: str
    allowed: bool
    why: str | None = None
    data: Mapping[str, object] | None = None


@frozen
class Target:
    """Where the ball could go, whether it may, and whether that would be a kick."""

    node: str
    party: PartyId | None
    desk: DeskId | None
    act: Act
    kick: bool


@frozen
class CasePage:
    """All that one viewer may see of a case."""

    case: CaseId
    seq: int
    number: str
    title: str
    at: datetime
    viewer: PartyId
    desk_view: bool
    open: bool
    outcome: Outcome | None
    given_up: bool
    opened_at: datetime
    closed_at: datetime | None
    last_at: datetime
    owner: PersonId | None
    deputy: PersonId | None
    problem: Problem
    purchase: PurchaseLine
    demand: RemedyLine
    stories: tuple[str, ...]
    parties: Mapping[PartyId, PartyLine]
    turn: Turn | None
    clocks: tuple[ClockLine, ...]
    tasks: tuple[TaskLine, ...]
    assessment: Assessment
    facts: tuple[FactLine, ...]
    evidence: tuple[ItemLine, ...]
    requests: tuple[RequestLine, ...]
    rejected: tuple[RejectedLine, ...]
    promises: tuple[PromiseLine, ...]
    records: tuple[RecordLine, ...]
    tally: Tally | None
    offers: tuple[OfferLine, ...]
    refusals: tuple[RefusalLine, ...]
    owed: tuple[OwedLine, ...]
    decisions: tuple[DecisionLine, ...]
    appealing: bool
    frozen_at: datetime | None
    packets: tuple[str, ...]
    holds: tuple[HoldLine, ...]
    thread: tuple[ThreadLine, ...]
    notices: tuple[NoticeLine, ...]
    acts: Mapping[str, Act]
    targets: tuple[Target, ...]
    kicks: int
    passes: int
    takeovers: int
    taken_over: bool
    takeover_wished: datetime | None
    urged: tuple[datetime, ...]
    urges_left: int
    index: Index
    linked: tuple[CaseId, ...]
    absorbed: tuple[CaseId, ...]
    joined_into: CaseId | None
