"""A backup is proved by a drill on a copy, which names whatever is broken."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from buckstop import database
from buckstop.cli import backup, manifest, restore
from buckstop.domain.words.ids import CaseId
from buckstop.domain.words.party import CONSUMER
from buckstop.records.evidence.actions import receive
from buckstop.records.log.isolation import inside
from buckstop.records.operations.actions import What
from buckstop.records.operations.queries import last
from buckstop.records.people import keys
from tests.records.cases.builders import Cast, a_case, house
from tests.records.log.test_verify import forger

pytestmark = pytest.mark.django_db(transaction=True)

PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(900)


@pytest.fixture(autouse=True)
def vault(settings: Settings, tmp_path: Path) -> Path:
    settings.VAULT_DIR = tmp_path / "vault"
    return tmp_path / "vault"


@pytest.fixture
def cast() -> Cast:
    return house(slug="fair")


@pytest.fixture
def case(cast: Cast) -> CaseId:
    opened = a_case(cast)
    with inside(cast.house):
        receive(cast.house, opened, CONSUMER, name="photo.png", pieces=(PHOTO,))
    return opened


def backed_up(folder: Path) -> Path:
    assert backup.main([str(folder)]) == 0
    return folder


def drilled(folder: Path, told: pytest.CaptureFixture[str] | pytest.CaptureFixture[bytes]) -> str:
    """Drill, and give what was broken: the words after each BROKEN, or nothing."""
    told.readouterr()
    status = restore.main([str(folder), "--drill"])
    said = str(told.readouterr().out)
    assert (status == 1) == ("BROKEN" in said), said
    return said


def flip(path: Path) -> None:
    """Change one byte in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def rows_of(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def test_a_backup_comes_back_whole_and_the_living_one_is_not_touched(
    cast: Cast, case: CaseId, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = backed_up(tmp_path / "backup")
    told = capfd.readouterr().out
    assert keys.fingerprint() in told
    assert "Not in it" in told
    assert keys.master_key() not in b"".join(p.read_bytes() for p in folder.rglob("*.*"))

    said = drilled(folder, capfd)

    assert "BROKEN" not in said
    for proved in ("counts", "heads", "chain fair", "texts fair", "evidence fair", "replay fair"):
        assert re.search(rf"^ok +{proved} +[1-9]", said, re.MULTILINE), said
    assert (done := last(What.DRILL)) is not None
    assert done.good
    with inside(cast.house):
        assert rows_of("log_head") == 1
    assert case


@contextmanager
def people_at_work(cast: Cast) -> Iterator[list[CaseId]]:
    """Let somebody open cases and send files, from before the block until after it."""
    opened: list[CaseId] = []
    some, stop = Event(), Event()

    def work() -> None:
        try:
            while not stop.is_set():
                case = a_case(cast)
                with inside(cast.house):
                    receive(cast.house, case, CONSUMER, name="a.png", pieces=(PHOTO,))
                opened.append(case)
                some.set()
        finally:
            connection.close()

    thread = Thread(target=work)
    thread.start()
    assert some.wait(30)
    try:
        yield opened
    finally:
        stop.set()
        thread.join()


def test_a_backup_made_while_people_work_is_of_one_moment(
    cast: Cast, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with people_at_work(cast) as opened:
        before = len(opened)
        folder = backed_up(tmp_path / "backup")
        after = len(opened)

    said = drilled(folder, capfd)

    assert "BROKEN" not in said
    found = re.search(r"^ok +heads +(\d+) cases", said, re.MULTILINE)
    assert found
    assert before <= int(found[1]) <= after + 1
    assert before < after, "nobody worked meanwhile"


def test_a_changed_byte_is_named_in_the_dump_and_in_the_vault(
    case: CaseId, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert case
    folder = backed_up(tmp_path / "backup")
    flip(folder / manifest.DUMP)
    (file,) = manifest.files_in(folder / manifest.VAULT)
    flip(file)
    (file.parent / "stray").write_bytes(b"?")

    said = drilled(folder, capfd)

    assert "database.dump is not the one that the manifest tells of" in said
    assert f"{file.relative_to(folder)} was changed" in said
    assert "stray is not listed" in said


def test_lost_rows_behind_an_older_manifest_are_named_each_by_its_table_and_case(
    cast: Cast, case: CaseId, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    gone = house(slug="gone")
    lost = a_case(gone)
    older = backed_up(tmp_path / "older")
    with forger(cast.house) as owner:
        owner.execute("DELETE FROM log_entry WHERE case_id = %s AND seq = 2", [case])
        owner.execute(
            "DELETE FROM people_personaltext WHERE ref = (SELECT title::uuid"
            " FROM cases_case WHERE case_id = %s)",
            [case],
        )
        owner.execute("UPDATE evidence_received SET sm3 = sha256")
    with forger(gone.house) as owner:
        owner.execute("DELETE FROM log_entry")
        owner.execute("DELETE FROM log_head")
    other = house(slug="shop")
    added = a_case(other)
    with forger(other.house) as owner:
        owner.execute("UPDATE cases_case SET kicks = 7")
    newer = backed_up(tmp_path / "newer")
    for name in (manifest.NAME, manifest.HEADS):
        shutil.copy(older / name, newer / name)

    said = drilled(newer, capfd)

    for named in (
        "database.dump is not the one that the manifest tells of",
        r"log_entry has \d+ rows, not \d+",
        rf"heads +\d+ cases\n(.*\n)* +case {lost} ends at entry none, not \d+",
        f"case {case} entry 3: seq-gap",
        rf"case {added} ends at entry \d+, not none",
        f"case {case}: text .* is missing",
        r"replay shop +1 cases.*\n +cases_case has 1 rows that do not follow from the log",
        f"of case {case} has other digests",
    ):
        assert re.search(named, said), (named, said)
    assert re.search(r"^ok +manifest", said, re.MULTILINE)


def test_a_manifest_that_was_changed_is_not_taken_for_ours(case: CaseId, tmp_path: Path) -> None:
    assert case
    folder = backed_up(tmp_path / "backup")
    path = folder / manifest.NAME
    path.write_text(path.read_text().replace('"log_head": 1', '"log_head": 2'))
    assert not manifest.read(folder).is_ours


def test_no_backup_is_written_over_another(tmp_path: Path) -> None:
    folder = backed_up(tmp_path / "backup")
    before = (folder / manifest.NAME).read_bytes()
    with pytest.raises(SystemExit):
        backup.main([str(folder)])
    assert (folder / manifest.NAME).read_bytes() == before


def test_nothing_is_restored_over_what_is_there(cast: Cast, case: CaseId, tmp_path: Path) -> None:
    assert case
    folder = backed_up(tmp_path / "backup")
    with pytest.raises(database.Unusable, match="not empty"):
        restore.main([str(folder)])
    with inside(cast.house):
        assert rows_of("log_head") == 1


def test_what_was_begun_and_not_finished_is_no_backup(tmp_path: Path) -> None:
    folder = backed_up(tmp_path / "backup")
    (folder / manifest.NAME).unlink()
    with pytest.raises(database.Unusable, match="no finished backup"):
        restore.main([str(folder), "--drill"])


def test_without_its_master_key_a_backup_is_refused_before_anything_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = backed_up(tmp_path / "backup")
    monkeypatch.setattr(keys, "master_key", lambda: bytes(32))
    with pytest.raises(database.Unusable, match="the backup needs"):
        restore.main([str(folder), "--drill"])
