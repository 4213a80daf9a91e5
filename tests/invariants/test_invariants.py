"""The invariants of the domain page, after every step of random histories.

The seeds are fixed: a red build must mean that the change is wrong, and everybody must see
the same failure. To look for new histories run with `BUCKSTOP_SEED=<any number>`; what that
finds becomes a named test of a rule. The histories come in parts, one for each worker.
"""

import os
from itertools import cycle, islice
from random import Random

import pytest
from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.decide import RULES
from tests.invariants import beginnings
from tests.invariants.machine import AnyHistory
from tests.invariants.makers import MAKERS

HISTORIES = 2_000
PARTS = 2
STEPS = 14
WALKS = 800
"""More than are walked until every command was accepted: some are seldom so."""
FIRST_SEED = int(os.environ.get("BUCKSTOP_SEED", "0"))


@pytest.mark.parametrize("part", range(PARTS))
def test_the_invariants_hold_after_every_step_of_any_history(
    part: int,
) -> None:
    run_state_machine_as_test(
        seed(FIRST_SEED + part)(AnyHistory),
        settings=settings(
            max_examples=HISTORIES // PARTS,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            print_blob=False,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )


def test_every_command_is_accepted_in_some_history() -> None:
    AnyHistory.accepted.clear()
    dice = Random(FIRST_SEED)
    for begin in islice(cycle(beginnings.EVERY), WALKS):
        history = AnyHistory()
        history.begins(begin=begin)
        for _ in range(STEPS):
            history.somebody_does_what_fits(dice=dice.getrandbits(32))
            history.everything_holds()
        if not never_accepted():
            break

    assert never_accepted() == set()


def never_accepted() -> set[type[ask.Command]]:
    return set(RULES) - set(AnyHistory.accepted)


def test_the_histories_know_every_command() -> None:
    assert {name for name, _ in MAKERS} | {ask.OpenCase} == set(RULES)
