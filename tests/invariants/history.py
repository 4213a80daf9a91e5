"""One history of a case: what was asked, what followed, and what must still be there."""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from datetime import timedelta
from fractions import Fraction
from typing import Any

from buckstop.domain.buck_passing.from_case import trail_of
from buckstop.domain.buck_passing.index import score
from buckstop.domain.buck_passing.trail import Trail
from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import LapseReversed
from buckstop.domain.cases.state.case import Case
from buckstop.domain.words.event import Entry, Event, Sealed
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER
from tests.domain.cases.cast import Table


@dataclass
class History:
    """A case on a table, with what was seen of it before the last step."""

    table: Table
    trail: Trail = field(init=False)
    kept: tuple[Entry, ...] = ()
    points: Fraction = Fraction(0)
    points_before: Fraction = Fraction(0)
    new: tuple[Event, ...] = ()
    sent: set[str] = field(default_factory=set)
    found: set[str] = field(default_factory=set)
    refused: NotAllowed | None = None
    told: ask.Command | None = None

    def __post_init__(self) -> None:
        """Look at where it begins."""
        self._look()

    @property
    def case(self) -> Case:
        """The case as it stands."""
        return self.table.case

    @property
    def log(self) -> list[Entry]:
        """Everything that happened."""
        return self.table.log

    def asks(self, command: ask.Command) -> bool:
        """Ask, in words of its own; tell whether that was accepted."""
        self.told, self.refused = self._in_own_words(command), None
        return self._asks(self.told)

    def asks_again(self) -> bool:
        """Ask once more what was asked last."""
        assert self.told is not None
        return self._asks(self.told)

    def waits(self, hours: int) -> None:
        """Let time pass."""
        self.told = self.refused = None
        self.table.waits(hours=hours)
        self._look()

    def is_set_back(self, hours: int) -> None:
        """Set the clock back; a case's own time never goes before its last entry."""
        self.told = self.refused = None
        back = self.table.at - timedelta(hours=hours)
        self.table.at = max(back, self.case.last_at or back)
        self.points = Fraction(0)  # what is late is less so, and counts on from here
        self._look()

    def _asks(self, told: ask.Command) -> bool:
        try:
            self.table.play(told)
        except NotAllowed as no:
            self.refused = no
        else:
            self.refused = None
            if told.by.party == CONSUMER:
                self.sent |= set(refs(told))
        self._look()
        return self.refused is None

    def _in_own_words(self, command: ask.Command) -> ask.Command:
        """Give each text of a command a name of its own, so that it can be found again."""
        texts: dict[str, Any] = {
            told.name: replace(getattr(command, told.name), ref=f"{told.name}-{len(self.log)}")
            for told in fields(command)
            if isinstance(getattr(command, told.name), Sealed)
        }
        return replace(command, **texts)

    def _look(self) -> None:
        """Note what the step brought."""
        self.new = tuple(entry.event for entry in self.log[len(self.kept) :])
        self.found.update(ref for event in self.new for ref in refs(event))
        self.trail = trail_of(self.log, self.table.at)
        self.points_before, self.points = self.points, score(self.trail).points

    def is_over(self) -> None:
        """Keep what was looked at: from now on it must not change."""
        self.kept = tuple(self.log)

    @property
    def corrected(self) -> bool:
        """Whether the step took a lapse back, the one thing that lowers the index."""
        return any(isinstance(event, LapseReversed) for event in self.new)


def refs(value: object) -> Iterator[str]:
    """Name every personal text that a value holds."""
    if isinstance(value, Sealed):
        yield value.ref
    elif isinstance(value, tuple):
        for one in value:
            yield from refs(one)
    elif is_dataclass(value):
        for told in fields(value):
            yield from refs(getattr(value, told.name))
