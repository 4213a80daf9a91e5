"""The worker, from its first look to its clean end."""

import signal
from collections.abc import Callable
from datetime import UTC, datetime
from threading import Event

import pytest

from buckstop.clockwork import joining, lapses, notices, worker
from buckstop.domain.cases.events import ClockLapsed, NoticeServed
from buckstop.domain.words.ids import CaseId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.records.log import store
from buckstop.records.log.isolation import inside
from tests.records.cases.builders import a_case, house

pytestmark = pytest.mark.django_db(transaction=True)


class Until(Event):
    """Lets the worker go on until something is so, or for ten seconds."""

    def __init__(self, so: Callable[[], bool]) -> None:
        """Wait for `so`."""
        super().__init__()
        self.so, self.left = so, 200

    def wait(self, timeout: float | None = None) -> bool:
        del timeout
        self.left -= 1
        if self.so() or not self.left:
            self.set()
        return super().wait(0.05)


def test_the_worker_lets_clocks_lapse_and_tells_people() -> None:
    cast = house(demo=True)
    late = a_case(cast, at=datetime(2026, 10, 12, 2, tzinfo=UTC))
    fresh = a_case(cast)

    def kinds_of(case: CaseId) -> set[type]:
        with inside(cast.house):
            return {type(entry.event) for entry in store.read(store.head(case))}

    # Anything else in the server, such as its own housekeeping, may hold up a follower.
    worker.work(Until(lambda: NoticeServed in kinds_of(fresh)))
    assert ClockLapsed in kinds_of(late)
    assert NoticeServed in kinds_of(fresh)


def test_the_worker_ends_when_it_is_told_to(monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    looked: list[int] = []

    def told_to_stop() -> int:
        looked.append(1)
        signal.raise_signal(signal.SIGTERM)
        return 0

    monkeypatch.setattr(notices, "follow", told_to_stop)
    try:
        worker.run()
    finally:
        signal.signal(signal.SIGTERM, before[0])
        signal.signal(signal.SIGINT, before[1])
    assert looked == [1]


@pytest.mark.parametrize("fault", [NotAllowed("not-yours"), LookupError(), AssertionError()])
def test_a_step_that_fails_ends_neither_the_worker_nor_the_other_steps(
    fault: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(**_: object) -> None:
        raise fault

    steps: list[str] = []
    monkeypatch.setattr(lapses, "sweep", fails)
    monkeypatch.setattr(notices, "remind", fails)
    monkeypatch.setattr(notices, "follow", lambda: steps.append("follow"))
    monkeypatch.setattr(joining, "resume", lambda: steps.append("resume"))
    worker.work(Until(lambda: steps.count("follow") > 1))
    assert steps[:3] == ["follow", "resume", "follow"]
