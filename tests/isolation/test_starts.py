"""Nothing starts with a database role that could get around the isolation of houses."""

import runpy
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from buckstop import cli, database
from buckstop.database import Unusable
from buckstop.database.server import administrator

NOT_AS_THE_APP = {
    "story": "opens no database",
    "backup": "copies all houses, as the owner",
    "restore": "brings all houses back, as the owner",
    "remove-house": "removes a house, as the owner",
}
"""Commands that do not work as the app. Any other must refuse; a new one does, or stands here."""

NOTICE = 'year = 2027\nsource = "made up"\noff = []\nmake_up = []\n'


@contextmanager
def given(power: str, back: str) -> Iterator[None]:
    """Give the app's role some power for a moment, on the server that is this run's own."""
    with administrator() as connection:
        connection.execute(power)
        try:
            yield
        finally:
            connection.execute(back)


@pytest.fixture
def powerful() -> Iterator[None]:
    with given("alter role buckstop_app bypassrls", "alter role buckstop_app nobypassrls"):
        yield


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("power", "back", "named"),
    [
        ("alter role buckstop_app superuser", "alter role buckstop_app nosuperuser", "superuser"),
        ("alter role buckstop_app bypassrls", "alter role buckstop_app nobypassrls", "bypass"),
        ("alter role buckstop_app replication", "alter role buckstop_app noreplication", "copy"),
        (
            "create role borrowed bypassrls; grant borrowed to buckstop_app with inherit false",
            "drop role borrowed",
            "bypass",
        ),
    ],
)
def test_a_role_with_some_power_of_its_own_or_borrowed_is_refused(
    power: str, back: str, named: str
) -> None:
    database.refuse_privileged()
    with given(power, back), pytest.raises(Unusable, match=named):
        database.refuse_privileged()


@pytest.mark.django_db(transaction=True, databases=["default", "owner"])
@pytest.mark.usefixtures("powerful")
@pytest.mark.parametrize("command", sorted(set(cli.COMMANDS) - set(NOT_AS_THE_APP)))
def test_no_command_works_with_such_a_role(
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    notice = tmp_path / "notice.toml"
    notice.write_text(NOTICE)
    arguments = {"holidays": ["fair", str(notice)], "export": ["fair", str(tmp_path / "new")]}
    monkeypatch.setattr(sys, "argv", ["buckstop", command, *arguments.get(command, [])])
    monkeypatch.setattr(database, "release", lambda: None)  # the other tests need the server
    assert cli.main() == 1
    said = capsys.readouterr()
    assert "may bypass row security" in said.err
    assert said.out == ""


@pytest.mark.django_db
@pytest.mark.usefixtures("powerful")
@pytest.mark.parametrize("door", ["buckstop.wsgi", "buckstop.clockwork"])
def test_neither_pages_nor_worker_start_by_themselves_with_such_a_role(door: str) -> None:
    with pytest.raises(Unusable, match="may bypass row security"):
        runpy.run_module(door, run_name="__main__")
