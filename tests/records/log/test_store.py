"""The log of a case is read whole and grows at its end."""

from datetime import timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection, transaction

from buckstop.domain.words.event import Channel
from buckstop.domain.words.ids import CaseId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.records.log import store
from buckstop.records.log.errors import NoSuchCase, Overtaken, WrongTime
from buckstop.records.log.isolation import inside
from tests.records.log.given import ASKED, Tally, a_case, a_house, add, fact, origin, tell

pytestmark = pytest.mark.django_db


def test_what_was_appended_is_read_in_order() -> None:
    house = a_house()
    case = a_case(house)

    tell(house, case, fact("first"), fact("second"))
    tell(house, case, fact("third"))

    with inside(house):
        entries = store.read(store.head(case))
    assert [entry.seq for entry in entries] == [1, 2, 3]
    assert [entry.event for entry in entries] == [fact("first"), fact("second"), fact("third")]


def test_one_transaction_can_append_twice() -> None:
    house = a_house()
    case = a_case(house)

    with inside(house):
        lapse = add(store.lock(case), [fact("lapse")])
        answer = add(lapse.head, [fact("answer")])

    assert [entry.seq for entry in answer.entries] == [2]
    assert answer.state.entries == 2


def test_time_never_goes_back_within_a_case() -> None:
    house = a_house()
    case = a_case(house, fact())

    with inside(house):
        head = store.lock(case)
        assert head.recorded_at is not None
        early = head.recorded_at - timedelta(microseconds=1)
        with pytest.raises(WrongTime, match="before the last entry"):
            store.append(head, [fact()], origin(early), state=Tally(), at=early)


def test_nothing_is_recorded_at_a_time_to_come() -> None:
    house = a_house()
    case = a_case(house)

    with inside(house):
        head = store.lock(case)
        late = head.at + timedelta(seconds=1)
        with pytest.raises(WrongTime, match="after the database's time"):
            store.append(head, [fact()], origin(late), state=Tally(), at=late)


def test_a_house_with_its_own_clock_lives_at_its_own_time() -> None:
    house = a_house()
    with inside(house):
        real = store.create(CaseId(str(uuid4())), house)
        store.bring_clock(house, ahead_seconds=86_400)
        demo = store.create(CaseId(str(uuid4())), house)

        past = real.at - timedelta(days=30)
        store.append(demo, [fact()], origin(past), state=Tally(), at=past)
        entries = store.read(store.head(demo.case))

    assert (real.own_clock, demo.own_clock) == (False, True)
    assert timedelta(hours=23) < demo.at - real.at < timedelta(hours=25)
    assert entries[0].recorded_at == past


def test_the_same_key_is_known_afterwards_at_its_own_door() -> None:
    house = a_house()
    case = a_case(house)

    with inside(house):
        after = add(store.lock(case), [fact()], key="form-1").head

        assert store.outcome(after, channel=Channel.CLOCK, key="form-1", asked=ASKED) is not None
        assert store.outcome(after, channel=Channel.MAIL, key="form-1", asked=ASKED) is None
        assert store.outcome(after, channel=Channel.CLOCK, key="form-2", asked=ASKED) is None


def test_a_key_is_remembered_even_if_nothing_followed_from_it() -> None:
    house = a_house()
    case = a_case(house)

    with inside(house):
        after = add(store.lock(case), [], key="form-1").head

        assert after.seq == 0
        assert store.outcome(after, channel=Channel.CLOCK, key="form-1", asked=ASKED) is not None


def test_the_same_key_appends_once() -> None:
    house = a_house()
    case = a_case(house)

    with inside(house):
        after = add(store.lock(case), [fact()], key="form-1").head
        with pytest.raises(NotAllowed, match="key-used-before"), transaction.atomic():
            add(after, [fact()], key="form-1")

        assert store.head(case).seq == 1


def test_a_key_of_another_case_is_told_apart() -> None:
    house = a_house()
    one, other = a_case(house), a_case(house)

    with inside(house):
        add(store.lock(one), [fact()], key="form-1")
        with pytest.raises(NotAllowed, match="key-of-another-case"):
            store.outcome(store.lock(other), channel=Channel.CLOCK, key="form-1", asked=ASKED)


def test_who_decided_on_an_older_log_is_overtaken() -> None:
    house = a_house()
    case = a_case(house)

    with inside(house):
        seen = store.head(case)
        add(store.lock(case), [fact("faster")])
        with pytest.raises(Overtaken):
            add(seen, [fact("slower")])


def test_an_unknown_case_is_named() -> None:
    with inside(a_house()), pytest.raises(NoSuchCase):
        store.lock(CaseId(str(uuid4())))


@pytest.mark.django_db(transaction=True)
def test_of_two_that_append_to_the_same_log_exactly_one_wins() -> None:
    house = a_house()
    case = a_case(house, fact())
    together, outcomes = Barrier(2), []

    def race(name: str) -> None:
        try:
            with inside(house):
                seen = store.head(case)
                together.wait()
                add(seen, [fact(name)])
            outcomes.append("won")
        except Overtaken:
            outcomes.append("overtaken")
        finally:
            connection.close()

    racers = [Thread(target=race, args=[name]) for name in ("anna", "bo")]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()

    assert sorted(outcomes) == ["overtaken", "won"]
    with inside(house):
        assert store.head(case).seq == 2


@pytest.mark.django_db(transaction=True)
def test_who_locks_waits_and_then_sees_what_was_appended() -> None:
    house = a_house()
    case = a_case(house)
    locked, seen = Barrier(2), []

    def second() -> None:
        try:
            locked.wait()
            with inside(house):
                seen.append(add(store.lock(case), [fact("second")]).head.seq)
        finally:
            connection.close()

    waiting = Thread(target=second)
    waiting.start()
    with inside(house):
        head = store.lock(case)
        locked.wait()
        add(head, [fact("first")])
    waiting.join()

    assert seen == [2]


@pytest.mark.django_db(transaction=True)
def test_a_locked_case_is_passed_over_by_who_does_not_wait() -> None:
    house = a_house()
    case = a_case(house)
    found: list[store.Head | None] = []

    def passing() -> None:
        try:
            with inside(house):
                found.append(store.try_lock(case))
        finally:
            connection.close()

    with inside(house):
        store.lock(case)
        passer = Thread(target=passing)
        passer.start()
        passer.join()

    assert found == [None]
