"""Who may see a case is decided in one place."""

import pytest

from buckstop.domain.words.ids import PartyId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, HOUSE, Role
from buckstop.records.log.isolation import HouseId
from buckstop.records.people.access import (
    Capacity,
    consumer,
    may_see,
    party_of,
    require,
    require_sight,
)
from tests.records.people.given import a_case, somebody

MINE, OTHER = HouseId("mine"), HouseId("other")


@pytest.mark.parametrize("capacity", [Capacity.AGENT, Capacity.SUPERVISOR, Capacity.FINANCE])
def test_people_of_the_house_see_its_cases_and_no_other_s(capacity: Capacity) -> None:
    viewer = somebody(MINE, capacity)

    assert may_see(viewer, house=MINE, case=a_case())
    assert not may_see(viewer, house=OTHER, case=a_case())


def test_an_administrator_sees_no_case() -> None:
    assert not may_see(somebody(MINE, Capacity.ADMIN), house=MINE, case=a_case())


@pytest.mark.parametrize("party", [CONSUMER, PartyId("merchant")])
def test_a_party_sees_its_own_case_only(party: PartyId) -> None:
    case = a_case()
    viewer = party_of(MINE, case, party)

    assert may_see(viewer, house=MINE, case=case)
    assert not may_see(viewer, house=MINE, case=a_case())
    assert not may_see(viewer, house=OTHER, case=case)


def test_a_case_that_may_not_be_seen_seems_not_to_exist() -> None:
    with pytest.raises(NotAllowed, match="no-such-case"):
        require_sight(consumer(MINE, a_case()), house=MINE, case=a_case())


def test_an_act_of_supervisors_is_not_an_agent_s() -> None:
    require(somebody(MINE, Capacity.SUPERVISOR), Capacity.SUPERVISOR)
    with pytest.raises(NotAllowed, match="not-yours"):
        require(somebody(MINE), Capacity.SUPERVISOR)


def test_who_looks_acts_as_who_they_are() -> None:
    agent = somebody(MINE)

    assert (agent.actor.role, agent.actor.party) == (Role.AGENT, HOUSE)
    assert (agent.actor.person, agent.actor.desk) == (agent.person, agent.desk)
    assert consumer(MINE, a_case()).actor.role == Role.CONSUMER
    with pytest.raises(NotAllowed, match="only-looks"):
        _ = somebody(MINE, Capacity.FINANCE).actor
