"""Each promise is told once, with all that became of it."""

from datetime import timedelta

import pytest

from buckstop.domain.law.facts import RETURN_ASKED_ON
from buckstop.domain.words.calendar import local_day
from buckstop.records.cases.handle import sweep_case
from buckstop.records.houses import actions as set_up
from buckstop.records.log.isolation import inside
from buckstop.web.sights.lists import promises_of
from buckstop.web.sights.names import names_of
from tests.web.given import House, house, opened_complaint

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> House:
    return house(demo=True)


def test_a_wish_to_give_it_back_counts_from_the_day_of_the_complaint(here: House) -> None:
    opened = opened_complaint(here, remedy="refund")

    page = opened.page()

    asked = {fact.fact: fact.value for fact in page.facts}
    assert asked[RETURN_ASKED_ON] == local_day(page.opened_at).isoformat()


def test_a_record_that_stood_was_broken_and_taken_up_is_one_row(here: House) -> None:
    opened = opened_complaint(here)
    opened.post(
        "/contact", other="house", at="2026-11-20T18:30", precision="hour", direction="out",
        medium="phone", minutes="11", text="说四十八小时内回电。", record="promise",
        promised_for="2026-11-22T18:30",
    )  # fmt: skip
    with inside(opened.house):
        for hours in (72, 96):
            set_up.set_clock_ahead(opened.house, timedelta(hours=hours))
            sweep_case(opened.case)
        page = opened.page()

        told = promises_of(page, names_of(page))

    assert len(page.promises) > 1
    (row,) = told.rows
    assert row.mark == "失信"
    assert "您记的" in row.detail
    assert "接手补办" in row.detail
