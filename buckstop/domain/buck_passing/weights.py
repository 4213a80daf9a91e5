"""What each term weighs. Published; a change is a new version, never an edit."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from buckstop.domain.buck_passing.trail import Charge, Term


@dataclass(frozen=True, kw_only=True, slots=True)
class Weights:
    """One published version: points per term, and how points become an index of 0 to 100."""

    version: int
    points: Mapping[Term, Fraction]
    per_day_over: Fraction
    most_per_hold: Fraction
    half_way: Fraction
    """The points at which the index stands at 50."""

    def of(self, charge: Charge) -> Fraction:
        """Weigh one charge by itself."""
        flat = self.points[charge.term]
        if charge.term is not Term.MISSED_DUE:
            return flat
        return min(flat + charge.days_over * self.per_day_over, self.most_per_hold)

    def index(self, points: Fraction) -> Fraction:
        """Turn points into the index."""
        return 100 * points / (points + self.half_way)


WEIGHTS_1 = Weights(
    version=1,
    points=MappingProxyType(
        {
            Term.KICK: Fraction(1),
            Term.IDLE_PASS: Fraction(1, 4),
            Term.REASK: Fraction(1, 2),
            Term.UNSUPPORTED_REFUSAL: Fraction(1, 2),
            Term.BROKEN_PROMISE: Fraction(1),
            Term.RETRACTED_ACKNOWLEDGEMENT: Fraction(1),
            Term.WRONGFUL_CLOSURE: Fraction(1),
            Term.MISSED_DUE: Fraction(1, 2),
        }
    ),
    per_day_over=Fraction(1, 7),
    most_per_hold=Fraction(4),
    half_way=Fraction(4),
)
