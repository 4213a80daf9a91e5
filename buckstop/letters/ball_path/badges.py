"""Numbered discs on the kicks and a word on each takeover, none over another."""

from dataclasses import dataclass
from html import escape
from itertools import pairwise

from buckstop.letters.ball_path.frame import Frame
from buckstop.letters.ball_path.lettering import fit, width_of
from buckstop.letters.ball_path.pen import Sheet, num
from buckstop.letters.ball_path.picture import Came, Picture

DISC = 9.5
BOX_HEIGHT = 22.0
BOX_LEAST = 38.0
BOX_MOST = 80.0
TEXT_SIZE = 11.5


@dataclass(frozen=True, slots=True)
class Badge:
    """One badge's place and size on the sheet."""

    x: float
    y: float
    width: float
    height: float

    def covers(self, other: "Badge") -> bool:
        """Tell whether two badges would lie on each other."""
        return (
            abs(self.x - other.x) < (self.width + other.width) / 2
            and abs(self.y - other.y) < (self.height + other.height) / 2
        )


def draw_badges(frame: Frame, picture: Picture, sheet: Sheet, width: float) -> None:
    """Put a badge on every kick and takeover that another lane's ball came by."""
    placed: list[Badge] = []
    numbers = picture.kick_numbers()
    word = fit(picture.words.takeover, TEXT_SIZE, BOX_MOST - 14)
    box = max(BOX_LEAST, width_of(word, TEXT_SIZE) + 14)
    for i, hold in enumerate(picture.holds[1:], start=1):
        number = numbers[i]
        if number is None and hold.came is not Came.TAKEOVER:
            continue
        size = (box, BOX_HEIGHT) if number is None else (2 * DISC, 2 * DISC)
        spots = [_badge(frame, i, across, size, width) for across in _spots(frame, picture, i)]
        free = (spot for spot in spots if not any(spot.covers(other) for other in placed))
        badge = next(free, spots[0])
        placed.append(badge)
        sheet.marks.append(_box(badge, word) if number is None else _disc(badge, number))


def draw_kick_dots(frame: Frame, picture: Picture, sheet: Sheet) -> None:
    """Mark the kicks with small discs, where there is no room for numbers."""
    for i, number in enumerate(picture.kick_numbers()):
        if number is not None and i:
            across = _spots(frame, picture, i)[0]
            sheet.marks.append(frame.pen.circle("kick", frame.stops[i], across, 3.5))


def _spots(frame: Frame, picture: Picture, hold: int) -> list[float]:
    """List the places on an elbow between two lanes, half-way first, then nearer the receiver."""
    source, target = picture.holds[hold - 1].lane, picture.holds[hold].lane
    if source == target:
        return [frame.lanes[target]]
    low, high = sorted((source, target))
    between = [(a + b) / 2 for a, b in pairwise(frame.lanes[low : high + 1])]
    middle = (frame.lanes[source] + frame.lanes[target]) / 2
    return sorted(between, key=lambda spot: (abs(spot - middle), abs(spot - frame.lanes[target])))


def _badge(
    frame: Frame, hold: int, across: float, size: tuple[float, float], width: float
) -> Badge:
    along = frame.stops[hold]
    x, y = (across, along) if frame.pen.down else (along, across)
    half = size[0] / 2 + 1
    return Badge(min(max(x, half), width - half), y, *size)


def _disc(badge: Badge, number: int) -> str:
    x, y = num(badge.x), num(badge.y)
    return (
        f'<g class="badge k"><circle cx="{x}" cy="{y}" r="{num(DISC)}"/>'
        f'<text x="{x}" y="{num(badge.y + 4)}">{number}</text></g>'
    )


def _box(badge: Badge, word: str) -> str:
    left, top = num(badge.x - badge.width / 2), num(badge.y - badge.height / 2)
    return (
        f'<g class="badge t"><rect x="{left}" y="{top}" width="{num(badge.width)}" '
        f'height="{num(badge.height)}" rx="5"/>'
        f'<text x="{num(badge.x)}" y="{num(badge.y + 4.5)}">{escape(word)}</text></g>'
    )
