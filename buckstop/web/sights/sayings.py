"""Each fact of a case, told in one sentence."""

from collections.abc import Callable, Mapping

from buckstop.domain.cases import events as fact
from buckstop.domain.words.event import Event
from buckstop.domain.words.party import CONSUMER
from buckstop.domain.words.purchase import Remedy
from buckstop.domain.words.standing import Standing
from buckstop.records.cases.lines.claim import RemedyLine
from buckstop.records.cases.page import CasePage
from buckstop.texts import knows, law, money
from buckstop.web.language import fact_name, fact_told, listed, said, t, tongue
from buckstop.web.sights import times
from buckstop.web.sights.names import Names
from buckstop.web.sights.turn import expected


def told(event: Event, names: Names, page: CasePage) -> str:
    """Tell one fact; empty where its words say it all."""
    say = _SAYINGS.get(type(event))
    return say(event, names, page) if say else ""


def _moved(event: fact.BallMoved, names: Names, page: CasePage) -> str:
    code = f"path.moved.{event.reason}"
    because = t("{why}。", why=said(code)) if knows(code) else ""
    due = t("，{when} 前", when=times.at(event.due, page.at)) if event.due else ""
    what = expected(event.expected)
    to = names.holder(event.to)
    return because + t("现在由{who}{due}{what}。", who=to, due=due, what=what)


def _remedy(what: Remedy | RemedyLine) -> str:
    kind = said(f"cases.remedy.{what.kind}")
    return f"{kind} {money(what.amount, tongue())}" if what.amount else kind


def _offer_made(event: fact.OfferMade, names: Names, page: CasePage) -> str:
    del page
    what = _remedy(event.remedy)
    if event.by == names.me:
        return t("您提的方案：{what}。方案不算承认什么。", what=what)
    return t("方案：{what}。这是和解方案，不代表承认责任。", what=what)


def _offer_ended(event: fact.OfferEnded, names: Names, page: CasePage) -> str:
    del names
    offer = next((o for o in page.offers if o.offer == event.offer), None)
    what = _remedy(offer.remedy) if offer else ""
    ends = {
        fact.OfferEnd.ACCEPTED: t("接受了方案：{what}。", what=what),
        fact.OfferEnd.REJECTED: t("没有接受方案：{what}。案件照常往下走。", what=what),
        fact.OfferEnd.LAPSED: t("方案到期作废：{what}。", what=what),
        fact.OfferEnd.WITHDRAWN: t("收回了方案：{what}。", what=what),
        fact.OfferEnd.REPLACED: t("旧方案被新的代替：{what}。", what=what),
        fact.OfferEnd.MOOT: t("方案不再需要：{what}。", what=what),
    }
    return ends[event.end]


def _lapsed(event: fact.ClockLapsed, names: Names, page: CasePage) -> str:
    del page
    name = said(f"turn.clock.{event.kind}")
    return t("到期了：{who}的“{what}”期限。", who=names.party(event.party), what=name)


def _asked(event: fact.ProofRequested, names: Names, page: CasePage) -> str:
    clock = next((c for c in page.clocks if c.clock == event.clock), None)
    due = t("，{when} 前", when=times.at(clock.due, page.at)) if clock else ""
    what = fact_name(event.fact)
    kinds = law.proofs(event.kinds, tongue())
    asked = t(
        "请{who}{due}拿出“{fact}”的证据：{kinds}。",
        who=names.party(event.of),
        due=due,
        fact=what,
        kinds=kinds,
    )
    forced = t("规则本来不让问，主管写明理由强制要，已公开计数。")
    return asked + (forced if event.forced_because else "")


def _rejected(event: fact.RequestRejected, names: Names, page: CasePage) -> str:
    del page
    to = listed(names.party(party) for party in event.redirected_to)
    text = t(
        "向{of}要“{fact}”的证据，这一问不成立：{why}",
        of=names.party(event.of),
        fact=fact_name(event.fact),
        why=because(event.because),
    )
    return text + (t("改由{to}举证。", to=to) if to else "")


def because(code: str) -> str:
    """Say why an ask for proof does not stand."""
    known = f"cases.rejected.{code}"
    return said(known) if knows(known) else t("不该由对方证明。")


def _request_ended(event: fact.RequestEnded, names: Names, page: CasePage) -> str:
    del names, page
    return {
        fact.RequestEnd.ANSWERED: t("要的材料交来了。"),
        fact.RequestEnd.WITHOUT_PROOF: t("答复了，没有要的那类材料。"),
        fact.RequestEnd.SILENT: t("到期没有交来要的材料。"),
        fact.RequestEnd.MOOT: t("不用再交这份材料。"),
    }[event.end]


def _stood(event: fact.FactStood, names: Names, page: CasePage) -> str:
    del page
    told = fact_told(event.fact, event.value)
    standing = said(f"cases.standing.{event.standing}")
    if event.standing is Standing.PRESUMED:
        return t("{fact}：{standing}。", fact=told, standing=standing)
    return t("{fact}：{standing}（{who}）", fact=told, standing=standing,
             who=names.party(event.by))  # fmt: skip


def _accepted(event: fact.ProofAccepted, names: Names, page: CasePage) -> str:
    del names, page
    return t("收作“{fact}”的证据。", fact=fact_name(event.fact))


def _refused(event: fact.RefusalMade, names: Names, page: CasePage) -> str:
    del names, page
    ground = law.ground(event.ground, tongue())
    if event.supported:
        return t("拒绝，理由是“{ground}”，附有证据。", ground=ground)
    return t("拒绝，理由是“{ground}”，没有证据，不停时限。", ground=ground)


def _promised(event: fact.PromiseMade, names: Names, page: CasePage) -> str:
    promise = next((p for p in page.promises if p.promise == event.promise), None)
    who = names.party(event.by)
    if promise is None or promise.due is None:
        return t("{who}承认了，不能随便收回。", who=who)
    return t("{who}答应 {when} 前办到。", who=who, when=times.at(promise.due, page.at))


def _kept(event: fact.PromiseKept, names: Names, page: CasePage) -> str:
    del event, names, page
    return t("答应的办到了。")


def _broken(event: fact.PromiseBroken, names: Names, page: CasePage) -> str:
    del page
    return t("答应的没有办，失信，已计入{who}。", who=names.node(event.node))


def _owed(event: fact.RemedyOwed, names: Names, page: CasePage) -> str:
    clock = next((c for c in page.clocks if c.clock == event.clock), None)
    when = times.at(clock.due, page.at) if clock else ""
    what = _remedy(event.what)
    return t("{who}要在 {when} 前办好：{what}。", who=names.party(event.by), when=when, what=what)


def _proven(event: fact.FulfilmentProven, names: Names, page: CasePage) -> str:
    del page
    if not event.complete:
        return t("办了一步，交了凭证。")
    if names.me == CONSUMER:
        return t("办好了，交了凭证，等您确认。")
    return t("办好了，交了凭证，等消费者确认。")


def _pronounced(event: fact.DecisionPronounced, names: Names, page: CasePage) -> str:
    del names, page
    rulings = {
        fact.Ruling.FOR_CONSUMER: t("支持消费者"),
        fact.Ruling.IN_PART: t("部分支持消费者"),
        fact.Ruling.AGAINST_CONSUMER: t("没有支持消费者"),
    }
    forms = {"decision": t("裁定"), "recommendation": t("建议"), "answer": t("本机构的答复")}
    return t("{form}：{ruling}。", form=forms[event.form], ruling=rulings[event.ruling])


def _closed(event: fact.CaseClosed, names: Names, page: CasePage) -> str:
    del page
    return t("案件结束：{outcome}。", outcome=names.outcome(event.outcome))


def _contact(event: fact.ContactLogged, names: Names, page: CasePage) -> str:
    who = t("消费者记的") if event.side is fact.Side.CONSUMER else t("服务台记的")
    if names.me == CONSUMER and event.side is fact.Side.CONSUMER:
        who = t("您记的")
    medium = said(f"cases.channel.{event.medium}")
    minutes = t("，{n} 分钟", n=event.minutes) if event.minutes else ""
    return t("{who}：{when}，{medium}{minutes}", who=who, when=times.at(event.at, page.at),
             medium=medium, minutes=minutes)  # fmt: skip


def _fixed(text: str) -> Callable[[Event, Names, CasePage], str]:
    def say(event: Event, names: Names, page: CasePage) -> str:
        del event, names, page
        return t(text)

    return say


def _urged(event: fact.Urged, names: Names, page: CasePage) -> str:
    del page
    return t("催{who}快办，主管也看到了。期限照常走。", who=names.node(event.holder))


def _notice(event: fact.NoticeServed, names: Names, page: CasePage) -> str:
    del page
    via = said(f"cases.channel.{event.via}")
    return t("通知{who}，{via}已送达。", who=names.party(event.party), via=via)


def _joined(event: fact.PartyJoined, names: Names, page: CasePage) -> str:
    del page
    return t("{who}加入案件。", who=names.party(event.party))


def _contact_given(event: fact.ContactGiven, names: Names, page: CasePage) -> str:
    del page
    return t("补了{who}的联系方式，以后通知发到那里。", who=names.party(event.party))


# Each saying is listed under the very event that it takes, which mypy cannot follow.
_SAYINGS: Mapping[type[Event], Callable[..., str]] = {
    fact.BallMoved: _moved,
    fact.OfferMade: _offer_made,
    fact.OfferEnded: _offer_ended,
    fact.ClockLapsed: _lapsed,
    fact.ProofRequested: _asked,
    fact.RequestRejected: _rejected,
    fact.RequestEnded: _request_ended,
    fact.FactStood: _stood,
    fact.ProofAccepted: _accepted,
    fact.RefusalMade: _refused,
    fact.PromiseMade: _promised,
    fact.PromiseKept: _kept,
    fact.PromiseBroken: _broken,
    fact.RemedyOwed: _owed,
    fact.FulfilmentProven: _proven,
    fact.DecisionPronounced: _pronounced,
    fact.CaseClosed: _closed,
    fact.ContactLogged: _contact,
    fact.Urged: _urged,
    fact.NoticeServed: _notice,
    fact.PartyJoined: _joined,
    fact.CaseOpened: _fixed("提出投诉。"),
    fact.ClaimAgreed: _fixed("同意消费者的要求。"),
    fact.FulfilmentConfirmed: _fixed("确认收到，没有问题。"),
    fact.FulfilmentDisputed: _fixed("说没有收到，或者不对。"),
    fact.TakeoverAsked: _fixed("请服务台直接接手。"),
    fact.TakeoverRefused: _fixed("这次没有接手，理由如上。"),
    fact.RecordFrozen: _fixed("记录已冻结，之后交来的会标为迟交。"),
    fact.AppealMade: _fixed("不服，申诉了，换一个人再看。"),
    fact.CaseReopened: _fixed("案件恢复，接着原来的进度办。"),
    fact.CaseAbsorbed: _fixed("同一件事的另一个投诉并了进来，期限接着走；上面是那里的原话。"),
    fact.CaseLinked: _fixed("和另一个案件有关联，各办各的。"),
    fact.JoinUndone: _fixed("撤销了合并，两件分开办。"),
    fact.OwnerChanged: _fixed("换了负责人。"),
    fact.ContactGiven: _contact_given,
    fact.InformationCorrected: _fixed("更正了之前说错的。您照旧话做的，不会因此吃亏。"),
    fact.AcknowledgementRetracted: _fixed("收回了承认的话，理由如上，已计入。"),
    fact.ConsumerRecorded: _fixed("记下了对方的话，48 小时内没有相反的记录就作数。"),
    fact.PromiseVoided: _fixed("这句答应不作数了：对方及时拿出了相反的记录。"),
    fact.RecordContradicted: _fixed("对方拿出了相反的记录。"),
    fact.RecordStood: _fixed("48 小时内没有相反的记录，已作数。"),
    fact.PacketReleased: _fixed("可以去外部机构了：案件里的材料都在这一页，打印或另存就能带走。"),
    fact.OutsideResultCame: _fixed("外部机构有结果了。"),
    fact.DecisionSentBack: _fixed("裁定没有签，退回重写，理由如上。"),
    fact.DecisionPrepared: _fixed("照现有材料，准备裁定。"),
}
