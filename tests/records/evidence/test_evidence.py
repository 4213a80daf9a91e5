"""What comes in: files, and what is being typed."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import pytest
from pytest_django.fixtures import Settings

from buckstop.domain.evidence.digests import leaf, sm3
from buckstop.domain.words.ids import CaseId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER
from buckstop.records.evidence import actions, gateways, limits, queries
from buckstop.records.evidence.actions import Receipt
from buckstop.records.evidence.media import SAMPLE, media_type
from buckstop.records.log.isolation import inside
from buckstop.records.people import access
from tests.records.cases.builders import MERCHANT, Cast, a_case, house

PNG = b"\x89PNG\r\n\x1a\n" + bytes(600)
pytestmark = pytest.mark.django_db


@pytest.fixture
def vault(settings: Settings, tmp_path: Path) -> Path:
    settings.VAULT_DIR = tmp_path / "vault"
    return tmp_path / "vault"


@pytest.fixture
def cast(vault: Path) -> Cast:
    del vault
    return house()


@pytest.fixture
def case(cast: Cast) -> CaseId:
    return a_case(cast)


def given(cast: Cast, case: CaseId, *pieces: bytes, name: str = "photo.png") -> Receipt:
    """Let the consumer send a file."""
    with inside(cast.house):
        return actions.receive(cast.house, case, CONSUMER, name=name, pieces=pieces)


def read(cast: Cast, case: CaseId, receipt: Receipt, viewer: access.Viewer) -> bytes:
    """Fetch a file that is part of its case."""
    with inside(cast.house):
        file = queries.served(case, receipt.sha256, viewer, submitted=True)
        return b"".join(file.pieces)


def files_in(vault: Path) -> list[Path]:
    return [path for path in vault.rglob("*") if path.is_file()]


def test_a_file_comes_back_as_it_was_sent_whatever_its_pieces(cast: Cast, case: CaseId) -> None:
    content = PNG + bytes(range(256)) * 9000
    pieces = [content[start : start + 70_001] for start in range(0, len(content), 70_001)]
    receipt = given(cast, case, *pieces)
    assert (receipt.size, receipt.sha256) == (len(content), sha256(content).hexdigest())
    assert read(cast, case, receipt, cast.agent_looks) == content


def test_the_receipt_proves_what_was_sent(cast: Cast, case: CaseId) -> None:
    receipt = given(cast, case, PNG)
    assert receipt.sm3 == sm3(PNG).hex()
    salt, western = bytes.fromhex(receipt.salt), bytes.fromhex(receipt.sha256)
    expected = sha256(salt + western + bytes.fromhex(receipt.sm3)).digest()
    assert leaf(salt, PNG) == expected


def test_nothing_readable_lies_on_the_disk(cast: Cast, case: CaseId, vault: Path) -> None:
    given(cast, case, "我的身份证号".encode() * 100)
    (file,) = files_in(vault)
    assert "我的".encode() not in file.read_bytes()
    assert sha256("我的身份证号".encode() * 100).hexdigest() not in str(file)


def test_an_empty_file_is_refused_and_leaves_nothing(
    cast: Cast, case: CaseId, vault: Path
) -> None:
    with pytest.raises(NotAllowed, match="file-empty"):
        given(cast, case)
    assert files_in(vault) == []


def test_a_huge_file_is_refused_before_it_is_read_to_the_end(
    cast: Cast, case: CaseId, vault: Path
) -> None:
    taken = 0

    def endless() -> Iterator[bytes]:
        nonlocal taken
        while taken < 2 * 1024 * limits.MEGABYTE:
            taken += limits.MEGABYTE
            yield bytes(limits.MEGABYTE)

    with inside(cast.house), pytest.raises(NotAllowed, match="file-too-large"):
        actions.receive(cast.house, case, CONSUMER, name="film.mp4", pieces=endless())
    assert taken <= limits.MOST_BYTES + 3 * limits.MEGABYTE
    assert files_in(vault) == []


def test_a_flood_is_refused_by_what_it_announces() -> None:
    limits.refuse_flood(limits.MOST_BYTES)
    with pytest.raises(NotAllowed, match="upload-too-large"):
        limits.refuse_flood(2 * 1024 * limits.MEGABYTE)


def test_a_crowd_of_files_is_refused() -> None:
    limits.refuse_crowd(limits.MOST_FILES)
    with pytest.raises(NotAllowed, match="too-many-files"):
        limits.refuse_crowd(limits.MOST_FILES + 1)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PNG, "image/png"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(50), "image/jpeg"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "application/pdf"),
        ("您好，黑屏了".encode(), "text/plain"),
        (("好" * SAMPLE).encode()[:SAMPLE], "text/plain"),
        (b"<html><script>alert(1)</script>", "application/octet-stream"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>", "application/octet-stream"),
        (b"MZ" + bytes(80), "application/octet-stream"),
        (b"hello\x00there", "application/octet-stream"),
    ],
)
def test_a_file_is_what_stands_in_it(content: bytes, kind: str) -> None:
    assert media_type(content) == kind


def test_a_page_with_a_picture_s_name_is_handed_out_and_never_shown(
    cast: Cast, case: CaseId
) -> None:
    receipt = given(cast, case, b"<html><script>alert(1)</script>", name="photo.png")
    with inside(cast.house):
        file = queries.served(case, receipt.sha256, cast.agent_looks, submitted=True)
    assert file.headers["Content-Type"] == "application/octet-stream"
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    assert file.headers["Content-Security-Policy"].startswith("sandbox")


def test_a_file_s_name_is_kept_without_its_folders_and_without_nul(
    cast: Cast, case: CaseId
) -> None:
    receipt = given(cast, case, PNG, name="C:\\x\\..\\送\x00修" + "照" * 300 + ".png")
    with inside(cast.house):
        file = queries.served(case, receipt.sha256, cast.agent_looks, submitted=True)
    assert "%E9%80%81%E4%BF%AE" in file.headers["Content-Disposition"]
    assert file.headers["Content-Disposition"].endswith(".png")
    assert "inline" in file.headers["Content-Disposition"]


def test_before_it_is_submitted_only_its_sender_and_the_desk_get_a_file(
    cast: Cast, case: CaseId
) -> None:
    receipt = given(cast, case, PNG)
    merchant = access.party_of(cast.house, case, MERCHANT)
    consumer = access.consumer(cast.house, case)
    with inside(cast.house):
        queries.served(case, receipt.sha256, consumer, submitted=False)
        with pytest.raises(NotAllowed, match="no-such-file"):
            queries.served(case, receipt.sha256, merchant, submitted=False)
    assert read(cast, case, receipt, merchant) == PNG


def test_a_party_of_another_case_gets_no_file(cast: Cast, case: CaseId) -> None:
    receipt = given(cast, case, PNG)
    other = a_case(cast)
    with pytest.raises(NotAllowed, match="no-such-case"):
        read(cast, case, receipt, access.consumer(cast.house, other))


def test_a_changed_byte_in_the_vault_is_noticed(cast: Cast, case: CaseId, vault: Path) -> None:
    receipt = given(cast, case, PNG)
    (file,) = files_in(vault)
    content = bytearray(file.read_bytes())
    content[40] ^= 1
    file.write_bytes(content)
    with pytest.raises(gateways.NotInVault):
        read(cast, case, receipt, cast.agent_looks)


def test_a_file_that_lost_its_end_is_noticed(cast: Cast, case: CaseId, vault: Path) -> None:
    content = bytes(limits.MEGABYTE) + b"end"
    receipt = given(cast, case, content)
    (file,) = files_in(vault)
    file.write_bytes(file.read_bytes()[: limits.MEGABYTE + 16])
    with pytest.raises(gateways.NotInVault):
        read(cast, case, receipt, cast.agent_looks)


def test_what_was_typed_is_there_again_until_it_is_sent(cast: Cast) -> None:
    scope = str(uuid4())
    first, last = {"text": "黑屏"}, {"text": "黑屏\x00了\ud83d" + "不修" * 500_000, "day": "?"}
    with inside(cast.house):
        actions.save_draft(cast.house, scope, CONSUMER, "story", first)
        actions.save_draft(cast.house, scope, CONSUMER, "story", last)
        assert queries.draft(scope, CONSUMER, "story") == last
        assert queries.draft(scope, MERCHANT, "story") == {}
        actions.drop_draft(scope, CONSUMER, "story")
        assert queries.draft(scope, CONSUMER, "story") == {}


def test_a_draft_of_one_house_is_not_there_in_another(cast: Cast) -> None:
    scope, other = str(uuid4()), house()
    with inside(cast.house):
        actions.save_draft(cast.house, scope, CONSUMER, "story", {"text": "黑屏"})
    with inside(other.house):
        assert queries.draft(scope, CONSUMER, "story") == {}
