"""Who read what: one line a page that somebody was shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.http import urlencode

from buckstop.domain.words.ids import CaseId, PersonId
from buckstop.records.people.access import Capacity
from buckstop.records.people.traces import Read, Reads
from buckstop.web.language import later, t
from buckstop.web.sights import times

_MOST_NUMBERS = 3
_DIGEST_SHOWN = 12
DONE = {
    "case": later("看案卷"),
    "file": later("打开文件"),
    "queue": later("看待办列表"),
    "latest": later("看最近有变化的案件"),
    "search": later("查找案件"),
    "letters": later("看演示发件箱"),
    "sign-in": later("登录"),
    "reads": later("看查阅记录"),
    "export": later("导出整个机构的数据"),
}
_CAPACITIES = {
    Capacity.CONSUMER: later("消费者"),
    Capacity.RESPONDENT: later("被投诉的一方"),
    Capacity.AGENT: later("客服"),
    Capacity.SUPERVISOR: later("主管"),
    Capacity.FINANCE: later("财务"),
    Capacity.ADMIN: later("管理员"),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What the list is narrowed to."""

    number: str
    number_is_known: bool
    person: PersonId


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseLink:
    """One case that was read."""

    number: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One read."""

    when: str
    who: str
    capacity: str
    what: str
    about: str
    cases: tuple[CaseLink, ...]
    more: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Somebody:
    """A person to narrow the list to."""

    person: PersonId
    name: str
    chosen: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadsPage:
    """The list, what it is narrowed to, and where it goes on."""

    rows: tuple[Row, ...]
    number: str
    wrong: str
    people: tuple[Somebody, ...]
    more: str
    none: str


def reads_page(
    found: Reads,
    asked: Asked,
    names: Mapping[PersonId, str],
    numbers: Mapping[CaseId, str],
    now: datetime,
) -> ReadsPage:
    """Show a page of reads, the latest first."""
    on: dict[str, str | int] = {"number": asked.number, "before": found.before or 0}
    return ReadsPage(
        rows=tuple(_row(read, names, numbers, now) for read in found.rows),
        number=asked.number,
        wrong="" if asked.number_is_known else t("没有这个案号。"),
        people=tuple(
            Somebody(person=person, name=name, chosen=person == asked.person)
            for person, name in names.items()
        ),
        more=f"{reverse('reads')}?{urlencode(on | {'person': asked.person})}"
        if found.before
        else "",
        none=t("没有查阅记录。"),
    )


def _row(
    read: Read, names: Mapping[PersonId, str], numbers: Mapping[CaseId, str], now: datetime
) -> Row:
    capacity = str(_CAPACITIES[read.capacity])
    name = names.get(read.person, "") if read.person else ""
    known = [numbers[case] for case in read.cases if case in numbers]
    return Row(
        when=times.at(read.at, now),
        who=name or capacity,
        capacity=capacity if name else "",
        what=str(DONE.get(read.purpose, read.purpose)),
        about=read.about[:_DIGEST_SHOWN],
        cases=tuple(
            CaseLink(number=number, url=reverse("case", kwargs={"number": number}))
            for number in known[:_MOST_NUMBERS]
        ),
        more=t("共 {n} 件", n=len(read.cases)) if len(read.cases) > _MOST_NUMBERS else "",
    )
