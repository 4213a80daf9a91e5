"""The log of a case with its fold, kept in memory: what a digest covers never changes.

A digest hangs together with all that stands before it, and salts make it unlike any other, so
it names one log of one case whatever was undone since. Personal texts are not in a log.
"""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from buckstop.domain.cases.state.case import Case, replay
from buckstop.domain.words.event import Entry
from buckstop.domain.words.ids import CaseId
from buckstop.records.log import store

MOST_ENTRIES = 20_000
"""Entries that one process keeps, about 1 KB each; the cases looked at last stay."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Folded:
    """What a log up to `digest` says, and what is so after it."""

    digest: bytes
    entries: tuple[Entry, ...]
    state: Case


class _Memory:
    """What was folded, the case looked at last at the end."""

    def __init__(self) -> None:
        self._cases: OrderedDict[CaseId, Folded] = OrderedDict()
        self._entries = 0
        self._lock = Lock()

    def recall(self, case: CaseId) -> Folded | None:
        with self._lock:
            return self._cases.get(case)

    def keep(self, case: CaseId, found: Folded) -> None:
        with self._lock:
            before = self._cases.pop(case, None)
            self._entries += len(found.entries) - (len(before.entries) if before else 0)
            self._cases[case] = found
            while self._entries > MOST_ENTRIES and len(self._cases) > 1:
                _, oldest = self._cases.popitem(last=False)
                self._entries -= len(oldest.entries)


_memory = _Memory()


def folded(head: store.Head) -> Folded:
    """Read and fold the log up to `head`; of a log known before, only what is new."""
    known = _memory.recall(head.case)
    found = _read(head) if known is None else _grown(head, known)
    _memory.keep(head.case, found)
    return found


def _read(head: store.Head) -> Folded:
    entries = store.read(head)
    return Folded(digest=head.digest, entries=entries, state=replay(entries))


def _grown(head: store.Head, known: Folded) -> Folded:
    """Go on from what is known, unless the log is now another or shorter."""
    if len(known.entries) > head.seq:
        return _read(head)
    news = store.read_on(head, seq=len(known.entries), digest=known.digest)
    if news is None:
        return _read(head)
    state = known.state
    for entry in news:
        state = state.after(entry)
    return Folded(digest=head.digest, entries=known.entries + news, state=state)
