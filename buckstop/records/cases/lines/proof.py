"""What is to be proven, by whom, and with what."""

from datetime import datetime

from buckstop.domain.cases.events import (
    RequestEnd,
)
from buckstop.domain.law.assessment import Burden
from buckstop.domain.words.event import frozen
from buckstop.domain.words.ids import (
    ClockId,
    EvidenceId,
    FactKey,
    PartyId,
    ProofKind,
    RequestId,
    RowId,
)
from buckstop.domain.words.standing import Standing
from buckstop.records.cases.lines.turn import OrElse


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
