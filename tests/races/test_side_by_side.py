"""The invariants on a real database, with many at the same cases, and with deaths."""

import os

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.races.dying import How
from tests.races.side_by_side import SideBySide

pytestmark = pytest.mark.django_db(transaction=True)

HISTORIES = 100
PARTS = 2
STEPS = 8
FIRST_SEED = int(os.environ.get("BUCKSTOP_SEED", "0"))


@pytest.mark.parametrize("part", range(PARTS))
def test_two_houses_side_by_side_hold_every_invariant_whoever_is_first_and_whoever_dies(
    part: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    SideBySide.happened.clear()
    # Only processes die here, never the server: its commits need not wait for the disk.
    monkeypatch.setenv("PGOPTIONS", "-c synchronous_commit=off")
    connection.close()

    run_state_machine_as_test(
        seed(FIRST_SEED + part)(SideBySide),
        settings=settings(
            max_examples=HISTORIES // PARTS,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            # What happens at once comes out differently each time, so nothing can be shortened.
            phases=[Phase.generate],
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )

    assert SideBySide.happened["histories"] >= HISTORIES // PARTS
    for kind in ("two at once", "lapses", "delivered again", *(f"died as a {how}" for how in How)):
        assert SideBySide.happened[kind], kind
