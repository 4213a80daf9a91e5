"""Keeping up what search finds cases by."""

from buckstop.clockwork.following import Follower
from buckstop.records.cases import sought
from buckstop.records.cases.folded import folded
from buckstop.records.cases.sight import texts_in
from buckstop.records.log import outbox, store
from buckstop.records.log.isolation import inside

FOLLOWER = "sought"
_ROUNDS = 10
"""So often in one go, each with its own transaction: search is to be a second behind, no more."""


def follow(at_most: int = 200) -> int:
    """Mark what was written since last time, in all houses; tell how much grew."""
    grown = 0
    for _ in range(_ROUNDS):
        some = _FOLLOWER.follow(at_most)
        grown += some
        if some < at_most:
            break
    return grown


def follow_again() -> int:
    """Mark what failed before; tell how many growths are dealt with now."""
    return _FOLLOWER.follow_again()


def _mark(growth: outbox.Growth) -> None:
    """Mark a case when it begins, and when a text comes that is looked in."""
    with inside(growth.house):
        known = folded(store.head(growth.case))
        looked_in = frozenset(sought.refs_of(known.state))
        new = known.entries[growth.first - 1 : growth.last]
        came = {text.ref for entry in new for text in texts_in(entry.event).values()}
        if growth.first == 1 or came & looked_in:
            sought.keep(growth.house, growth.case, known.state)


_FOLLOWER = Follower(name=FOLLOWER, do=_mark)
