"""All the stories, by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Protocol

from stories import (
    bad_faith,
    ball_game,
    fuel_card,
    gave_up,
    phone_warranty,
    refund_not_received,
)
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
    """One script. `runs` names and titles the scenes where there are several.

    `later` are the parts that are not built yet.
    """

    name: str
    title: str
    start: date
    tell: Tell
    stage: Stage
    runs: tuple[tuple[str, str], ...] = ()
    later: tuple[str, ...] = ()


_STORIES = (
    Story(
        name="fuel-card",
        title=fuel_card.TITLE,
        start=date(2016, 3, 4),
        tell=fuel_card.tell,
        stage=Stage(days_ago=230, until=218),
        runs=fuel_card.RUNS,
        later=(
            "同一发卡方的群体事件",
            "先行赔付的账：垫付、追偿、核销逐笔平账",
        ),
    ),
    Story(
        name="ball-game",
        title=ball_game.TITLE,
        start=date(2026, 11, 2),
        tell=ball_game.tell,
        stage=Stage(days_ago=5, until=4),
        later=("商家因来回推被记入信用分",),
    ),
    Story(
        name="phone-warranty",
        title=phone_warranty.TITLE,
        start=date(2026, 11, 6),
        tell=phone_warranty.tell,
        stage=Stage(days_ago=13, until=12),
        later=("同型号的批次问题（群体事件）",),
    ),
    Story(
        name="refund-not-received",
        title=refund_not_received.TITLE,
        start=date(2026, 11, 16),
        tell=refund_not_received.tell,
        stage=Stage(days_ago=1, until=0),
        later=("付款记录的自动核对",),
    ),
    Story(
        name="gave-up",
        title=gave_up.TITLE,
        start=date(2026, 11, 9),
        tell=gave_up.tell,
        stage=Stage(days_ago=10, until=8),
        later=("放弃的案件单独统计的报表",),
    ),
    Story(
        name="bad-faith",
        title=bad_faith.TITLE,
        start=date(2026, 11, 10),
        tell=bad_faith.tell,
        stage=Stage(days_ago=3, until=2),
        later=("同一人多起索赔的识别",),
    ),
)
BOOK: Mapping[str, Story] = MappingProxyType({story.name: story for story in _STORIES})
"""Every story by its name."""
