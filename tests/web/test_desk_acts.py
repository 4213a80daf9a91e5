"""Every act of the desk has a form that works, and says why when it does not."""

import re
from typing import Any

import pytest
from django.test import Client

from buckstop.domain.cases import commands
from buckstop.domain.cases.decide import RULES
from buckstop.domain.cases.events import Outcome, Ruling
from buckstop.domain.cases.state.promises import Record, Word
from buckstop.domain.cases.state.remedies import Delivery
from buckstop.domain.words.ids import FactKey
from buckstop.domain.words.party import CONSUMER, HOUSE
from buckstop.domain.words.standing import Standing
from buckstop.urls import urlpatterns as _all_addresses
from buckstop.web.urls import urlpatterns
from tests.web.given import (
    MERCHANT,
    House,
    Opened,
    at_desk,
    by_link,
    house,
    merchant_refuses,
    opened_complaint,
    picture,
    post,
    text_of,
)

pytestmark = pytest.mark.django_db
FACT = FactKey("part-missing")
_ALERT = re.compile(r'role="alert".*?<span>(.*?)</span>|class="error".*?</svg>(.*?)</p>')
OF_OTHERS = {
    "OpenCase", "DeliverTask", "AskTakeover", "AnswerRequest", "RecordOtherSide",
    "ClaimContacts", "AgreeClaim", "Refuse", "AcceptOffer", "RejectOffer", "ConfirmFulfilment",
    "DisputeFulfilment", "Appeal", "Withdraw",
}  # fmt: skip
"""What only a party asks of a case."""
OF_PROGRAMS = {"RecordNotice", "RederiveClocks"}
BY_COMPOSER = {"SendMessage", "WriteNote", "Promise"}
OF_TWO_CASES = {"JoinInto": "desk-join-case", "Absorb": "desk-join-case"}


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


def _do(desk: Client, opened: Opened, act: str, **fields: Any) -> None:
    answer = post(desk, f"/cases/{opened.number}/{act}", **fields)
    assert answer.status_code == 302, _ALERT.findall(text_of(answer))


def _pass(desk: Client, opened: Opened) -> None:
    _do(desk, opened, "pass", to="merchant", expected="respond", sentence="请店家答复。")


def _hand_in(desk: Client, opened: Opened, **fields: str) -> str:
    _do(desk, opened, "evidence", kind="packing-record", attached=[picture("装箱.png")], **fields)
    return opened.page().evidence[-1].evidence


def _offers_act(desk: Client, opened: Opened, act: str) -> bool:
    return f'href="/cases/{opened.number}/{act}"' in text_of(desk.get(f"/cases/{opened.number}"))


def _decide(here: House, opened: Opened, **changes: str) -> None:
    merchant_refuses(opened)
    boss, second = at_desk(here, "hemin"), at_desk(here, "dingke")
    if not opened.page().taken_over:
        _do(boss, opened, "take-over")
    _do(boss, opened, "freeze")
    rows = sorted({f.rows[0] for f in opened.page().assessment.findings})
    typed = {
        "ruling": "for-consumer", "debtor": "merchant", "remedy": "refund", "amount": "1460",
        "fulfil_days": "3", "reasons": "少了一只脚。", "seen": " ".join(rows),
    }  # fmt: skip
    _do(boss, opened, "propose", findings=rows, **typed | changes)
    _do(second, opened, "decisions/decision-1/sign")


def test_every_command_that_the_desk_may_give_has_an_address() -> None:
    given = {command.__name__ for command in RULES} - OF_OTHERS - OF_PROGRAMS - BY_COMPOSER
    names = {str(one.name) for one in urlpatterns}
    missing = {
        command
        for command in given
        if not {f"desk-{_words(command)}", _words(command), OF_TWO_CASES.get(command)} & names
    }
    assert missing == set()
    assert _all_addresses


def _words(command: str) -> str:
    assert hasattr(commands, command)
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in command).removeprefix("-")


def test_a_form_is_not_wrong_before_anything_was_typed(opened: Opened, boss: Client) -> None:
    wrong = []
    for act in (
        "pass", "bounce", "task", "owner", "party", "refuse-takeover", "ask", "accept-proof",
        "fact", "contradict", "evidence", "contact", "keep-promise", "correct", "retract",
        "offer", "withdraw-offer", "fulfilment", "hand-over", "outside", "reopen",
    ):  # fmt: skip
        answer = boss.get(f"/cases/{opened.number}/{act}")
        if answer.status_code != 200 or 'class="error"' in text_of(answer):
            wrong.append(act)
    assert wrong == []


def test_an_agent_hands_in_an_item_and_it_is_there_for_all(opened: Opened, agent: Client) -> None:
    _hand_in(agent, opened, fact=FACT)

    (item,) = opened.page().evidence
    assert (item.name, item.by, item.facts) == ("装箱.png", HOUSE, (FACT,))


def test_without_a_file_nothing_is_handed_in(opened: Opened, agent: Client) -> None:
    answer = post(agent, f"/cases/{opened.number}/evidence", kind="chat-record", fact="")

    assert answer.status_code == 422
    assert "还没有选文件。" in text_of(answer)
    assert opened.page().evidence == ()


def test_a_fact_is_found_on_an_item_and_its_value_is_written_as_people_do(
    opened: Opened, agent: Client
) -> None:
    item = _hand_in(agent, opened)
    _do(agent, opened, "fact", fact=FACT, standing="proven", value="是", evidence=item)

    fact = next(line for line in opened.page().facts if line.fact == FACT)
    assert (fact.standing, fact.value) == (Standing.PROVEN, "yes")


def test_a_fact_is_not_found_without_an_item_and_what_was_typed_stays(
    opened: Opened, agent: Client
) -> None:
    _hand_in(agent, opened)
    answer = post(
        agent, f"/cases/{opened.number}/fact", fact=FACT, standing="proven", value="也许",
        evidence="",
    )  # fmt: skip

    assert answer.status_code == 422
    shown = text_of(answer)
    assert "请写“是”或“否”" in shown
    assert 'value="也许"' in shown


def test_acts_on_items_are_greyed_while_there_is_none(opened: Opened, agent: Client) -> None:
    assert not _offers_act(agent, opened, "fact")
    assert "先要有依据的材料" in text_of(agent.get(f"/cases/{opened.number}"))
    _hand_in(agent, opened)
    assert _offers_act(agent, opened, "fact")


def test_an_item_is_accepted_as_proof(opened: Opened, agent: Client) -> None:
    item = _hand_in(agent, opened)
    _do(agent, opened, "accept-proof", evidence=item, fact=FACT, kind="unboxing-record")

    assert opened.page().evidence[0].accepted_for == (FACT,)


def test_what_is_no_listed_kind_is_refused_in_words(opened: Opened, agent: Client) -> None:
    item = _hand_in(agent, opened)
    answer = post(agent, f"/cases/{opened.number}/accept-proof", evidence=item, fact=FACT,
                  kind="payment-record")  # fmt: skip
    assert answer.status_code == 409
    assert "这类材料证明不了这件事" in text_of(answer)


def test_what_the_consumer_recorded_is_contradicted_with_a_file(
    opened: Opened, agent: Client
) -> None:
    _consumer_records(opened)
    bare = post(agent, f"/cases/{opened.number}/contradict", what="record-1", evidence="")
    assert bare.status_code == 422
    assert "要选一份已有的材料，或者附上文件。" in text_of(bare)

    _do(agent, opened, "contradict", what="record-1", evidence="", attached=[picture("录音.png")])

    (record,) = opened.page().records
    assert record.state is Record.CONTRADICTED


def _consumer_records(opened: Opened) -> None:
    answer = opened.post(
        "/contact", other="house", at="2026-11-20T18:30", precision="hour", direction="out",
        medium="phone", minutes="11", text="说四十八小时内回电。", record="promise",
        promised_for="2026-11-25T18:30",
    )  # fmt: skip
    assert answer.status_code == 302


def test_without_a_record_that_waits_there_is_no_act_to_contradict(
    opened: Opened, agent: Client
) -> None:
    assert not _offers_act(agent, opened, "contradict")
    answer = post(agent, f"/cases/{opened.number}/contradict", what="record-1",
                  attached=[picture()])  # fmt: skip
    assert answer.status_code == 409


def test_a_promise_of_the_desk_is_kept_with_proof(opened: Opened, agent: Client) -> None:
    _do(agent, opened, "message", text="两天内查清楚出库照片。", hours="48", **{"as": "other"})
    assert "两天内查清楚出库照片。" in text_of(opened.client.get(opened.url()))
    (promise,) = opened.page().promises
    item = _hand_in(agent, opened)

    _do(agent, opened, "keep-promise", what=promise.promise, evidence=item)

    assert opened.page().promises[0].word is Word.KEPT


def test_a_promised_call_is_kept_by_logging_the_call(opened: Opened, agent: Client) -> None:
    _do(agent, opened, "message", text="明天给您回电话。", hours="24", **{"as": "call-back"})
    at = opened.page().at
    _do(agent, opened, "contact", at=f"{at.astimezone():%Y-%m-%dT%H:%M}", direction="in",
        medium="phone", minutes="3", text="说了进度。")  # fmt: skip

    kept = [p.word for p in opened.page().promises]
    assert kept in ([Word.KEPT], [Word.OPEN])  # within the minute the call may come before it
    assert opened.page().tally


def test_an_acknowledgement_stands_until_a_supervisor_takes_it_back_and_says_why(
    opened: Opened, agent: Client, boss: Client
) -> None:
    _do(agent, opened, "message", text="确实是我们漏发了。", **{"as": "acknowledgement"})
    (said,) = opened.page().promises
    assert said.word is Word.STANDING
    refused = post(agent, f"/cases/{opened.number}/retract", promise=said.promise, text="改口")
    assert refused.status_code == 403
    empty = post(boss, f"/cases/{opened.number}/retract", promise=said.promise, text="")
    assert empty.status_code == 422

    _do(boss, opened, "retract", promise=said.promise, text="查明是快递途中丢失。")

    assert opened.page().promises[0].word is Word.RETRACTED
    assert "查明是快递途中丢失。" in text_of(opened.client.get(opened.url("?all=1")))


def test_what_was_told_wrongly_is_corrected_openly(opened: Opened, agent: Client) -> None:
    half = post(agent, f"/cases/{opened.number}/correct", wrong="说七天。", right="")
    assert half.status_code == 422
    assert "说七天。" in text_of(half)

    _do(agent, opened, "correct", wrong="说七天。", right="是十五天。")

    assert "是十五天。" in text_of(opened.client.get(opened.url("?all=1")))


def test_another_owner_is_named_and_the_consumer_told(
    here: House, opened: Opened, agent: Client
) -> None:
    _do(agent, opened, "owner", owner=here.colleague, deputy=here.agent, text="周宁休假。")

    assert opened.page().owner == here.colleague
    assert "周宁休假。" in text_of(opened.client.get(opened.url("?all=1")))


def test_a_task_goes_to_another_party_that_was_brought_in(opened: Opened, agent: Client) -> None:
    _do(agent, opened, "party", role="courier", name="飞羽快递", mail="a@feiyu.example", phone="")
    _pass(agent, opened)
    _do(agent, opened, "task", to="courier", expected="trace", sentence="请快递查轨迹。")

    assert {task.debtor for task in opened.page().tasks} == {"merchant", "courier"}
    again = post(agent, f"/cases/{opened.number}/task", to="courier", expected="trace",
                 sentence="再查一次。")  # fmt: skip
    assert again.status_code == 409
    assert "再查一次。" in text_of(again)


def test_a_wish_for_takeover_is_answered_with_no_and_why(opened: Opened, boss: Client) -> None:
    opened.post("/takeover", text="太慢了。")
    _do(boss, opened, "refuse-takeover", text="店家还在期限内。")

    assert not opened.page().takeover_wished
    assert "店家还在期限内。" in text_of(opened.client.get(opened.url("?all=1")))


def test_only_a_supervisor_is_asked_for_the_reason_to_force_a_request(
    opened: Opened, agent: Client, boss: Client
) -> None:
    at = f"/cases/{opened.number}/ask"
    assert "forced_because" not in text_of(agent.get(at))
    ask = {"fact": FACT, "of": CONSUMER, "why": "要看清楚。"}
    _do(boss, opened, "ask", **ask, forced_because="照片看不清是哪一只。")

    (asked,) = opened.page().requests
    assert (asked.of, asked.forced) == (CONSUMER, True)


def test_an_answer_is_clarified_once(opened: Opened, boss: Client) -> None:
    _do(boss, opened, "ask", fact=FACT, of=CONSUMER, why="要看。", forced_because="看不清。")
    (asked,) = opened.page().requests
    answered = opened.post(
        f"/requests/{asked.request}/answer", kind="unboxing-record", text="早发过了。"
    )
    assert answered.status_code == 302, answered.headers
    assert "澄清上次的答复" in text_of(boss.get(f"/cases/{opened.number}/ask"))


def test_the_ball_goes_back_only_on_a_published_ground(opened: Opened, agent: Client) -> None:
    assert not _offers_act(agent, opened, "bounce")
    answer = post(agent, f"/cases/{opened.number}/bounce", ground="wrong-desk", sentence="退回。")
    assert answer.status_code in {409, 422}
    assert "退回。" in text_of(answer)


def test_a_house_without_the_power_makes_no_offer(opened: Opened, boss: Client) -> None:
    assert not _offers_act(boss, opened, "offer")
    answer = post(boss, f"/cases/{opened.number}/offer", remedy="refund", amount="100", days="7",
                  text="先垫一百元。")  # fmt: skip
    assert answer.status_code == 409
    assert "先垫一百元。" in text_of(answer)


def test_what_is_owed_is_shown_to_be_done_from_the_desk(
    here: House, opened: Opened, agent: Client
) -> None:
    _pass(agent, opened)
    _decide(here, opened)
    (owed,) = opened.page().owed
    early = post(agent, f"/cases/{opened.number}/fulfilment", what=owed.remedy, complete="yes",
                 evidence="")  # fmt: skip
    assert early.status_code == 422

    _do(agent, opened, "fulfilment", what=owed.remedy, complete="yes", evidence="",
        attached=[picture("退款流水.png")])  # fmt: skip

    assert opened.page().owed[0].delivery is Delivery.DELIVERED


def test_a_case_is_handed_over_only_when_mediation_failed_and_its_result_comes_back(
    here: House, opened: Opened, agent: Client, boss: Client
) -> None:
    too_soon = post(boss, f"/cases/{opened.number}/hand-over", because="mediation-failed")
    assert too_soon.status_code == 409
    assert not _offers_act(boss, opened, "hand-over")
    _offer_and_reject(here, opened, agent)
    assert post(agent, f"/cases/{opened.number}/hand-over").status_code == 403

    _do(boss, opened, "hand-over", because="mediation-failed")

    assert opened.page().outcome is Outcome.HANDED_OVER
    empty = post(agent, f"/cases/{opened.number}/outside", text="")
    assert empty.status_code == 422
    _do(agent, opened, "outside", text="市场监管所责令补发。")
    assert "市场监管所责令补发。" in text_of(opened.client.get(opened.url("?all=1")))


def _offer_and_reject(here: House, opened: Opened, agent: Client) -> None:
    del here
    _pass(agent, opened)
    merchant, _ = by_link(opened)
    post(merchant, f"/answer/{opened.number}/{MERCHANT}", answer="offer", remedy="compensation",
         amount="50", plan="补五十元。", offer_days="3", go="send")  # fmt: skip
    (offer,) = opened.page().offers
    assert opened.post(f"/offers/{offer.offer}/reject").status_code == 302


def test_nobody_is_called_unreachable_without_failed_reminders(
    opened: Opened, agent: Client
) -> None:
    answer = post(agent, f"/cases/{opened.number}/unreachable")
    assert answer.status_code == 409
    assert "还不能算联系不上" in text_of(answer)
    assert opened.page().open


def test_a_closed_case_goes_on_and_a_supervisor_may_say_it_was_our_mistake(
    opened: Opened, agent: Client, boss: Client
) -> None:
    assert not _offers_act(agent, opened, "reopen")
    opened.post("/withdraw", why="tired", text="")
    assert _offers_act(agent, opened, "reopen")
    assert "当时不该结案" not in text_of(agent.get(f"/cases/{opened.number}/reopen"))

    _do(boss, opened, "reopen", because="wrongful", text="不该催着您撤回。")

    assert opened.page().open
    assert "不该催着您撤回。" in text_of(opened.client.get(opened.url("?all=1")))


def test_a_decision_against_the_consumer_waits_for_a_second_person(
    here: House, opened: Opened, agent: Client
) -> None:
    _pass(agent, opened)
    _decide(here, opened, ruling="against-consumer", debtor="", remedy="", amount="")

    (decision,) = opened.page().decisions
    assert (decision.ruling, decision.second) == (Ruling.AGAINST_CONSUMER, here.colleague)


def test_a_decision_for_the_consumer_must_say_who_does_what_for_how_much(
    opened: Opened, agent: Client, boss: Client
) -> None:
    _pass(agent, opened)
    _do(boss, opened, "take-over")
    _do(boss, opened, "freeze")
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
    _pass(agent, opened)
    merchant_refuses(opened)
    _do(boss, opened, "take-over")
    _do(boss, opened, "freeze")
    rows = sorted({f.rows[0] for f in opened.page().assessment.findings})
    _do(boss, opened, "propose", findings=rows, ruling="in-part", debtor="merchant",
        remedy="refund", amount="700", fulfil_days="5", reasons="写了很久的理由。")  # fmt: skip
    second = at_desk(here, "dingke")
    _do(second, opened, "decisions/decision-1/send-back", reason="请写明折价怎么算。")

    shown = text_of(boss.get(f"/cases/{opened.number}/decide"))

    for kept in ("写了很久的理由。", 'value="700"', 'value="in-part" selected'):
        assert kept in shown
    assert "丁可没有签，退回重写：请写明折价怎么算。" in shown


def test_who_took_part_in_the_decision_is_told_not_to_look_at_the_appeal(
    here: House, opened: Opened, agent: Client, boss: Client
) -> None:
    _pass(agent, opened)
    _decide(here, opened, ruling="against-consumer", debtor="", remedy="", amount="")
    sent = opened.post("/appeal", text="有开箱照片。", attached=[picture("开箱.png")])
    assert sent.status_code == 302

    assert "要没参与过的人来办" in text_of(boss.get(f"/cases/{opened.number}"))
    assert "您参与过，请转给别人" in text_of(boss.get(f"/cases/{opened.number}/decide"))
    assert f'href="/cases/{opened.number}/decide"' in text_of(agent.get(f"/cases/{opened.number}"))


def test_a_result_from_outside_and_a_finding_stand_in_the_thread(
    opened: Opened, agent: Client
) -> None:
    item = _hand_in(agent, opened)
    _do(agent, opened, "fact", fact=FACT, standing="proven", value="", evidence=item)

    assert "“少了配件”：已证明" in text_of(opened.client.get(opened.url()))


def test_a_colleague_who_was_quicker_is_not_pushed_aside_by_an_old_page(
    here: House, opened: Opened
) -> None:
    quick, slow = at_desk(here, "zhouning"), at_desk(here, "dingke")

    assert post(quick, f"/cases/{opened.number}/take-up", held="").status_code == 302
    late = post(slow, f"/cases/{opened.number}/take-up", held="")

    assert late.status_code == 409
    assert "周宁先接手了" in text_of(late)
    again = post(slow, f"/cases/{opened.number}/take-up", held=str(here.agent))
    assert again.status_code == 302


def test_a_form_left_open_says_why_nothing_can_be_picked_any_more(
    opened: Opened, agent: Client
) -> None:
    _pass(agent, opened)

    words = {"to": "merchant", "expected": "respond", "sentence": "另一个窗口里写的。"}
    late = post(agent, f"/cases/{opened.number}/pass", **words)

    assert late.status_code == 409
    assert "现在轮到别人办" in text_of(late)
    assert "另一个窗口里写的。" in text_of(late)
