"""Going on after the end: every duty that it cut off comes back with what was left of its time."""

from datetime import timedelta

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import PromiseBroken, PromiseKind, ProofRequested
from buckstop.domain.cases.state.clocks import Running
from buckstop.domain.words.calendar import CHINA, CLOSING, Span, Unit, closing_from, local_day
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.ids import CaseId, ClockId, ProofKind
from buckstop.domain.words.party import CONSUMER
from tests.domain.cases.cast import (
    AGENT,
    AT_COURIER,
    AT_MERCHANT,
    BOSS,
    COMPLETE,
    COURIER,
    FINANCE,
    MERCHANT,
    ORDER,
    PACKING,
    SU,
    WORDS,
    Table,
    given,
    given_asked_by_merchant,
    given_at_desk,
    given_delivered,
    given_owed,
    given_return_received,
    given_taken_over,
    kinds,
    of,
)

PAID = ProofKind("payment-record")


def _ends_and_goes_on(table: Table, *, after: timedelta = timedelta(days=10)) -> None:
    table.does(SU, ask.Withdraw, why="tired")
    table.until(table.at + after)
    table.does(SU, ask.Reopen, because="taken-back")


def test_B5_an_open_duty_to_respond_is_the_respondents_again_with_the_time_left() -> None:
    table = given()
    left = table.clock(ClockKind.RESPOND).due - table.at

    _ends_and_goes_on(table)

    clock = table.clock(ClockKind.RESPOND)
    (task,) = table.case.tasks.open
    assert (table.holder, task.debtor, task.expected) == (MERCHANT, MERCHANT, "respond")
    assert (task.clock, clock.due) == (clock.clock, table.at + left)
    assert ClockKind.HANDLE not in table.kinds()


def test_B5_close_to_its_end_a_duty_has_the_time_after_a_pass_and_no_more() -> None:
    table = given()
    table.until(table.clock(ClockKind.RESPOND).due - timedelta(minutes=5))

    _ends_and_goes_on(table)

    due = closing_from(table.at + timedelta(hours=48), table.calendar, working=False)
    assert table.clock(ClockKind.RESPOND).due == due


def test_B5_a_duty_never_comes_back_longer_than_it_ever_was() -> None:
    table = given_at_desk()
    given_for = timedelta(hours=5)
    table.passes(AGENT, MERCHANT, span=Span(5, Unit.HOURS))

    _ends_and_goes_on(table)

    assert table.clock(ClockKind.RESPOND).due == table.at + given_for


def test_B5_of_several_open_duties_each_comes_back_and_the_desk_watches() -> None:
    table = given()
    table.does(AGENT, ask.AssignTask, debtor=COURIER, expected="trace", sentence=WORDS)

    _ends_and_goes_on(table)

    assert {(t.debtor, t.expected) for t in table.case.tasks.open} == {
        (MERCHANT, "respond"),
        (COURIER, "trace"),
    }
    assert (table.holder, table.case.custody.expected) == ("house/service", "watch-tasks")


def test_B5_only_what_the_last_end_cut_off_comes_back() -> None:
    table = given()
    _ends_and_goes_on(table)
    table.does(AT_MERCHANT, ask.DeliverTask, text=WORDS)

    _ends_and_goes_on(table)

    assert table.case.tasks.open == ()
    assert table.holder == "house/service"


def test_B5_what_ends_and_goes_on_twice_in_a_moment_comes_back_once() -> None:
    table = given()

    for _ in range(3):
        _ends_and_goes_on(table, after=timedelta())

    assert len(table.case.clocks.alive(ClockKind.RESPOND)) == 1
    assert len(table.case.tasks.open) == 1


def test_B5_a_request_for_proof_stands_open_again_and_counts_against_nobody() -> None:
    table = given_at_desk()
    table.does(AGENT, ask.AskProof, fact=COMPLETE, of=MERCHANT)

    _ends_and_goes_on(table)

    (request,) = table.case.requests.open
    assert (request.of, request.fact, table.holder) == (MERCHANT, COMPLETE, MERCHANT)
    assert table.case.requests.reasks == 0
    proof = table.shows(AT_MERCHANT, PACKING)
    table.does(AT_MERCHANT, ask.AnswerRequest, request=request.request, evidence=(proof,))
    assert table.case.tasks.open == ()


def test_B5_a_request_to_the_consumer_comes_back_and_rests_the_clock_of_who_asked() -> None:
    table = given_asked_by_merchant()

    _ends_and_goes_on(table)

    asked = [e.event for e in table.log if isinstance(e.event, ProofRequested)]
    assert (table.holder, table.case.custody.expected) == (CONSUMER, "answer")
    assert (asked[1].of, asked[1].why, asked[1].kinds) == (CONSUMER, asked[0].why, asked[0].kinds)
    assert table.clock(ClockKind.RESPOND).state is Running.PAUSED
    proof = table.shows(SU, ORDER)
    table.does(SU, ask.AnswerRequest, request="request-2", evidence=(proof,))
    assert table.holder == MERCHANT


def test_B5_what_was_delivered_is_for_the_consumer_to_confirm_again() -> None:
    table = given_delivered()

    _ends_and_goes_on(table)

    assert (table.holder, table.case.custody.expected) == (CONSUMER, "confirm")
    table.does(SU, ask.ConfirmFulfilment, remedy="remedy-1")
    assert not table.case.open


def test_B5_a_desk_that_had_the_case_has_it_again() -> None:
    table = given_at_desk()
    table.passes(AGENT, FINANCE)

    _ends_and_goes_on(table)

    assert table.holder == "house/finance"
    assert table.clock(ClockKind.HANDLE).alive


def test_B5_a_case_that_nobody_had_taken_up_is_to_be_taken_up() -> None:
    table = given(first=None)

    _ends_and_goes_on(table)

    assert table.case.custody.expected == "take-up"
    assert table.kinds() >= {ClockKind.TAKE_UP}


def test_B5_the_time_to_decide_is_not_set_anew() -> None:
    table = given_taken_over()
    left = table.clock(ClockKind.DECIDE).due - table.at
    table.does(SU, ask.Withdraw, why="tired")

    table.does(SU, ask.Reopen, because="taken-back")

    assert table.clock(ClockKind.DECIDE).due == table.at + left


def test_B5_no_duty_comes_back_to_end_in_the_night_nor_with_less_than_was_left() -> None:
    table = given_taken_over()
    table.until(table.at + timedelta(hours=12))
    left = table.clock(ClockKind.DECIDE).due - table.at
    table.does(SU, ask.Withdraw, why="tired")
    table.until(table.at + timedelta(hours=10))

    table.does(SU, ask.Reopen, because="taken-back")

    due = table.clock(ClockKind.DECIDE).due
    assert due.astimezone(CHINA).time() == CLOSING
    assert timedelta() <= due - (table.at + left) < timedelta(days=1)


def test_B5_working_days_come_back_to_end_on_a_working_day() -> None:
    table = given_taken_over()
    table.does(SU, ask.Withdraw, why="tired")
    table.until(table.at + timedelta(days=3))

    table.does(SU, ask.Reopen, because="taken-back")

    assert table.calendar.is_working(local_day(table.clock(ClockKind.DECIDE).due))


def test_B5_a_promise_that_a_solved_case_let_rest_binds_again() -> None:
    table = given()
    table.does(AT_MERCHANT, ask.Promise, kind=PromiseKind.CALL_BACK, text=WORDS)
    table.does(SU, ask.Withdraw, why="solved")
    table.does(SU, ask.Reopen, because="not-solved")

    facts = table.until_due(ClockKind.PROMISE)

    assert of(facts, PromiseBroken).promise == "promise-1"


def test_K2_a_term_of_the_law_runs_on_in_a_reopened_case_to_its_own_day() -> None:
    table = given_return_received()
    before = table.clock(ClockKind.STATUTORY)

    _ends_and_goes_on(table, after=timedelta(hours=1))

    again = table.clock(ClockKind.STATUTORY)
    assert (again.subject, again.due) == (before.subject, before.due)


def test_K2_a_term_of_the_law_is_met_by_delivering_and_not_missed_while_nobody_confirms() -> None:
    table = given_return_received()
    table.does(AT_MERCHANT, ask.AgreeClaim)
    proof = table.shows(AT_MERCHANT, PAID)
    table.does(AT_MERCHANT, ask.ProveFulfilment, remedy="remedy-1", evidence=proof)

    facts = table.waits(days=9)

    assert "ClockLapsed" not in kinds(facts)


def test_K2_a_term_of_the_law_runs_on_once_the_consumer_says_that_nothing_came() -> None:
    table = given_return_received()
    due = table.clock(ClockKind.STATUTORY).due
    table.does(AT_MERCHANT, ask.AgreeClaim)
    proof = table.shows(AT_MERCHANT, PAID)
    table.does(AT_MERCHANT, ask.ProveFulfilment, remedy="remedy-1", evidence=proof)

    table.does(SU, ask.DisputeFulfilment, remedy="remedy-1", text=WORDS)

    assert table.clock(ClockKind.STATUTORY).due == due


def test_B5_the_other_of_two_debtors_comes_back_alone_after_the_first_delivered() -> None:
    table = given()
    table.does(AGENT, ask.AssignTask, debtor=COURIER, expected="trace", sentence=WORDS)
    table.does(AT_COURIER, ask.DeliverTask, text=WORDS)

    _ends_and_goes_on(table)

    assert table.case.tasks.debtors == (MERCHANT,)
    assert table.holder == MERCHANT


def test_B5_what_the_supervisor_had_goes_back_to_the_supervisor() -> None:
    table = given_at_desk()
    table.until_due(ClockKind.HANDLE)
    assert table.holder == "house/supervision"

    _ends_and_goes_on(table)

    assert (table.holder, table.case.custody.expected) == ("house/supervision", "supervise")


def test_joining_what_was_taken_in_goes_back_when_it_is_undone() -> None:
    table = given()
    own = table.clock(ClockKind.RESPOND)
    theirs = (
        ask.JoinedClock(kind=own.kind, party=MERCHANT, due=table.at + timedelta(hours=3)),
        ask.JoinedClock(kind=own.kind, party=COURIER, due=table.at + timedelta(hours=9)),
    )
    table.does(
        AGENT,
        ask.Absorb,
        other=CaseId("case-2"),
        head="0" * 64,
        story=WORDS,
        clocks=theirs,
        consumer_matches=True,
        purchase_matches=True,
    )

    facts = table.does(BOSS, ask.UndoJoin, other=CaseId("case-2"))

    assert "TaskEnded" in kinds(facts)
    assert table.case.tasks.debtors == (MERCHANT,)
    assert table.holder == MERCHANT
    assert table.case.clocks.every[ClockId(own.clock)].due == own.due


def test_B5_a_remedy_that_is_owed_comes_back_beside_another_duty() -> None:
    table = given_owed()
    table.does(AGENT, ask.AssignTask, debtor=COURIER, expected="trace", sentence=WORDS)

    _ends_and_goes_on(table)

    assert {t.expected for t in table.case.tasks.open} == {"fulfil-remedy", "trace"}
    assert table.holder == "house/service"
