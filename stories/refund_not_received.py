"""Refund not received: the everyday one; nobody at the house lifts a finger."""

from datetime import timedelta

from buckstop.domain.cases.commands import AgreeClaim, ProveFulfilment
from buckstop.domain.words.party import CONSUMER, PartyRole
from buckstop.domain.words.purchase import Goods, Problem, Purchase, Remedy, RemedyKind
from stories.house import MERCHANT, XU
from stories.scene import Respondent, Scene, yuan
from stories.usual_acts import confirms

TITLE = "退货签收四周了，退款没有到账"


def _opens(scene: Scene) -> None:
    returned = scene.start - timedelta(days=28)
    scene.open(
        number=f"GL-{scene.start:%Y-%m%d}-0305",
        consumer="邵晚晴",
        owner=XU,
        deputy=None,
        respondents=(Respondent(MERCHANT, PartyRole.MERCHANT, "禾间布艺"),),
        problem=Problem.REFUND_NOT_RECEIVED,
        purchase=Purchase(
            goods=Goods.OTHER,
            price=yuan(268),
            ordered_on=returned - timedelta(days=8),
            received_on=returned - timedelta(days=5),
        ),
        demand=Remedy(kind=RemedyKind.REFUND, amount=yuan(268)),
        title=TITLE,
        story="窗帘退回去了，店家四周前签收，退款 268 元一直没到账。",
        alleged=(
            ("return-sent", None),
            ("return-received-on", f"{returned}"),
            ("refund-not-received", None),
        ),
        item="亚麻窗帘一幅",
        # A refund that the law dates needs no desk: the merchant pays or shows that it has.
        first=MERCHANT,
    )
    scene.shows(CONSUMER, "waybill", "退货运单", facts=("return-sent",))


def _agrees(scene: Scene) -> None:
    scene.respondent(MERCHANT, AgreeClaim, fulfil_days=3)


def _pays(scene: Scene) -> None:
    proof = scene.shows(MERCHANT, "payment-record", "退款流水", facts=("refund-paid",))
    scene.respondent(MERCHANT, ProveFulfilment, remedy="remedy-1", evidence=proof)


ACTS = (
    ((0, 12, 40), _opens),
    ((1, 9, 15), _agrees),
    ((1, 9, 40), _pays),
    ((2, 8, 20), confirms),
)
