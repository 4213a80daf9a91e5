"""What a page says is true for who reads it: whose turn, what is missing, to whom it is owed."""

import pytest
from django.test import Client

from tests.web.given import (
    House,
    Opened,
    at_desk,
    by_link,
    house,
    opened_complaint,
    picture,
    post,
    text_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> House:
    return house()


@pytest.fixture
def opened(here: House) -> Opened:
    return opened_complaint(here)


@pytest.fixture
def agent(here: House, opened: Opened) -> Client:
    desk = at_desk(here, "zhouning")
    assert post(desk, f"/cases/{opened.number}/take-up").status_code == 302
    return desk


def _pass(agent: Client, opened: Opened) -> Client:
    said = {"to": "merchant", "expected": "respond", "sentence": "请店家答复。"}
    assert post(agent, f"/cases/{opened.number}/pass", **said).status_code == 302
    merchant, _ = by_link(opened)
    return merchant


def test_a_refusal_without_proof_tells_its_maker_what_it_lacks(
    opened: Opened, agent: Client
) -> None:
    merchant = _pass(agent, opened)
    url = f"/answer/{opened.number}/merchant"

    post(merchant, url, answer="refuse", ground="complete", go="send")

    shown = text_of(merchant.get(url))
    assert "没有附上它需要的证据" in shown
    assert "装箱或称重记录" in shown


def test_an_offer_is_weighed_against_what_the_consumer_is_owed_for_both_sides(
    opened: Opened, agent: Client
) -> None:
    merchant = _pass(agent, opened)
    opened.post("/offer", remedy="compensation", amount="60", text="补我六十元。", days="3")

    consumer = text_of(opened.client.get(opened.url()))
    other = text_of(merchant.get(f"/answer/{opened.number}/merchant"))

    assert "比您应得的少" in consumer
    assert "比消费者应得的少" in other
    assert "您应得" not in other
    assert "接受后，您要在 3 天内" in other


def test_what_was_accepted_as_proof_is_not_said_to_be_missing(
    opened: Opened, agent: Client
) -> None:
    opened.post("/evidence", text="开箱时拍的。", kind="chat-record", attached=picture("开箱.png"))
    page = opened.page()
    item = page.evidence[-1].evidence
    fact = next(line.fact for line in page.facts if line.missing)

    taken = {"evidence": item, "fact": fact, "kind": "unboxing-record"}
    assert post(agent, f"/cases/{opened.number}/accept-proof", **taken).status_code == 302

    (line,) = [line for line in opened.page().facts if line.fact == fact]
    assert line.missing == ()
    assert "已收下开箱.png" in text_of(agent.get(f"/cases/{opened.number}"))


def test_a_decision_that_needs_no_second_person_says_that_it_went_out(
    opened: Opened, agent: Client
) -> None:
    _pass(agent, opened)
    merchant, _ = by_link(opened)
    proof = {"proof-complete-packing-record": picture("打包.png")}
    url = f"/answer/{opened.number}/merchant"
    post(merchant, url, answer="refuse", ground="complete", go="send", **proof)
    post(agent, f"/cases/{opened.number}/freeze")
    cited = [str(line.rows[0]) for line in opened.page().assessment.findings]

    post(agent, f"/cases/{opened.number}/propose", ruling="for-consumer", debtor="merchant",
         remedy="exchange", findings=cited, what="换一套。", fulfil_days="5",
         reasons="少了一只脚。")  # fmt: skip

    shown = text_of(agent.get(f"/cases/{opened.number}/decide"))
    assert "写好了，裁定已发给双方。" in shown
    assert "待签" not in shown
    assert "换货，换一套" in shown
    assert "。。" not in text_of(opened.client.get(opened.url()))
