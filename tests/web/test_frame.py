"""What holds for every page: headers, languages, errors."""

import pytest
from django.test import Client

from tests.web.given import House, at_desk, house, opened_complaint, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> House:
    return house()


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("url", ["/", "/open", "/find", "/sign-in"])
def test_pages_run_nothing_that_stands_in_them(url: str) -> None:
    answer = Client().get(url)
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy
    shown = text_of(answer)
    assert " style=" not in shown
    assert "<style" not in shown
    assert " onclick=" not in shown


def test_pages_with_a_case_carry_no_inline_style_either(here: House) -> None:
    opened = opened_complaint(here)
    desk = at_desk(here, "zhouning")
    pages = [
        opened.client.get(opened.url()),
        desk.get(f"/cases/{opened.number}"),
        desk.get(f"/cases/{opened.number}/decide"),
        desk.get("/queue?filter=all"),
    ]
    for page in pages:
        assert page.status_code == 200
        assert " style=" not in text_of(page)


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("asked", "spoken", "words"),
    [
        ("zh-CN,zh;q=0.9", "zh-Hans", "我要投诉"),
        ("zh-TW", "zh-Hant", "我要投訴"),
        ("en-GB,en", "zh-Hans", "我要投诉"),
        ("", "zh-Hans", "我要投诉"),
    ],
)
def test_pages_are_chinese_unless_somebody_chose(asked: str, spoken: str, words: str) -> None:
    shown = text_of(Client().get("/", headers={"accept-language": asked}))
    assert f'<html lang="{spoken}">' in shown
    assert words in shown


@pytest.mark.usefixtures("here")
def test_the_language_chosen_stays_and_leads_back_to_the_page() -> None:
    client = Client()
    answer = client.post("/language", {"language": "en", "next": "/open"})
    assert answer.headers["Location"] == "/open"
    shown = text_of(client.get("/open"))
    assert '<html lang="en">' in shown
    assert "What happened?" in shown


@pytest.mark.usefixtures("here")
def test_choosing_a_language_leads_nowhere_outside() -> None:
    answer = Client().post("/language", {"language": "en", "next": "https://elsewhere.example/"})
    assert answer.headers["Location"] == "/"


@pytest.mark.usefixtures("here")
def test_a_missing_page_says_what_to_do() -> None:
    answer = Client().get("/no/such/page")
    assert answer.status_code == 404
    assert "地址可能抄漏了一段" in text_of(answer)


def test_a_form_without_its_cookie_is_explained(here: House) -> None:
    del here
    answer = Client(enforce_csrf_checks=True).post("/open", {"story": "x"})
    assert answer.status_code == 403
    assert "这一页开得太久" in text_of(answer)


def test_a_fault_of_ours_is_owned(here: House, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = opened_complaint(here)
    monkeypatch.setattr("buckstop.web.views.my_case.sight", None)
    opened.client.raise_request_exception = False
    answer = opened.client.get(opened.url())
    assert answer.status_code == 500
    assert "我们这边出错了" in text_of(answer)
