"""Bad input: each gets a clear answer in the reader's language and loses nothing."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from buckstop.records.evidence import limits
from tests.web.given import (
    ORDER,
    STORY,
    WISH,
    House,
    at_desk,
    by_link,
    house,
    opened_complaint,
    picture,
    post,
    text_of,
)

pytestmark = pytest.mark.django_db

EVERYWHERE = '<script>alert("x")</script><img src=x onerror=alert(1)>'


@pytest.fixture
def here() -> House:
    return house()


def _story(client: Client, story: str) -> tuple[int, str]:
    answer = client.post("/open", {"story": story, "go": "on"})
    return answer.status_code, text_of(answer)


@pytest.mark.usefixtures("here")
def test_an_empty_story_is_asked_for() -> None:
    status, shown = _story(Client(), "   ")
    assert status == 422
    assert "这里还空着，请填一下。" in shown


@pytest.mark.usefixtures("here")
def test_a_megabyte_of_text_is_answered_with_the_limit_and_stays_in_the_page() -> None:
    long = "太长了" * 350_000
    status, shown = _story(Client(), long)
    assert status == 422
    assert "1050000 个字" in shown
    assert "20000 个" in shown
    assert long in shown


@pytest.mark.usefixtures("here")
def test_null_bytes_are_named_and_the_words_around_them_stay() -> None:
    status, shown = _story(Client(), "屏幕\x00黑了")
    assert status == 422
    assert "看不见的坏字符" in shown
    assert "屏幕" in shown
    assert "黑了" in shown


def test_emoji_are_kept(here: House) -> None:
    opened = opened_complaint(here, story="等了两个月😤，家里👨‍👩‍👧都急了。")
    assert opened.page().stories == ("等了两个月😤，家里👨‍👩‍👧都急了。",)
    assert "😤" in text_of(opened.client.get(opened.url("?all=1")))


def test_right_to_left_marks_are_kept_and_shown_as_marks(here: House) -> None:
    opened = opened_complaint(here, story="金额是\u202e0061\u202c元。")
    shown = text_of(opened.client.get(opened.url("?all=1")))
    assert "\u202e" not in shown
    assert "\N{REPLACEMENT CHARACTER}" in shown


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    "garbled",
    ["锟斤拷锟斤拷，手机黑屏。", "æ‰‹æœºé»‘å±", "手机\ufffd\ufffd屏", "金额是\u202e0061\u202c元"],
)
def test_what_looks_garbled_is_noticed_at_once_kept_and_sent_if_it_is_meant(garbled: str) -> None:
    client = Client()
    status, shown = _story(client, garbled)
    assert status == 422
    assert "再点一次“下一步”" in shown
    assert garbled in shown
    meant = client.post("/open", {"story": garbled, "noticed": "1", "go": "on"})
    assert meant.status_code == 302
    assert garbled in text_of(client.get("/open"))


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"received_on": "2026-10-01"}, "收到的日子比购买早"),
        ({"discovered_on": "2026-09-01"}, "发现问题的日子比购买早"),
        ({"ordered_on": str(date(2026, 1, 1) + timedelta(days=3650))}, "这一天还没到"),
        ({"ordered_on": "2026-02-31"}, "没有这一天"),
        ({"ordered_on": "昨天"}, "没有这一天"),
        ({"price": "两千多"}, "请写成数字"),
        ({"price": "-5"}, "请写成 0 或更多的金额"),
        ({"price": "36.505"}, "最多到分"),
        ({"shop_mail": "不是邮箱"}, "这不像邮箱"),
        ({"shop_mail": "", "shop_phone": ""}, "邮箱和电话至少写一个"),
        ({"goods": "spaceship"}, "请选一个"),
    ],
)
@pytest.mark.usefixtures("here")
def test_a_wrong_order_is_told_where_and_all_that_was_typed_stays(
    changed: dict[str, str], words: str
) -> None:
    answer = Client().post("/open/order", {**ORDER, **changed, "go": "on"})
    shown = text_of(answer)
    assert answer.status_code == 422
    assert words in shown
    assert "禾间布艺" in shown
    assert "三人沙发" in shown


@pytest.mark.usefixtures("here")
def test_what_was_typed_is_there_again_after_a_reload() -> None:
    client = Client()
    client.post("/open/order", {**ORDER, "price": "两千多", "go": "on"})
    shown = text_of(client.get("/open/order"))
    assert "两千多" in shown
    assert "禾间布艺" in shown


@pytest.mark.usefixtures("here")
def test_what_is_being_typed_is_kept_before_anything_is_sent() -> None:
    client = Client()
    assert client.post("/open/keep/story", {"story": "写到一半"}).status_code == 204
    assert "写到一半" in text_of(client.get("/open"))


@pytest.mark.usefixtures("here")
def test_an_empty_file_is_named_and_the_story_stays() -> None:
    client = Client()
    empty = picture("空的.png", b"")
    answer = client.post("/open", {"story": STORY, "files": [empty], "go": "on"})
    shown = text_of(answer)
    assert answer.status_code == 422
    assert "空的.png" in shown
    assert STORY in shown


def test_a_file_over_the_limit_is_answered_with_the_limit(
    here: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("buckstop.records.evidence.gateways.MOST_BYTES", 1024)
    opened = opened_complaint(here)
    answer = opened.post("/evidence", kind="chat-record", text="说明还在",
                         attached=[picture("大.png", b"x" * 5000)])  # fmt: skip
    assert answer.status_code == 413
    assert "说明还在" in text_of(answer)


@pytest.mark.usefixtures("here")
def test_a_flood_is_turned_away_before_it_is_read() -> None:
    answer = Client().post("/open", {"story": "x"}, CONTENT_LENGTH=str(2 * 1024**3))
    assert answer.status_code == 413
    assert str(limits.MOST_AT_ONCE // limits.MEGABYTE) in text_of(answer)


@pytest.mark.usefixtures("here")
def test_more_files_than_one_form_may_bring_are_told() -> None:
    files = [picture(f"{n}.png") for n in range(limits.MOST_FILES)]
    client = Client()
    assert client.post("/open", {"story": STORY, "files": files, "go": "on"}).status_code == 302
    one_more = [picture("再来一张.png")]
    answer = client.post("/open", {"story": STORY, "files": one_more, "go": "on"})
    assert answer.status_code == 422
    assert str(limits.MOST_FILES) in text_of(answer)
    assert STORY in text_of(answer)


def test_script_in_every_field_is_shown_as_text(here: House) -> None:
    fields = {
        name: EVERYWHERE
        for name, value in {**ORDER, **WISH}.items()
        if name in {"shop", "item", "order_no", "name"} and value is not None
    }
    opened = opened_complaint(here, story=EVERYWHERE, **fields)
    opened.post("/message", text=EVERYWHERE)
    desk = at_desk(here, "zhouning")
    post(desk, f"/cases/{opened.number}/take-up")
    post(desk, f"/cases/{opened.number}/pass", to="merchant", expected="respond",
         sentence=EVERYWHERE)  # fmt: skip
    post(desk, f"/cases/{opened.number}/message", text=EVERYWHERE, **{"as": "promise"})
    merchant, _ = by_link(opened)
    post(merchant, f"/answer/{opened.number}/merchant", answer="offer", remedy="exchange",
         plan=EVERYWHERE, go="send")  # fmt: skip
    opened.post("/contact", other="house", at="2026-11-20T18:30", precision="day", direction="out",
                medium="phone", text=EVERYWHERE)  # fmt: skip
    pages = (
        text_of(opened.client.get(opened.url("?all=1"))),
        text_of(opened.client.get("/opened")),
        text_of(desk.get(f"/cases/{opened.number}?all=1")),
        text_of(desk.get("/queue?filter=all")),
        text_of(desk.get(f"/queue?find={EVERYWHERE}")),
        text_of(desk.get(f"/cases/{opened.number}/decide")),
        text_of(merchant.get(f"/answer/{opened.number}/merchant")),
    )
    for shown in pages:
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
    assert "&lt;script&gt;" in pages[0]


def test_a_replayed_form_happens_once(here: House) -> None:
    opened = opened_complaint(here)
    token = {"form_token": "0f3c1b52-replayed"}
    for _ in range(3):
        assert opened.post("/message", text="只说一遍", **token).status_code == 302
    said = [line for line in opened.page().thread if line.kind == "MessageSent"]
    assert len(said) == 1


def test_sending_the_last_step_again_opens_no_second_case(here: House) -> None:
    opened = opened_complaint(here)
    again = opened.client.post("/open/wish", {**WISH, "go": "on"})
    assert again.status_code == 302
    assert opened.number in text_of(opened.client.get("/opened"))
    desk = at_desk(here, "zhouning")
    assert "1 件" in text_of(desk.get("/queue?filter=all"))


def test_the_second_of_two_people_is_told_and_keeps_what_was_typed(here: House) -> None:
    opened = opened_complaint(here)
    one, other = at_desk(here, "zhouning"), at_desk(here, "dingke")
    assert post(one, f"/cases/{opened.number}/take-up").status_code == 302
    sent = {"to": "merchant", "expected": "respond", "sentence": "请店家答复。"}
    assert post(one, f"/cases/{opened.number}/pass", **sent).status_code == 302
    late = post(other, f"/cases/{opened.number}/pass", **{**sent, "sentence": "我也转一次。"})
    assert late.status_code in {409, 422}
    assert "我也转一次。" in text_of(late)


def test_an_urge_too_many_is_answered_kindly(here: House) -> None:
    opened = opened_complaint(here)
    statuses = [opened.post("/urge").status_code for _ in range(4)]
    assert statuses[0] == 302
    assert statuses[-1] == 409
    assert "现在该谁办" in text_of(opened.post("/urge"))


@pytest.mark.usefixtures("here")
def test_too_many_complaints_from_one_address_are_asked_to_wait() -> None:
    client = Client()
    for _ in range(20):
        _send_whole(client)
    answer = _send_whole(client)
    assert answer.status_code == 429
    assert "请过 60 分钟再试" in text_of(answer)
    assert "苏叶" in text_of(answer)


def _send_whole(client: Client) -> Any:  # noqa: ANN401 - the test client's own
    client.get("/open")
    client.post("/open", {"story": STORY, "go": "on"})
    client.post("/open/order", {**ORDER, "go": "on"})
    return client.post("/open/wish", {**WISH, "go": "on"})
