"""The case as the desk sees it, on one screen."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from buckstop.domain.cases.state.promises import Word
from buckstop.domain.cases.state.remedies import Delivery
from buckstop.domain.words.party import CONSUMER
from buckstop.records.cases.lines.turn import ClockLine
from buckstop.records.cases.page import CasePage
from buckstop.texts import law, money
from buckstop.web.language import beside, said, t, tongue
from buckstop.web.sights import (
    answers,
    doing,
    lists,
    path,
    rights,
    thread,
    times,
    turn,
)
from buckstop.web.sights.facts import Fact, Refusal, facts_of, refusals_of, rejected_of
from buckstop.web.sights.names import Names
from buckstop.web.sights.path import Kicks, Path
from buckstop.web.sights.strip import Strip, index_of, strip_of
from buckstop.web.sights.talk import Talk, talk_of


@dataclass(frozen=True, kw_only=True, slots=True)
class Clock:
    """One time limit."""

    name: str
    party: str
    due: str
    left: str
    tone: str
    why: turn.Why


@dataclass(frozen=True, kw_only=True, slots=True)
class Say:
    """Where the composer goes, and to whom one can write."""

    url: str
    label: str
    to: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseSight:
    """The whole page."""

    number: str
    title: str
    about: str
    back: str
    news: str
    strip: tuple[Strip, ...]
    story: tuple[str, ...]
    told: tuple[str, ...]
    held: str
    index: str
    path: Path
    kicks: Kicks | None
    acts: tuple[doing.Doable, ...]
    clocks: tuple[Clock, ...]
    thread: thread.Thread
    say: Say | None
    talk: Talk
    facts: tuple[Fact, ...]
    evidence: lists.Listing
    rights: rights.Rights
    promises: lists.Listing
    refusals: tuple[Refusal, ...]
    rejected: tuple[str, ...]


def case_sight(page: CasePage, names: Names, *, every: bool) -> CaseSight:
    """Put the page together."""
    files = reverse("case-file", kwargs={"number": page.number, "digest": "0"}).removesuffix("0")
    return CaseSight(
        number=page.number,
        title=page.title,
        about=_about(page),
        back=reverse("queue"),
        news=reverse("desk-news", kwargs={"number": page.number, "seq": page.seq}),
        strip=strip_of(page, names),
        story=tuple(_story(page, names)),
        told=page.stories,
        held=(page.turn.holder.person if page.turn else None) or "",
        index=index_of(page),
        path=path.path_of(page, names, width=860, gap=44),
        kicks=path.kicks_of(page, names),
        acts=doing.doing_of(page, names),
        clocks=tuple(_clock(c, page, names) for c in page.clocks if c.state == "running"),
        thread=thread.thread_of(page, names, files, every=every),
        say=_say(page),
        talk=talk_of(page),
        facts=facts_of(page, names),
        evidence=lists.evidence_of(page, names, files),
        rights=rights.rights_of(page),
        promises=lists.promises_of(page, names),
        refusals=tuple(refusals_of(page, names)),
        rejected=tuple(rejected_of(page, names)),
    )


def _about(page: CasePage) -> str:
    parties = (f"{p.name}" for p in page.parties.values())
    price = money(page.purchase.price, tongue()) if page.purchase.price else ""
    return beside((page.number, *parties, price))


def _story(page: CasePage, names: Names) -> Iterator[str]:
    """Tell the case in five lines, from its facts."""
    bought = page.purchase
    what = bought.item or said(f"cases.goods.{bought.goods}")
    price = f" {money(bought.price, tongue())}" if bought.price else ""
    day = times.on(bought.ordered_on, page.at) if bought.ordered_on else t("日期不详")
    yield t(
        "{day}买{what}{price}；{problem}；要{wish}。",
        day=day,
        what=what,
        price=price,
        problem=said(f"cases.problem.{page.problem}"),
        wish=answers.remedy(page.demand),
    )
    yield _other_side(page, names)
    yield t("球转了 {passes} 次，踢了 {kicks} 次，介入 {n} 次。", passes=page.passes,
            kicks=page.kicks, n=page.takeovers)  # fmt: skip
    broken = sum(p.word is Word.BROKEN for p in page.promises)
    settled = len(lists.never_ask(page))
    yield t("承诺失信 {broken} 次；已经清楚、不能再问消费者的 {settled} 项。", broken=broken,
            settled=settled)  # fmt: skip
    if page.turn is None:
        yield t("已经结束。")
    else:
        due = times.at(page.turn.due, page.at) if page.turn.due else t("没有时限")
        yield t("等{who}{what}，{due}。", who=names.holder(page.turn.holder),
                what=turn.expected(page.turn.must), due=due)  # fmt: skip


def _other_side(page: CasePage, names: Names) -> str:
    settled = [line for line in page.owed if line.delivery is not Delivery.SUPERSEDED]
    if settled:
        last = settled[-1]
        how = {
            Delivery.OWED: t("还没办好"),
            Delivery.DELIVERED: t("说办好了，等消费者确认"),
            Delivery.DISPUTED: t("消费者说没收到"),
        }.get(last.delivery, t("消费者已确认"))
        return t("定下来由{who}办：{what}，{how}。", who=names.party(last.by),
                 what=answers.remedy(last.what), how=how)  # fmt: skip
    if page.refusals:
        no = page.refusals[-1]
        ground = law.ground(no.ground, tongue())
        proof = t("有证据") if no.supported else t("没有证据")
        return t(
            "{who}拒绝：{ground}，{proof}。", who=names.party(no.by), ground=ground, proof=proof
        )
    open_offers = [o for o in page.offers if o.open]
    if open_offers:
        offer = open_offers[-1]
        return t("{who}提了方案：{what}，还没答复。", who=names.party(offer.by),
                 what=answers.remedy(offer.remedy))  # fmt: skip
    return t("对方还没有正式答复。")


def _clock(line: ClockLine, page: CasePage, names: Names) -> Clock:
    return Clock(
        name=said(f"turn.clock.{line.kind}"),
        party=names.party(line.party),
        due=times.at(line.due, page.at),
        left=times.left(line.due, page.at),
        tone=times.tone(line.due, page.at),
        why=turn.why_this_date(line, names, page.at),
    )


def _say(page: CasePage) -> Say | None:
    if not _allowed(page, "send-message"):
        return None
    consumer = next((p.name for p in page.parties.values() if p.party == CONSUMER), "")
    everybody = ("", t("所有人"))
    return Say(
        url=reverse("desk-send-message", kwargs={"number": page.number}),
        label=t("写给{who}", who=consumer),
        to=(*((str(p.party), p.name) for p in page.parties.values()), everybody),
        kinds=(
            ("message", t("消息")),
            ("note", t("内部备注，只给自己人看")),
            ("call-back", t("承诺：回电话")),
            ("answer", t("承诺：给答复")),
            ("other", t("承诺：办一件事")),
            ("acknowledgement", t("承认一件事，一直有效")),
        ),
    )


def _allowed(page: CasePage, word: str) -> bool:
    act = page.acts.get(word)
    return act is not None and act.allowed
