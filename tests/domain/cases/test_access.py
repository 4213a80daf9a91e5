"""Access: who may do what, and what a program may not do alone."""

from dataclasses import replace
from typing import Any

import pytest

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import NoticeKind, PromiseKind
from buckstop.domain.words.calendar import Span, Unit
from buckstop.domain.words.ids import CaseId, DeskId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, Actor, PartyRole
from buckstop.domain.words.standing import Standing
from tests.domain.cases.cast import (
    AGENT,
    AT_COURIER,
    AT_MERCHANT,
    BOSS,
    BOT,
    COMPLETE,
    COURIER,
    FINANCE,
    HEAD,
    MERCHANT,
    MISSING,
    PACKING,
    PLATFORM,
    STRANGER,
    SU,
    WORDS,
    Table,
    complaint,
    given,
    given_asked_by_merchant,
    given_at_desk,
)

NEWCOMER = ask.NewParty(party=PLATFORM, role=PartyRole.PLATFORM, name=WORDS)


@pytest.mark.parametrize(
    ("command", "fields"),
    [
        (ask.StateFact,
         {"fact": MISSING, "standing": Standing.PROVEN, "evidence": ("item-1",)}),
        (ask.StateFact,
         {"fact": MISSING, "standing": Standing.DISPROVED, "evidence": ("item-1",)}),
        (ask.AcceptProof, {"evidence": "item-1", "fact": COMPLETE, "kind": PACKING}),
        (ask.PassBall,
         {"to": MERCHANT, "reason": "forwarded", "expected": "respond", "sentence": WORDS}),
        (ask.AssignTask, {"debtor": COURIER, "expected": "respond", "sentence": WORDS}),
        (ask.ChangeOwner, {"owner": HEAD, "deputy": None, "reason": WORDS}),
        (ask.CloseUnreachable, {}),
        (ask.JoinInto, {"into": CaseId("case-2"), "head": "0" * 64}),
    ],
)  # fmt: skip
def test_access_a_bot_neither_finds_facts_nor_moves_the_ball_out_nor_ends_a_case(
    command: type[ask.Command], fields: dict[str, Any]
) -> None:
    table = given_at_desk()
    table.shows(AT_MERCHANT, PACKING)
    table.served(CONSUMER, kind=NoticeKind.REMINDER, accepted=False)

    with pytest.raises(NotAllowed, match="person-only"):
        table.does(BOT, command, **fields)
    assert table.does(AGENT, command, **fields)


def test_access_a_bot_may_hand_a_case_from_desk_to_desk() -> None:
    table = given_at_desk()

    table.passes(BOT, FINANCE)

    assert table.holder == "house/finance"


@pytest.mark.parametrize("by", [AT_COURIER, STRANGER])
def test_access_who_has_no_ball_to_pass_brings_no_party_in(by: Actor) -> None:
    with pytest.raises(NotAllowed, match="not-holder"):
        given().does(by, ask.JoinParty, party=NEWCOMER)


def test_access_the_consumer_brings_no_party_in() -> None:
    table = given()
    with pytest.raises(NotAllowed, match="not-holder"):
        table.does(SU, ask.JoinParty, party=NEWCOMER)
    table = given_asked_by_merchant()
    assert table.holder == CONSUMER

    with pytest.raises(NotAllowed, match="consumer-passes-nothing"):
        table.does(SU, ask.JoinParty, party=NEWCOMER)


@pytest.mark.parametrize("by", [AT_MERCHANT, AGENT, BOSS])
def test_access_the_house_and_the_holder_bring_a_party_in(by: Actor) -> None:
    table = given()

    table.does(by, ask.JoinParty, party=NEWCOMER)

    assert PLATFORM in table.case.parties.members


def test_access_the_ball_goes_to_no_desk_that_the_house_has_not_published() -> None:
    table = given_at_desk()

    with pytest.raises(NotAllowed, match="no-such-desk"):
        table.does(
            AGENT,
            ask.PassBall,
            desk=DeskId("basement"),
            reason="forwarded",
            expected="respond",
            sentence=WORDS,
        )
    table.passes(AGENT, FINANCE)
    assert table.holder == "house/finance"


def test_access_a_case_begins_at_no_desk_that_the_house_has_not_published() -> None:
    with pytest.raises(NotAllowed, match="no-such-desk"):
        Table().play(replace(complaint(), desk=DeskId("basement")))


HELD: dict[type[ask.Command], dict[str, Any]] = {
    ask.PassBall: {
        "to": MERCHANT, "reason": "forwarded", "expected": "respond", "sentence": WORDS,
    },
    ask.AssignTask: {"debtor": MERCHANT, "expected": "respond", "sentence": WORDS},
    ask.AskProof: {"fact": COMPLETE, "of": MERCHANT},
    ask.Promise: {"kind": PromiseKind.ANSWER, "text": WORDS},
}  # fmt: skip


@pytest.mark.parametrize("command", list(HELD))
@pytest.mark.parametrize(
    ("span", "fits"),
    [
        (Span(-5, Unit.DAYS), False),
        (Span(0, Unit.HOURS), False),
        (Span(1, Unit.HOURS), True),
        (Span(30, Unit.DAYS), True),
        (Span(31, Unit.WORKING_DAYS), False),
        (Span(10**12, Unit.DAYS), False),
    ],
)
def test_access_a_time_given_by_hand_is_within_the_published_least_and_most(
    *, command: type[ask.Command], span: Span, fits: bool
) -> None:
    table = given_at_desk()

    if fits:
        assert table.does(AGENT, command, **HELD[command], span=span)
        return
    with pytest.raises(NotAllowed, match="span-out-of-range") as no:
        table.does(AGENT, command, **HELD[command], span=span)
    assert no.value.data == {"least": 1, "most": 30}
