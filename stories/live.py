"""The stories as live cases of demo houses, at different stages as of today."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from buckstop.domain.cases.now import HouseRules
from stories import fuel_card, fuel_card_as_it_went
from stories.book import BOOK
from stories.house import RULES, STAFF
from stories.scene import Player, Scene
from stories.world import World


@dataclass(frozen=True, kw_only=True, slots=True)
class Setting:
    """A house as the stories need it."""

    word: str
    prefix: str
    rules: HouseRules
    staff: tuple[Player, ...]


HERE = Setting(word="demo", prefix="GL", rules=RULES, staff=STAFF)
BEFORE = Setting(
    word="before",
    prefix="JL",
    rules=fuel_card_as_it_went.RULES,
    staff=fuel_card_as_it_went.STAFF,
)
SETTINGS = (HERE, BEFORE)
LONGEST_AGO = 230
"""Days before today on which the first live case begins, at the most."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Live:
    """One case of a demo house: begun so many days ago, and told up to yesterday at the latest."""

    setting: Setting
    days_ago: int
    tell: Callable[[World, date], Scene]


def _staged(name: str) -> Live:
    """Set a story of one run on the stage that its book names."""
    story = BOOK[name]

    def tell(world: World, start: date) -> Scene:
        (scene,) = story.tell(world, start, until=story.stage.until)
        return scene

    return Live(setting=HERE, days_ago=story.stage.days_ago, tell=tell)


LIVE: Mapping[str, Live] = {
    **{name: _staged(name) for name, story in BOOK.items() if not story.runs},
    "fuel-card": Live(setting=HERE, days_ago=40, tell=fuel_card.as_here),
    "fuel-card-as-it-went": Live(
        setting=BEFORE, days_ago=219, tell=fuel_card_as_it_went.as_it_went
    ),
}


def load(world: World, setting: Setting, today: date) -> dict[str, Scene]:
    """Tell every live case of one house in its world; the scenes come back by name."""
    return {
        name: live.tell(world, today - timedelta(days=live.days_ago))
        for name, live in LIVE.items()
        if live.setting is setting
    }
