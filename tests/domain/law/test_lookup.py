"""Rows and numbers, as they stood on a day."""

from datetime import date
from importlib.resources import files

import pytest

from buckstop.domain.law.answer import Confidence
from buckstop.domain.law.lookup import NotEncoded, cite, parameter
from buckstop.domain.words.ids import RowId

LONG_AGO = date(1990, 1, 1)
PARAMETERS = sorted(
    file.name.removesuffix(".toml")
    for file in (files("buckstop.domain.law") / "parameters").iterdir()
    if file.name.endswith(".toml")
)


def test_a_number_is_given_as_it_stood_on_the_day() -> None:
    assert parameter("loan_prime_rate", on=date(2024, 10, 20)).value == 335
    assert parameter("loan_prime_rate", on=date(2024, 10, 21)).value == 310


@pytest.mark.parametrize("name", PARAMETERS)
def test_every_number_rests_on_a_row_that_is_sure_enough(name: str) -> None:
    answer = parameter(name, on=date(2026, 11, 22))

    assert answer.confidence is not Confidence.C
    assert all(cite(row) for row in answer.because)


@pytest.mark.parametrize("name", PARAMETERS)
def test_a_number_before_its_first_known_value_is_not_guessed(name: str) -> None:
    with pytest.raises(NotEncoded, match=name):
        parameter(name, on=LONG_AGO)


def test_an_unknown_row_is_not_cited() -> None:
    with pytest.raises(NotEncoded, match="CPL-999"):
        cite(RowId("CPL-999"))


def test_a_published_rule_of_the_house_needs_no_entry() -> None:
    assert cite(RowId("house:respond")).instrument == "HOUSE"
