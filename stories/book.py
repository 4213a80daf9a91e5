"""All the stories, by name."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from stories import (
    bad_faith,
    ball_game,
    fuel_card,
    gave_up,
    phone_warranty,
    refund_not_received,
)
from stories.script import Run, Story

_STORIES = (
    Story(
        name="fuel-card",
        title=fuel_card.TITLE,
        start=date(2016, 3, 4),
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
        runs=(Run(acts=ball_game.ACTS),),
        later=("商家因来回推被记入信用分",),
    ),
    Story(
        name="phone-warranty",
        title=phone_warranty.TITLE,
        start=date(2026, 11, 6),
        runs=(Run(acts=phone_warranty.ACTS),),
        later=("同型号的批次问题（群体事件）",),
    ),
    Story(
        name="refund-not-received",
        title=refund_not_received.TITLE,
        start=date(2026, 11, 16),
        runs=(Run(acts=refund_not_received.ACTS),),
        later=("付款记录的自动核对",),
    ),
    Story(
        name="gave-up",
        title=gave_up.TITLE,
        start=date(2026, 11, 9),
        runs=(Run(acts=gave_up.ACTS),),
        later=("放弃的案件单独统计的报表",),
    ),
    Story(
        name="bad-faith",
        title=bad_faith.TITLE,
        start=date(2026, 11, 10),
        runs=(Run(acts=bad_faith.ACTS),),
        later=("同一人多起索赔的识别",),
    ),
)
BOOK: Mapping[str, Story] = MappingProxyType({story.name: story for story in _STORIES})
"""Every story by its name."""
