"""The parts of a running site are kept running."""

import pytest

from buckstop import database
from buckstop.cli.parts import LONGEST_PAUSE, STEADY, Part, keep_up, must_live, running

ENDS_AT_ONCE = "keyword"
"""A module that has nothing to do when it is run."""


def die(part: Part) -> None:
    part.process.wait(30)


def test_a_part_that_dies_at_once_is_started_again_later_each_time_and_ends_nothing() -> None:
    pauses: list[float] = []
    with running(ENDS_AT_ONCE, needed=False) as part:
        now = part.since
        for _ in range(9):
            dead = part.process
            die(part)
            keep_up(part, now)
            pauses.append(part.pause)
            assert part.process is dead
            now += part.pause
            keep_up(part, now)
            assert part.process is not dead
    assert pauses[:4] == [1, 2, 4, 8]
    assert pauses[-1] == LONGEST_PAUSE


def test_a_part_that_had_lived_is_started_again_now() -> None:
    with running(ENDS_AT_ONCE, needed=True) as part:
        dead = part.process
        die(part)
        keep_up(part, part.since + STEADY)
        assert part.process is not dead


def test_pages_that_die_at_once_end_the_start_with_a_plain_sentence() -> None:
    with running(ENDS_AT_ONCE, needed=True) as part:
        die(part)
        with pytest.raises(database.Unusable, match="ended at once"):
            keep_up(part, part.since)


def test_pages_that_die_before_they_answer_end_the_start_however_long_they_took() -> None:
    with running(ENDS_AT_ONCE, needed=True) as part:
        die(part)
        with pytest.raises(database.Unusable, match="its words stand above"):
            must_live(part)
