"""What a page keeps to itself; who gets to it at all is tried in `tests/isolation`."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from buckstop.web.seats import CASE, DESK, RESPONDENT, SUPERVISED, SUPERVISORS
from tests.isolation.visitors import addresses, filled
from tests.web.browsing import Browser, Page
from tests.web.kit import PASSWORD, Fair, Scene, a_house, a_scene

pytestmark = pytest.mark.django_db

OF_THE_DESK = (DESK, CASE, SUPERVISORS, SUPERVISED)


@pytest.fixture
def fair(settings: Settings) -> Fair:
    opened = a_house()
    settings.HOUSE = opened.slug
    return opened


@pytest.fixture
def scene(fair: Fair) -> Scene:
    return a_scene(fair)


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
        address = filled(pattern, number=scene.number)
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
