"""A case is found again by what somebody at the desk is told on the telephone."""

import pytest
from django.test import Client

from buckstop.records.cases import sought
from buckstop.records.cases.folded import folded
from buckstop.records.log import store
from buckstop.records.log.isolation import inside
from tests.web.given import House, Opened, at_desk, house, opened_complaint, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> House:
    return house()


@pytest.fixture
def opened(here: House) -> Opened:
    return marked(opened_complaint(here, order_no="HJ-20261003-8"))


def marked(opened: Opened) -> Opened:
    """Do what the worker does of what grows in the log."""
    with inside(opened.house):
        sought.keep(opened.house, opened.case, folded(store.head(opened.case)).state)
    return opened


@pytest.fixture
def desk(here: House) -> Client:
    return at_desk(here, "zhouning")


@pytest.mark.parametrize(
    "words",
    [
        "布艺", "沙发", "沙發", "苏叶", "20261003", "苏叶 沙发",
        "布藝 苏叶", "三人沙发", "138 0000 1111", "13800001111",
        "+86 138-0000-1111", "HJ-20261003-8", "hj20261003 8",
    ],
)  # fmt: skip
def test_what_is_known_of_a_case_finds_it(opened: Opened, desk: Client, words: str) -> None:
    assert opened.number in text_of(desk.get("/queue", {"find": words}))


@pytest.mark.parametrize(
    "words", ["沙画", "苏叶 沙画", "人沙三", "1380000", "HJ-20261003-9", "电话", "%", "x" * 4000]
)
def test_what_is_not_of_the_case_does_not_find_it(
    opened: Opened, desk: Client, words: str
) -> None:
    shown = text_of(desk.get("/queue", {"find": words}))
    assert opened.number not in shown
    assert "没有找到。" in shown


def test_no_case_of_another_house_is_found(opened: Opened) -> None:
    elsewhere = house("elsewhere")
    there = at_desk(elsewhere, "zhouning")
    assert opened.number not in text_of(there.get("/queue", {"find": "布艺"}))
    assert opened.number not in text_of(there.get("/queue", {"find": "13800001111"}))
