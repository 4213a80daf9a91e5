"""What the law says of a matter: findings, what is owed, who must prove what, grounds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from buckstop.domain.law.answer import Confidence
from buckstop.domain.words.ids import FactKey, ProofKind, RowId
from buckstop.domain.words.money import Fen
from buckstop.domain.words.party import PartyRole

type Shown = tuple[tuple[str, str | int | date], ...]
"""Values that the sentence for a code mentions, by name."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One line of what holds, with the values it rests on."""

    code: str
    rows: tuple[RowId, ...]
    confidence: Confidence
    because: Shown = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Formula:
    """How an amount comes about: a code for the sentence, and the numbers in it."""

    code: str
    values: Shown


@dataclass(frozen=True, kw_only=True, slots=True)
class Entitlement:
    """What the consumer may claim, and against whom.

    `since` is the first day it is owed, `due` the last day to perform, where the law names
    them. Entitlements with the same `choice` are alternatives; the consumer chooses.
    """

    code: str
    against: PartyRole
    rows: tuple[RowId, ...]
    confidence: Confidence
    amount: Fen | None = None
    formula: Formula | None = None
    since: date | None = None
    due: date | None = None
    provisional: bool = False
    choice: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Burden:
    """Who loses if a fact stays open, who keeps the record, and what would do as proof.

    `counter` is the positive fact that the other side would have to show against a negative
    one; `presumption` what the house may take for true if the keeper stays silent (R3).
    """

    fact: FactKey
    bearer: PartyRole
    keeper: PartyRole | None
    negative: bool
    proofs: tuple[ProofKind, ...]
    presumption: str | None
    rows: tuple[RowId, ...]
    confidence: Confidence
    also_kept_by: tuple[PartyRole, ...] = ()
    counter: FactKey | None = None


class GroundUse(StrEnum):
    """What a listed ground supports."""

    REFUSAL = "refusal"
    BOUNCE = "bounce"


@dataclass(frozen=True, kw_only=True, slots=True)
class Ground:
    """A listed reason to say no or to give the ball back, and any one proof it needs."""

    code: str
    use: GroundUse
    needs: tuple[ProofKind, ...]
    issuers: tuple[PartyRole, ...]
    establishes: FactKey | None
    rows: tuple[RowId, ...]
    confidence: Confidence


@dataclass(frozen=True, kw_only=True, slots=True)
class Assessment:
    """What law and published rules say of the facts so far.

    `responsible` names the addressees in order; `unsettled` are the codes of questions that
    the law leaves open and on which nothing here rests.
    """

    findings: tuple[Finding, ...] = ()
    entitlements: tuple[Entitlement, ...] = ()
    burdens: tuple[Burden, ...] = ()
    grounds: tuple[Ground, ...] = ()
    responsible: tuple[PartyRole, ...] = ()
    unsettled: tuple[str, ...] = ()

    @property
    def every_row(self) -> frozenset[RowId]:
        """Collect the rows on which anything here rests."""
        lines: tuple[Finding | Entitlement | Burden | Ground, ...] = (
            *self.findings,
            *self.entitlements,
            *self.burdens,
            *self.grounds,
        )
        return frozenset(row for line in lines for row in line.rows)

    def burden(self, fact: FactKey) -> Burden | None:
        """Find the burden of one fact."""
        return next((burden for burden in self.burdens if burden.fact == fact), None)

    def ground(self, code: str) -> Ground | None:
        """Find one listed ground."""
        return next((ground for ground in self.grounds if ground.code == code), None)


def joined(parts: Iterable[Assessment]) -> Assessment:
    """Put the answers of several articles together.

    What is said twice stands once, and what no row in force carries does not stand at all.
    """
    parts = tuple(parts)
    return Assessment(
        findings=_once(line for part in parts for line in part.findings if line.rows),
        entitlements=_once(line for part in parts for line in part.entitlements if line.rows),
        burdens=_once(line for part in parts for line in part.burdens if line.rows),
        grounds=_once(line for part in parts for line in part.grounds),
        responsible=_once(line for part in parts for line in part.responsible),
        unsettled=_once(line for part in parts for line in part.unsettled),
    )


def _once[T](lines: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(lines))
