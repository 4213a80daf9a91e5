"""A second complaint about the same thing, as its consumer and the desk meet it."""

import re

import pytest
from django.test import Client

from buckstop.domain.cases.events import Outcome
from tests.web.given import (
    ORDER,
    WISH,
    House,
    at_desk,
    house,
    opened_complaint,
    picture,
    post,
    text_of,
)

pytestmark = pytest.mark.django_db
ORDER_NO = "HJ-20261003-8"


@pytest.fixture
def here() -> House:
    return house()


def test_a_second_complaint_with_the_same_order_joins_the_first_and_says_so(here: House) -> None:
    first = opened_complaint(here, order_no=ORDER_NO)
    later = opened_complaint(here, order_no=ORDER_NO, contact="+86 138 0000 1111", story="又等。")

    shown = text_of(later.client.get("/opened"))

    assert "已经并到您的第一个案件" in shown
    assert f'href="/my/{first.number}"' in shown
    assert first.secret not in shown
    assert later.page().outcome is Outcome.JOINED
    assert first.page().open
    assert "又等。" in text_of(first.client.get(first.url()))
    assert f'href="/my/{first.number}"' in text_of(later.client.get(later.url()))


def test_the_link_to_the_first_case_opens_it_only_to_who_has_its_key(here: House) -> None:
    first = opened_complaint(here, order_no=ORDER_NO)
    later = opened_complaint(here, order_no=ORDER_NO)

    stranger = later.client.get(f"/my/{first.number}")
    consumer = first.client.get(f"/my/{first.number}")

    assert stranger.headers["Location"].startswith("/find?number=")
    assert consumer.status_code == 200


def test_the_files_of_the_second_complaint_lie_in_the_first_case(here: House) -> None:
    first, client = opened_complaint(here, order_no=ORDER_NO), Client()
    client.post("/open", {"story": "照片在这里。", "files": [picture("缺脚.png")], "go": "on"})
    client.post("/open/order", {**ORDER, "order_no": ORDER_NO, "go": "on"})
    client.post("/open/wish", {**WISH, "go": "on"})

    assert [item.name for item in first.page().evidence] == ["缺脚.png"]


def test_a_likely_second_complaint_is_left_to_the_desk_which_joins_and_undoes(
    here: House,
) -> None:
    first, later = opened_complaint(here), opened_complaint(here)
    assert "已经并到您的第一个案件" not in text_of(later.client.get("/opened"))
    desk = at_desk(here, "zhouning")
    screen = text_of(desk.get(f"/cases/{later.number}"))
    assert re.search(f"可能是同一件事：案号 .*{first.number}", screen)

    joined = post(desk, f"/cases/{later.number}/join", other=first.number)

    assert joined.headers["Location"] == f"/cases/{first.number}"
    assert later.page().joined_into == first.case
    screen = text_of(desk.get(f"/cases/{first.number}"))
    assert "撤销合并" in screen

    post(desk, f"/cases/{first.number}/undo-join", other=later.number)

    assert later.page().open
    assert first.page().absorbed == ()


def test_the_desk_may_only_link_two_cases_and_is_asked_no_more(here: House) -> None:
    first, later = opened_complaint(here), opened_complaint(here)
    desk = at_desk(here, "zhouning")

    post(desk, f"/cases/{later.number}/link", other=first.number)

    screen = text_of(desk.get(f"/cases/{later.number}"))
    assert "可能是同一件事" not in screen
    assert f'有关联的：案号 <a class="number" href="/cases/{first.number}">' in screen
    assert later.page().open


def test_the_desk_cannot_join_what_is_not_the_same(here: House) -> None:
    first, later = opened_complaint(here), opened_complaint(here, contact="13800002222")
    desk = at_desk(here, "zhouning")

    answer = post(desk, f"/cases/{later.number}/join", other=first.number)

    assert answer.status_code == 409
    assert "不是同一个人的同一次购买" in text_of(answer)
    assert later.page().open
