"""What the clockwork asks of the tables: what is due, whom to remind, what is to be sent."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Min, Q

from buckstop.domain.cases.events import NoticeKind
from buckstop.domain.cases.state.clocks import Running
from buckstop.domain.words.calendar import CHINA
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Channel, frozen
from buckstop.domain.words.ids import CaseId, ClockId, PartyId
from buckstop.domain.words.party import HOUSE
from buckstop.records.cases.actions import Notice
from buckstop.records.cases.models import CaseRow, ClockRow, NoticeRow
from buckstop.records.cases.queries import time_of
from buckstop.records.log.isolation import HouseId
from buckstop.records.people.access import DESK_PEOPLE, Viewer, require
from buckstop.records.people.envelope import opened, parted
from buckstop.records.people.vault import reveal


@frozen
class Ahead:
    """A clock of somebody outside the house that is going to run out."""

    case: CaseId
    clock: ClockId
    kind: ClockKind
    party: PartyId
    started: datetime
    due: datetime


@frozen
class Letter:
    """One notice as the demonstration's mailbox shows it."""

    notice: Notice
    number: str
    title: str
    planned_at: datetime
    said_at: datetime | None
    accepted: bool | None
    transport: str
    link: str
    gathered: str


def houses_due() -> tuple[HouseId, ...]:
    """List the houses that have a clock due now; needs no house in force."""
    return _houses("SELECT house::text FROM cases_houses_due()")


def houses_with_notices() -> tuple[HouseId, ...]:
    """List the houses that have a notice to send; needs no house in force."""
    return _houses("SELECT house::text FROM cases_houses_with_notices()")


def _houses(query: str) -> tuple[HouseId, ...]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return tuple(HouseId(house) for (house,) in cursor.fetchall())


def cases_due(house: HouseId, *, but: Collection[CaseId], most: int) -> tuple[CaseId, ...]:
    """List cases of the house in force with a clock that wakes by now, the longest due first."""
    rows = (
        ClockRow.objects.filter(house=house, wakes__lte=time_of(house))
        .exclude(case__in=list(but))
        .values("case")
        .annotate(first=Min("wakes"))
        .order_by("first")[:most]
    )
    return tuple(CaseId(str(row["case"])) for row in rows)


def cases_of_year(house: HouseId, year: int) -> tuple[CaseId, ...]:
    """List cases of the house in force whose clocks the calendar of a year may move."""
    begin = datetime(year, 1, 1, tzinfo=CHINA)
    running = ClockRow.objects.filter(house=house, state=Running.RUNNING)
    rows = running.filter(Q(provisional=True) | Q(due__gte=begin))
    found = rows.order_by("case").values_list("case", flat=True).distinct()
    return tuple(CaseId(str(case)) for case in found)


def clocks_ahead(house: HouseId, *, at: datetime, within: timedelta) -> tuple[Ahead, ...]:
    """List the running clocks of others than the house that are due within some time."""
    rows = ClockRow.objects.filter(
        house=house, state=Running.RUNNING, due__gt=at, due__lte=at + within
    ).exclude(party=HOUSE)
    return tuple(
        Ahead(
            case=CaseId(str(row.case)),
            clock=ClockId(row.clock),
            kind=ClockKind(row.kind),
            party=PartyId(row.party),
            started=row.started,
            due=row.due,
        )
        for row in rows
    )


def reminded(house: HouseId, cases: Collection[CaseId]) -> frozenset[tuple[CaseId, str]]:
    """Tell which reminders were planned: the case, and the beginning of the notice's key."""
    rows = NoticeRow.objects.filter(
        house=house, case__in=list(cases), kind=NoticeKind.REMINDER
    ).values_list("case", "key")
    return frozenset((CaseId(str(case)), key.rpartition(":")[0]) for case, key in rows)


def unsent(house: HouseId, *, at: datetime, but: Collection[str], most: int) -> tuple[Notice, ...]:
    """List what is to be sent by now, the first planned first, leaving out some keys."""
    rows = NoticeRow.objects.filter(house=house, said_at=None, not_before__lte=at)
    found = rows.exclude(key__in=list(but)).order_by("not_before", "key")[:most]
    return tuple(map(notice_of, found))


def letters(viewer: Viewer, most: int = 50) -> tuple[Letter, ...]:
    """Return what the demonstration's transport was given, the latest first."""
    require(viewer, *DESK_PEOPLE)
    rows = list(NoticeRow.objects.filter(house=viewer.house).order_by("-planned_at", "key")[:most])
    cases = {row.case: row for row in CaseRow.objects.filter(case__in={r.case for r in rows})}
    titles = reveal([case.title for case in cases.values()], viewer, "letters")
    return tuple(
        Letter(
            notice=notice_of(row),
            number=cases[row.case].number,
            title=titles.get(cases[row.case].title, ""),
            planned_at=row.planned_at,
            said_at=row.said_at,
            accepted=row.accepted,
            transport=row.transport,
            link=_link(row),
            gathered=row.gathered,
        )
        for row in rows
    )


def _link(row: NoticeRow) -> str:
    kept = bytes(row.link)
    return opened(parted(kept), bound_to=row.key.encode()).decode() if kept else ""


def notice_of(row: NoticeRow) -> Notice:
    """Read a notice from its row."""
    return Notice(
        key=row.key,
        case=CaseId(str(row.case)),
        party=PartyId(row.party),
        via=Channel(row.via),
        kind=NoticeKind(row.kind),
        code=row.code,
        about=ClockId(row.about) if row.about else None,
        due=row.due,
        person=bytes(row.person),
    )
