"""The index of cases that were played through the rules, not written by hand."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from itertools import pairwise

import pytest

from buckstop.domain.buck_passing.from_case import trail_of
from buckstop.domain.buck_passing.index import Index, score
from buckstop.domain.buck_passing.trail import Term
from buckstop.domain.cases import commands as ask
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.ids import PartyId
from buckstop.domain.words.party import HOUSE, Actor, Role
from tests.domain.cases.cast import (
    AGENT,
    AT_COURIER,
    AT_ISSUER,
    AT_MERCHANT,
    BOSS,
    COURIER,
    FINANCE,
    ISSUER,
    MERCHANT,
    ORDER,
    PLATFORM,
    RULES,
    SERVICE,
    SU,
    SUPERVISION,
    WORDS,
    Table,
    given,
    given_asked_by_merchant,
    given_at_desk,
    given_kicked,
    given_return_received,
)

NEVER_TAKEN_OVER = replace(RULES, takeover_kicks=None, takeover_passes=None)
AT = {
    MERCHANT: AT_MERCHANT,
    COURIER: AT_COURIER,
    ISSUER: AT_ISSUER,
    PLATFORM: Actor(role=Role.RESPONDENT, party=PLATFORM),
    HOUSE: AGENT,
}


def index_of(table: Table) -> Index:
    return score(trail_of(table.log, table.at))


@pytest.mark.parametrize(
    "between",
    [(COURIER, PLATFORM), (COURIER, PLATFORM, HOUSE), (COURIER, PLATFORM, ISSUER, HOUSE)],
)
def test_a_loop_of_three_to_five_is_one_kick_of_who_closes_it(between: Sequence[PartyId]) -> None:
    table = given(MERCHANT, COURIER, PLATFORM, ISSUER, rules=NEVER_TAKEN_OVER)
    path = (MERCHANT, *between, MERCHANT)

    for holder, to in pairwise(path):
        table.passes(AT[holder], to)

    (kick,) = index_of(table).kicks
    closer = "house/service" if path[-2] == HOUSE else path[-2]
    assert kick.charged_to == ((closer, Fraction(1)),)
    assert table.case.custody.kicks == 1


def test_a_first_visit_of_a_desk_off_the_ladder_without_progress_is_an_idle_pass() -> None:
    table = given_at_desk()

    table.passes(AGENT, FINANCE)

    assert index_of(table).by_party() == {"house/service": Fraction(1, 4)}


def test_a_first_visit_up_the_ladder_is_nothing() -> None:
    table = given_at_desk()

    table.passes(AGENT, SUPERVISION)

    assert index_of(table).points == 0


def test_a_return_by_way_of_the_consumer_is_a_kick_of_who_closes_the_loop() -> None:
    table = given_asked_by_merchant(rules=NEVER_TAKEN_OVER)
    table.does(SU, ask.AnswerRequest, request="request-1", text=WORDS)

    table.passes(AT_MERCHANT, COURIER)
    table.passes(AT_COURIER, MERCHANT)

    (kick,) = index_of(table).kicks
    assert (kick.from_node, kick.to_node) == (COURIER, MERCHANT)


def test_a_supervisor_who_sends_it_back_and_forth_charges_nobody_a_kick() -> None:
    table = given_at_desk()
    table.passes(AGENT, FINANCE)

    table.passes(BOSS, SERVICE)
    table.passes(BOSS, FINANCE)

    assert Term.KICK not in index_of(table).by_term()


def test_a_term_of_the_law_is_late_until_its_debtor_has_delivered() -> None:
    table = given_return_received()
    due = table.clock(ClockKind.STATUTORY).due
    table.does(AT_MERCHANT, ask.AgreeClaim, fulfil_days=30)
    table.until(due + timedelta(days=7))
    proof = table.shows(AT_MERCHANT, ORDER)
    table.does(AT_MERCHANT, ask.ProveFulfilment, remedy="remedy-1", evidence=proof)

    table.waits(days=5)

    assert index_of(table).by_party() == {MERCHANT: Fraction(3, 2)}


def test_a_takeover_neither_kicks_nor_takes_a_kick_away() -> None:
    table = given_kicked()
    before = index_of(table).value

    table.does(BOSS, ask.TakeOver)

    assert index_of(table).value == before == 20


def test_K8_whoever_was_never_reached_has_missed_nothing() -> None:
    table = given()

    table.waits(days=5)

    assert [c for c in trail_of(table.log, table.at).charges if c.party == MERCHANT] == []


def test_K8_whoever_was_reached_has_missed_its_due_time() -> None:
    table = given()
    table.served(MERCHANT)

    table.waits(days=5)

    (charge,) = (c for c in trail_of(table.log, table.at).charges if c.party == MERCHANT)
    assert charge.term is Term.MISSED_DUE
