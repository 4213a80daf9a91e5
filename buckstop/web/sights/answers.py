"""What waits for an answer: offers, requests, remedies that are owed."""

from dataclasses import dataclass

from django.urls import reverse

from buckstop.domain.cases.events import MessageSent
from buckstop.domain.cases.state.remedies import Delivery
from buckstop.domain.words.party import CONSUMER
from buckstop.records.cases.lines.claim import RemedyLine
from buckstop.records.cases.lines.outcome import OfferLine, OwedLine
from buckstop.records.cases.lines.proof import RequestLine
from buckstop.records.cases.page import CasePage
from buckstop.texts import law, money
from buckstop.web.language import fact_name, said, t, tongue, unended
from buckstop.web.sights import times
from buckstop.web.sights.names import Names
from buckstop.web.sights.rights import named, weighed
from buckstop.web.sights.turn import or_else


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """An offer beside the entitlement; accepting and rejecting weigh the same."""

    offer: str
    head: str
    when: str
    said: str
    what: str
    about: str
    entitled_name: str
    entitled: str
    entitled_about: str
    accept: str
    reject: str
    counter: str
    withdraw: str
    silence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """A request that waits for the reader."""

    request: str
    when: str
    what: str
    kinds: str
    why: str
    answer: str
    silence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Owed:
    """A remedy on its way to the consumer."""

    remedy: str
    head: str
    when: str
    what: str
    confirm: str
    dispute: str
    about: str
    said: str = ""
    proofs: tuple[tuple[str, str], ...] = ()


def remedy(what: RemedyLine) -> str:
    """Say a remedy in a few words."""
    kind = said(f"cases.remedy.{what.kind}")
    return t("{kind} {sum}", kind=kind, sum=money(what.amount, tongue())) if what.amount else kind


def told(what: RemedyLine) -> str:
    """Say a remedy with what was written on it, to stand inside a sentence."""
    if not what.text:
        return remedy(what)
    return t("{what}，{text}", what=remedy(what), text=unended(what.text))


def offers_of(page: CasePage, names: Names) -> tuple[Offer, ...]:
    """List the open offers, to the reader and from the reader."""
    return tuple(_offer(line, page, names) for line in page.offers if line.open)


def _offer(line: OfferLine, page: CasePage, names: Names) -> Offer:
    to_me, own = line.to == page.viewer, page.viewer == CONSUMER
    due = times.at(line.due, page.at)
    who = names.party(line.by)
    about = [t("{n} 天内办到。", n=line.fulfil_days)]
    if line.recommended:
        about.append(t("这是建议，双方都接受才算数；没有谈成，可以去外部机构。"))
    if line.below and line.entitled is not None:
        gap = money(line.entitled - line.remedy.amount, tongue())
        about.append(t("比您应得的少 {gap}。", gap=gap) if own
                     else t("比消费者应得的少 {gap}。", gap=gap))  # fmt: skip
    if to_me and not own:
        silence = t("不回复也可以：方案到 {due} 作废，案件照常往下走。接受后，您要在 {n} 天内"
                    "办好，消费者确认了才结案。", due=due, n=line.fulfil_days)  # fmt: skip
    elif to_me:
        silence = t("不回复也可以：方案到 {due} 作废，案件照常往下走。接受后，对方要在 {n} 天内"
                    "办好，办好了才结案。", due=due, n=line.fulfil_days)  # fmt: skip
    else:
        silence = t("等对方答复，{due} 前有效。", due=due)
    accept, reject, counter = _ways(page, line) if to_me else ("", "", "")
    owed = weighed(page, line.entitled if line.below else None)
    return Offer(
        offer=line.offer,
        head=t("{who}提了一个方案", who=who) if to_me else t("您提的方案"),
        when=times.at(line.at, page.at),
        said=line.remedy.text or "",
        what=remedy(line.remedy),
        about="".join(about),
        entitled_name=t("您应得") if own else t("消费者应得"),
        entitled=named(owed) if owed else t("还看不出该得什么"),
        entitled_about=law.citations(owed.rows, tongue()) if owed else "",
        accept=accept,
        reject=reject,
        counter=counter,
        withdraw=_withdraw(page, line),
        silence=silence,
    )


def _ways(page: CasePage, line: OfferLine) -> tuple[str, str, str]:
    """Give where accepting, rejecting and an offer of one's own go; a party's is on its page."""
    at = {"number": page.number, "offer": line.offer}
    if page.viewer == CONSUMER:
        counter = reverse("make-offer", kwargs={"number": page.number})
        return reverse("accept-offer", kwargs=at), reverse("reject-offer", kwargs=at), counter
    at["party"] = page.viewer
    accept = reverse("accept-offer-as-party", kwargs=at)
    return accept, reverse("reject-offer-as-party", kwargs=at), ""


def _withdraw(page: CasePage, line: OfferLine) -> str:
    """Give where the maker takes an offer back."""
    if line.by != page.viewer:
        return ""
    at = {"number": page.number, "offer": line.offer}
    if page.viewer == CONSUMER:
        return reverse("withdraw-offer", kwargs=at)
    return reverse("withdraw-offer-as-party", kwargs={**at, "party": page.viewer})


def asks_of(page: CasePage, names: Names) -> tuple[Ask, ...]:
    """List the requests that wait for the reader."""
    return tuple(
        _ask(line, page, names)
        for line in page.requests
        if line.end is None and line.of == page.viewer
    )


def _ask(line: RequestLine, page: CasePage, names: Names) -> Ask:
    at = {"number": page.number, "request_id": line.request}
    return Ask(
        request=line.request,
        when=times.left(line.due, page.at),
        what=t("请证明：{fact}。", fact=fact_name(line.fact)),
        kinds=t("下面任意一样就行：{kinds}", kinds=law.proofs(line.kinds, tongue())),
        why=line.why or "",
        answer=reverse("answer-request", kwargs=at) if page.viewer == CONSUMER else "",
        silence=t("到 {due}。不交也可以，{otherwise}", due=times.at(line.due, page.at),
                  otherwise=or_else(line.or_else, names, page)),
    )  # fmt: skip


def owed_of(page: CasePage, names: Names) -> tuple[Owed, ...]:
    """List the remedies that are owed and not yet confirmed."""
    stages = {Delivery.OWED, Delivery.DELIVERED, Delivery.DISPUTED} if page.open else set()
    return tuple(_owed(line, page, names) for line in page.owed if line.delivery in stages)


def _owed(line: OwedLine, page: CasePage, names: Names) -> Owed:
    who, what = names.party(line.by), told(line.what)
    at = {"number": page.number, "remedy": line.remedy}
    if line.delivery is Delivery.DELIVERED and page.viewer == CONSUMER:
        delivered = times.at(line.delivered_at, page.at) if line.delivered_at else ""
        due = page.turn.due if page.turn else None
        about = t("{due} 前没有回音，会先提醒您两次；还没有回音，才按收到结案，之后还能恢复。",
                  due=times.at(due, page.at)) if due else ""  # fmt: skip
        return Owed(
            remedy=line.remedy,
            head=t("{who}说办好了，收到了吗", who=who),
            when=delivered,
            what=what,
            confirm=reverse("confirm-fulfilment", kwargs=at),
            dispute=reverse("dispute-fulfilment", kwargs=at),
            about=about,
            said=_said_with(line, page),
            proofs=_proofs(line, page),
        )
    head = {
        Delivery.OWED: t("定下来了，等{who}办", who=who),
        Delivery.DELIVERED: t("已办好，等消费者确认"),
        Delivery.DISPUTED: t("您说没收到，服务台在查")
        if page.viewer == CONSUMER
        else t("消费者说没收到，服务台在查"),
    }[line.delivery]
    return Owed(
        remedy=line.remedy,
        head=head,
        when=times.left(line.due, page.at),
        what=t("{what}，{due} 前。", what=what, due=times.at(line.due, page.at)),
        confirm="",
        dispute="",
        about="",
    )


def _said_with(line: OwedLine, page: CasePage) -> str:
    """Find what the debtor wrote when it said that it was done."""
    if line.delivered_at is None:
        return ""
    words = (
        x.said.get("text", "")
        for x in reversed(page.thread)
        if isinstance(x.event, MessageSent) and x.by == line.by and x.at >= line.delivered_at
    )
    return next(words, "")


def _proofs(line: OwedLine, page: CasePage) -> tuple[tuple[str, str], ...]:
    """Give the name and place of each proof that it was done."""
    return tuple(
        (item.name, reverse("my-file", kwargs={"number": page.number, "digest": item.sha256}))
        for item in page.evidence
        if item.evidence in line.proofs
    )
