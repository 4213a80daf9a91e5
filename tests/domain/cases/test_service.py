"""Service: nobody loses for a duty that never reached them (K8)."""

from typing import Any

import pytest

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import (
    FactStood,
    NoticeKind,
)
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Channel
from buckstop.domain.words.ids import ClockId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CLOCKWORK, Actor
from buckstop.domain.words.standing import Standing
from tests.domain.cases.cast import (
    AGENT,
    AT_COURIER,
    AT_MERCHANT,
    BOSS,
    BOT,
    COMPLETE,
    COURIER,
    MERCHANT,
    WORDS,
    Table,
    given,
    given_at_desk,
    kinds,
    of,
)


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
