"""Which cases are of the same consumer and the same purchase, as far as their marks tell."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q

from buckstop.domain.cases.events import Outcome
from buckstop.domain.words.event import frozen
from buckstop.domain.words.ids import CaseId
from buckstop.records.cases.models import CaseRow, MarkRow
from buckstop.records.cases.queries import time_of
from buckstop.records.houses import queries as houses
from buckstop.records.log.isolation import HouseId
from buckstop.records.people.access import Viewer
from buckstop.records.people.marks import contact_mark, item_mark, order_mark


@frozen
class Told:
    """What a consumer told of themselves and of the purchase, in plain words."""

    contact: str
    order_no: str
    shop: str
    item: str
    ordered_on: date


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


def keep_marks(house: HouseId, case: CaseId, told: Told) -> None:
    """Mark what was told when a case of the house in force was opened, once."""
    MarkRow.objects.get_or_create(
        case=case,
        defaults={
            "house": house,
            "contact": contact_mark(house, told.contact),
            "order_no": order_mark(house, told.order_no) if told.order_no else None,
            "item": item_mark(house, told.shop, told.item, told.ordered_on),
        },
    )


def same_purchase(house: HouseId, case: CaseId) -> Match | None:
    """Find the first case of the same consumer and purchase that is open or can be reopened.

    It is certain if contact and order number are the same and it is open. After its end it may
    be a second defect, which somebody must judge.
    """
    mine = MarkRow.objects.filter(case=case).first()
    opened = CaseRow.objects.filter(case=case).values_list("opened_at", flat=True).first()
    if mine is None or opened is None:
        return None
    known = MarkRow.objects.filter(house=house, contact=mine.contact).exclude(case=case)
    alike = {row.case: like for row in known if (like := _likeness(mine, row)).purchase}
    at = time_of(house)
    reopenable = Q(closed_at__gte=at - timedelta(days=houses.rules_at(at).reopen_days)) & ~Q(
        outcome__in=[Outcome.JOINED, Outcome.DECIDED_AGAINST]
    )
    rows = CaseRow.objects.filter(Q(open=True) | reopenable, case__in=alike, opened_at__lt=opened)
    first = rows.order_by("-open", "opened_at", "case").first()
    if first is None:
        return None
    certain = first.open and alike[first.case].order
    return Match(case=CaseId(str(first.case)), number=first.number, certain=certain)


def likeness(one: CaseId, other: CaseId) -> Likeness:
    """Tell what two cases of the house in force have in common; without marks it is nothing."""
    rows = list(MarkRow.objects.filter(case__in=[one, other]))
    if len(rows) != len({one, other}):
        return Likeness(consumer=False, order=False, purchase=False)
    return _likeness(rows[0], rows[-1])


def _likeness(one: MarkRow, other: MarkRow) -> Likeness:
    """Compare marks. Two order numbers that differ are two purchases, whatever was bought."""
    consumer, both = one.contact == other.contact, bool(one.order_no and other.order_no)
    order = both and one.order_no == other.order_no
    item = not both and one.item is not None and one.item == other.item
    return Likeness(consumer=consumer, order=order, purchase=order or item)


def numbers(cases: Iterable[CaseId], viewer: Viewer) -> dict[CaseId, str]:
    """Give the numbers of cases that a case which the viewer sees is tied to."""
    rows = CaseRow.objects.filter(house=viewer.house, case__in=list(cases))
    return {CaseId(str(case)): number for case, number in rows.values_list("case", "number")}


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
