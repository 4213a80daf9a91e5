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
        start=date(2016, 3, 4),
        runs=fuel_card.RUNS,
        later=(
            "incident-of-issuer",
            "ledger",
        ),
    ),
    Story(
        name="ball-game",
        start=date(2026, 11, 2),
        runs=(Run(acts=ball_game.ACTS),),
        later=("merchant-standing",),
    ),
    Story(
        name="phone-warranty",
        start=date(2026, 11, 6),
        runs=(Run(acts=phone_warranty.ACTS),),
        later=("batch",),
    ),
    Story(
        name="refund-not-received",
        start=date(2026, 11, 16),
        runs=(Run(acts=refund_not_received.ACTS),),
        later=("payment-check",),
    ),
    Story(
        name="gave-up",
        start=date(2026, 11, 9),
        runs=(Run(acts=gave_up.ACTS),),
        later=("report-of-giving-up",),
    ),
    Story(
        name="bad-faith",
        start=date(2026, 11, 10),
        runs=(Run(acts=bad_faith.ACTS),),
        later=("serial-claims",),
    ),
)
BOOK: Mapping[str, Story] = MappingProxyType({story.name: story for story in _STORIES})
"""Every story by its name."""
