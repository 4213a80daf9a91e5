"""The whole main job through HTTP: from the first words to a remedy that arrived."""

import pytest

from buckstop.domain.cases.events import Outcome
from buckstop.domain.cases.state.remedies import Delivery
from buckstop.domain.words.ids import PartyId
from buckstop.domain.words.party import CONSUMER, HOUSE
from tests.web.given import (
    MERCHANT,
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


def _asked_merchant(here: House) -> Opened:
    opened = opened_complaint(here)
    desk = at_desk(here, "zhouning")
    assert post(desk, f"/cases/{opened.number}/take-up").status_code == 302
    answer = post(
        desk,
        f"/cases/{opened.number}/pass",
        to="merchant",
        expected="respond",
        sentence="请店家三天内答复。",
    )
    assert answer.status_code == 302
    return opened


def test_a_complaint_ends_with_a_number_a_secret_link_and_a_receipt(here: House) -> None:
    opened = opened_complaint(here)
    shown = text_of(opened.client.get("/opened"))
    assert opened.number in shown
    assert f"/my/{opened.number}/key/{opened.secret}" in shown
    assert "收件回执" in shown
    page = opened.page()
    assert page.title == "三人沙发：少了配件"
    assert page.turn is not None
    assert page.turn.holder.party == HOUSE


def test_my_case_says_who_must_act_since_when_by_when_and_what_if_not(here: House) -> None:
    opened = _asked_merchant(here)
    shown = text_of(opened.client.get(opened.url()))
    assert "禾间布艺" in shown
    for words in ("现在该谁办", "已等", "还剩", "逾期则", "请店家三天内答复。", "周宁负责到底"):
        assert words in shown


def test_the_merchant_agrees_delivers_and_the_consumer_confirms(here: House) -> None:
    opened = _asked_merchant(here)
    merchant, _ = by_link(opened)
    url = f"/answer/{opened.number}/merchant"
    assert "您的答复" in text_of(merchant.get(url))
    assert post(merchant, url, answer="agree", agree_days="3", go="send").status_code == 302
    (owed,) = opened.page().owed
    done = post(merchant, f"{url}/remedies/{owed.remedy}", kind="payment-record",
                files=[picture("退款流水.png")])  # fmt: skip
    assert done.status_code == 302
    assert "收到了，没问题" in text_of(opened.client.get(opened.url()))
    assert opened.post(f"/remedies/{owed.remedy}/confirm").status_code == 302
    page = opened.page()
    assert page.outcome is Outcome.FULFILLED
    assert not page.open


def test_refused_offered_rejected_taken_over_decided_signed_fulfilled_confirmed(
    here: House,
) -> None:
    opened = _asked_merchant(here)
    merchant, _ = by_link(opened)
    url = f"/answer/{opened.number}/merchant"
    post(merchant, url, answer="refuse", ground="complete", ground_text="已经签收。", go="send")
    assert [r.supported for r in opened.page().refusals] == [False]
    assert "没有证据" in text_of(opened.client.get(opened.url()))
    offered = post(merchant, url, answer="offer", remedy="compensation", amount="100",
                   plan="补一百元。", offer_days="3", go="send")  # fmt: skip
    assert offered.status_code == 302
    (offer,) = opened.page().offers
    shown = text_of(opened.client.get(opened.url()))
    assert "接受，就此了结" in shown
    assert "您应得" in shown
    assert opened.post(f"/offers/{offer.offer}/reject").status_code == 302
    assert opened.post("/takeover", text="推了两个月了。").status_code == 302
    boss = at_desk(here, "hemin")
    assert opened.number in text_of(boss.get("/supervision"))
    assert post(boss, f"/cases/{opened.number}/take-over").status_code == 302
    _decide(here, opened)
    _fulfil(opened)
    assert opened.page().outcome is Outcome.FULFILLED


def test_both_parties_read_why_it_was_decided_so_by_whom_and_until_when_to_appeal(
    here: House,
) -> None:
    opened = _asked_merchant(here)
    merchant, _ = by_link(opened)
    theirs_at = f"/answer/{opened.number}/merchant"
    post(
        merchant, theirs_at, answer="refuse", ground="complete", ground_text="已签收。", go="send"
    )
    assert post(at_desk(here, "hemin"), f"/cases/{opened.number}/take-over").status_code == 302
    _decide(here, opened)

    mine = text_of(opened.client.get(opened.url()))
    theirs = text_of(merchant.get(theirs_at))

    for shown in (mine, theirs):
        assert "少了一只脚，店家拿不出打包记录。" in shown
        assert "何敏裁定，丁可复核签字。" in shown
        assert "前申诉，要有新的事实或证据" in shown
    assert "已裁定：退款 1,460 元" in mine


def test_who_withdrew_is_told_to_each_in_words_of_their_own(here: House) -> None:
    opened = _asked_merchant(here)
    merchant, _ = by_link(opened)

    assert opened.post("/withdraw", why="tired", text="").status_code == 302

    assert "您撤回了，因为太累" in text_of(opened.client.get(opened.url()))
    theirs = text_of(merchant.get(f"/answer/{opened.number}/merchant"))
    assert "消费者撤回了投诉" in theirs
    assert "太累" not in theirs
    desk = at_desk(here, "zhouning")
    assert "消费者撤回（太累）" in text_of(desk.get(f"/cases/{opened.number}"))


def test_what_follows_by_itself_stands_under_the_rules(here: House) -> None:
    opened = _asked_merchant(here)

    page = opened.client.get(opened.url())
    lines = page.context["page"].thread.lines

    by_rule = [line for line in lines if "开始办理" in line.event]
    assert [line.who for line in by_rule] == ["按公布的规则"]


def _decide(here: House, opened: Opened) -> None:
    boss = at_desk(here, "hemin")
    at = f"/cases/{opened.number}"
    assert post(boss, f"{at}/freeze").status_code == 302
    finding = opened.page().assessment.findings[0].rows[0]
    wrote = post(
        boss,
        f"{at}/propose",
        findings=[finding],
        ruling="for-consumer",
        debtor="merchant",
        remedy="refund",
        amount="1460",
        fulfil_days="3",
        reasons="少了一只脚，店家拿不出打包记录。",
    )
    assert wrote.status_code == 302
    assert not opened.page().decisions
    alone = post(boss, f"{at}/decisions/decision-1/sign")
    assert alone.status_code == 409
    other = at_desk(here, "dingke")
    assert post(other, f"{at}/decisions/decision-1/sign").status_code == 302
    (decision,) = opened.page().decisions
    assert decision.second == here.colleague
    assert "少了一只脚" in text_of(other.get(f"{at}/decide"))


def _fulfil(opened: Opened) -> None:
    merchant, _ = by_link(opened)
    (owed,) = (o for o in opened.page().owed if o.delivery is Delivery.OWED)
    assert owed.by == PartyId("merchant")
    post(merchant, f"/answer/{opened.number}/merchant/remedies/{owed.remedy}",
         kind="payment-record", files=[picture("退款流水.png")])  # fmt: skip
    assert opened.post(f"/remedies/{owed.remedy}/confirm").status_code == 302


def test_what_the_consumer_disputes_keeps_the_case_open(here: House) -> None:
    opened = _asked_merchant(here)
    merchant, _ = by_link(opened)
    url = f"/answer/{opened.number}/merchant"
    post(merchant, url, answer="agree", agree_days="3", go="send")
    (owed,) = opened.page().owed
    post(merchant, f"{url}/remedies/{owed.remedy}", kind="payment-record", files=[picture()])
    answer = opened.post(f"/remedies/{owed.remedy}/dispute", text="没有到账。")
    assert answer.status_code == 302
    page = opened.page()
    assert page.open
    assert page.owed[0].delivery is Delivery.DISPUTED


def test_a_withdrawn_case_is_taken_back_with_one_tap(here: House) -> None:
    opened = opened_complaint(here)
    assert opened.post("/withdraw", why="tired", text="").status_code == 302
    assert not opened.page().open
    assert "恢复投诉" in text_of(opened.client.get(opened.url()))
    assert opened.post("/reopen").status_code == 302
    assert opened.page().open


def test_a_call_and_a_promise_told_by_the_consumer_are_kept(here: House) -> None:
    opened = opened_complaint(here)
    answer = opened.post(
        "/contact", other="house", at="2026-11-20T18:30", precision="hour", direction="out",
        medium="phone",
        minutes="11", text="说四十八小时内回电。", record="promise",
        promised_for="2026-11-22T18:30",
    )  # fmt: skip
    assert answer.status_code == 302
    page = opened.page()
    assert page.tally is not None
    assert page.tally.consumer == 1
    assert [r.text for r in page.records] == ["说四十八小时内回电。"]


def test_an_ask_that_does_not_stand_is_told_with_its_reason(here: House) -> None:
    opened = _asked_merchant(here)
    desk = at_desk(here, "zhouning")
    form = text_of(desk.get(f"/cases/{opened.number}/ask"))
    assert "谁举证" in form
    answer = post(
        desk, f"/cases/{opened.number}/ask", fact="part-missing", of=CONSUMER, why="请证明少了。"
    )
    assert answer.status_code == 302
    assert [r.of for r in opened.page().rejected] == [CONSUMER]
    assert "这一问不成立" in text_of(desk.get(f"/cases/{opened.number}"))


def test_the_desk_writes_notes_that_no_party_sees(here: House) -> None:
    opened = opened_complaint(here)
    desk = at_desk(here, "zhouning")
    post(desk, f"/cases/{opened.number}/message", text="只给自己人看的话", **{"as": "note"})
    assert "只给自己人看的话" in text_of(desk.get(f"/cases/{opened.number}"))
    assert "只给自己人看的话" not in text_of(opened.client.get(opened.url("?all=1")))


def test_a_draft_of_an_answer_waits_for_its_party(here: House) -> None:
    opened = _asked_merchant(here)
    merchant, link = by_link(opened)
    url = f"/answer/{opened.number}/merchant"
    post(merchant, url, answer="offer", plan="写到一半的方案", remedy="exchange", go="keep")
    merchant.get(link)
    assert "写到一半的方案" in text_of(merchant.get(url))
    assert not opened.page().offers


def test_acts_that_are_not_open_say_why(here: House) -> None:
    opened = _asked_merchant(here)
    shown = text_of(at_desk(here, "zhouning").get(f"/cases/{opened.number}"))
    assert 'aria-disabled="true"' in shown
    assert "由主管决定" in shown


def test_files_are_handed_out_to_who_may_see_them_only(here: House) -> None:
    opened = _asked_merchant(here)
    opened.post("/evidence", kind="chat-record", attached=[picture("聊天.png")], text="")
    (item,) = opened.page().evidence
    mine = opened.client.get(opened.url(f"/files/{item.sha256}"))
    assert mine.status_code == 200
    assert mine.headers["X-Content-Type-Options"] == "nosniff"
    merchant, _ = by_link(opened, MERCHANT)
    theirs = merchant.get(f"/answer/{opened.number}/merchant/files/{item.sha256}")
    assert theirs.status_code == 200
    stranger = opened_complaint(here)
    assert stranger.client.get(stranger.url(f"/files/{item.sha256}")).status_code == 404


def test_the_merchant_accepts_what_the_consumer_offers(here: House) -> None:
    opened = _asked_merchant(here)
    opened.post("/offer", remedy="refund", amount="1200", days="5", text="退一千二就算了。")
    (offer,) = opened.page().offers
    merchant, _ = by_link(opened)
    url = f"/answer/{opened.number}/merchant"
    assert "退一千二就算了。" in text_of(merchant.get(url))
    assert post(merchant, f"{url}/offers/{offer.offer}/accept").status_code == 302
    (owed,) = opened.page().owed
    assert owed.by == MERCHANT


def test_a_respondent_appeals_with_something_new(here: House) -> None:
    opened = _asked_merchant(here)
    merchant, _ = by_link(opened)
    url = f"/answer/{opened.number}/merchant"
    post(merchant, url, answer="refuse", ground="complete", ground_text="已签收。", go="send")
    boss = at_desk(here, "hemin")
    assert post(boss, f"/cases/{opened.number}/take-over").status_code == 302
    _decide(here, opened)
    assert "不服裁定，要申诉" in text_of(merchant.get(url))
    nothing_new = post(merchant, f"{url}/appeal", text="不对。")
    assert nothing_new.status_code == 409
    sent = post(merchant, f"{url}/appeal", text="找到打包录像了。", kind="packing-record",
                files=[picture("打包.png")])  # fmt: skip
    assert sent.status_code == 302
    assert opened.page().appealing
