"""A log kept in memory is never another than the one that is stored."""

from collections.abc import Callable, Iterable
from contextlib import suppress

import pytest
from django.db import connection, transaction

from buckstop.domain.cases.state.case import replay
from buckstop.domain.words.ids import CaseId
from buckstop.records.cases import folded as memory
from buckstop.records.cases.folded import Folded, folded
from buckstop.records.cases.handle import handle
from buckstop.records.log import store
from buckstop.records.log.errors import NoSuchCase
from buckstop.records.log.isolation import inside
from tests.records.cases.builders import Cast, a_case, house, said

pytestmark = pytest.mark.django_db


class UndoneError(Exception):
    """What goes wrong after something was appended."""


@pytest.fixture
def cast() -> Cast:
    return house()


def known(case: CaseId) -> Folded:
    return folded(store.head(case))


def asked_for(case: CaseId) -> tuple[list[list[object]], Folded]:
    """Tell what of its log was asked for, beside what is known of the case then."""
    asked: list[list[object]] = []

    def note(
        run: Callable[..., object], sql: str, data: Iterable[object], *more: object
    ) -> object:
        if "FROM log_entry" in sql:
            asked.append(list(data))
        return run(sql, data, *more)

    with connection.execute_wrapper(note):
        return asked, known(case)


def stored(case: CaseId) -> Folded:
    head = store.head(case)
    entries = store.read(head)
    return Folded(digest=head.digest, entries=entries, state=replay(entries))


def test_of_a_log_that_was_read_only_what_is_new_is_asked_for(cast: Cast) -> None:
    case = a_case(cast)
    with inside(cast.house):
        before = known(case)
        handle(case, said(cast, case, "您好", by=cast.consumer_acts))
        asked, after = asked_for(case)

    assert after.entries[: len(before.entries)] == before.entries
    assert asked == [[case, len(before.entries), len(after.entries)]]


def test_what_was_undone_is_forgotten_even_if_as_much_came_after_it(cast: Cast) -> None:
    case = a_case(cast)
    with inside(cast.house):
        with suppress(UndoneError), transaction.atomic():
            handle(case, said(cast, case, "这句不算", by=cast.consumer_acts))
            undone = known(case)
            raise UndoneError
        assert known(case) == stored(case)
        handle(case, said(cast, case, "这句才算", by=cast.consumer_acts))

        assert len(known(case).entries) == len(undone.entries)
        assert known(case) == stored(case)


def test_what_is_known_of_a_case_is_shown_to_no_other_house(cast: Cast) -> None:
    case = a_case(cast)
    with inside(cast.house):
        known(case)

    with inside(house().house), pytest.raises(NoSuchCase):
        known(case)


def test_the_case_looked_at_longest_ago_is_forgotten_first(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "MOST_ENTRIES", 1)
    first, second = a_case(cast), a_case(cast)
    with inside(cast.house):
        for case in (first, second, first):
            assert known(case) == stored(case)
        assert asked_for(first)[0] == []
        assert asked_for(second)[0] == [[second, len(stored(second).entries)]]
