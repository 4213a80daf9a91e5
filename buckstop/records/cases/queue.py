"""The queue: lists of cases for the desk, each a page at a time and along an index."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from buckstop.domain.words.calendar import CHINA, local_day
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import frozen
from buckstop.domain.words.ids import CaseId, DeskId, PartyId, PersonId
from buckstop.domain.words.money import Fen
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import Holder
from buckstop.domain.words.purchase import Problem
from buckstop.records.cases.counts import counts
from buckstop.records.cases.models import FAR
from buckstop.records.cases.queries import time_of
from buckstop.records.people.access import DESK_PEOPLE, Viewer, require
from buckstop.records.people.cleaning import shown
from buckstop.records.people.vault import reveal

PAGE = 50


class Filter(StrEnum):
    """The parts of the queue that everybody at the desk has."""

    MINE = "mine"
    OWNED_OUTSIDE = "owned-outside"
    DUE_TODAY = "due-today"
    URGED = "urged"
    KICKED = "kicked"
    BROKEN = "broken"
    TO_CONFIRM = "to-confirm"
    TO_DECIDE = "to-decide"
    WISHED = "wished"
    TO_SIGN = "to-sign"
    UNHELD = "unheld"
    ALL = "all"


_HELD = "r.holder_party = 'house'"
_NARROWED: Mapping[Filter, str] = MappingProxyType(
    {
        Filter.MINE: f"{_HELD} AND (r.holder_person = %(me)s"
        " OR r.holder_person = '' AND r.holder_desk = %(desk)s)",
        Filter.OWNED_OUTSIDE: f"r.owner = %(me)s AND NOT {_HELD}",
        Filter.DUE_TODAY: "r.due < %(midnight)s",
        Filter.URGED: "r.urged > 0",
        Filter.KICKED: "r.kicks >= 2",
        Filter.BROKEN: "r.broken > 0",
        Filter.TO_CONFIRM: "r.expected = 'confirm'",
        Filter.TO_DECIDE: f"{_HELD} AND r.expected = 'decide'",
        Filter.WISHED: "r.takeover_wished",
        Filter.TO_SIGN: "r.decision_proposed",
        Filter.UNHELD: f"{_HELD} AND r.holder_person = ''",
        Filter.ALL: "true",
    }
)
"""What narrows the open cases of a house, each time along an index of its own."""

_OPEN = "r.house = %(house)s AND r.open"
_ROWS = """
    SELECT r.case_id::text, r.number, r.title, consumer.name, r.problem, r.price_fen, r.open,
        r.holder_party, r.holder_desk, r.holder_person, holder.name, r.owner,
        coalesce(r.since, r.opened_at), r.expected, r.due, r.due_kind,
        r.kicks, r.broken, r.urged, r.lapses,
        r.taken_over, r.takeover_wished, r.decision_proposed
    FROM cases_case r
    LEFT JOIN cases_party consumer
        ON consumer.case_id = r.case_id AND consumer.party = 'consumer'
    LEFT JOIN cases_party holder
        ON holder.case_id = r.case_id AND holder.party = r.holder_party
    WHERE """
# The first condition says nothing new, but lets the index be entered at the right place.
_FURTHER = " AND r.due >= %(due)s AND (r.due > %(due)s OR r.case_id > %(case)s::uuid)"


@frozen
class QueueRow:
    """One line of the queue; `due` is the case's next lapse."""

    case: CaseId
    number: str
    title: str
    consumer: str
    problem: Problem
    price: Fen | None
    open: bool
    holder: Holder
    holder_name: str | None
    owner: PersonId
    since: datetime
    expected: str
    due: datetime | None
    due_kind: ClockKind | None
    kicks: int
    broken: int
    urged: int
    lapses: int
    taken_over: bool
    takeover_wished: bool
    decision_proposed: bool


@frozen
class QueuePage:
    """One page of the queue; `after` asks for the next one, if there is one."""

    at: datetime
    filter: Filter
    rows: tuple[QueueRow, ...]
    after: str | None
    counts: Mapping[Filter, int]


def queue(
    viewer: Viewer,
    which: Filter = Filter.MINE,
    after: str | None = None,
    problem: Problem | None = None,
) -> QueuePage:
    """Return open cases, the next to lapse first, and how many each filter has."""
    require(viewer, *DESK_PEOPLE)
    at = time_of(viewer.house)
    me, desk = viewer.person or "", viewer.desk or ""
    midnight = datetime.combine(local_day(at) + timedelta(days=1), time(), CHINA)
    data: dict[str, str | datetime] = {
        "house": viewer.house,
        "me": me,
        "desk": desk,
        "midnight": midnight,
    }
    known = counts(viewer.house, person=me, desk=desk, midnight=midnight)
    asked = f"{_OPEN} AND {_NARROWED[which]}"
    if problem is not None:
        asked += " AND r.problem = %(problem)s"
        data["problem"] = problem.value
    if after is not None:
        asked += _FURTHER
        data["due"], data["case"] = _cursor(after)
    found = _select(f"{asked} ORDER BY r.due, r.case_id LIMIT {PAGE + 1}", data)
    last = found[PAGE - 1] if len(found) > PAGE else None
    return QueuePage(
        at=at,
        filter=which,
        rows=_told(found[:PAGE], viewer, "queue"),
        after=f"{last.due.isoformat()}~{last.case}" if last else None,
        counts=MappingProxyType({each: known.get(each, 0) for each in Filter}),
    )


def latest(viewer: Viewer, most: int = PAGE) -> tuple[QueueRow, ...]:
    """Return the cases that changed last, open or closed."""
    require(viewer, *DESK_PEOPLE)
    rows = _select(
        "r.house = %(house)s ORDER BY r.last_at DESC LIMIT %(most)s",
        {"house": viewer.house, "most": most},
    )
    return _told(rows, viewer, "latest")


def found(viewer: Viewer, number: str) -> tuple[QueueRow, ...]:
    """Search cases by the beginning of their number."""
    require(viewer, *DESK_PEOPLE)
    first = number.strip().upper()
    # A range, since under row security a pattern would not use the index.
    rows = _select(
        "r.house = %(house)s AND r.number >= %(first)s AND r.number < %(end)s"
        f" ORDER BY r.number LIMIT {PAGE}",
        {"house": viewer.house, "first": first, "end": first + "\U0010ffff"},
    )
    return _told(rows, viewer, "search")


def among(viewer: Viewer, cases: Sequence[CaseId]) -> tuple[QueueRow, ...]:
    """Return these cases of the house, those that were opened last first."""
    require(viewer, *DESK_PEOPLE)
    rows = _select(
        "r.house = %(house)s AND r.case_id = ANY(string_to_array(%(cases)s, ' ')::uuid[])"
        " ORDER BY r.opened_at DESC, r.case_id DESC",
        {"house": viewer.house, "cases": " ".join(cases)},
    )
    return _told(rows, viewer, "search")


def _cursor(after: str) -> tuple[datetime, str]:
    due, _, case = after.partition("~")
    try:
        return datetime.fromisoformat(due).astimezone(UTC), str(UUID(case))
    except (ValueError, OverflowError) as error:
        raise NotAllowed("no-such-page") from error


class _Row(NamedTuple):
    """A line as it stands in the table, with what the names of its parties refer to."""

    case: str
    number: str
    title: str
    consumer: str | None
    problem: str
    price_fen: int | None
    open: bool
    holder_party: str
    holder_desk: str
    holder_person: str
    holder: str | None
    owner: str
    since: datetime
    expected: str
    due: datetime
    due_kind: str
    kicks: int
    broken: int
    urged: int
    lapses: int
    taken_over: bool
    takeover_wished: bool
    decision_proposed: bool


def _select(which: str, data: Mapping[str, str | int | datetime]) -> list[_Row]:
    with connection.cursor() as cursor:
        cursor.execute(_ROWS + which, data)
        return [_Row(*row) for row in cursor.fetchall()]


def _told(rows: Sequence[_Row], viewer: Viewer, purpose: str) -> tuple[QueueRow, ...]:
    """Read the titles and names of a page of rows at once, leaving one trace."""
    wanted = {ref for row in rows for ref in (row.title, row.consumer, row.holder) if ref}
    said = {ref: shown(text) for ref, text in reveal(wanted, viewer, purpose).items()}
    return tuple(
        QueueRow(
            case=CaseId(row.case),
            number=row.number,
            title=said.get(row.title, ""),
            consumer=said.get(row.consumer or "", ""),
            problem=Problem(row.problem),
            price=None if row.price_fen is None else Fen(row.price_fen),
            open=row.open,
            holder=Holder(
                party=PartyId(row.holder_party),
                desk=DeskId(row.holder_desk) if row.holder_desk else None,
                person=PersonId(row.holder_person) if row.holder_person else None,
            ),
            holder_name=said.get(row.holder or ""),
            owner=PersonId(row.owner),
            since=row.since,
            expected=row.expected,
            due=None if row.due == FAR else row.due,
            due_kind=ClockKind(row.due_kind) if row.due_kind else None,
            kicks=row.kicks,
            broken=row.broken,
            urged=row.urged,
            lapses=row.lapses,
            taken_over=row.taken_over,
            takeover_wished=row.takeover_wished,
            decision_proposed=row.decision_proposed,
        )
        for row in rows
    )
