"""What was changed behind the program's back is found and named."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from buckstop.domain.evidence.chain import Fault
from buckstop.domain.evidence.digests import leaf
from buckstop.domain.words.ids import CaseId
from buckstop.records.log.isolation import HouseId, inside
from buckstop.records.log.verify import verify
from tests.records.log.as_owner import as_owner
from tests.records.log.given import a_case, a_house, fact, tell

pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def forger(house: HouseId) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """Be an owner of the tables who takes the guards away."""
    with as_owner() as owner, owner.transaction():
        owner.execute("SELECT set_config('buckstop.house', %s, true)", [house])
        owner.execute("ALTER TABLE log_entry DISABLE TRIGGER ALL")
        owner.execute("ALTER TABLE log_head DISABLE TRIGGER ALL")
        yield owner
        owner.execute("ALTER TABLE log_entry ENABLE TRIGGER ALL")
        owner.execute("ALTER TABLE log_head ENABLE TRIGGER ALL")


def a_case_of_three() -> tuple[HouseId, CaseId]:
    house = a_house()
    return house, a_case(house, fact("one"), fact("two"), fact("three"))


def faults_of(house: HouseId, case: CaseId) -> set[tuple[int, str]]:
    with inside(house):
        return {(fault.seq, fault.code) for fault in verify(case)}


def test_an_untouched_log_has_no_fault() -> None:
    house, case = a_case_of_three()
    tell(house, case, fact("four"), fact("five"))

    assert faults_of(house, case) == set()


def test_an_empty_log_has_no_fault() -> None:
    house = a_house()

    assert faults_of(house, a_case(house)) == set()


def test_changed_bytes_are_named() -> None:
    house, case = a_case_of_three()

    with forger(house) as owner:
        owner.execute("UPDATE log_entry SET body = replace(body, 'two', 'six') WHERE seq = 2")

    assert faults_of(house, case) == {(2, "leaf-differs")}


def test_changed_bytes_with_a_new_leaf_are_named() -> None:
    house, case = a_case_of_three()

    with forger(house) as owner:
        row = owner.execute("SELECT body, salt FROM log_entry WHERE seq = 2").fetchone()
        assert row is not None
        body = str(row[0]).replace("two", "six")
        assert isinstance(row[1], bytes)
        owner.execute(
            "UPDATE log_entry SET body = %s, leaf = %s WHERE seq = 2",
            [body, leaf(row[1], body.encode())],
        )

    assert faults_of(house, case) == {(2, "chain-broken")}


def test_a_rewritten_digest_breaks_the_next_line_too() -> None:
    house, case = a_case_of_three()

    with forger(house) as owner:
        owner.execute("UPDATE log_entry SET digest = sha256(digest) WHERE seq = 2")

    assert faults_of(house, case) == {(2, "chain-broken"), (3, "chain-broken")}


def test_a_line_taken_out_is_named() -> None:
    house, case = a_case_of_three()

    with forger(house) as owner:
        owner.execute("DELETE FROM log_entry WHERE seq = 2")

    assert faults_of(house, case) == {(3, "seq-gap"), (3, "chain-broken")}


def test_a_line_cut_off_the_end_is_named() -> None:
    house, case = a_case_of_three()

    with forger(house) as owner:
        owner.execute("DELETE FROM log_entry WHERE seq = 3")

    assert faults_of(house, case) == {(3, "head-differs")}


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'BallMoved'",
        "version = 2",
        "recorded_at = recorded_at + interval '1 second'",
        "received_at = received_at - interval '1 day'",
        "occurred_at = occurred_at - interval '1 day'",
        "channel = 'mail'",
        "batch = 1",
        "actor = replace(actor, 'clockwork', 'agent')",
    ],
)
def test_a_column_that_says_otherwise_than_the_bytes_is_named(change: str) -> None:
    house, case = a_case_of_three()

    with forger(house) as owner:
        owner.execute(b"UPDATE log_entry SET %b WHERE seq = 2" % change.encode())

    assert faults_of(house, case) == {(2, "column-differs")}


def test_bytes_that_are_no_line_are_named() -> None:
    house, case = a_case_of_three()

    with forger(house) as owner:
        owner.execute("UPDATE log_entry SET body = 'gone' WHERE seq = 2")

    with inside(house):
        assert Fault(seq=2, code="not-readable") in verify(case)


def test_bytes_in_another_form_are_named() -> None:
    house, case = a_case_of_three()

    with forger(house) as owner:
        owner.execute("UPDATE log_entry SET body = replace(body, '{', '{ ') WHERE seq = 1")

    assert (1, "not-canonical") in faults_of(house, case)
