"""Keeping the counts of the queue short to add up, in all houses."""

from buckstop.records.cases.counts import compact
from buckstop.records.houses.queries import houses
from buckstop.records.log.isolation import inside


def add_up() -> None:
    """Add up what was noted since last time, house by house."""
    for house in houses():
        with inside(house.house):
            compact(house.house)
