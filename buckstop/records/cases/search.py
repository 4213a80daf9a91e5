"""Finding a case again: by its number, by whom or what it is about."""

import unicodedata
from collections.abc import Iterator

from django.db.models import Q

from buckstop.domain.words.ids import CaseId
from buckstop.records.cases.models import CaseRow, MarkRow, PartyRow
from buckstop.records.cases.queue import PAGE, QueueRow, among, found
from buckstop.records.people.access import DESK_PEOPLE, Viewer, require
from buckstop.records.people.marks import contact_mark, order_mark
from buckstop.records.people.vault import reveal
from buckstop.texts.traditional import traditional

LOOKED_THROUGH = 300
"""Titles and names are kept enciphered: so many of the cases that changed last are read."""
_LEAST_DIGITS = 6


def search(viewer: Viewer, words: str) -> tuple[QueueRow, ...]:
    """Find cases by the beginning of their number, or by what they are about.

    That is a contact or an order number in full, or a part of a title or of a party's name, in
    either kind of Chinese.
    """
    require(viewer, *DESK_PEOPLE)
    words = words.strip()
    if not words:
        return ()
    rows = found(viewer, words)
    known = {row.case for row in rows}
    others = dict.fromkeys((*_marked(viewer, words), *_named(viewer, words)))
    return (*rows, *among(viewer, [case for case in others if case not in known]))[:PAGE]


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


def _named(viewer: Viewer, words: str) -> Iterator[CaseId]:
    """Look through titles and names, the case that changed last first."""
    cases = CaseRow.objects.filter(house=viewer.house).order_by("-last_at")
    refs = {case: [title] for case, title in cases.values_list("case", "title")[:LOOKED_THROUGH]}
    for case, name in PartyRow.objects.filter(case__in=refs).values_list("case", "name"):
        refs[case].append(name)
    texts = reveal((ref for of in refs.values() for ref in of if ref), viewer, "search")
    wanted = _plain(words)
    for case, of in refs.items():
        if any(wanted in _plain(texts[ref]) for ref in of if ref in texts):
            yield CaseId(str(case))


def _plain(text: str) -> str:
    """Write a text so that two ways of writing the same are the same."""
    return traditional(unicodedata.normalize("NFKC", text)).casefold()
