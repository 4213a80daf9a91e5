"""Every page of the main job speaks its reader's language whole, in the reader's own time."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from tests.web.browsing import Browser, Page
from tests.web.kit import LANGUAGES, SHOP, Scene, a_house, a_scene, newcomer

pytestmark = pytest.mark.django_db

HAN = re.compile(r"[\u4e00-\u9fff]")
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
TYPED = (
    "林晓禾", "青屿数码店", "远帆手机", "九月五日晚手机突然黑屏，店家说是人为损坏，不给保修。",
    "请店家两天内答复。", "说会回电话", "退一部分", "安宁", "柏舟", "梅青", "质保期内。",
    "艾达", "青屿数", *"林宁青舟",
)  # fmt: skip
"""What people typed or are called stays as it is in every language."""
SAME_EVERYWHERE = re.compile(
    r"\S+@\S+|https?://\S+|[A-Z]{1,4}\d*-\d[\d-]*|\b[A-Z]{2,5}-\d+[-\d]*|\b[0-9a-f]{64}\b|"
    r"[\w-]+\.(?:jpg|png|txt)\b|English|Enter|Cookie|简体|繁體|KB|MB|/my/\S+|一组|第一|SBP|CPL"
)
ONLY_SIMPLIFIED = set("们这个时间还没说会该办东请谁为别账号写简单进页问题际开关听证据决")
ONLY_TRADITIONAL = (
    set("們這個時間還沒說會該辦東請誰為別帳號寫簡單進頁問題際開關聽證據決") - ONLY_SIMPLIFIED
)
UNFILLED = re.compile(r"[{}]|%\(|^\s*(?:None|True|False)\s*$|datetime\.")
CODE = re.compile(r"\b[a-z]+(?:\.[a-z]+)*(?:-[a-z]+)+\b|\b[A-Z][a-z]+[A-Z]\w+\b|\b[a-z]+_[a-z]+\b")
TIME = re.compile(r"\b(\d{1,2}):(\d{2})\b")
DUE = re.compile(r"(\d{1,2}):(\d{2})\s*前")


@pytest.fixture(params=LANGUAGES)
def scene(request: pytest.FixtureRequest, settings: Settings) -> Scene:
    fair = a_house()
    settings.HOUSE = fair.slug
    return a_scene(fair, request.param)


def _to_the_shops_answer(scene: Scene) -> None:
    """Let the shop offer, and the agent write down a call."""
    scene.shop.fill(scene.shop.get(scene.theirs), "answer", answer="offer", remedy="refund",
                    amount="88", plan="退一部分", offer_days="7")  # fmt: skip
    page = scene.agent.get(f"{scene.desk}/contact")
    scene.agent.fill(page, "at", at="2026-10-20T10:00", direction="out", medium="phone",
                     minutes="3", text="说会回电话。")  # fmt: skip


def _to_a_decision(scene: Scene) -> None:
    """Let the consumer say no, the supervisor take over, freeze and write a decision."""
    page = scene.consumer.get(scene.mine)
    reject = next((f for f in page.read.forms if f.action.endswith("/reject")), None)
    if reject is not None:
        scene.consumer.send(page, reject)
    for act, at in (("/take-over", scene.desk), ("/freeze", f"{scene.desk}/decide")):
        page = scene.supervisor.get(at)
        form = next((f for f in page.read.forms if f.action.endswith(act)), None)
        if form is not None:
            scene.supervisor.send(page, form)
    page = scene.supervisor.get(f"{scene.desk}/decide")
    scene.supervisor.fill(page, "reasons", ruling="for-consumer", debtor=SHOP, remedy="repair",
                          fulfil_days="7", reasons="质保期内。")  # fmt: skip


def _case_pages(scene: Scene) -> Iterator[Page]:
    yield scene.consumer.get(f"{scene.mine}?all=1")
    yield scene.shop.get(f"{scene.theirs}?all=1")
    yield scene.agent.get(f"{scene.desk}?all=1")
    yield scene.supervisor.get(f"{scene.desk}/decide")


def _pages(scene: Scene) -> Iterator[Page]:
    """Walk the main job, and give every page of it."""
    fair, language = scene.fair, scene.language
    starting = newcomer(fair, language, steps=2)
    for address in ("/", "/open", "/open/order", "/open/wish", "/find", "/sign-in", "/nope"):
        yield starting.get(address)
    yield Browser(language).get("/l/forged")
    yield scene.consumer.get("/opened")
    for rest in ("evidence", "contact", "record", "offer", "takeover", "appeal", "withdraw"):
        yield scene.consumer.get(f"{scene.mine}/{rest}")
    for rest in ("pass", "task", "ask", "accept-proof", "fact", "contact", "keep-promise",
                 "correct", "owner", "party"):  # fmt: skip
        yield scene.agent.get(f"{scene.desk}/{rest}")
    yield scene.supervisor.get(f"{scene.desk}/refuse-takeover")
    yield from _case_pages(scene)
    _to_the_shops_answer(scene)
    yield from _case_pages(scene)
    _to_a_decision(scene)
    yield from _case_pages(scene)
    for address in ("/queue?filter=all", "/supervision"):
        yield scene.supervisor.get(address)


def _own_words(page: Page) -> Iterator[str]:
    """Give what the page itself says, without names and what people typed."""
    for said in page.read.words:
        word = said
        for typed in TYPED:
            word = word.replace(typed, " ")
        yield SAME_EVERYWHERE.sub(" ", word)


def _foreign(word: str, language: str) -> bool:
    match language:
        case "en":
            return bool(HAN.search(word))
        case "zh-hant":
            return bool(LATIN_WORD.search(word) or set(word) & (ONLY_SIMPLIFIED - set("个")))
        case _:
            return bool(LATIN_WORD.search(word) or set(word) & ONLY_TRADITIONAL)


def test_every_page_of_the_main_job_speaks_one_language(scene: Scene) -> None:
    left: list[str] = []
    for page in _pages(scene):
        assert page.status in {200, 404}, f"{page.at}: {page.status}"
        left += [
            f"{page.at}: {word.strip()}"
            for word in _own_words(page)
            if _foreign(word, scene.language)
            or UNFILLED.search(word)
            or (scene.language != "en" and CODE.search(word))
        ]
    assert "\n".join(dict.fromkeys(left)) == ""


def test_times_are_those_of_the_place_and_nothing_is_due_at_an_odd_hour(scene: Scene) -> None:
    if scene.language != "zh-hans":
        return
    _to_the_shops_answer(scene)
    for page in _case_pages(scene):
        assert "UTC" not in page.text
        assert "+00:00" not in page.text
        assert not re.search(r"\d{4}-\d{2}-\d{2}T", page.text)
        for hour, minute in DUE.findall(page.text):
            assert 8 <= int(hour) <= 22, f"{page.at}: due {hour}:{minute}"
            assert minute == "00", f"{page.at}: due {hour}:{minute}"


def test_the_page_says_which_language_it_is_in(scene: Scene) -> None:
    expected = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}[scene.language]
    for page in _case_pages(scene):
        html = next(attributes for tag, attributes in page.read.tags if tag == "html")
        assert html["lang"] == expected
        assert page.headers["Content-Language"] == scene.language


@pytest.mark.usefixtures("scene")
def test_a_reader_of_traditional_chinese_need_not_choose() -> None:
    shown = Client().get("/", headers={"accept-language": "zh-HK,zh;q=0.9"}).content.decode()
    assert 'lang="zh-Hant"' in shown
