"""A story comes out the same whenever it begins."""

from datetime import date

import pytest

from buckstop.domain.cases.state.case import replay
from stories.book import BOOK
from stories.sums import Json, sums
from tests.stories.given import told
from tests.stories.starts import STARTS

DATED = {"case", "events"}
"""The number carries the day; reminders depend on how long a clock runs."""


def summed(name: str, start: date | None) -> list[dict[str, Json]]:
    """Count what happened, without what depends on the day."""
    return [
        {key: value for key, value in sums(scene).items() if key not in DATED}
        for scene in told(name, start)
    ]


@pytest.mark.parametrize("name", BOOK)
@pytest.mark.parametrize("start", STARTS, ids=str)
def test_a_story_comes_out_the_same_whenever_it_begins(name: str, start: date) -> None:
    assert summed(name, start) == summed(name, None)


@pytest.mark.parametrize("name", BOOK)
def test_replaying_the_log_of_a_story_gives_the_same_state_at_every_length(name: str) -> None:
    for scene in told(name):
        entries = scene.entries
        state = replay(())
        for entry in entries:
            state = state.after(entry)
        assert state == replay(entries) == scene.case


@pytest.mark.parametrize("name", BOOK)
def test_a_story_told_in_part_is_the_beginning_of_the_whole(name: str) -> None:
    until = min(run.lasts for run in BOOK[name].runs) - 1
    for part, whole in zip(told(name, None, until), told(name), strict=True):
        assert part.entries == whole.entries[: len(part.entries)]
