"""A case with everything in it, everybody it is not for, and all that they can tell of it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, get_resolver
from django.urls.resolvers import URLResolver

from buckstop.records.log import store
from buckstop.records.log.isolation import inside
from buckstop.records.people.access import Capacity
from buckstop.records.people.actions import add_person, let_go
from buckstop.records.people.links import revoke_links
from buckstop.records.people.models import Link, ReadTrace
from buckstop.records.people.queries import colleagues
from buckstop.web.seats import MINE, PUBLIC, RESPONDENT
from tests.web.browsing import Browser
from tests.web.kit import (
    PASSWORD,
    SERVICE,
    SHOP,
    STORY,
    Fair,
    Scene,
    a_house,
    a_scene,
    order,
    wish,
)

FILE_NAME, FILE_TEXT = "发票第七页.txt", "发票抬头是买家本人"
MESSAGE, NOTE = "请在周五前给我回信", "店家的电话打不通"
TOLD = ("林晓禾", "青屿数码店", "远帆手机", STORY, "2,899", "13800000000", FILE_NAME,
        "service@qingyu.example", "20260712-0417", FILE_TEXT, MESSAGE, NOTE)  # fmt: skip
"""Words that stand in the case."""

_DIFFER = {"Expires", "X-Request-Id"}
_PART = re.compile(r"<(?:\w+:)?(\w+)>")
_DRAWN = re.compile(r'(?<=csrfmiddlewaretoken" value=")\w+|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-\w{12}')


@dataclass(frozen=True, kw_only=True, slots=True)
class Whole:
    """A case at which everybody has been, and the digest of the file that lies in it."""

    scene: Scene
    digest: str

    def state(self) -> tuple[int, bytes, int]:
        """Say how far its log has come, and how often anybody read it."""
        house = self.scene.fair.house
        case = self.scene.fair.case(self.scene.number)
        with inside(house):
            head = store.head(case)
            return head.seq, head.digest, ReadTrace.objects.filter(house=house).count()


def a_whole_case(fair: Fair) -> Whole:
    """Open a case and let everybody say something in it."""
    scene = a_scene(fair)
    paper = SimpleUploadedFile(FILE_NAME, FILE_TEXT.encode())
    page = scene.consumer.get(f"{scene.mine}/evidence")
    scene.consumer.fill(page, "kind", kind="invoice", attached=[paper])
    scene.consumer.fill(scene.consumer.get(scene.mine), "text", text=MESSAGE)
    scene.agent.fill(scene.agent.get(scene.desk), "as", text=NOTE, **{"as": "note"})
    return Whole(scene=scene, digest=scene.look().evidence[0].sha256)


def another_complaint(fair: Fair) -> tuple[Browser, str]:
    """Open a case of somebody else about something else; give its number."""
    browser = Browser()
    browser.fill(browser.get("/open"), "story", story="买的台灯不亮。")
    told = order(fair, shop="石桥灯具", item="台灯", shop_mail="a@shiqiao.example", price="80",
                 order_no="77-001")  # fmt: skip
    browser.fill(browser.get("/open/order"), "shop", **told)
    page = browser.get("/open/wish")
    page = browser.fill(page, "problem", **wish(name="陶青", contact="13911112222"))
    number = next(word for word in page.text.split() if f"{fair.prefix}-" in word)
    browser.get(next(tag["href"] for name, tag in page.read.tags if tag.get("id") == "secret"))
    return browser, number


def addresses(patterns: list[URLPattern | URLResolver] | None = None) -> Iterator[URLPattern]:
    """List every address that there is."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns)
        else:
            yield pattern


def filled(pattern: URLPattern, **parts: str) -> str:
    """Fill in an address; what is not told becomes a word that names nothing."""
    known = {"party": str(SHOP), "seq": "1", "digest": "0" * 64, **parts}
    return "/" + _PART.sub(lambda part: known.get(part[1], "none"), str(pattern.pattern))


def insider(whole: Whole, one: URLPattern) -> tuple[Client, Capacity]:
    """Choose who gets in by the door of an address, and in what capacity."""
    door = getattr(one.callback, "door", None)
    if door in {MINE, PUBLIC, None}:
        return whole.scene.consumer.client, Capacity.CONSUMER
    if door is RESPONDENT:
        return whole.scene.shop.client, Capacity.RESPONDENT
    return whole.scene.supervisor.client, Capacity.SUPERVISOR


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """All that somebody can tell of an answer, but for what differs every time."""

    status: int
    body: str
    headers: Mapping[str, str]
    statements: int

    def betrays(self) -> list[str]:
        """Name the words of the case that stand in it."""
        everything = self.body + "".join(self.headers.values())
        return [word for word in TOLD if word in everything]


def ask(client: Client, method: str, address: str, *but: str) -> Answer:
    """Ask for an address, and leave out of what comes back what the address itself says.

    Nobody is stopped for the lack of a token here, and no fault is turned into a page.
    """
    client.handler.enforce_csrf_checks, client.raise_request_exception = False, True
    sent = {"text": "x", "next": "/queue"} if method == "post" else None
    connection.queries_log.clear()
    with CaptureQueriesContext(connection) as asked:
        response = getattr(client, method)(address, sent)
        content = b"".join(response) if response.streaming else response.content
    body = _DRAWN.sub("", content.decode("utf-8", "replace"))
    headers = {k: str(value) for k, value in response.headers.items() if k not in _DIFFER}
    for word in but:
        body = body.replace(word, "")
        headers = {name: value.replace(word, "") for name, value in headers.items()}
    return Answer(status=response.status_code, body=body, headers=headers, statements=len(asked))


def missing(number: str) -> str:
    """Make a number that no case has."""
    return number[:-6] + "000000"


def strangers(whole: Whole) -> dict[str, Client]:
    """Bring everybody without a way into the case: without any, or with one to another case."""
    fair = whole.scene.fair
    consumer, number = another_complaint(fair)
    respondent = Browser()
    respondent.get(fair.link(number))
    forger = Browser()
    forger.get(f"{fair.link(whole.scene.number)}x")
    return {
        "nobody": Browser().client,
        "the consumer of another case": consumer.client,
        "the respondent of another case": respondent.client,
        "who forged a link": forger.client,
    }


def shut_out(whole: Whole) -> dict[str, Browser]:
    """Bring the shop twice: whose link has expired since, and whose links were revoked since."""
    fair, number = whole.scene.fair, whole.scene.number
    late, revoked = Browser(), Browser()
    now = datetime.now(UTC)
    with patch("django.utils.timezone.now", return_value=now - timedelta(days=2)):
        late.get(fair.link(number, lasts=timedelta(days=-1)))
    revoked.get(fair.link(number))
    with inside(fair.house):
        revoke_links(fair.case(number), SHOP, at=now)
        Link.objects.filter(expires_at__lt=now).update(revoked_at=None)
    return {"expired": late, "revoked": revoked}


def people_of(fair: Fair) -> dict[str, Client]:
    """Sign in everybody who works at a house, and one who did."""
    with inside(fair.house):
        add_person(fair.house, login="fei", name="费宁", capacity=Capacity.FINANCE,
                   desk=SERVICE, password=PASSWORD)  # fmt: skip
        bo = next(one.person for one in colleagues() if one.name == "柏舟")
    signed_in = {
        f"{role} of {fair.slug}": fair.browser_of(login).client
        for role, login in (
            ("agent", "anna"),
            ("supervisor", "mei"),
            ("administrator", "ada"),
            ("finance", "fei"),
            ("dismissed", "bo"),
        )
    }
    with inside(fair.house):
        let_go(bo)
    return signed_in


def another_house() -> Fair:
    """Open a house that has nothing to do with the case."""
    return a_house("elsewhere")
