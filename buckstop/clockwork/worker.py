"""The worker: looks about once a second for what is to happen by itself."""

import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import Event
from time import monotonic

import structlog
from django.db import InterfaceError, OperationalError, close_old_connections

from buckstop.clockwork import counts, joining, lapses, notices, sending, sought
from buckstop.clockwork.pulse import Pulse
from buckstop.clockwork.transport import Demo
from buckstop.domain.words.ids import CaseId

EVERY = 1.0
REMIND_EVERY = 30.0
LEAVE_ALONE = 60.0
"""A case or a notice that failed is tried again after so many seconds."""

_log = structlog.get_logger(__name__)


def run() -> None:
    """Work until SIGTERM or SIGINT, and finish what was begun."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    work(stop)


def work(stop: Event) -> None:
    """Work until `stop` is set. A step that fails is logged, and the others are done."""
    stuck, unsent = dict[CaseId, float](), dict[str, float]()
    looked, pulse = float("-inf"), Pulse()
    while not stop.is_set():
        began = monotonic()
        close_old_connections()
        stuck, unsent = _fresh(stuck), _fresh(unsent)
        try:
            with _going_on("lapses"):
                stuck |= dict.fromkeys(lapses.sweep(but=stuck.keys()).failed, monotonic())
            with _going_on("notices"):
                notices.follow()
            if monotonic() - looked >= REMIND_EVERY:
                looked = monotonic()
                _look_further()
            with _going_on("search"):
                sought.follow()
            with _going_on("letters"):
                sent = sending.send(Demo(), but=unsent.keys())
                unsent |= dict.fromkeys(sent.failed, monotonic())
            with _going_on("pulse"):
                pulse.beat(began)
        except (OperationalError, InterfaceError) as error:
            told = (type(error), error, error.__traceback__)
            _log.warning("the database is away", exc_info=told)
        stop.wait(EVERY)
    with suppress(OperationalError, InterfaceError):
        pulse.rest()


def _look_further() -> None:
    """Do what need not be looked for every second."""
    with _going_on("reminders"):
        notices.remind()
    with _going_on("what was left"):
        notices.follow_again()
        sought.follow_again()
    with _going_on("counts"):
        counts.add_up()
    with _going_on("joinings"):
        joining.resume()


@contextmanager
def _going_on(step: str) -> Iterator[None]:
    """Let no fault of one step keep the others from being done; a database away, all must wait."""
    try:
        yield
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, the clocks must run on
        told = (type(error), error, error.__traceback__)
        _log.error("a step failed", step=step, exc_info=told)


def _fresh[K](failed: Mapping[K, float]) -> dict[K, float]:
    return {one: at for one, at in failed.items() if monotonic() - at < LEAVE_ALONE}
