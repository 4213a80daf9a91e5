"""Finding a case again: by its number, by whom or what it is about."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

from django.db.models import Q

from buckstop.domain.words.event import frozen
from buckstop.domain.words.ids import CaseId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.records.cases import sought
from buckstop.records.cases.models import MarkRow
from buckstop.records.cases.queue import PAGE, QueueRow, among, found
from buckstop.records.cases.sought import Candidate
from buckstop.records.people.access import DESK_PEOPLE, Viewer, require
from buckstop.records.people.marks import contact_mark, order_mark
from buckstop.records.people.vault import unshown
from buckstop.texts.folding import fold

_LEAST_DIGITS = 6
_LONGEST = 200
"""What is longer stands in no title and is no name."""
_ROUNDS = 10
"""So often cases that have the marks are looked through for one page; the next page goes on."""


@frozen
class Found:
    """One page of what was found; `after` asks for the next one, if there may be one."""

    rows: tuple[QueueRow, ...]
    after: str | None


def search(viewer: Viewer, words: str, after: str | None = None) -> Found:
    """Find cases by the beginning of their number, or by what they are about.

    That is a contact or an order number in full, or words of two characters and more that all
    stand in its title, its order or a party's name, in either kind of Chinese.
    """
    require(viewer, *DESK_PEOPLE)
    words = words.strip()
    if not words:
        return Found(rows=(), after=None)
    place = sought.END if after is None else _place(after)
    named, last = _named(viewer, words, place)
    numbered = found(viewer, words) if after is None else ()
    marked = _marked(viewer, words) if after is None else ()
    known = {row.case for row in numbered}
    others = dict.fromkeys((*marked, *named))
    rows = (*numbered, *among(viewer, [case for case in others if case not in known]))
    further = None if last is None else f"{last.opened_at.isoformat()}~{last.case}"
    return Found(rows=rows, after=further)


def _place(after: str) -> tuple[datetime, CaseId]:
    at, _, case = after.partition("~")
    try:
        return datetime.fromisoformat(at).astimezone(UTC), CaseId(str(UUID(case)))
    except (ValueError, OverflowError) as error:
        raise NotAllowed("no-such-page") from error


def _marked(viewer: Viewer, words: str) -> Iterator[CaseId]:
    """Find by marks, which tell only whether something is the very same."""
    digits = sum(char.isdigit() for char in words)
    if digits < _LEAST_DIGITS and "@" not in words:
        return
    same = Q(contact=contact_mark(viewer.house, words))
    if digits:
        same |= Q(order_no=order_mark(viewer.house, words))
    for case in MarkRow.objects.filter(same, house=viewer.house).values_list("case")[:PAGE]:
        yield CaseId(str(case[0]))


def _named(
    viewer: Viewer, words: str, after: tuple[datetime, CaseId]
) -> tuple[list[CaseId], Candidate | None]:
    """Find a page of cases that say all the words, and the last one looked at if more follow."""
    wanted = fold(words[:_LONGEST]).split()
    said: list[CaseId] = []
    last: Candidate | None = None
    for _ in range(_ROUNDS):
        some = sought.candidates(viewer.house, words[:_LONGEST], after=after, most=PAGE + 1)
        said += _saying(some[:PAGE], wanted)
        if len(some) <= PAGE:
            return said, None
        last = some[PAGE - 1]
        if len(said) >= PAGE:
            break
        after = last.opened_at, last.case
    return said, last


def _saying(some: tuple[Candidate, ...], wanted: list[str]) -> Iterator[CaseId]:
    """Choose those whose texts say every word; who asks is shown nothing of the others."""
    texts = {ref: fold(text) for ref, text in unshown(r for one in some for r in one.refs).items()}
    for one in some:
        said = [texts[ref] for ref in one.refs if ref in texts]
        if all(any(word in text for text in said) for word in wanted):
            yield one.case
