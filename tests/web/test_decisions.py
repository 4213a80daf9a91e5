"""A decision says who does what, is signed by a second person, and is appealed before others."""

import pytest
from django.test import Client

from buckstop.domain.cases.events import Ruling
from tests.web.desk import decide, do, pass_to_merchant
from tests.web.given import (
    House,
    Opened,
    at_desk,
    house,
    merchant_refuses,
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


@pytest.fixture
def boss(here: House) -> Client:
    return at_desk(here, "hemin")


def test_a_decision_against_the_consumer_waits_for_a_second_person(
    here: House, opened: Opened, agent: Client
) -> None:
    pass_to_merchant(agent, opened)
    decide(here, opened, ruling="against-consumer", debtor="", remedy="", amount="")

    (decision,) = opened.page().decisions
    assert (decision.ruling, decision.second) == (Ruling.AGAINST_CONSUMER, here.colleague)


def test_a_decision_for_the_consumer_must_say_who_does_what_for_how_much(
    opened: Opened, agent: Client, boss: Client
) -> None:
    pass_to_merchant(agent, opened)
    do(boss, opened, "take-over")
    do(boss, opened, "freeze")
    typed = {"ruling": "for-consumer", "debtor": "", "remedy": "refund", "amount": ""}
    answer = post(boss, f"/cases/{opened.number}/propose", **typed, fulfil_days="3",
                  reasons="写了很久的理由。")  # fmt: skip

    shown = text_of(answer)
    assert answer.status_code == 422
    assert "要写明由谁办、怎么办" in shown
    assert "请写上多少钱" in shown
    assert "写了很久的理由。" in shown


def test_what_was_sent_back_is_there_again_with_the_reason(
    opened: Opened, agent: Client, boss: Client, here: House
) -> None:
    pass_to_merchant(agent, opened)
    merchant_refuses(opened)
    do(boss, opened, "take-over")
    do(boss, opened, "freeze")
    rows = sorted({f.rows[0] for f in opened.page().assessment.findings})
    do(boss, opened, "propose", findings=rows, ruling="in-part", debtor="merchant",
        remedy="refund", amount="700", fulfil_days="5", reasons="写了很久的理由。")  # fmt: skip
    second = at_desk(here, "dingke")
    do(second, opened, "decisions/decision-1/send-back", reason="请写明折价怎么算。")

    shown = text_of(boss.get(f"/cases/{opened.number}/decide"))

    for kept in ("写了很久的理由。", 'value="700"', 'value="in-part" selected'):
        assert kept in shown
    assert "丁可没有签，退回重写：请写明折价怎么算。" in shown


def test_who_took_part_in_the_decision_is_told_not_to_look_at_the_appeal(
    here: House, opened: Opened, agent: Client, boss: Client
) -> None:
    pass_to_merchant(agent, opened)
    decide(here, opened, ruling="against-consumer", debtor="", remedy="", amount="")
    sent = opened.post("/appeal", text="有开箱照片。", attached=[picture("开箱.png")])
    assert sent.status_code == 302

    assert "要没参与过的人来办" in text_of(boss.get(f"/cases/{opened.number}"))
    assert "您参与过，请转给别人" in text_of(boss.get(f"/cases/{opened.number}/decide"))
    assert f'href="/cases/{opened.number}/decide"' in text_of(agent.get(f"/cases/{opened.number}"))
