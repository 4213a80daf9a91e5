"""What grew, for everything that follows the log: live pages, standing, incidents, search."""

from dataclasses import dataclass

from django.db import connection

from buckstop.domain.words.ids import CaseId
from buckstop.records.log.isolation import HouseId


@dataclass(frozen=True, kw_only=True, slots=True)
class Cursor:
    """How far a follower has come."""

    xact: int
    position: int


START = Cursor(xact=0, position=0)


@dataclass(frozen=True, kw_only=True, slots=True)
class Growth:
    """Entries `first` to `last` of a case, and the cursor to go on from."""

    house: HouseId
    case: CaseId
    first: int
    last: int
    cursor: Cursor


def growth(*, after: Cursor, at_most: int) -> tuple[Growth, ...]:
    """List what grew in all houses since `after`, each once and in an order that stays.

    What was appended while an older transaction is still running comes when that has ended.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT xact::text, position, house::text, case_id::text, first, last"
            " FROM log_follow(%s::text::xid8, %s, %s)",
            [str(after.xact), after.position, at_most],
        )
        return tuple(_growth(row) for row in cursor.fetchall())


def place_of(follower: str) -> Cursor:
    """Return how far a follower has come, and let nobody else move it in this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO log_cursor (follower, xact, position) VALUES (%s, '0', 0)"
            " ON CONFLICT DO NOTHING",
            [follower],
        )
        cursor.execute(
            "SELECT xact::text, position FROM log_cursor WHERE follower = %s FOR UPDATE",
            [follower],
        )
        xact, position = cursor.fetchone()
    return Cursor(xact=int(xact), position=position)


def advance(follower: str, to: Cursor) -> None:
    """Note that a follower has dealt with everything up to `to`."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE log_cursor SET xact = %s::text::xid8, position = %s WHERE follower = %s",
            [str(to.xact), to.position, follower],
        )


def leave(follower: str, growth: Growth) -> None:
    """Note that a follower could not deal with what grew in the house in force, and went on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO log_left (follower, house, case_id, first, last, xact, position)"
            " VALUES (%s, %s, %s, %s, %s, %s::text::xid8, %s) ON CONFLICT DO NOTHING",
            [
                follower,
                growth.house,
                growth.case,
                growth.first,
                growth.last,
                str(growth.cursor.xact),
                growth.cursor.position,
            ],
        )


def left(follower: str) -> tuple[Growth, ...]:
    """List what a follower could not deal with in the house in force, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT xact::text, position, house::text, case_id::text, first, last"
            " FROM log_left WHERE follower = %s ORDER BY xact, position",
            [follower],
        )
        return tuple(_growth(row) for row in cursor.fetchall())


def deal_with(follower: str, growth: Growth) -> None:
    """Note that a follower has dealt with what it had left."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM log_left WHERE follower = %s AND case_id = %s AND first = %s",
            [follower, growth.case, growth.first],
        )


def _growth(row: tuple[str, int, str, str, int, int]) -> Growth:
    xact, position, house, case, first, last = row
    return Growth(
        house=HouseId(house),
        case=CaseId(case),
        first=first,
        last=last,
        cursor=Cursor(xact=int(xact), position=position),
    )
