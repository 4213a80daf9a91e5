"""Through whose eyes the public pages of a demonstration look."""

from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.records.houses import queries as houses
from buckstop.records.log.isolation import HouseId
from buckstop.records.people import queries as people
from buckstop.records.people.access import Capacity, Viewer, person_of


def need_demo(house: HouseId) -> None:
    """Refuse what is for demonstrations only, as if there were no such page."""
    if not houses.house(house).demo:
        raise NotAllowed("no-such-case")


def demo_eyes(house: HouseId) -> Viewer | None:
    """Look as the first supervisor, since everything in a demonstration is invented."""
    staff = people.colleagues()
    first = next((c for c in staff if c.capacity is Capacity.SUPERVISOR), None)
    if first is None:
        return None
    return person_of(house, first.person, first.capacity, first.desk)
