"""What people of the desk do through its pages."""

import re
from typing import Any

from django.test import Client

from tests.web.given import (
    MERCHANT,
    House,
    Opened,
    at_desk,
    by_link,
    merchant_refuses,
    picture,
    post,
    text_of,
)

_ALERT = re.compile(r'role="alert".*?<span>(.*?)</span>|class="error".*?</svg>(.*?)</p>')


def do(desk: Client, opened: Opened, act: str, **fields: Any) -> None:
    """Let somebody at the desk do something that works."""
    answer = post(desk, f"/cases/{opened.number}/{act}", **fields)
    assert answer.status_code == 302, _ALERT.findall(text_of(answer))


def pass_to_merchant(desk: Client, opened: Opened) -> None:
    """Let the shop answer."""
    do(desk, opened, "pass", to="merchant", expected="respond", sentence="请店家答复。")


def hand_in(desk: Client, opened: Opened, **fields: str) -> str:
    """Hand in an item; give what it is called in the case."""
    do(desk, opened, "evidence", kind="packing-record", attached=[picture("装箱.png")], **fields)
    return opened.page().evidence[-1].evidence


def offers_act(desk: Client, opened: Opened, act: str) -> bool:
    """Tell whether the page of the case leads to an act."""
    return f'href="/cases/{opened.number}/{act}"' in text_of(desk.get(f"/cases/{opened.number}"))


def decide(here: House, opened: Opened, **changes: str) -> None:
    """Let the shop refuse, and two people of the house decide."""
    merchant_refuses(opened)
    boss, second = at_desk(here, "hemin"), at_desk(here, "dingke")
    if not opened.page().taken_over:
        do(boss, opened, "take-over")
    do(boss, opened, "freeze")
    rows = sorted({f.rows[0] for f in opened.page().assessment.findings})
    typed = {
        "ruling": "for-consumer", "debtor": "merchant", "remedy": "refund", "amount": "1460",
        "fulfil_days": "3", "reasons": "少了一只脚。", "seen": " ".join(rows),
    }  # fmt: skip
    do(boss, opened, "propose", findings=rows, **typed | changes)
    do(second, opened, "decisions/decision-1/sign")


def reject_an_offer(desk: Client, opened: Opened) -> None:
    """Let the shop offer something, and the consumer say no."""
    pass_to_merchant(desk, opened)
    merchant, _ = by_link(opened)
    post(merchant, f"/answer/{opened.number}/{MERCHANT}", answer="offer", remedy="compensation",
         amount="50", plan="补五十元。", offer_days="3", go="send")  # fmt: skip
    (offer,) = opened.page().offers
    assert opened.post(f"/offers/{offer.offer}/reject").status_code == 302
