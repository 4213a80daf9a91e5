"""Joining: one case for one purchase, with all that the other brought."""

from datetime import timedelta
from typing import Any

import pytest

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import (
    CaseAbsorbed,
    Outcome,
)
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Event
from buckstop.domain.words.ids import CaseId, FactKey, PartyId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, HOUSE, PartyRole
from tests.domain.cases.cast import (
    AGENT,
    AT_COURIER,
    AT_MERCHANT,
    BOUGHT,
    COMPLETE,
    COURIER,
    MERCHANT,
    PACKING,
    PLATFORM,
    WORDS,
    Table,
    given,
    given_at_desk,
    of,
)

OTHER = CaseId("case-2")


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


def _asked(table: Table, fact: FactKey, of_party: PartyId, **told: Any) -> ask.JoinedRequest:
    due = {"due": table.at + timedelta(days=2), **told}
    return ask.JoinedRequest(
        fact=fact, of=of_party, by=HOUSE, kinds=(PACKING,), rows=(), why=WORDS, **due
    )


def test_A6_an_open_request_of_the_other_case_goes_over_with_its_clock() -> None:
    table = given()
    theirs = _asked(table, COMPLETE, COURIER)

    _absorb(table, requests=(theirs,))

    (request,) = table.case.requests.open
    clock = table.case.clocks.every[request.clock]
    assert (request.fact, request.of, request.came_with) == (COMPLETE, COURIER, OTHER)
    assert (clock.kind, clock.due) == (ClockKind.PROVE, theirs.due)
    assert table.case.tasks.of(COURIER)
    table.shows(AT_COURIER, PACKING)
    table.does(AT_COURIER, ask.AnswerRequest, request=request.request, evidence=("item-1",))
    assert not table.case.requests.open


def test_A6_a_request_to_the_consumer_goes_over_beside_the_ball() -> None:
    table = given()

    _absorb(table, requests=(_asked(table, BOUGHT, CONSUMER),))

    (request,) = table.case.requests.open_with(CONSUMER)
    assert table.case.clocks.every[request.clock].kind is ClockKind.ANSWER
    assert table.holder == MERCHANT
    assert not table.clock(ClockKind.RESPOND).running


def test_A6_of_one_fact_asked_in_both_cases_the_earlier_due_time_wins() -> None:
    table = given_at_desk()
    table.does(AGENT, ask.AskProof, fact=COMPLETE, of=MERCHANT)
    soon = table.at + timedelta(hours=3)

    _absorb(table, requests=(_asked(table, COMPLETE, MERCHANT, due=soon),))

    assert len(table.case.requests.every) == 1
    assert table.clock(ClockKind.PROVE).due == soon


def test_R2_what_was_answered_here_is_not_asked_again_because_of_a_joining() -> None:
    table = given_at_desk()
    table.does(AGENT, ask.AskProof, fact=COMPLETE, of=MERCHANT)
    item = table.shows(AT_MERCHANT, PACKING)
    table.does(AT_MERCHANT, ask.AnswerRequest, request="request-1", evidence=(item,))

    _absorb(table, requests=(_asked(table, COMPLETE, MERCHANT),))

    assert not table.case.requests.open


def test_A6_undoing_gives_the_requests_back_to_the_other_case() -> None:
    first, second = given_at_desk(), given_at_desk()
    second.does(AGENT, ask.AskProof, fact=COMPLETE, of=MERCHANT)
    _absorb(first, requests=(_asked(first, COMPLETE, MERCHANT),))
    second.does(AGENT, ask.JoinInto, into=CaseId("case-1"), head="1" * 64)

    first.does(AGENT, ask.UndoJoin, other=OTHER)
    second.does(AGENT, ask.UndoJoin, other=CaseId("case-1"))

    assert (first.case.requests.open, first.case.tasks.of(MERCHANT)) == ((), None)
    assert ClockKind.PROVE not in first.kinds()
    (request,) = second.case.requests.open
    assert (request.fact, request.of) == (COMPLETE, MERCHANT)
    assert second.case.tasks.of(MERCHANT)
