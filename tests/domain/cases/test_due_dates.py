"""Due dates: provisional ones, why this date, and a confirmation by silence (K9)."""

from dataclasses import replace
from datetime import date, timedelta

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import (
    CaseClosed,
    ClockPostponed,
    NoticeKind,
    Outcome,
)
from buckstop.domain.words.calendar import Calendar
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Channel
from buckstop.domain.words.holidays import NOTICES, Notice
from buckstop.domain.words.party import CONSUMER
from tests.domain.cases.cast import (
    AGENT,
    AT_MERCHANT,
    BOSS,
    COURIER,
    MERCHANT,
    MONDAY,
    SU,
    WORDS,
    Table,
    closing,
    complaint,
    given,
    given_asked_by_merchant,
    given_delivered,
    kinds,
    of,
)

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


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
    assert (rested.before, rested.due, rested.because) == (
        first,
        closing(first + 50 * HOUR),
        "rested",
    )
    assert (handed.before, handed.due) == (rested.due, closing(table.at + 48 * HOUR))
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


def _with_days_off(*days: int) -> Calendar:
    """Know the year 2026 with some more days off in November."""
    known = next(notice for notice in NOTICES if notice.year == 2026)
    more = known.off_days | {date(2026, 11, day) for day in days}
    others = (notice for notice in NOTICES if notice.year != 2026)
    return Calendar((*others, replace(known, off_days=more)))


def _certain() -> Table:
    """Open a case whose desk counts in working days of a year that is known."""
    table = Table(at=MONDAY)
    table.play(replace(complaint(first=None), purchase=given().case.claim.purchase))
    assert not table.clock(ClockKind.TAKE_UP).provisional
    return table


def _all_of_november() -> Calendar:
    return _with_days_off(*range(MONDAY.day, 31))


def test_K9_a_holiday_published_late_moves_a_date_that_was_certain_visibly() -> None:
    table = _certain()
    before = table.clock(ClockKind.TAKE_UP).due
    table.calendar = _all_of_november()

    facts = table.does(AGENT, ask.RederiveClocks)

    assert of(facts, ClockPostponed).because == "calendar-published"
    assert table.clock(ClockKind.TAKE_UP).due > before
    assert table.does(AGENT, ask.RederiveClocks) == ()


def test_K9_a_working_day_published_late_takes_no_time_away() -> None:
    table = Table(at=MONDAY)
    table.calendar = _all_of_november()
    table.play(replace(complaint(first=None), purchase=given().case.claim.purchase))
    before = table.clock(ClockKind.TAKE_UP).due
    table.calendar = _with_days_off()

    assert table.does(AGENT, ask.RederiveClocks) == ()
    assert table.clock(ClockKind.TAKE_UP).due == before


def test_K9_a_calendar_that_did_not_change_moves_nothing() -> None:
    table = _certain()
    table.does(AGENT, ask.TakeUp, person=AGENT.person)
    table.does(AGENT, ask.AskProof, fact="malfunction", of=CONSUMER, why=WORDS)
    table.waits(hours=10)
    table.does(SU, ask.AnswerRequest, request="request-1", text=WORDS)

    assert table.does(AGENT, ask.RederiveClocks) == ()
