"""Strokes and texts of an SVG drawing: classes, never colours."""

import re
from dataclasses import dataclass, field
from html import escape

from buckstop.letters.ball_path.lettering import clean, fit


def num(value: float) -> str:
    """Write a coordinate to a tenth, without idle zeros."""
    return f"{round(value, 1) + 0:.1f}".removesuffix(".0")


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws along time and across lanes, whichever way time runs on the sheet."""

    down: bool

    def point(self, along: float, across: float) -> str:
        """Write a point."""
        x, y = (across, along) if self.down else (along, across)
        return f"{num(x)} {num(y)}"

    def along(self, to: float) -> str:
        """Draw a line along time."""
        return f"{'V' if self.down else 'H'}{num(to)}"

    def across(self, to: float) -> str:
        """Draw a line across lanes."""
        return f"{'H' if self.down else 'V'}{num(to)}"

    def line(self, start: float, end: float, across: float) -> str:
        """Draw one straight line along time."""
        return f"M{self.point(start, across)}{self.along(end)}"

    def bar(self, along: float, across: float, half: float) -> str:
        """Draw a short stroke across a line."""
        return f"M{self.point(along, across - half)}{self.across(across + half)}"

    def cross(self, along: float, across: float, half: float) -> str:
        """Draw an upright cross of two diagonals."""
        size = num(2 * half)
        start = self.point(along - half, across - half)
        return f"M{start}l{size} {size}m0 -{size}l-{size} {size}"

    def elbow(self, along: float, source: float, target: float, radius: float) -> str:
        """Draw a move from lane to lane with rounded corners; straight on within a lane."""
        if source == target:
            return f"M{self.point(along - radius, source)}{self.along(along + radius)}"
        turn = radius if target > source else -radius
        return (
            f"M{self.point(along - radius, source)}"
            f"Q{self.point(along, source)} {self.point(along, source + turn)}"
            f"{self.across(target - turn)}"
            f"Q{self.point(along, target)} {self.point(along + radius, target)}"
        )

    def circle(self, kind: str, along: float, across: float, radius: float) -> str:
        """Draw a circle of one class, or of none."""
        x, y = (across, along) if self.down else (along, across)
        named = f'class="{kind}" ' if kind else ""
        return f'<circle {named}cx="{num(x)}" cy="{num(y)}" r="{num(radius)}"/>'


def path(kind: str, d: str) -> str:
    """Draw a path of one class."""
    return f'<path class="{kind}" d="{d}"/>'


def text(
    kind: str, place: tuple[float, float], said: str, *, room: float, size: float = 12
) -> str:
    """Set a line of text, shortened to its room; the whole of it shows under the pointer."""
    whole = clean(said)
    shown = fit(whole, size, room)
    if not shown:
        return ""
    more = "" if shown == whole else f"<title>{escape(whole)}</title>"
    x, y = place
    return f'<text class="{kind}" x="{num(x)}" y="{num(y)}">{more}{escape(shown)}</text>'


@dataclass(frozen=True, slots=True)
class Sheet:
    """What has been drawn, by layer; lower layers come first, whenever they were drawn."""

    ground: list[str] = field(default_factory=list)
    tasks: list[str] = field(default_factory=list)
    clocks: list[str] = field(default_factory=list)
    track: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def svg(self, kind: str, key: str, size: tuple[float, float], said: tuple[str, str]) -> str:
        """Put the layers together under a title and a description."""
        width, height = (num(length) for length in size)
        title, desc = (escape(clean(words)) for words in said)
        mark = f"{re.sub(r'[^A-Za-z0-9_-]', '-', key)}-{kind}"
        layers = (self.ground, self.tasks, self.clocks, self.track, self.marks, self.texts)
        return (
            f'<svg class="bp {kind}" viewBox="0 0 {width} {height}" width="{width}" '
            f'height="{height}" role="img" aria-labelledby="{mark}-t {mark}-d">'
            f'<title id="{mark}-t">{title}</title><desc id="{mark}-d">{desc}</desc>'
            f"{''.join(part for layer in layers for part in layer)}</svg>"
        )
