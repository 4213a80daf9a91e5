"""The stories as live cases of demo houses, at different stages as of today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from buckstop.domain.cases.now import HouseRules
from stories import fuel_card_as_it_went
from stories.book import BOOK
from stories.house import RULES, STAFF
from stories.scene import Player, Scene
from stories.script import Run
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

    run: Run
    days_ago: int
    until: int | None = None
    setting: Setting = HERE


def _only_run(name: str) -> Run:
    (run,) = BOOK[name].runs
    return run


_BEFORE, _HERE = BOOK["fuel-card"].runs
LIVE: Mapping[str, Live] = {
    "ball-game": Live(run=_only_run("ball-game"), days_ago=5, until=4),
    "phone-warranty": Live(run=_only_run("phone-warranty"), days_ago=13, until=12),
    "refund-not-received": Live(run=_only_run("refund-not-received"), days_ago=1, until=0),
    "gave-up": Live(run=_only_run("gave-up"), days_ago=10, until=8),
    "bad-faith": Live(run=_only_run("bad-faith"), days_ago=3, until=2),
    "fuel-card": Live(run=_HERE, days_ago=40),
    "fuel-card-as-it-went": Live(run=_BEFORE, days_ago=219, setting=BEFORE),
}


def load(world: World, setting: Setting, today: date) -> dict[str, Scene]:
    """Tell every live case of one house in its world; the scenes come back by name."""
    return {
        name: live.run.tell(world, today - timedelta(days=live.days_ago), until=live.until)
        for name, live in LIVE.items()
        if live.setting is setting
    }
