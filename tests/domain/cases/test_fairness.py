"""Fairness: the same rules for every side."""

from datetime import timedelta

import pytest

from buckstop.domain.cases import commands as ask
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER
from tests.domain.cases.cast import (
    AT_COURIER,
    AT_MERCHANT,
    MISSING,
    PACKING,
    STRANGER,
    SU,
    WORDS,
    given,
    given_at_desk,
    given_delivered,
)


def test_fairness_the_same_rule_says_no_to_the_desk_and_to_the_consumer() -> None:
    table = given_at_desk()

    for by in (SU, AT_MERCHANT):
        with pytest.raises(NotAllowed, match="desk-only"):
            table.does(by, ask.WriteNote, text=WORDS)
    with pytest.raises(NotAllowed, match="not-a-party"):
        table.says(STRANGER)


def test_fairness_a_respondent_hears_of_everything_alleged_and_has_time_to_answer() -> None:
    table = given()

    assert table.case.facts.every[MISSING].by == CONSUMER
    assert table.clock(ClockKind.RESPOND).due - table.at > timedelta(days=2)


def test_fairness_what_anybody_in_the_case_sends_is_never_refused() -> None:
    table = given_delivered()
    table.does(SU, ask.ConfirmFulfilment, remedy="remedy-1")

    for by in (SU, AT_MERCHANT, AT_COURIER):
        assert table.says(by)
        assert table.shows(by, PACKING)
