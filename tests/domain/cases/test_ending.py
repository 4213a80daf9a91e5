"""Closing, reopening, joining, and the three times of everything."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import (
    CaseAbsorbed,
    CaseClosed,
    CaseReopened,
    ClockLapsed,
    FactStood,
    LapseReversed,
    NoticeKind,
    Outcome,
    PacketReleased,
    PromiseKind,
    RequestEnd,
    Ruling,
)
from buckstop.domain.cases.now import Powers
from buckstop.domain.cases.state.clocks import Running
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Channel, Event
from buckstop.domain.words.ids import CaseId, ClockId, RequestId, RowId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, HOUSE, PartyRole
from buckstop.domain.words.purchase import Goods, Purchase
from buckstop.domain.words.standing import Standing
from tests.domain.cases.cast import (
    AGENT,
    AT_MERCHANT,
    BOSS,
    COMPLETE,
    COURIER,
    HALF,
    MERCHANT,
    OTHER_AGENT,
    PACKING,
    PLATFORM,
    RULES,
    SU,
    WORDS,
    Table,
    complaint,
    given,
    given_asked_by_merchant,
    given_at_desk,
    given_delivered,
    given_kicked,
    given_owed,
    given_taken_over,
    kinds,
    of,
)

OTHER = CaseId("case-2")

# --- closing ----------------------------------------------------------------------------------


def test_closing_when_fulfilled_and_confirmed() -> None:
    table = given_delivered()

    table.does(SU, ask.ConfirmFulfilment, remedy="remedy-1")

    assert table.case.closing.outcome is Outcome.FULFILLED


@pytest.mark.parametrize(
    ("why", "outcome"),
    [
        ("solved", Outcome.WITHDRAWN_SOLVED),
        ("tired", Outcome.WITHDRAWN_TIRED),
        ("other", Outcome.WITHDRAWN_OTHER),
    ],
)
def test_closing_when_the_consumer_withdraws_and_says_why(why: str, outcome: Outcome) -> None:
    table = given()

    closed = of(table.does(SU, ask.Withdraw, why=why), CaseClosed)

    assert (closed.outcome, closed.given_up) == (outcome, False)


def test_closing_without_saying_why_is_no_withdrawal() -> None:
    with pytest.raises(NotAllowed, match="why-missing"):
        given().does(SU, ask.Withdraw, why="")


def test_closing_is_not_for_respondents_or_the_desk_by_withdrawal() -> None:
    for by in (AT_MERCHANT, AGENT):
        with pytest.raises(NotAllowed, match="consumer-only"):
            given().does(by, ask.Withdraw, why="solved")


def test_closing_within_30_days_after_a_kick_counts_as_given_up() -> None:
    table = given_kicked()

    assert of(table.does(SU, ask.Withdraw, why="tired"), CaseClosed).given_up


def test_closing_within_30_days_after_a_lapse_counts_as_given_up() -> None:
    table = given()
    table.served(MERCHANT)
    table.until_due(ClockKind.RESPOND)

    assert of(table.does(SU, ask.Withdraw, why="other"), CaseClosed).given_up


def test_closing_within_30_days_after_a_broken_promise_counts_as_given_up() -> None:
    table = given()
    table.does(AT_MERCHANT, ask.Promise, kind=PromiseKind.PAY, text=WORDS)
    table.until_due(ClockKind.PROMISE)

    assert of(table.does(SU, ask.Withdraw, why="tired"), CaseClosed).given_up


def test_closing_after_a_lapse_that_was_taken_back_is_no_giving_up() -> None:
    table, in_time = _lapsed_with_an_answer_on_the_way()
    table.does(AT_MERCHANT, ask.DeliverTask, text=WORDS, received_at=in_time)

    assert not of(table.does(SU, ask.Withdraw, why="tired"), CaseClosed).given_up


def test_closing_as_solved_is_no_giving_up() -> None:
    assert not of(given_kicked().does(SU, ask.Withdraw, why="solved"), CaseClosed).given_up


def test_closing_by_giving_up_is_taken_back_with_one_tap() -> None:
    table = given_kicked()
    table.does(SU, ask.Withdraw, why="tired")

    table.does(SU, ask.Reopen, because="go-on")

    assert table.case.open
    assert not table.case.closing.given_up
    assert table.case.custody.kicks == 1


def test_closing_of_an_unreachable_consumer_needs_reminders_that_failed() -> None:
    table = given_at_desk()
    with pytest.raises(NotAllowed, match="not-proven-unreachable"):
        table.does(AGENT, ask.CloseUnreachable)
    table.served(CONSUMER, kind=NoticeKind.REMINDER, accepted=False)

    facts = table.does(AGENT, ask.CloseUnreachable)

    assert of(facts, CaseClosed).outcome is Outcome.UNREACHABLE


@pytest.mark.parametrize(("hours", "proven"), [(0, False), (71, False), (72, True)])
def test_closing_for_an_unreachable_consumer_with_one_channel_takes_reminders_72_hours_apart(
    *, hours: int, proven: bool
) -> None:
    table = given_at_desk()
    table.served(CONSUMER, Channel.MAIL, kind=NoticeKind.REMINDER, accepted=False)
    table.waits(hours=hours)
    table.served(CONSUMER, Channel.MAIL, kind=NoticeKind.REMINDER, accepted=False)

    if proven:
        assert table.does(AGENT, ask.CloseUnreachable)
        return
    with pytest.raises(NotAllowed, match="not-proven-unreachable"):
        table.does(AGENT, ask.CloseUnreachable)


def test_closing_for_an_unreachable_consumer_counts_reminders_and_no_other_notice() -> None:
    table = given_at_desk()
    table.served(CONSUMER, kind=NoticeKind.SERVICE, accepted=False)

    with pytest.raises(NotAllowed, match="not-proven-unreachable"):
        table.does(AGENT, ask.CloseUnreachable)


def test_closing_a_consumer_who_was_reached_since_is_not_unreachable() -> None:
    table = given_at_desk()
    table.served(CONSUMER, kind=NoticeKind.REMINDER, accepted=False)
    table.says(SU)

    with pytest.raises(NotAllowed, match="not-proven-unreachable"):
        table.does(AGENT, ask.CloseUnreachable)


ONLY_RECOMMENDS = replace(RULES, powers=Powers(decide=False))


def test_closing_by_handing_over_outside_releases_the_packet_and_keeps_a_clock() -> None:
    table = given_at_desk(rules=ONLY_RECOMMENDS)

    facts = table.does(BOSS, ask.HandOver, rung="regulator", because="no-power")

    released = of(facts, PacketReleased)
    assert (released.rung, released.because) == ("regulator", "no-power")
    assert of(facts, CaseClosed).outcome is Outcome.HANDED_OVER
    assert table.kinds() == {ClockKind.OUTSIDE}
    assert "ClockStopped" in kinds(
        table.does(AGENT, ask.RecordOutsideResult, body="regulator", text=WORDS)
    )


@pytest.mark.parametrize("because", ["mediation-failed", "no-power", "too-much-work"])
def test_closing_by_handing_over_is_none_before_anything_was_tried(because: str) -> None:
    with pytest.raises(NotAllowed, match="nothing-to-hand-over"):
        given_at_desk().does(BOSS, ask.HandOver, rung="regulator", because=because)


def _failed_at_once(table: Table) -> None:
    table.does(AT_MERCHANT, ask.MakeOffer, remedy=HALF)
    table.does(SU, ask.RejectOffer, offer="offer-1")


def _failed_in_silence(table: Table) -> None:
    table.does(AT_MERCHANT, ask.MakeOffer, remedy=HALF)
    table.until_due(ClockKind.OFFER)


def _never_decided(table: Table) -> None:
    table.does(BOSS, ask.TakeOver)
    table.until_due(ClockKind.DECIDE)


@pytest.mark.parametrize("fails", [_failed_at_once, _failed_in_silence, _never_decided])
def test_closing_by_handing_over_follows_a_mediation_that_failed(
    fails: Callable[[Table], None],
) -> None:
    table = given()
    fails(table)

    facts = table.does(BOSS, ask.HandOver, rung="regulator", because="mediation-failed")

    assert of(facts, PacketReleased).because == "mediation-failed"


def test_a_result_from_outside_is_not_recorded_by_a_respondent() -> None:
    table = given_at_desk(rules=ONLY_RECOMMENDS)
    table.does(BOSS, ask.HandOver, rung="regulator", because="no-power")

    with pytest.raises(NotAllowed, match="not-for-respondents"):
        table.does(AT_MERCHANT, ask.RecordOutsideResult, body="regulator", text=WORDS)
    assert table.does(SU, ask.RecordOutsideResult, body="regulator", text=WORDS)


def test_the_clock_for_an_outside_result_lapses_without_moving_a_closed_case() -> None:
    table = given_at_desk(rules=ONLY_RECOMMENDS)
    table.does(BOSS, ask.HandOver, rung="regulator", because="no-power")

    assert kinds(table.waits(days=70)) == ["ClockLapsed"]


def test_closing_the_silence_of_a_consumer_to_a_request_goes_on_with_the_file_as_it_is() -> None:
    table = given_asked_by_merchant()

    table.until_due(ClockKind.ANSWER)

    assert table.case.open
    assert table.holder == MERCHANT
    assert table.clock(ClockKind.RESPOND).running


def test_closing_by_silence_waits_while_the_house_must_decide() -> None:
    table = given_delivered()

    table.does(BOSS, ask.TakeOver)

    assert ClockKind.CONFIRM not in table.kinds()
    assert table.case.open


# --- reopening --------------------------------------------------------------------------------


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

    assert table.clock(ClockKind.FULFIL).due == table.at + timedelta(hours=48)


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
    table.served(MERCHANT)
    table.does(AGENT, ask.FreezeRecord)
    table.does(
        AGENT,
        ask.ProposeDecision,
        ruling=Ruling.FOR_CONSUMER,
        debtor=MERCHANT,
        remedy=HALF,
        findings=(RowId("EVD-91"),),
        facts=(),
        reasons=WORDS,
    )
    table.does(OTHER_AGENT, ask.SignDecision, decision="decision-1")
    proof = table.shows(SU, PACKING)
    table.does(SU, ask.Appeal, text=WORDS, evidence=(proof,))
    table.does(SU, ask.Withdraw, why="tired")

    table.does(SU, ask.Reopen, because="taken-back")

    assert table.holder == "house/supervision"
    assert table.clock(ClockKind.APPEAL_DECIDE).running


# --- joining ----------------------------------------------------------------------------------


def _absorb(table: Table, **fields: Any) -> tuple[Event, ...]:
    same = {"consumer_matches": True, "purchase_matches": True}
    return table.does(
        AGENT, ask.Absorb, other=OTHER, head="0" * 64, story=WORDS, **{**same, **fields}
    )


def test_joining_names_the_other_logs_head_and_ends_the_second_case_in_the_first() -> None:
    first, second = given(), given()

    absorbed = of(_absorb(first), CaseAbsorbed)
    second.does(AGENT, ask.JoinInto, into=CaseId("case-1"), head="1" * 64)

    assert (absorbed.other, absorbed.head) == (OTHER, "0" * 64)
    assert second.case.closing.outcome is Outcome.JOINED


@pytest.mark.parametrize("differs", ["consumer_matches", "purchase_matches"])
def test_joining_needs_the_same_consumer_and_the_same_purchase(differs: str) -> None:
    with pytest.raises(NotAllowed, match="not-the-same-purchase"):
        _absorb(given(), **{differs: False})


def test_joining_the_earliest_clock_goes_over() -> None:
    table = given()
    earlier = table.at + timedelta(hours=5)

    _absorb(
        table,
        clocks=(ask.JoinedClock(kind=ClockKind.RESPOND, party=MERCHANT, due=earlier),),
    )

    assert table.clock(ClockKind.RESPOND).due == earlier


def test_joining_a_task_that_only_the_other_case_had_goes_over() -> None:
    table = given()
    due = table.at + timedelta(hours=30)

    _absorb(table, clocks=(ask.JoinedClock(kind=ClockKind.RESPOND, party=COURIER, due=due),))

    assert set(table.case.tasks.debtors) == {MERCHANT, COURIER}
    assert table.holder == "house/service"


def test_joining_can_be_undone_on_both_sides() -> None:
    first, second = given(), given()
    _absorb(first)
    second.does(AGENT, ask.JoinInto, into=CaseId("case-1"), head="1" * 64)

    first.does(AGENT, ask.UndoJoin, other=OTHER)
    second.does(AGENT, ask.UndoJoin, other=CaseId("case-1"))

    assert first.case.closing.absorbed == ()
    assert second.case.open
    assert second.holder == MERCHANT


def test_joining_is_for_the_house() -> None:
    with pytest.raises(NotAllowed, match="desk-only"):
        given().does(AT_MERCHANT, ask.JoinInto, into=OTHER, head="0" * 64)


def test_joining_a_new_respondent_joins_the_case_as_a_party() -> None:
    table = given()
    platform = ask.NewParty(party=PLATFORM, role=PartyRole.PLATFORM, name=WORDS)

    table.does(AGENT, ask.JoinParty, party=platform)

    assert PLATFORM in table.case.parties.members
    assert table.holder == MERCHANT


def test_joining_another_purchase_is_only_linked() -> None:
    table = given()

    table.does(AGENT, ask.LinkCase, other=OTHER)

    assert table.case.closing.linked == (OTHER,)


# --- three times ------------------------------------------------------------------------------


def _lapsed_with_an_answer_on_the_way() -> tuple[Table, datetime]:
    table = given()
    table.served(MERCHANT)
    in_time = table.clock(ClockKind.RESPOND).due - timedelta(hours=1)
    table.until_due(ClockKind.RESPOND)
    return table, in_time


def test_three_times_an_answer_received_in_time_but_recorded_late_reverses_the_lapse() -> None:
    table, in_time = _lapsed_with_an_answer_on_the_way()
    assert table.case.closing.lapses

    facts = table.does(AT_MERCHANT, ask.MakeOffer, remedy=HALF, received_at=in_time)

    assert of(facts, LapseReversed).clock == "respond-1"
    assert not table.case.closing.lapses
    assert table.holder == CONSUMER
    assert ClockKind.DECIDE not in table.kinds()


def test_three_times_a_refusal_without_proof_reverses_nothing() -> None:
    table, in_time = _lapsed_with_an_answer_on_the_way()

    with pytest.raises(NotAllowed, match="owes-nothing"):
        table.does(AT_MERCHANT, ask.Refuse, ground="complete", received_at=in_time)


def test_three_times_an_answer_received_too_late_reverses_nothing() -> None:
    table, _ = _lapsed_with_an_answer_on_the_way()

    with pytest.raises(NotAllowed, match="owes-nothing"):
        table.does(AT_MERCHANT, ask.DeliverTask, text=WORDS)


def test_three_times_proof_received_in_time_takes_the_presumption_back() -> None:
    table = given_at_desk()
    table.does(AGENT, ask.AskProof, fact=COMPLETE, of=MERCHANT)
    table.served(MERCHANT)
    in_time = table.clock(ClockKind.PROVE).due - timedelta(minutes=1)
    table.until_due(ClockKind.PROVE)
    assert table.case.facts.standing(COMPLETE) is Standing.PRESUMED
    proof = table.shows(AT_MERCHANT, PACKING)

    facts = table.does(
        AT_MERCHANT,
        ask.AnswerRequest,
        request="request-1",
        evidence=(proof,),
        received_at=in_time,
    )

    assert of(facts, LapseReversed).clock == "prove-1"
    assert of(facts, FactStood).standing is Standing.ALLEGED
    assert table.case.requests.every[RequestId("request-1")].end is RequestEnd.ANSWERED
    assert table.case.clocks.every[ClockId("prove-1")].state is Running.STOPPED


def test_three_times_a_party_that_answers_by_mail_has_the_stated_grace() -> None:
    table = given(reach=(Channel.MAIL, Channel.PHONE))
    due = table.clock(ClockKind.RESPOND).due

    assert table.until(due + timedelta(minutes=14)) == ()
    assert isinstance(table.until(due + timedelta(minutes=15))[0], ClockLapsed)


def test_three_times_a_channel_that_is_not_polled_has_no_grace() -> None:
    table = given()

    assert table.until(table.clock(ClockKind.RESPOND).due)


# --- opening ----------------------------------------------------------------------------------


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
