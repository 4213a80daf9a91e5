"""A demonstration: four seats at one case, time that passes, a mailbox to look into."""

import pytest
from django.test import Client

from tests.web.given import House, house, opened_complaint, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> House:
    return house(demo=True)


def test_an_empty_demonstration_still_opens(here: House) -> None:
    del here
    assert "我要投诉" in text_of(Client().get("/"))


@pytest.mark.parametrize(
    ("role", "words"),
    [
        ("consumer", "您应得什么"),
        ("respondent", "事情是这样的"),
        ("agent", "五行看完"),
        ("supervisor", "五行看完"),
    ],
)
def test_one_tap_takes_a_seat_at_the_same_case(here: House, role: str, words: str) -> None:
    opened = opened_complaint(here)
    client = Client()
    assert "同一件事，四个人看到的" in text_of(client.get("/"))
    answer = client.post(f"/demo/seat/{role}", follow=True)
    assert answer.status_code == 200
    assert words in text_of(answer)
    assert opened.page().title in text_of(answer)


def test_letting_time_pass_lapses_what_is_due_and_says_what_happened(here: House) -> None:
    opened = opened_complaint(here)
    client = Client()
    for _ in range(3):
        answer = client.post("/demo/time", {"hours": "48"})
        assert answer.status_code == 302
    shown = text_of(client.get("/"))
    assert "到期了：服务台的“接手”期限。" in text_of(opened.client.get(opened.url("?all=1")))
    assert 'class="changes"' in shown
    assert opened.page().at > opened.page().opened_at


def test_seats_that_are_not_there_are_not_found(here: House) -> None:
    opened_complaint(here)
    assert Client().post("/demo/seat/owner").status_code == 404


def test_the_mailbox_says_what_to_do_when_it_is_empty(here: House) -> None:
    del here
    assert "还没有发出过通知" in text_of(Client().get("/demo/outbox"))
