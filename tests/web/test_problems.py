"""Whoever asks wrongly is told so: a person in a page of their language, a program in fields."""

import json
import re
from collections.abc import Iterator

import pytest
from django.http import HttpResponse
from pytest_django.fixtures import Settings

from buckstop.web.seats import MINE, PUBLIC, RESPONDENT
from tests.isolation.visitors import addresses, filled
from tests.web.browsing import Browser, Page, page_of
from tests.web.kit import LANGUAGES, SHOP, Scene, a_house, a_scene, everybodys_forms

pytestmark = pytest.mark.django_db

HAN = re.compile(r"[\u4e00-\u9fff]")
JSON = "application/json"
BIG = 5_000_000


@pytest.fixture(params=LANGUAGES)
def scene(request: pytest.FixtureRequest, settings: Settings) -> Scene:
    fair = a_house()
    settings.HOUSE = fair.slug
    return a_scene(fair, request.param)


def _ours(scene: Scene) -> Iterator[tuple[Browser, str]]:
    """List every address of a consumer and a respondent, and of a newcomer."""
    for pattern in addresses():
        door = getattr(pattern.callback, "door", None)
        if door in {MINE, RESPONDENT, PUBLIC} and "demo" not in str(pattern.pattern):
            browser = scene.shop if door is RESPONDENT else scene.consumer
            yield browser, filled(pattern, number=scene.number)


def _asked(browser: Browser, method: str, address: str, **sent: object) -> Page:
    """Ask in any way, with the token that a page would bring."""
    token = browser.client.cookies["csrftoken"].value
    response = browser.client.generic(
        method,
        address,
        data=str(sent.pop("data", "")),
        content_type=str(sent.pop("content_type", "application/x-www-form-urlencoded")),
        headers={"X-CSRFToken": token, **{str(k): str(v) for k, v in sent.items()}},
    )
    return page_of(response, address)


def _is_told(page: Page, language: str) -> bool:
    """Tell whether the page is one of ours, in the language of who reads it."""
    shown = page.read.alerts or [word for word in page.read.words if len(word) > 8][1:]
    own = [text for text in shown if text.strip()]
    return bool(own) and bool(HAN.search(own[0])) == (language != "en")


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"])
def test_no_way_of_asking_is_our_fault_anywhere(scene: Scene, method: str) -> None:
    if scene.language != "zh-hans" and method not in {"GET", "POST"}:
        return  # the answer to a wrong method is looked at in one language
    for browser, address in _ours(scene):
        page = _asked(browser, method, address)
        assert page.status < 500, (method, address)
        if page.status >= 400 and method != "HEAD":
            assert _is_told(page, scene.language), (method, address, page.text)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("application/json", '{"text": "你好"}'),
        ("text/plain", "你好"),
        ("multipart/form-data", "no boundary"),
        ("multipart/form-data; boundary=x", "--x\r\nhalf of a"),
        ("application/x-www-form-urlencoded; charset=gb18030", "text=%C4%E3%BA%C3"),
        ("application/x-www-form-urlencoded; charset=nonsense", "text=a"),
        ("application/x-www-form-urlencoded", "text=%C4%E3%BA%C3&story=%C4%E3&answer=offer"),
        ("application/x-www-form-urlencoded", "text=%00&story=%00&answer=%00&drop=%00"),
        ("application/x-www-form-urlencoded", "&".join(f"f{n}=x" for n in range(5_000))),
        ("application/x-www-form-urlencoded", "text=" + "x" * BIG),
    ],
    ids=["json", "plain", "no-boundary", "half", "gb18030", "no-charset", "bare-gb18030", "nul",
         "many-fields", "flood"],
)  # fmt: skip
def test_no_body_of_any_kind_is_our_fault_anywhere(scene: Scene, kind: str, data: str) -> None:
    if scene.language == "zh-hant":
        return  # derived from the simplified texts, which are looked at
    for browser, address in _ours(scene):
        page = _asked(browser, "POST", address, data=data, content_type=kind)
        assert page.status < 500, (kind, address)
        if page.status >= 400:
            assert _is_told(page, scene.language), (kind, address, page.text)


def _problem(response: HttpResponse) -> dict[str, object]:
    assert response.headers["Content-Type"] == "application/problem+json", response.content
    told: dict[str, object] = json.loads(response.content)
    assert told["status"] == response.status_code
    assert told["title"]
    assert told["detail"]
    return told


def test_a_program_is_told_in_fields(scene: Scene) -> None:
    for form in everybodys_forms(scene):
        if not form.page.startswith(("/my/", "/answer/", "/open")):
            continue
        page = form.browser.get(form.page)
        found = page.form(form.of)
        token = found.sent["csrfmiddlewaretoken"][0]
        response = form.browser.client.post(
            found.action or form.page,
            {"csrfmiddlewaretoken": token},
            headers={"Accept": JSON},
        )
        assert isinstance(response, HttpResponse)
        if response.status_code == 302:
            continue  # it may be empty
        told = _problem(response)
        assert bool(HAN.search(str(told["detail"]))) == (scene.language != "en"), form.page


def test_a_program_that_sends_nothing_at_all_is_told_in_fields(scene: Scene) -> None:
    told = set()
    for form in everybodys_forms(scene):
        page = form.browser.get(form.page)
        token = form.browser.client.cookies["csrftoken"].value
        response = form.browser.client.post(
            page.form(form.of).action or form.page,
            headers={"Accept": JSON, "X-CSRFToken": token},
        )
        assert isinstance(response, HttpResponse)
        if response.status_code == 302:
            continue  # it may be empty
        _problem(response)
        told.add(form.page.removeprefix(scene.desk))
    assert {"/pass", "/task", "/ask", "/fact", "/contact", "/party", "/reach"} <= told


@pytest.mark.parametrize(
    ("address", "status"),
    [("/no-such-page", 404), ("/my/XX-1", 403), ("/answer/XX-1/merchant", 403),
     ("/l/forged", 404), ("/cases/XX-1", 403), ("/my/XX-1/urge", 405)],
)  # fmt: skip
def test_a_program_that_may_not_is_told_in_fields(
    settings: Settings, address: str, status: int
) -> None:
    settings.HOUSE = a_house().slug
    response = Browser().client.get(address, headers={"Accept": JSON})
    assert isinstance(response, HttpResponse)
    assert _problem(response)["status"] in {status, 403}


def test_a_program_with_a_forged_token_or_too_much_is_told_in_fields(scene: Scene) -> None:
    client = scene.consumer.client
    forged = client.post(f"{scene.mine}/message", {"text": "x"}, headers={"Accept": JSON})
    assert isinstance(forged, HttpResponse)
    assert _problem(forged)["status"] == 403
    token = client.cookies["csrftoken"].value
    much = client.post(
        f"{scene.mine}/message",
        {"text": "x" * BIG},
        headers={"Accept": JSON, "X-CSRFToken": token},
    )
    assert isinstance(much, HttpResponse)
    assert _problem(much)["status"] == 413


@pytest.mark.parametrize(
    "name",
    ["../../../etc/passwd", "..\\..\\boot.ini", "长" * 300 + ".png", "a\u202egnp.exe", ".", "/",
     "a\x00b.png", "CON", "x\r\nSet-Cookie: a=b.png", "<b>.png", "\U0001f525.png", " "],
)  # fmt: skip
def test_no_name_of_a_file_is_our_fault_in_any_form(settings: Settings, name: str) -> None:
    fair = a_house()
    settings.HOUSE = fair.slug
    scene = a_scene(fair)
    for browser, page, of, field, more in (
        (scene.consumer, scene.mine, "text", "files", {"text": "看图"}),
        (scene.consumer, f"{scene.mine}/evidence", "kind", "attached", {"kind": "invoice"}),
        (scene.consumer, f"{scene.mine}/appeal", "text", "attached", {"text": "看图"}),
        (scene.shop, scene.theirs, "answer", "proof-human-damage-appraisal-report",
         {"answer": "refuse", "ground": "human-damage", "go": "send"}),
        (Browser(), "/open", "story", "files", {"story": "看图"}),
    ):  # fmt: skip
        shown = browser.get(page)
        form = shown.form(of)
        token = form.sent["csrfmiddlewaretoken"][0]
        fields = {"csrfmiddlewaretoken": token, **more}
        body = "".join(
            f'--x\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
            for key, value in fields.items()
        )
        body += (
            f'--x\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
            "Content-Type: image/png\r\n\r\nabc\r\n--x--\r\n"
        )
        sent = browser.client.generic(
            "POST", form.action or page, data=body.encode(),
            content_type="multipart/form-data; boundary=x",
        )  # fmt: skip
        assert sent.status_code < 500, (page, name)
        after = browser.get(page)
        assert after.status == 200
        assert "\u202e" not in after.text
        assert "/etc/" not in after.text
        assert "Set-Cookie" not in dict(after.headers)


@pytest.mark.parametrize("party", [SHOP, "consumer", "nobody", "../merchant"])
def test_a_link_opens_no_other_partys_page(scene: Scene, party: str) -> None:
    page = scene.consumer.get(f"/answer/{scene.number}/{party}")
    assert page.status in {403, 404}
    assert page.read.words
