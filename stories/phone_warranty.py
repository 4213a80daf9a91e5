"""Phone warranty (S0, S4): "human damage" without a report, "the merchant's job", and back."""

from datetime import timedelta

from buckstop.domain.cases.commands import (
    AcceptProof,
    AskProof,
    KeepPromise,
    LogContact,
    MakeOffer,
    PassBall,
    RecordOtherSide,
    Refuse,
    RejectOffer,
    SendMessage,
)
from buckstop.domain.cases.events import PromiseKind, RecordKind, Side
from buckstop.domain.words.calendar import Span, Unit
from buckstop.domain.words.event import Channel
from buckstop.domain.words.ids import (
    ContactId,
    EvidenceId,
    FactKey,
    OfferId,
    PartyId,
    PromiseId,
)
from buckstop.domain.words.party import CONSUMER, HOUSE, PartyRole
from buckstop.domain.words.purchase import Goods, Problem, Purchase, Remedy, RemedyKind
from buckstop.domain.words.reconcile import Precision
from stories.house import DING, GUO, HE, MERCHANT, ZHOU
from stories.scene import Respondent, Scene, yuan
from stories.usual_acts import (
    asks_to_respond,
    confirms,
    decides,
    fulfils,
    second_signs,
    sends_on,
    takes_up,
)

TITLE = "手机第四个月坏了，商家和维修点都说是人为损坏"
CENTRE = "warranty-centre"
CALLS = (
    (0, 20, 5), (2, 9, 30), (3, 10, 0), (4, 10, 20), (5, 14, 0), (6, 9, 40), (7, 10, 10),
    (8, 9, 50), (9, 15, 0), (10, 9, 30), (1, 12, 0), (2, 18, 0), (5, 18, 30), (8, 19, 0),
)  # fmt: skip
"""The consumer's calls; the desk has the first ten, and one that the consumer has not."""
AT_DESK = 10
ONLY_AT_DESK = (9, 9, 0)


def _opens(scene: Scene) -> None:
    bought = scene.start - timedelta(days=121)
    scene.open(
        number=f"GL-{scene.start:%Y-%m%d}-0188",
        consumer="林晓禾",
        owner=ZHOU,
        deputy=DING,
        respondents=(
            Respondent(MERCHANT, PartyRole.MERCHANT, "青屿数码店"),
            Respondent(CENTRE, PartyRole.WARRANTY_CENTRE, "汀洲维修点"),
        ),
        problem=Problem.MALFUNCTION,
        purchase=Purchase(
            goods=Goods.PHONE,
            price=yuan(2899),
            ordered_on=bought,
            received_on=bought + timedelta(days=2),
            discovered_on=scene.start - timedelta(days=4),
        ),
        demand=Remedy(kind=RemedyKind.REPAIR),
        title=TITLE,
        story="屏幕不亮，没摔过也没进过水。店家说找维修点，维修点说是人为损坏，没有报告。",
        alleged=(("malfunction", None),),
        item="澄光 S2 手机",
    )
    scene.shows(CONSUMER, "fault-record", "开机无显示的照片", facts=("malfunction",))
    scene.shows(CONSUMER, "order-record", "订单截图", facts=("bought",))


def _to_merchant(scene: Scene) -> None:
    takes_up(scene, ZHOU)
    within = Span(48, Unit.HOURS)
    asks_to_respond(scene, ZHOU, MERCHANT, "请商家两天内答复是否免费维修。", span=within)


def _to_centre(scene: Scene) -> None:
    scene.respondent(
        MERCHANT,
        PassBall,
        to=PartyId(CENTRE),
        reason="inspection",
        expected="inspect",
        sentence=scene.text("商家送维修点检测。"),
    )


def _told_of_a_call_back(scene: Scene) -> None:
    contact = _call(scene, (3, 10, 0), Side.CONSUMER)
    scene.consumer(
        RecordOtherSide,
        kind=RecordKind.PROMISE,
        promise_kind=PromiseKind.CALL_BACK,
        of=HOUSE,
        contact=contact,
        text=scene.text("客服说第二天下午六点前回电。"),
        promised_for=scene.moment(4, 18, 0),
    )


def _supervisor_calls_back(scene: Scene) -> None:
    scene.desk(HE, SendMessage, text=scene.text("答应的回电没有打，失信，已计入服务台。"))
    scene.consumer(KeepPromise, promise=PromiseId("promise-2"))


def _centre_refuses(scene: Scene) -> None:
    scene.respondent(
        CENTRE, Refuse, ground="human-damage", text=scene.text("进过水，人为损坏，不保。")
    )
    sends_on(scene, CENTRE, MERCHANT, "进过水，没有检测报告；由商家处理。")


def _asked_again(scene: Scene) -> None:
    contact = _call(scene, (6, 9, 40), Side.CONSUMER)
    scene.consumer(
        RecordOtherSide,
        kind=RecordKind.REASK,
        of=PartyId(CENTRE),
        contact=contact,
        text=scene.text("维修点又让我自己证明没有进过水。"),
    )


def _merchant_refuses(scene: Scene) -> None:
    scene.respondent(MERCHANT, Refuse, ground="human-damage", text=scene.text("人为损坏。"))
    sends_on(scene, MERCHANT, CENTRE, "以维修点为准。")


def _weighs(scene: Scene) -> None:
    scene.desk(
        ZHOU,
        AcceptProof,
        evidence=EvidenceId("item-1"),
        fact=FactKey("malfunction"),
        kind="fault-record",
    )
    for call in CALLS:
        if call not in {(3, 10, 0), (6, 9, 40)}:
            _call(scene, call, Side.CONSUMER)
    for call in (*CALLS[:AT_DESK], ONLY_AT_DESK):
        _call(scene, call, Side.DESK)


def _call(scene: Scene, when: tuple[int, int, int], side: Side) -> ContactId:
    fields = {
        "side": side,
        "medium": Channel.PHONE,
        "direction": "in" if when == ONLY_AT_DESK else "out",
        "at": scene.moment(*when),
        "precision": Precision.EXACT,
    }
    if side is Side.DESK:
        scene.desk(GUO, LogContact, **fields)
    else:
        scene.consumer(LogContact, **fields)
    return scene.case.contacts.every[-1].contact


def _asks_for_proof(scene: Scene) -> None:
    scene.desk(
        ZHOU,
        AskProof,
        fact=FactKey("human-damage"),
        of=PartyId(MERCHANT),
        why=scene.text("三包期内拒绝免费维修，“人为损坏”由商家证明；证明不了就按没有认定。"),
    )


def _offers_little(scene: Scene) -> None:
    scene.respondent(
        MERCHANT, MakeOffer, remedy=Remedy(kind=RemedyKind.COMPENSATION, amount=yuan(200))
    )


def _rejects(scene: Scene) -> None:
    scene.consumer(
        RejectOffer, offer=OfferId("offer-1"), text=scene.text("应得是免费修好，200 元不够。")
    )


def _decides(scene: Scene) -> None:
    decides(
        scene,
        debtor=PartyId(MERCHANT),
        remedy=Remedy(kind=RemedyKind.REPAIR, amount=yuan(36)),
        findings=("SBP-24", "EVD-91", "CPL-24"),
        facts=("human-damage", "malfunction"),
        reasons="到期没有拿出人为损坏的证据，按没有认定。七天内免费修好，退来回运费 36 元。",
    )


def _repairs(scene: Scene) -> None:
    fulfils(scene, MERCHANT, "repair-record", "换屏维修单和运费转账")


ACTS = (
    ((0, 19, 42), _opens),
    ((1, 9, 10), _to_merchant),
    ((2, 15, 10), _to_centre),
    ((3, 11, 0), _told_of_a_call_back),
    ((6, 9, 30), _supervisor_calls_back),
    ((6, 11, 30), _centre_refuses),
    ((6, 13, 0), _asked_again),
    ((7, 14, 5), _merchant_refuses),
    ((10, 15, 0), _weighs),
    ((11, 13, 20), _asks_for_proof),
    ((12, 11, 0), _offers_little),
    ((12, 19, 30), _rejects),
    ((15, 10, 0), _decides),
    ((15, 14, 0), second_signs),
    ((21, 15, 0), _repairs),
    ((22, 9, 5), confirms),
)
