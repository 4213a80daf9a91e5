"""Gave up (S0): two lapses, a consumer who is tired, and one tap that takes it back."""

from datetime import timedelta

from buckstop.domain.cases.commands import AcceptProof, AskProof, Reopen, Withdraw
from buckstop.domain.words.ids import EvidenceId, FactKey, PartyId
from buckstop.domain.words.party import CONSUMER, PartyRole
from buckstop.domain.words.purchase import Goods, Problem, Purchase, Remedy, RemedyKind
from stories.house import DING, MERCHANT, XU
from stories.scene import Respondent, Scene, yuan

TITLE = "买的书桌一直不发货"


def _opens(scene: Scene) -> None:
    scene.open(
        number=f"GL-{scene.start:%Y-%m%d}-0417",
        consumer="葛小满",
        owner=XU,
        deputy=DING,
        respondents=(Respondent(MERCHANT, PartyRole.MERCHANT, "槐安家具"),),
        problem=Problem.NOT_SHIPPED,
        purchase=Purchase(
            goods=Goods.OTHER,
            price=yuan(640),
            ordered_on=scene.start - timedelta(days=25),
        ),
        demand=Remedy(kind=RemedyKind.REFUND, amount=yuan(640)),
        title=TITLE,
        story="下单二十五天没发货，店家不回消息。不要了，退钱。",
        alleged=(("not-received", None), ("bought", None), ("shipped", "no")),
        item="榉木书桌",
        first=MERCHANT,
    )
    scene.shows(CONSUMER, "order-record", "订单截图", facts=("bought",))


def _asks(scene: Scene) -> None:
    """Look at what is there, and ask for what is missing."""
    scene.desk(
        XU,
        AcceptProof,
        evidence=EvidenceId("item-1"),
        fact=FactKey("bought"),
        kind="order-record",
    )
    scene.desk(
        XU,
        AskProof,
        fact=FactKey("shipped"),
        of=PartyId(MERCHANT),
        why=scene.text("请店家拿出发货的运单；拿不出来，按没有发货认定。"),
    )


def _gives_up(scene: Scene) -> None:
    scene.consumer(Withdraw, why="tired", text=scene.text("两次到期都没人理，算了。"))


def _takes_it_back(scene: Scene) -> None:
    scene.consumer(Reopen, because="taken-back")


ACTS = (
    ((0, 21, 5), _opens),
    ((4, 9, 30), _asks),
    ((8, 22, 10), _gives_up),
    ((9, 8, 0), _takes_it_back),
)
