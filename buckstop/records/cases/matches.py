"""Which cases are of the same consumer and the same purchase, as far as their marks tell."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from buckstop.domain.cases.commands import OpenCase
from buckstop.domain.cases.events import Outcome
from buckstop.domain.words.event import Channel, frozen
from buckstop.domain.words.ids import CaseId
from buckstop.records.cases.folded import folded
from buckstop.records.cases.models import CaseRow, MarkRow
from buckstop.records.cases.queries import time_of
from buckstop.records.houses import queries as houses
from buckstop.records.log import store
from buckstop.records.log.isolation import HouseId
from buckstop.records.people.access import DESK_PEOPLE, Viewer, require, require_sight
from buckstop.records.people.marks import contact_mark, item_mark, order_mark, reach_mark
from buckstop.records.people.vault import unshown


@frozen
class Match:
    """An earlier case that may be about the same; `certain` if nobody has to judge that."""

    case: CaseId
    number: str
    certain: bool


@frozen
class Likeness:
    """What two cases have in common."""

    consumer: bool
    order: bool
    purchase: bool


def keep_marks(house: HouseId, case: CaseId, told: OpenCase) -> None:
    """Mark what was told when a case of the house in force is opened; nobody is shown it.

    Without a contact nothing is marked: the same purchase says nothing of who complains.
    """
    bought = told.purchase
    shop = told.respondents[0].name if told.respondents else None
    sealed = (told.consumer.address, bought.order_no, bought.item, shop)
    says = unshown(text.ref for text in sealed if text)
    contact, order_no, item, seller = (says.get(text.ref, "") if text else "" for text in sealed)
    if not contact:
        return
    via = Channel.PHONE if Channel.PHONE in told.consumer.reach else Channel.MAIL
    day = bought.ordered_on
    MarkRow.objects.create(
        case=case,
        house=house,
        contact=reach_mark(house, via, contact),
        order_no=order_mark(house, order_no) if order_no else None,
        item=item_mark(house, seller, item, day) if seller and item and day else None,
    )


def change_contact(house: HouseId, case: CaseId, contact: str) -> None:
    """Mark a case by the new contact of its consumer, where it was marked at all."""
    mark = contact_mark(house, contact)
    MarkRow.objects.filter(house=house, case=case).update(contact=mark)


_EARLIER = """
    SELECT c.case_id::text, c.number, c.open, c.closed_at, c.outcome,
        m.contact, m.order_no, m.item, o.contact, o.order_no, o.item
    FROM cases_mark m
    JOIN cases_case mine ON mine.case_id = m.case_id
    JOIN cases_mark o ON o.house = m.house AND o.contact = m.contact AND o.case_id <> m.case_id
    JOIN cases_case c ON c.case_id = o.case_id AND c.opened_at < mine.opened_at
    WHERE m.house = %s AND m.case_id = %s
    ORDER BY c.open DESC, c.opened_at, c.case_id
"""


def same_purchase(house: HouseId, case: CaseId) -> Match | None:
    """Find the first case of the same consumer and purchase that is open or can be reopened.

    It is certain if contact and order number are the same and it is open. After its end it may
    be a second defect, which somebody must judge.
    """
    with connection.cursor() as cursor:
        cursor.execute(_EARLIER, [house, case])
        rows = cursor.fetchall()
    alike = [
        (_Earlier(*row[:5]), like)
        for row in rows
        if (like := _likeness(_Mark(*row[5:8]), _Mark(*row[8:]))).purchase
    ]
    if not alike:
        return None
    at = time_of(house)
    since = at - timedelta(days=houses.rules_at(at).reopen_days)
    fit = (
        Match(case=CaseId(one.case), number=one.number, certain=one.open and like.order)
        for one, like in alike
        if one.open or one.can_be_reopened(since)
    )
    return next(fit, None)


@dataclass(frozen=True, slots=True)
class _Earlier:
    case: str
    number: str
    open: bool
    closed_at: datetime | None
    outcome: str

    def can_be_reopened(self, since: datetime) -> bool:
        final = (Outcome.JOINED, Outcome.DECIDED_AGAINST)
        return self.closed_at is not None and self.closed_at >= since and self.outcome not in final


type _Octets = bytes | memoryview[int]


@dataclass(frozen=True, slots=True)
class _Mark:
    contact: _Octets
    order_no: _Octets | None
    item: _Octets | None


def likeness(one: CaseId, other: CaseId) -> Likeness:
    """Tell what two cases of the house in force have in common; without marks it is nothing."""
    rows = MarkRow.objects.filter(case__in=[one, other])
    marks = [_Mark(*row) for row in rows.values_list("contact", "order_no", "item")]
    if len(marks) != len({one, other}):
        return Likeness(consumer=False, order=False, purchase=False)
    return _likeness(marks[0], marks[-1])


def _likeness(one: _Mark, other: _Mark) -> Likeness:
    """Compare marks. Two order numbers that differ are two purchases, whatever was bought."""
    consumer, both = one.contact == other.contact, bool(one.order_no and other.order_no)
    order = both and one.order_no == other.order_no
    item = not both and one.item is not None and one.item == other.item
    return Likeness(consumer=consumer, order=order, purchase=order or item)


def numbers(cases: Iterable[CaseId], viewer: Viewer) -> dict[CaseId, str]:
    """Give people of the house the numbers of cases, without looking into them."""
    require(viewer, *DESK_PEOPLE)
    rows = CaseRow.objects.filter(house=viewer.house, case__in=list(cases))
    return {CaseId(str(case)): number for case, number in rows.values_list("case", "number")}


def first_number(case: CaseId, viewer: Viewer) -> str:
    """Give who sees a case the number of the one it was joined into; of no such one, its own."""
    require_sight(viewer, house=viewer.house, case=case)
    first = folded(store.head(case)).state.closing.joined_into or case
    return CaseRow.objects.values_list("number", flat=True).get(house=viewer.house, case=first)


def begin_half(later: CaseId, first: CaseId) -> None:
    """Note that what concerns two cases has come to one of them."""
    MarkRow.objects.filter(case=later).update(half=first)


def end_half(later: CaseId) -> None:
    """Note that it has come to both."""
    MarkRow.objects.filter(case=later).update(half=None)


def halves(house: HouseId) -> tuple[tuple[CaseId, CaseId], ...]:
    """List what came to one of two cases only: the first case and the later one."""
    rows = MarkRow.objects.filter(house=house, half__isnull=False).values_list("half", "case")
    return tuple((CaseId(str(first)), CaseId(str(later))) for first, later in rows)
