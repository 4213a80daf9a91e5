"""A house is exported whole, so that it can be read and checked without this program."""

import json
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from buckstop.cli import export
from buckstop.cli.export_tables import LEFT_OUT, tables
from buckstop.domain.evidence.chain import Link, faults
from buckstop.domain.evidence.digests import commitment
from buckstop.domain.words.ids import CaseId
from buckstop.domain.words.party import CONSUMER
from buckstop.records.evidence.actions import receive
from buckstop.records.log.isolation import inside
from buckstop.records.people.models import ReadTrace
from buckstop.records.people.vault import erase
from tests.records.cases.builders import Cast, a_case, house, sealed

pytestmark = pytest.mark.django_db(transaction=True)

PHOTO = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
ERASED = "请删掉我的电话 13800000000"


@pytest.fixture(autouse=True)
def vault(settings: Settings, tmp_path: Path) -> None:
    settings.VAULT_DIR = tmp_path / "vault"


@pytest.fixture
def cast() -> Cast:
    return house(slug="fair")


@pytest.fixture
def case(cast: Cast) -> CaseId:
    opened = a_case(cast)
    with inside(cast.house):
        receive(cast.house, opened, CONSUMER, name="photo.png", pieces=(PHOTO,))
    return opened


@pytest.fixture
def book(cast: Cast, case: CaseId, tmp_path: Path) -> dict[str, bytes]:
    """Export the house beside another one, and give every member."""
    a_case(house(slug="shop"))
    text = sealed(cast, case, ERASED)
    with inside(cast.house):
        erase(text.ref)
    file = tmp_path / "fair.zip"
    assert export.main(["fair", str(file)]) == 0
    assert file.stat().st_mode & 0o777 == 0o600
    with ZipFile(file) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def lines(book: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in book[name].splitlines()]


def octets(hexadecimal: str) -> bytes:
    return bytes.fromhex(hexadecimal.removeprefix("\\x"))


def test_the_manifest_tells_every_member_and_its_digest(book: dict[str, bytes]) -> None:
    told = json.loads(book["manifest.json"])["members"]
    assert told.keys() == book.keys() - {"manifest.json"}
    for name, member in told.items():
        assert member["sha256"] == sha256(book[name]).hexdigest()
        assert member.get("rows") in (None, len(book[name].splitlines()))


def test_the_log_of_a_case_can_be_checked_from_the_file_alone(
    book: dict[str, bytes], case: CaseId
) -> None:
    links = [
        Link(
            seq=int(row["seq"]),
            content=row["body"].encode(),
            salt=octets(row["salt"]),
            leaf=octets(row["leaf"]),
            digest=octets(row["digest"]),
        )
        for row in lines(book, "tables/log_entry.jsonl")
        if row["case_id"] == case
    ]
    assert len(links) > 1
    assert not list(faults(links))


def test_texts_and_files_stand_in_it_as_they_were_given(
    book: dict[str, bytes], case: CaseId
) -> None:
    texts = {text["ref"]: text for text in lines(book, "texts.jsonl")}
    (received,) = lines(book, "tables/evidence_received.jsonl")
    name = texts[received["name"]]
    assert name["says"] == "photo.png"
    assert commitment(bytes.fromhex(name["salt"]), name["says"]) == received["name_commitment"]
    assert book[f"files/{case}/{received['sha256']}"] == PHOTO
    assert [text for text in texts.values() if text.keys() == {"ref", "case"}]
    assert ERASED not in book["texts.jsonl"].decode()


def test_nothing_of_another_house_and_no_key_is_in_it(book: dict[str, bytes], cast: Cast) -> None:
    for name in book:
        for row in lines(book, name) if name.startswith("tables/") else ():
            assert row["house"] == cast.house
            assert not row.keys() & {"password", "wrapped_key", "ciphertext", "mark", "link"}


def test_octets_come_along_only_where_they_are_known_to_be_no_secret() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname || '.' || a.attname FROM pg_attribute a"
            " JOIN pg_class c ON c.oid = a.attrelid"
            " WHERE c.relname = ANY (%s) AND a.atttypid = 'bytea'::regtype",
            [tables()],
        )
        found = {str(name) for (name,) in cursor.fetchall()}
    assert found - LEFT_OUT.keys() == {
        "evidence_received.salt",
        "log_entry.digest",
        "log_entry.leaf",
        "log_entry.salt",
        "log_head.digest",
    }


def test_an_export_leaves_a_trace_and_writes_over_nothing(
    cast: Cast, book: dict[str, bytes], tmp_path: Path
) -> None:
    assert book
    with inside(cast.house):
        assert ReadTrace.objects.filter(purpose="export", texts__gt=0).count() == 1
    with pytest.raises(SystemExit):
        export.main(["fair", str(tmp_path / "fair.zip")])
