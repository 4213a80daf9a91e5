"""Two tellings of the same contacts, matched one to one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from heapq import heappop, heappush

from buckstop.domain.words.calendar import local_day

_MICROSECOND = timedelta(microseconds=1)


class Precision(StrEnum):
    """How well the time of a contact is known."""

    EXACT = "exact"
    HOUR = "hour"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Call:
    """One contact as one side has it."""

    id: str
    channel: str
    direction: str
    at: datetime
    precision: Precision = Precision.EXACT


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Which contacts both sides have, and which only one; each in order of time."""

    pairs: tuple[tuple[Call, Call], ...]
    consumer_only: tuple[Call, ...]
    desk_only: tuple[Call, ...]


def could_be_same(one: Call, other: Call) -> bool:
    """Tell whether two records may be of one contact: the coarser precision decides."""
    if (one.channel, one.direction) != (other.channel, other.direction):
        return False
    apart = abs(one.at - other.at)
    match {one.precision, other.precision}:
        case precisions if Precision.DAY in precisions:
            return local_day(one.at) == local_day(other.at)
        case precisions if Precision.HOUR in precisions:
            return apart <= timedelta(hours=1)
        case _:
            return apart <= timedelta(minutes=10)


def reconcile(consumer: Sequence[Call], desk: Sequence[Call]) -> Reconciled:
    """Pair the contacts that both sides have.

    As many pairs as possible, then the smallest total difference, then the earliest desk
    record for the earliest contact.
    """
    ours, theirs = sorted(consumer, key=_order), sorted(desk, key=_order)
    pairs: list[tuple[Call, Call]] = []
    for channel, direction in sorted({(call.channel, call.direction) for call in ours}):
        kind = (channel, direction)
        pairs += _best_pairs(
            [call for call in ours if (call.channel, call.direction) == kind],
            [call for call in theirs if (call.channel, call.direction) == kind],
        )
    pairs.sort(key=lambda pair: _order(pair[0]))
    paired_ours, paired_theirs = {one for one, _ in pairs}, {other for _, other in pairs}
    return Reconciled(
        pairs=tuple(pairs),
        consumer_only=tuple(call for call in ours if call not in paired_ours),
        desk_only=tuple(call for call in theirs if call not in paired_theirs),
    )


def _order(call: Call) -> tuple[datetime, str]:
    return (call.at, call.id)


def _best_pairs(rows: list[Call], columns: list[Call]) -> Iterator[tuple[Call, Call]]:
    """Solve the assignment; the three aims are digits of one whole number, so it is exact.

    A contact that stays alone is given a column of its own, whose cost outweighs any total
    of differences; the lowest digits write out which column each contact got, in order.
    """
    base = len(columns) + 1
    digits = [base**place for place in range(len(rows) - 1, -1, -1)]
    unit = base ** len(rows)
    edges: list[list[tuple[int, int]]] = []
    for row, digit in zip(rows, digits, strict=True):
        edges.append(
            [
                (at, abs(row.at - column.at) // _MICROSECOND * unit + at * digit)
                for at, column in enumerate(columns)
                if could_be_same(row, column)
            ]
        )
    alone = unit + sum(max((cost for _, cost in row), default=0) for row in edges)
    for at, digit in enumerate(digits):
        edges[at].append((len(columns) + at, alone + len(columns) * digit))
    for column, row_at in sorted(_assign(edges).items()):
        if column < len(columns):
            yield rows[row_at], columns[column]


@dataclass(slots=True)
class _Search:
    """What one search for a free column found: how far each column is, and by which row."""

    settled: dict[int, int]
    came_from: dict[int, int]
    free: int
    length: int


def _assign(edges: list[list[tuple[int, int]]]) -> dict[int, int]:
    """Give each row one column at the least total cost (shortest augmenting paths).

    `edges` holds (column, cost) for each row, costs not negative, one column always free.
    """
    owner: dict[int, int] = {}
    row_price = [0] * len(edges)
    column_price: dict[int, int] = {}
    for new in range(len(edges)):
        found = _nearest_free(new, edges, owner, row_price, column_price)
        row_price[new] += found.length
        for column, reach in found.settled.items():
            column_price[column] = column_price.get(column, 0) - (found.length - reach)
            if column in owner:
                row_price[owner[column]] += found.length - reach
        _hand_on(owner, found, new)
    return owner


def _nearest_free(
    new: int,
    edges: list[list[tuple[int, int]]],
    owner: dict[int, int],
    row_price: list[int],
    column_price: dict[int, int],
) -> _Search:
    """Search outwards from the new row, by the prices so far, up to the first free column."""
    found = _Search(settled={}, came_from={}, free=-1, length=0)
    reached: dict[int, int] = {}
    frontier: list[tuple[int, int]] = []
    row = new
    while True:
        here = found.length - row_price[row]
        for column, cost in edges[row]:
            reach = here + cost - column_price.get(column, 0)
            if column not in found.settled and reach < reached.get(column, reach + 1):
                reached[column], found.came_from[column] = reach, row
                heappush(frontier, (reach, column))
        found.length, column = heappop(frontier)
        while column in found.settled:
            found.length, column = heappop(frontier)
        found.settled[column] = found.length
        if column not in owner:
            found.free = column
            return found
        row = owner[column]


def _hand_on(owner: dict[int, int], found: _Search, new: int) -> None:
    """Hand each column along the path to the row that reached it, back to the new row."""
    held = {row: column for column, row in owner.items()}
    column = found.free
    while True:
        row = found.came_from[column]
        owner[column] = row
        if row == new:
            return
        column = held[row]
