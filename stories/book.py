"""All the stories, by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Protocol

from stories import ball_game
from stories.scene import Scene
from stories.world import World


class Tell(Protocol):
    """How a story is told: in a world, from a day, as far as another."""

    def __call__(self, world: World, start: date, *, until: int = ...) -> tuple[Scene, ...]:
        """Tell it; one scene for every run."""
        ...


@dataclass(frozen=True, slots=True)
class Stage:
    """How a story stands in a demo house: begun how many days ago, told how far."""

    days_ago: int
    until: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """One script. `runs` names the scenes where there are several; `later` is not built yet."""

    name: str
    title: str
    start: date
    tell: Tell
    stage: Stage
    runs: tuple[str, ...] = ()
    later: tuple[str, ...] = ()


_STORIES = (
    Story(
        name="ball-game",
        title=ball_game.TITLE,
        start=date(2026, 11, 2),
        tell=ball_game.tell,
        stage=Stage(days_ago=5, until=4),
        later=("商家因来回推被记入信用分",),
    ),
)
BOOK: Mapping[str, Story] = MappingProxyType({story.name: story for story in _STORIES})
"""Every story by its name."""
