"""The case as the desk sees it, on one screen."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from buckstop.domain.cases.state.promises import Word
from buckstop.domain.words.ids import PartyId
from buckstop.domain.words.party import CONSUMER
from buckstop.domain.words.standing import Standing
from buckstop.records.cases.page import Act, CasePage, ClockLine, FactLine
from buckstop.texts import law, money
from buckstop.web.language import fact_name, fact_told, later, listed, said, t, tongue
from buckstop.web.refusing import sentence_of
from buckstop.web.sights import answers, lists, path, rights, sayings, thread, times, turn
from buckstop.web.sights.names import Names
from buckstop.web.sights.path import Kicks, Path
from buckstop.web.sights.talk import Talk, talk_of

_TONES = {
    Standing.UNKNOWN: ("", ""),
    Standing.ALLEGED: ("", ""),
    Standing.ADMITTED: ("ok", "check"),
    Standing.PROVEN: ("ok", "check"),
    Standing.PRESUMED: ("due", "check"),
    Standing.DISPROVED: ("bad", "cross"),
}
_ACTS = (
    ("u", "take-up", later("我来接手"), True),
    ("t", "pass-ball", later("转给……"), False),
    ("g", "assign-task", later("让某一方办一件事"), False),
    ("q", "ask-proof", later("请某一方举证"), False),
    ("e", "accept-proof", later("收作证据"), False),
    ("f", "state-fact", later("认定一个事实"), False),
    ("p", "urge", later("催办"), True),
    ("c", "log-contact", later("记一次通话"), False),
    ("k", "keep-promise", later("兑现承诺"), False),
    ("o", "correct-information", later("更正说错的话"), False),
    ("v", "take-over", later("介入"), True),
    ("n", "refuse-takeover", later("不介入，说明理由"), False),
    ("d", "propose-decision", later("裁定"), False),
    ("s", "sign-decision", later("复核签字"), False),
    ("x", "change-owner", later("换负责人"), False),
    ("j", "join-party", later("加一方进来"), False),
    ("r", "contradict-record", later("提出相反的记录"), False),
    ("b", "retract-acknowledgement", later("收回承认过的事"), False),
    ("z", "close-unreachable", later("联系不上，结案"), True),
    ("h", "hand-over", later("移交外部机构"), False),
    ("w", "record-outside-result", later("记录外部结果"), False),
)
_ONLY_WHEN_OPEN = frozenset(
    {"contradict-record", "retract-acknowledgement", "close-unreachable", "hand-over",
     "record-outside-result"}
)  # fmt: skip
"""Rare acts that would only lengthen the list with another no."""
_PAGES = {"propose-decision": "decide", "sign-decision": "decide"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Strip:
    """One figure of the strip."""

    label: str
    text: str
    tone: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Doable:
    """One act; what is not possible says why."""

    key: str
    word: str
    name: str
    no: str
    url: str
    post: bool
    about: str


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
class Fact:
    """One fact, its standing, who must prove it."""

    name: str
    wants: str
    standing: str
    tone: str
    icon: str
    bearer: str
    open: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Refused:
    """One refusal of a respondent."""

    who: str
    ground: str
    word: str
    tone: str
    needs: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Say:
    """Where the composer goes, and to whom one can write."""

    url: str
    label: str
    to: tuple[tuple[str, str], ...]


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
    index: str
    path: Path
    kicks: Kicks | None
    acts: tuple[Doable, ...]
    clocks: tuple[Clock, ...]
    thread: thread.Thread
    say: Say | None
    talk: Talk
    facts: tuple[Fact, ...]
    evidence: lists.Listing
    rights: rights.Rights
    promises: lists.Listing
    refusals: tuple[Refused, ...]
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
        index=index_of(page),
        path=path.path_of(page, names, width=860, gap=44),
        kicks=path.kicks_of(page, names),
        acts=tuple(sorted(_doable(page, names), key=lambda act: bool(act.no))),
        clocks=tuple(_clock(c, page, names) for c in page.clocks if c.state == "running"),
        thread=thread.thread_of(page, names, files, every=every),
        say=_say(page),
        talk=talk_of(page),
        facts=tuple(_fact(line, names) for line in page.facts),
        evidence=lists.evidence_of(page, names, files),
        rights=rights.rights_of(page),
        promises=lists.promises_of(page, names),
        refusals=tuple(_refused(page, names)),
        rejected=tuple(_rejected(page, names)),
    )


def _about(page: CasePage) -> str:
    parties = (f"{p.name}" for p in page.parties.values())
    price = money(page.purchase.price, tongue()) if page.purchase.price else ""
    return "　".join(part for part in (page.number, *parties, price) if part)


def strip_of(page: CasePage, names: Names) -> tuple[Strip, ...]:
    """Give the figures at the top: where the ball is, how long, who answers, the index."""
    owner = Strip(label=t("首问负责"), text=names.person(page.owner))
    index = Strip(label=t("推诿指数"), text=str(round(page.index.value)))
    if page.turn is None:
        outcome = said(f"cases.outcome.{page.outcome}") if page.outcome else ""
        return (Strip(label=t("结果"), text=outcome), owner, index)
    due = page.turn.due
    return (
        Strip(label=t("球在"), text=names.holder(page.turn.holder), tone="teal"),
        Strip(
            label=t("期限"),
            text=times.left(due, page.at) if due else t("没有时限"),
            tone=times.tone(due, page.at) if due else "",
        ),
        owner,
        index,
    )


def index_of(page: CasePage) -> str:
    """Say what the index is made of; the parts add up."""
    parts = [
        t("{term} {points}", term=said(f"turn.term.{term}"),
          points=f"{float(points):.1f}")
        for term, points in page.index.by_term().items()
    ]  # fmt: skip
    if not parts:
        return t("没有推诿，指数 0")
    return t(
        "{parts} = {sum} 分，指数 {index}",
        parts=" + ".join(parts),
        sum=f"{float(page.index.points):.1f}",
        index=round(page.index.value),
    )


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
    if page.refusals:
        last = page.refusals[-1]
        ground = law.ground(last.ground, tongue())
        proof = t("有证据") if last.supported else t("没有证据")
        return t(
            "{who}拒绝：{ground}，{proof}。", who=names.party(last.by), ground=ground, proof=proof
        )
    open_offers = [o for o in page.offers if o.open]
    if open_offers:
        offer = open_offers[-1]
        return t("{who}提了方案：{what}，还没答复。", who=names.party(offer.by),
                 what=answers.remedy(offer.remedy))  # fmt: skip
    return t("对方还没有正式答复。")


def _doable(page: CasePage, names: Names) -> Iterator[Doable]:
    for key, word, name, post in _ACTS:
        act = _act(page, word)
        if act is None or (word in _ONLY_WHEN_OPEN and not act.allowed):
            continue
        if not page.open and not act.allowed:
            continue
        freezes = act.why == "freeze-first"  # the page of the decision is where one freezes
        possible = act.allowed or freezes
        yield Doable(
            key=key if possible else "",
            word=word,
            name=str(name),
            no="" if possible else _no(act, page, names),
            url=_url(page, word) if possible else "",
            post=post,
            about=t("先冻结记录，再写裁定") if freezes else _beside(page, word),
        )


def _no(act: Act, page: CasePage, names: Names) -> str:
    """Say why an act is not possible; a colleague's turn is not the reader's own."""
    holder = page.turn.holder.person if page.turn else None
    if act.why == "your-turn" and holder is not None and holder != names.me_person:
        return t("在{who}手上，同事不用催", who=names.person(holder))
    return sentence_of(act.why or "", act.data or {})


def _act(page: CasePage, word: str) -> Act | None:
    if word == "pass-ball":
        allowed = [target.act for target in page.targets if target.act.allowed]
        return next(iter(allowed), None) or next((x.act for x in page.targets), None)
    return page.acts.get(word)


def _url(page: CasePage, word: str) -> str:
    return reverse(_PAGES.get(word, f"desk-{word}"), kwargs={"number": page.number})


def _beside(page: CasePage, word: str) -> str:
    if word == "urge" and _allowed(page, word):
        return t("今天还能催 {n} 次", n=page.urges_left)
    if word == "take-over" and page.takeover_wished:
        return t("消费者请求介入")
    return ""


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
    )


def _allowed(page: CasePage, word: str) -> bool:
    act = page.acts.get(word)
    return act is not None and act.allowed


def _fact(line: FactLine, names: Names) -> Fact:
    tone, icon = _TONES[line.standing]
    bearer = said(f"cases.role.{line.burden.bearer}") if line.burden else ""
    negative = line.burden is not None and line.burden.negative
    is_open = not line.standing.settled and line.standing is not Standing.DISPROVED
    wants = ""
    if is_open and line.missing:
        wants = t("缺：{kinds}", kinds=law.proofs(line.missing, tongue()))
    name = fact_name(line.fact)
    if line.value == "no":
        name = fact_told(line.fact, line.value)
    elif line.value and line.value != "yes":
        name = t("{name}：{value}", name=name, value=_value(line, names))
    return Fact(
        name=name,
        wants=wants,
        standing=said(f"cases.standing.{line.standing}"),
        tone=tone,
        icon=icon,
        bearer=t("反面由{who}证", who=bearer) if negative else bearer,
        open=is_open,
    )


def _value(line: FactLine, names: Names) -> str:
    value = line.value or ""
    if value in names.parties:
        return names.party(PartyId(value))
    if value.isdigit() and line.fact in {"paid", "used-amount", "freight-paid", "bonus",
                                         "list-value-used", "funds-held"}:  # fmt: skip
        return money(int(value), tongue())
    return value


def _refused(page: CasePage, names: Names) -> Iterator[Refused]:
    for line in page.refusals:
        yield Refused(
            who=names.party(line.by),
            ground=law.ground(line.ground, tongue()),
            word=t("附有证据") if line.supported else t("没有证据，不停时限"),
            tone="ok" if line.supported else "bad",
            needs=t("需要以下之一：{kinds}", kinds=law.proofs(line.needs, tongue())),
        )


def _rejected(page: CasePage, names: Names) -> Iterator[str]:
    for line in page.rejected:
        fact, of, why = fact_name(line.fact), names.party(line.of), sayings.because(line.because)
        to = listed(names.party(party) for party in line.redirected_to)
        if to:
            yield t(
                "{fact}：不能向{of}要，{why}。已改请{to}举证。", fact=fact, of=of, why=why, to=to
            )
        else:
            yield t("{fact}：不能向{of}要，{why}。", fact=fact, of=of, why=why)
