"""What happened, in a line of Chinese an event; most bookkeeping has none."""

from collections.abc import Mapping
from dataclasses import dataclass

from buckstop.domain.cases import events as told
from buckstop.domain.cases.state.case import Case
from buckstop.domain.words.ball import How
from buckstop.domain.words.event import Entry, Event, Sealed
from buckstop.domain.words.ids import PartyId
from buckstop.domain.words.party import CONSUMER, HOUSE, Role
from buckstop.domain.words.purchase import Remedy, RemedyKind
from buckstop.domain.words.standing import Standing
from buckstop.texts import Language, knows, moment, money, say

ZH = Language.ZH_HANS
DESKS: Mapping[str, str] = {
    "service": "服务台",
    "supervision": "主管",
    "front": "客服一线",
    "dispute": "争议组",
    "merchants": "招商组",
}
ENDED = {
    told.RequestEnd.ANSWERED: "已拿出证据",
    told.RequestEnd.WITHOUT_PROOF: "答复了，没有证据",
    told.RequestEnd.SILENT: "没有拿出证据",
    told.RequestEnd.MOOT: "不用再拿证据了",
}
OFFER_ENDED = {
    told.OfferEnd.ACCEPTED: "方案被接受",
    told.OfferEnd.REJECTED: "方案被拒绝，什么也不丢",
    told.OfferEnd.LAPSED: "方案到期作废，案件照常往下走",
    told.OfferEnd.WITHDRAWN: "方案收回",
    told.OfferEnd.REPLACED: "方案由新的代替",
    told.OfferEnd.MOOT: "方案不再需要",
}
VALUES = {"yes": "", "no": "（否）"}
MONEY_BACK = frozenset({RemedyKind.REFUND, RemedyKind.RETURN, RemedyKind.COMPENSATION})
RULINGS = {
    told.Ruling.FOR_CONSUMER: "支持消费者",
    told.Ruling.IN_PART: "部分支持消费者",
    told.Ruling.AGAINST_CONSUMER: "不支持消费者",
}
BECAUSE = {
    "settled": "这件事已有结论",
    "answered": "已经交过",
    "negative": "没有发生的事拿不出凭证",
    "burden-elsewhere": "举证责任不在被问的一方",
}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads a log: knows the names of a case and the texts that were sealed."""

    case: Case
    texts: Mapping[str, str]

    def says(self, sealed: Sealed | None) -> str:
        """Open a sealed text."""
        return self.texts.get(sealed.ref, "（已删除）") if sealed else ""

    def node(self, node: str) -> str:
        """Name a party, or a desk of the house."""
        party, _, desk = node.partition("/")
        if party == HOUSE:
            return DESKS.get(desk or self.case.custody.desk or "", "服务台")
        member = self.case.parties.members.get(PartyId(party))
        return self.says(member.name) if member else party

    def who(self, entry: Entry) -> str:
        """Name who acted."""
        by = entry.by
        if by.role is Role.CLOCKWORK:
            return "到期"
        place = self.node(f"{by.party}/{by.desk}" if by.desk else by.party)
        return f"{place}{by.person}" if by.person else place

    def remedy(self, remedy: Remedy) -> str:
        """Say what is to be done, and how much money it is or comes with it."""
        kind = say(f"cases.remedy.{remedy.kind}", ZH)
        if not remedy.amount:
            return kind
        with_it = " " if remedy.kind in MONEY_BACK else "，另付 "
        return f"{kind}{with_it}{money(remedy.amount, ZH)}"

    def line(self, event: Event) -> str | None:
        """Say what an event means; None where another line of the act says it."""
        for speak in (_of_the_ball, _of_the_proof, _of_the_words, _of_what_is_owed, _of_the_end):
            said = speak(event, self)
            if said is not None:
                return said
        return None


def code(area: str, name: str) -> str:
    """Say a code, or show it as it is where a door used a word of its own."""
    return say(f"{area}.{name}", ZH) if knows(f"{area}.{name}") else name


def _of_the_ball(event: Event, reader: Reader) -> str | None:
    match event:
        case told.CaseOpened():
            return f"投诉：{reader.says(event.title)}。首问负责人{event.owner}"
        case told.BallMoved(how=How.OPENED):
            return f"球在{reader.node(event.to.node)}"
        case told.BallMoved(how=How.AGENT):
            return f"{event.to.person}接手"
        case told.BallMoved():
            why = reader.says(event.sentence) or code("path.moved", event.reason)
            return f"球 → {reader.node(event.to.node)}：{why}"
        case told.TakenOver():
            return "平台介入，必须裁定"
        case told.TakeoverAsked():
            return "请平台介入"
        case told.OwnerChanged():
            return f"首问负责人换成{event.owner}"
        case told.Urged():
            return f"催办{reader.node(event.holder)}"
        case told.ClockLapsed():
            kind = code("turn.clock", event.kind)
            return f"{reader.node(event.party)}的“{kind}”时限到了"
        case told.ClockPostponed():
            return f"时限改到 {moment(event.due, ZH)}：{code('turn.postponed', event.because)}"
        case told.LapseReversed():
            return "逾期撤销：其实按时到了"
        case _:
            return None


def _of_the_proof(event: Event, reader: Reader) -> str | None:
    match event:
        case told.FactStood(standing=Standing.ALLEGED):
            return None
        case told.FactStood():
            value = VALUES.get(event.value or "yes", f"（{event.value}）")
            standing = say(f"cases.standing.{event.standing}", ZH)
            return f"“{code('law.fact', event.fact)}”{value}：{standing}"
        case told.EvidenceSubmitted():
            return f"交来《{reader.says(event.name)}》{'（迟交，已标明）' if event.late else ''}"
        case told.ProofRequested():
            forced = "（主管强制，计入重复索要）" if event.forced_because else ""
            of = reader.node(event.of)
            return f"请{of}证明“{code('law.fact', event.fact)}”{forced}"
        case told.RequestRejected():
            asked = f"向{reader.node(event.of)}要“{code('law.fact', event.fact)}”的证明"
            to = "、".join(reader.node(p) for p in event.redirected_to)
            turned = f"，改向{to}要" if to else ""
            return f"{asked}：驳回，{BECAUSE.get(event.because, event.because)}{turned}"
        case told.RequestEnded():
            return ENDED[event.end]
        case told.RefusalMade():
            ground = code("law.ground", event.ground)
            if event.supported:
                return f"拒绝，理由“{ground}”，有证据"
            return f"拒绝，理由“{ground}”，没有证据：记一次，不停任何时限"
        case told.RecordFrozen():
            return f"锁定案卷，{len(event.evidence)} 件材料"
        case _:
            return None


def _of_the_words(event: Event, reader: Reader) -> str | None:
    match event:
        case told.MessageSent():
            return f"说：{reader.says(event.text)}"
        case told.NoteWritten():
            return f"记：{reader.says(event.text)}"
        case told.PromiseMade(kind=told.PromiseKind.ACKNOWLEDGEMENT):
            return f"承认：{reader.says(event.text)}"
        case told.PromiseMade():
            return f"{reader.node(event.node)}承诺：{reader.says(event.text)}"
        case told.PromiseKept():
            return "承诺兑现"
        case told.PromiseBroken():
            return f"{reader.node(event.node)}失信"
        case told.AcknowledgementRetracted():
            return f"收回承认：{reader.says(event.reason)}"
        case told.ConsumerRecorded():
            return f"记下{reader.node(event.of)}的话：{reader.says(event.text)}"
        case told.RecordStood():
            return "48 小时内没有相反的记录，以消费者所记为准"
        case told.RecordContradicted():
            return "有相反的记录"
        case told.ContactsClaimed():
            return f"自述：{reader.says(event.text)}（记作主张，不展开）"
        case _:
            return None


def _of_what_is_owed(event: Event, reader: Reader) -> str | None:
    match event:
        case told.ClaimAgreed():
            return "同意消费者的要求"
        case told.OfferMade():
            to = "" if event.to == CONSUMER else f"（向{reader.node(event.to)}）"
            return f"提出方案{to}：{reader.remedy(event.remedy)}"
        case told.OfferEnded():
            said = f"：{reader.says(event.text)}" if event.text else ""
            return f"{OFFER_ENDED[event.end]}{said}"
        case told.RemedyOwed():
            return f"{reader.node(event.by)}应办：{reader.remedy(event.what)}"
        case told.FulfilmentProven():
            return "履行，附凭证"
        case told.FulfilmentConfirmed():
            return "确认收到"
        case told.FulfilmentDisputed():
            return f"没有办到：{reader.says(event.text)}"
        case _:
            return None


def _of_the_end(event: Event, reader: Reader) -> str | None:
    match event:
        case told.DecisionPrepared():
            return "裁定已备好，由人宣布"
        case told.DecisionProposed():
            return f"拟裁定，{RULINGS[event.ruling]}：{reader.says(event.reasons)}"
        case told.DecisionPronounced():
            return f"裁定生效，{RULINGS[event.ruling]}{'，第二人已签' if event.second else ''}"
        case told.AppealMade():
            return f"申诉：{reader.says(event.text)}"
        case told.PacketReleased():
            return "外部途径的材料已备好，记在受理机构名下"
        case told.CaseClosed():
            up = "（计为放弃）" if event.given_up else ""
            return f"结案：{say(f'cases.outcome.{event.outcome}', ZH)}{up}"
        case told.CaseReopened():
            return "恢复办理，接着原来的进度"
        case _:
            return None
