"""Letting operators see that a worker is at work."""

from time import monotonic
from uuid import uuid4

from buckstop.records.operations.actions import beat, rest

EVERY = 10.0


class Pulse:
    """The pulse of one worker, from its start to its end in order."""

    def __init__(self) -> None:
        """Begin with a name that no other worker has."""
        self._worker = uuid4()
        self._last = float("-inf")

    def beat(self, began: float) -> None:
        """Say, now and then, that another round is done, and how long it took since `began`."""
        now = monotonic()
        if now - self._last >= EVERY:
            self._last = now
            beat(self._worker, round_ms=round((now - began) * 1000))

    def rest(self) -> None:
        """Say that this worker has ended, and is not to be missed."""
        rest(self._worker)
