"""Telling people, exactly once."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from time import monotonic

import pytest
from django.db import connection

from buckstop.clockwork import notices, sending
from buckstop.clockwork.lapses import sweep
from buckstop.clockwork.transport import Demo, Linked
from buckstop.domain.cases.commands import GiveContact
from buckstop.domain.cases.events import NoticeFailed, NoticeKind, NoticeServed, PacketReleased
from buckstop.domain.words.event import Channel, Entry
from buckstop.domain.words.ids import CaseId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, HOUSE, Actor
from buckstop.records.cases import queries
from buckstop.records.cases.actions import CONTACT_CHANGED, PACKET_RELEASED, Notice
from buckstop.records.cases.due import clocks_ahead, letters
from buckstop.records.cases.handle import handle
from buckstop.records.houses.actions import open_house, set_clock_ahead
from buckstop.records.log import store
from buckstop.records.log.forms import NotReadable
from buckstop.records.log.isolation import inside
from buckstop.records.people.links import open_link
from tests.records.cases.builders import (
    MERCHANT,
    NAME,
    Cast,
    a_case,
    house,
    key,
    passed_to,
    sealed,
)


class Deaf:
    """A transport that reaches nobody."""

    name = "deaf"
    keeps_links = False

    def send(self, notice: Notice, link: str) -> bool:
        del notice, link
        return False

    def send_gathered(self, key: str, parts: Sequence[Linked]) -> bool:
        del key, parts
        return False


class Failing:
    """A transport that fails for one case."""

    name = "failing"
    keeps_links = False

    def __init__(self, case: CaseId) -> None:
        """Fail for this case."""
        self.case = case

    def send(self, notice: Notice, link: str) -> bool:
        del link
        if notice.case == self.case:
            raise ConnectionResetError
        return True

    def send_gathered(self, key: str, parts: Sequence[Linked]) -> bool:
        del key
        return all(self.send(part.notice, part.link) for part in parts)


# The follower holds back what running transactions might still add to.
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    return house(demo=True)


def follow() -> None:
    """Follow the log; the server's own housekeeping may hold that up for a moment."""
    give_up = monotonic() + 10
    while not notices.follow() and monotonic() < give_up:
        pass


def events_of(cast: Cast, case: CaseId) -> list[object]:
    """List what happened in a case."""
    with inside(cast.house):
        return [entry.event for entry in store.read(store.head(case))]


def test_who_must_act_is_served_on_every_channel_and_so_counts_as_reached(cast: Cast) -> None:
    case = a_case(cast)
    follow()
    assert sending.send(Demo()).given == 2
    served = [e for e in events_of(cast, case) if isinstance(e, NoticeServed)]
    assert {event.via for event in served} == {"chat", "phone"}
    assert {event.party for event in served} == {MERCHANT}
    with inside(cast.house):
        page = queries.case_page(case, cast.agent_looks)
    assert page.parties[MERCHANT].reached


def test_following_and_sending_again_sends_nothing_twice(cast: Cast) -> None:
    case = a_case(cast)
    follow()
    for _ in range(3):
        sending.send(Demo())
        notices.follow()
    assert sum(isinstance(e, NoticeServed) for e in events_of(cast, case)) == 2


def test_what_the_transport_did_not_accept_does_not_count(cast: Cast) -> None:
    case = a_case(cast)
    follow()
    sending.send(Deaf())
    events = events_of(cast, case)
    assert not any(isinstance(event, NoticeServed) for event in events)
    assert sum(isinstance(event, NoticeFailed) for event in events) == 2


def test_a_reminder_goes_out_once_before_the_lapse(cast: Cast) -> None:
    case = a_case(cast)
    assert notices.remind() == 0
    with inside(cast.house):
        turn = queries.case_page(case, cast.agent_looks).turn
        assert turn is not None
        assert turn.due is not None
        left = turn.due - queries.time_of(cast.house)
        set_clock_ahead(cast.house, left - timedelta(hours=23))
    assert notices.remind() == 1
    assert notices.remind() == 0
    sending.send(Demo())
    reminders = [
        event
        for event in events_of(cast, case)
        if isinstance(event, NoticeServed) and event.kind is NoticeKind.REMINDER
    ]
    assert {event.about for event in reminders} == {turn.clock}
    assert len(reminders) == 2


def test_a_letter_of_the_demonstration_opens_the_case_for_who_got_it(cast: Cast) -> None:
    case = a_case(cast)
    follow()
    sending.send(Demo())
    with inside(cast.house):
        letter = letters(cast.agent_looks)[0]
    opened = open_link(letter.link, at=datetime.now(UTC))
    assert opened.case == case
    assert opened.viewer.party == MERCHANT
    assert letter.transport == "demo"
    with inside(cast.house), connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(n::text, '') FROM cases_notice n")
        (stored,) = cursor.fetchone()
    assert letter.link not in stored
    assert letter.link.encode().hex() not in stored
    assert letter.title == "手机黑屏，店家不给保修"


def test_nobody_is_told_of_a_clock_that_has_ended_meanwhile(cast: Cast) -> None:
    case = a_case(cast, at=datetime(2026, 10, 12, 2, tzinfo=UTC))
    sweep()
    follow()
    with inside(cast.house):
        page = queries.case_page(case, cast.agent_looks)
        told = {letter.notice.about for letter in letters(cast.agent_looks)}
    ended = {clock.clock for clock in page.clocks if clock.ended}
    assert ended
    assert not told & ended


def unreadable(case: CaseId, patch: pytest.MonkeyPatch) -> None:
    """Let one case be as if a newer program had written it."""
    read = store.read

    def stops(head: store.Head) -> tuple[Entry, ...]:
        if head.case == case:
            raise NotReadable
        return read(head)

    patch.setattr(store, "read", stops)


def letters_about(cast: Cast, case: CaseId) -> int:
    with inside(cast.house):
        return sum(letter.notice.case == case for letter in letters(cast.agent_looks))


def test_a_case_that_cannot_be_read_holds_up_nobody_and_is_made_good_later(cast: Cast) -> None:
    broken, sound = a_case(cast), a_case(cast)
    with pytest.MonkeyPatch.context() as patch:
        unreadable(broken, patch)
        follow()
        assert letters_about(cast, broken) == 0
        assert letters_about(cast, sound) == 2
        assert notices.follow_again() == 0
    assert notices.follow_again() > 0
    assert letters_about(cast, broken) == 2
    assert notices.follow_again() == 0


def test_a_house_that_has_published_nothing_keeps_no_other_from_its_reminders(
    cast: Cast,
) -> None:
    open_house(slug="aaa", prefix="AAA", name=NAME)  # the first in order
    a_case(cast)
    with inside(cast.house):
        (ahead,) = clocks_ahead(
            cast.house, at=queries.time_of(cast.house), within=timedelta(days=30)
        )
        left = ahead.due - queries.time_of(cast.house)
        set_clock_ahead(cast.house, left - timedelta(hours=23))
    assert notices.remind() == 1


def test_a_transport_that_fails_for_one_case_sends_the_others_and_is_tried_again(
    cast: Cast,
) -> None:
    broken, sound = a_case(cast), a_case(cast)
    follow()
    sent = sending.send(Failing(broken))
    assert sent.given == 2
    assert len(sent.failed) == 2
    assert any(isinstance(e, NoticeServed) for e in events_of(cast, sound))
    assert sending.send(Demo(), but=sent.failed).given == 0
    assert sending.send(Demo()).given == 2
    assert any(isinstance(e, NoticeServed) for e in events_of(cast, broken))


def test_what_a_case_does_not_take_is_sent_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_case(cast)
    follow()

    def refuses(*_: object) -> None:
        raise NotAllowed("not-a-party")

    monkeypatch.setattr(sending, "handle", refuses)
    assert sending.send(Demo()).given == 2
    assert sending.send(Demo()).given == 0


def test_K3_a_party_that_gets_the_same_clock_back_is_told_again(cast: Cast) -> None:
    case = a_case(cast)
    follow()
    sending.send(Demo())
    with inside(cast.house):
        handle(case, passed_to(cast, case, HOUSE, by=cast.merchant_acts))
        handle(case, passed_to(cast, case, MERCHANT, by=cast.agent_acts))

    follow()
    sending.send(Demo())

    served = [
        event
        for event in events_of(cast, case)
        if isinstance(event, NoticeServed)
        and event.kind is NoticeKind.SERVICE
        and event.party == MERCHANT
    ]
    assert [event.about for event in served] == ["respond-1"] * 4


def gives_contact(cast: Cast, case: CaseId, *ways: Channel, by: Actor) -> None:
    """Let somebody tell how the merchant can be reached now."""
    address = sealed(cast, case, "hello@qingyu.example 010-5550123")
    with inside(cast.house):
        handle(
            case,
            GiveContact(by=by, key=key("reach"), party=MERCHANT, reach=ways, address=address),
        )


def test_K8_what_still_runs_is_served_at_a_new_contact(cast: Cast) -> None:
    case = a_case(cast)
    follow()
    sending.send(Deaf())
    gives_contact(cast, case, Channel.MAIL, Channel.PHONE, by=cast.agent_acts)
    follow()

    sending.send(Demo())

    served = [e for e in events_of(cast, case) if isinstance(e, NoticeServed)]
    assert {(e.via, e.about) for e in served} == {("mail", "respond-1"), ("phone", "respond-1")}
    with inside(cast.house):
        page = queries.case_page(case, cast.agent_looks)
    assert page.parties[MERCHANT].reached


def test_K8_the_old_contact_is_told_without_a_link_and_counts_for_nothing(cast: Cast) -> None:
    case = a_case(cast)
    follow()
    sending.send(Demo())
    before = len(events_of(cast, case))
    gives_contact(cast, case, Channel.MAIL, by=cast.agent_acts)
    follow()

    sending.send(Demo())

    with inside(cast.house):
        told = [one for one in letters(cast.agent_looks) if one.notice.code == CONTACT_CHANGED]
    assert {one.notice.via for one in told} == {"chat", "phone"}
    assert [one.link for one in told] == ["", ""]
    new = events_of(cast, case)[before:]
    assert [type(e).__name__ for e in new] == ["ContactGiven", "NoticeServed"]


def test_an_old_contact_that_failed_is_not_told(cast: Cast) -> None:
    case = a_case(cast)
    follow()
    sending.send(Deaf())
    gives_contact(cast, case, Channel.MAIL, by=cast.agent_acts)
    follow()

    with inside(cast.house):
        told = letters(cast.agent_looks)
    assert CONTACT_CHANGED not in {one.notice.code for one in told}


def test_C10_the_consumer_is_told_once_that_a_lapse_of_the_house_opens_the_way_outside(
    cast: Cast,
) -> None:
    case = a_case(cast, at=datetime(2026, 9, 7, 2, tzinfo=UTC))
    sweep()
    assert PacketReleased(rung="regulator") in events_of(cast, case)

    follow()
    notices.follow()

    with inside(cast.house):
        told = [one.notice for one in letters(cast.agent_looks)]
    released = [one for one in told if one.code == PACKET_RELEASED]
    assert {one.party for one in released} == {CONSUMER}
    assert {one.via for one in released} == {"web", "phone"}
    assert len(released) == 2
