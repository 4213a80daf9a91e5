"""Links, secrets, sign-in: who gets in, what a wrong or an old way in says, and who does not."""

import pytest
from django.test import Client

from buckstop.domain.words.party import CONSUMER
from tests.web.given import (
    PASSWORD,
    House,
    at_desk,
    by_link,
    house,
    opened_complaint,
    post,
    text_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> House:
    return house()


def test_the_secret_link_opens_the_case_in_any_browser(here: House) -> None:
    opened = opened_complaint(here)
    client = Client()
    answer = client.get(f"/my/{opened.number}/key/{opened.secret}")
    assert answer.status_code == 302
    assert opened.secret not in answer.headers["Location"]
    assert client.get(answer.headers["Location"]).status_code == 200


def test_number_and_secret_typed_by_hand_open_it_too(here: House) -> None:
    opened = opened_complaint(here)
    client = Client()
    typed = opened.secret.lower().replace("-", " ")
    answer = client.post("/find", {"number": opened.number.lower(), "secret": typed})
    assert answer.status_code == 302
    assert client.get(answer.headers["Location"]).status_code == 200


def test_a_wrong_secret_says_so_and_opens_nothing(here: House) -> None:
    opened = opened_complaint(here)
    answer = Client().post("/find", {"number": opened.number, "secret": "AAAA-BBBB-CCCC"})
    assert answer.status_code == 422
    assert opened.number in text_of(answer)
    assert Client().get(f"/my/{opened.number}/key/AAAA-BBBB-CCCC").status_code == 404


def test_a_number_alone_leads_to_where_the_secret_is_asked_for(here: House) -> None:
    opened = opened_complaint(here)
    answer = Client().get(opened.url())
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/find?number=")


@pytest.mark.usefixtures("here")
def test_a_forged_link_gets_a_clear_page() -> None:
    answer = Client().get("/l/forged-token.abcdef")
    assert answer.status_code == 404
    assert "链接不完整，或者不是我们发出的" in text_of(answer)


def test_an_expired_link_offers_a_fresh_one_once_and_does_not_show_it(here: House) -> None:
    opened = opened_complaint(here)
    client, link = by_link(opened, days=-1)
    answer = client.get(link)
    assert answer.status_code == 410
    assert "发一个新链接" in text_of(answer)
    fresh = client.post(f"{link}/fresh")
    assert fresh.status_code == 200
    assert "新链接发出了" in text_of(fresh)
    assert 'href="/l/' not in text_of(fresh)
    assert client.post(f"{link}/fresh").status_code == 410


def test_opening_a_link_changes_nothing_in_the_case(here: House) -> None:
    opened = opened_complaint(here)
    before = opened.page().seq
    client, link = by_link(opened)
    client.get(link)
    client.get(f"/answer/{opened.number}/merchant")
    assert opened.page().seq == before


@pytest.mark.parametrize("rest", ["/urge", "/message", "/reopen", "/offers/offer-1/accept"])
def test_acts_happen_on_post_only(here: House, rest: str) -> None:
    opened = opened_complaint(here)
    assert opened.client.get(opened.url(rest)).status_code == 405


def test_the_token_leaks_to_nobody(here: House) -> None:
    opened = opened_complaint(here)
    _, link = by_link(opened)
    answer = Client().get(link)
    assert answer.status_code == 302
    assert answer.headers["Referrer-Policy"] == "strict-origin"
    assert answer.headers["Location"] == f"/answer/{opened.number}/merchant"


def test_a_party_gets_to_no_other_partys_pages(here: House) -> None:
    opened = opened_complaint(here)
    merchant, _ = by_link(opened)
    assert merchant.get(opened.url()).status_code == 302
    assert merchant.get(f"/answer/{opened.number}/{CONSUMER}").status_code == 403
    theirs = opened.client.get(f"/answer/{opened.number}/merchant")
    assert (theirs.status_code, "请重新打开信里的链接" in theirs.content.decode()) == (403, True)


def test_desk_pages_ask_for_a_sign_in_and_go_on_from_there(here: House) -> None:
    opened = opened_complaint(here)
    answer = Client().get(f"/cases/{opened.number}")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in?next=")
    client = Client()
    signed = client.post(
        "/sign-in",
        {"login": "zhouning@demo", "password": PASSWORD, "next": f"/cases/{opened.number}"},
    )
    assert signed.headers["Location"] == f"/cases/{opened.number}"


def test_signing_in_leads_nowhere_outside(here: House) -> None:
    del here
    answer = Client().post(
        "/sign-in",
        {"login": "zhouning@demo", "password": PASSWORD, "next": "https://elsewhere.example/"},
    )
    assert answer.headers["Location"] == "/queue"


@pytest.mark.usefixtures("here")
def test_a_wrong_password_says_what_a_login_looks_like() -> None:
    answer = Client().post("/sign-in", {"login": "zhouning@demo", "password": "no", "next": "/"})
    assert answer.status_code == 422
    assert "账号或密码不对" in text_of(answer)


def test_agents_do_not_get_to_the_supervisors_pages(here: House) -> None:
    agent = at_desk(here, "zhouning")
    assert agent.get("/supervision").status_code == 403
    opened = opened_complaint(here)
    assert post(agent, f"/cases/{opened.number}/take-over").status_code in {403, 409}


def test_another_houses_case_looks_like_none(here: House) -> None:
    opened = opened_complaint(here)
    there = house("elsewhere")
    stranger = at_desk(there, "zhouning")
    for url in ("", "/ask", "/decide", "/files/0"):
        answer = stranger.get(f"/cases/{opened.number}{url}")
        assert answer.status_code == 404
    assert "没有找到。可以写案号" in text_of(stranger.get(f"/queue?find={opened.number}"))
    assert post(stranger, f"/cases/{opened.number}/take-up").status_code == 404


def test_a_house_without_a_demonstration_has_no_seats_to_take(here: House) -> None:
    del here
    client = Client()
    assert "坐消费者的位置" not in text_of(client.get("/"))
    assert client.post("/demo/seat/supervisor").status_code == 404
    assert client.post("/demo/time", {"hours": "48"}).status_code == 404
    assert client.get("/demo/outbox").status_code == 404
