"""The links that parties are sent, for who walks by them."""

from datetime import UTC, datetime, timedelta

from buckstop.domain.words.ids import PartyId
from buckstop.records.cases import queries
from buckstop.records.houses.queries import house_called
from buckstop.records.log.isolation import inside
from buckstop.records.people.links import link_token
from buckstop.web.demo_eyes import demo_eyes


def link_of(number: str, party: str = "merchant") -> str:
    """Make a link to a case of the house `demo` for one of its parties."""
    house = house_called("demo")
    assert house is not None
    with inside(house.house):
        eyes = demo_eyes(house.house)
        assert eyes is not None
        case = queries.case_numbered(number, eyes)
        token = link_token(
            house.house,
            case,
            PartyId(party),
            purpose="answer",
            expires_at=datetime.now(UTC) + timedelta(days=7),
        )
    return f"/l/{token}"
