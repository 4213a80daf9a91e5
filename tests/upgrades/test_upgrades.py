"""What older versions left is migrated, made again and proved; each is named by its commit."""

import re
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from buckstop.database.place import temporary_home
from tests.upgrades.keep import HERE, place

KEPT = sorted(HERE.glob("*.tar.xz"))
_LOOK = """
import django
django.setup()
from buckstop import database
from buckstop.domain.cases.state.case import Case
from buckstop.records.cases.queries import case_page
from buckstop.records.houses.queries import houses
from buckstop.records.log import store
from buckstop.records.log.isolation import inside
from buckstop.records.log.rebuild import rebuild
from buckstop.records.log.verify import verify
from buckstop.records.people.access import Capacity, person_of
from buckstop.records.people.queries import colleagues
database.ensure_server()
for house in houses():
    rebuild(house.house, Case())
    with inside(house.house):
        looks = next(one for one in colleagues() if one.capacity is Capacity.SUPERVISOR)
        viewer = person_of(house.house, looks.person, looks.capacity, looks.desk)
        for case in store.cases():
            page = case_page(case, viewer)
            print(page.number, page.title, len(verify(case)))
"""


@pytest.fixture(params=KEPT, ids=lambda path: path.name.partition(".")[0])
def backup(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    with tarfile.open(request.param) as packed:
        packed.extractall(tmp_path, filter="data")
    return tmp_path / "backup"


@pytest.fixture
def home() -> Iterator[Path]:
    with temporary_home() as made:
        yield made


def run(home: Path, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        env=place(home),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_there_is_one() -> None:
    assert KEPT


def test_an_old_database_is_migrated_proved_and_every_case_of_it_opens(
    backup: Path, home: Path
) -> None:
    said = run(home, "-m", "buckstop.cli", "restore", str(backup))
    assert "BROKEN" not in said
    for proved in ("counts", "heads", "chain demo", "texts demo", "evidence demo", "replay demo"):
        assert re.search(rf"^ok +{proved} +[1-9]", said, re.MULTILINE), said

    cases = run(home, "-c", _LOOK).splitlines()
    assert len(cases) == sum(
        int(found) for found in re.findall(r"^ok +chain \w+ +(\d+) cases", said, re.MULTILINE)
    )
    assert {line.rpartition(" ")[2] for line in cases} == {"0"}
