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
        return tuple(
            Growth(
                house=HouseId(house),
                case=CaseId(case),
                first=first,
                last=last,
                cursor=Cursor(xact=int(xact), position=position),
            )
            for xact, position, house, case, first, last in cursor.fetchall()
        )


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
