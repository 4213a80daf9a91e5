"""Closing: only in the ways listed, and honest about giving up."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import (
    CaseClosed,
    NoticeKind,
    Outcome,
    PacketReleased,
    PromiseKind,
)
from buckstop.domain.cases.now import Powers
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Channel
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER
from tests.domain.cases.cast import (
    AGENT,
    AT_MERCHANT,
    BOSS,
    HALF,
    MERCHANT,
    RULES,
    SU,
    WORDS,
    Table,
    given,
    given_asked_by_merchant,
    given_at_desk,
    given_delivered,
    given_kicked,
    kinds,
    of,
)


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
