"""What the tests of the people begin with."""

from uuid import uuid4

from buckstop.domain.words.ids import CaseId, DeskId, PersonId
from buckstop.records.houses.actions import open_house
from buckstop.records.houses.queries import Name
from buckstop.records.log.isolation import HouseId
from buckstop.records.people.access import Capacity, Viewer, person_of


def a_house(slug: str = "qinghe", prefix: str = "QH") -> HouseId:
    """Open a house."""
    return open_house(slug=slug, prefix=prefix, name=Name(hans="青禾", hant="青禾", en="Qinghe"))


def a_case() -> CaseId:
    """Name a case."""
    return CaseId(str(uuid4()))


def somebody(house: HouseId, capacity: Capacity = Capacity.AGENT) -> Viewer:
    """Return the eyes of somebody who works at the house."""
    return person_of(house, PersonId(str(uuid4())), capacity, DeskId("service"))
