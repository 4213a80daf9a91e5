"""Ball game (S2): merchant, desk, merchant, courier, merchant; then the house takes over."""

from datetime import timedelta

from buckstop.domain.cases.commands import (
    PassBall,
)
from buckstop.domain.words.ids import PartyId
from buckstop.domain.words.party import HOUSE, PartyRole
from buckstop.domain.words.purchase import Goods, Problem, Purchase, Remedy, RemedyKind
from stories.house import DING, MERCHANT, XU
from stories.scene import Respondent, Scene, yuan
from stories.usual_acts import confirms, decides, fulfils, second_signs, sends_on

TITLE = "沙发少一只脚，店家、客服、快递来回推"
COURIER = "courier"


def _opens(scene: Scene) -> None:
    bought = scene.start - timedelta(days=9)
    scene.open(
        number=f"GL-{scene.start:%Y-%m%d}-0271",
        consumer="苏叶",
        owner=XU,
        deputy=DING,
        respondents=(
            Respondent(MERCHANT, PartyRole.MERCHANT, "木羽家居"),
            Respondent(COURIER, PartyRole.COURIER, "迅鹿速运"),
        ),
        problem=Problem.MISSING_PART,
        purchase=Purchase(
            goods=Goods.OTHER,
            price=yuan(1460),
            ordered_on=bought,
            received_on=bought + timedelta(days=6),
            discovered_on=bought + timedelta(days=6),
        ),
        demand=Remedy(kind=RemedyKind.DELIVERY, amount=yuan(0)),
        title=TITLE,
        story="沙发送到少一只脚。店家让我找客服，客服说在等店家反馈，店家又让我找快递。",
        alleged=(("part-missing", None),),
        item="云眠三人沙发",
        first=MERCHANT,
    )


def _to_desk(scene: Scene) -> None:
    scene.respondent(
        MERCHANT,
        PassBall,
        to=HOUSE,
        reason="forwarded",
        expected="handle",
        sentence=scene.text("请平台客服处理。"),
    )


def _waiting_for_merchant(scene: Scene) -> None:
    scene.desk(
        XU,
        PassBall,
        to=PartyId(MERCHANT),
        reason="waiting-for-merchant",
        expected="respond",
        sentence=scene.text("在等店家反馈。"),
    )


def _to_courier(scene: Scene) -> None:
    sends_on(scene, MERCHANT, COURIER, "出库是齐的，找快递。")


def _back_to_merchant(scene: Scene) -> None:
    sends_on(scene, COURIER, MERCHANT, "外箱完好，找店家。")


def _decides(scene: Scene) -> None:
    decides(
        scene,
        debtor=PartyId(MERCHANT),
        remedy=Remedy(kind=RemedyKind.DELIVERY, amount=yuan(120)),
        findings=("CPL-48", "EVD-91"),
        facts=("part-missing",),
        reasons="出库齐全应由店家证明，店家没有证明。七天内补寄沙发脚，另退折价 120 元。",
    )


def _delivers(scene: Scene) -> None:
    fulfils(scene, MERCHANT, "delivery-record", "补寄签收单")


ACTS = (
    ((0, 9, 20), _opens),
    ((1, 15, 0), _to_desk),
    ((2, 11, 0), _waiting_for_merchant),
    ((3, 16, 0), _to_courier),
    ((4, 18, 0), _back_to_merchant),
    ((5, 10, 0), _decides),
    ((5, 14, 0), second_signs),
    ((10, 15, 0), _delivers),
    ((11, 9, 5), confirms),
)
