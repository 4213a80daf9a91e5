"""`buckstop run` starts everything, and leaves nothing behind however it ends."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from buckstop.cli import run

DIRECTLY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@contextmanager
def running(
    home: Path, port: int, stderr: int = subprocess.DEVNULL, **more: str
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start it as `make run` does; give the process and the address that it prints."""
    environment = {key: value for key, value in os.environ.items() if key != "BUCKSTOP_ORIGIN"}
    with subprocess.Popen(
        [Path(sys.executable).with_name("buckstop"), "run", "--port", str(port)],
        env=environment
        | {"BUCKSTOP_DATA": str(home), "DJANGO_SETTINGS_MODULE": "buckstop.settings"}
        | more,
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if found := re.search(r"http://\S+", line):
                yield process, found[0]
                break
        process.send_signal(signal.SIGINT)
        process.wait(60)


def answers(address: str) -> bool:
    try:
        DIRECTLY.open(address, timeout=20).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def parts_of(process: subprocess.Popen[str]) -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True)


@pytest.fixture
def home() -> Iterator[Path]:
    outer = Path(tempfile.mkdtemp(prefix="house-"))
    outer.chmod(0o755)
    yield outer / "data"
    shutil.rmtree(outer)


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield int(other.getsockname()[1])


def test_one_command_opens_the_desk_beside_a_taken_port_and_a_proxy_and_ctrl_c_ends_it(
    home: Path, taken: int
) -> None:
    with running(home, taken, http_proxy=f"http://127.0.0.1:{taken}") as (process, address):
        assert answers(address)
        assert not address.endswith(f":{taken}/")
        parts = parts_of(process)
        assert parts

    assert process.returncode == 0
    assert not answers(address)
    _, alive = psutil.wait_procs(parts, timeout=20)
    assert not alive


def test_a_person_at_a_terminal_is_not_told_of_every_request(home: Path, taken: int) -> None:
    ours, terminal = os.openpty()
    os.set_blocking(ours, False)
    with running(home, taken, stderr=terminal) as (_, address):
        assert answers(address)
    os.write(terminal, b"the end")
    said = os.read(ours, 100_000)
    os.close(terminal)
    os.close(ours)

    assert b"the end" in said
    assert b'"request"' not in said


def test_a_killed_start_leaves_no_pages_behind_and_the_next_one_goes_on(
    home: Path, taken: int
) -> None:
    with running(home, taken) as (process, address):
        pages = [part for part in parts_of(process) if "postgres" not in part.name()]
        process.kill()
    _, alive = psutil.wait_procs(pages, timeout=20)
    assert not [part for part in alive if part.status() != psutil.STATUS_ZOMBIE]

    with running(home, taken) as (process, address):
        assert answers(address)
    assert process.returncode == 0


@pytest.mark.parametrize("port", ["0", "65536", "web"])
def test_a_port_that_cannot_be_is_refused_before_anything_starts(
    port: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run.main(["--port", port])
    assert "--port" in capsys.readouterr().err
