"""Appeals: something new, a clock and a decider of their own."""

import pytest

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import (
    BallMoved,
    CaseClosed,
    Outcome,
)
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.ids import PersonId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import HOUSE, Actor, Role
from tests.domain.cases.cast import (
    AGENT,
    AT_MERCHANT,
    BOSS,
    OTHER_AGENT,
    PACKING,
    RULES,
    SU,
    WORDS,
    of,
)
from tests.domain.cases.decided import (
    AGAINST_HER,
    FOR_HER,
    given_decided,
    given_decided_against,
    given_frozen,
)

NEW_BOSS = Actor(role=Role.SUPERVISOR, party=HOUSE, person=PersonId("new-boss"), desk=BOSS.desk)


def test_an_appeal_needs_something_new() -> None:
    table = given_decided()

    with pytest.raises(NotAllowed, match="appeal-needs-something-new"):
        table.does(SU, ask.Appeal, text=WORDS)


def test_an_appeal_has_its_own_clock_and_brings_the_ball_to_the_supervisor() -> None:
    table = given_decided()
    proof = table.shows(AT_MERCHANT, PACKING)

    table.does(AT_MERCHANT, ask.Appeal, text=WORDS, evidence=(proof,))

    assert table.holder == "house/supervision"
    assert ClockKind.APPEAL_DECIDE in table.kinds()
    assert ClockKind.FULFIL not in table.kinds()


def test_an_appeal_against_a_supervisor_s_own_decision_waits_for_another_of_the_desk() -> None:
    table = given_frozen()
    table.does(AGENT, ask.ProposeDecision, **FOR_HER)
    table.does(BOSS, ask.SignDecision, decision="decision-1")
    proof = table.shows(AT_MERCHANT, PACKING)

    moved = of(table.does(AT_MERCHANT, ask.Appeal, text=WORDS, evidence=(proof,)), BallMoved)

    assert (moved.to.desk, moved.to.person) == (RULES.supervisor_desk, None)


@pytest.mark.parametrize("decider", [AGENT, OTHER_AGENT])
def test_an_appeal_is_decided_by_somebody_who_neither_wrote_nor_signed(decider: Actor) -> None:
    table = given_decided()
    proof = table.shows(AT_MERCHANT, PACKING)
    table.does(AT_MERCHANT, ask.Appeal, text=WORDS, evidence=(proof,))
    table.does(BOSS, ask.FreezeRecord)

    with pytest.raises(NotAllowed, match="another-decider-needed"):
        table.does(decider, ask.ProposeDecision, **AGAINST_HER)
    table.does(BOSS, ask.ProposeDecision, **FOR_HER)
    with pytest.raises(NotAllowed, match="another-decider-needed"):
        table.does(decider, ask.SignDecision, decision="decision-2")
    assert table.does(NEW_BOSS, ask.SignDecision, decision="decision-2")


def test_an_appeal_can_reverse_the_first_decision() -> None:
    table = given_decided()
    proof = table.shows(AT_MERCHANT, PACKING)
    table.does(AT_MERCHANT, ask.Appeal, text=WORDS, evidence=(proof,))
    table.does(BOSS, ask.FreezeRecord)

    table.does(BOSS, ask.ProposeDecision, **AGAINST_HER)
    facts = table.does(NEW_BOSS, ask.SignDecision, decision="decision-2")

    assert of(facts, CaseClosed).outcome is Outcome.DECIDED_AGAINST
    assert not table.case.remedies.open


def test_an_appeal_reopens_a_case_that_the_decision_closed() -> None:
    table = given_decided_against()
    proof = table.shows(SU, PACKING)

    table.does(SU, ask.Appeal, text=WORDS, evidence=(proof,))

    assert table.case.open
    assert table.holder == "house/supervision"


def test_an_appeal_comes_within_its_time_and_once() -> None:
    table = given_decided_against()
    proof = table.shows(SU, PACKING)
    table.waits(days=16)

    with pytest.raises(NotAllowed, match="appeal-too-late"):
        table.does(SU, ask.Appeal, text=WORDS, evidence=(proof,))


def test_an_appeal_received_in_time_counts_though_it_is_recorded_late() -> None:
    table = given_decided_against()
    proof = table.shows(SU, PACKING)
    in_time = table.at
    table.waits(days=16)

    assert table.does(SU, ask.Appeal, text=WORDS, evidence=(proof,), received_at=in_time)


def test_the_house_does_not_appeal_against_itself() -> None:
    table = given_decided()
    proof = table.shows(AGENT, PACKING)

    with pytest.raises(NotAllowed, match="parties-only"):
        table.does(AGENT, ask.Appeal, text=WORDS, evidence=(proof,))
