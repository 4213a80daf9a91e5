"""The page "my case", as its consumer sees it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from buckstop.domain.cases.rules.reach import sought_by
from buckstop.domain.cases.state.clocks import Running
from buckstop.domain.cases.state.remedies import Delivery
from buckstop.domain.law.lookup import cite
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.ids import RowId
from buckstop.records.cases.page import CasePage
from buckstop.texts import law
from buckstop.web.language import said, t, tongue
from buckstop.web.sights import answers, lists, path, rights, thread, times, turn, verdict
from buckstop.web.sights.names import Names
from buckstop.web.sights.path import Kicks, Path

_RETURN_DAYS = 30
_LIMITATION_YEARS = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Acts:
    """Where each act goes; an empty one is not open now."""

    urge: str
    urge_no: bool
    about_urge: str
    evidence: str
    contact: str
    record: str
    say: str
    takeover: str
    about_takeover: str
    offer: str
    about_offer: str
    appeal: str
    about_appeal: str
    reach: str
    withdraw: str
    reopen: str
    about_reopen: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Sought:
    """A party whom the house looks for a way to reach."""

    party: str
    head: str
    left: str
    about: str
    silence: str


@dataclass(frozen=True, kw_only=True, slots=True)
class WayRow:
    """One fact about a way out."""

    label: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Way:
    """Another way to one's right, beside this desk."""

    name: str
    rows: tuple[WayRow, ...]
    cite: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MyCase:
    """The whole page."""

    title: str
    number: str
    url: str
    news: str
    opened: str
    owner: str
    turn: turn.Turn
    acts: Acts
    sought: tuple[Sought, ...]
    owed: tuple[answers.Owed, ...]
    requests: tuple[answers.Ask, ...]
    offers: tuple[answers.Offer, ...]
    verdict: verdict.Verdict | None
    rights: rights.Rights
    path: Path
    kicks: Kicks | None
    thread: thread.Thread
    evidence: lists.Listing
    promises: lists.Listing
    tally: lists.Tally
    ways: tuple[Way, ...]


def my_case(page: CasePage, names: Names, *, every: bool) -> MyCase:
    """Put the page together."""
    files = reverse("my-file", kwargs={"number": page.number, "digest": "0"}).removesuffix("0")
    return MyCase(
        title=page.title,
        number=page.number,
        url=reverse("my-case", kwargs={"number": page.number}),
        news=reverse("my-news", kwargs={"number": page.number, "seq": page.seq}),
        opened=t("{day}受理", day=times.on(page.opened_at.date(), page.at)),
        owner=_owner(page, names),
        turn=turn.turn_of(page, names),
        acts=_acts(page),
        sought=tuple(_sought(page, names)),
        owed=answers.owed_of(page, names),
        requests=answers.asks_of(page, names),
        offers=answers.offers_of(page, names),
        verdict=verdict.verdict_of(page, names),
        rights=rights.rights_of(page),
        path=path.path_of(page, names),
        kicks=path.kicks_of(page, names),
        thread=thread.thread_of(page, names, files, every=every),
        evidence=lists.evidence_of(page, names, files),
        promises=lists.promises_of(page, names),
        tally=lists.tally_of(page),
        ways=tuple(_ways(page)),
    )


def _owner(page: CasePage, names: Names) -> str:
    owner, deputy = names.person(page.owner), names.person(page.deputy)
    if deputy:
        return t("{owner}负责到底，不在时找{deputy}", owner=owner, deputy=deputy)
    return t("{owner}负责到底", owner=owner) if owner else ""


def _sought(page: CasePage, names: Names) -> Iterator[Sought]:
    """Say of whom nobody can reach who looks for a way, since when, until when, and what then."""
    for clock in page.clocks:
        if clock.kind is not ClockKind.FIND or clock.state is not Running.RUNNING:
            continue
        party = sought_by(clock.subject)
        who = names.party(party)
        yield Sought(
            party=party,
            head=t("正在找{who}的联系方式", who=who),
            left=times.left(clock.due, page.at),
            about=t(
                "{house}从 {since} 起在找，{due} 前要找到。找到之前，不会要求{who}答复。",
                house=names.house,
                since=times.at(clock.started, page.at),
                due=times.at(clock.due, page.at),
                who=who,
            ),
            silence=said("cases.lapse-for-consumer.find"),
        )


def _about_urge(page: CasePage) -> str:
    """Say what urging does or, where it is not open, the one reason why."""
    act = page.acts.get("urge")
    if not page.open or act is None:
        return ""
    if act.allowed:
        return t("催办会让对方和我们的主管都看到，今天还能催 {n} 次。催不催，期限都照常走。",
                 n=page.urges_left)  # fmt: skip
    if act.why == "your-turn":
        return t("轮到您了，不用催。")
    return t("今天催够了，明天可以再催。期限照常走。")


def _being_settled(page: CasePage) -> bool:
    """Tell whether an offer waits for its answer, or something was settled and is to be done."""
    waits = {Delivery.OWED, Delivery.DELIVERED, Delivery.DISPUTED}
    return any(x.open for x in page.offers) or any(x.delivery in waits for x in page.owed)


def _acts(page: CasePage) -> Acts:
    def to(verb: str, url: str | None = None) -> str:
        act = page.acts.get(verb)
        if act is None or not act.allowed:
            return ""
        return reverse(url or verb, kwargs={"number": page.number})

    return Acts(
        urge=reverse("urge", kwargs={"number": page.number}) if page.open else "",
        urge_no=not to("urge"),
        about_urge=_about_urge(page),
        evidence=to("submit-evidence"),
        contact=to("log-contact"),
        record=to("record-other-side"),
        say=to("send-message"),
        takeover=to("ask-takeover"),
        about_takeover=t("推来推去没有进展时可以请。主管会答复，不答复就算同意。"),
        offer="" if _being_settled(page) else to("make-offer"),
        about_offer=t("想怎么了结，可以直接提给对方。谈不成，案件照常往下走。"),
        appeal=to("appeal"),
        about_appeal=t("拿出新的事实或证据，由另一个人再看。"),
        reach=to("give-contact"),
        withdraw=to("withdraw"),
        reopen=to("reopen"),
        about_reopen=t("{n} 天内点一下就能恢复，接着原来的进度，不从头来。", n=_RETURN_DAYS),
    )


def _ways(page: CasePage) -> Iterator[Way]:
    """Tell the other ways, with what they cost and how long they take."""
    if page.outcome is not None and page.outcome.startswith("fulfilled"):
        return
    yield Way(
        name=t("12315 平台"),
        rows=_rows(
            t("免费"),
            t("7 个工作日内告知是否受理；调解最长 60 天"),
            t("行政调解，商家可以不同意"),
        ),
        cite=_cite(page, "CPL-39", "CMP-15", "CMP-23"),
    )
    yield Way(
        name=t("消费者协会"),
        rows=_rows(t("免费"), t("各地不一，先问清楚"), t("调解书；支持您起诉")),
        cite=_cite(page, "CPL-39"),
    )
    yield Way(
        name=t("法院"),
        rows=_rows(
            t("50 元起，简易程序减半；输的一方出"),
            t("小额诉讼 2 个月，可延 1 个月"),
            t("判决；最晚在知道受损起 {n} 年内起诉", n=_LIMITATION_YEARS),
        ),
        cite=_cite(page, "CPL-39", "CIV-188", "PRO-168"),
    )


def _rows(cost: str, long: str, gets: str) -> tuple[WayRow, ...]:
    labels = (t("费用"), t("多久"), t("能得到"))
    return tuple(
        WayRow(label=label, text=text)
        for label, text in zip(labels, (cost, long, gets), strict=True)
    )


def _cite(page: CasePage, *rows: str) -> str:
    """Cite what is in the table and in force on the day."""
    known = [RowId(row) for row in rows if _in_force(row, page.at.date())]
    return law.citations(known, tongue())


def _in_force(row: str, on: date) -> bool:
    try:
        return cite(RowId(row)).in_force_from <= on
    except LookupError:
        return False
