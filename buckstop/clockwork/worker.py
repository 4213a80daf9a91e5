"""The worker: looks about once a second for what is to happen by itself."""

import signal
from collections.abc import Mapping
from threading import Event
from time import monotonic

import structlog
from django.db import Error, close_old_connections

from buckstop.clockwork import joining, lapses, notices
from buckstop.clockwork.transport import Demo
from buckstop.domain.words.ids import CaseId

EVERY = 1.0
REMIND_EVERY = 30.0
LEAVE_ALONE = 60.0
"""A case that failed is tried again after so many seconds."""

_log = structlog.get_logger(__name__)


def run() -> None:
    """Work until SIGTERM or SIGINT, and finish what was begun."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    work(stop)


def work(stop: Event) -> None:
    """Work until `stop` is set. A database that is away is waited for."""
    failed: dict[CaseId, float] = {}
    reminded = float("-inf")
    while not stop.is_set():
        close_old_connections()
        try:
            failed = _fresh(failed)
            swept = lapses.sweep(but=failed.keys())
            failed |= dict.fromkeys(swept.failed, monotonic())
            notices.follow()
            if monotonic() - reminded >= REMIND_EVERY:
                notices.remind()
                joining.resume()
                reminded = monotonic()
            notices.send(Demo())
        except Error as error:
            told = (type(error), error, error.__traceback__)
            _log.warning("the database is away", exc_info=told)
        stop.wait(EVERY)


def _fresh(failed: Mapping[CaseId, float]) -> dict[CaseId, float]:
    return {case: at for case, at in failed.items() if monotonic() - at < LEAVE_ALONE}
