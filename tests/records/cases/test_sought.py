"""Search finds every case that says the words, page by page, and nothing else."""

import pytest
from django.db import connection

from buckstop.domain.words.event import Channel
from buckstop.domain.words.ids import CaseId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.records.cases import sought
from buckstop.records.cases.folded import folded
from buckstop.records.cases.handle import case_id_of
from buckstop.records.cases.search import search
from buckstop.records.log import store
from buckstop.records.log.isolation import inside
from buckstop.records.people import vault
from tests.records.cases.builders import Cast, a_case, house, sealed

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return house()


def a_case_about(cast: Cast, title: str, key: str) -> CaseId:
    """Open a case with a title, and mark it as the worker does."""
    case = case_id_of(cast.house, channel=Channel.WEB, key=key)
    opened = a_case(cast, word=key, title=sealed(cast, case, title))
    with inside(cast.house):
        sought.keep(cast.house, opened, folded(store.head(opened)).state)
    return opened


def every(cast: Cast, words: str) -> list[CaseId]:
    """Go through all pages of a search."""
    cases: list[CaseId] = []
    after = None
    with inside(cast.house):
        while True:
            page = search(cast.agent_looks, words, after)
            cases += [row.case for row in page.rows]
            after = page.after
            if after is None:
                return cases


def test_every_case_is_found_once_the_latest_opened_first(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("buckstop.records.cases.search.PAGE", 2)
    titles = ("冰箱不冷", "冰櫃滴水", "箱子冰了", "冰箱門壞", "洗衣机响", "老冰箱", "冰箱异响")
    cases = [a_case_about(cast, title, f"case-{n}") for n, title in enumerate(titles)]
    says = [case for case, title in zip(cases, titles, strict=True) if "冰箱" in title]

    assert every(cast, "冰箱") == says[::-1]
    assert every(cast, "冰 箱") == []
    assert every(cast, "冰箱 异响") == [cases[-1]]
    assert every(cast, "冰柜") == [cases[1]]
    assert set(every(cast, "青屿")) == set(cases)


def test_what_has_the_pairs_of_a_word_and_not_the_word_is_not_found(cast: Cast) -> None:
    case = a_case_about(cast, "甲乙丙乙甲", "pairs")
    assert every(cast, "乙丙乙") == [case]
    assert every(cast, "甲乙甲") == []


def test_an_erased_text_finds_nothing_and_leaves_no_mark(cast: Cast) -> None:
    case = a_case_about(cast, "琉璃台灯", "erased")
    with inside(cast.house):
        state = folded(store.head(case)).state
        assert state.claim.title is not None
        vault.erase(state.claim.title.ref)
        assert every(cast, "琉璃") == []
        sought.keep(cast.house, case, state)
        assert not marks_kept() & sought.marks_of(cast.house, ["琉璃台灯"])
        assert marks_kept() >= sought.marks_of(cast.house, ["青屿数码店"])


def test_houses_neither_share_marks_nor_find_each_others_cases(cast: Cast) -> None:
    other = house()
    a_case_about(cast, "琉璃台灯", "ours")
    with inside(cast.house):
        ours = sought.marks_of(cast.house, ["琉璃台灯"])
    with inside(other.house):
        assert not ours & sought.marks_of(other.house, ["琉璃台灯"])
        assert every(other, "琉璃") == []
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM cases_search(%s, %s, %s, %s, 9)",
                [cast.house, sorted(ours), *sought.END],
            )
            assert cursor.fetchone() == (0,)
        assert marks_kept() == frozenset()


def test_a_page_that_nobody_was_given_is_none(cast: Cast) -> None:
    for after in ("yesterday", "2026-11-09~x", "0001-01-01T00:00+14:00~" + "0" * 32):
        with inside(cast.house), pytest.raises(NotAllowed, match="no-such-page"):
            search(cast.agent_looks, "冰箱", after)


def marks_kept() -> frozenset[int]:
    """List the marks that the house in force can read in the table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT unnest(marks) FROM cases_sought")
        return frozenset(int(mark) for (mark,) in cursor.fetchall())
