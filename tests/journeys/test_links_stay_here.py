"""In a real browser: nothing that a page loads or leads to learns the link that opened it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.http import urlencode
from playwright.sync_api import Page, Request, Route
from pytest_django.live_server_helper import LiveServer

from buckstop.domain.words.ids import PartyId
from buckstop.records.log.isolation import inside
from buckstop.records.people.links import link_token
from tests.web.given import House, Opened, house, opened_complaint

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OUTSIDE = "https://elsewhere.example/"


@pytest.fixture
def here() -> House:
    return house()


@pytest.fixture
def asked(page: Page) -> list[Request]:
    """Note every request of the page; what leads outside is answered here."""
    requests: list[Request] = []

    def note(request: Request) -> None:
        requests.append(request)

    def answer(route: Route) -> None:
        route.fulfill(status=200, content_type="text/html", body="<title>outside</title>")

    page.on("request", note)
    page.route(f"{OUTSIDE}**", answer)
    return requests


def _leave(page: Page) -> None:
    """Follow a link out, as if somebody had got one onto the page."""
    page.evaluate(
        """there => { const a = document.createElement("a"); a.href = there; a.id = "out";
        a.textContent = "out"; document.querySelector("main").append(a); }""",
        OUTSIDE,
    )
    page.click("#out")
    page.wait_for_url(OUTSIDE)


def _told(asked: list[Request]) -> list[str]:
    """List what each request said of where its reader was."""
    return [request.all_headers().get("referer", "") for request in asked]


def _links(opened: Opened) -> dict[str, tuple[str, str]]:
    """Make links that stay at their own address, and one that leads on to a case."""
    now = datetime.now(UTC)
    with inside(opened.house):
        expired, good = (
            link_token(
                opened.house, opened.case, PartyId("merchant"), purpose="answer", expires_at=at
            )
            for at in (now - timedelta(days=1), now + timedelta(days=1))
        )
    unknown = "k" * len(good)
    return {
        "expired": (f"/l/{expired}", expired),
        "unknown": (f"/l/{unknown}", unknown),
        "good": (f"/l/{good}", good),
        "secret": (f"/my/{opened.number}/key/{opened.secret}", opened.secret),
        "wrong secret": (f"/my/{opened.number}/key/AAAA-BBBB-CCCC", "AAAA-BBBB-CCCC"),
    }


@pytest.mark.parametrize("which", ["expired", "unknown", "good", "secret", "wrong secret"])
def test_no_request_names_the_link_by_which_its_page_was_opened(
    page: Page, live_server: LiveServer, here: House, asked: list[Request], which: str
) -> None:
    address, secret = _links(opened_complaint(here))[which]
    page.goto(live_server.url + address)
    assert page.locator("h1").count() == 1
    assert any("/static/" in request.url for request in asked)
    first = next(at for at, request in enumerate(asked) if address in request.url)
    _leave(page)

    assert asked[-1].url == OUTSIDE
    assert "referer" not in asked[-1].all_headers() or which not in {"good", "secret"}
    assert [told for told in _told(asked) if secret in told] == []
    assert [one.url for one in asked[first + 1 :] if secret in one.url] == []


def test_a_page_of_a_case_does_not_tell_outside_which_case_it_was(
    page: Page, live_server: LiveServer, here: House, asked: list[Request]
) -> None:
    opened = opened_complaint(here)
    page.goto(f"{live_server.url}/my/{opened.number}/key/{opened.secret}")
    page.goto(f"{live_server.url}/find?{urlencode({'number': opened.number})}")
    _leave(page)
    assert "referer" not in asked[-1].all_headers()
    assert page.evaluate("window.opener") is None


def test_a_fresh_link_is_asked_for_without_telling_the_old_one(
    page: Page, live_server: LiveServer, here: House, asked: list[Request]
) -> None:
    address, secret = _links(opened_complaint(here))["expired"]
    page.goto(live_server.url + address)
    page.locator("main form button").first.click()
    page.wait_for_load_state()
    assert "新链接发出了" in page.locator("h1").inner_text()
    assert [told for told in _told(asked) if secret in told] == []
