"""Bad faith (S2): a serial claimant; the merchant is protected, and a human decides."""

from datetime import timedelta

from buckstop.domain.cases.commands import (
    AcceptProof,
    Refuse,
    SendMessage,
    StateFact,
    WriteNote,
)
from buckstop.domain.cases.events import Ruling
from buckstop.domain.words.ids import EvidenceId, FactKey
from buckstop.domain.words.party import CONSUMER, PartyRole
from buckstop.domain.words.purchase import Goods, Problem, Purchase, Remedy, RemedyKind
from buckstop.domain.words.standing import Standing
from stories.house import DING, MERCHANT, ZHOU
from stories.scene import Respondent, Scene, yuan
from stories.usual_acts import asks_to_respond, decides, second_signs, takes_up

TITLE = "说收到的耳机是假的，退回来的却不是卖出去的那一副"


def _opens(scene: Scene) -> None:
    received = scene.start - timedelta(days=3)
    scene.open(
        number=f"GL-{scene.start:%Y-%m%d}-0522",
        consumer="钟也",
        owner=ZHOU,
        deputy=DING,
        respondents=(Respondent(MERCHANT, PartyRole.MERCHANT, "听岚数码"),),
        problem=Problem.COUNTERFEIT,
        purchase=Purchase(
            goods=Goods.OTHER,
            price=yuan(899),
            ordered_on=received - timedelta(days=3),
            received_on=received,
            discovered_on=received,
        ),
        demand=Remedy(kind=RemedyKind.COMPENSATION, amount=yuan(2697)),
        title=TITLE,
        story="收到的耳机是假货，要求退一赔三。",
        alleged=(("deceived", None), ("differs-from-listing", None)),
        item="听岚 Q3 耳机",
    )
    scene.shows(CONSUMER, "unboxing-record", "耳机照片", facts=("differs-from-listing",))


def _to_merchant(scene: Scene) -> None:
    takes_up(scene, ZHOU)
    asks_to_respond(scene, ZHOU, MERCHANT, "请店铺三天内答复：同意，或者拿出证据拒绝。")


def _refuses_with_proof(scene: Scene) -> None:
    report = scene.shows(
        MERCHANT, "appraisal-report", "检测报告：序列号与出库记录不符", facts=("made-up",)
    )
    scene.respondent(
        MERCHANT,
        Refuse,
        ground="made-up",
        evidence=(report,),
        text=scene.text("出库的序列号和退回的不一样，附检测报告和出库录像截图。"),
    )


def _hears_the_consumer(scene: Scene) -> None:
    """Let the consumer answer what is said of them before anything is found."""
    scene.consumer(SendMessage, text=scene.text("序列号我不清楚，反正要赔。"))


def _weighs(scene: Scene) -> None:
    item = EvidenceId("item-2")
    scene.desk(ZHOU, WriteNote, text=scene.text("同一人半年内七件同类索赔，只作背景，不作证据。"))
    scene.desk(ZHOU, AcceptProof, evidence=item, fact=FactKey("made-up"), kind="appraisal-report")
    scene.desk(
        ZHOU, StateFact, fact=FactKey("made-up"), standing=Standing.PROVEN, evidence=(item,)
    )


def _decides(scene: Scene) -> None:
    decides(
        scene,
        ruling=Ruling.AGAINST_CONSUMER,
        findings=("REG-49-2", "EVD-91"),
        facts=("made-up",),
        reasons="检测报告证明退回的不是售出的那一副，不支持赔偿。15 天内有新证据可以申诉，"
        "换人再看；也可以向 12315 投诉、申请调解或者起诉。",
    )


ACTS = (
    ((0, 11, 10), _opens),
    ((0, 14, 0), _to_merchant),
    ((1, 16, 20), _refuses_with_proof),
    ((1, 19, 0), _hears_the_consumer),
    ((2, 10, 0), _weighs),
    ((3, 10, 30), _decides),
    ((3, 14, 0), second_signs),
)
