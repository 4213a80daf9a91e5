"""Contacts that nobody knows, and contacts that change (K8)."""

from datetime import UTC, datetime

import pytest

from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.party import CONSUMER
from buckstop.texts import Language, moment
from tests.web.browsing import Browser, Page
from tests.web.kit import (
    SHOP,
    Fair,
    Scene,
    a_house,
    a_scene,
    newcomer,
    order,
    wish,
)

pytestmark = pytest.mark.django_db

UNKNOWN = {"shop_mail": "", "shop_phone": ""}


def _told(fair: Fair, **changes: object) -> tuple[Browser, Page]:
    browser = newcomer(fair, "zh-hans", steps=1)
    page = browser.get("/open/order")
    return browser, browser.send_only(page, page.form("shop"), order(fair, **UNKNOWN, **changes))


def _unknown_shop(fair: Fair) -> tuple[Browser, str]:
    browser, _ = _told(fair, shop_unknown="on")
    page = browser.fill(browser.get("/open/wish"), "problem", **wish())
    number = next(word for word in page.text.split() if f"{fair.prefix}-" in word)
    browser.get(next(tag["href"] for _, tag in page.read.tags if tag.get("id") == "secret"))
    return browser, number


def test_K8_who_knows_no_contact_of_the_shop_is_pointed_to_the_box() -> None:
    _, page = _told(a_house())

    assert page.status == 422
    assert "请勾“都不知道，请服务台去找”" in page.text


def test_K8_a_complaint_opens_without_a_contact_of_the_shop_and_stays_at_the_desk() -> None:
    fair = a_house()

    _, number = _unknown_shop(fair)

    page = fair.look(number)
    assert page.turn is not None
    assert page.turn.holder.party == "house"
    assert not page.parties[SHOP].contact_works
    assert not any(target.act.allowed for target in page.targets if target.party == SHOP)


def test_K8_the_consumer_reads_who_looks_for_the_shop_until_when_and_what_if_it_is_not_found() -> (
    None
):
    fair = a_house()
    consumer, number = _unknown_shop(fair)

    page = consumer.get(f"/my/{number}")

    (clock,) = (c for c in fair.look(number).clocks if c.kind is ClockKind.FIND)
    assert "正在找" in page.text
    due = moment(clock.due, Language.ZH_HANS, datetime.now(UTC))
    assert f"起在找，{due} 前要找到" in page.text
    assert "逾期没有找到，就按联系不上对方办" in page.text
    asked = consumer.get(f"/my/{number}/reach?of={SHOP}")
    assert asked.form("mail").sent["party"] == [SHOP]
    consumer.fill(asked, "mail", mail="", phone="010-5550199")
    assert fair.look(number).parties[SHOP].contact_works
    assert "正在找" not in consumer.get(f"/my/{number}").text


def test_K8_nobody_is_promised_that_a_shop_is_told_whom_nobody_can_reach() -> None:
    browser, _ = _told(a_house(), shop_unknown="on")

    page = browser.fill(browser.get("/open/wish"), "problem", **wish())

    assert "先找店家的联系方式" in page.text
    assert "店家收到通知，" not in page.text


def test_K8_the_desk_adds_a_contact_and_can_then_pass_the_ball() -> None:
    fair = a_house()
    _, number = _unknown_shop(fair)
    agent = fair.browser_of("anna")
    case = agent.get(f"/cases/{number}")
    agent.send(case, case.form(action="/take-up"))

    agent.fill(
        agent.get(f"/cases/{number}/reach"), "mail", party=SHOP, mail="a@qingyu.example", phone=""
    )

    page = fair.look(number)
    assert page.parties[SHOP].contact_works
    assert any(target.act.allowed for target in page.targets if target.party == SHOP)


def test_K8_a_consumer_who_learns_the_contact_of_the_shop_adds_it() -> None:
    fair = a_house()
    consumer, number = _unknown_shop(fair)

    consumer.fill(
        consumer.get(f"/my/{number}/reach"), "mail", party=SHOP, mail="", phone="010-5550199"
    )

    assert fair.look(number).parties[SHOP].contact_works


@pytest.fixture
def scene() -> Scene:
    return a_scene(a_house())


def test_A1_a_consumer_changes_the_own_contact_and_is_known_by_the_new_one(scene: Scene) -> None:
    page = scene.consumer.get(f"{scene.mine}/reach")
    scene.consumer.fill(page, "mail", party=CONSUMER, mail="", phone="13911112222")
    again = Browser("zh-hans")
    again.fill(again.get("/open"), "story", story="还是那件事。")
    again.fill(again.get("/open/order"), "shop", **order(scene.fair))
    opened = again.fill(again.get("/open/wish"), "problem", **wish(contact="13911112222"))

    assert scene.look().parties[CONSUMER].address == "13911112222"
    assert scene.number in opened.text


def test_K8_a_consumer_turns_away_no_contact_that_works(scene: Scene) -> None:
    page = scene.consumer.get(f"{scene.mine}/reach")

    assert SHOP not in page.text
    answer = scene.consumer.fill(page, "mail", party=SHOP, mail="", phone="13911112222")

    assert answer.status == 422


def test_K8_a_respondent_changes_its_own_contact_from_its_link(scene: Scene) -> None:
    shop = scene.shop
    page = shop.get(scene.theirs)
    assert f"{scene.theirs}/reach" in {tag.get("href") for _, tag in page.read.tags}

    answer = shop.fill(
        shop.get(f"{scene.theirs}/reach"), "mail", party=SHOP, mail="new@qingyu.example", phone=""
    )

    assert answer.at == scene.theirs
    assert scene.look().parties[SHOP].address == "new@qingyu.example"


def test_K8_a_respondent_changes_nobody_elses_contact(scene: Scene) -> None:
    page = scene.shop.get(f"{scene.theirs}/reach")

    answer = scene.shop.fill(page, "mail", party=CONSUMER, mail="", phone="13911112222")

    assert answer.status == 422
    assert scene.look().parties[CONSUMER].address != "13911112222"


def test_K8_a_respondent_is_told_what_is_no_contact(scene: Scene) -> None:
    page = scene.shop.get(f"{scene.theirs}/reach")

    answer = scene.shop.fill(page, "mail", party=SHOP, mail="nobody", phone="")

    assert answer.status == 422
    assert "这不像邮箱" in answer.text
