"""What was offered, refused, decided and owed."""

from datetime import datetime

from buckstop.domain.cases.events import (
    OfferEnd,
    Ruling,
)
from buckstop.domain.cases.state.decisions import Stage
from buckstop.domain.cases.state.remedies import Delivery
from buckstop.domain.words.event import frozen
from buckstop.domain.words.ids import (
    DecisionId,
    EvidenceId,
    FactKey,
    OfferId,
    PartyId,
    PersonId,
    ProofKind,
    RefusalId,
    RemedyId,
    RowId,
)
from buckstop.domain.words.money import Fen
from buckstop.records.cases.lines.claim import RemedyLine


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
    recommended: bool = False


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
