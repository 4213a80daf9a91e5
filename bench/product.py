"""The product as people run it: `buckstop run`, and what it takes."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, perf_counter, sleep

import psutil

_PATIENCE = 60.0
_MB = 1024 * 1024
_TIMES = 4
"""User, system, and both of children that have ended: a connection's time outlives it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Running:
    """The product at work: where, since how long before its first page, and its processes."""

    port: int
    seconds: float
    process: psutil.Process


@dataclass(frozen=True, kw_only=True, slots=True)
class Memory:
    """Megabytes of memory: what each part holds alone with its share of what is shared."""

    web: float
    worker: float
    database: float
    starter: float
    resident: float

    @property
    def total(self) -> float:
        """Add up everything that runs."""
        return self.web + self.worker + self.database + self.starter


@contextmanager
def running() -> Iterator[Running]:
    """Start the product and end it, as somebody at a terminal does."""
    port = _free_port()
    began = perf_counter()
    process = subprocess.Popen(
        [Path(sys.executable).with_name("buckstop"), "run", "--port", str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # a line for each request; why it did not start it says itself
        text=True,
    )
    try:
        for line in process.stdout or ():
            if " is open at " in line:  # said when the first page has been answered
                break
        else:
            msg = "`buckstop run` ended before its first page"
            raise RuntimeError(msg)
        yield Running(
            port=port, seconds=perf_counter() - began, process=psutil.Process(process.pid)
        )
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(_PATIENCE)


@contextmanager
def served(application: str, like: Running) -> Iterator[int]:
    """Serve something else by the very words that serve the product; give its port."""
    port = _free_port()
    words = _words_of_web(like.process)
    words[words.index("--port") + 1], words[-1] = str(port), application
    process = subprocess.Popen(words, stdin=subprocess.PIPE)  # open: the server lives as long
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(_PATIENCE)


def memory(process: psutil.Process) -> Memory:
    """Add up what the product holds, part by part."""
    parts = dict.fromkeys(("web", "worker", "database", "starter"), 0.0)
    resident = 0.0
    for one in (process, *process.children(recursive=True)):
        held = one.memory_full_info()
        parts[_part(one, process)] += held.pss / _MB
        resident += held.rss / _MB
    return Memory(resident=resident, **parts)


def busy(product: Running) -> float:
    """Tell how many seconds of processor time the product has taken so far, database and all.

    Who else is at the machine slows every answer, and changes this little.
    """
    family = (product.process, *product.process.children(recursive=True))
    return sum(sum(one.cpu_times()[:_TIMES]) for one in family)


def _words_of_web(product: psutil.Process) -> list[str]:
    for child in product.children():
        words = list(child.cmdline())
        if "granian" in words:
            return words
    msg = "no web server among what `buckstop run` started"
    raise RuntimeError(msg)


def _part(one: psutil.Process, starter: psutil.Process) -> str:
    if one == starter:
        return "starter"
    family = [one, *one.parents()]
    lines = [" ".join(member.cmdline()) for member in family if member != starter]
    if any("postgres" in line for line in lines[:2]):
        return "database"
    return "worker" if any("buckstop.clockwork" in line for line in lines) else "web"


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def _wait_for(port: int) -> None:
    give_up_at = monotonic() + _PATIENCE
    while monotonic() < give_up_at:
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        sleep(0.05)
    msg = "the web server does not answer"
    raise RuntimeError(msg)
