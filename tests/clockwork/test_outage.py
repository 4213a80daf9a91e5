"""Two days without a server: much is due at once, and comes in order, once, without a flood."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.db.models import Min

from bench.copies import copy
from bench.house import Place
from buckstop.clockwork import lapses, notices, sending
from buckstop.domain.cases.state.clocks import Running
from buckstop.records.cases.gathering import MOST
from buckstop.records.cases.models import ClockRow, NoticeRow
from buckstop.records.houses.actions import set_clock_ahead
from buckstop.records.log.isolation import inside
from tests.clockwork.test_gathering import OTHER, SHOP, Postbox, against
from tests.records.cases.builders import Cast, house

# The follower holds back what running transactions might still add to.
pytestmark = pytest.mark.django_db(transaction=True)

MANY = 10_000 if os.environ.get("BUCKSTOP_PROVE") else 300
"""So many ran out, and as many are about to; at full size with `make prove`."""

SHOPS = tuple(enumerate((OTHER, SHOP, SHOP, SHOP, SHOP)))

_FIRST_LAPSES = """
    SELECT due FROM (
        SELECT DISTINCT ON (e.case_id) e.case_id, e.occurred_at AS due, o.position
        FROM log_entry e JOIN log_outbox o
            ON o.case_id = e.case_id AND e.seq BETWEEN o.first AND o.last
        WHERE e.kind = 'ClockLapsed' ORDER BY e.case_id, e.seq
    ) lapsed ORDER BY position
"""
_LAPSES = """
    SELECT case_id, count(*) FROM log_entry WHERE kind = 'ClockLapsed' GROUP BY 1 ORDER BY 1
"""
_LAPSED = """
    SELECT case_id, count(*) FROM cases_clock WHERE state = 'lapsed' GROUP BY 1 ORDER BY 1
"""


def crowd() -> Cast:
    """Open cases against two shops, half of which ran out while nothing was working."""
    cast = house(demo=True)
    now = datetime.now(UTC)
    place = Place(house=cast.house, word="", agent=cast.agent)
    ahead = [against(cast, shop, now - timedelta(minutes=turn)) for turn, shop in SHOPS]
    with inside(cast.house):
        first = ClockRow.objects.filter(state=Running.RUNNING).aggregate(due=Min("due"))["due"]
    late = [against(cast, shop, now - timedelta(days=3, hours=turn)) for turn, shop in SHOPS]
    with inside(cast.house):
        # The cases that are about to run out get a reminder, which was missed so far.
        set_clock_ahead(cast.house, first - timedelta(hours=12) - now)
    copy(place, late, first=5, last=MANY)
    copy(place, ahead, first=MANY + 5, last=2 * MANY)
    return cast


def told(query: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def test_what_ran_out_in_an_outage_lapses_in_order_and_once_and_floods_nobody() -> None:
    cast, box = crowd(), Postbox()
    while lapses.sweep().facts:
        pass
    with inside(cast.house):
        lapsed = told(_LAPSES)
        assert len(lapsed) == MANY
        assert lapsed == told(_LAPSED)
        order = [str(due) for (due,) in told(_FIRST_LAPSES)]
        assert order == sorted(order)
        running = ClockRow.objects.filter(state=Running.RUNNING)
        assert running.values("case").distinct().count() == 2 * MANY
    assert lapses.sweep().facts == 0

    while notices.follow():
        pass
    assert notices.remind() == MANY
    assert notices.remind() == 0
    while sending.send(box).given:
        pass
    # The five that were opened by hand are told of their clocks as well.
    mine, theirs = MANY // 5 + 1, MANY - MANY // 5 + 4
    sizes = [len(parts) for parts in box.letters.values()]
    assert len(sizes) == -(-mine // MOST) - (-theirs // MOST)
    assert sum(sizes) == mine + theirs
    assert len(box.asked) == len(set(box.asked))
    with inside(cast.house):
        assert not NoticeRow.objects.filter(said_at=None).exists()
        assert told("SELECT count(*) FROM log_entry WHERE kind = 'NoticeServed'") == [
            (mine + theirs,)
        ]
