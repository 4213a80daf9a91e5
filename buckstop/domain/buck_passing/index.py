"""The index of one case: points that are charged to somebody and add up exactly."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from buckstop.domain.buck_passing.moves import Move, moves_of
from buckstop.domain.buck_passing.trail import Charge, Term, Trail
from buckstop.domain.buck_passing.weights import WEIGHTS_1, Weights
from buckstop.domain.words.ball import How


@dataclass(frozen=True, kw_only=True, slots=True)
class Points:
    """Points charged to one party or desk, and for what."""

    term: Term
    party: str
    points: Fraction
    at: datetime
    why: str
    """The obligation broken, or for a move its number among its kind."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Kick:
    """One return with nothing new, and who answers for it with which share."""

    number: int
    seq: int
    from_node: str
    to_node: str
    at: datetime
    charged_to: tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Index:
    """The index of one case, with everything it is made of.

    `unseen` are the terms that the log had no column for; `at_most` says that progress was
    unmapped, so that the true value can only be lower.
    """

    weights: Weights
    parts: tuple[Points, ...]
    kicks: tuple[Kick, ...]
    idle_passes: tuple[Move, ...]
    unseen: tuple[Term, ...]
    at_most: bool

    @property
    def points(self) -> Fraction:
        """All points together: one is a kick's worth."""
        return sum((part.points for part in self.parts), Fraction(0))

    @property
    def value(self) -> Fraction:
        """The index, from 0 to below 100."""
        return self.weights.index(self.points)

    @property
    def core(self) -> Fraction:
        """The index of the kicks alone, by which systems are compared."""
        return self.weights.index(self.by_term().get(Term.KICK, Fraction(0)))

    def by_term(self) -> dict[Term, Fraction]:
        """Add up the points of each term, in the published order of terms."""
        sums = {term: _sum(part for part in self.parts if part.term is term) for term in Term}
        return {term: points for term, points in sums.items() if points}

    def by_party(self) -> dict[str, Fraction]:
        """Add up the points of each party or desk, the most first."""
        parties = sorted({part.party for part in self.parts})
        sums = {party: _sum(p for p in self.parts if p.party == party) for party in parties}
        return dict(sorted(sums.items(), key=lambda item: -item[1]))


def score(trail: Trail, weights: Weights = WEIGHTS_1) -> Index:
    """Compute a case's index; a term that the log cannot show is left out and listed."""
    moves = tuple(moves_of(trail))
    kicks = tuple(
        _kick(number, move, grounds_known=trail.grounds_known)
        for number, move in enumerate((m for m in moves if m.term is Term.KICK), start=1)
    )
    idle = tuple(move for move in moves if move.term is Term.IDLE_PASS)
    unseen = trail.unseen if trail.progress_known else trail.unseen | {Term.IDLE_PASS}
    charges = tuple(charge for charge in trail.charges if charge.term not in unseen)
    parts = (
        *_points_of_kicks(kicks, weights),
        *_points_of_idle(idle, weights),
        *_points_of_charges(charges, weights),
    )
    return Index(
        weights=weights,
        parts=parts,
        kicks=kicks,
        idle_passes=idle,
        unseen=tuple(term for term in Term if term in unseen),
        at_most=not trail.progress_known,
    )


def _kick(number: int, move: Move, *, grounds_known: bool) -> Kick:
    return Kick(
        number=number,
        seq=move.seq,
        from_node=move.from_node,
        to_node=move.to_node,
        at=move.at,
        charged_to=_charged(move, grounds_known=grounds_known),
    )


def _charged(move: Move, *, grounds_known: bool) -> tuple[tuple[str, Fraction], ...]:
    """Say who answers for a kick: who returns it, who had sent it there, or both by half.

    A pass in a log that keeps grounds was made without one, so its maker answers. A bounce
    whose ground nobody has judged yet, or any return in a log without grounds, is shared.
    """
    if move.ground_accepted is None and (move.how is How.BOUNCE or not grounds_known):
        if move.sent_by == move.from_node:
            return ((move.from_node, Fraction(1)),)
        return ((move.from_node, Fraction(1, 2)), (move.sent_by, Fraction(1, 2)))
    return ((move.sent_by if move.ground_accepted else move.from_node, Fraction(1)),)


def _points_of_kicks(kicks: Iterable[Kick], weights: Weights) -> list[Points]:
    return [
        Points(
            term=Term.KICK,
            party=party,
            points=share * weights.points[Term.KICK],
            at=kick.at,
            why=str(kick.number),
        )
        for kick in kicks
        for party, share in kick.charged_to
    ]


def _points_of_idle(idle: Iterable[Move], weights: Weights) -> list[Points]:
    return [
        Points(
            term=Term.IDLE_PASS,
            party=move.from_node,
            points=weights.points[Term.IDLE_PASS],
            at=move.at,
            why=str(number),
        )
        for number, move in enumerate(idle, start=1)
    ]


def _points_of_charges(charges: Iterable[Charge], weights: Weights) -> list[Points]:
    """Weigh the charges: one obligation once, the larger; one hold's delays up to its cap."""
    largest: dict[str, Charge] = {}
    for charge in charges:
        known = largest.get(charge.obligation)
        if known is None or weights.of(charge) > weights.of(known):
            largest[charge.obligation] = charge
    left: dict[str, Fraction] = {}
    parts = []
    for charge in largest.values():
        points = weights.of(charge)
        if charge.term is Term.MISSED_DUE and charge.hold is not None:
            points = min(points, left.get(charge.hold, weights.most_per_hold))
            left[charge.hold] = left.get(charge.hold, weights.most_per_hold) - points
        parts.append(
            Points(
                term=charge.term,
                party=charge.party,
                points=points,
                at=charge.at,
                why=charge.obligation,
            )
        )
    return [part for part in parts if part.points]


def _sum(parts: Iterable[Points]) -> Fraction:
    return sum((part.points for part in parts), Fraction(0))
