"""Contacts unknown or changed: nobody is defaulted whom nobody can reach (K8)."""

from typing import Any

import pytest

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import ContactGiven, FactStood
from buckstop.domain.cases.rules.law import assessment
from buckstop.domain.cases.state.parties import CONTACT_WORKS
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Channel, Event
from buckstop.domain.words.ids import PartyId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, Actor, PartyRole
from tests.domain.cases.cast import (
    AGENT,
    AT_COURIER,
    AT_MERCHANT,
    COMPLETE,
    COURIER,
    MERCHANT,
    OWNER,
    PLATFORM,
    SU,
    WORDS,
    Table,
    given,
    kinds,
    of,
)

NUMBER = (Channel.PHONE,)


def given_unknown(*respondents: PartyId) -> Table:
    """Open a case in which nobody knows how to reach a respondent."""
    table = given(*respondents, reach=())
    table.does(AGENT, ask.TakeUp, person=OWNER)
    return table


def _gives(table: Table, by: Actor, party: PartyId, **fields: Any) -> tuple[Event, ...]:
    told = {"reach": NUMBER, "address": WORDS, **fields}
    return table.does(by, ask.GiveContact, party=party, **told)


def test_K8_who_cannot_be_reached_does_not_begin_with_the_ball() -> None:
    table = given(reach=())

    assert (table.holder, table.case.custody.expected) == ("house/service", "take-up")
    assert not table.case.tasks.open


def test_K8_the_house_has_its_time_to_find_each_whom_nobody_can_reach() -> None:
    table = given(reach=())

    sought = {c.subject for c in table.case.clocks.alive(ClockKind.FIND)}

    assert sought == {f"find-{MERCHANT}", f"find-{COURIER}"}


def test_K8_no_duty_goes_to_a_party_without_a_contact() -> None:
    table = given_unknown()

    with pytest.raises(NotAllowed, match="no-contact"):
        table.passes(AGENT, MERCHANT)
    with pytest.raises(NotAllowed, match="no-contact"):
        table.does(AGENT, ask.AssignTask, debtor=MERCHANT, expected="respond", sentence=WORDS)
    with pytest.raises(NotAllowed, match="no-contact"):
        table.does(AGENT, ask.AskProof, fact=COMPLETE, of=MERCHANT)
    assert table.holder == "house/service"


def test_R3_an_ask_is_not_redirected_to_whom_nobody_can_reach() -> None:
    table = given_unknown()

    table.does(AGENT, ask.AskProof, fact=COMPLETE, of=CONSUMER)

    assert not table.case.requests.open


@pytest.mark.parametrize("by", [AGENT, SU, AT_MERCHANT], ids=["desk", "consumer", "itself"])
def test_K8_the_desk_the_consumer_and_the_party_itself_give_a_contact(by: Actor) -> None:
    table = given_unknown(MERCHANT)

    given_ = of(_gives(table, by, MERCHANT), ContactGiven)

    assert (given_.party, given_.reach) == (MERCHANT, NUMBER)
    assert not table.case.clocks.alive(ClockKind.FIND)
    table.passes(AGENT, MERCHANT)
    assert table.holder == MERCHANT


def test_K8_nobody_gives_the_contact_of_another_respondent() -> None:
    with pytest.raises(NotAllowed, match="not-your-contact"):
        _gives(given(), AT_COURIER, MERCHANT)


def test_K8_the_consumer_turns_away_no_contact_that_works() -> None:
    with pytest.raises(NotAllowed, match="contact-known"):
        _gives(given(), SU, MERCHANT)


def test_K8_a_contact_needs_a_way_to_reach_somebody() -> None:
    with pytest.raises(NotAllowed, match="no-way-told"):
        _gives(given(), AGENT, MERCHANT, reach=())


def test_K8_the_consumer_and_the_desk_change_how_the_consumer_is_reached() -> None:
    table = given()
    for by in (SU, AGENT):
        _gives(table, by, CONSUMER, reach=(Channel.MAIL,))

    assert table.case.parties.members[CONSUMER].reach == (Channel.MAIL,)


def test_K8_a_new_contact_clears_what_failed_at_the_old_one() -> None:
    table = given()
    table.served(MERCHANT, accepted=False)
    table.until_due(ClockKind.RESPOND)
    assert table.case.parties.members[MERCHANT].contact_fails

    _gives(table, SU, MERCHANT)

    member = table.case.parties.members[MERCHANT]
    assert (member.contact_fails, member.failed) == (False, ())


def test_K8_whom_the_house_did_not_find_in_its_time_cannot_be_reached() -> None:
    table = given_unknown(MERCHANT)

    facts = table.until_due(ClockKind.FIND)

    stood = next(f for f in facts if isinstance(f, FactStood) and f.fact == CONTACT_WORKS)
    assert stood.value == MERCHANT
    assert "DecisionPrepared" not in kinds(facts)
    assert table.case.open
    assert table.holder.startswith("house/")


def test_CPL_44_1_the_platform_answers_for_a_seller_whom_nobody_can_reach() -> None:
    table = given_unknown(MERCHANT, PLATFORM)
    assert PartyRole.PLATFORM not in assessment(table.case, table.now).responsible

    table.waits(days=9)

    says = assessment(table.case, table.now)
    assert PartyRole.PLATFORM in says.responsible
    assert "CPL-44-1" in says.every_row
    _gives(table, AGENT, MERCHANT)
    assert PartyRole.PLATFORM not in assessment(table.case, table.now).responsible


@pytest.mark.parametrize("told", [False, True], ids=["still-unknown", "told-meanwhile"])
def test_B5_a_reopened_case_seeks_on_whom_nobody_can_reach_yet(*, told: bool) -> None:
    table = given_unknown(MERCHANT)
    table.does(SU, ask.Withdraw, why="tired")
    if told:
        _gives(table, SU, MERCHANT)

    table.does(SU, ask.Reopen, because="taken-back")

    assert bool(table.case.clocks.alive(ClockKind.FIND)) is not told


def test_an_outside_body_without_a_contact_is_not_sought() -> None:
    table = given()
    body = ask.NewParty(party=PartyId("body"), role=PartyRole.OUTSIDE, name=WORDS)

    table.does(AGENT, ask.JoinParty, party=body)

    assert not table.case.clocks.alive(ClockKind.FIND)
