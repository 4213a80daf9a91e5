"""The fuel card as it went: seven months, a hundred calls, nothing; as no rule forbade."""

from datetime import timedelta
from functools import partial
from types import MappingProxyType

from buckstop.domain.cases.commands import (
    AnswerRequest,
    AskProof,
    ClaimContacts,
    LogContact,
    PassBall,
    Promise,
    RetractAcknowledgement,
)
from buckstop.domain.cases.events import PromiseKind, Side
from buckstop.domain.cases.now import HouseRules
from buckstop.domain.words.calendar import Span, Unit
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Channel
from buckstop.domain.words.ids import DeskId, FactKey, PartyId, PromiseId, RequestId
from buckstop.domain.words.party import CONSUMER, PartyRole
from buckstop.domain.words.purchase import Goods, Problem, Purchase, Remedy, RemedyKind
from buckstop.domain.words.reconcile import Precision
from stories.house import MERCHANT
from stories.scene import Act, Player, Respondent, Scene, When, yuan

ISSUER = "issuer"
FRONT, DISPUTE, MERCHANTS = DeskId("front"), DeskId("dispute"), DeskId("merchants")
NODES = (f"house/{MERCHANTS}", f"house/{FRONT}", f"house/{DISPUTE}")
"""The ladder of that house, from below; the merchants' desk has no say over complaints."""
RULES = HouseRules(
    version="as-it-went",
    # Nobody had to answer by any time, and nothing took over; no finding named anybody.
    lengths=MappingProxyType(dict.fromkeys(ClockKind, Span(3650, Unit.DAYS))),
    takeover_kicks=None,
    takeover_passes=None,
    after_pass_hours=0,
    ladder=NODES,
    desk=FRONT,
    supervisor_desk=FRONT,
    assesses=False,
)
GUO, LU, FANG = Player("郭晴", FRONT), Player("陆衡", DISPUTE), Player("方笛", MERCHANTS)
LEAD_OF_FRONT = Player("程野", FRONT, supervises=True)
LEAD_OF_DISPUTE = Player("钱默", DISPUTE, supervises=True)
STAFF = (GUO, LU, FANG, LEAD_OF_FRONT, LEAD_OF_DISPUTE)
LASTS = 218
"""Days from the complaint to the day on which it is still open."""
CALLS = 46
ONLY_AT_DESK = (54, 101, 150)


def bought(scene: Scene, days_before: int) -> Purchase:
    """Buy the card some time before the complaint."""
    day = scene.start - timedelta(days=days_before)
    return Purchase(goods=Goods.PREPAID_CARD, price=yuan(3000), ordered_on=day, received_on=day)


def _opens(scene: Scene) -> None:
    scene.open(
        number=f"JL-{scene.start:%Y-%m%d}-0046",
        consumer="沈一舟",
        owner=GUO,
        deputy=None,
        respondents=(
            Respondent(MERCHANT, PartyRole.MERCHANT, "满格卡品店"),
            Respondent(ISSUER, PartyRole.ISSUER, "岭驰油卡"),
        ),
        problem=Problem.PREPAID_COLLAPSED,
        purchase=bought(scene, 120),
        demand=Remedy(kind=RemedyKind.REFUND, amount=yuan(3000)),
        title="油卡没用过，发卡方停业",
        story="3,000 元的油卡一次没用过，发卡方停业了。卡在我手里，请退钱。",
        alleged=(("used-amount", "0"),),
        item="岭驰油卡 3,000 元",
    )


def _passes(scene: Scene, *, by: Player | str, to: DeskId | str, says: str) -> None:
    fields = {"reason": "passed", "expected": "handle", "sentence": scene.text(says)}
    if to in {FRONT, DISPUTE, MERCHANTS}:
        fields["desk"] = to
    else:
        fields |= {"to": PartyId(to), "expected": "respond"}
    if isinstance(by, Player):
        scene.desk(by, PassBall, **fields)
    else:
        scene.respondent(by, PassBall, **fields)


def _demands(scene: Scene, *, by: Player) -> None:
    """Ask for a record of use of a card that was never used; only force lets that through."""
    scene.desk(
        by,
        AskProof,
        fact=FactKey("used-amount"),
        of=CONSUMER,
        why=scene.text("请提供消费记录。"),
        forced_because=scene.text("流程规定退卡要有消费记录。"),
    )


def _explains(scene: Scene, *, request: str) -> None:
    """Write with photos: all that can exist, and still no record of use."""
    photo = scene.shows(CONSUMER, "fault-record", "油卡正反面照片", facts=("used-amount",))
    scene.consumer(
        AnswerRequest,
        request=RequestId(request),
        evidence=(photo,),
        text=scene.text("卡从来没有用过，开不出消费记录，附卡面照片。"),
    )


def _acknowledges(scene: Scene) -> None:
    scene.desk(
        LU,
        Promise,
        kind=PromiseKind.ACKNOWLEDGEMENT,
        text=scene.text("平台承认卡没有用过，会先退。"),
    )


def _retracts(scene: Scene) -> None:
    scene.desk(
        LEAD_OF_DISPUTE,
        RetractAcknowledgement,
        promise=PromiseId("promise-1"),
        reason=scene.text("此前答复有误，以发卡方为准。"),
    )


def _promises(scene: Scene) -> None:
    scene.desk(
        GUO,
        Promise,
        kind=PromiseKind.CALL_BACK,
        text=scene.text("48 小时内回电。"),
        span=Span(48, Unit.HOURS),
    )


def _call(number: int) -> tuple[int, int, int]:
    """Spread the dated calls over the months, one a day at most."""
    return (number * (LASTS - 1) // (CALLS + 1), 9 + number * 5 % 9, number * 17 % 50)


def _logs(scene: Scene, *, first: int, last: int) -> None:
    """Write down what is dated: by the bill to the minute or hour, by memory to the day."""
    for number in range(first, last + 1):
        by_memory = number % 5 == 0
        precision = Precision.HOUR if number % 3 == 0 else Precision.EXACT
        scene.consumer(
            LogContact,
            side=Side.CONSUMER,
            medium=Channel.PHONE,
            direction="out",
            at=scene.moment(*_call(number)),
            precision=Precision.DAY if by_memory else precision,
            reconstructed=by_memory,
        )


def _claims(scene: Scene) -> None:
    _logs(scene, first=31, last=CALLS)
    scene.consumer(ClaimContacts, about=100, text=scene.text("前后打了一百多个电话"))


def _still_waits(scene: Scene) -> None:
    """End where it ended: nothing has happened since."""
    del scene


def _noted(scene: Scene, *, when: When, direction: str) -> None:
    scene.desk(
        GUO,
        LogContact,
        side=Side.DESK,
        medium=Channel.PHONE,
        direction=direction,
        at=scene.moment(*when),
        precision=Precision.EXACT,
    )


def _later(when: When) -> When:
    return (when[0], when[1], when[2] + 4)


HAS_DESK = tuple(n for n in range(1, CALLS) if n % 5 in {0, 1, 3})
"""The calls of which the desk has a record of its own, 27 of them."""
DESK_LOG: tuple[tuple[When, Act], ...] = (
    *((_later(_call(n)), partial(_noted, when=_call(n), direction="out")) for n in HAS_DESK),
    *(
        ((day, 11, 30), partial(_noted, when=(day, 11, 20), direction="in"))
        for day in ONLY_AT_DESK
    ),
)


def _move(day: int, by: Player | str, to: DeskId | str, says: str) -> tuple[When, Act]:
    return ((day, 10, 0), partial(_passes, by=by, to=to, says=says))


_MOVES: tuple[tuple[When, Act], ...] = (
    ((0, 10, 0), _opens),
    _move(3, GUO, MERCHANT, "一线转店铺，没说何时答。"),
    _move(14, MERCHANT, ISSUER, "店铺说找发卡方。"),
    _move(29, ISSUER, MERCHANT, "找卖给你的店。"),
    _move(36, MERCHANT, FRONT, "等平台处理。"),
    _move(40, GUO, DISPUTE, "一线转争议组。"),
    ((52, 10, 0), partial(_demands, by=LEAD_OF_DISPUTE)),
    ((60, 10, 0), partial(_explains, request="request-1")),
    ((60, 10, 30), partial(_logs, first=1, last=12)),
    _move(67, LU, ISSUER, "争议组转发卡方，无人接听。"),
    _move(84, ISSUER, DISPUTE, "暂无法联系，退回。"),
    _move(89, LU, FRONT, "由一线跟进。"),
    _move(93, GUO, MERCHANT, "请店铺反馈。"),
    _move(104, MERCHANT, FRONT, "店铺无权处理。"),
    ((109, 10, 0), partial(_demands, by=LEAD_OF_FRONT)),
    ((116, 10, 0), partial(_explains, request="request-2")),
    _move(121, GUO, DISPUTE, "再转争议组。"),
    ((128, 15, 0), _acknowledges),
    _move(138, LU, MERCHANTS, "争议组转招商组。"),
    ((140, 20, 0), partial(_logs, first=13, last=30)),
    ((152, 16, 0), _retracts),
    _move(154, FANG, DISPUTE, "不归招商管。"),
    _move(160, LU, FRONT, "请一线安抚。"),
    _move(165, GUO, ISSUER, "再转发卡方。"),
    _move(188, ISSUER, FRONT, "退回一线。"),
    ((188, 10, 30), _promises),
    ((217, 20, 0), _claims),
    ((LASTS, 10, 0), _still_waits),
)
AS_IT_WENT = tuple(sorted((*_MOVES, *DESK_LOG), key=lambda act: act[0]))
