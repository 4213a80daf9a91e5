"""A command that meets a database without tables says so, and how they come."""

import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connections

from buckstop import cli, database
from tests.conftest import TEST_DATABASE

pytestmark = pytest.mark.django_db(transaction=True)

NOTICE = """
year = 2027
source = "a notice"
off = ["2027-01-01"]
make_up = []
"""


@pytest.fixture
def without_tables() -> Iterator[None]:
    """Let everything go to a database that nobody has migrated."""
    name = f"{TEST_DATABASE}_{uuid4().hex[:8]}"
    database.create(name)
    _use(name)
    yield
    _use(TEST_DATABASE)
    database.drop(name)


def _use(name: str) -> None:
    connections.close_all()
    for alias in connections:
        connections.settings[alias]["NAME"] = name


@pytest.mark.parametrize(
    "words",
    [
        "verify",
        "rebuild",
        "worker",
        "holidays fair notice.toml",
        "backup kept",
        "export fair fair.zip",
        "remove-house fair",
    ],
)
@pytest.mark.usefixtures("without_tables")
def test_it_is_said_in_one_sentence_with_the_remedy(
    words: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notice.toml").write_text(NOTICE, encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["buckstop", *shlex.split(words)])

    assert cli.main() == 1

    (said,) = capsys.readouterr().err.splitlines()
    assert "no tables" in said
    assert "`buckstop run`" in said
