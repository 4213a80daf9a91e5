"""Who decides sees decided cases with the same findings, and says why if this one departs."""

from typing import Any

import pytest

from buckstop.domain.cases.events import Ruling
from tests.web.given import (
    House,
    Opened,
    at_desk,
    house,
    merchant_refuses,
    opened_complaint,
    post,
    text_of,
)

pytestmark = pytest.mark.django_db
FOR = {"ruling": "for-consumer", "debtor": "merchant", "remedy": "refund", "amount": "1460"}
AGAINST = {"ruling": "against-consumer", "debtor": "", "remedy": "", "amount": ""}


@pytest.fixture
def here() -> House:
    return house()


def _taken_over(here: House, ground: str = "complete", **changes: str) -> Opened:
    opened = opened_complaint(here, **changes)
    boss, desk = at_desk(here, "hemin"), at_desk(here, "zhouning")
    at = f"/cases/{opened.number}"
    assert post(desk, f"{at}/take-up").status_code == 302
    passed = post(desk, f"{at}/pass", to="merchant", expected="respond", sentence="请答复。")
    assert passed.status_code == 302
    merchant_refuses(opened, ground)
    assert post(boss, f"{at}/take-over").status_code == 302
    assert post(boss, f"{at}/freeze").status_code == 302
    return opened


def _rows(opened: Opened) -> list[str]:
    return sorted({finding.rows[0] for finding in opened.page().assessment.findings})


def _propose(here: House, opened: Opened, rows: list[str], **typed: str) -> Any:  # noqa: ANN401 - the test client's own
    fields = {"fulfil_days": "3", "reasons": "理由。", "seen": " ".join(rows)} | typed
    return post(at_desk(here, "hemin"), f"/cases/{opened.number}/propose", findings=rows, **fields)


def _decided(here: House, **typed: str) -> Opened:
    opened = _taken_over(here)
    assert _propose(here, opened, _rows(opened), **typed).status_code == 302
    second = at_desk(here, "dingke")
    signed = post(second, f"/cases/{opened.number}/decisions/decision-1/sign")
    assert signed.status_code == 302
    return opened


def _shown(here: House, opened: Opened) -> str:
    return text_of(at_desk(here, "hemin").get(f"/cases/{opened.number}/decide"))


def test_a_decided_case_with_the_same_findings_is_shown(here: House) -> None:
    old = _decided(here, **FOR)
    new = _taken_over(here)

    shown = _shown(here, new)

    assert f'href="/cases/{old.number}"' in shown
    assert "1 件支持消费者" in shown
    assert "退款 1,460 元" in shown


def test_one_of_another_problem_or_not_yet_signed_is_not(here: House) -> None:
    _decided(here, **FOR)
    other = _taken_over(here, "delivered", problem="not-received")
    waiting = _taken_over(here)
    _propose(here, waiting, _rows(waiting), **FOR)

    assert "本机构还没有裁定过认定相同的案件。" in _shown(here, other)
    assert f'href="/cases/{waiting.number}"' not in _shown(here, _taken_over(here))


def test_a_departure_needs_a_sentence_and_is_then_taken(here: House) -> None:
    old = _decided(here, **FOR)
    new = _taken_over(here)

    without = _propose(here, new, _rows(new), **AGAINST)

    assert without.status_code == 409
    assert "这次和同类案件的结果不同" in text_of(without)
    assert "理由。" in text_of(without)
    said = _propose(here, new, _rows(new), **AGAINST, departure="这次店家有装箱照片。")
    assert said.status_code == 302
    desk = at_desk(here, "dingke")
    assert "和多数不一样，写了理由" in text_of(desk.get(f"/cases/{new.number}/decide"))
    assert post(desk, f"/cases/{new.number}/decisions/decision-1/sign").status_code == 302
    (decision,) = new.page().decisions
    assert decision.ruling is Ruling.AGAINST_CONSUMER
    assert decision.like_cases == (old.number,)


def test_who_changes_the_findings_sees_the_like_cases_of_the_new_ones_first(here: House) -> None:
    old = _taken_over(here)
    fewer = _rows(old)[:1]
    assert _propose(here, old, fewer, **FOR).status_code == 302
    post(at_desk(here, "dingke"), f"/cases/{old.number}/decisions/decision-1/sign")
    new = _taken_over(here)

    unseen = _propose(here, new, fewer, **FOR, seen=" ".join(_rows(new)))

    assert unseen.status_code == 200
    assert "请先看一眼认定相同的旧案" in text_of(unseen)
    assert old.number in text_of(unseen)
    assert new.page().decisions == ()
    assert _propose(here, new, fewer, **FOR).status_code == 302
