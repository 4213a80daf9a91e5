"""Opening: what a first complaint may say."""

from dataclasses import replace
from datetime import date

import pytest

from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.purchase import Goods, Purchase
from tests.domain.cases.cast import (
    MERCHANT,
    SU,
    Table,
    complaint,
    given,
)


@pytest.mark.parametrize(
    ("ordered", "received", "code"),
    [
        (date(2026, 10, 20), date(2026, 10, 1), "received-before-ordered"),
        (date(2026, 10, 20), date(2026, 12, 1), "day-in-future"),
    ],
)
def test_opening_with_days_that_cannot_be_is_answered_with_which(
    ordered: date, received: date, code: str
) -> None:
    from_her = Purchase(goods=Goods.OTHER, ordered_on=ordered, received_on=received)

    with pytest.raises(NotAllowed, match=code):
        Table().play(replace(complaint(), purchase=from_her))


def test_opening_twice_is_refused_and_nothing_comes_before_it() -> None:
    with pytest.raises(NotAllowed, match="case-exists"):
        given().play(complaint())
    with pytest.raises(NotAllowed, match="no-case"):
        Table().says(SU)


def test_opening_names_no_party_twice() -> None:
    with pytest.raises(NotAllowed, match="already-a-party"):
        Table().play(complaint(MERCHANT, MERCHANT))
