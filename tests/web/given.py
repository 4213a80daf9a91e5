"""A house with people who can sign in, and the ways that people go through its pages."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Protocol
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from buckstop.domain.cases.now import HouseRules
from buckstop.domain.words.ids import CaseId, DeskId, PartyId, PersonId
from buckstop.domain.words.party import CONSUMER
from buckstop.records.cases import queries
from buckstop.records.cases.page import CasePage
from buckstop.records.houses import actions as set_up
from buckstop.records.houses.queries import Name
from buckstop.records.log.isolation import HouseId, inside
from buckstop.records.people import access
from buckstop.records.people.actions import add_person
from buckstop.records.people.links import link_token

PASSWORD = "long and invented"
SERVICE, SUPERVISION = DeskId("service"), DeskId("supervision")
MERCHANT = PartyId("merchant")
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64
STORY = "十月三日在禾间布艺买的沙发，送来少一只脚，打电话说已经签收不管。"
_numbers = count(1)


@dataclass(frozen=True, kw_only=True, slots=True)
class House:
    """A house and who works there."""

    house: HouseId
    word: str
    prefix: str
    agent: PersonId
    colleague: PersonId
    supervisor: PersonId


def house(word: str = "demo", *, demo: bool = False) -> House:
    """Open a house; the one called `demo` is where a visitor lands."""
    prefix = f"W{next(_numbers)}"
    name = Name(hans="和风市集", hant="和風市集", en="Gentle Fair")
    opened = set_up.open_house(slug=word, prefix=prefix, name=name, demo=demo)
    with inside(opened):
        for desk in (SERVICE, SUPERVISION):
            set_up.add_desk(opened, desk, name)
        agent, colleague, supervisor = (
            add_person(
                opened, login=login, name=shown, capacity=role, desk=desk, password=PASSWORD
            )
            for login, shown, role, desk in (
                ("zhouning", "周宁", access.Capacity.AGENT, SERVICE),
                ("dingke", "丁可", access.Capacity.AGENT, SERVICE),
                ("hemin", "何敏", access.Capacity.SUPERVISOR, SUPERVISION),
            )
        )
        set_up.put_on_duty(SERVICE, agent)
        set_up.publish_rules(
            opened,
            HouseRules(version="1", supervisor=supervisor),
            valid_from=datetime(2020, 1, 1, tzinfo=UTC),
        )
    return House(
        house=opened,
        word=word,
        prefix=prefix,
        agent=agent,
        colleague=colleague,
        supervisor=supervisor,
    )


ORDER = {
    "shop": "禾间布艺",
    "item": "三人沙发",
    "shop_mail": "service@hejian.example",
    "shop_phone": "",
    "goods": "other",
    "price": "1,460 元",
    "ordered_on": "2026-10-03",
    "received_on": "2026-10-09",
    "discovered_on": "",
    "order_no": "",
}
WISH = {
    "problem": "missing-part",
    "remedy": "refund",
    "amount": "1460",
    "name": "苏叶",
    "contact": "13800001111",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """A complaint that became a case, and its consumer's browser."""

    client: Client
    number: str
    secret: str
    case: CaseId
    house: HouseId

    def url(self, rest: str = "") -> str:
        """Give an address of the consumer's."""
        return f"/my/{self.number}{rest}"

    def page(self) -> CasePage:
        """Look at the case as its consumer."""
        with inside(self.house):
            return queries.case_page(self.case, access.consumer(self.house, self.case))

    def post(self, rest: str, **fields: Any) -> Any:  # noqa: ANN401 - what a form holds
        """Send a form of the consumer's."""
        return post(self.client, self.url(rest), **fields)


def post(client: Client, url: str, **fields: Any) -> Any:  # noqa: ANN401 - the test client's own
    """Send a form with a fresh token, unless one is given."""
    return client.post(url, {"form_token": str(uuid4()), **fields})


def opened_complaint(at: House, **changes: str) -> Opened:
    """Open a complaint as a consumer does, in three steps."""
    client = Client()
    client.post("/open", {"story": changes.pop("story", STORY), "go": "on"})
    client.post("/open/order", {**ORDER, **changes, "go": "on"})
    client.post("/open/wish", {**WISH, **changes, "go": "on"})
    shown = client.get("/opened").content.decode()
    found = re.search(r"/my/([^/]+)/key/([0-9A-Z-]+)", shown)
    assert found is not None
    number, secret = found.groups()
    with inside(at.house):
        viewer = access.person_of(at.house, at.agent, access.Capacity.AGENT, SERVICE)
        case = queries.case_numbered(number, viewer)
    return Opened(client=client, number=number, secret=secret, case=case, house=at.house)


def at_desk(at: House, login: str) -> Client:
    """Sign somebody of the house in."""
    client = Client()
    answer = client.post(
        "/sign-in", {"login": f"{login}@{at.word}", "password": PASSWORD, "next": "/queue"}
    )
    assert answer.status_code == 302
    return client


def by_link(opened: Opened, party: PartyId = MERCHANT, *, days: int = 7) -> tuple[Client, str]:
    """Open the link that a party was sent; give its browser and the link."""
    now = datetime.now(UTC)
    purpose = "my-case" if party == CONSUMER else "answer"
    with inside(opened.house):
        token = link_token(
            opened.house,
            opened.case,
            party,
            purpose=purpose,
            expires_at=now + timedelta(days=days),
        )
    client = Client()
    client.get(f"/l/{token}")
    return client, f"/l/{token}"


def merchant_refuses(opened: Opened, ground: str = "complete") -> None:
    """Let the merchant say no without proof; after that it was reached, and may be a debtor."""
    merchant, _ = by_link(opened)
    answer = post(
        merchant, f"/answer/{opened.number}/{MERCHANT}", answer="refuse", ground=ground,
        ground_text="已经签收。", go="send",
    )  # fmt: skip
    assert answer.status_code == 302


def picture(name: str = "照片.png", content: bytes = PNG) -> SimpleUploadedFile:
    """Make a file as a browser sends it."""
    return SimpleUploadedFile(name, content, content_type="image/png")


class Read(Protocol):
    """What a page comes as; the test client adds to Django's own."""

    content: bytes


def text_of(answer: Read) -> str:
    """Read a page."""
    return answer.content.decode()
