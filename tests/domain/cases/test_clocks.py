"""Clocks: what starts, rests and ends them, and what their lapse does (K1 to K9)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.decide import lapse
from buckstop.domain.cases.events import (
    BallMoved,
    CaseClosed,
    ClockHandedOn,
    ClockLapsed,
    ClockPaused,
    ClockPostponed,
    ClockResumed,
    ClockStarted,
    DecisionPrepared,
    DecisionPronounced,
    FactStood,
    NoticeKind,
    Outcome,
)
from buckstop.domain.cases.rules.lapses import CONSEQUENCES
from buckstop.domain.cases.state.custody import Custody
from buckstop.domain.words.calendar import Calendar, Span, Unit
from buckstop.domain.words.clock import SPANS_ONLY, ClockKind
from buckstop.domain.words.event import Channel
from buckstop.domain.words.holidays import NOTICES, Notice
from buckstop.domain.words.ids import ClockId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CLOCKWORK, CONSUMER, HOUSE, Actor
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
    MONDAY,
    OTHER_AGENT,
    RULES,
    SU,
    WORDS,
    Table,
    complaint,
    given,
    given_asked_by_merchant,
    given_at_desk,
    given_delivered,
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

    assert table.clock(ClockKind.RESPOND).due == table.at + timedelta(hours=48)


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

    assert table.clock(ClockKind.RESPOND).due == table.at + timedelta(hours=48)


def test_K1_a_question_to_the_consumer_never_resets_the_desks_own_clock() -> None:
    table = given_at_desk(problem=Problem.NOT_RECEIVED, alleged=())
    before = table.clock(ClockKind.HANDLE)
    table.does(AGENT, ask.AskProof, fact=BOUGHT, of=CONSUMER)
    table.waits(hours=20)

    table.does(SU, ask.AnswerRequest, request="request-1", text=WORDS)

    after = table.clock(ClockKind.HANDLE)
    assert after.clock == before.clock
    assert after.due == before.due + timedelta(hours=20)


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

    assert table.clock(ClockKind.RESPOND).due == due + timedelta(hours=30)


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
    table = _with_statutory_clock()
    before = table.clock(ClockKind.STATUTORY)

    table.does(AGENT, ask.AskProof, fact="malfunction", of=CONSUMER, why=WORDS)

    assert table.clock(ClockKind.STATUTORY) == before


def _with_statutory_clock() -> Table:
    """Let the return be received: the law then dates the refund."""
    table = given(problem=Problem.REFUND_NOT_RECEIVED, alleged=())
    proof = table.shows(AGENT, "delivery-record")  # type: ignore[arg-type]
    for fact, value in (("return-received-on", "2026-11-01"), ("return-asked-on", "2026-10-30")):
        table.does(
            AGENT,
            ask.StateFact,
            fact=fact,
            standing=Standing.PROVEN,
            value=value,
            evidence=(proof,),
        )
    return table


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


def test_K8_a_party_never_reached_gets_no_default_and_the_ball_goes_to_the_house() -> None:
    table = given()

    facts = table.until_due(ClockKind.RESPOND)

    assert "DecisionPrepared" not in kinds(facts)
    stood = of(facts, FactStood)
    assert (stood.fact, stood.standing, stood.value) == (
        "contact-works", Standing.DISPROVED, MERCHANT,
    )  # fmt: skip
    assert table.holder == "house/service"


def test_K8_one_channel_is_not_enough_to_be_served() -> None:
    table = given()
    table.served(MERCHANT, Channel.MAIL)

    assert "DecisionPrepared" not in kinds(table.until_due(ClockKind.RESPOND))


def test_K8_the_published_address_is_enough() -> None:
    table = given()
    table.does(CLOCKWORK, ask.RecordNotice, **_by_post(table))

    assert "DecisionPrepared" in kinds(table.until_due(ClockKind.RESPOND))


def _by_post(table: Table) -> dict[str, Any]:
    return {
        "party": MERCHANT,
        "via": Channel.POST,
        "kind": NoticeKind.SERVICE,
        "about": table.clock(ClockKind.RESPOND).clock,
        "accepted": True,
        "published_address": True,
    }


@pytest.mark.parametrize("by", [AGENT, BOSS, BOT, AT_MERCHANT])
def test_K8_nobody_notes_by_hand_that_a_notice_arrived(by: Actor) -> None:
    table = given()

    with pytest.raises(NotAllowed, match="transport-only"):
        table.does(by, ask.RecordNotice, **_by_post(table))


def test_K8_notices_of_something_else_are_no_service() -> None:
    table = given()
    table.served(MERCHANT, about=ClockId("respond-99"))

    assert "DecisionPrepared" not in kinds(table.until_due(ClockKind.RESPOND))


def test_K8_what_a_party_did_before_it_had_a_duty_is_no_service() -> None:
    table = given_at_desk()
    table.says(AT_MERCHANT)
    table.does(AGENT, ask.AssignTask, debtor=MERCHANT, expected="respond", sentence=WORDS)

    assert "DecisionPrepared" not in kinds(table.until_due(ClockKind.RESPOND))


def test_K8_who_acts_under_its_duty_knows_of_it() -> None:
    table = given()
    table.says(AT_MERCHANT)

    assert "DecisionPrepared" in kinds(table.until_due(ClockKind.RESPOND))


def test_K8_a_clock_that_is_handed_on_is_served_anew() -> None:
    table = given()
    table.served(MERCHANT)
    table.passes(AT_MERCHANT, COURIER)
    table.passes(AT_COURIER, MERCHANT)

    assert "DecisionPrepared" not in kinds(table.until_due(ClockKind.RESPOND))


def test_K8_no_presumption_against_a_party_that_was_never_served() -> None:
    table = given_at_desk()
    table.does(AGENT, ask.AskProof, fact=COMPLETE, of=MERCHANT)

    facts = table.until_due(ClockKind.PROVE)

    assert Standing.PRESUMED not in {f.standing for f in facts if isinstance(f, FactStood)}


def _in_a_year_without_calendar() -> Table:
    table = Table(at=MONDAY.replace(year=2027))
    table.play(replace(complaint(first=None), purchase=given().case.claim.purchase))
    return table


def test_K9_a_date_that_needs_an_unpublished_calendar_is_provisional() -> None:
    assert _in_a_year_without_calendar().clock(ClockKind.TAKE_UP).provisional


def test_K9_its_lapse_only_rederives_it() -> None:
    table = _in_a_year_without_calendar()

    facts = table.until(table.clock(ClockKind.TAKE_UP).due)

    assert kinds(facts) == ["ClockPostponed"]
    assert of(facts, ClockPostponed).because == "calendar-unpublished"


def test_K9_once_the_calendar_is_published_the_date_is_certain_and_lapses() -> None:
    table = _in_a_year_without_calendar()
    table.calendar = Calendar(
        (*NOTICES, Notice(year=2027, off_days=frozenset(), make_up_days=frozenset(), source="t"))
    )

    table.does(AGENT, ask.RederiveClocks)

    assert not table.clock(ClockKind.TAKE_UP).provisional
    assert "ClockLapsed" in kinds(table.until_due(ClockKind.TAKE_UP))


def test_K9_rederiving_keeps_what_a_clock_rested() -> None:
    table = _in_a_year_without_calendar()
    table.does(AGENT, ask.TakeUp, person=AGENT.person)
    table.does(AGENT, ask.AskProof, fact="malfunction", of=CONSUMER, why=WORDS)
    table.waits(hours=10)
    table.does(SU, ask.AnswerRequest, request="request-1", text=WORDS)
    rested = table.clock(ClockKind.HANDLE).due
    table.calendar = Calendar(
        (*NOTICES, Notice(year=2027, off_days=frozenset(), make_up_days=frozenset(), source="t"))
    )

    table.does(AGENT, ask.RederiveClocks)

    assert table.clock(ClockKind.HANDLE).due == rested


def test_K9_rederiving_keeps_the_time_that_waits_for_proof() -> None:
    table = _in_a_year_without_calendar()
    table.does(BOSS, ask.TakeOver)
    table.does(AGENT, ask.AskProof, fact="malfunction", of=CONSUMER, why=WORDS)
    postponed = table.clock(ClockKind.DECIDE)
    assert postponed.provisional
    table.calendar = Calendar(
        (*NOTICES, Notice(year=2027, off_days=frozenset(), make_up_days=frozenset(), source="t"))
    )

    table.does(AGENT, ask.RederiveClocks)

    certain = table.clock(ClockKind.DECIDE)
    assert not certain.provisional
    assert certain.due == postponed.due


def test_why_this_date_is_kept_for_every_move_of_a_due_time() -> None:
    table = given_asked_by_merchant()
    first = table.clock(ClockKind.RESPOND).due
    table.waits(hours=50)
    table.does(SU, ask.AnswerRequest, request="request-1", text=WORDS)
    table.waits(hours=40)

    table.passes(AT_MERCHANT, COURIER)

    rested, handed = table.clock(ClockKind.RESPOND).moves
    assert (rested.before, rested.due, rested.because) == (first, first + 50 * HOUR, "rested")
    assert (handed.before, handed.due) == (rested.due, table.at + 48 * HOUR)
    assert (handed.because, handed.charged_to) == ("handed-on", MERCHANT)


def test_a_confirmation_by_silence_needs_two_reminders_72_hours_apart_on_one_channel() -> None:
    table = given_delivered()
    confirm = table.clock(ClockKind.CONFIRM).clock

    def remind() -> None:
        table.served(CONSUMER, Channel.PHONE, kind=NoticeKind.REMINDER, about=confirm)

    remind()
    table.waits(hours=1)
    remind()
    assert kinds(table.until_due(ClockKind.CONFIRM)) == ["ClockPostponed"]
    remind()

    facts = table.until_due(ClockKind.CONFIRM)

    assert of(facts, CaseClosed).outcome is Outcome.FULFILLED_UNCONFIRMED


def test_a_confirmation_by_silence_takes_two_channels_at_once() -> None:
    table = given_delivered()
    confirm = table.clock(ClockKind.CONFIRM).clock
    table.served(CONSUMER, Channel.MAIL, Channel.PHONE, kind=NoticeKind.REMINDER, about=confirm)

    facts = table.until_due(ClockKind.CONFIRM)

    assert of(facts, CaseClosed).outcome is Outcome.FULFILLED_UNCONFIRMED
