"""Every act of the desk has a form that works, and says why when it does not."""

import pytest
from django.test import Client

from buckstop.domain.cases import commands
from buckstop.domain.cases.decide import RULES
from buckstop.domain.cases.events import Outcome
from buckstop.domain.cases.state.promises import Record, Word
from buckstop.domain.cases.state.remedies import Delivery
from buckstop.domain.words.ids import FactKey
from buckstop.domain.words.party import CONSUMER, HOUSE
from buckstop.domain.words.standing import Standing
from buckstop.web.urls import urlpatterns
from tests.web.desk import decide, do, hand_in, offers_act, pass_to_merchant, reject_an_offer
from tests.web.given import (
    House,
    Opened,
    at_desk,
    house,
    opened_complaint,
    picture,
    post,
    text_of,
)

pytestmark = pytest.mark.django_db
FACT = FactKey("part-missing")
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


def test_every_command_that_the_desk_may_give_has_an_address() -> None:
    given = {command.__name__ for command in RULES} - OF_OTHERS - OF_PROGRAMS - BY_COMPOSER
    names = {str(one.name) for one in urlpatterns}
    missing = {
        command
        for command in given
        if not {f"desk-{_words(command)}", _words(command), OF_TWO_CASES.get(command)} & names
    }
    assert missing == set()


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
    hand_in(agent, opened, fact=FACT)

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
    item = hand_in(agent, opened)
    do(agent, opened, "fact", fact=FACT, standing="proven", value="是", evidence=item)

    fact = next(line for line in opened.page().facts if line.fact == FACT)
    assert (fact.standing, fact.value) == (Standing.PROVEN, "yes")


def test_a_fact_is_not_found_without_an_item_and_what_was_typed_stays(
    opened: Opened, agent: Client
) -> None:
    hand_in(agent, opened)
    answer = post(
        agent, f"/cases/{opened.number}/fact", fact=FACT, standing="proven", value="也许",
        evidence="",
    )  # fmt: skip

    assert answer.status_code == 422
    shown = text_of(answer)
    assert "请写“是”或“否”" in shown
    assert 'value="也许"' in shown


def test_acts_on_items_are_greyed_while_there_is_none(opened: Opened, agent: Client) -> None:
    assert not offers_act(agent, opened, "fact")
    assert "先要有依据的材料" in text_of(agent.get(f"/cases/{opened.number}"))
    hand_in(agent, opened)
    assert offers_act(agent, opened, "fact")


def test_an_item_is_accepted_as_proof(opened: Opened, agent: Client) -> None:
    item = hand_in(agent, opened)
    do(agent, opened, "accept-proof", evidence=item, fact=FACT, kind="unboxing-record")

    assert opened.page().evidence[0].accepted_for == (FACT,)


def test_what_is_no_listed_kind_is_refused_in_words(opened: Opened, agent: Client) -> None:
    item = hand_in(agent, opened)
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

    do(agent, opened, "contradict", what="record-1", evidence="", attached=[picture("录音.png")])

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
    assert not offers_act(agent, opened, "contradict")
    answer = post(agent, f"/cases/{opened.number}/contradict", what="record-1",
                  attached=[picture()])  # fmt: skip
    assert answer.status_code == 409


def test_a_promise_of_the_desk_is_kept_with_proof(opened: Opened, agent: Client) -> None:
    do(agent, opened, "message", text="两天内查清楚出库照片。", hours="48", **{"as": "other"})
    assert "两天内查清楚出库照片。" in text_of(opened.client.get(opened.url()))
    (promise,) = opened.page().promises
    item = hand_in(agent, opened)

    do(agent, opened, "keep-promise", what=promise.promise, evidence=item)

    assert opened.page().promises[0].word is Word.KEPT


def test_a_promised_call_is_kept_by_logging_the_call(opened: Opened, agent: Client) -> None:
    do(agent, opened, "message", text="明天给您回电话。", hours="24", **{"as": "call-back"})
    at = opened.page().at
    do(agent, opened, "contact", at=f"{at.astimezone():%Y-%m-%dT%H:%M}", direction="in",
        medium="phone", minutes="3", text="说了进度。")  # fmt: skip

    kept = [p.word for p in opened.page().promises]
    assert kept in ([Word.KEPT], [Word.OPEN])  # within the minute the call may come before it
    assert opened.page().tally


def test_an_acknowledgement_stands_until_a_supervisor_takes_it_back_and_says_why(
    opened: Opened, agent: Client, boss: Client
) -> None:
    do(agent, opened, "message", text="确实是我们漏发了。", **{"as": "acknowledgement"})
    (said,) = opened.page().promises
    assert said.word is Word.STANDING
    refused = post(agent, f"/cases/{opened.number}/retract", promise=said.promise, text="改口")
    assert refused.status_code == 403
    empty = post(boss, f"/cases/{opened.number}/retract", promise=said.promise, text="")
    assert empty.status_code == 422

    do(boss, opened, "retract", promise=said.promise, text="查明是快递途中丢失。")

    assert opened.page().promises[0].word is Word.RETRACTED
    assert "查明是快递途中丢失。" in text_of(opened.client.get(opened.url("?all=1")))


def test_what_was_told_wrongly_is_corrected_openly(opened: Opened, agent: Client) -> None:
    half = post(agent, f"/cases/{opened.number}/correct", wrong="说七天。", right="")
    assert half.status_code == 422
    assert "说七天。" in text_of(half)

    do(agent, opened, "correct", wrong="说七天。", right="是十五天。")

    assert "是十五天。" in text_of(opened.client.get(opened.url("?all=1")))


def test_another_owner_is_named_and_the_consumer_told(
    here: House, opened: Opened, agent: Client
) -> None:
    do(agent, opened, "owner", owner=here.colleague, deputy=here.agent, text="周宁休假。")

    assert opened.page().owner == here.colleague
    assert "周宁休假。" in text_of(opened.client.get(opened.url("?all=1")))


def test_a_task_goes_to_another_party_that_was_brought_in(opened: Opened, agent: Client) -> None:
    do(agent, opened, "party", role="courier", name="飞羽快递", mail="a@feiyu.example", phone="")
    pass_to_merchant(agent, opened)
    do(agent, opened, "task", to="courier", expected="trace", sentence="请快递查轨迹。")

    assert {task.debtor for task in opened.page().tasks} == {"merchant", "courier"}
    again = post(agent, f"/cases/{opened.number}/task", to="courier", expected="trace",
                 sentence="再查一次。")  # fmt: skip
    assert again.status_code == 409
    assert "再查一次。" in text_of(again)


def test_a_wish_for_takeover_is_answered_with_no_and_why(opened: Opened, boss: Client) -> None:
    opened.post("/takeover", text="太慢了。")
    do(boss, opened, "refuse-takeover", text="店家还在期限内。")

    assert not opened.page().takeover_wished
    assert "店家还在期限内。" in text_of(opened.client.get(opened.url("?all=1")))


def test_only_a_supervisor_is_asked_for_the_reason_to_force_a_request(
    opened: Opened, agent: Client, boss: Client
) -> None:
    at = f"/cases/{opened.number}/ask"
    assert "forced_because" not in text_of(agent.get(at))
    ask = {"fact": FACT, "of": CONSUMER, "why": "要看清楚。"}
    do(boss, opened, "ask", **ask, forced_because="照片看不清是哪一只。")

    (asked,) = opened.page().requests
    assert (asked.of, asked.forced) == (CONSUMER, True)


def test_an_answer_is_clarified_once(opened: Opened, boss: Client) -> None:
    do(boss, opened, "ask", fact=FACT, of=CONSUMER, why="要看。", forced_because="看不清。")
    (asked,) = opened.page().requests
    answered = opened.post(
        f"/requests/{asked.request}/answer", kind="unboxing-record", text="早发过了。"
    )
    assert answered.status_code == 302, answered.headers
    assert "澄清上次的答复" in text_of(boss.get(f"/cases/{opened.number}/ask"))


def test_the_ball_goes_back_only_on_a_published_ground(opened: Opened, agent: Client) -> None:
    assert not offers_act(agent, opened, "bounce")
    answer = post(agent, f"/cases/{opened.number}/bounce", ground="wrong-desk", sentence="退回。")
    assert answer.status_code in {409, 422}
    assert "退回。" in text_of(answer)


def test_a_house_without_the_power_makes_no_offer(opened: Opened, boss: Client) -> None:
    assert not offers_act(boss, opened, "offer")
    answer = post(boss, f"/cases/{opened.number}/offer", remedy="refund", amount="100", days="7",
                  text="先垫一百元。")  # fmt: skip
    assert answer.status_code == 409
    assert "先垫一百元。" in text_of(answer)


def test_what_is_owed_is_shown_to_be_done_from_the_desk(
    here: House, opened: Opened, agent: Client
) -> None:
    pass_to_merchant(agent, opened)
    decide(here, opened)
    (owed,) = opened.page().owed
    early = post(agent, f"/cases/{opened.number}/fulfilment", what=owed.remedy, complete="yes",
                 evidence="")  # fmt: skip
    assert early.status_code == 422

    do(agent, opened, "fulfilment", what=owed.remedy, complete="yes", evidence="",
        attached=[picture("退款流水.png")])  # fmt: skip

    assert opened.page().owed[0].delivery is Delivery.DELIVERED


def test_a_case_is_handed_over_only_when_mediation_failed_and_its_result_comes_back(
    opened: Opened, agent: Client, boss: Client
) -> None:
    too_soon = post(boss, f"/cases/{opened.number}/hand-over", because="mediation-failed")
    assert too_soon.status_code == 409
    assert not offers_act(boss, opened, "hand-over")
    reject_an_offer(agent, opened)
    assert post(agent, f"/cases/{opened.number}/hand-over").status_code == 403

    do(boss, opened, "hand-over", because="mediation-failed")

    assert opened.page().outcome is Outcome.HANDED_OVER
    empty = post(agent, f"/cases/{opened.number}/outside", text="")
    assert empty.status_code == 422
    do(agent, opened, "outside", text="市场监管所责令补发。")
    assert "市场监管所责令补发。" in text_of(opened.client.get(opened.url("?all=1")))


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
    assert not offers_act(agent, opened, "reopen")
    opened.post("/withdraw", why="tired", text="")
    assert offers_act(agent, opened, "reopen")
    assert "当时不该结案" not in text_of(agent.get(f"/cases/{opened.number}/reopen"))

    do(boss, opened, "reopen", because="wrongful", text="不该催着您撤回。")

    assert opened.page().open
    assert "不该催着您撤回。" in text_of(opened.client.get(opened.url("?all=1")))


def test_a_result_from_outside_and_a_finding_stand_in_the_thread(
    opened: Opened, agent: Client
) -> None:
    item = hand_in(agent, opened)
    do(agent, opened, "fact", fact=FACT, standing="proven", value="", evidence=item)

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
    pass_to_merchant(agent, opened)

    words = {"to": "merchant", "expected": "respond", "sentence": "另一个窗口里写的。"}
    late = post(agent, f"/cases/{opened.number}/pass", **words)

    assert late.status_code == 409
    assert "现在轮到别人办" in text_of(late)
    assert "另一个窗口里写的。" in text_of(late)
