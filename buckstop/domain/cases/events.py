"""Every fact that can happen to a case: a table of contents.

An event says what happened and nothing of when or by whom; that stands in its `Entry`.
"""

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from buckstop.domain.words.ball import How
from buckstop.domain.words.calendar import Span
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Channel, Event, Sealed, frozen
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
from buckstop.domain.words.party import Holder, PartyRole
from buckstop.domain.words.purchase import Problem, Purchase, Remedy
from buckstop.domain.words.reconcile import Precision
from buckstop.domain.words.standing import Standing

# --- the case and its parties ---------------------------------------------------------------


@frozen
class CaseOpened(Event):
    """A consumer's complaint became a case with an owner, answerable from now to the end."""

    number: str
    desk: DeskId
    owner: PersonId
    deputy: PersonId | None
    problem: Problem
    purchase: Purchase
    demand: Remedy
    title: Sealed
    story: Sealed


@frozen
class PartyJoined(Event):
    """Somebody became a party; `reach` are the channels by which they are known to be reached."""

    party: PartyId
    role: PartyRole
    name: Sealed
    reach: tuple[Channel, ...]
    address: Sealed | None = None


@frozen
class ContactGiven(Event):
    """Somebody told how a party can be reached; what still runs is served there (K8)."""

    party: PartyId
    reach: tuple[Channel, ...]
    address: Sealed


@frozen
class OwnerChanged(Event):
    """Another person is answerable for the case; the consumer is told."""

    owner: PersonId
    deputy: PersonId | None
    reason: Sealed


class NoticeKind(StrEnum):
    """What a notice is for."""

    SERVICE = "service"
    REMINDER = "reminder"
    OUTCOME = "outcome"


@frozen
class NoticeServed(Event):
    """A transport accepted a notice; only then does a reminder or a service count (K8)."""

    party: PartyId
    via: Channel
    kind: NoticeKind
    about: ClockId | None
    published_address: bool = False


@frozen
class NoticeFailed(Event):
    """A notice could not be delivered."""

    party: PartyId
    via: Channel
    kind: NoticeKind
    about: ClockId | None


# --- the ball --------------------------------------------------------------------------------


@frozen
class BallMoved(Event):
    """The ball came to `to`.

    `named` and `up` say whether a finding names the receiver and whether it stands higher on
    the ladder (None where unknown); `ground` is a bounce's and `ground_accepted` whether its
    proof was of a listed kind.
    """

    to: Holder
    how: How
    reason: str
    expected: str
    due: datetime | None
    sentence: Sealed | None = None
    task: TaskId | None = None
    named: bool | None = None
    up: bool | None = None
    ground: str | None = None
    ground_accepted: bool | None = None


@frozen
class TaskOpened(Event):
    """An outside party owes one duty, under one clock."""

    task: TaskId
    debtor: PartyId
    expected: str
    clock: ClockId


class TaskEnd(StrEnum):
    """How a task ended."""

    DONE = "done"
    LAPSED = "lapsed"
    HANDED_ON = "handed-on"
    DROPPED = "dropped"


@frozen
class TaskEnded(Event):
    """A duty beside or under the ball is over."""

    task: TaskId
    end: TaskEnd


@frozen
class TakenOver(Event):
    """The house took the ball and must decide (B4), for a threshold, a wish or by a person."""

    because: str


@frozen
class TakeoverAsked(Event):
    """The consumer wished the house to take over."""

    text: Sealed | None


@frozen
class TakeoverRefused(Event):
    """A supervisor did not grant the consumer's wish, and says why."""

    reason: Sealed


@frozen
class Urged(Event):
    """Somebody urged the holder; shown to the holder's supervisor, moves no clock."""

    holder: str


# --- clocks ----------------------------------------------------------------------------------


@frozen
class ClockStarted(Event):
    """A time limit runs.

    `subject` is what it is about (a task, request, promise, offer …), `rule` the row or
    published rule that gives its length, `skipped` how many days its calendar left out.
    """

    clock: ClockId
    kind: ClockKind
    party: PartyId
    due: datetime
    span: Span | None
    rule: RowId
    subject: str
    skipped: int = 0
    provisional: bool = False


@frozen
class ClockPaused(Event):
    """A house-rule clock rests while a valid request is open with the consumer (K2).

    It rests `until` then at most, by the rules in force as it began to.
    """

    clock: ClockId
    because: RequestId
    until: datetime


@frozen
class ClockResumed(Event):
    """The clock runs on, later by what it rested."""

    clock: ClockId
    due: datetime


@frozen
class ClockHandedOn(Event):
    """A redirect keeps the clock (K1); what it lengthens is charged to who redirected."""

    clock: ClockId
    party: PartyId
    due: datetime
    charged_to: str
    extra_seconds: int


@frozen
class ClockStopped(Event):
    """What the clock waited for happened, or fell away."""

    clock: ClockId
    because: str


@frozen
class ClockLapsed(Event):
    """The time ran out; the events of the same batch are its one consequence (K6)."""

    clock: ClockId
    kind: ClockKind
    party: PartyId


@frozen
class ClockPostponed(Event):
    """The due time moved for a stated cause: counted, and never silent (B5, K9).

    `counted_from` is what its span counts from now, where that changed.
    """

    clock: ClockId
    due: datetime
    because: str
    provisional: bool = False
    counted_from: datetime | None = None


@frozen
class LapseReversed(Event):
    """Something that was received in time was recorded late: the lapse does not count."""

    clock: ClockId
    kind: ClockKind
    because: str


# --- facts, evidence, requests ---------------------------------------------------------------


@frozen
class FactStood(Event):
    """A fact got a standing: alleged, admitted, proven, presumed or disproved."""

    fact: FactKey
    standing: Standing
    value: str | None
    by: PartyId
    evidence: tuple[EvidenceId, ...] = ()
    rows: tuple[RowId, ...] = ()


@frozen
class EvidenceSubmitted(Event):
    """A sealed item came into the case; `late` if the record was frozen before.

    `issuer` is who made it out, as told; without it, who submits it did.
    """

    evidence: EvidenceId
    kind: ProofKind
    by: PartyId
    name: Sealed
    media_type: str
    size: int
    sha256: str
    sm3: str
    facts: tuple[FactKey, ...] = ()
    late: bool = False
    issuer: PartyRole | None = None


@frozen
class ProofAccepted(Event):
    """An item was accepted as proof of a listed kind."""

    evidence: EvidenceId
    fact: FactKey
    kind: ProofKind


@frozen
class ProofRequested(Event):
    """A valid (or forced) ask for proof of one fact, listing what would do (R1).

    `returns_to` gets the ball back by itself; `redirected_from` is who had been asked in vain,
    `came_with` the joined case in which it was asked first.
    """

    version: ClassVar[int] = 2

    request: RequestId
    fact: FactKey
    of: PartyId
    by: PartyId
    why: Sealed | None
    kinds: tuple[ProofKind, ...]
    rows: tuple[RowId, ...]
    clock: ClockId
    returns_to: Holder
    clarifies: RequestId | None = None
    forced_because: Sealed | None = None
    redirected_from: PartyId | None = None
    came_with: CaseId | None = None


@frozen
class RequestRejected(Event):
    """An ask that nobody need answer (R2); counted against who asked."""

    fact: FactKey
    of: PartyId
    by: PartyId
    because: str
    redirected_to: tuple[PartyId, ...]
    asked_by_node: str


class RequestEnd(StrEnum):
    """How a request ended."""

    ANSWERED = "answered"
    WITHOUT_PROOF = "without-proof"
    SILENT = "silent"
    MOOT = "moot"


@frozen
class RequestEnded(Event):
    """A request was answered, with or without a listed proof, met silence, or fell away."""

    request: RequestId
    end: RequestEnd
    evidence: tuple[EvidenceId, ...] = ()


# --- words, promises, contacts ---------------------------------------------------------------


@frozen
class MessageSent(Event):
    """Somebody said something in the case; `to` empty means everybody in it."""

    text: Sealed
    to: tuple[PartyId, ...] = ()


@frozen
class NoteWritten(Event):
    """A note of the desk for the desk."""

    text: Sealed


class PromiseKind(StrEnum):
    """What was promised."""

    CALL_BACK = "call-back"
    ANSWER = "answer"
    PAY = "pay"
    DELIVER = "deliver"
    OTHER = "other"
    ACKNOWLEDGEMENT = "acknowledgement"


@frozen
class PromiseMade(Event):
    """A statement that binds its side: what, by whom, by when (an acknowledgement has no when)."""

    promise: PromiseId
    kind: PromiseKind
    by: PartyId
    node: str
    person: PersonId | None
    text: Sealed | None
    clock: ClockId | None
    told_by_consumer: bool = False


@frozen
class PromiseKept(Event):
    """An event that fulfils the promise happened."""

    promise: PromiseId


@frozen
class PromiseBroken(Event):
    """The promise's time ran out without what was promised."""

    promise: PromiseId
    node: str


@frozen
class PromiseVoided(Event):
    """It binds nobody: the consumer's record that it came from was contradicted in time."""

    promise: PromiseId


@frozen
class AcknowledgementRetracted(Event):
    """A supervisor took an acknowledgement back, with a reason and notice."""

    promise: PromiseId
    node: str
    reason: Sealed


@frozen
class InformationCorrected(Event):
    """Wrong information given earlier was corrected openly; nothing is lost by reliance on it."""

    wrong: Sealed
    right: Sealed


class RecordKind(StrEnum):
    """What a consumer may record of the other side."""

    PROMISE = "promise"
    REASK = "reask"


@frozen
class ConsumerRecorded(Event):
    """The consumer recorded "they promised" or "they asked me again", tied to a contact."""

    record: RecordId
    kind: RecordKind
    of: PartyId
    node: str
    contact: ContactId
    text: Sealed
    promised_for: datetime | None
    clock: ClockId
    promise_kind: PromiseKind = PromiseKind.OTHER


@frozen
class RecordContradicted(Event):
    """The other side contradicted the consumer's record with a record of its own."""

    record: RecordId
    evidence: EvidenceId


@frozen
class RecordStood(Event):
    """Nobody contradicted the consumer's record in time; it stands."""

    record: RecordId


class Side(StrEnum):
    """From which side a contact was logged."""

    CONSUMER = "consumer"
    DESK = "desk"


@frozen
class ContactLogged(Event):
    """One exchange, as one side saw it; `direction` is seen from the consumer (out, in)."""

    contact: ContactId
    side: Side
    medium: Channel
    direction: str
    at: datetime
    precision: Precision
    with_person: PersonId | None = None
    minutes: int | None = None
    text: Sealed | None = None
    reconstructed: bool = False


@frozen
class ContactsClaimed(Event):
    """A bare total ("about a hundred"), kept as a claim and never expanded."""

    text: Sealed
    about: int


# --- refusals, offers, remedies --------------------------------------------------------------


@frozen
class RefusalMade(Event):
    """A respondent's "no" on a listed ground; unsupported, it stops no clock."""

    refusal: RefusalId
    by: PartyId
    ground: str
    supported: bool
    needs: tuple[ProofKind, ...]
    evidence: tuple[EvidenceId, ...]
    text: Sealed | None


@frozen
class ClaimAgreed(Event):
    """A respondent agreed to what the consumer asks."""

    by: PartyId


@frozen
class OfferMade(Event):
    """A proposed settlement: binding if accepted, never an admission.

    With a `decision` it puts that recommendation to one side; it binds once both accept.
    """

    offer: OfferId
    by: PartyId
    to: PartyId
    remedy: Remedy
    better: bool
    clock: ClockId
    fulfil_days: int
    returns_to: Holder | None
    decision: DecisionId | None = None


class OfferEnd(StrEnum):
    """How an offer ended."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"
    MOOT = "moot"


@frozen
class OfferEnded(Event):
    """An offer is no longer open."""

    offer: OfferId
    end: OfferEnd
    text: Sealed | None = None


@frozen
class RemedyOwed(Event):
    """What `by` must now deliver, from an agreement, an offer or a decision."""

    remedy: RemedyId
    by: PartyId
    what: Remedy
    source: str
    clock: ClockId


@frozen
class FulfilmentProven(Event):
    """A step of the fulfilment was done, with proof; `complete` if it was the last."""

    remedy: RemedyId
    evidence: EvidenceId
    complete: bool


@frozen
class FulfilmentConfirmed(Event):
    """The consumer confirmed that the remedy has arrived."""

    remedy: RemedyId


@frozen
class FulfilmentDisputed(Event):
    """The consumer says that it has not arrived, or not as owed."""

    remedy: RemedyId
    text: Sealed


# --- decision, appeal, the ways a case ends --------------------------------------------------


@frozen
class RecordFrozen(Event):
    """What counts for the decision was listed; what comes later is marked late, not hidden."""

    evidence: tuple[EvidenceId, ...]
    entries: int


@frozen
class DecisionPrepared(Event):
    """A lapse made a decision due on the file as it is; a person pronounces it (K7)."""

    clock: ClockId


class Ruling(StrEnum):
    """Which way a decision goes."""

    FOR_CONSUMER = "for-consumer"
    IN_PART = "in-part"
    AGAINST_CONSUMER = "against-consumer"


@frozen
class DecisionProposed(Event):
    """A person wrote a decision; money or the irreversible waits for a second person."""

    decision: DecisionId
    by: PersonId
    ruling: Ruling
    debtor: PartyId | None
    remedy: Remedy | None
    fulfil_days: int
    findings: tuple[RowId, ...]
    facts: tuple[FactKey, ...]
    reasons: Sealed
    like_cases: tuple[str, ...]
    departure: Sealed | None
    second_needed: bool
    on_appeal: bool


@frozen
class DecisionSentBack(Event):
    """The second person did not sign, and says why."""

    decision: DecisionId
    by: PersonId
    reason: Sealed


@frozen
class DecisionPronounced(Event):
    """The reasoned outcome stands: a decision, a recommendation, or the house's own answer."""

    decision: DecisionId
    ruling: Ruling
    form: str
    second: PersonId | None


@frozen
class AppealMade(Event):
    """A side asked for another look by another person, with something new."""

    by: PartyId
    text: Sealed
    evidence: tuple[EvidenceId, ...]


@frozen
class PacketReleased(Event):
    """The packet for the next rung outside is there for the consumer; counts against the house.

    `because` is why the case was handed over; without it, a lapse of the house released it.
    """

    rung: str
    because: str | None = None


class Outcome(StrEnum):
    """The honest ways in which a case ends."""

    FULFILLED = "fulfilled"
    FULFILLED_UNCONFIRMED = "fulfilled-unconfirmed"
    DECIDED_AGAINST = "decided-against"
    WITHDRAWN_SOLVED = "withdrawn-solved"
    WITHDRAWN_TIRED = "withdrawn-tired"
    WITHDRAWN_OTHER = "withdrawn-other"
    JOINED = "joined"
    UNREACHABLE = "unreachable"
    HANDED_OVER = "handed-over-outside"


@frozen
class CaseClosed(Event):
    """The case ended; `given_up` marks a withdrawal after a kick, a lapse or a broken promise."""

    outcome: Outcome
    given_up: bool = False
    text: Sealed | None = None


@frozen
class CaseReopened(Event):
    """The case goes on from where it was; `wrongful` if closing it had been wrong."""

    because: str
    wrongful: bool = False


@frozen
class CaseJoined(Event):
    """This case went into the first one about the same purchase."""

    into: CaseId
    head: str


@frozen
class CaseAbsorbed(Event):
    """A later case about the same purchase was joined here; nothing restarts from zero."""

    other: CaseId
    head: str
    story: Sealed


@frozen
class JoinUndone(Event):
    """A joining was taken back."""

    other: CaseId


@frozen
class CaseLinked(Event):
    """Another case of the same consumer bears on this one without being the same."""

    other: CaseId


@frozen
class OutsideResultCame(Event):
    """What a body outside decided came back into the case."""

    body: str
    text: Sealed


EVENTS: dict[str, type[Event]] = {
    kind.__name__: kind
    for kind in (
        CaseOpened, PartyJoined, ContactGiven, OwnerChanged, NoticeServed, NoticeFailed,
        BallMoved, TaskOpened, TaskEnded, TakenOver, TakeoverAsked, TakeoverRefused, Urged,
        ClockStarted, ClockPaused, ClockResumed, ClockHandedOn, ClockStopped, ClockLapsed,
        ClockPostponed, LapseReversed,
        FactStood, EvidenceSubmitted, ProofAccepted, ProofRequested, RequestRejected, RequestEnded,
        MessageSent, NoteWritten, PromiseMade, PromiseKept, PromiseBroken, PromiseVoided,
        AcknowledgementRetracted, InformationCorrected, ConsumerRecorded, RecordContradicted,
        RecordStood, ContactLogged, ContactsClaimed,
        RefusalMade, ClaimAgreed, OfferMade, OfferEnded, RemedyOwed, FulfilmentProven,
        FulfilmentConfirmed, FulfilmentDisputed,
        RecordFrozen, DecisionPrepared, DecisionProposed, DecisionSentBack, DecisionPronounced,
        AppealMade, PacketReleased, CaseClosed, CaseReopened, CaseJoined, CaseAbsorbed,
        JoinUndone, CaseLinked, OutsideResultCame,
    )
}  # fmt: skip
"""Every kind of event that may stand in a log, by its name."""
