"""A demonstration: four seats at one case, time that passes, a mailbox to look into."""

import pytest
from django.test import Client

from buckstop.domain.cases.events import NoticeKind
from buckstop.domain.words.event import Channel
from buckstop.domain.words.party import CONSUMER
from buckstop.records.cases.actions import PACKET_RELEASED, Notice, plan_notices
from buckstop.records.log.isolation import inside
from tests.web.browsing import Browser
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


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", "可以去外部机构了：案件里的材料都在链接那一页"),
        ("zh-hant", "可以去外部機構了：案件裡的材料都在鏈接那一頁"),
        ("en", "You can go to an outside body now"),
    ],
)
def test_C10_the_letter_says_that_the_way_outside_is_open(
    here: House, language: str, words: str
) -> None:
    page = opened_complaint(here).page()
    released = Notice(
        key="released",
        case=page.case,
        party=CONSUMER,
        via=Channel.PHONE,
        kind=NoticeKind.OUTCOME,
        code=PACKET_RELEASED,
        about=None,
        due=None,
    )
    with inside(here.house):
        plan_notices(here.house, [released], at=page.at)

    assert words in Browser(language).get("/demo/outbox").text
