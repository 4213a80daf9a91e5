"""Everything that anyone can ask of a case: a table of contents.

A command says who asks (`by`), over which channel, when that reached us and, if told, when it
happened; `key` makes it happen once. What it asks is in the fields of its class.
"""

from datetime import datetime

from buckstop.domain.cases.events import (
    NoticeKind,
    PromiseKind,
    RecordKind,
    Ruling,
    Side,
)
from buckstop.domain.words.calendar import Span
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Channel, Sealed, frozen
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
    RemedyId,
    RequestId,
    RowId,
)
from buckstop.domain.words.party import Actor, PartyRole
from buckstop.domain.words.purchase import Problem, Purchase, Remedy
from buckstop.domain.words.reconcile import Precision
from buckstop.domain.words.standing import Standing


@frozen
class Command:
    """What somebody asks of a case."""

    by: Actor
    key: str
    channel: Channel = Channel.WEB
    received_at: datetime | None = None
    occurred_at: datetime | None = None


@frozen
class NewParty:
    """Who is to join a case, and how they can be reached."""

    party: PartyId
    role: PartyRole
    name: Sealed
    reach: tuple[Channel, ...] = ()
    address: Sealed | None = None


@frozen
class Alleged:
    """One fact as a party tells it."""

    fact: FactKey
    value: str | None = None


@frozen
class OpenCase(Command):
    """Make a complaint a case. `first` is who has the ball at once where a rule says so."""

    number: str
    owner: PersonId
    deputy: PersonId | None
    problem: Problem
    purchase: Purchase
    demand: Remedy
    title: Sealed
    story: Sealed
    consumer: NewParty
    respondents: tuple[NewParty, ...]
    alleged: tuple[Alleged, ...] = ()
    desk: DeskId | None = None
    first: PartyId | None = None


@frozen
class JoinParty(Command):
    """Bring another respondent into the case."""

    party: NewParty


@frozen
class GiveContact(Command):
    """Tell how a party can be reached, where nobody knew it or it changed."""

    party: PartyId
    reach: tuple[Channel, ...]
    address: Sealed


@frozen
class ChangeOwner(Command):
    """Make another person answerable for the case."""

    owner: PersonId
    deputy: PersonId | None
    reason: Sealed


@frozen
class TakeUp(Command):
    """Take a case of one's desk into one's own hands."""

    person: PersonId


@frozen
class PassBall(Command):
    """Give the ball to a party or a desk of the house; only the holder may."""

    reason: str
    expected: str
    sentence: Sealed
    to: PartyId | None = None
    desk: DeskId | None = None
    span: Span | None = None


@frozen
class AssignTask(Command):
    """Give another party a duty beside the ball."""

    debtor: PartyId
    expected: str
    sentence: Sealed
    span: Span | None = None


@frozen
class DeliverTask(Command):
    """Do what was expected, with what proves it."""

    evidence: tuple[EvidenceId, ...] = ()
    text: Sealed | None = None


@frozen
class BounceBall(Command):
    """Give the ball back on a listed ground with its proof."""

    ground: str
    sentence: Sealed
    evidence: tuple[EvidenceId, ...] = ()


@frozen
class AskTakeover(Command):
    """Wish the house to take over."""

    text: Sealed | None = None


@frozen
class TakeOver(Command):
    """Take the ball as a supervisor, with a duty to decide."""

    because: str = "supervisor"


@frozen
class RefuseTakeover(Command):
    """Answer the consumer's wish with no, and why."""

    reason: Sealed


@frozen
class Urge(Command):
    """Urge the holder."""


@frozen
class StateFact(Command):
    """Allege, admit, accept as proven, or disprove a fact."""

    fact: FactKey
    standing: Standing
    value: str | None = None
    evidence: tuple[EvidenceId, ...] = ()


@frozen
class SubmitEvidence(Command):
    """Put a sealed item into the case; without `issuer`, who submits it also issued it."""

    kind: ProofKind
    name: Sealed
    media_type: str
    size: int
    sha256: str
    sm3: str
    facts: tuple[FactKey, ...] = ()
    issuer: PartyRole | None = None


@frozen
class AcceptProof(Command):
    """Accept an item as proof of a listed kind."""

    evidence: EvidenceId
    fact: FactKey
    kind: ProofKind


@frozen
class AskProof(Command):
    """Ask a party for proof of one fact. `forced_because` is a supervisor's reason (R4)."""

    fact: FactKey
    of: PartyId
    why: Sealed | None = None
    clarifies: RequestId | None = None
    forced_because: Sealed | None = None
    span: Span | None = None


@frozen
class AnswerRequest(Command):
    """Answer an open request with items of a listed kind, or in words that are no proof."""

    request: RequestId
    evidence: tuple[EvidenceId, ...] = ()
    text: Sealed | None = None


@frozen
class SendMessage(Command):
    """Say something in the case."""

    text: Sealed
    to: tuple[PartyId, ...] = ()


@frozen
class WriteNote(Command):
    """Write something for the desk only."""

    text: Sealed


@frozen
class Promise(Command):
    """Promise something by a time, or acknowledge something for good."""

    kind: PromiseKind
    text: Sealed | None
    span: Span | None = None


@frozen
class KeepPromise(Command):
    """Confirm as the consumer, or show as the promiser, that a promise was kept."""

    promise: PromiseId
    evidence: EvidenceId | None = None


@frozen
class RetractAcknowledgement(Command):
    """Take an acknowledgement back, as a supervisor, with a reason and notice."""

    promise: PromiseId
    reason: Sealed


@frozen
class CorrectInformation(Command):
    """Correct something wrong that was told."""

    wrong: Sealed
    right: Sealed


@frozen
class RecordOtherSide(Command):
    """Record, as the consumer, "they promised" or "they asked me again"."""

    kind: RecordKind
    of: PartyId
    contact: ContactId
    text: Sealed
    promised_for: datetime | None = None
    promise_kind: PromiseKind = PromiseKind.OTHER


@frozen
class ContradictRecord(Command):
    """Contradict the consumer's record with a record of one's own."""

    record: RecordId
    evidence: EvidenceId


@frozen
class LogContact(Command):
    """Log one exchange from one side."""

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
class ClaimContacts(Command):
    """Tell a bare total of contacts."""

    about: int
    text: Sealed


@frozen
class AgreeClaim(Command):
    """Agree to what the consumer asks; it is then owed."""

    fulfil_days: int = 7


@frozen
class Refuse(Command):
    """Say no on a listed ground, with the proof that the ground needs."""

    ground: str
    evidence: tuple[EvidenceId, ...] = ()
    text: Sealed | None = None


@frozen
class MakeOffer(Command):
    """Propose a settlement."""

    remedy: Remedy
    fulfil_days: int = 7
    to: PartyId | None = None


@frozen
class AcceptOffer(Command):
    """Accept the offer made to one."""

    offer: OfferId


@frozen
class RejectOffer(Command):
    """Reject the offer made to one; nothing is lost by it."""

    offer: OfferId
    text: Sealed | None = None


@frozen
class WithdrawOffer(Command):
    """Take one's own offer back."""

    offer: OfferId


@frozen
class ProveFulfilment(Command):
    """Show that what is owed was done; `complete` for the last step."""

    remedy: RemedyId
    evidence: EvidenceId
    complete: bool = True


@frozen
class ConfirmFulfilment(Command):
    """Confirm that the remedy has arrived."""

    remedy: RemedyId


@frozen
class DisputeFulfilment(Command):
    """Say that the remedy has not arrived, or not as owed."""

    remedy: RemedyId
    text: Sealed


@frozen
class FreezeRecord(Command):
    """List what counts for the decision."""


@frozen
class ProposeDecision(Command):
    """Write a decision with its findings, facts and reasons."""

    ruling: Ruling
    debtor: PartyId | None
    remedy: Remedy | None
    findings: tuple[RowId, ...]
    facts: tuple[FactKey, ...]
    reasons: Sealed
    like_cases: tuple[str, ...] = ()
    departure: Sealed | None = None
    like_cases_differ: bool = False
    fulfil_days: int = 7


@frozen
class SignDecision(Command):
    """Sign another person's decision as the second person."""

    decision: DecisionId


@frozen
class SendBackDecision(Command):
    """Do not sign, and say why."""

    decision: DecisionId
    reason: Sealed


@frozen
class Appeal(Command):
    """Ask for another look, with something new."""

    text: Sealed
    evidence: tuple[EvidenceId, ...] = ()


@frozen
class Withdraw(Command):
    """Take the complaint back: solved, tired, or other."""

    why: str
    text: Sealed | None = None


@frozen
class Reopen(Command):
    """Let a closed case go on within the published window."""

    because: str
    text: Sealed | None = None


@frozen
class CloseUnreachable(Command):
    """End the case of a consumer who cannot be reached after reminders."""


@frozen
class HandOver(Command):
    """Hand the case to a body outside, with its packet and the limitation dates told."""

    rung: str
    because: str


@frozen
class RecordOutsideResult(Command):
    """Bring what a body outside decided back into the case."""

    body: str
    text: Sealed


@frozen
class JoinInto(Command):
    """Join this case into the first one about the same purchase."""

    into: CaseId
    head: str


@frozen
class JoinedClock:
    """A clock of the case that is joined; the earlier due time wins."""

    kind: ClockKind
    party: PartyId
    due: datetime


@frozen
class JoinedRequest:
    """A request for proof that is open in the case that is joined."""

    fact: FactKey
    of: PartyId
    by: PartyId
    kinds: tuple[ProofKind, ...]
    rows: tuple[RowId, ...]
    due: datetime
    why: Sealed | None = None


@frozen
class Absorb(Command):
    """Take in a later case about the same purchase."""

    other: CaseId
    head: str
    story: Sealed
    clocks: tuple[JoinedClock, ...] = ()
    requests: tuple[JoinedRequest, ...] = ()
    consumer_matches: bool
    purchase_matches: bool


@frozen
class UndoJoin(Command):
    """Take a joining back."""

    other: CaseId


@frozen
class LinkCase(Command):
    """Note that another case bears on this one."""

    other: CaseId


@frozen
class RecordNotice(Command):
    """Record what a transport said of a notice."""

    party: PartyId
    via: Channel
    kind: NoticeKind
    about: ClockId | None
    accepted: bool
    published_address: bool = False


@frozen
class RederiveClocks(Command):
    """Reckon the running clocks anew, because a calendar was published."""
