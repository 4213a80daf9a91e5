"""The demonstration on the start page: one case from four seats, and how the others stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from buckstop.domain.cases.events import FactStood
from buckstop.domain.cases.state.promises import Word
from buckstop.domain.law.assessment import GroundUse
from buckstop.domain.words.event import Event
from buckstop.domain.words.ids import PartyId, PersonId
from buckstop.domain.words.party import CONSUMER
from buckstop.domain.words.purchase import Problem
from buckstop.domain.words.standing import Standing
from buckstop.letters.ball_path.spark import spark
from buckstop.letters.ball_path.wide import wide
from buckstop.records.cases.page import CasePage
from buckstop.records.cases.queue import QueueRow
from buckstop.texts import law
from buckstop.web.language import beside, fact_name, t, tongue
from buckstop.web.sights import lists, path, rights, thread, times, turn
from buckstop.web.sights.names import Names
from buckstop.web.sights.path import Kicks


@dataclass(frozen=True, kw_only=True, slots=True)
class Seat:
    """One seat at the case."""

    role: str
    icon: str
    name: str
    what: str
    label: str
    head: str
    ball: bool
    lines: tuple[str, ...]
    take: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """One thing that happened while time passed."""

    what: str
    detail: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Twin:
    """One of two ways that the same thing went."""

    title: str
    tag: str
    tone: str
    wide: SafeString
    spark: SafeString
    kicks: Kicks | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Other:
    """Another case of the demonstration."""

    title: str
    stage: str
    url: str
    icon: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Before:
    """Where the case stood before time was let pass."""

    seq: int
    index: int
    moved: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Demo:
    """All that the start page shows of the demonstration."""

    about: str
    now: str
    changes: tuple[Change, ...]
    seats: tuple[Seat, ...]
    twins: tuple[Twin, ...]
    tally: str
    others: tuple[Other, ...]


def star_of(rows: Sequence[QueueRow]) -> QueueRow | None:
    """Choose the case that is shown from four seats: an open one, a broken thing first."""
    living = [row for row in rows if row.open]
    wanted = [row for row in living if row.problem is Problem.MALFUNCTION]
    return max(wanted or living, key=lambda row: (row.kicks, row.broken), default=None)


def respondent_of(page: CasePage) -> PartyId:
    """Choose the respondent that sits at the demonstration: who has the ball, or the first."""
    others = [party for party in page.parties if party != CONSUMER]
    if page.turn is not None and page.turn.holder.party in others:
        return page.turn.holder.party
    return others[0]


def seats_of(page: CasePage, names: Names, supervisor: PersonId | None) -> tuple[Seat, ...]:
    """Show the case from its four seats."""
    now = turn.turn_of(page, names)
    return (
        _consumer(page, names, now),
        _respondent(page, names),
        _agent(page, names, now),
        _supervisor(page, names, supervisor),
    )


def _consumer(page: CasePage, names: Names, now: turn.Turn) -> Seat:
    lines = [f"{now.left.label} {now.left.head}" if now.open else now.left.head]
    if now.otherwise:
        lines.append(t("逾期则：{what}", what=now.otherwise))
    entitled = rights.headline(page)
    if entitled:
        lines.append(t("您应得：{what}", what=entitled))
    return Seat(
        role="consumer",
        icon="person",
        name=names.parties[CONSUMER],
        what=t("消费者"),
        label=now.label,
        head=now.who,
        ball=now.open,
        lines=tuple(lines),
        take=t("坐消费者的位置"),
    )


def _respondent(page: CasePage, names: Names) -> Seat:
    party = respondent_of(page)
    task = next((x for x in page.tasks if x.debtor == party and x.end is None), None)
    ask = next((r for r in page.requests if r.of == party and r.end is None), None)
    head: str
    lines: list[str] = []
    if ask is not None or task is not None:
        lines = _ways(page)
    if ask is not None:
        head = t("拿出证据：{fact}", fact=fact_name(ask.fact))
    elif task is not None:
        head = turn.expected(task.expected)
    else:
        head = t("现在不用答复")
    due = task.due if task else None
    label = (
        t("请在 {when} 前答复", when=times.at(due, page.at)) if due else t("收到的链接随时能看")
    )
    return Seat(
        role="respondent",
        icon="shop",
        name=names.parties[party],
        what=t("{role}，收到一封带链接的信", role=names.roles[party]),
        label=label,
        head=head,
        ball=False,
        lines=tuple(lines),
        take=t("坐店家的位置"),
    )


def _ways(page: CasePage) -> list[str]:
    """List how a respondent may answer."""
    grounds = [g for g in page.assessment.grounds if g.use is GroundUse.REFUSAL][:1]
    refusals = [t("拒绝，要交{proof}", proof=law.proofs(g.needs[:1], tongue())) for g in grounds]
    return [t("同意消费者的要求"), t("提一个方案"), *refusals]


def _agent(page: CasePage, names: Names, now: turn.Turn) -> Seat:
    settled = lists.never_ask(page)
    broken = sum(p.word is Word.BROKEN for p in page.promises)
    lines = [t("别再问消费者：{what}", what=line) for line in settled[:2]]
    if broken:
        lines.append(t("失信的承诺 {n} 条", n=broken))
    urge = page.acts.get("urge")
    if urge is not None and urge.allowed:
        lines.append(t("今天还能催 {n} 次", n=page.urges_left))
    return Seat(
        role="agent",
        icon="headset",
        name=names.person(page.owner),
        what=t("专员，首问负责"),
        label=t("五行看完"),
        head=t("等{who}", who=now.who) if now.open else now.who,
        ball=False,
        lines=tuple(lines),
        take=t("坐专员的位置"),
    )


def _supervisor(page: CasePage, names: Names, supervisor: PersonId | None) -> Seat:
    mine = page.turn is not None and page.turn.holder.person == supervisor
    lines = [
        t("踢了 {n} 次，推诿指数 {index}", n=page.kicks, index=round(page.index.value)),
        t("认定 {n} 项", n=len(page.assessment.findings)),
        t("涉及钱的裁定要第二人复核"),
    ]
    head = turn.expected(page.turn.must) if page.turn and mine else t("看着推诿和逾期")
    return Seat(
        role="supervisor",
        icon="scale",
        name=names.people.get(supervisor, t("主管")) if supervisor else t("主管"),
        what=t("主管，裁定人"),
        label=t("该您办") if mine else t("快要轮到您"),
        head=head,
        ball=False,
        lines=tuple(lines),
        take=t("坐主管的位置"),
    )


def changes_of(page: CasePage, names: Names, before: Before) -> tuple[Change, ...]:
    """Say what happened since."""
    lines = thread.thread_of(page, names, "", every=True).lines
    told = {line.seq for line in page.thread if line.weight > 0 or line.kind == "FactStood"}
    presumed = {line.seq for line in page.thread if _is_presumed(line.event)}
    since = [line for line in lines if line.seq > before.seq and line.seq in told]
    changes = [
        Change(what=line.event or line.said, detail=beside((line.when, line.who)))
        for line in sorted(since, key=lambda line: line.seq not in presumed)
    ]
    index = round(page.index.value)
    if index != before.index:
        what = t("推诿指数 {a} → {b}", a=before.index, b=index)
        changes.append(Change(what=what, detail=t("为什么，案件页的球路里写着")))
    return tuple(changes) or (Change(what=t("这件事里没有到期的"), detail=_elsewhere(before)),)


def _elsewhere(before: Before) -> str:
    return t("别的案件有 {n} 件动了。", n=before.moved) if before.moved else ""


def _is_presumed(event: Event) -> bool:
    return isinstance(event, FactStood) and event.standing is Standing.PRESUMED


def twin_of(page: CasePage, names: Names) -> Twin:
    """Draw one of the two ways."""
    picture = path.picture_of(page, names)
    span = _rough((page.closed_at or page.at) - page.opened_at)
    ends_well = page.outcome is not None and page.outcome.startswith("fulfilled")
    title = t("在这里的走法") if ends_well else t("原来的走法")
    if ends_well:
        tag = t("{span}，办好了", span=span)
    else:
        tag = t("{span}，踢 {n} 次，没解决", span=span, n=page.kicks)
    return Twin(
        title=title,
        tag=tag,
        tone="ok" if ends_well else "bad",
        wide=mark_safe(wide(picture, 1080, 38)),  # noqa: S308 - the drawer escapes every text
        spark=mark_safe(spark(picture)),  # noqa: S308 - the same
        kicks=path.kicks_of(page, names),
    )


def _rough(span: timedelta) -> str:
    """Say a long time in months or weeks."""
    if span.days >= _TWO_MONTHS:
        return t("{n} 个月", n=round(span.days / 30.4))
    if span.days >= _TWO_WEEKS:
        return t("{n} 周", n=round(span.days / 7))
    return times.long(span)


_TWO_MONTHS, _TWO_WEEKS = 60, 14


def tally_of(pages: Iterable[CasePage]) -> str:
    """Say both sides' count of the twin with the most calls."""
    tallies = [page.tally for page in pages if page.tally is not None]
    most = max(tallies, key=lambda tally: tally.consumer, default=None)
    if most is None or not most.consumer:
        return ""
    return t("消费者记了 <b>{a}</b> 次，服务台记了 <b>{b}</b> 次，对上 <b>{c}</b> 次。",
             a=most.consumer, b=most.desk, c=most.matched)  # fmt: skip


def other_of(row: QueueRow, names: Names) -> Other:
    """Say where another case stands."""
    if not row.open:
        stage = t("{number}　已经结束", number=row.number)
    else:
        who = row.holder_name or names.holder(row.holder)
        what = turn.expected(row.expected)
        stage = t("{number}　等{who}{what}", number=row.number, who=who, what=what)
    return Other(
        title=row.title or row.number,
        stage=stage,
        url=reverse("demo-case", kwargs={"number": row.number}),
        icon="clock" if row.open else "check",
    )
