"""Refusals: each ground lists the proof it needs; without it nothing stops."""

from typing import Any

import pytest

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import (
    RefusalMade,
)
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.ids import FactKey, ProofKind
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import PartyRole
from buckstop.domain.words.purchase import Goods, Problem
from tests.domain.cases.cast import (
    AGENT,
    AT_MERCHANT,
    MERCHANT,
    PACKING,
    Table,
    given,
    given_owed,
    of,
)


def test_refusals_a_ground_lists_the_proof_it_needs() -> None:
    table = given()

    said = of(table.does(AT_MERCHANT, ask.Refuse, ground="complete"), RefusalMade)

    assert said.needs == (PACKING, "delivery-record")


def test_refusals_with_the_proof_of_a_listed_ground_answer_the_duty() -> None:
    table = given()
    proof = table.shows(AT_MERCHANT, PACKING)

    table.does(AT_MERCHANT, ask.Refuse, ground="complete", evidence=(proof,))

    assert table.holder == "house/service"
    assert not table.case.tasks.open


def test_refusals_without_proof_are_recorded_counted_and_stop_no_clock() -> None:
    table = given()
    before = table.clock(ClockKind.RESPOND)

    said = of(table.does(AT_MERCHANT, ask.Refuse, ground="complete"), RefusalMade)

    assert not said.supported
    assert len(table.case.refusals.unsupported) == 1
    assert table.clock(ClockKind.RESPOND) == before
    assert table.holder == MERCHANT


def given_broken() -> Table:
    """Open the case of a phone that broke down; the merchant has the ball."""
    return given(problem=Problem.MALFUNCTION, alleged=(), goods=Goods.PHONE)


REPORT = ProofKind("appraisal-report")
DAMAGED: dict[str, Any] = {"ground": "human-damage"}


def test_refusals_a_report_supports_only_from_who_may_issue_it() -> None:
    table = given_broken()
    own = table.shows(AT_MERCHANT, REPORT)

    said = of(table.does(AT_MERCHANT, ask.Refuse, **DAMAGED, evidence=(own,)), RefusalMade)

    assert not said.supported
    assert table.clock(ClockKind.RESPOND).running
    tested = table.shows(AT_MERCHANT, REPORT, issuer=PartyRole.WARRANTY_CENTRE)
    again = of(table.does(AT_MERCHANT, ask.Refuse, **DAMAGED, evidence=(tested,)), RefusalMade)
    assert again.supported


def test_refusals_what_the_desk_accepted_for_the_fact_supports_whoever_issued_it() -> None:
    table = given_broken()
    own = table.shows(AT_MERCHANT, REPORT)
    fact = FactKey("human-damage")
    table.does(AGENT, ask.AcceptProof, evidence=own, fact=fact, kind=REPORT)

    said = of(table.does(AT_MERCHANT, ask.Refuse, **DAMAGED, evidence=(own,)), RefusalMade)

    assert said.supported


def test_refusals_on_no_listed_ground_are_none() -> None:
    with pytest.raises(NotAllowed, match="no-such-ground"):
        given().does(AT_MERCHANT, ask.Refuse, ground="we-do-not-want-to")


def test_refusals_are_not_for_who_owes_a_remedy() -> None:
    with pytest.raises(NotAllowed, match="owes-nothing"):
        given_owed().does(AT_MERCHANT, ask.Refuse, ground="complete")
