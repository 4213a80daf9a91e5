"""The frozen record, decisions in the making and pronounced, and appeals."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from buckstop.domain.cases.events import (
    AppealMade,
    CaseClosed,
    CaseReopened,
    DecisionPrepared,
    DecisionPronounced,
    DecisionProposed,
    DecisionSentBack,
    LapseReversed,
    PacketReleased,
    ProofRequested,
    RecordFrozen,
    RemedyOwed,
)
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Entry
from buckstop.domain.words.ids import DecisionId, EvidenceId, PartyId, PersonId

OF_THE_FILE = frozenset({ClockKind.RESPOND, ClockKind.PROVE, ClockKind.ANSWER, ClockKind.FULFIL})
"""Clocks whose answer belongs to what a decision rests on."""


class Stage(StrEnum):
    """How far a decision has come."""

    PROPOSED = "proposed"
    SENT_BACK = "sent-back"
    OVERTAKEN = "overtaken"
    PRONOUNCED = "pronounced"


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """One decision as written, and how far it has come."""

    written: DecisionProposed
    stage: Stage
    at: datetime
    form: str | None = None
    second: PersonId | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Decisions:
    """All decisions of the case, and what they rest on; `used` once one was pronounced on it.

    The record is frozen no longer once the case goes another way: something is owed, asked for,
    or was in time after all.
    """

    every: Mapping[DecisionId, Decision] = field(default_factory=dict)
    frozen_at: datetime | None = None
    frozen: tuple[EvidenceId, ...] = ()
    frozen_entries: int = 0
    used: bool = False
    prepared: bool = False
    appeals: tuple[PartyId, ...] = ()
    appealing: bool = False
    packets: tuple[str, ...] = ()

    @property
    def next_id(self) -> DecisionId:
        """Name the next decision."""
        return DecisionId(f"decision-{len(self.every) + 1}")

    @property
    def proposed(self) -> Decision | None:
        """Find the decision that waits for its second person."""
        return next((d for d in self.every.values() if d.stage is Stage.PROPOSED), None)

    @property
    def pronounced(self) -> Decision | None:
        """Find the decision that stands: the last one pronounced."""
        stands = [d for d in self.every.values() if d.stage is Stage.PRONOUNCED]
        return stands[-1] if stands else None

    @property
    def barred(self) -> frozenset[PersonId]:
        """List who decided what is now appealed against; on appeal somebody else looks."""
        first = self.pronounced
        if first is None or not self.appealing:
            return frozenset()
        return frozenset({first.written.by} | ({first.second} if first.second else set()))

    def after(self, entry: Entry) -> Self:
        """Follow one fact."""
        at = entry.recorded_at
        match entry.event:
            case RecordFrozen() as event:
                return replace(
                    self,
                    frozen_at=at,
                    frozen=event.evidence,
                    frozen_entries=event.entries,
                    used=False,
                )
            case DecisionPrepared():
                return replace(self, prepared=True)
            case LapseReversed(kind=kind) if kind in OF_THE_FILE:
                return replace(self._overtaken(), prepared=False, frozen_at=self._still_frozen)
            case RemedyOwed():
                return replace(self._overtaken(), prepared=False, frozen_at=self._still_frozen)
            case ProofRequested():
                return replace(self, frozen_at=self._still_frozen)
            case CaseClosed() | CaseReopened():
                return replace(self._overtaken(), frozen_at=None)
            case DecisionProposed() as event:
                decision = Decision(written=event, stage=Stage.PROPOSED, at=at)
                return replace(self, every={**self.every, event.decision: decision})
            case DecisionSentBack() as event:
                return self._at(event.decision, Stage.SENT_BACK, at)
            case DecisionPronounced() as event:
                known = replace(
                    self.every[event.decision],
                    stage=Stage.PRONOUNCED,
                    at=at,
                    form=event.form,
                    second=event.second,
                )
                return replace(
                    self,
                    every={**self.every, event.decision: known},
                    prepared=False,
                    appealing=False,
                    used=True,
                )
            case AppealMade() as event:
                return replace(
                    self._overtaken(),
                    appeals=(*self.appeals, event.by),
                    appealing=True,
                    frozen_at=None,
                )
            case PacketReleased() as event:
                return replace(self, packets=(*self.packets, event.rung))
            case _:
                return self

    @property
    def _still_frozen(self) -> datetime | None:
        """Say since when a record is frozen on which a decision rests; no other stays frozen."""
        return self.frozen_at if self.used else None

    def _overtaken(self) -> Self:
        """Let a decision that was never signed fall away: the case went another way."""
        over = {
            d.written.decision: replace(d, stage=Stage.OVERTAKEN)
            for d in self.every.values()
            if d.stage is Stage.PROPOSED
        }
        return replace(self, every={**self.every, **over})

    def _at(self, decision: DecisionId, stage: Stage, at: datetime) -> Self:
        known = replace(self.every[decision], stage=stage, at=at)
        return replace(self, every={**self.every, decision: known})
