"""Two cases of one consumer and purchase: found, joined, taken up after a crash, undone."""

from datetime import UTC, datetime, timedelta
from typing import Never

import pytest
from django.db import connection

from buckstop.clockwork.joining import resume
from buckstop.domain.cases import commands as ask
from buckstop.domain.cases import events as fact
from buckstop.domain.cases.state.case import Case, replay
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Entry, Event
from buckstop.domain.words.ids import CaseId, ProofKind
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, PartyRole
from buckstop.records.cases import joining, matches
from buckstop.records.cases.handle import handle
from buckstop.records.cases.matches import Match
from buckstop.records.cases.queries import case_page
from buckstop.records.evidence.actions import receive
from buckstop.records.evidence.queries import served
from buckstop.records.log import store
from buckstop.records.log.isolation import inside
from buckstop.records.people import access
from buckstop.records.people.vault import seal
from tests.records.cases import builders
from tests.records.cases.builders import BOUGHT, COURIER, MERCHANT, Cast, a_case, key, said

pytestmark = pytest.mark.django_db
FILE = b"an invoice, not a picture"


@pytest.fixture
def cast() -> Cast:
    return builders.house()


def complained(cast: Cast, at: datetime | None = None, **other: str) -> CaseId:
    """Open a case of the same purchase, but for some words."""
    return a_case(cast, at, bought={**BOUGHT, **other}, first=None)


def match_of(cast: Cast, case: CaseId) -> Match | None:
    with inside(cast.house):
        return matches.same_purchase(cast.house, case)


def log_of(cast: Cast, case: CaseId) -> tuple[Entry, ...]:
    with inside(cast.house):
        return store.read(store.head(case))


def state_of(cast: Cast, case: CaseId) -> Case:
    return replay(log_of(cast, case))


def joined(cast: Cast, first: CaseId, later: CaseId) -> None:
    joining.join(cast.house, first, later, cast.agent_acts)


def count(cast: Cast, case: CaseId, kind: type[Event]) -> int:
    return sum(isinstance(entry.event, kind) for entry in log_of(cast, case))


def die(*_: object) -> Never:
    raise SystemExit


# --- finding --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"contact": "+86 138-0000-0000", "order_no": "a 20260712 0417"},
        {"shop": "青屿数码", "item": "手机"},
    ],
)
def test_the_same_contact_and_order_number_are_certainly_the_first_case(
    cast: Cast, typed: dict[str, str]
) -> None:
    first, later = complained(cast), a_case(cast, bought={**BOUGHT, **typed})

    match = match_of(cast, later)

    assert match is not None
    assert (match.case, match.certain) == (first, True)
    assert match_of(cast, first) is None


def test_an_address_is_the_same_however_it_is_capitalised(cast: Cast) -> None:
    complained(cast, contact="Lin@Mail.Example")

    assert match_of(cast, complained(cast, contact=" lin@mail.example")) is not None


def test_the_same_thing_without_an_order_number_is_for_somebody_to_judge(cast: Cast) -> None:
    first, later = complained(cast), complained(cast, order_no="", item="远帆 手机")

    match = match_of(cast, later)

    assert match is not None
    assert (match.case, match.certain) == (first, False)


@pytest.mark.parametrize(
    "other", [{"contact": "13800000001"}, {"order_no": "B-1"}, {"order_no": "", "item": "耳机"}]
)
def test_another_consumer_order_or_thing_is_another_purchase(
    cast: Cast, other: dict[str, str]
) -> None:
    complained(cast)

    assert match_of(cast, a_case(cast, bought={**BOUGHT, **other})) is None


def test_who_left_no_contact_is_nobody_known(cast: Cast) -> None:
    complained(cast, contact="")

    assert match_of(cast, complained(cast, contact="")) is None


def test_cases_of_two_houses_never_match(cast: Cast) -> None:
    complained(cast)
    elsewhere = builders.house()

    assert match_of(elsewhere, complained(elsewhere)) is None


def test_the_marks_of_two_houses_cannot_be_compared_and_tell_nothing(cast: Cast) -> None:
    kept: set[bytes] = set()
    for at in (cast, builders.house()):
        case = complained(at)
        with inside(at.house), connection.cursor() as cursor:
            cursor.execute("SELECT contact, order_no, item FROM cases_mark")
            marks = {bytes(mark) for row in cursor.fetchall() for mark in row}
        assert len(marks) == 3
        assert not any(b"138" in mark or "远帆".encode() in mark for mark in marks)
        assert not kept & marks
        assert case
        kept |= marks


def withdrawn(days_ago: int) -> tuple[Cast, CaseId]:
    """Let a consumer give a case up some days ago."""
    cast, then = builders.house(demo=True), datetime.now(UTC) - timedelta(days=days_ago)
    case = complained(cast, then - timedelta(hours=1))
    with inside(cast.house):
        handle(case, ask.Withdraw(by=cast.consumer_acts, key=key(), why="tired"), at=then)
    return cast, case


def test_a_case_that_ended_within_the_window_is_found_and_nothing_is_certain() -> None:
    cast, first = withdrawn(days_ago=29)

    match = match_of(cast, complained(cast))

    assert match is not None
    assert (match.case, match.certain) == (first, False)


def test_a_case_that_ended_before_the_window_is_not_found() -> None:
    cast, _ = withdrawn(days_ago=31)

    assert match_of(cast, complained(cast)) is None


# --- joining --------------------------------------------------------------------------------


def test_joining_ends_the_later_case_in_the_first_and_each_names_the_others_log(
    cast: Cast,
) -> None:
    first, later = complained(cast), complained(cast)
    with inside(cast.house):
        head = store.head(later).digest.hex()

    joined(cast, first, later)

    absorbed = next(e.event for e in log_of(cast, first) if isinstance(e.event, fact.CaseAbsorbed))
    went = next(e.event for e in log_of(cast, later) if isinstance(e.event, fact.CaseJoined))
    with inside(cast.house):
        assert (absorbed.other, absorbed.head) == (later, head)
        assert (went.into, went.head) == (first, store.head(first).digest.hex())
    assert state_of(cast, first).open
    assert state_of(cast, later).closing.outcome is fact.Outcome.JOINED


def test_joining_brings_the_story_where_the_consumer_of_the_first_case_reads_it(
    cast: Cast,
) -> None:
    first, later = complained(cast), complained(cast)

    joined(cast, first, later)

    with inside(cast.house):
        page = case_page(first, access.consumer(cast.house, first))
    assert page.stories == ("九月五日晚突然黑屏。", "九月五日晚突然黑屏。")


def test_joining_brings_every_file_that_was_sent(cast: Cast) -> None:
    first, later = complained(cast), complained(cast)
    with inside(cast.house):
        receipt = receive(cast.house, later, CONSUMER, name="发票.txt", pieces=[FILE])
        file = ask.SubmitEvidence(
            by=cast.consumer_acts,
            key=key(),
            kind=ProofKind("invoice"),
            name=receipt.name,
            media_type=receipt.media_type,
            size=receipt.size,
            sha256=receipt.sha256,
            sm3=receipt.sm3,
        )
        handle(later, file)

    joined(cast, first, later)

    (item,) = state_of(cast, first).evidence.every.values()
    assert (item.by, item.kind, item.sha256) == (CONSUMER, "invoice", receipt.sha256)
    with inside(cast.house):
        consumer = access.consumer(cast.house, first)
        found = served(first, item.sha256, consumer, submitted=True)
        assert b"".join(found.pieces) == FILE


def test_joining_brings_a_party_and_the_duty_that_it_has(cast: Cast) -> None:
    first, later = complained(cast), a_case(cast, bought=BOUGHT, first=MERCHANT)
    due = state_of(cast, later).clocks.alive(ClockKind.RESPOND)[0].due
    with inside(cast.house):
        courier = ask.NewParty(party=COURIER, role=PartyRole.COURIER, name=seal(later, "飞羽快递"))
        handle(later, ask.JoinParty(by=cast.agent_acts, key=key(), party=courier))

    joined(cast, first, later)

    after = state_of(cast, first)
    assert COURIER in after.parties.members
    assert after.tasks.debtors == (MERCHANT,)
    assert after.clocks.alive(ClockKind.RESPOND)[0].due == due


def test_joining_again_does_nothing_twice(cast: Cast) -> None:
    first, later = complained(cast), complained(cast)
    for _ in range(2):
        joined(cast, first, later)

    assert count(cast, first, fact.CaseAbsorbed) == 1
    assert count(cast, later, fact.CaseJoined) == 1


def test_joining_reopens_a_first_case_that_was_closed(cast: Cast) -> None:
    first = complained(cast)
    with inside(cast.house):
        handle(first, ask.Withdraw(by=cast.consumer_acts, key=key(), why="tired"))
    later = complained(cast)

    joined(cast, first, later)

    assert state_of(cast, first).open
    assert count(cast, first, fact.CaseReopened) == 1


def test_joining_is_refused_for_another_purchase_and_leaves_no_trace(cast: Cast) -> None:
    first, later = complained(cast), complained(cast, order_no="B-1")
    before = len(log_of(cast, first))

    with pytest.raises(NotAllowed, match="not-the-same-purchase"):
        joined(cast, first, later)

    assert len(log_of(cast, first)) == before
    assert state_of(cast, later).open


# --- crashes --------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_joining_that_dies_between_the_cases_is_brought_to_its_end_by_the_clockwork(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, later = complained(cast), complained(cast)
    with monkeypatch.context() as patch:
        patch.setattr(joining, "settle", die)
        with pytest.raises(SystemExit):
            joined(cast, first, later)
    assert count(cast, first, fact.CaseAbsorbed) == 1
    assert state_of(cast, later).open

    assert resume() == 1
    assert resume() == 0
    joined(cast, first, later)

    assert count(cast, first, fact.CaseAbsorbed) == 1
    assert count(cast, later, fact.CaseJoined) == 1
    assert state_of(cast, later).closing.joined_into == first


@pytest.mark.django_db(transaction=True)
def test_undoing_that_dies_between_the_cases_is_brought_to_its_end_by_the_clockwork(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, later = complained(cast), complained(cast)
    joined(cast, first, later)
    with monkeypatch.context() as patch:
        patch.setattr(joining, "settle", die)
        with pytest.raises(SystemExit):
            joining.undo(cast.house, first, later, cast.agent_acts)
    assert state_of(cast, later).open
    assert state_of(cast, first).closing.absorbed == (later,)

    assert resume() == 1

    assert state_of(cast, first).closing.absorbed == ()
    assert state_of(cast, later).open
    assert count(cast, later, fact.CaseJoined) == 1


@pytest.mark.django_db(transaction=True)
def test_a_later_case_that_ended_meanwhile_is_let_go(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, later = complained(cast), complained(cast)
    with monkeypatch.context() as patch:
        patch.setattr(joining, "settle", die)
        with pytest.raises(SystemExit):
            joined(cast, first, later)
    with inside(cast.house):
        handle(later, ask.Withdraw(by=cast.consumer_acts, key=key(), why="solved"))

    resume()

    assert state_of(cast, first).closing.absorbed == ()
    assert state_of(cast, later).closing.outcome is fact.Outcome.WITHDRAWN_SOLVED


# --- undoing and linking --------------------------------------------------------------------


def test_undoing_lets_the_later_case_go_on_and_it_can_be_joined_again(cast: Cast) -> None:
    first, later = complained(cast), complained(cast)
    joined(cast, first, later)

    joining.undo(cast.house, first, later, cast.agent_acts)
    with inside(cast.house):
        handle(later, said(cast, later, "还没好。", by=cast.consumer_acts))
    assert state_of(cast, later).open
    assert state_of(cast, first).closing.absorbed == ()
    joined(cast, first, later)

    assert state_of(cast, later).closing.joined_into == first
    assert state_of(cast, first).closing.absorbed == (later,)


def test_undoing_what_was_never_joined_is_refused(cast: Cast) -> None:
    first, later = complained(cast), complained(cast)

    with pytest.raises(NotAllowed, match="not-joined"):
        joining.undo(cast.house, first, later, cast.agent_acts)


def test_linking_is_noted_in_both_cases_once(cast: Cast) -> None:
    first, later = complained(cast), complained(cast, order_no="B-1")
    with inside(cast.house):
        for _ in range(2):
            joining.link(first, later, cast.agent_acts)

    assert state_of(cast, first).closing.linked == (later,)
    assert state_of(cast, later).closing.linked == (first,)
