"""Who may see and do what: the one place where that is decided, whatever the door."""

from dataclasses import dataclass
from enum import StrEnum

from buckstop.domain.words.ids import CaseId, DeskId, PartyId, PersonId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, HOUSE, Actor, Role
from buckstop.records.log.isolation import HouseId


class Capacity(StrEnum):
    """In what capacity somebody looks."""

    CONSUMER = "consumer"
    RESPONDENT = "respondent"
    AGENT = "agent"
    SUPERVISOR = "supervisor"
    FINANCE = "finance"
    ADMIN = "admin"


DESK_PEOPLE = frozenset({Capacity.AGENT, Capacity.SUPERVISOR, Capacity.FINANCE})
"""Who sees the cases of the house; an administrator sets it up and sees none."""

_ROLES = {
    Capacity.CONSUMER: Role.CONSUMER,
    Capacity.RESPONDENT: Role.RESPONDENT,
    Capacity.AGENT: Role.AGENT,
    Capacity.SUPERVISOR: Role.SUPERVISOR,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Viewer:
    """Who looks. A party looks at one `case` only; people of the house have a `person`."""

    house: HouseId
    capacity: Capacity
    party: PartyId
    case: CaseId | None = None
    person: PersonId | None = None
    desk: DeskId | None = None

    @property
    def actor(self) -> Actor:
        """Say who acts when the viewer does. Raises NotAllowed for those who only look."""
        role = _ROLES.get(self.capacity)
        if role is None:
            raise NotAllowed("only-looks", capacity=self.capacity)
        return Actor(role=role, party=self.party, person=self.person, desk=self.desk)


def consumer(house: HouseId, case: CaseId) -> Viewer:
    """Return the consumer of a case."""
    return Viewer(house=house, capacity=Capacity.CONSUMER, party=CONSUMER, case=case)


def party_of(house: HouseId, case: CaseId, party: PartyId) -> Viewer:
    """Return a party of a case, as its links name it."""
    capacity = Capacity.CONSUMER if party == CONSUMER else Capacity.RESPONDENT
    return Viewer(house=house, capacity=capacity, party=party, case=case)


def person_of(house: HouseId, person: PersonId, capacity: Capacity, desk: DeskId | None) -> Viewer:
    """Return somebody who works at the house."""
    return Viewer(house=house, capacity=capacity, party=HOUSE, person=person, desk=desk)


def may_see(viewer: Viewer, *, house: HouseId, case: CaseId) -> bool:
    """Tell whether the viewer may open a case at all."""
    if viewer.house != house:
        return False
    if viewer.capacity in DESK_PEOPLE:
        return True
    return viewer.case == case


def require_sight(viewer: Viewer, *, house: HouseId, case: CaseId) -> None:
    """Raise NotAllowed as if there were no such case, so that nobody learns which exist."""
    if not may_see(viewer, house=house, case=case):
        raise NotAllowed("no-such-case")


def require(viewer: Viewer, *capacities: Capacity) -> None:
    """Raise NotAllowed unless the viewer looks in one of these capacities."""
    if viewer.capacity not in capacities:
        raise NotAllowed("not-yours", capacity=viewer.capacity)
