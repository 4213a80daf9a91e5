"""Who does the same thing too often is asked to wait, kindly, and loses nothing typed."""

import re
from collections.abc import Callable

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from buckstop.web import limits
from buckstop.web.limits import address_of
from tests.web.browsing import Browser, Page
from tests.web.kit import LANGUAGES, PASSWORD, SHOP, Scene, a_house, a_scene

pytestmark = pytest.mark.django_db

WORDS = "请快一点，我等了很久。"
MINUTES = {
    "zh-hans": r"请过 \d+ 分钟再试",
    "zh-hant": r"請過 \d+ 分鐘再試",
    "en": r"in \d+ minute",
}


@pytest.fixture(params=LANGUAGES)
def scene(request: pytest.FixtureRequest, settings: Settings) -> Scene:
    fair = a_house()
    settings.HOUSE = fair.slug
    return a_scene(fair, request.param)


def asked_to_wait(page: Page, language: str) -> bool:
    told = "".join(page.read.alerts) + page.text
    waits = int(page.headers.get("Retry-After", "0"))
    return page.status == 429 and bool(re.search(MINUTES[language], told)) and 0 < waits <= 3600


def test_a_person_and_a_party_who_send_too_much_keep_what_they_typed(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    for browser, address, name, more in (
        (scene.consumer, scene.mine, "text", {}),
        (scene.shop, scene.theirs, "answer", {"answer": "ask"}),
        (scene.agent, scene.desk, "as", {"as": "message", "to": SHOP, "hours": "24"}),
    ):
        monkeypatch.setattr(limits, "_MOST_OF_ONE", 300)
        page = browser.get(address)
        texts = {field: WORDS for field in page.form(name).words if "text" in field}
        assert texts, address
        monkeypatch.setattr(limits, "_MOST_OF_ONE", 0)
        stopped = browser.send_only(page, page.form(name), {**more, **texts})
        assert asked_to_wait(stopped, scene.language), address
        for field in texts:
            assert stopped.typed(name, field) == WORDS, address


def test_one_who_sends_too_much_stops_nobody_else(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = scene.consumer.get(scene.mine)
    other = scene.agent.get(f"{scene.desk}/contact")
    monkeypatch.setattr(limits, "_MOST_OF_ONE", 4)
    sent = [scene.consumer.send_only(page, page.form("text"), {"text": WORDS}) for _ in range(5)]
    assert [one.status for one in sent][-1] == 429
    assert scene.agent.send_only(other, other.form("at")).status == 422
    assert scene.consumer.get(scene.mine).status == 200


def test_an_address_that_begins_too_many_complaints_keeps_what_was_typed(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = Browser(scene.language)
    page = browser.get("/open")
    monkeypatch.setattr(limits, "_MOST_OF_AN_ADDRESS", 0)
    stopped = browser.send_only(page, page.form("story"), {"story": WORDS})
    assert asked_to_wait(stopped, scene.language)
    assert stopped.typed("story", "story") == WORDS


def _try_a_login(browser: Browser, scene: Scene) -> Page:
    page = browser.get("/sign-in")
    login = {"login": f"anna@{scene.fair.slug}", "password": "no"}
    return browser.send_only(page, page.form("login"), login)


def _try_a_number(browser: Browser, scene: Scene) -> Page:
    page = browser.get("/find")
    guess = {"number": scene.number, "secret": "AAAA-BBBB-CCCC"}
    return browser.send_only(page, page.form("secret"), guess)


def _try_a_link(browser: Browser, scene: Scene) -> Page:
    return browser.get(f"/my/{scene.number}/key/AAAA-BBBB-CCCC")


@pytest.mark.parametrize("attempt", [_try_a_login, _try_a_number, _try_a_link])
def test_who_guesses_is_told_how_long_to_wait(
    scene: Scene, attempt: Callable[[Browser, Scene], Page]
) -> None:
    browser = Browser(scene.language)
    for _ in range(20):
        attempt(browser, scene)
    assert asked_to_wait(attempt(browser, scene), scene.language)


def test_a_right_password_does_not_get_in_once_too_many_were_tried(scene: Scene) -> None:
    browser = Browser(scene.language)
    for _ in range(20):
        _try_a_login(browser, scene)
    login = {"login": f"anna@{scene.fair.slug}", "password": PASSWORD}
    stopped = browser.fill(browser.get("/sign-in"), "login", **login)
    assert stopped.status == 429
    assert stopped.typed("login", "login") == login["login"]
    assert PASSWORD not in stopped.html


def test_letters_are_not_asked_for_without_end(scene: Scene) -> None:
    client = Client(headers={"accept-language": "zh-CN"})
    statuses = [client.post(f"/l/no-such-link-{one}/fresh").status_code for one in range(21)]
    assert statuses == [*[404] * 20, 429]
    del scene


def test_who_is_not_in_fills_no_disk(scene: Scene) -> None:
    """See that words are shown again even when they are kept for nobody any more."""
    answers = [Client().post(f"{scene.mine}/message", {"text": WORDS}) for _ in range(61)]
    assert {answer.status_code for answer in answers} == {403}
    assert all(WORDS in answer.content.decode() for answer in answers)
    kept = ["slip" in answer.wsgi_request.session for answer in answers]
    assert kept == [*[True] * 60, False]


def test_a_program_is_told_when_to_come_back(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "_MOST_OF_ONE", 0)
    scene.consumer.client.handler.enforce_csrf_checks = False
    answer = scene.consumer.client.post(
        f"{scene.mine}/message", {"text": WORDS}, headers={"accept": "application/json"}
    )
    assert answer.status_code == 429
    assert answer.json()["status"] == 429
    assert int(answer.headers["Retry-After"]) > 0


def _came(connecting: str, passed_on: str = "") -> HttpRequest:
    headers = {"x-forwarded-for": passed_on} if passed_on else {}
    return RequestFactory().get("/", REMOTE_ADDR=connecting, headers=headers)


@pytest.mark.parametrize(
    ("proxies", "connecting", "passed_on", "address"),
    [
        (0, "203.0.113.7", "", "203.0.113.7"),
        (0, "203.0.113.7", "198.51.100.1", "203.0.113.7"),
        (1, "10.0.0.1", "203.0.113.7", "203.0.113.7"),
        (1, "10.0.0.1", "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        (2, "10.0.0.1", "198.51.100.1, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        (2, "10.0.0.1", "203.0.113.7", "10.0.0.1"),
        (1, "10.0.0.1", "", "10.0.0.1"),
        (0, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        (0, "::ffff:203.0.113.7", "", "203.0.113.7"),
    ],
)
def test_an_address_is_what_our_own_proxies_tell_and_nothing_a_visitor_does(
    settings: Settings, proxies: int, connecting: str, passed_on: str, address: str
) -> None:
    settings.PROXIES = proxies
    assert address_of(_came(connecting, passed_on)) == address
