"""`buckstop run`: database, pages and worker, started together and ended together."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec

from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from buckstop import database
from buckstop.cli import demo

_PORTS_TRIED = 50
_PATIENCE = 30.0
_LOOK_EVERY = 0.5
_STEADY = 10.0

_WEB = (
    *("granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "4"),
    *("--no-ws", "--log-level", "warning", "--respawn-failed-workers"),
    # A worker that is told to stop while it starts does not hear it.
    *("--workers-kill-timeout", "5"),
)


def main(arguments: Sequence[str]) -> int:
    """Start everything, say where it is, and end it all on Ctrl-C."""
    options = ArgumentParser(prog="buckstop run", description=__doc__)
    options.add_argument("--host", default="127.0.0.1", help="address to listen on")
    options.add_argument("--port", type=int, default=8000, help="port to listen on, or the next")
    wanted = options.parse_args(arguments)
    for ending in (signal.SIGINT, signal.SIGTERM):  # also where a shell has them ignored
        signal.signal(ending, signal.default_int_handler)
    try:
        _prepare()
        port = _free_port(wanted.host, wanted.port)
        if port != wanted.port:
            print(f"Port {wanted.port} is taken; using {port}.", flush=True)
        _serve(wanted.host, port)
    except KeyboardInterrupt:
        print("\nStopped. Everything is kept; `make run` goes on from here.")
    finally:
        connections.close_all()
        database.release()
    return 0


def _prepare() -> None:
    """Bring the database up to date, as its owner; everything after works as the app."""
    database.ensure_server()
    executor = MigrationExecutor(connections["owner"])
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", database="owner", verbosity=0, interactive=False)
    connections["owner"].close()
    database.refuse_privileged()
    call_command("collectstatic", verbosity=0, interactive=False)
    demo.load()


def _free_port(host: str, first: int) -> int:
    for port in range(first, first + _PORTS_TRIED):
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind((host, port))
            except OSError:
                continue
            return port
    msg = f"No port from {first} on is free; name another with ARGS='--port NUMBER'."
    raise database.Unusable(msg)


@dataclass(slots=True)
class _Part:
    """One process of ours, and when it was last started."""

    command: tuple[str, ...]
    process: subprocess.Popen[bytes]
    since: float


def _serve(host: str, port: int) -> None:
    with ExitStack() as parts:
        web = parts.enter_context(
            _running(*_WEB, "--host", host, "--port", str(port), "buckstop.wsgi:application")
        )
        running = [web]
        if find_spec("buckstop.clockwork") and find_spec("buckstop.clockwork.__main__"):
            running.append(parts.enter_context(_running("buckstop.clockwork")))
        address = f"http://{'localhost' if host == '127.0.0.1' else host}:{port}/"
        _wait_for(f"http://{host}:{port}/", web)
        print(f"Buckstop 管到底 is open at {address} (Ctrl-C ends it)", flush=True)
        while True:
            time.sleep(_LOOK_EVERY)
            if not database.is_running():
                print("The database had died; starting it again.", flush=True)
                database.ensure_server()
            for part in running:
                _keep_up(part)


@contextmanager
def _running(*command: str) -> Iterator[_Part]:
    part = _Part(command, _spawn(command), time.monotonic())
    try:
        yield part
    finally:
        part.process.terminate()
        try:
            part.process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            part.process.kill()
            part.process.wait()


def _spawn(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "buckstop.cli.bound", *command],
        stdin=subprocess.PIPE,  # never written to: see `bound`
        start_new_session=True,  # Ctrl-C comes to us alone, and we end the parts in order
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "buckstop.settings"},
    )


def _keep_up(part: _Part) -> None:
    """Start a part again that died, unless it dies at once each time."""
    status = part.process.poll()
    if status is None:
        return
    if time.monotonic() - part.since < _STEADY:
        msg = f"{part.command[0]} ended at once (status {status}); its own words stand above."
        raise database.Unusable(msg)
    print(f"{part.command[0]} had died; starting it again.", flush=True)
    part.process, part.since = _spawn(part.command), time.monotonic()


def _wait_for(address: str, web: _Part) -> None:
    give_up_at = time.monotonic() + _PATIENCE
    while time.monotonic() < give_up_at:
        _keep_up(web)
        try:
            urllib.request.urlopen(address, timeout=_PATIENCE).close()  # noqa: S310 - our own
        except urllib.error.HTTPError:
            return  # it answers
        except OSError:
            time.sleep(0.05)
        else:
            return
    msg = "The web server does not answer; its own words stand above."
    raise database.Unusable(msg)
