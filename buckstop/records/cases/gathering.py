"""Several notices to one person in one letter, so that nobody is flooded after an outage.

As many letters in an hour as are few go out singly. Where more are waiting they are gathered,
and for the next hour what comes is gathered again. A letter keeps its members once it has them,
so that one that was interrupted goes on as the same letter.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import connection, transaction

from buckstop.records.cases.actions import Notice
from buckstop.records.cases.due import notice_of
from buckstop.records.cases.models import NoticeRow
from buckstop.records.log.isolation import HouseId

FEW = 10
"""So many letters in `PAUSE` reach one person by one channel singly."""

PAUSE = timedelta(hours=1)
"""So far apart are the letters in which notices are gathered."""

MOST = 2_000
"""What one letter carries; where more is waiting, another goes out at once."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """What goes out at once: one notice, or several to one person by one channel."""

    key: str
    notices: tuple[Notice, ...]


def letter_of(house: HouseId, notice: Notice, *, at: datetime) -> Letter | None:
    """Choose the letter in which a notice goes out now; None if it went out or has to wait.

    What waits with it for the same letter is put off as well.
    """
    row = NoticeRow.objects.filter(house=house, key=notice.key, said_at=None).first()
    if row is None or row.not_before > at:
        return None
    if row.gathered:
        return _carried(house, row.gathered)
    if not notice.person:
        return Letter(key=notice.key, notices=(notice,))
    theirs = NoticeRow.objects.filter(house=house, person=notice.person, via=notice.via)
    said = theirs.filter(said_at__gt=at - PAUSE)
    last = said.exclude(gathered="").order_by("-said_at").first()
    if last is not None and not _is_full(house, last.gathered):
        later = (last.said_at or at) + PAUSE
        theirs.filter(said_at=None, gathered="").update(not_before=later)
        return None
    waiting = theirs.filter(said_at=None)
    if len(said[:FEW]) + len(waiting[: FEW + 1]) <= FEW:
        return Letter(key=notice.key, notices=(notice,))
    return _gathered(house, notice)


def _is_full(house: HouseId, letter: str) -> bool:
    """Tell whether there was no more room in a letter, so that the next one need not wait."""
    return len(NoticeRow.objects.filter(house=house, gathered=letter)[:MOST]) == MOST


def _carried(house: HouseId, letter: str) -> Letter:
    rows = NoticeRow.objects.filter(house=house, gathered=letter, said_at=None)
    return Letter(key=letter, notices=tuple(map(notice_of, rows.order_by("planned_at", "key"))))


@transaction.atomic
def _gathered(house: HouseId, notice: Notice) -> Letter:
    """Give everything that waits for a person to one letter, named by the first of it."""
    letter = f"gathered:{sha256(notice.key.encode()).hexdigest()}"
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE cases_notice SET gathered = %s WHERE (house, key) IN ("
            " SELECT house, key FROM cases_notice WHERE house = %s AND person = %s AND via = %s"
            " AND said_at IS NULL AND gathered = '' ORDER BY planned_at, key LIMIT %s)",
            [letter, house, notice.person, notice.via.value, MOST],
        )
    return _carried(house, letter)
