"""Joinings that stopped between the two cases, in all houses."""

import structlog

from buckstop.records.cases.joining import settle
from buckstop.records.cases.matches import halves
from buckstop.records.houses.queries import houses
from buckstop.records.log.isolation import inside

_log = structlog.get_logger(__name__)


def resume() -> int:
    """Bring to its end what came to one of two cases only; tell how many there were."""
    found = 0
    for house in houses():
        with inside(house.house):
            left = halves(house.house)
        for first, later in left:
            found += 1
            try:
                settle(house.house, first, later)
            except Exception as error:  # noqa: BLE001 - all others go on
                told = (type(error), error, error.__traceback__)
                _log.error("a joining failed", case=later, house=house.house, exc_info=told)
    return found
