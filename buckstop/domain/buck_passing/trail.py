"""What the index needs to know of a case, whoever kept its log."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from buckstop.domain.words.ball import How


class Term(StrEnum):
    """One kind of charge that the index adds up."""

    KICK = "kick"
    IDLE_PASS = "idle-pass"  # noqa: S105 - a move of the ball
    REASK = "re-ask"
    UNSUPPORTED_REFUSAL = "unsupported-refusal"
    BROKEN_PROMISE = "broken-promise"
    RETRACTED_ACKNOWLEDGEMENT = "retracted-acknowledgement"
    WRONGFUL_CLOSURE = "wrongful-closure"
    MISSED_DUE = "missed-due"


MOVES = frozenset({Term.KICK, Term.IDLE_PASS})


@dataclass(frozen=True, kw_only=True, slots=True)
class Stretch:
    """One stay of the ball: where, since when, and how it came there.

    `seq` orders stretches and progress (the place in the log). `by` is the node that moved
    the ball, where that is known and differs from the one before. Whether a bounce's ground
    was accepted, whether the receiver is up the ladder, and whether a finding names it, are
    None where the log does not say.
    """

    seq: int
    node: str
    since: datetime
    how: How
    by: str | None = None
    ground_accepted: bool | None = None
    sent_up: bool | None = None
    named_by_finding: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Progress:
    """What makes a pass legitimate; `by` is None where the log does not say who made it."""

    seq: int
    at: datetime
    by: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Charge:
    """A duty broken beside the moves: by whom, and which one.

    Charges for one `obligation` count once, the larger. Missed due times of one `hold` share
    a cap; `days_over` is counted without pauses, up to the end of the trail while it is open.
    """

    term: Term
    party: str
    at: datetime
    obligation: str
    days_over: Fraction = Fraction(0)
    hold: str | None = None

    def __post_init__(self) -> None:
        """Keep moves out: they are read from the stretches, never told."""
        if self.term in MOVES:
            msg = f"a {self.term} is found among the stretches and cannot be charged by hand"
            raise ValueError(msg)
        if self.days_over < 0:
            msg = f"nothing can be {self.days_over} days over its due time"
            raise ValueError(msg)


@dataclass(frozen=True, kw_only=True, slots=True)
class Trail:
    """One case as the index sees it, up to `until`.

    A foreign log names the terms it has no column for in `unseen`; where it does not map
    progress, or the grounds on which the ball was returned, it says so.
    """

    stretches: tuple[Stretch, ...]
    until: datetime
    progress: tuple[Progress, ...] = ()
    charges: tuple[Charge, ...] = ()
    consumer: frozenset[str] = frozenset({"consumer"})
    unseen: frozenset[Term] = frozenset()
    progress_known: bool = True
    grounds_known: bool = True

    def __post_init__(self) -> None:
        """Insist on the order of the log: every rule of the index depends on it."""
        if any(later.seq <= earlier.seq for earlier, later in pairwise(self.stretches)):
            msg = "the stretches of a trail come in the order of the log, each with its own place"
            raise ValueError(msg)
