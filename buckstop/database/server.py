"""Our own PostgreSQL server: found, started and stopped.

Everybody who uses it holds a shared lock, and the last one to leave stops it. So a server
whose starter was killed is used by the next start, and stopped with it.
"""

import atexit
import fcntl
import os
import pwd
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypedDict

import psutil
import psycopg

from buckstop.database.errors import Unusable
from buckstop.database.place import (
    Place,
    home,
    make_home,
    make_private,
    place,
    socket_folder,
    version,
)

SUPERUSER = "postgres"

_BUILTIN_LOCALE_SINCE = 17
_PATIENCE = 30.0
_TICK = 0.02

_SETTINGS = {
    "listen_addresses": "",  # the socket is the only door
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Statements, parameters and details hold personal text, which never goes to a log.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
}


@dataclass(slots=True)
class _Share:
    """What this process holds: its lock, and the server itself if it started it."""

    lock: IO[str] | None = None
    child: subprocess.Popen[bytes] | None = None


class _Identity(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


_share = _Share()


@contextmanager
def in_use() -> Iterator[None]:
    """Have the server run from here on; inside, no other process starts or stops it."""
    make_home()
    with _alone():
        if _share.lock is None:
            _share.lock = (home() / "users.lock").open("w")
            atexit.register(release)
        fcntl.flock(_share.lock, fcntl.LOCK_SH)
        if not _adopt():
            _start()
        yield


def release() -> None:
    """Say that this process needs the server no more; the last to say so stops it."""
    lock, _share.lock = _share.lock, None
    if lock is None:
        return
    with _alone(), lock, suppress(BlockingIOError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _stop()
        with suppress(OSError):
            socket_folder().rmdir()


def administrator(name: str = "postgres") -> psycopg.Connection[tuple[object, ...]]:
    """Connect as the superuser. Only set-up, tests and drills may."""
    return psycopg.connect(host=str(socket_folder()), user=SUPERUSER, dbname=name, autocommit=True)


def is_living() -> bool:
    """Tell whether the server's process lives."""
    return _living() is not None


def _reap() -> None:
    """Bury the server if it died: a dead child that nobody waits for looks alive."""
    if _share.child is not None and _share.child.poll() is not None:
        _share.child = None


@contextmanager
def _alone() -> Iterator[None]:
    with (home() / "starting.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _adopt() -> bool:
    """Tell whether a server of ours runs already and answers; end it if it does not answer."""
    if _living() is None:
        return False
    if _answers():
        return True
    _stop()
    return False


def _living() -> psutil.Process | None:
    """Find the living server of our cluster: no zombie, no stranger with a dead one's number."""
    _reap()
    data = place().data
    with suppress(OSError, ValueError, IndexError, psutil.Error):
        process = psutil.Process(_recorded_pid(data))
        if process.status() != psutil.STATUS_ZOMBIE and Path(process.cwd()) == data.resolve():
            return process
    return None


def _recorded_pid(data: Path) -> int:
    return int((data / "postmaster.pid").read_text().splitlines()[0])


def _answers() -> bool:
    """Wait for the server to accept a connection; tell at once if it has died."""
    give_up_at = time.monotonic() + _PATIENCE
    while time.monotonic() < give_up_at:
        with suppress(psycopg.OperationalError):
            administrator().close()
            return True
        _reap()
        if _share.child is None and _living() is None:
            return False
        time.sleep(_TICK)
    return False


def _start() -> None:
    here = place()
    make_private(socket_folder(), here.user)
    if not here.data.exists():
        _make_cluster(here)
    _let_in(here)
    log = home() / "postgres.log"
    give_up_at = time.monotonic() + _PATIENCE
    while True:
        _share.child = _spawn(here, log)
        if _answers():
            return
        _stop()
        last_words = log.read_text(errors="replace")[-600:].strip()
        # Sessions of a killed server take a moment to notice; until then they hold its memory.
        if "still in use" not in last_words or time.monotonic() > give_up_at:
            msg = f"The embedded PostgreSQL did not start. {log} ends: {last_words}"
            raise Unusable(msg)
        time.sleep(_TICK)


def _spawn(here: Place, log: Path) -> subprocess.Popen[bytes]:
    settings = _SETTINGS | {"unix_socket_directories": str(socket_folder())}
    environment = _environment()
    with suppress(OSError, ValueError, IndexError):
        # A zombie, or a stranger that was given the number of a dead server, would keep
        # PostgreSQL from starting. Named as an ancestor it does not count, and the test for
        # sessions still at work is made all the same.
        environment["PG_GRANDPARENT_PID"] = str(_recorded_pid(here.data))
    arguments = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
    with log.open("wb") as output:
        return subprocess.Popen(
            [here.programs / "postgres", "-D", here.data, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd="/",
            start_new_session=True,  # Ctrl-C is for us; the server stops when its users are gone
            **_identity(here.user),
        )


def _stop() -> None:
    """Stop the server, fast or else at once. Raises Unusable if it outlives both."""
    for how in (signal.SIGINT, signal.SIGQUIT):
        process = _living()
        if process is None:
            return
        with suppress(psutil.NoSuchProcess):
            process.send_signal(how)
        give_up_at = time.monotonic() + _PATIENCE
        while _living() is not None and time.monotonic() < give_up_at:
            time.sleep(_TICK)
    if _living() is not None:
        msg = f"The embedded PostgreSQL in {place().data} does not stop; end it by hand."
        raise Unusable(msg)


def _make_cluster(here: Place) -> None:
    """Make an empty cluster, whole or not at all: a half-made one is made again."""
    unfinished = here.folder / "postgres-unfinished"
    subprocess.run(["rm", "-rf", unfinished], check=True)
    make_private(unfinished, here.user)
    locale = (
        ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
        if version(here.programs) >= _BUILTIN_LOCALE_SINCE
        else ("--locale=C.UTF-8",)
    )
    made = subprocess.run(
        [
            *(here.programs / "initdb", "-D", unfinished, "-U", SUPERUSER),
            *("--encoding=UTF8", "--data-checksums", "--auth=peer", "--no-instructions"),
            *locale,
        ],
        capture_output=True,
        text=True,
        check=False,
        env=_environment(),
        cwd="/",
        **_identity(here.user),
    )
    if made.returncode != 0:
        msg = f"No PostgreSQL cluster could be made in {here.folder}: {made.stderr.strip()}"
        raise Unusable(msg)
    unfinished.rename(here.data)


def _let_in(here: Place) -> None:
    """Let in whoever starts the server, known by the system and not by a password."""
    login = pwd.getpwuid(os.geteuid()).pw_name
    for name, text in (
        ("pg_hba.conf", "local all all peer map=buckstop\n"),
        ("pg_ident.conf", f"buckstop {login} all\n"),
    ):
        path = here.data / name
        path.write_text(text)
        path.chmod(0o600)
        if here.user is not None:
            os.chown(path, here.user.pw_uid, here.user.pw_gid)


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def _identity(user: pwd.struct_passwd | None) -> _Identity:
    if user is None:
        return {}
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
