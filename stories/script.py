"""What a story is made of: acts on their days, in a house with its rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from buckstop.domain.cases.now import HouseRules
from stories.house import RULES
from stories.scene import Act, Scene, When
from stories.world import World


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """One way it went; `name` tells it from the other runs of its story.

    What only holds from some day on is told from there: `not_before` says from which day, and
    `moved_to` where the run begins instead of earlier.
    """

    acts: Sequence[tuple[When, Act]]
    rules: HouseRules = RULES
    name: str = ""
    not_before: date = date.min
    moved_to: date = date.min

    @property
    def lasts(self) -> int:
        """Days from the complaint to the last act."""
        (day, _, _), _ = self.acts[-1]
        return day

    def tell(self, world: World, start: date, *, until: int | None = None) -> Scene:
        """Tell it in a world from a day, as far as day `until`."""
        begins = start if start >= self.not_before else self.moved_to
        scene = Scene(world, start=begins, rules=self.rules)
        scene.tell(self.acts, self.lasts if until is None else until, self.lasts)
        return scene


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """One script, told from `start` where no other day is named.

    `later` are the parts that are not built yet.
    """

    name: str
    start: date
    runs: tuple[Run, ...]
    later: tuple[str, ...]

    def tell(self, world: World, start: date, *, until: int | None = None) -> tuple[Scene, ...]:
        """Tell every run."""
        return tuple(run.tell(world, start, until=until) for run in self.runs)
