"""`buckstop run`: database, pages and worker, started together and ended together."""

import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path

import django
import psutil
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from buckstop import database
from buckstop.cli import demo
from buckstop.cli.parts import Part, keep_up, must_live, running

_PORTS_TRIED = 50
_LAST_PORT = 65_535
_PATIENCE = 30.0
_LOOK_EVERY = 0.5
# Our own pages are not behind the proxy that an environment may name.
_DIRECTLY = urllib.request.build_opener(urllib.request.ProxyHandler({}))

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
    options.add_argument("--port", type=_port, default=8000, help="port to listen on, or the next")
    wanted = options.parse_args(arguments)
    if sys.stderr.isatty():  # a line for each request is for machines
        os.environ.setdefault("BUCKSTOP_LOG_LEVEL", "WARNING")
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
    _collect_static()
    _forget_counts()
    demo.load()


def _forget_counts() -> None:
    """Remove what web processes have counted that are gone, so that counts begin anew."""
    for counted in settings.METRICS_DIR.glob("*_*.db"):
        pid = counted.stem.rpartition("_")[2]
        if not (pid.isdecimal() and psutil.pid_exists(int(pid))):
            counted.unlink()


def _collect_static() -> None:
    """Collect what pages are made of, unless nothing of it has changed since last time."""
    stamp, now = settings.STATIC_ROOT / ".collected", _stamp_of_static()
    if stamp.exists() and stamp.read_text() == now:
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    stamp.write_text(now)


def _stamp_of_static() -> str:
    """Digest which files there are, how long and from when, and what makes copies of them."""
    digest = sha256(repr((settings.STORAGES["staticfiles"], django.VERSION)).encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            known = Path(storage.path(path)).stat()
            digest.update(f"{path}\0{known.st_size}\0{known.st_mtime_ns}\0".encode())
    return digest.hexdigest()


def _port(said: str) -> int:
    """Read a port that can be named in an address."""
    if not 1 <= int(said) <= _LAST_PORT:
        raise ValueError(said)
    return int(said)


def _free_port(host: str, first: int) -> int:
    for port in range(first, min(first + _PORTS_TRIED, _LAST_PORT + 1)):
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                tried.bind((host, port))
            except OSError:
                continue
            return port
    msg = f"No port from {first} on is free; name another with ARGS='--port NUMBER'."
    raise database.Unusable(msg)


def _serve(host: str, port: int) -> None:
    with ExitStack() as parts:
        pages = (*_WEB, "--host", host, "--port", str(port), "buckstop.wsgi:application")
        web = parts.enter_context(running(*pages, needed=True))
        address = f"http://{'localhost' if host == '127.0.0.1' else host}:{port}/"
        _wait_for(f"http://{host}:{port}/", web)
        print(f"Buckstop 管到底 is open at {address} (Ctrl-C ends it)", flush=True)
        worker = parts.enter_context(running("buckstop.clockwork", needed=False))
        while True:
            time.sleep(_LOOK_EVERY)
            if not database.is_running():
                print("The database had died; starting it again.", flush=True)
                database.ensure_server()
            for part in (web, worker):
                keep_up(part, time.monotonic())


def _wait_for(address: str, web: Part) -> None:
    give_up_at = time.monotonic() + _PATIENCE
    while time.monotonic() < give_up_at:
        must_live(web)
        try:
            _DIRECTLY.open(address, timeout=_PATIENCE).close()
        except urllib.error.HTTPError:
            return  # it answers
        except OSError:
            time.sleep(0.05)
        else:
            return
    msg = "The web server does not answer; its own words stand above."
    raise database.Unusable(msg)
