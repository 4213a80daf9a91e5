"""Whoever comes to any address: what is not theirs looks like what does not exist."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.urls import URLPattern, get_resolver
from django.urls.resolvers import URLResolver
from pytest_django.fixtures import Settings

from buckstop.domain.words.ids import PartyId
from buckstop.web.seats import CASE, DESK, MINE, RESPONDENT, SUPERVISED, SUPERVISORS
from tests.web.browsing import Browser, Page
from tests.web.kit import PASSWORD, SHOP, STORY, Fair, Scene, a_house, a_scene, open_complaint

pytestmark = pytest.mark.django_db

OF_A_CASE = (MINE, RESPONDENT, CASE, SUPERVISED)
OF_THE_DESK = (DESK, CASE, SUPERVISORS, SUPERVISED)
SAID_IN_THE_CASE = ("林晓禾", "青屿数码店", "远帆手机", STORY, "安宁", "梅青", "2,899")
_PART = re.compile(r"<(?:\w+:)?(\w+)>")


def addresses(patterns: list[URLPattern | URLResolver] | None = None) -> Iterator[URLPattern]:
    """List every address that there is."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns)
        else:
            yield pattern


def behind(*doors: object) -> list[str]:
    """List the addresses behind these doors, as they are written."""
    return sorted(
        str(pattern.pattern)
        for pattern in addresses()
        if getattr(pattern.callback, "door", None) in doors
    )


def filled(address: str, number: str, **parts: str) -> str:
    """Fill in an address."""
    known = {"number": number, "party": SHOP, "digest": "0" * 64, "seq": "1", **parts}
    return "/" + _PART.sub(lambda part: known.get(part[1], "any"), address)


@pytest.fixture
def fair(settings: Settings) -> Fair:
    opened = a_house()
    settings.HOUSE = opened.slug
    return opened


@pytest.fixture
def scene(fair: Fair) -> Scene:
    return a_scene(fair)


def _posted(browser: Browser, address: str) -> Page:
    """Press the button with this address, from a form of one's own."""
    page = browser.get("/find")
    form = page.form("secret")
    form.action = address
    answers = {"text": "x", "form_token": str(uuid4()), "secret": None, "number": None}
    return browser.send_only(page, form, answers)


def _sayings(browser: Browser, address: str) -> Iterator[tuple[Page, str]]:
    """Open an address and press it as a button; give each answer and what it says."""
    for page in (browser.get(address), _posted(browser, address)):
        yield page, page.text.replace(address, "")


def _nobody_learns(browser: Browser, address: str, number: str) -> None:
    """See that an address tells as much of this case as of one that does not exist."""
    missing = number[:-6] + "000000"
    theirs = list(_sayings(browser, filled(address, number)))
    none = list(_sayings(browser, filled(address, missing)))
    for (page, said), (other, said_of_none) in zip(theirs, none, strict=True):
        assert page.status == other.status, address
        assert said == said_of_none, address
        assert [word for word in SAID_IN_THE_CASE if word in page.html] == [], address


def test_every_address_of_a_case_is_behind_a_door() -> None:
    guarded = set(behind(*OF_A_CASE))
    named = {str(p.pattern) for p in addresses() if "number" in str(p.pattern)}
    for_secrets, for_demos = "my/<str:number>/key/<str:secret>", "demo/case/<str:number>"
    assert named - guarded == {for_secrets, for_demos}


@pytest.mark.parametrize("address", behind(*OF_A_CASE))
def test_nobody_learns_whether_a_case_exists(scene: Scene, address: str) -> None:
    _nobody_learns(Browser(), address, scene.number)


def test_another_consumer_learns_nothing(scene: Scene) -> None:
    other = Browser()
    open_complaint(other, scene.fair)
    for address in behind(MINE, RESPONDENT):
        _nobody_learns(other, address, scene.number)


def test_a_party_of_one_case_learns_nothing_of_another(scene: Scene, fair: Fair) -> None:
    number = open_complaint(Browser(), fair)
    assert scene.shop.get(scene.theirs).status == 200
    for address in behind(MINE, RESPONDENT):
        _nobody_learns(scene.shop, address, number)


def test_another_houses_people_learn_nothing(scene: Scene, settings: Settings) -> None:
    there = a_house("elsewhere")
    settings.HOUSE = there.slug
    for login in ("anna", "mei"):
        stranger = there.browser_of(login)
        for address in behind(CASE, SUPERVISED):
            _nobody_learns(stranger, address, scene.number)
        for address in ("/queue?filter=all", f"/queue?find={scene.number}", "/supervision"):
            shown = stranger.get(address).html
            assert [word for word in ("林晓禾", "青屿数码店", "远帆手机") if word in shown] == []


def test_a_party_sees_no_other_partys_pages(scene: Scene, fair: Fair) -> None:
    for address in behind(MINE):
        page = scene.shop.get(filled(address, scene.number))
        assert page.at == "/find", address
    for address in behind(RESPONDENT):
        page = scene.consumer.get(filled(address, scene.number))
        assert (page.status, "远帆手机" in page.html) == (403, False), address
    courier = PartyId("courier")
    scene.agent.fill(scene.agent.get(f"{scene.desk}/party"), "role", role="courier",
                     name="飞羽快递", mail="a@kuaidi.example")  # fmt: skip
    second = Browser()
    assert second.get(fair.link(scene.number, courier)).status == 200
    for address in behind(RESPONDENT):
        assert second.get(filled(address, scene.number)).status == 403, address


def test_what_a_consumer_tells_the_house_reaches_no_respondent(scene: Scene) -> None:
    told = "只跟服务台说的话"
    page = scene.consumer.get(f"{scene.mine}/contact")
    scene.consumer.fill(page, "at", at="2026-10-20T10:00", precision="day", direction="out",
                        medium="phone", minutes="3", text=told, record="")  # fmt: skip
    scene.consumer.fill(scene.consumer.get(f"{scene.mine}/takeover"), "text", text=told)
    scene.agent.fill(scene.agent.get(scene.desk), "as", text="内部：" + told, **{"as": "note"})

    assert told in scene.agent.get(f"{scene.desk}?all=1").text
    assert "13800000000" not in scene.shop.get(f"{scene.theirs}?all=1").html
    assert told not in scene.shop.get(f"{scene.theirs}?all=1").html
    assert "内部：" not in scene.consumer.get(f"{scene.mine}?all=1").html


def test_who_works_in_another_role_gets_no_further(scene: Scene, fair: Fair) -> None:
    for address in behind(SUPERVISED, SUPERVISORS):
        page = scene.agent.get(filled(address, scene.number))
        assert page.status == 403, address
        assert "林晓禾" not in page.html
    admin = fair.browser_of("ada")
    for address in behind(*OF_THE_DESK):
        for page, _ in _sayings(admin, filled(address, scene.number)):
            assert page.status in {403, 405}, address
            assert "林晓禾" not in page.html


def test_who_signed_out_is_nobody_again(scene: Scene) -> None:
    page = scene.agent.get(scene.desk)
    scene.agent.send(page, page.form(action="/sign-out"))
    assert scene.agent.get(scene.desk).at == "/sign-in"
    assert scene.agent.get("/queue").at == "/sign-in"


def test_a_wrong_login_and_a_wrong_password_are_told_alike(fair: Fair) -> None:
    told = set()
    for login, password in (
        (f"anna@{fair.slug}", "wrong"),
        (f"nobody@{fair.slug}", PASSWORD),
        ("anna@nowhere", PASSWORD),
        ("anna", PASSWORD),
    ):
        browser = Browser()
        page = browser.fill(browser.get("/sign-in"), "login", login=login, password=password)
        assert page.status == 422
        assert password not in page.html
        told.add("".join(page.read.alerts))
    assert len(told) == 1


def _everywhere(scene: Scene) -> Iterator[Page]:
    """Open every address in the eyes that may see most of it."""
    for pattern in addresses():
        address = filled(str(pattern.pattern), scene.number)
        door = getattr(pattern.callback, "door", None)
        browser = scene.supervisor if door in OF_THE_DESK else scene.consumer
        yield (scene.shop if door is RESPONDENT else browser).get(address)


def test_every_page_keeps_scripts_out_and_its_address_to_itself(scene: Scene) -> None:
    seen = 0
    for page in _everywhere(scene):
        policy = page.headers.get("Content-Security-Policy", "")
        assert "default-src 'self'" in policy or "default-src 'none'" in policy, page.at
        assert "unsafe" not in policy, page.at
        assert page.headers["X-Frame-Options"] == "DENY", page.at
        assert page.headers["X-Content-Type-Options"] == "nosniff", page.at
        assert page.headers["Referrer-Policy"] in {"same-origin", "strict-origin"}, page.at
        for tag, attributes in page.read.tags:
            assert tag != "style", page.at
            assert "style" not in attributes, (page.at, attributes)
            assert not (tag == "script" and "src" not in attributes), page.at
            assert not [name for name in attributes if name.startswith("on")], page.at
        seen += page.status == 200
    assert seen > 20


def test_a_link_is_never_told_on(scene: Scene, fair: Fair) -> None:
    for link in (fair.link(scene.number), "/l/forged", f"/my/{scene.number}/key/AAAA-BBBB-CCCC"):
        page = Browser().client.get(link)
        assert page.headers["Referrer-Policy"] == "strict-origin"
        assert page.headers["X-Robots-Tag"] == "noindex"
        token = link.rsplit("/", 1)[-1]
        assert token not in page.headers.get("Location", "")


def test_cookies_are_for_the_server_alone(scene: Scene) -> None:
    page = scene.agent.get(scene.desk)
    form = next(form for form in page.read.forms if form.action.endswith("/language"))
    scene.agent.send(page, form, {"language": "en"})
    cookies = scene.agent.client.cookies
    assert {"sessionid", "csrftoken"} <= set(cookies)
    for cookie in cookies.values():
        if cookie.key in {"sessionid", "csrftoken"}:
            assert cookie["httponly"], cookie.key
            assert cookie["samesite"] == "Lax", cookie.key
    language = next(c for c in cookies.values() if c.key == "django_language")
    assert language["httponly"]
    assert language["samesite"] == "Lax"


def test_a_case_is_kept_by_nobodys_cache(scene: Scene) -> None:
    pages = (scene.consumer.get(scene.mine), scene.shop.get(scene.theirs),
             scene.agent.get(scene.desk), scene.agent.get("/queue"))  # fmt: skip
    for page in pages:
        kept = page.headers.get("Cache-Control", "")
        assert "no-store" in kept or "private" in kept or "no-cache" in kept, page.at
