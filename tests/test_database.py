"""Our own PostgreSQL server keeps what it was given, whoever is killed and whoever runs it."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from buckstop import database
from buckstop.database.place import socket_folder

ROOT = Path(__file__).resolve().parent.parent
NOTE = "owner.execute('create table note as select 7 as said')"
READ_NOTE = "print(owner.execute('select said from note').fetchone()[0])"

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="root alone meets this")


def script(*lines: str) -> str:
    return "\n".join(
        (
            "from buckstop import database",
            "database.ensure_server()",
            "owner = database.connect('owner')",
            *lines,
        )
    )


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("DATABASE_")}
    return kept | {"BUCKSTOP_DATA": str(home), "PYTHONPATH": str(ROOT)} | more


def run(home: Path, *lines: str, **more: str) -> str:
    """Use the server of `home` for some lines of Python, in a process of their own."""
    done = subprocess.run(
        [sys.executable, "-c", script(*lines)],
        env=environment(home, **more),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def refused(home: Path, *lines: str, **more: str) -> str:
    """Give the sentence with which the database says no."""
    wrapped = ("try:", *(f"    {line}" for line in lines))
    caught = ("except database.Unusable as error:", "    print(error)")
    return run(home, *wrapped, *caught, **more)


@contextmanager
def user_of(home: Path) -> Iterator[subprocess.Popen[str]]:
    """Keep a process that uses the server, until it is told to end or killed."""
    lines = script("print('ready', flush=True)", "input()")
    with subprocess.Popen(
        [sys.executable, "-c", lines],
        env=environment(home),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
        if process.poll() is None:
            process.communicate("end\n", timeout=60)


def server_of(home: Path) -> psutil.Process | None:
    try:
        pid = int((home / "postgres" / "postmaster.pid").read_text().splitlines()[0])
        return psutil.Process(pid)
    except (FileNotFoundError, psutil.NoSuchProcess):
        return None


def has_ended(process: psutil.Process) -> bool:
    """Tell whether a process is over, even where nobody buries it."""
    return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE


def mode(folder: Path) -> int:
    return stat.S_IMODE(folder.stat().st_mode)


@pytest.fixture
def home() -> Iterator[Path]:
    """Give a data folder that others can reach, as a checkout outside private folders has."""
    outer = Path(tempfile.mkdtemp(prefix="house-"))
    outer.chmod(0o755)
    yield outer / "data"
    server = server_of(outer / "data")
    if server is not None:
        server.send_signal(signal.SIGQUIT)
    shutil.rmtree(outer)


def test_a_restart_keeps_everything_and_leaves_nothing_running(home: Path) -> None:
    run(home, NOTE)
    assert server_of(home) is None
    assert run(home, READ_NOTE) == "7"


def test_a_server_whose_starter_was_killed_is_used_and_stopped_by_the_next(home: Path) -> None:
    with user_of(home) as starter:
        starter.kill()
    orphan = server_of(home)
    assert orphan is not None

    assert run(home, NOTE, READ_NOTE) == "7"
    assert has_ended(orphan)


def test_a_killed_server_comes_back_with_all_that_was_committed(home: Path) -> None:
    said = run(
        home,
        NOTE,
        "import os, signal",
        "from buckstop.database.server import _living",
        "os.kill(_living().pid, signal.SIGKILL)",
        "database.ensure_server()",
        "owner = database.connect('owner')",
        READ_NOTE,
    )
    assert said == "7"


def test_a_server_killed_together_with_its_starter_comes_back(home: Path) -> None:
    run(home, NOTE)
    with user_of(home) as starter:
        server = server_of(home)
        assert server is not None
        server.kill()
        starter.kill()
    assert run(home, READ_NOTE) == "7"


def test_a_stranger_with_the_number_of_a_dead_server_is_left_alone(home: Path) -> None:
    run(home, NOTE)
    stale = home / "postgres" / "postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{home / 'postgres'}\n")
    assert run(home, READ_NOTE) == "7"


def test_the_last_to_leave_stops_the_server_and_nobody_before(home: Path) -> None:
    with user_of(home):
        run(home, NOTE)
        assert server_of(home) is not None
    assert server_of(home) is None


def test_two_checkouts_run_side_by_side(home: Path) -> None:
    with user_of(home / "first"), user_of(home / "second"):
        run(home / "first", NOTE)
        table = "select to_regclass('note') is null"
        assert run(home / "second", f"print(owner.execute({table!r}).fetchone()[0])") == "True"


def test_folders_are_private_and_those_above_stay_as_they_were(home: Path) -> None:
    before = mode(home.parent)
    run(home)
    assert mode(home / "postgres") == 0o700
    assert mode(home) == 0o711
    assert mode(home.parent) == before


def test_a_deep_folder_does_not_make_the_socket_unreachable(home: Path) -> None:
    assert run(home / ("deep" * 30), NOTE, READ_NOTE) == "7"


def test_the_cluster_has_checksums_and_sorts_by_code_point(home: Path) -> None:
    query = (
        "select current_setting('data_checksums'), datlocprovider::text, datlocale"
        " from pg_database where datname = 'buckstop'"
    )
    assert run(home, f"print(*owner.execute({query!r}).fetchone())") == "on b C.UTF-8"


@as_root
def test_root_hands_the_server_to_a_user_without_power(home: Path) -> None:
    with user_of(home):
        server = server_of(home)
        assert server is not None
        assert server.uids().real != 0
        assert server.uids().effective != 0


@as_root
def test_a_checkout_in_a_private_folder_of_root_works_and_stays_private(home: Path) -> None:
    home.parent.chmod(0o700)
    name = "import buckstop.database.place as p; print(p.place().folder)"
    aside = Path(run(home, NOTE, name))
    try:
        assert aside.parent == Path("/var/lib")
        assert mode(home.parent) == 0o700
        assert run(home, READ_NOTE) == "7"
    finally:
        shutil.rmtree(aside)


@pytest.mark.parametrize(
    ("power", "named"),
    [
        ("alter role buckstop_app superuser", "is a superuser"),
        ("alter role buckstop_app bypassrls", "may bypass row security"),
        ("grant buckstop_owner to buckstop_app", "owns tables"),
    ],
)
def test_an_app_with_too_much_power_is_refused(home: Path, power: str, named: str) -> None:
    run(home, NOTE, "database.refuse_privileged()")
    said = refused(
        home,
        "from buckstop.database.server import administrator",
        f"administrator().execute({power!r})",
        "database.refuse_privileged()",
    )
    assert named in said


def test_a_given_server_is_used_as_its_owner_and_as_the_app(home: Path) -> None:
    with user_of(home):
        host = run(
            home,
            "from buckstop.database.server import administrator, socket_folder",
            "administrator('buckstop').execute('drop owned by buckstop_app')",
            "administrator().execute('drop role buckstop_app')",
            "administrator().execute('create role given login createrole')",
            "administrator().execute('create database elsewhere owner given')",
            "print(socket_folder())",
        )
        said = run(
            home,
            "database.refuse_privileged()",
            "owner.execute('create table note as select 7 as said')",
            "app = database.connect('app')",
            "print(*app.execute('select said, current_user from note').fetchone())",
            DATABASE_URL=f"postgresql://given@/elsewhere?host={host}",
        )
    assert said == "7 buckstop_app"


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("postgresql://nobody@127.0.0.1:1/none", "leads to no database that answers"),
        ("mysql://nobody:hush@localhost/none", "is no address of a database"),
    ],
)
def test_a_given_server_that_cannot_be_used_is_named_in_one_sentence(
    home: Path, url: str, said: str
) -> None:
    lines = ("import os", f"os.environ['DATABASE_URL'] = {url!r}", "database.ensure_server()")
    sentence = refused(home, *lines)
    assert sentence.startswith(f"DATABASE_URL {said}")
    assert "hush" not in sentence


def test_an_app_that_cannot_log_in_is_named_by_its_own_variable(home: Path) -> None:
    with user_of(home):
        server = run(
            home, "from buckstop.database.server import socket_folder", "print(socket_folder())"
        )
        lines = (
            "import os",
            f"os.environ['DATABASE_URL'] = 'postgresql://buckstop_owner@/buckstop?host={server}'",
            "os.environ['DATABASE_APP_URL'] = 'postgresql://buckstop_app@127.0.0.1:1/buckstop'",
            "database.ensure_server()",
        )
        assert refused(home, *lines).startswith("DATABASE_APP_URL leads to no database")


def test_a_socket_folder_of_somebody_else_is_not_trusted(home: Path) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BUCKSTOP_DATA", str(home))
        squatted = socket_folder()
    squatted.mkdir(mode=0o755)
    squatted.chmod(0o755)
    (squatted / "theirs").touch()
    try:
        done = subprocess.run(
            [sys.executable, "-c", script()],
            env=environment(home),
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert "is not the private folder it should be" in done.stderr
    finally:
        shutil.rmtree(squatted)


def test_pages_go_through_a_pooler_prepare_nothing_and_leave_all_else_past_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    direct, pool = "postgresql://app@db:5432/desk", "postgresql://app@pooler:6432/desk"
    monkeypatch.setenv("DATABASE_URL", "postgresql://owner@db:5432/desk")
    monkeypatch.setenv("DATABASE_APP_URL", direct)
    monkeypatch.setenv("DATABASE_POOL_URL", pool)

    def seen(role: database.Role) -> tuple[object, object]:
        found = database.settings_for(role)
        options = found["OPTIONS"]
        assert isinstance(options, dict)
        return found["HOST"], options["prepare_threshold"]

    assert seen("app") == ("db", 3)
    database.go_through_pooler()
    assert seen("app") == ("pooler", None)
    assert seen("owner") == ("db", 3)
