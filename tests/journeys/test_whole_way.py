"""Consumer, respondent, agent, supervisor, remedy, confirmation: walked in Chinese, in a browser.

At the width of a phone the consumer and the respondent have no JavaScript.
"""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page
from pytest_django.live_server_helper import LiveServer

from tests.journeys.links import link_of
from tests.web.given import PASSWORD, PNG, STORY, House, house

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE, DESKTOP = (390, 844), (1440, 900)
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@dataclass
class Walker:
    """Somebody with a browser of a certain width, who looks at every page."""

    page: Page
    address: str
    scripted: bool
    heard: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Open a page of ours."""
        self.page.goto(f"{self.address}{path}")
        self.looks_right()

    def press(self, name: str) -> None:
        """Press a button or follow a link by what stands on it."""
        self.page.locator("main button, main a").filter(has_text=name).first.click()
        self.page.wait_for_load_state()
        self.looks_right()

    def fill(self, **fields: str) -> None:
        """Type into fields by their name; a select takes its value."""
        for name, value in fields.items():
            box = self.page.locator(f"[name={name}]").first
            if self.page.locator(f"select[name={name}]").count():
                box.select_option(value)
            else:
                box.fill(value)

    def sees(self, *words: str) -> None:
        """Find words on the page."""
        shown = self.page.locator("body").inner_text()
        for word in words:
            assert word in shown, f"{word} is not on {self.page.url}"

    def looks_right(self) -> None:
        """Let nothing reach past the edge of the screen, and nothing be wrong for a reader."""
        assert not self.heard, self.heard
        main = self.page.locator("main").bounding_box()
        width = self.page.viewport_size
        assert main is not None
        assert width is not None
        assert main["x"] >= 0
        assert main["x"] + main["width"] <= width["width"] + 1, self.page.url
        if self.scripted:
            self._is_accessible()

    def _is_accessible(self) -> None:
        reach = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert reach <= 0, f"{self.page.url} is {reach} too wide"
        options = {"runOnly": {"type": "tag", "values": WCAG}}
        found = Axe().run(self.page, options=options).response["violations"]
        told = [(v["id"], [n["target"] for n in v["nodes"]][:3]) for v in found]
        assert not told, f"{self.page.url}: {told}"


@pytest.fixture
def here() -> House:
    return house()


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    chosen: tuple[int, int] = request.param
    return chosen


def _walker(
    browser: Browser, live_server: LiveServer, size: tuple[int, int], *, scripted: bool
) -> Walker:
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale="zh-CN",
        java_script_enabled=scripted,
    )
    page = context.new_page()
    walker = Walker(page=page, address=live_server.url, scripted=scripted)

    def listen(message: ConsoleMessage) -> None:
        # Chromium reports every answer that is not 2xx; those are looked for by their words.
        if message.type == "error" and "Failed to load resource" not in message.text:
            walker.heard.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: walker.heard.append(str(error)))
    return walker


def test_the_whole_way_from_complaint_to_remedy(
    here: House, browser: Browser, live_server: LiveServer, size: tuple[int, int], tmp_path: Path
) -> None:
    del here
    scripted = size == DESKTOP
    consumer = _walker(browser, live_server, size, scripted=scripted)
    _complain(consumer)
    number = consumer.page.url.rpartition("/")[2]

    agent = _walker(browser, live_server, size, scripted=True)
    _sign_in(agent, "zhouning")
    agent.go("/queue?filter=all")
    agent.sees("三人沙发：少了配件")
    agent.go(f"/cases/{number}")
    agent.press("我来接手")
    agent.press("转给")
    agent.fill(to="merchant", expected="respond", sentence="请店家三天内答复。")
    agent.press("转出")
    agent.sees("禾间布艺", "五行看完")

    consumer.go(f"/my/{number}")
    consumer.sees("现在该谁办", "禾间布艺", "还剩", "逾期则", "请店家三天内答复。")
    consumer.press("催办")
    consumer.sees("催了")
    _calls(consumer, number)

    merchant = _walker(browser, live_server, size, scripted=scripted)
    _answer(merchant, link_of(number))
    consumer.go(f"/my/{number}")
    consumer.sees("您应得", "不接受")
    consumer.press("不接受")
    consumer.press("请服务台直接接手")
    consumer.press("请服务台接手")

    boss = _walker(browser, live_server, size, scripted=True)
    _decide(boss, agent, number)
    _remedy(merchant, number, tmp_path)
    consumer.go(f"/my/{number}")
    consumer.press("收到了，没问题")
    consumer.sees("案件已结束", "已办好，您确认了")


def test_an_appeal_with_something_new_is_seen_by_another_and_turns_the_decision(
    here: House, browser: Browser, live_server: LiveServer, size: tuple[int, int], tmp_path: Path
) -> None:
    del here
    scripted = size == DESKTOP
    film = tmp_path / "录屏.png"
    film.write_bytes(PNG)
    consumer = _walker(browser, live_server, size, scripted=scripted)
    _complain(consumer)
    number = consumer.page.url.rpartition("/")[2]
    agent = _walker(browser, live_server, size, scripted=True)
    _sign_in(agent, "zhouning")
    agent.go(f"/cases/{number}")
    agent.press("我来接手")
    _send_to_merchant(agent)
    merchant = _walker(browser, live_server, size, scripted=scripted)
    _refuse_twice(merchant, number, film)

    agent.go(f"/cases/{number}/decide")
    _write(agent, ruling="in-part", debtor="merchant", remedy="exchange", amount="",
           reasons="打包记录上四只脚都在，换一套来看。")  # fmt: skip
    agent.sees("写好了，裁定已发给双方。")
    consumer.go(f"/my/{number}")
    consumer.sees("部分支持消费者", "定下来了，等禾间布艺办")
    _appeal(consumer, film)

    boss = _walker(browser, live_server, size, scripted=True)
    agent.go(f"/cases/{number}")
    agent.sees("要没参与过")
    _sign_in(boss, "hemin")
    boss.go(f"/cases/{number}/decide")
    _write(boss, ruling="for-consumer", debtor="merchant", remedy="refund", amount="1460",
           reasons="录屏里开箱就少一只脚，原裁定改过来。")  # fmt: skip
    agent.go(f"/cases/{number}/decide")
    agent.sees("您参与过，请转给别人")
    assert agent.page.get_by_text("复核签字并发出").count() == 0
    second = _walker(browser, live_server, size, scripted=True)
    _sign_in(second, "dingke")
    second.go(f"/cases/{number}/decide")
    second.press("复核签字并发出")
    consumer.go(f"/my/{number}")
    consumer.sees("支持消费者", "退款 1,460 元", "原裁定改过来")
    _remedy(merchant, number, tmp_path)


def _send_to_merchant(agent: Walker) -> None:
    agent.press("转给")
    agent.fill(to="merchant", expected="respond", sentence="请店家三天内答复。")
    agent.press("转出")


def _refuse_twice(merchant: Walker, number: str, proof: Path) -> None:
    """Refuse without proof, read what is missing, and refuse with it."""
    merchant.go(link_of(number))
    _choose(merchant, "complete")
    merchant.press("发出答复")
    merchant.sees("没有附上它需要的证据", "时限没有停")
    _choose(merchant, "complete")
    merchant.page.locator("input[name=proof-complete-packing-record]").set_input_files(proof)
    merchant.press("发出答复")
    merchant.sees("现在不用您办")


def _choose(merchant: Walker, ground: str) -> None:
    merchant.page.locator("input[name=answer][value=refuse]").check()
    merchant.page.locator(f"input[name=ground][value={ground}]").check()


def _write(decider: Walker, **fields: str) -> None:
    decider.press("冻结记录")
    decider.fill(**fields)
    decider.press("写好，交复核")


def _appeal(consumer: Walker, film: Path) -> None:
    consumer.press("我不服，要申诉")
    consumer.fill(text="找到了开箱时的录屏。")
    consumer.press("提交申诉")
    consumer.sees("申诉要有新的证据")
    consumer.page.locator("input[name=attached]").set_input_files(film)
    consumer.press("提交申诉")
    consumer.sees("收到申诉，换一个人来看。", "主管")


def _complain(consumer: Walker) -> None:
    consumer.go("/")
    consumer.press("我要投诉")
    consumer.press("下一步")
    consumer.sees("这里还空着，请填一下。")
    consumer.fill(story=STORY)
    consumer.press("下一步")
    consumer.fill(
        shop="禾间布艺", item="三人沙发", shop_mail="service@hejian.example", goods="other",
        price="1,460 元", ordered_on="2026-10-03", received_on="2026-10-01",
    )  # fmt: skip
    consumer.press("下一步")
    consumer.sees("收到的日子比购买早")
    consumer.fill(received_on="2026-10-09")
    consumer.press("下一步")
    consumer.fill(
        problem="missing-part", remedy="refund", amount="1460", name="苏叶", contact="13800001111"
    )
    consumer.press("发出投诉")
    consumer.sees("收到了，案号", "收件回执", "接下来会这样")
    consumer.press("看我的案件")
    consumer.sees("现在该谁办", "三人沙发：少了配件")


def _sign_in(walker: Walker, login: str) -> None:
    walker.go("/sign-in")
    walker.fill(login=f"{login}@demo", password=PASSWORD)
    walker.press("登录")


def _calls(consumer: Walker, number: str) -> None:
    consumer.press("记一次通话")
    consumer.fill(at="2026-11-01T18:30", precision="hour", direction="out", medium="phone",
                  minutes="11", text="等了十一分钟没人接。")  # fmt: skip
    consumer.press("记下来")
    consumer.go(f"/my/{number}")
    consumer.sees("等了十一分钟没人接。")


def _answer(merchant: Walker, link: str) -> None:
    merchant.go(link)
    merchant.sees("您的答复", "三人沙发")
    merchant.page.locator("input[value=refuse]").check()
    merchant.page.locator("input[name=ground][value=complete]").check()
    merchant.press("发出答复")
    merchant.sees("收到您的答复")
    merchant.page.locator("input[value=offer]").check()
    merchant.fill(remedy="compensation", amount="100", plan="补一百元。")
    merchant.press("发出答复")
    merchant.sees("收到您的答复")


def _decide(boss: Walker, second: Walker, number: str) -> None:
    _sign_in(boss, "hemin")
    boss.go("/supervision")
    boss.sees("三人沙发：少了配件")
    boss.go(f"/cases/{number}")
    boss.press("介入")
    boss.go(f"/cases/{number}/decide")
    boss.press("冻结记录")
    boss.fill(ruling="for-consumer", debtor="merchant", remedy="refund", amount="1460",
              fulfil_days="3", reasons="少了一只脚，店家拿不出打包记录。")  # fmt: skip
    boss.press("写好，交复核")
    boss.sees("等另一个人复核签字")
    second.go(f"/cases/{number}/decide")
    second.press("复核签字并发出")
    second.sees("少了一只脚，店家拿不出打包记录。")


def _remedy(merchant: Walker, number: str, tmp_path: Path) -> None:
    receipt = tmp_path / "退款流水.png"
    receipt.write_bytes(PNG)
    merchant.go(f"/answer/{number}/merchant")
    merchant.sees("请您办好")
    merchant.page.locator("input[name=files]").first.set_input_files(receipt)
    merchant.press("办好了，交凭证")
    merchant.sees("收到凭证，等消费者确认。")
