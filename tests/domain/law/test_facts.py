"""The catalogue of facts, and which values a fact can have."""

import pytest

from buckstop.domain.law.facts import (
    FACTS,
    HUMAN_DAMAGE,
    RECEIVED_ON,
    REPAIR_DAYS,
    USED_AMOUNT,
    fits,
)
from buckstop.domain.law.proofs import PROOFS
from buckstop.domain.words.ids import FactKey


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (HUMAN_DAMAGE, None),
        (HUMAN_DAMAGE, "no"),
        (RECEIVED_ON, "2026-06-01"),
        (USED_AMOUNT, "0"),
        (REPAIR_DAYS, "14"),
    ],
)
def test_a_fact_takes_values_of_its_kind(key: FactKey, value: str | None) -> None:
    assert fits(key, value)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (FactKey("no-such-fact"), "yes"),
        (HUMAN_DAMAGE, "perhaps"),
        (RECEIVED_ON, "1 June"),
        (RECEIVED_ON, "20260601"),
        (RECEIVED_ON, "9999-12-31"),
        (USED_AMOUNT, "-5"),
        (USED_AMOUNT, "12.50"),
        (USED_AMOUNT, "9" * 5000),
        (REPAIR_DAYS, "１４"),
    ],
)
def test_a_fact_takes_no_other_values(key: FactKey, value: str) -> None:
    assert not fits(key, value)


def test_every_negative_fact_names_what_would_show_the_opposite() -> None:
    counters = {kind.counter for kind in FACTS.values() if kind.counter is not None}

    assert counters
    assert counters <= FACTS.keys()
    assert not any(FACTS[counter].negative for counter in counters)


def test_every_fact_can_be_proven_by_something_listed() -> None:
    assert all(kind.proofs and set(kind.proofs) <= PROOFS for kind in FACTS.values())
