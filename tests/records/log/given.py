"""What the tests of the log begin with: a house, a case, some facts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import uuid4

from buckstop.domain.cases.events import TakenOver
from buckstop.domain.words.event import Channel, Entry, Event
from buckstop.domain.words.ids import CaseId
from buckstop.domain.words.party import CLOCKWORK
from buckstop.records.log import store
from buckstop.records.log.isolation import HouseId, inside


@dataclass(frozen=True, slots=True)
class Tally:
    """The smallest state: how many facts there were, and the last."""

    entries: int = 0
    last: str = ""

    def after(self, entry: Entry) -> Self:
        """Count one more."""
        return type(self)(self.entries + 1, str(entry.event))


ASKED = bytes(32)
"""What was asked, where nobody compares it."""


def a_house() -> HouseId:
    """Name a house that no other test has."""
    return HouseId(str(uuid4()))


def a_case(house: HouseId, *facts: Event) -> CaseId:
    """Open a case, with these facts appended one by one."""
    case = CaseId(str(uuid4()))
    with inside(house):
        store.create(case, house)
    for fact in facts:
        tell(house, case, fact)
    return case


def fact(because: str = "kicks") -> Event:
    """Return something that happened."""
    return TakenOver(because=because)


def origin(at: datetime, key: str | None = None) -> store.Origin:
    """Say that the clockwork did it at `at`."""
    return store.Origin(
        by=CLOCKWORK,
        channel=Channel.CLOCK,
        key=key or str(uuid4()),
        occurred_at=at,
        received_at=at,
    )


def add(head: store.Head, facts: Sequence[Event], key: str | None = None) -> store.Appended[Tally]:
    """Append to the log up to `head`."""
    state = Tally()
    for entry in store.read(head):
        state = state.after(entry)
    return store.append(head, facts, origin(head.at, key), state=state, at=head.at)


def tell(house: HouseId, case: CaseId, *facts: Event) -> store.Appended[Tally]:
    """Append to a case in a transaction of its own."""
    with inside(house):
        return add(store.lock(case), facts)
