"""Who read what: a trace of every read of personal data, which only grows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.db.models.functions import Now

from buckstop.domain.words.ids import CaseId, PartyId, PersonId
from buckstop.records.people.access import Capacity, Viewer, require
from buckstop.records.people.models import ReadTrace

PAGE = 50
LISTS_WITHIN = timedelta(days=7)
"""How far back the lists are looked through for one case; its own pages are found for ever."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Read:
    """One read: who, when, of which cases and what for; `about` names a file by its digest."""

    trace: int
    at: datetime
    capacity: Capacity
    party: PartyId
    person: PersonId | None
    purpose: str
    cases: tuple[CaseId, ...]
    about: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Reads:
    """One page of reads, the latest first; `before` asks for the next page, if there is one."""

    rows: tuple[Read, ...]
    before: int | None


def leave_trace(
    viewer: Viewer, purpose: str, cases: Iterable[str], *, texts: int = 0, about: str = ""
) -> None:
    """Keep that somebody looked, in the transaction that shows it."""
    of = sorted(set(cases))
    ReadTrace.objects.create(
        house=viewer.house,
        at=Now(),
        capacity=viewer.capacity,
        party=viewer.party,
        person=viewer.person,
        case=of[0] if len(of) == 1 else None,
        cases=of,
        texts=texts,
        purpose=purpose,
        about=about,
    )


def reads(
    viewer: Viewer,
    *,
    at: datetime,
    case: CaseId | None = None,
    person: PersonId | None = None,
    before: int | None = None,
) -> Reads:
    """Return who read personal data of the house, or of one case, or which of it one person did.

    For supervisors alone; raises NotAllowed for all others. Looking leaves a trace as well.
    """
    require(viewer, Capacity.SUPERVISOR)
    rows = ReadTrace.objects.filter(house=viewer.house)
    if person is not None:
        rows = rows.filter(person=person)
    if before is not None:
        rows = rows.filter(id__lt=before)
    found = _latest(rows) if case is None else _latest_of(rows, case, at)
    leave_trace(viewer, "reads", [case] if case else [])
    page = found[:PAGE]
    return Reads(
        rows=tuple(map(_read, page)), before=page[-1].id if len(found) > len(page) else None
    )


def _latest(rows: QuerySet[ReadTrace]) -> list[ReadTrace]:
    return list(rows.order_by("-id")[: PAGE + 1])


def _latest_of(rows: QuerySet[ReadTrace], case: CaseId, at: datetime) -> list[ReadTrace]:
    """Find the reads of one case: its own along an index, lists by looking through some days."""
    lists = rows.filter(case=None, at__gte=at - LISTS_WITHIN, cases__contains=[case])
    both = [*_latest(rows.filter(case=case)), *_latest(lists)]
    return sorted(both, key=lambda row: -row.id)[: PAGE + 1]


def _read(row: ReadTrace) -> Read:
    return Read(
        trace=row.id,
        at=row.at,
        capacity=Capacity(row.capacity),
        party=PartyId(row.party),
        person=PersonId(str(row.person)) if row.person else None,
        purpose=row.purpose,
        cases=tuple(map(CaseId, row.cases)),
        about=row.about,
    )
