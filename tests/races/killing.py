"""The product at work on a test's database: its processes, who writes to it, and how they die."""

import os
import secrets
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from time import monotonic

import psutil
from django.db import connections

from bench.client import Connection, Visitor
from buckstop import database
from buckstop.database.place import place
from buckstop.domain.words.ids import CaseId
from buckstop.domain.words.party import CONSUMER
from buckstop.records.log.isolation import HouseId, inside
from buckstop.records.people.links import link_token
from tests.conftest import TEST_DATABASE

WORKER = ("-m", "buckstop.clockwork")
WEB = ("-m", "granian", "--interface", "wsgi", "--workers", "1", "--blocking-threads", "2",
       "--no-ws", "--log-level", "critical", "--workers-kill-timeout", "5")  # fmt: skip
PATIENCE = 60.0
PACE = 0.05
TAKEN = 302


@dataclass
class Part:
    """One process of the product, started again when it was killed."""

    command: tuple[str, ...]
    process: subprocess.Popen[bytes] | None = None

    def starts(self) -> None:
        """Start it on the database of the tests."""
        self.process = subprocess.Popen(
            [sys.executable, *self.command],
            env=os.environ | _where(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def stands(self) -> None:
        """Start it again if it gave up: who is only starting as the database dies does so."""
        if self.process is not None and self.process.poll() is not None:
            self.starts()

    def is_killed(self) -> None:
        """Kill it and all it started, with no time for last words."""
        assert self.process is not None
        assert self.process.poll() is None, "it had died by itself"
        children = psutil.Process(self.process.pid).children(recursive=True)
        self.process.kill()
        for child in children:
            with suppress(psutil.NoSuchProcess):
                child.kill()
        self.process.wait()

    def ends(self) -> None:
        """End it in order."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(PATIENCE)
                return
            self.is_killed()


def kill_database() -> None:
    """Kill the server of the tests; every connection to it is lost."""
    number = int((place().data / "postmaster.pid").read_text().splitlines()[0])
    os.kill(number, signal.SIGKILL)
    connections.close_all()
    with suppress(psutil.NoSuchProcess):
        psutil.Process(number).wait(PATIENCE)


@contextmanager
def product() -> Iterator[tuple[Part, Part, int]]:
    """Run a worker and the pages; gives both, and the port of the pages."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    pages = ("--host", "127.0.0.1", "--port", str(port), "buckstop.wsgi:application")
    worker, web = Part(WORKER), Part((*WEB, *pages))
    try:
        web.starts()
        worker.starts()
        yield worker, web, port
    finally:
        worker.ends()
        web.ends()


@dataclass(frozen=True, slots=True)
class _Form:
    """What one consumer sends, the same however often."""

    visitor: Visitor
    link: str
    address: str
    token: str


@dataclass
class Consumers:
    """Consumers who write one message each, and press again until they are told that it came."""

    house: HouseId
    numbers: Mapping[CaseId, str]
    port: int
    pressed: Counter[CaseId] = field(default_factory=Counter)
    answered: set[CaseId] = field(default_factory=set)
    told: Counter[tuple[int, int]] = field(default_factory=Counter)
    _stop: Event = field(default_factory=Event)
    _forms: dict[CaseId, _Form] = field(default_factory=dict)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Let them write while something else goes on; then let each press until answered."""
        with inside(self.house):
            for turn, (case, number) in enumerate(self.numbers.items()):
                self._forms[case] = self._form(turn, case, number)
        thread = Thread(target=self._write)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join()
        give_up = monotonic() + PATIENCE
        for case in self.pressed:
            while case not in self.answered and monotonic() < give_up:
                self._press(case)

    def _form(self, turn: int, case: CaseId, number: str) -> _Form:
        ends = datetime.now(UTC) + timedelta(days=30)
        link = link_token(self.house, case, CONSUMER, purpose="my-case", expires_at=ends)
        token = secrets.token_hex(16)
        return _Form(
            # Everybody comes from somewhere else, as they would.
            visitor=Visitor(source=f"127.1.{turn // 250}.{turn % 250 + 1}"),
            link=f"/l/{link}",
            address=f"/my/{number}/message",
            token=token,
        )

    def _write(self) -> None:
        for case in self.numbers:
            while case not in self.answered and not self._stop.is_set():
                self._press(case)

    def _press(self, case: CaseId) -> None:
        form = self._forms[case]
        self.pressed[case] += 1
        try:
            line = Connection(self.port, form.visitor.source)
            opened = line.ask(form.visitor, "GET", form.link, None).status
            form.visitor.cookies["csrftoken"] = form.token
            said = {"text": "店家今天又打来电话。", "form_token": form.token}
            sent = line.ask(form.visitor, "POST", form.address, said).status
            self.told[opened, sent] += 1
            if sent == TAKEN:
                self.answered.add(case)
            line.close()
        except (OSError, ValueError):  # nobody there, or gone in the middle
            self._stop.wait(PACE)


def _where() -> dict[str, str]:
    with database.connect("app", TEST_DATABASE) as own:
        at = f"host={own.info.host} dbname={TEST_DATABASE}"
    return {
        "DATABASE_URL": f"{at} user={database.role_name('owner')}",
        "DATABASE_APP_URL": f"{at} user={database.role_name('app')}",
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }
