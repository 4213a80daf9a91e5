"""A story told once, for the tests that look at it."""

from datetime import date
from functools import cache

from stories.book import BOOK
from stories.scene import Scene
from stories.world import Memory


@cache
def told(name: str, start: date | None = None, until: int | None = None) -> tuple[Scene, ...]:
    """Tell a story in memory."""
    story = BOOK[name]
    return story.tell(Memory(), start or story.start, until=until)
