"""Clocks: what starts, rests and ends them, and what their lapse does (K1 to K7)."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.decide import lapse
from buckstop.domain.cases.events import (
    BallMoved,
    ClockHandedOn,
    ClockLapsed,
    ClockPaused,
    ClockResumed,
    ClockStarted,
    DecisionPrepared,
    DecisionPronounced,
    FactStood,
)
from buckstop.domain.cases.rules.lapses import CONSEQUENCES
from buckstop.domain.cases.state.custody import Custody
from buckstop.domain.words.calendar import CHINA, Span, Unit
from buckstop.domain.words.clock import SPANS_ONLY, ClockKind
from buckstop.domain.words.event import Channel
from buckstop.domain.words.ids import ClockId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, HOUSE
from buckstop.domain.words.purchase import Problem
from buckstop.domain.words.standing import Standing
from tests.domain.cases.cast import (
    AGENT,
    AT_COURIER,
    AT_MERCHANT,
    BOSS,
    BOT,
    BOUGHT,
    COMPLETE,
    COURIER,
    FINANCE,
    MERCHANT,
    OTHER_AGENT,
    RULES,
    SU,
    WORDS,
    closing,
    given,
    given_asked_by_merchant,
    given_at_desk,
    given_return_received,
    given_taken_over,
    kinds,
    of,
)

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def test_K1_a_pass_resumes_the_clock_and_never_resets_it() -> None:
    table = given()
    due = table.clock(ClockKind.RESPOND).due

    table.passes(AT_MERCHANT, COURIER)

    assert table.clock(ClockKind.RESPOND).due == due


def test_K1_close_to_the_end_the_receiver_gets_the_published_time_and_no_more() -> None:
    table = given()
    table.waits(days=2)

    table.passes(AT_MERCHANT, HOUSE)

    assert table.clock(ClockKind.RESPOND).due == closing(table.at + timedelta(hours=48))


def test_K1_who_had_the_clock_before_gets_what_is_left_of_it() -> None:
    table = given(rules=replace(RULES, takeover_kicks=None, takeover_passes=None))
    table.waits(days=2)
    table.passes(AT_MERCHANT, HOUSE)
    due = table.clock(ClockKind.RESPOND).due

    for _ in range(3):
        table.waits(hours=6)
        table.passes(AGENT, MERCHANT)
        table.waits(hours=6)
        table.passes(AT_MERCHANT, HOUSE)

    assert table.clock(ClockKind.RESPOND).due == due


def test_K1_whoever_is_new_to_the_clock_gets_the_published_time_once() -> None:
    table = given()
    table.waits(days=2)
    table.passes(AT_MERCHANT, HOUSE)
    table.waits(hours=40)

    table.passes(AGENT, COURIER)

    assert table.clock(ClockKind.RESPOND).due == closing(table.at + timedelta(hours=48))


def test_K1_a_question_to_the_consumer_never_resets_the_desks_own_clock() -> None:
    table = given_at_desk(problem=Problem.NOT_RECEIVED, alleged=())
    before = table.clock(ClockKind.HANDLE)
    table.does(AGENT, ask.AskProof, fact=BOUGHT, of=CONSUMER)
    table.waits(hours=20)

    table.does(SU, ask.AnswerRequest, request="request-1", text=WORDS)

    after = table.clock(ClockKind.HANDLE)
    assert after.clock == before.clock
    assert after.due == closing(before.due + timedelta(hours=20))


def test_K1_a_change_of_agent_never_resets_a_clock() -> None:
    table = given_at_desk()
    before = table.clock(ClockKind.HANDLE)

    table.does(OTHER_AGENT, ask.TakeUp, person=OTHER_AGENT.person)

    assert table.clock(ClockKind.HANDLE) == before


def test_K1_a_pass_between_desks_keeps_the_clock() -> None:
    table = given_at_desk()
    clock = table.clock(ClockKind.HANDLE).clock

    facts = table.passes(AGENT, FINANCE)

    assert of(facts, ClockHandedOn).clock == clock


def test_K2_the_respondents_clock_rests_while_a_valid_request_is_open() -> None:
    table = given_asked_by_merchant()
    due = table.clock(ClockKind.RESPOND).due
    assert not table.clock(ClockKind.RESPOND).running
    table.waits(hours=30)

    table.does(SU, ask.AnswerRequest, request="request-1", text=WORDS)

    assert table.clock(ClockKind.RESPOND).due == closing(due + timedelta(hours=30))


def test_K2_no_due_time_that_moved_falls_in_the_night() -> None:
    table = given_asked_by_merchant()
    table.waits(hours=9, minutes=17)

    table.does(SU, ask.AnswerRequest, request="request-1", text=WORDS)

    due = table.clock(ClockKind.RESPOND).due
    assert due.astimezone(CHINA).time() == time(18)


def test_K2_a_rejected_request_rests_nothing() -> None:
    table = given()

    facts = table.does(AT_MERCHANT, ask.AskProof, fact=COMPLETE, of=CONSUMER)

    assert "RequestRejected" in kinds(facts)
    assert table.clock(ClockKind.RESPOND).running


def test_K2_a_forced_request_rests_nothing() -> None:
    table = given()

    facts = table.does(BOSS, ask.AskProof, fact=COMPLETE, of=CONSUMER, forced_because=WORDS)

    assert "ClockPaused" not in kinds(facts)


def test_K2_a_clock_rests_at_most_five_days_in_all() -> None:
    table = given(problem=Problem.NOT_RECEIVED, alleged=())
    due = table.clock(ClockKind.RESPOND).due
    table.does(AT_MERCHANT, ask.AskProof, fact=BOUGHT, of=CONSUMER, span=Span(9, Unit.DAYS))
    table.waits(days=8)

    table.does(SU, ask.AnswerRequest, request="request-1", text=WORDS)

    assert table.case.clocks.every[ClockId("respond-1")].due == due + 5 * DAY


def test_K2_after_five_days_of_rest_a_clock_runs_on_by_itself_and_lapses() -> None:
    table = given(problem=Problem.NOT_RECEIVED, alleged=())
    table.served(MERCHANT)
    due = table.clock(ClockKind.RESPOND).due
    table.does(AT_MERCHANT, ask.AskProof, fact=BOUGHT, of=CONSUMER, span=Span(20, Unit.DAYS))

    before = table.until(table.at + 5 * DAY - timedelta(hours=1))
    resumed = of(table.waits(hours=1), ClockResumed)
    after = table.until(due + 5 * DAY)

    assert before == ()
    assert resumed.due == due + 5 * DAY
    assert [e.clock for e in after if isinstance(e, ClockLapsed)] == ["respond-1"]
    assert table.case.requests.open_with(CONSUMER)


def test_K2_what_is_left_of_the_five_days_is_less_after_an_earlier_rest() -> None:
    table = given(problem=Problem.NOT_RECEIVED, alleged=())
    due = table.clock(ClockKind.RESPOND).due
    table.does(AT_MERCHANT, ask.AskProof, fact=BOUGHT, of=CONSUMER)
    table.waits(days=3)
    table.does(SU, ask.AnswerRequest, request="request-1", text=WORDS)
    table.does(
        AT_MERCHANT,
        ask.AskProof,
        fact=BOUGHT,
        of=CONSUMER,
        clarifies="request-1",
        span=Span(20, Unit.DAYS),
    )

    (resumed,) = [e for e in table.waits(days=2) if isinstance(e, ClockResumed)]

    assert resumed.due == due + 5 * DAY


def test_K2_a_respondents_clocks_rest_at_most_twice_a_case_even_across_clocks() -> None:
    table = given(alleged=(), rules=replace(RULES, takeover_kicks=None, takeover_passes=None))
    paused = []
    for number, fact in enumerate(("freight-paid", "return-wanted", "malfunction"), start=1):
        facts = table.does(AGENT, ask.AskProof, fact=fact, of=CONSUMER, why=WORDS)
        paused.append("ClockPaused" in kinds(facts))
        table.does(SU, ask.AnswerRequest, request=f"request-{number}", text=WORDS)
        table.does(AT_MERCHANT, ask.DeliverTask, text=WORDS)
        table.passes(AGENT, MERCHANT)

    assert paused == [True, True, False]
    assert table.clock(ClockKind.RESPOND).clock == "respond-4"


def test_K2_the_question_of_one_respondent_does_not_rest_the_clock_of_another() -> None:
    table = given_at_desk(problem=Problem.NOT_RECEIVED, alleged=())
    for debtor in (MERCHANT, COURIER):
        table.does(AGENT, ask.AssignTask, debtor=debtor, expected="respond", sentence=WORDS)

    facts = table.does(AT_COURIER, ask.AskProof, fact=BOUGHT, of=CONSUMER)

    paused = of(facts, ClockPaused).clock
    assert table.case.clocks.every[paused].party == COURIER


def test_K2_no_act_pauses_a_statutory_clock() -> None:
    table = given_return_received()
    before = table.clock(ClockKind.STATUTORY)

    table.does(AGENT, ask.AskProof, fact="malfunction", of=CONSUMER, why=WORDS)

    assert table.clock(ClockKind.STATUTORY) == before


@pytest.mark.parametrize("kind", sorted(set(ClockKind) - SPANS_ONLY))
def test_K3_every_kind_of_clock_has_its_one_published_consequence(kind: ClockKind) -> None:
    assert kind in CONSEQUENCES


def test_K3_the_default_on_silence_can_be_told_beforehand() -> None:
    table = given()
    table.served(MERCHANT)
    clock = table.clock(ClockKind.RESPOND)

    told = lapse(table.case, clock, replace(table.now, at=clock.due))

    assert kinds(table.until_due(ClockKind.RESPOND)) == kinds(told)


@pytest.mark.parametrize("channel", [Channel.PHONE, Channel.MAIL, Channel.COUNTER, Channel.API])
def test_K4_an_answer_on_any_channel_moves_the_clock(channel: Channel) -> None:
    table = given()

    table.does(AT_MERCHANT, ask.DeliverTask, text=WORDS, channel=channel)

    assert ClockKind.RESPOND not in table.kinds()


def test_K5_no_command_sets_a_status() -> None:
    assert not hasattr(Custody(), "status")
    assert not [name for name in dir(ask) if "status" in name.lower()]


def test_K6_a_lapse_is_one_batch_that_moves_the_ball_and_starts_the_next_clock() -> None:
    table = given()
    table.served(MERCHANT)

    facts = table.until_due(ClockKind.RESPOND)

    assert len([f for f in facts if isinstance(f, ClockLapsed)]) == 1
    assert of(facts, BallMoved).due == of(facts, ClockStarted).due


def test_K6_the_lapse_of_a_request_presumes_if_the_conditions_hold() -> None:
    table = given_at_desk()
    table.does(AGENT, ask.AskProof, fact=COMPLETE, of=MERCHANT)
    table.served(MERCHANT)

    stood = of(table.until_due(ClockKind.PROVE), FactStood)

    assert (stood.fact, stood.standing, stood.value) == (COMPLETE, Standing.PRESUMED, "no")


def test_K7_a_lapse_prepares_a_decision_and_never_pronounces_it() -> None:
    table = given()
    table.served(MERCHANT)

    facts = table.until_due(ClockKind.RESPOND)

    assert of(facts, DecisionPrepared).clock == "respond-1"
    assert not [f for f in facts if isinstance(f, DecisionPronounced)]


def test_K7_only_a_person_pronounces() -> None:
    table = given_taken_over()

    with pytest.raises(NotAllowed, match="person-only"):
        table.does(BOT, ask.FreezeRecord)
