"""A demonstration house, its people, and a case to work on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.commands import NewParty, OpenCase
from buckstop.domain.cases.now import HouseRules
from buckstop.domain.words.event import Channel, Sealed
from buckstop.domain.words.ids import CaseId, DeskId, PartyId, PersonId
from buckstop.domain.words.money import fen
from buckstop.domain.words.party import CONSUMER, HOUSE, Actor, PartyRole, Role
from buckstop.domain.words.purchase import Goods, Problem, Purchase, Remedy, RemedyKind
from buckstop.records.cases.handle import case_id_of, open_case
from buckstop.records.houses import actions as set_up
from buckstop.records.houses.queries import Name
from buckstop.records.log.isolation import HouseId, inside
from buckstop.records.people import access
from buckstop.records.people.actions import add_person
from buckstop.records.people.vault import seal

MERCHANT = PartyId("merchant")
COURIER = PartyId("courier")
SERVICE, SUPERVISION = DeskId("service"), DeskId("supervision")
NAME = Name(hans="和风市集", hant="和風市集", en="Gentle Fair")
_numbers = count(1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Cast:
    """A house and the people who work there."""

    house: HouseId
    agent: PersonId
    supervisor: PersonId

    @property
    def consumer_acts(self) -> Actor:
        return Actor(role=Role.CONSUMER, party=CONSUMER)

    @property
    def merchant_acts(self) -> Actor:
        return Actor(role=Role.RESPONDENT, party=MERCHANT)

    @property
    def agent_acts(self) -> Actor:
        return Actor(role=Role.AGENT, party=HOUSE, person=self.agent, desk=SERVICE)

    @property
    def supervisor_acts(self) -> Actor:
        return Actor(role=Role.SUPERVISOR, party=HOUSE, person=self.supervisor, desk=SUPERVISION)

    @property
    def agent_looks(self) -> access.Viewer:
        return access.person_of(self.house, self.agent, access.Capacity.AGENT, SERVICE)

    @property
    def supervisor_looks(self) -> access.Viewer:
        return access.person_of(
            self.house, self.supervisor, access.Capacity.SUPERVISOR, SUPERVISION
        )


def key(word: str = "key") -> str:
    """Make a key that nobody used before."""
    return f"{word}-{next(_numbers)}"


def house(*, demo: bool = False, slug: str | None = None) -> Cast:
    """Open a house with an agent and a supervisor."""
    number = next(_numbers)
    word = slug or f"fair{number}"
    opened = set_up.open_house(slug=word, prefix=f"H{number}", name=NAME, demo=demo)
    with inside(opened):
        for desk in (SERVICE, SUPERVISION):
            set_up.add_desk(opened, desk, NAME)
        agent, supervisor = (
            add_person(
                opened, login=login, name=login, capacity=capacity, desk=desk, password=None
            )
            for login, capacity, desk in (
                ("anna", access.Capacity.AGENT, SERVICE),
                ("mei", access.Capacity.SUPERVISOR, SUPERVISION),
            )
        )
        set_up.publish_rules(
            opened,
            HouseRules(version="1", supervisor=supervisor),
            valid_from=datetime(2020, 1, 1, tzinfo=UTC),
        )
    return Cast(house=opened, agent=agent, supervisor=supervisor)


BOUGHT: Mapping[str, str] = {
    "contact": "138 0000 0000",
    "order_no": "A-20260712-0417",
    "shop": "青屿数码店",
    "item": "远帆手机",
}
"""What tells one consumer and purchase from others, as it is typed."""


def complaint(
    cast: Cast, word: str | None = None, *, bought: Mapping[str, str] | None = None, **changes: Any
) -> OpenCase:
    """Write a complaint about a phone against its merchant, who is to answer at once.

    Without `bought` nothing tells whether another is about the same.
    """
    word = word or key("complaint")
    case = case_id_of(cast.house, channel=Channel.WEB, key=word)
    words = bought or {"shop": BOUGHT["shop"]}
    with inside(cast.house):
        title, story, consumer = (
            seal(case, text)
            for text in ("手机黑屏，店家不给保修", "九月五日晚突然黑屏。", "林晓禾")
        )
        own = {name: seal(case, text) for name, text in words.items() if text}
    told: dict[str, Any] = {
        "by": cast.consumer_acts,
        "key": word,
        "number": "",
        "owner": cast.agent,
        "deputy": cast.supervisor,
        "problem": Problem.MALFUNCTION,
        "purchase": Purchase(
            goods=Goods.PHONE,
            price=fen(289_900),
            ordered_on=date(2026, 7, 12),
            received_on=date(2026, 7, 15),
            discovered_on=date(2026, 9, 5),
            order_no=own.get("order_no"),
            item=own.get("item"),
        ),
        "demand": Remedy(kind=RemedyKind.REPAIR),
        "title": title,
        "story": story,
        "consumer": NewParty(
            party=CONSUMER,
            role=PartyRole.CONSUMER,
            name=consumer,
            reach=(Channel.WEB, Channel.PHONE),
            address=own.get("contact"),
        ),
        "respondents": (
            NewParty(
                party=MERCHANT,
                role=PartyRole.MERCHANT,
                name=own["shop"],
                reach=(Channel.CHAT, Channel.PHONE),
            ),
        ),
        "first": MERCHANT,
    }
    return OpenCase(**(told | changes))


def a_case(cast: Cast, at: datetime | None = None, **changes: Any) -> CaseId:
    """Open a case."""
    return open_case(cast.house, complaint(cast, **changes), at=at)


def sealed(cast: Cast, case: CaseId, text: str) -> Sealed:
    """Seal a text of a case."""
    with inside(cast.house):
        return seal(case, text)


def passed_to(cast: Cast, case: CaseId, party: PartyId, *, by: Actor) -> ask.PassBall:
    """Pass the ball to a party and ask for an answer."""
    return ask.PassBall(
        by=by,
        key=key("pass"),
        reason="needs-answer",
        expected="respond",
        sentence=sealed(cast, case, "请两天内答复"),
        to=party,
    )


def said(cast: Cast, case: CaseId, text: str, *, by: Actor) -> ask.SendMessage:
    """Say something in the case."""
    return ask.SendMessage(by=by, key=key("say"), text=sealed(cast, case, text))


LONG = timedelta(days=40)
"""Longer than any house clock but the one for an outside result."""
