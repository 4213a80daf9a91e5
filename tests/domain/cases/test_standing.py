"""What parties allege and admit: whom it binds, and what stays of it."""

import pytest

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import FactStood
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Event
from buckstop.domain.words.ids import FactKey, ProofKind
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, Actor
from buckstop.domain.words.standing import Standing
from tests.domain.cases.cast import (
    AGENT,
    AT_COURIER,
    AT_ISSUER,
    AT_MERCHANT,
    COMPLETE,
    CUSTODIAN,
    ISSUER,
    MERCHANT,
    MISSING,
    NEVER_USED,
    SU,
    Table,
    given,
    given_at_desk,
    given_never_used,
    of,
)

HUMAN = FactKey("human-damage")


def says(
    table: Table, by: Actor, fact: FactKey, standing: Standing, value: str | None = None
) -> tuple[Event, ...]:
    """Let somebody say how a fact stands."""
    return table.does(by, ask.StateFact, fact=fact, standing=standing, value=value)


def test_standing_a_respondent_admits_what_the_consumer_alleges_against_it() -> None:
    table = given()

    stood = of(says(table, AT_MERCHANT, MISSING, Standing.ADMITTED), FactStood)

    assert (stood.standing, stood.by) == (Standing.ADMITTED, MERCHANT)


def test_standing_nobody_admits_what_nobody_alleged() -> None:
    table = given(alleged=())

    with pytest.raises(NotAllowed, match="nothing-to-admit"):
        says(table, AT_MERCHANT, HUMAN, Standing.ADMITTED, "yes")


def test_standing_an_admission_keeps_the_value_that_was_alleged() -> None:
    table = given(alleged=())
    says(table, SU, COMPLETE, Standing.ALLEGED, "no")

    with pytest.raises(NotAllowed, match="admit-as-alleged"):
        says(table, AT_MERCHANT, COMPLETE, Standing.ADMITTED, "yes")
    stood = of(says(table, AT_MERCHANT, COMPLETE, Standing.ADMITTED), FactStood)

    assert stood.value == "no"


def test_standing_who_is_not_bound_by_it_admits_nothing() -> None:
    table = given()
    seq = len(table.log)

    with pytest.raises(NotAllowed, match="not-yours-to-admit"):
        says(table, AT_COURIER, MISSING, Standing.ADMITTED)

    assert len(table.log) == seq


@pytest.mark.parametrize("by", [SU, AGENT])
def test_standing_nobody_admits_its_own_word_and_the_house_admits_nothing(by: Actor) -> None:
    table = given()

    with pytest.raises(NotAllowed, match="admit-others-only"):
        says(table, by, MISSING, Standing.ADMITTED)


def test_standing_the_consumer_admits_what_a_respondent_alleges() -> None:
    table = given()
    says(table, AT_MERCHANT, COMPLETE, Standing.ALLEGED, "yes")

    with pytest.raises(NotAllowed, match="admit-others-only"):
        says(table, AT_MERCHANT, COMPLETE, Standing.ADMITTED)
    stood = of(says(table, SU, COMPLETE, Standing.ADMITTED, "yes"), FactStood)

    assert (stood.by, stood.value) == (CONSUMER, "yes")


def test_standing_a_contrary_allegation_does_not_replace_the_first() -> None:
    table = given(alleged=())
    says(table, SU, COMPLETE, Standing.ALLEGED, "no")

    says(table, AT_MERCHANT, COMPLETE, Standing.ALLEGED, "yes")

    known = table.case.facts.every[COMPLETE]
    assert (known.by, known.value) == (CONSUMER, "no")
    assert [(a.by, a.value) for a in known.alleged] == [(CONSUMER, "no"), (MERCHANT, "yes")]
    with pytest.raises(NotAllowed, match="stands-already"):
        says(table, AT_MERCHANT, COMPLETE, Standing.ALLEGED, "yes")


def test_standing_a_side_may_correct_what_it_alleged_itself() -> None:
    table = given(alleged=())
    says(table, SU, COMPLETE, Standing.ALLEGED, "yes")

    says(table, SU, COMPLETE, Standing.ALLEGED, "no")

    assert table.case.facts.every[COMPLETE].value == "no"


def test_R3_the_consumers_assertion_outlasts_what_the_silent_side_alleged() -> None:
    table = given_never_used()
    says(table, AT_ISSUER, NEVER_USED, Standing.ALLEGED, "no")
    table.does(AGENT, ask.AskProof, fact=NEVER_USED, of=CONSUMER)
    for party in (ISSUER, CUSTODIAN):
        table.served(party)

    stood = [f for f in table.waits(days=4) if isinstance(f, FactStood)]

    assert [(f.standing, f.value) for f in stood] == [(Standing.PRESUMED, "yes")]


def test_standing_what_was_disproved_is_not_alleged_again() -> None:
    table = given_at_desk()
    proof = table.shows(AGENT, ProofKind("packing-record"), MISSING)
    found = {"fact": MISSING, "standing": Standing.DISPROVED, "evidence": (proof,)}
    table.does(AGENT, ask.StateFact, **found)

    with pytest.raises(NotAllowed, match="fact-settled"):
        says(table, SU, MISSING, Standing.ALLEGED)


def test_standing_the_allegation_of_a_supported_refusal_leaves_the_consumers_word() -> None:
    table = given(alleged=(COMPLETE,))
    proof = table.shows(AT_MERCHANT, ProofKind("packing-record"))

    table.does(AT_MERCHANT, ask.Refuse, ground="complete", evidence=(proof,))

    assert table.case.facts.every[COMPLETE].by == CONSUMER
    assert ClockKind.RESPOND not in table.kinds()
