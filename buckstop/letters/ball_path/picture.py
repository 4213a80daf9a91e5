"""What a ball path shows."""

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum
from itertools import pairwise

from buckstop.domain.words.calendar import CHINA
from buckstop.letters.ball_path.words import ZH_HANS, Words


class Came(StrEnum):
    """How the ball came to a lane, as far as the picture tells ways apart."""

    OPEN = "open"
    PASS = "pass"  # noqa: S105 - a move of the ball
    IDLE = "idle"
    KICK = "kick"
    RULE = "rule"
    TAKEOVER = "takeover"


@dataclass(frozen=True, kw_only=True, slots=True)
class Lane:
    """One who had the ball or owed a task; `short` is the name on a phone."""

    name: str
    what: str = ""
    short: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Hold:
    """One stay of the ball on a lane: `note` is the pass's sentence, `label` its few words."""

    lane: int
    start: datetime
    came: Came
    note: str = ""
    label: str = ""
    due: datetime | None = None
    lapsed: bool = False
    progress: tuple[datetime, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """A duty beside the ball, on its debtor's lane; `open` runs on at the end of the picture."""

    lane: int
    start: datetime
    end: datetime
    name: str
    due: datetime | None = None
    lapsed: bool = False
    open: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """One case to draw; every text is already in the reader's language, every moment aware.

    `key` names the drawing within its page. `end` is the closing, or now; `until` is the
    right edge, by default far enough for the open due time.
    """

    key: str
    title: str
    desc: str
    lanes: tuple[Lane, ...]
    holds: tuple[Hold, ...]
    end: datetime
    closed: bool = False
    until: datetime | None = None
    tasks: tuple[Task, ...] = ()
    contacts: tuple[datetime, ...] = ()
    words: Words = ZH_HANS
    zone: tzinfo = CHINA

    def __post_init__(self) -> None:
        """Refuse what cannot be drawn: no hold, no such lane, holds out of order."""
        if not self.holds:
            msg = "a ball path needs at least one hold"
            raise ValueError(msg)
        lanes = {hold.lane for hold in self.holds} | {task.lane for task in self.tasks}
        if not lanes <= set(range(len(self.lanes))):
            msg = f"a hold or task lies outside the {len(self.lanes)} lanes"
            raise ValueError(msg)
        if any(later < earlier for earlier, later in pairwise(self.stops)):
            msg = "holds come in the order of time, and the end after all of them"
            raise ValueError(msg)

    @property
    def stops(self) -> tuple[datetime, ...]:
        """Every moment at which the ball moved, and the end."""
        return (*(hold.start for hold in self.holds), self.end)

    @property
    def lengths(self) -> tuple[timedelta, ...]:
        """How long each hold lasted."""
        return tuple(later - earlier for earlier, later in pairwise(self.stops))

    @property
    def edge(self) -> datetime:
        """The right edge of the picture, never before its end."""
        if self.until is not None:
            return max(self.until, self.end)
        due = self.holds[-1].due
        if self.closed or due is None:
            return self.end
        # A due time far away may not squeeze the history into a corner.
        return max(self.end, min(due, self.end + (self.end - self.stops[0]) / 3))

    @property
    def spoken(self) -> timedelta:
        """The time that the whole picture spans."""
        return self.edge - self.stops[0]

    def local(self, at: datetime) -> datetime:
        """Turn a moment into the reader's time of day."""
        return at.astimezone(self.zone)

    def kick_numbers(self) -> tuple[int | None, ...]:
        """Count the kicks, hold by hold; None where a hold came otherwise."""
        numbers: list[int | None] = []
        for hold in self.holds:
            kicked = sum(number is not None for number in numbers) + 1
            numbers.append(kicked if hold.came is Came.KICK else None)
        return tuple(numbers)
