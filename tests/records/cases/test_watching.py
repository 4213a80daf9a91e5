"""What operators are told of the cases of a house."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from buckstop.domain.cases.events import NoticeKind
from buckstop.domain.words.event import Channel
from buckstop.records.cases import watching
from buckstop.records.cases.actions import Notice, mark_said, plan_notices
from buckstop.records.cases.queries import time_of
from buckstop.records.log.isolation import inside
from tests.records.cases.builders import MERCHANT, Cast, a_case, house

pytestmark = pytest.mark.django_db

LONG_AGO = datetime(2026, 10, 12, 2, tzinfo=UTC)


@pytest.fixture
def cast() -> Cast:
    return house(demo=True)


def a_notice(cast: Cast, key: str) -> None:
    with inside(cast.house):
        notice = Notice(key=key, case=a_case(cast), party=MERCHANT, via=Channel.WEB,
                        kind=NoticeKind.SERVICE, code="respond", about=None, due=None)  # fmt: skip
        plan_notices(cast.house, [notice], at=time_of(cast.house))


def told(cast: Cast) -> watching.Watched:
    with inside(cast.house):
        return watching.watched(cast.house)


def test_where_nothing_is_late_or_waits_nothing_is_told(cast: Cast) -> None:
    a_case(cast)
    seen = told(cast)
    assert (seen.late, seen.waiting, seen.refused, seen.left) == (0, 0, 0, 0)
    assert (seen.late_since, seen.waiting_since, seen.provisional_from) == (None, None, None)


def test_a_clock_that_ran_out_and_a_notice_that_waits_are_told_since_when(cast: Cast) -> None:
    a_case(cast, at=LONG_AGO)
    a_notice(cast, "n")
    seen = told(cast)
    assert seen.late == 1
    assert seen.late_since is not None
    assert LONG_AGO < seen.late_since < seen.at - timedelta(days=20)
    assert seen.waiting == 1
    assert seen.waiting_since is not None


def test_a_refused_notice_waits_no_more_and_is_told_for_a_day(cast: Cast) -> None:
    a_notice(cast, "n")
    with inside(cast.house):
        mark_said("n", at=time_of(cast.house), accepted=False, transport="demo", link="")
    seen = told(cast)
    assert (seen.waiting, seen.refused) == (0, 1)


def test_another_house_is_not_counted(cast: Cast) -> None:
    other = house(demo=True)
    a_case(other, at=LONG_AGO)
    a_notice(other, "n")
    assert (told(cast).late, told(cast).waiting) == (0, 0)


def test_what_must_be_kept_is_what_is_open(cast: Cast) -> None:
    a_case(cast)
    with inside(cast.house):
        assert watching.kept(cast.house) == watching.Kept(open=1, recent=0, cases=1)


def test_each_is_found_along_an_index_of_its_own(cast: Cast) -> None:
    with inside(cast.house), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        at = time_of(cast.house)
        cursor.execute(
            f"EXPLAIN {watching._WATCHED}",  # noqa: SLF001 - its plan is what it costs
            {"house": cast.house, "at": at, "late": at - watching.LATE},
        )
        plan = "\n".join(str(line) for (line,) in cursor.fetchall())
    # In a database of one house the index of every house's clocks costs the same.
    assert "cases_clock_next" in plan or "cases_clock_wakes" in plan, plan
    for index in ("cases_notice_next", "cases_clock_provisional"):
        assert index in plan, plan
    assert "Seq Scan" not in plan, plan
