"""A house to measure at, its people, and complaints against an invented shop."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

from django.db import transaction

from buckstop.domain.cases.commands import NewParty, OpenCase, SendMessage
from buckstop.domain.cases.now import HouseRules
from buckstop.domain.words.event import Channel
from buckstop.domain.words.ids import CaseId, DeskId, PartyId, PersonId
from buckstop.domain.words.money import fen
from buckstop.domain.words.party import CONSUMER, HOUSE, Actor, PartyRole, Role
from buckstop.domain.words.purchase import Goods, Problem, Purchase, Remedy, RemedyKind
from buckstop.records.cases.handle import case_id_of, handle, open_case
from buckstop.records.houses import actions as houses
from buckstop.records.houses.queries import Name
from buckstop.records.log import store
from buckstop.records.log.isolation import HouseId, inside
from buckstop.records.people.access import Capacity, Viewer, person_of
from buckstop.records.people.actions import add_person
from buckstop.records.people.vault import seal

PASSWORD = "only for measuring"  # noqa: S105 - of people made up for one run
DESK = DeskId("service")
SHOP = PartyId("merchant")
_numbers = count(1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A house with one agent, who leads its only desk."""

    house: HouseId
    word: str
    agent: PersonId

    @property
    def viewer(self) -> Viewer:
        """Look as the agent."""
        return person_of(self.house, self.agent, Capacity.AGENT, DESK)

    @property
    def login(self) -> str:
        """Name the agent's account."""
        return f"anna@{self.word}"


@transaction.atomic  # the worker is at it from the moment it is seen
def open_house(word: str, prefix: str, *, own_clock: bool = False) -> Place:
    """Open a house; one with its own clock can be told that time has passed."""
    name = Name(hans="试跑市集", hant="試跑市集", en="Trial Fair")
    house = houses.open_house(slug=word, prefix=prefix, name=name)
    with inside(house):
        if own_clock:
            store.bring_clock(house, ahead_seconds=0)
        houses.add_desk(house, DESK, name)
        agent, supervisor = (
            add_person(
                house, login=login, name=shown, capacity=capacity, desk=DESK, password=PASSWORD
            )
            for login, shown, capacity in (
                ("anna", "安宁", Capacity.AGENT),
                ("mei", "梅青", Capacity.SUPERVISOR),
            )
        )
        houses.put_on_duty(DESK, agent)
        houses.publish_rules(
            house,
            HouseRules(version="1", supervisor=supervisor),
            valid_from=datetime(2020, 1, 1, tzinfo=UTC),
        )
    return Place(house=house, word=word, agent=agent)


def open_one(at: Place, *, when: datetime | None = None, first: PartyId | None = None) -> CaseId:
    """Open a case about a phone; `first` is to answer, else the desk is."""
    key = f"complaint-{next(_numbers)}"
    case = case_id_of(at.house, channel=Channel.WEB, key=key)
    with inside(at.house):
        title, story, consumer, shop = (
            seal(case, text)
            for text in (f"手机黑屏，店家不给保修：{key}", _STORY, "林晓禾", "青屿数码店")
        )
    command = OpenCase(
        by=Actor(role=Role.CONSUMER, party=CONSUMER),
        key=key,
        number="",
        owner=at.agent,
        deputy=None,
        problem=Problem.MALFUNCTION,
        purchase=Purchase(
            goods=Goods.PHONE,
            price=fen(289_900),
            ordered_on=_BOUGHT,
            received_on=_RECEIVED,
            discovered_on=_NOTICED,
        ),
        demand=Remedy(kind=RemedyKind.REPAIR),
        title=title,
        story=story,
        consumer=NewParty(
            party=CONSUMER, role=PartyRole.CONSUMER, name=consumer, reach=(Channel.PHONE,)
        ),
        respondents=(
            NewParty(party=SHOP, role=PartyRole.MERCHANT, name=shop, reach=(Channel.MAIL,)),
        ),
        first=first,
    )
    return open_case(at.house, command, at=when)


def open_cases(at: Place, many: int) -> list[CaseId]:
    """Open cases in a house with its own clock, spread over the minutes before now."""
    now = datetime.now(UTC)
    # Not long ago, or clocks of their copies would run out while those are looked at.
    whens = [now - timedelta(seconds=7 * number) for number in range(many)]
    with inside(at.house):  # one transaction: what is waited for is not measured here
        return [open_one(at, when=when) for when in reversed(whens)]


def talk(at: Place, case: CaseId, *, entries: int) -> None:
    """Let consumer and desk write to each other until the log has so many entries."""
    sides = (
        Actor(role=Role.CONSUMER, party=CONSUMER),
        Actor(role=Role.AGENT, party=HOUSE, person=at.agent, desk=DESK),
    )
    with inside(at.house):
        while (end := store.head(case).seq) < entries:
            text = seal(case, f"第{end}句：请看一下昨天发的照片，屏幕左下角有一条线。")
            key = f"message-{next(_numbers)}"
            handle(case, SendMessage(by=sides[end % 2], key=key, text=text))


_STORY = "九月五日晚手机突然黑屏，店家说是人为损坏，不给保修。打过三次电话，都说会回电。"
_BOUGHT = datetime.now(UTC).date() - timedelta(days=40)
_RECEIVED = _BOUGHT + timedelta(days=3)
_NOTICED = _BOUGHT + timedelta(days=30)
STORY = {"story": _STORY}


def order(number: int) -> dict[str, str]:
    """Type what was bought, by the consumer of this number."""
    return {
        "shop": "青屿数码店",
        "item": "远帆手机",
        "shop_mail": "service@qingyu.example",
        "goods": "phone",
        "price": "2899",
        "ordered_on": str(_BOUGHT),
        "received_on": str(_RECEIVED),
        "discovered_on": str(_NOTICED),
        "order_no": f"{_BOUGHT:%Y%m%d}-{number:05}",
    }


def wish(number: int) -> dict[str, str]:
    """Type what is wanted; nobody has the contact of another, whose case would be the same."""
    return {
        "problem": "malfunction",
        "remedy": "repair",
        "name": "林晓禾",
        "contact": f"138{number:08}",
    }
