"""Ball game (S2): merchant, desk, merchant, courier, merchant; then the house takes over."""

from datetime import date, timedelta

from buckstop.domain.cases.commands import (
    ConfirmFulfilment,
    FreezeRecord,
    PassBall,
    ProposeDecision,
    ProveFulfilment,
    SignDecision,
)
from buckstop.domain.cases.events import Ruling
from buckstop.domain.words.ids import FactKey, PartyId, RowId
from buckstop.domain.words.party import PartyRole
from buckstop.domain.words.purchase import Goods, Problem, Purchase, Remedy, RemedyKind
from stories.house import DING, HE, MERCHANT, RULES, XU
from stories.scene import Respondent, Scene, yuan
from stories.world import World

TITLE = "沙发少一只脚，店家、客服、快递来回推"
COURIER = "courier"
LASTS = 11
"""Days from the complaint to the end."""


def tell(world: World, start: date, *, until: int = LASTS) -> tuple[Scene, ...]:
    """Tell the story from `start`, as far as day `until`."""
    scene = Scene(world, start=start, rules=RULES)
    scene.tell(ACTS, until, LASTS)
    return (scene,)


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
        to="house",
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
    scene.respondent(
        MERCHANT,
        PassBall,
        to=PartyId(COURIER),
        reason="not-ours",
        expected="respond",
        sentence=scene.text("出库是齐的，找快递。"),
    )


def _back_to_merchant(scene: Scene) -> None:
    scene.respondent(
        COURIER,
        PassBall,
        to=PartyId(MERCHANT),
        reason="not-ours",
        expected="respond",
        sentence=scene.text("外箱完好，找店家。"),
    )


def _decides(scene: Scene) -> None:
    scene.desk(HE, FreezeRecord)
    scene.desk(
        HE,
        ProposeDecision,
        ruling=Ruling.FOR_CONSUMER,
        debtor=PartyId(MERCHANT),
        remedy=Remedy(kind=RemedyKind.DELIVERY, amount=yuan(120)),
        findings=(RowId("CPL-48"), RowId("EVD-91")),
        facts=(FactKey("part-missing"),),
        reasons=scene.text("出库齐全应由店家证明，店家没有证明。七天内补寄沙发脚，折价 120 元。"),
        fulfil_days=7,
    )


def _signs(scene: Scene) -> None:
    scene.desk(DING, SignDecision, decision="decision-1")


def _delivers(scene: Scene) -> None:
    proof = scene.shows(MERCHANT, "delivery-record", "补寄签收单")
    scene.respondent(MERCHANT, ProveFulfilment, remedy="remedy-1", evidence=proof)


def _confirms(scene: Scene) -> None:
    scene.consumer(ConfirmFulfilment, remedy="remedy-1")


ACTS = (
    ((0, 9, 20), _opens),
    ((1, 15, 0), _to_desk),
    ((2, 11, 0), _waiting_for_merchant),
    ((3, 16, 0), _to_courier),
    ((4, 18, 0), _back_to_merchant),
    ((5, 10, 0), _decides),
    ((5, 14, 0), _signs),
    ((10, 15, 0), _delivers),
    ((11, 9, 5), _confirms),
)
