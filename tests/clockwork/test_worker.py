"""The worker, from its first look to its clean end."""

import signal
from datetime import UTC, datetime
from threading import Event

import pytest

from buckstop.clockwork import notices, worker
from buckstop.domain.cases.events import ClockLapsed, NoticeServed
from buckstop.records.log import store
from buckstop.records.log.isolation import inside
from tests.records.cases.builders import a_case, house

pytestmark = pytest.mark.django_db(transaction=True)


class OnceMore(Event):
    """Lets the worker look so many times, without waiting."""

    def __init__(self, times: int) -> None:
        """Count down from `times`."""
        super().__init__()
        self.left = times

    def wait(self, timeout: float | None = None) -> bool:
        del timeout
        self.left -= 1
        if not self.left:
            self.set()
        return self.is_set()


def test_the_worker_lets_clocks_lapse_and_tells_people() -> None:
    cast = house(demo=True)
    late = a_case(cast, at=datetime(2026, 10, 12, 2, tzinfo=UTC))
    fresh = a_case(cast)
    worker.work(OnceMore(2))
    with inside(cast.house):
        lapsed = [type(entry.event) for entry in store.read(store.head(late))]
        served = [type(entry.event) for entry in store.read(store.head(fresh))]
    assert ClockLapsed in lapsed
    assert NoticeServed in served


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
