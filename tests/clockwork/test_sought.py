"""What grows in the log is marked for search, once its transaction has ended."""

from time import monotonic

import pytest

from buckstop.clockwork import sought
from buckstop.domain.words.ids import CaseId
from buckstop.records.cases.handle import handle
from buckstop.records.cases.search import search
from buckstop.records.log.isolation import inside
from buckstop.records.people import vault
from tests.records.cases.builders import Cast, a_case, house, said

pytestmark = pytest.mark.django_db(transaction=True)


def followed() -> int:
    """Let the follower go on; it holds back what running transactions might still add to."""
    give_up, many = monotonic() + 10, 0
    while not many and monotonic() < give_up:
        many = sought.follow(at_most=1)
    return many


def found(cast: Cast, words: str) -> list[CaseId]:
    with inside(cast.house):
        return [row.case for row in search(cast.agent_looks, words).rows]


def test_a_case_is_found_once_it_was_followed() -> None:
    cast = house()
    case = a_case(cast)
    assert found(cast, "黑屏") == []

    assert followed()

    assert found(cast, "黑屏") == [case]


def test_talk_makes_no_new_marks_and_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = house()
    case = a_case(cast)
    followed()
    with inside(cast.house):
        handle(case, said(cast, case, "店家说琉璃灯也坏了", by=cast.consumer_acts))
    read: list[object] = []
    monkeypatch.setattr("buckstop.records.cases.sought.unshown", read.append)

    assert followed()

    assert read == []
    monkeypatch.setattr("buckstop.records.cases.sought.unshown", vault.unshown)
    assert found(cast, "琉璃") == []
