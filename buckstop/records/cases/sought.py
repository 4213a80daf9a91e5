"""What search finds a case by: keyed marks of each two characters that stand beside each other.

The texts are enciphered, and their marks tell nobody without the key of the house what they are
of. A mark is short, so that two pairs may share one, and a text may have all pairs of a word
without having the word: what is found by marks is looked at again, in the text itself.
"""

import hmac
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from django.db import connection

from buckstop.domain.cases.state.case import Case
from buckstop.domain.words.event import frozen
from buckstop.domain.words.ids import CaseId
from buckstop.records.log.isolation import HouseId
from buckstop.records.people.keys import match_key
from buckstop.records.people.vault import unshown
from buckstop.texts.folding import fold

END = datetime(9999, 12, 31, tzinfo=UTC), CaseId("ffffffff-ffff-ffff-ffff-ffffffffffff")
"""Comes before the first case of a search, which begins with the latest."""

_MARK_BYTES = 4
_THREE = 3

_KEEP = """
    INSERT INTO cases_sought (case_id, house, opened_at, refs, marks)
    VALUES (%s, %s, %s, %s::uuid[], %s)
    ON CONFLICT (case_id) DO UPDATE SET refs = excluded.refs, marks = excluded.marks
"""
_SEARCH = """
    SELECT f.case_id::text, f.opened_at, s.refs::text[]
    FROM cases_search(%s, %s, %s, %s, %s) f JOIN cases_sought s ON s.case_id = f.case_id
    ORDER BY f.opened_at DESC, f.case_id DESC
"""


@frozen
class Candidate:
    """A case that has the marks of what is looked for, and the texts that may say it."""

    case: CaseId
    opened_at: datetime
    refs: tuple[str, ...]


def refs_of(state: Case) -> tuple[str, ...]:
    """Name the texts of a case that are looked in: title, item, order number, names."""
    claim = state.claim
    names = (member.name for member in state.parties.members.values())
    texts = (claim.title, claim.purchase.item, claim.purchase.order_no, *names)
    return tuple(text.ref for text in texts if text is not None)


def keep(house: HouseId, case: CaseId, state: Case) -> None:
    """Mark what the texts of a case of the house in force say now; an erased one says nothing."""
    refs = refs_of(state)
    said = unshown(refs)
    marks = marks_of(house, said.values())
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [case, house, state.closing.opened_at, list(refs), sorted(marks)])


def candidates(
    house: HouseId, words: str, *, after: tuple[datetime, CaseId], most: int
) -> tuple[Candidate, ...]:
    """List cases of the house in force that may say all these words, the latest opened first."""
    marks = sorted(marks_of(house, [words]))
    with connection.cursor() as cursor:
        cursor.execute(_SEARCH, [house, marks, *after, most])
        return tuple(
            Candidate(case=CaseId(case), opened_at=opened_at, refs=tuple(refs))
            for case, opened_at, refs in cursor.fetchall()
        )


def marks_of(house: HouseId, texts: Iterable[str]) -> frozenset[int]:
    """Mark what can be looked for in texts."""
    key = hmac.digest(match_key(house), b"sought", "sha256")
    parts = {part for text in texts for word in fold(text).split() for part in _parts(word)}
    return frozenset(_mark(key, part) for part in parts)


def _mark(key: bytes, part: str) -> int:
    marked = hmac.digest(key, part.encode(), "sha256")[:_MARK_BYTES]
    return int.from_bytes(marked, signed=True)


def _parts(word: str) -> Iterator[str]:
    """Cut a word into pairs; of letters and digits, of which there are few, into threes too."""
    for start in range(len(word) - 1):
        yield word[start : start + 2]
        three = word[start : start + _THREE]
        if len(three) == _THREE and three.isascii():
            yield three
