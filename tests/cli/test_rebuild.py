"""An operator can make the tables of the cases again, and they come out the same."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from buckstop.cli import rebuild
from buckstop.records.cases import projections
from buckstop.records.cases.handle import handle, sweep_case
from buckstop.records.log.isolation import inside
from tests.records.cases.builders import Cast, a_case, house, said

pytestmark = pytest.mark.django_db(transaction=True)

MONDAY = datetime(2026, 9, 7, 2, tzinfo=UTC)


def tables_of(cast: Cast) -> dict[str, list[object]]:
    found = {}
    with inside(cast.house), connection.cursor() as cursor:
        for table in projections.TABLES:
            cursor.execute(f"SELECT to_jsonb(t) FROM {table} t ORDER BY 1")
            found[table] = [row for (row,) in cursor.fetchall()]
    return found


def spoil(cast: Cast) -> None:
    with inside(cast.house), connection.cursor() as cursor:
        for table in projections.TABLES:
            cursor.execute(f"DELETE FROM {table}")


@pytest.fixture
def demo() -> Cast:
    cast = house(demo=True)
    for days in (0, 3, 40):
        case = a_case(cast, at=MONDAY)
        with inside(cast.house):
            handle(case, said(cast, case, "?", by=cast.consumer_acts), at=MONDAY)
            sweep_case(case, at=MONDAY + timedelta(days=days))
    return cast


def test_the_tables_come_out_as_they_were(demo: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    living = tables_of(demo)
    spoil(demo)

    assert rebuild.main([]) == 0

    assert tables_of(demo) == living
    assert len(living["cases_case"]) == 3
    assert "3 cases" in capsys.readouterr().out


def test_only_the_houses_that_were_named_are_rebuilt(demo: Cast) -> None:
    other = house(slug="named")
    spoil(demo)

    rebuild.main(["named"])

    assert tables_of(demo)["cases_case"] == []
    assert tables_of(other)["cases_case"] == []


def test_a_house_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        rebuild.main(["nowhere"])

    assert "no such house: nowhere" in capsys.readouterr().err
