"""Where on the sheet every moment and every lane lies."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from buckstop.letters.ball_path.pen import Pen
from buckstop.letters.ball_path.picture import Picture

RADIUS = 11.0
"""Of an elbow, where there is room."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """Positions along time and across lanes; `clock_off` is how far beside a hold its clock is."""

    pen: Pen
    moments: tuple[tuple[datetime, float], ...]
    lanes: tuple[float, ...]
    stops: tuple[float, ...]
    clock_off: float

    def at(self, moment: datetime) -> float:
        """Find a moment's place; one off the axis lies at its end."""
        if moment <= self.moments[0][0]:
            return self.moments[0][1]
        for (start, low), (end, high) in pairwise(self.moments):
            if moment <= end:
                share = (moment - start) / (end - start) if end > start else 0
                return low + (high - low) * share
        return self.moments[-1][1]

    def within(self, hold: int, moment: datetime) -> float:
        """Find a moment's place on one hold."""
        return min(max(self.at(moment), self.stops[hold]), self.stops[hold + 1])

    def radii(self, lane_of: Sequence[int]) -> tuple[float, ...]:
        """Choose each elbow's radius, so that the holds beside it still meet it."""
        found = [0.0]
        for i in range(1, len(lane_of)):
            before, here, after = self.stops[i - 1 : i + 2]
            apart = abs(self.lanes[lane_of[i]] - self.lanes[lane_of[i - 1]]) or RADIUS
            found.append(min(RADIUS, (here - before) / 2, (after - here) / 2, apart / 2))
        return (*found, 0.0)


def spread(wanted: Sequence[float], low: float, high: float, apart: float) -> tuple[float, ...]:
    """Keep places in order and `apart`, moving them right, and left again before the edge.

    Where there are too many for the room they stand closer, evenly in the worst case.
    """
    apart = min(apart, (high - low) / max(1, len(wanted) - 1))
    placed: list[float] = []
    for place in wanted:
        placed.append(max(place, placed[-1] + apart if placed else low))
    edge = high
    for i in reversed(range(len(placed))):
        placed[i] = min(placed[i], edge)
        edge = placed[i] - apart
    return tuple(placed)


def linear(picture: Picture, low: float, high: float, apart: float) -> tuple[float, ...]:
    """Place the stops linearly in time, then spread the elbows."""
    first, whole = picture.stops[0], picture.spoken.total_seconds() or 1.0
    wanted = [
        low + (stop - first).total_seconds() / whole * (high - low) for stop in picture.stops
    ]
    return spread(wanted, low, high, apart)


def scale(
    picture: Picture, stops: Sequence[float], edge: float
) -> tuple[tuple[datetime, float], ...]:
    """Join the stops with the right edge of the picture."""
    known = tuple(zip(picture.stops, stops, strict=True))
    return (*known, (picture.edge, edge)) if picture.edge > picture.end else known
