"""Fuel card (S3): as it went, and the same case in a house that keeps these rules."""

from datetime import date

from buckstop.domain.cases.commands import (
    AskProof,
    DeliverTask,
    LogContact,
    MakeOffer,
    PassBall,
    Promise,
    ProveFulfilment,
    RejectOffer,
)
from buckstop.domain.cases.events import PromiseKind, Side
from buckstop.domain.words.calendar import Span, Unit
from buckstop.domain.words.event import Channel
from buckstop.domain.words.ids import FactKey, OfferId, PartyId
from buckstop.domain.words.party import CONSUMER, HOUSE, PartyRole
from buckstop.domain.words.purchase import Problem, Remedy, RemedyKind
from buckstop.domain.words.reconcile import Precision
from stories.fuel_card_as_it_went import AS_IT_WENT, ISSUER, bought
from stories.fuel_card_as_it_went import RULES as AS_IT_WENT_RULES
from stories.house import DING, GUO, HE, MERCHANT, ZHOU
from stories.scene import Respondent, Scene, yuan
from stories.script import Run
from stories.usual_acts import confirms, decides, second_signs, takes_up

CUSTODIAN = "custodian"
MOVED_FROM = date(2025, 5, 1)
"""From this day on the rules on prepaid money apply that the second run needs."""
MOVED_TO = date(2026, 3, 2)


def _opens(scene: Scene) -> None:
    scene.open(
        number=f"GL-{scene.start:%Y-%m%d}-0046",
        consumer="沈一舟",
        owner=ZHOU,
        deputy=DING,
        respondents=(
            Respondent(MERCHANT, PartyRole.MERCHANT, "满格卡品店"),
            Respondent(ISSUER, PartyRole.ISSUER, "岭驰油卡"),
            Respondent(CUSTODIAN, PartyRole.CUSTODIAN, "汇泊存管"),
        ),
        problem=Problem.PREPAID_COLLAPSED,
        purchase=bought(scene, 90),
        demand=Remedy(kind=RemedyKind.REFUND, amount=yuan(3000)),
        title="油卡没用过，发卡方停业",
        story="3,000 元的油卡一次没用过，发卡方停业了。卡在我手里，请退钱。",
        alleged=(("used-amount", "0"), ("bought", None)),
        item="岭驰油卡 3,000 元",
    )
    scene.shows(CONSUMER, "fault-record", "油卡正反面照片", facts=("used-amount",))


def _takes_up(scene: Scene) -> None:
    takes_up(scene, ZHOU)
    scene.desk(
        ZHOU,
        Promise,
        kind=PromiseKind.ACKNOWLEDGEMENT,
        text=scene.text("付款 3,000 元属实，按没有用过算应得 3,000 元。"),
    )


def _asks_merchant(scene: Scene) -> None:
    scene.desk(
        ZHOU,
        PassBall,
        to=PartyId(MERCHANT),
        reason="records",
        expected="hand-over-records",
        sentence=scene.text("请店铺 48 小时内交订单和付款记录。"),
        span=Span(48, Unit.HOURS),
    )


def _promises_call(scene: Scene) -> None:
    _calls(scene, (1, 14, 0))
    scene.desk(
        GUO,
        Promise,
        kind=PromiseKind.CALL_BACK,
        text=scene.text("48 小时内回电。"),
        span=Span(48, Unit.HOURS),
    )


def _calls(scene: Scene, when: tuple[int, int, int], direction: str = "out") -> None:
    """Let a call be logged from both sides."""
    both = {"medium": Channel.PHONE, "direction": direction, "precision": Precision.EXACT}
    at = scene.moment(*when)
    scene.consumer(LogContact, side=Side.CONSUMER, at=at, **both)
    by = HE if direction == "in" else GUO
    scene.desk(by, LogContact, side=Side.DESK, at=at, **both)


def _hands_over(scene: Scene) -> None:
    order = scene.shows(MERCHANT, "order-record", "订单记录", facts=("bought",))
    paid = scene.shows(MERCHANT, "payment-record", "付款记录", facts=("paid",))
    scene.respondent(MERCHANT, DeliverTask, evidence=(order, paid))


def _supervisor_calls(scene: Scene) -> None:
    _calls(scene, (3, 16, 40), "in")


def _demands(scene: Scene) -> None:
    """Ask the consumer for what cannot exist: rejected, and asked of who keeps the record."""
    scene.desk(
        GUO,
        AskProof,
        fact=FactKey("used-amount"),
        of=CONSUMER,
        why=scene.text("用没用过，由保存记录的一方拿记录说话。"),
        span=Span(120, Unit.HOURS),
    )


def _issuer_offers(scene: Scene) -> None:
    scene.respondent(ISSUER, MakeOffer, remedy=Remedy(kind=RemedyKind.REFUND, amount=yuan(1500)))


def _rejects(scene: Scene) -> None:
    _calls(scene, (8, 19, 10))
    scene.consumer(
        RejectOffer, offer=OfferId("offer-1"), text=scene.text("应得 3,000 元，一半不够。")
    )


def _decides(scene: Scene) -> None:
    decides(
        scene,
        debtor=HOUSE,
        remedy=Remedy(kind=RemedyKind.REFUND, amount=yuan(3000)),
        findings=("CPL-53", "PRE-18", "EVD-95"),
        facts=("used-amount", "bought"),
        reasons="发卡方和存管方到期都没有拿出用卡记录，推定已用 0 元。"
        "平台先行赔付 3,000 元，再追偿。",
    )


def _pays(scene: Scene) -> None:
    proof = scene.shows(HOUSE, "payment-record", "先行赔付转账凭证", desk=ZHOU)
    scene.desk(ZHOU, ProveFulfilment, remedy="remedy-1", evidence=proof)


AS_HERE = (
    ((0, 10, 12), _opens),
    ((0, 10, 40), _takes_up),
    ((1, 9, 30), _asks_merchant),
    ((1, 15, 0), _promises_call),
    ((3, 8, 0), _hands_over),
    ((3, 17, 0), _supervisor_calls),
    ((4, 10, 0), _demands),
    ((8, 15, 0), _issuer_offers),
    ((8, 19, 30), _rejects),
    ((9, 16, 0), _decides),
    ((11, 15, 0), second_signs),
    ((15, 11, 0), _pays),
    ((21, 9, 5), confirms),
)
RUNS = (
    Run(
        name="as-it-went",
        rules=AS_IT_WENT_RULES,
        acts=AS_IT_WENT,
    ),
    Run(
        name="as-here",
        acts=AS_HERE,
        not_before=MOVED_FROM,
        moved_to=MOVED_TO,
    ),
)
