"""Reopening: within the window, never from zero, and with the duties as they stood."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import (
    CaseReopened,
    Outcome,
)
from buckstop.domain.words.calendar import closing_from
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import HOUSE
from tests.domain.cases.cast import (
    AT_MERCHANT,
    BOSS,
    HALF,
    MERCHANT,
    PACKING,
    SU,
    WORDS,
    Table,
    given,
    given_kicked,
    given_owed,
    given_taken_over,
    kinds,
    of,
)


def test_reopening_within_the_window_never_starts_from_zero() -> None:
    table = given_kicked()
    table.does(SU, ask.Withdraw, why="tired")
    table.waits(days=29)

    table.does(SU, ask.Reopen, because="not-solved")

    assert table.holder == MERCHANT
    assert "house/service" in table.case.custody.let_go


def test_reopening_after_the_window_is_too_late_unless_closing_was_wrong() -> None:
    table = given()
    table.does(SU, ask.Withdraw, why="tired")
    table.waits(days=31)

    with pytest.raises(NotAllowed, match="reopen-too-late"):
        table.does(SU, ask.Reopen, because="not-solved")
    assert of(table.does(BOSS, ask.Reopen, because="wrongful"), CaseReopened).wrongful


def test_reopening_a_case_keeps_its_thresholds_quiet_until_the_next_pass() -> None:
    table = given_kicked()
    table.passes(AT_MERCHANT, HOUSE)
    table.does(SU, ask.Withdraw, why="tired")
    table.does(SU, ask.Reopen, because="not-solved")

    facts = table.says(SU)

    assert kinds(facts) == ["MessageSent"]
    assert table.case.custody.takeovers == 1


def test_reopening_gives_who_owes_a_remedy_the_task_and_what_was_left_of_the_time() -> None:
    table = given_owed()
    table.waits(days=3)
    table.does(SU, ask.Withdraw, why="tired")
    table.waits(days=10)

    table.does(SU, ask.Reopen, because="taken-back")

    clock = table.clock(ClockKind.FULFIL)
    (task,) = table.case.tasks.open
    assert (table.holder, task.debtor, task.clock) == (MERCHANT, MERCHANT, clock.clock)
    assert timedelta(days=4) <= clock.due - table.at < timedelta(days=5)
    (owed,) = table.case.remedies.open
    proof = table.shows(AT_MERCHANT, PACKING)
    table.does(AT_MERCHANT, ask.ProveFulfilment, remedy=owed.remedy, evidence=proof)
    table.does(SU, ask.ConfirmFulfilment, remedy=owed.remedy)
    assert table.case.closing.outcome is Outcome.FULFILLED


def test_reopening_leaves_the_debtor_at_least_the_time_after_a_pass() -> None:
    table = given_owed()
    table.until(table.clock(ClockKind.FULFIL).due - timedelta(hours=1))
    table.does(SU, ask.Withdraw, why="tired")

    table.does(SU, ask.Reopen, because="taken-back")

    due = closing_from(table.at + timedelta(hours=48), table.calendar, working=False)
    assert table.clock(ClockKind.FULFIL).due == due


def _taken_over(table: Table) -> None:
    table.does(BOSS, ask.TakeOver)


def _prepared(table: Table) -> None:
    table.served(MERCHANT)
    table.until_due(ClockKind.RESPOND)


@pytest.mark.parametrize("comes_to_decide", [_taken_over, _prepared])
def test_reopening_a_case_that_the_house_must_decide_lets_it_decide(
    comes_to_decide: Callable[[Table], None],
) -> None:
    table = given()
    comes_to_decide(table)
    table.does(SU, ask.Withdraw, why="tired")

    table.does(SU, ask.Reopen, because="taken-back")

    assert (table.holder, table.case.custody.expected) == ("house/service", "decide")
    assert table.clock(ClockKind.DECIDE).running


def test_reopening_a_case_on_appeal_goes_back_to_the_supervisor() -> None:
    table = given_taken_over()
    table.orders(HALF)
    proof = table.shows(SU, PACKING)
    table.does(SU, ask.Appeal, text=WORDS, evidence=(proof,))
    table.does(SU, ask.Withdraw, why="tired")

    table.does(SU, ask.Reopen, because="taken-back")

    assert table.holder == "house/supervision"
    assert table.clock(ClockKind.APPEAL_DECIDE).running
