"""How much is measured: enough to mean something, little enough for a shared machine."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Sizes:
    """Counts of things, and seconds that each kind of load may take at the most."""

    openings: int = 240
    messages: int = 300
    entries: tuple[int, ...] = (25, 100, 250)
    looks: int = 40
    originals: int = 100
    queues: tuple[int, ...] = (100, 1_000, 10_000)
    lapses: tuple[int, ...] = (10, 30, 90)
    seconds: float = 12.0


USUAL = Sizes()
MILLION = Sizes(queues=(10_000, 100_000, 1_000_000))
"""For the queue, search and sweep alone; how long it takes to load stands in docs/speed.md."""
TINY = Sizes(
    openings=8,
    messages=8,
    entries=(10,),
    looks=2,
    originals=2,
    queues=(2, 6),
    lapses=(2,),
    seconds=2.0,
)
"""For a test that the table can be made."""
