"""What is sent too long, too often, twice at once, forged or in the wrong way."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from pytest_django.fixtures import Settings

from buckstop.records.evidence.limits import MOST_AT_ONCE, MOST_FILES
from tests.web.browsing import Browser, Page, page_of
from tests.web.kit import (
    LANGUAGES,
    Fair,
    a_house,
    a_scene,
    everybodys_forms,
    newcomer,
    wish,
)

TWO_GIGABYTES = 2 * 1024**3


@pytest.fixture
def fair(settings: Settings) -> Fair:
    opened = a_house()
    settings.HOUSE = opened.slug
    return opened


class Endless:
    """An upload that goes on and on, and counts what was taken of it."""

    taken = 0

    def read(self, size: int = -1) -> bytes:
        """Give as much as is asked for, a megabyte if nobody says."""
        wanted = size if size >= 0 else 1024**2
        self.taken += wanted
        return b"x" * wanted

    readline = read


def _streamed(browser: Browser, address: str, *, announced: str) -> tuple[Page, Endless]:
    """Send an endless form that announces a length."""
    upload = Endless()
    environ: dict[str, Any] = {"CONTENT_LENGTH": announced, "wsgi.input": upload}
    kind = "multipart/form-data; boundary=line"
    response = browser.client.generic("POST", address, content_type=kind, **environ)
    return page_of(response, address), upload


def file(name: str, content: bytes = b"abc") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_two_gigabytes_are_refused_before_any_is_read(fair: Fair, language: str) -> None:
    scene = a_scene(fair, language)
    for form in everybodys_forms(scene):
        address = form.form().action or form.page
        page, upload = _streamed(form.browser, address, announced=str(TWO_GIGABYTES))
        assert page.status == 413, address
        assert upload.taken == 0, address
        assert str(MOST_AT_ONCE // 1024**2) in page.text, address


@pytest.mark.django_db
@pytest.mark.parametrize("announced", ["1000", "", "-1", "²", "9" * 5000, "many"])
def test_no_more_is_read_than_was_announced(fair: Fair, announced: str) -> None:
    scene = a_scene(fair)
    page, upload = _streamed(scene.consumer, f"{scene.mine}/evidence", announced=announced)
    assert 400 <= page.status < 500
    assert upload.taken <= 64 * 1024


@pytest.mark.django_db
def test_an_empty_file_beside_a_right_one_loses_neither_words_nor_the_right_one(
    fair: Fair,
) -> None:
    scene = a_scene(fair)
    for form in everybodys_forms(scene):
        page = form.browser.get(form.page)
        found = page.form(form.of)
        if not found.files or form.page in {scene.theirs, f"{scene.mine}/appeal"}:
            continue
        name = next(iter(found.files))
        answer = form.send(**{name: [file("right.png"), file("empty.png", b"")]})
        assert answer.status == 422, form.page
        assert "空的" in "".join(answer.read.alerts), form.page
        for field, typed in form.answers.items():
            if field != "kind":
                assert form.kept(answer, field) == typed, form.page
        assert "right.png" in form.browser.get(form.page.removesuffix("/evidence")).text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("rest", "of", "field"), [("", "text", "files"), ("/evidence", "kind", "attached")]
)
def test_files_whose_words_are_too_long_are_not_lost(
    fair: Fair, rest: str, of: str, field: str
) -> None:
    scene = a_scene(fair)
    page = scene.consumer.get(scene.mine + rest)
    answers = {"kind": "invoice", "text": "长" * 30_000, field: [file("right.png")]}
    answer = scene.consumer.send(page, page.form(of), answers)
    assert answer.status == 422
    assert answer.typed(of, "text") == "长" * 30_000
    assert "right.png" in answer.text
    assert [item.name for item in scene.look().evidence] == []
    again = scene.consumer.send(answer, answer.form(of), {"kind": "invoice", "text": "短一点"})
    assert again.status == 200
    assert [item.name for item in scene.look().evidence] == ["right.png"]
    assert "短一点" in scene.consumer.get(f"{scene.mine}?all=1").text


@pytest.mark.django_db
def test_too_many_files_are_told_and_the_words_stay(fair: Fair) -> None:
    scene = a_scene(fair)
    files = [file(f"{number}.png") for number in range(MOST_FILES + 5)]
    page = scene.consumer.get(f"{scene.mine}/evidence")
    answer = scene.consumer.fill(page, "kind", kind="invoice", text="二十五张", attached=files)
    assert answer.status == 422
    assert str(MOST_FILES) in "".join(answer.read.alerts)
    assert answer.typed("kind", "text") == "二十五张"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>.png",
        "照\u202egnp.exe",
        "👩‍👩‍👧.png",
        "长" * 300 + ".png",
        "../../etc/passwd",
    ],
)
def test_a_file_of_any_name_is_taken_and_shown_harmless(fair: Fair, name: str) -> None:
    scene = a_scene(fair)
    page = scene.consumer.get(f"{scene.mine}/evidence")
    answer = scene.consumer.fill(page, "kind", kind="invoice", text="", attached=[file(name)])
    assert answer.status == 200
    assert len(scene.look().evidence) == 1
    for shown in (answer, scene.agent.get(scene.desk), scene.shop.get(scene.theirs)):
        assert "<script>alert" not in shown.html
        assert "\u202e" not in shown.text
        assert "etc/passwd" not in shown.text


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_read_gets_a_clear_page(fair: Fair, language: str) -> None:
    scene = a_scene(fair, language)
    many = {f"field{number}": "x" for number in range(1000)}
    page = scene.consumer.get(scene.mine)
    crowd = scene.consumer.send_only(page, page.form("text"), many)
    flood = scene.consumer.send_only(page, page.form("text"), {"text": "x" * 5_000_000})
    forged = scene.consumer.send_only(page, page.form("text"), {"csrfmiddlewaretoken": "x" * 64})
    bare = page_of(scene.consumer.client.post(f"{scene.mine}/urge"), "")
    by_hand = scene.consumer.get(f"{scene.mine}/urge")
    for answer, status in ((crowd, 400), (flood, 413), (forged, 403), (bare, 403), (by_hand, 405)):
        assert answer.status == status
        head = next(words for words in answer.read.words if len(words) > 8)
        assert bool(re.search(r"[\u4e00-\u9fff]", head)) == (language != "en")
    assert scene.look().urged == ()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/my/%00", "/my/%00/key/%00", "/l/%00", "/cases/%00", "/queue/%00", "/queue?find=%00",
     "/queue?after=%00", "/queue?after=x~y", "/queue?after=2026-01-01T00:00:00%2B00:00~x",
     "/queue?after=0001-01-01~00000000-0000-0000-0000-000000000000", "/my/%FF%FE",
     "/queue?find=%ED%A0%80", "/queue?filter=nonsense&problem=nonsense", "/l/a.b.c.d",
     f"/l/{'a' * 5000}", f"/find?number={'9' * 5000}", "/demo/case/%00"],
)  # fmt: skip
def test_an_address_made_up_is_no_fault_of_ours(fair: Fair, address: str) -> None:
    scene = a_scene(fair)
    for browser in (Browser(), scene.consumer, scene.shop, scene.agent, scene.supervisor):
        assert browser.get(address).status in {200, 403, 404}, address


@pytest.mark.django_db
@pytest.mark.parametrize("field", ["price", "amount"])
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1e9", "请写成数字"), ("-5", "0 或更多"), ("两千", "请写成数字"), ("36,50", "请写成数字"),
        ("9" * 16, "0 或更多"), ("9" * 5000, "请写成数字"), ("1e999999", "请写成数字"),
        ("NaN", "请写成数字"), ("Infinity", "请写成数字"), ("0.001", "最多到分"),
        ("²", "请写成数字"),
        ("1_000", "请写成数字"), ("２８９９", ""), ("２，８９９．００", ""), ("2,899.00", ""),
        ("￥2899 元", ""), ("2899.5", ""),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_people_write_it(
    fair: Fair, field: str, typed: str, said: str
) -> None:
    forms = {"price": ("/open/order", 1, "shop"), "amount": ("/open/wish", 2, "problem")}
    address, steps, of = forms[field]
    browser = newcomer(fair, "zh-hans", steps=steps)
    page = browser.get(address)
    answer = browser.send_only(page, page.form(of), {field: typed})
    assert said in "".join(answer.read.alerts)
    assert answer.typed(of, field) == typed if answer.status == 422 else not said
    if not said:
        assert not [alert for alert in answer.read.alerts if "请写成" in alert]


def _at_once(*presses: Callable[[], Page]) -> list[Page]:
    """Press buttons at the same moment, each over a connection of its own."""
    start = Barrier(len(presses))

    def press(one: Callable[[], Page]) -> Page:
        try:
            start.wait(timeout=30)
            return one()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(presses)) as pool:
        return list(pool.map(press, presses))


@pytest.mark.django_db(transaction=True)
def test_two_agents_who_press_at_once_both_get_an_answer_and_one_gets_the_case(
    fair: Fair,
) -> None:
    scene = a_scene(fair)
    other = fair.browser_of("bo")
    ready = [(browser, browser.get(f"{scene.desk}/owner")) for browser in (scene.agent, other)]
    colleagues = fair.supervisor, fair.supervisor
    before = scene.look().seq
    answers = _at_once(*(
        lambda browser=browser, page=page, owner=owner: browser.send_only(
            page, page.form("owner"), {"owner": owner, "text": "换人"}
        )
        for (browser, page), owner in zip(ready, colleagues, strict=True)
    ))  # fmt: skip
    assert sorted(answer.status for answer in answers) == [302, 409]
    told = next(answer for answer in answers if answer.status == 409)
    assert told.read.alerts != []
    assert told.typed("owner", "text") == "换人"
    assert scene.look().seq > before


@pytest.mark.django_db(transaction=True)
def test_a_button_pressed_twice_at_once_happens_once(fair: Fair) -> None:
    scene = a_scene(fair)
    page = scene.consumer.get(scene.mine)
    form = page.form("text")
    press = partial(scene.consumer.send_only, page, form, {"text": "只说一遍"})
    assert [answer.status for answer in _at_once(press, press)] == [302, 302]
    said = [line for line in scene.look().thread if line.kind == "MessageSent"]
    assert len(said) == 1


@pytest.mark.django_db(transaction=True)
def test_a_complaint_sent_twice_at_once_is_one_case_that_its_secret_opens(fair: Fair) -> None:
    browser = newcomer(fair, "zh-hans", steps=2)
    page = browser.get("/open/wish")
    press = partial(browser.send_only, page, page.form("problem"), wish())
    answers = _at_once(press, press)
    assert {answer.status for answer in answers} == {302}
    opened = browser.get("/opened")
    link = next(tag["href"] for _, tag in opened.read.tags if tag.get("id") == "secret")
    assert Browser().get(link).at.startswith("/my/")
    agent = fair.browser_of("anna")
    assert agent.get("/queue?filter=all").html.count(f'href="/cases/{fair.prefix}') <= 2
