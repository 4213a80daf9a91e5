"""The queue: by next lapse, with its filters and what one row opens."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby

from django.urls import reverse
from django.utils.http import urlencode

from buckstop.domain.words.calendar import local_day
from buckstop.domain.words.party import HOUSE
from buckstop.records.cases.page import CasePage
from buckstop.records.cases.queue import Filter, QueuePage, QueueRow
from buckstop.records.cases.search import Found
from buckstop.records.people.access import Viewer
from buckstop.texts import money
from buckstop.web.language import beside, later, t, tongue
from buckstop.web.sights import lists, times, turn
from buckstop.web.sights.names import Names
from buckstop.web.sights.rights import Tag

_NAMES = {
    Filter.MINE: later("该我办"),
    Filter.OWNED_OUTSIDE: later("我负责，球在外面"),
    Filter.DUE_TODAY: later("今天到期"),
    Filter.URGED: later("被催办"),
    Filter.KICKED: later("踢过两次以上"),
    Filter.BROKEN: later("失信的承诺"),
    Filter.TO_CONFIRM: later("等消费者确认"),
    Filter.TO_DECIDE: later("等裁定"),
    Filter.WISHED: later("请求介入"),
    Filter.TO_SIGN: later("等复核签字"),
    Filter.UNHELD: later("没人接手"),
    Filter.ALL: later("全部在办"),
}
_GROUPS = (
    (later("我的"), (Filter.MINE, Filter.OWNED_OUTSIDE, Filter.DUE_TODAY, Filter.URGED)),
    (
        later("组里共用"),
        (Filter.KICKED, Filter.BROKEN, Filter.TO_CONFIRM, Filter.TO_DECIDE),
    ),
    (later("全组"), (Filter.UNHELD, Filter.ALL)),
)
_RED = frozenset({Filter.DUE_TODAY, Filter.BROKEN})


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One filter."""

    name: str
    url: str
    count: str
    here: bool
    red: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Choices:
    """A group of filters."""

    name: str
    filters: tuple[Choice, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One case of a list."""

    title: str
    url: str
    act: str
    peek: str
    about: str
    left: str
    due: str
    tone: str
    holder: str
    waited: str
    kicks: int
    kicks_said: str
    todo: str
    tags: tuple[Tag, ...]
    chosen: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Cases that are due on one day."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Peek:
    """What the chosen row opens beside the list."""

    title: str
    about: str
    url: str
    turn: turn.Turn
    settled: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Queue:
    """The whole page."""

    name: str
    count: str
    filters: tuple[Choices, ...]
    groups: tuple[Group, ...]
    more: str
    empty: str
    peek: Peek | None


def queue_page(
    page: QueuePage, viewer: Viewer, names: Names, *, peek: Peek | None, problem: str = ""
) -> Queue:
    """Put the queue together."""
    every = [_row(row, page.at, viewer, names, first=n == 0) for n, row in enumerate(page.rows)]
    return Queue(
        name=str(_NAMES[page.filter]),
        count=t("{n} 件，按最早到期排", n=page.counts[page.filter]),
        filters=tuple(_choices(page)),
        groups=tuple(_grouped(page.rows, every, page.at)),
        more=_next(page, problem),
        empty=t("这里没有案件。换个筛选看看，或者喝口水。"),
        peek=peek,
    )


def found_page(found: Found, page: QueuePage, viewer: Viewer, names: Names, find: str) -> Queue:
    """Put what was found into the same page."""
    shown = tuple(_row(row, page.at, viewer, names) for row in found.rows)
    return Queue(
        name=t("查找：{find}", find=find),
        count=t("这一页 {n} 件", n=len(shown)) if found.after else t("{n} 件", n=len(shown)),
        filters=tuple(_choices(page, here=False)),
        groups=(Group(name=t("找到的"), rows=shown),) if shown else (),
        more=f"?{urlencode({'find': find, 'after': found.after})}" if found.after else "",
        empty=t(
            "没有找到。可以写案号的前几位，完整的电话、邮箱或订单号，"
            "或者标题、店名、人名里连着的两个字以上，几个词用空格隔开。"
        ),
        peek=None,
    )


def rows_of(
    rows: Iterable[QueueRow], at: datetime, viewer: Viewer, names: Names, act: str
) -> tuple[Row, ...]:
    """Show rows in a list of their own, each opening the page where one acts."""
    return tuple(_row(row, at, viewer, names, act=act) for row in rows)


def _choices(page: QueuePage, *, here: bool = True) -> Iterable[Choices]:
    for name, filters in _GROUPS:
        yield Choices(
            name=str(name),
            filters=tuple(
                Choice(
                    name=str(_NAMES[one]),
                    url=f"{reverse('queue')}?{urlencode({'filter': one})}",
                    count=str(page.counts[one]),
                    here=here and one is page.filter,
                    red=one in _RED and page.counts[one] > 0,
                )
                for one in filters
            ),
        )


def _next(page: QueuePage, problem: str) -> str:
    if page.after is None:
        return ""
    asked = {"filter": page.filter, "after": page.after, "problem": problem}
    return f"?{urlencode({name: value for name, value in asked.items() if value})}"


def _grouped(rows: Iterable[QueueRow], shown: list[Row], at: datetime) -> Iterable[Group]:
    pairs = zip(rows, shown, strict=True)
    for name, group in groupby(pairs, key=lambda pair: _day(pair[0], at)):
        yield Group(name=name, rows=tuple(row for _, row in group))


def _day(row: QueueRow, at: datetime) -> str:
    if row.due is None:
        return t("没有时限")
    if row.due <= at:
        return t("已逾期，正在按规则处理")
    away = (local_day(row.due) - local_day(at)).days
    return {0: t("今天"), 1: t("明天")}.get(away, t("以后"))


def _row(  # noqa: PLR0913 - a row is seen from all of these
    row: QueueRow,
    at: datetime,
    viewer: Viewer,
    names: Names,
    *,
    first: bool = False,
    act: str = "case",
) -> Row:
    holder = names.holder(row.holder)
    if row.holder.party != HOUSE:
        holder = row.holder_name or holder
    price = money(row.price, tongue()) if row.price else ""
    own = row.holder.person == viewer.person or row.holder.party == HOUSE
    todo = turn.expected(row.expected)
    return Row(
        title=row.title or row.number,
        url=_address("case").format(row.number),
        act=_address(act).format(row.number),
        peek=_address("peek").format(row.number),
        about=beside((row.number, row.consumer, price)),
        left=times.left(row.due, at) if row.due else t("没有时限"),
        due=times.at(row.due, at) if row.due else "",
        tone=times.tone(row.due, at) if row.due else "soft",
        holder=holder,
        waited=times.long(at - row.since),
        kicks=row.kicks,
        kicks_said=t("踢 {n} 次", n=row.kicks),
        todo=todo if own else t("等{what}", what=todo),
        tags=tuple(_tags(row)),
        chosen=first,
    )


@cache
def _address(page: str) -> str:
    """Return the address of a page of a case, with braces for its number."""
    return reverse(page, kwargs={"number": "NUMBER"}).replace("NUMBER", "{}")


def _tags(row: QueueRow) -> Iterable[Tag]:
    if row.broken:
        yield Tag(word=t("失信 {n}", n=row.broken), tone="bad")
    if row.takeover_wished:
        yield Tag(word=t("请求介入"), tone="due")
    if row.decision_proposed:
        yield Tag(word=t("等复核"), tone="due")
    if row.urged:
        yield Tag(word=t("催 {n}", n=row.urged))


def peek_of(page: CasePage, names: Names) -> Peek:
    """Say of one case what is needed before it is opened."""
    consumer = next((p.name for p in page.parties.values() if p.role == "consumer"), "")
    owner = names.person(page.owner)
    return Peek(
        title=page.title,
        about=beside((page.number, consumer, t("首问负责：{who}", who=owner))),
        url=reverse("case", kwargs={"number": page.number}),
        turn=turn.turn_of(page, names),
        settled=lists.never_ask(page),
    )
