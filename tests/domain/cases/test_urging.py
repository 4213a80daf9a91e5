"""Urging: recorded, limited, shown, and it moves no clock."""

import pytest

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import (
    Urged,
)
from buckstop.domain.words.not_allowed import NotAllowed
from tests.domain.cases.cast import (
    AGENT,
    AT_MERCHANT,
    MERCHANT,
    SU,
    given,
    of,
)


def test_urging_is_recorded_shows_the_holder_and_moves_no_clock() -> None:
    table = given()
    before = table.case.clocks

    facts = table.does(SU, ask.Urge)

    assert of(facts, Urged).holder == MERCHANT
    assert table.case.clocks == before


def test_urging_is_limited_by_day_for_each_who_urges() -> None:
    table = given()
    table.does(AGENT, ask.Urge)
    table.does(SU, ask.Urge)
    table.does(SU, ask.Urge)

    with pytest.raises(NotAllowed, match="urged-enough"):
        table.does(SU, ask.Urge)
    table.waits(days=1)
    assert table.does(SU, ask.Urge)


def test_urging_oneself_is_none() -> None:
    with pytest.raises(NotAllowed, match="your-turn"):
        given().does(AT_MERCHANT, ask.Urge)
