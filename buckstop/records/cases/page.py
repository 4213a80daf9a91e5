"""What a page about a case says, for one viewer: values only, every text already readable.

Codes and ids are left as they are; `buckstop.texts` has their sentences.
"""

from collections.abc import Mapping
from datetime import datetime

from buckstop.domain.buck_passing.index import Index
from buckstop.domain.cases.events import (
    Outcome,
)
from buckstop.domain.law.assessment import Assessment
from buckstop.domain.words.event import frozen
from buckstop.domain.words.ids import (
    CaseId,
    DeskId,
    PartyId,
    PersonId,
)
from buckstop.domain.words.money import Fen
from buckstop.domain.words.purchase import Problem
from buckstop.records.cases.lines.claim import PartyLine, PurchaseLine, RemedyLine
from buckstop.records.cases.lines.outcome import DecisionLine, OfferLine, OwedLine, RefusalLine
from buckstop.records.cases.lines.proof import FactLine, ItemLine, RejectedLine, RequestLine
from buckstop.records.cases.lines.turn import ClockLine, HoldLine, TaskLine, Turn
from buckstop.records.cases.lines.words import (
    NoticeLine,
    PromiseLine,
    RecordLine,
    Tally,
    ThreadLine,
)


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
    to_come_back: Mapping[PartyId, Fen]
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
