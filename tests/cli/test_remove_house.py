"""A house is removed for ever, on purpose, and no other is touched."""

from pathlib import Path

import psycopg
import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from buckstop import database
from buckstop.cli import demo, remove_house
from buckstop.database import dump
from buckstop.domain.words.party import CONSUMER
from buckstop.records.evidence.actions import receive
from buckstop.records.houses import removal
from buckstop.records.houses.queries import house_called, houses
from buckstop.records.log.isolation import HouseId, inside
from buckstop.records.log.verify import verify
from buckstop.records.operations.actions import What
from buckstop.records.operations.queries import every
from tests.conftest import TEST_DATABASE
from tests.records.cases.builders import Cast, a_case, house
from tests.records.log.test_isolation import tables_of_houses

pytestmark = pytest.mark.django_db(transaction=True)

FOR_EVER = ["fair", "--yes-for-ever", "fair", "--although", "moved to another program"]


@pytest.fixture(autouse=True)
def vault(settings: Settings, tmp_path: Path) -> Path:
    settings.VAULT_DIR = tmp_path / "vault"
    return tmp_path / "vault"


def a_house_with_a_file(slug: str) -> Cast:
    cast = house(slug=slug)
    case = a_case(cast)
    with inside(cast.house):
        receive(cast.house, case, CONSUMER, name="photo.png", pieces=(slug.encode(),))
    return cast


@pytest.fixture
def fair() -> Cast:
    return a_house_with_a_file("fair")


@pytest.fixture
def shop() -> Cast:
    return a_house_with_a_file("shop")


def digests(house: HouseId) -> dict[str, str]:
    """Digest every row that a house sees, table by table."""
    found = {}
    with inside(house), connection.cursor() as cursor:
        for table in (*tables_of_houses(), "log_cursor"):
            cursor.execute(
                "SELECT md5(coalesce(string_agg(said, chr(10) ORDER BY said COLLATE \"C\"), ''))"
                f" FROM (SELECT t::text AS said FROM {table} t) rows"
            )
            (found[table],) = cursor.fetchone()
    return found


def left_of(house: HouseId) -> dict[str, int]:
    """Count what is left of a house, with eyes that see every house."""
    with dump.snapshot(TEST_DATABASE) as (seen, _):
        found = {}
        for table in tables_of_houses():
            query = f"select count(*) from {table} where house = %s"
            ((many,),) = seen.execute(query.encode(), [house])
            found[table] = int(str(many))
    return {table: many for table, many in found.items() if many}


def files_in(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_everything_of_a_house_goes_and_another_stays_as_it_was(
    fair: Cast, shop: Cast, vault: Path
) -> None:
    before, files = digests(shop.house), files_in(vault / shop.house)
    assert left_of(fair.house)
    assert files_in(vault / fair.house)

    assert remove_house.main(FOR_EVER) == 0

    assert left_of(fair.house) == {}
    assert house_called("fair") is None
    assert not (vault / fair.house).exists()
    assert digests(shop.house) == before
    assert files_in(vault / shop.house) == files
    case = a_case(shop)
    with inside(shop.house):
        assert not verify(case)


def test_a_trace_stays_with_the_reason(fair: Cast) -> None:
    remove_house.main(FOR_EVER)
    (deed,) = every(What.REMOVAL)
    assert deed.said["house"] == fair.house
    assert deed.said["word"] == "fair"
    assert deed.said["although"] == "moved to another program"
    assert dict(deed.said["rows"])["log_head"] == 1  # type: ignore[call-overload]  # a deed says any JSON


def test_without_more_words_it_only_tells(fair: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    before = digests(fair.house)
    assert remove_house.main(["fair"]) == 0
    assert "1 cases, 1 of them open" in capsys.readouterr().out
    assert digests(fair.house) == before


@pytest.mark.parametrize(
    "words",
    [
        ["fair", "--yes-for-ever", "fair"],
        ["fair", "--yes-for-ever", "fair", "--although", " "],
        ["fair", "--yes-for-ever", "shop", "--although", "moved"],
        ["nowhere", "--yes-for-ever", "nowhere", "--although", "moved"],
    ],
)
def test_it_stops_for_what_must_be_kept_and_for_a_word_mistyped(
    words: list[str], fair: Cast, shop: Cast
) -> None:
    before = digests(fair.house), digests(shop.house)
    with pytest.raises(SystemExit):
        remove_house.main(words)
    assert (digests(fair.house), digests(shop.house)) == before


def test_files_that_a_killed_removal_left_go_with_the_next_call(
    fair: Cast, vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(_house: HouseId) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(remove_house, "_empty", killed)
        with pytest.raises(KeyboardInterrupt):
            remove_house.main(FOR_EVER)
    assert files_in(vault / fair.house)

    assert remove_house.main(["fair"]) == 0
    assert not (vault / fair.house).exists()


def test_a_demonstration_that_was_removed_does_not_come_back_with_the_next_start() -> None:
    demo.load()
    for word in ("demo", "before"):
        remove_house.main([word, "--yes-for-ever", word, "--although", "no need of it"])
        demo.load()
    assert houses() == ()


def test_the_guards_stand_again_afterwards(fair: Cast, shop: Cast) -> None:
    remove_house.main(FOR_EVER)
    assert left_of(fair.house) == {}
    with database.connect("owner", TEST_DATABASE) as owner, owner.transaction():
        owner.execute("SELECT set_config('buckstop.house', %s, true)", [shop.house])
        with pytest.raises(psycopg.IntegrityError, match="append-only"):
            owner.execute("DELETE FROM log_entry")


def test_the_app_itself_removes_nothing(fair: Cast) -> None:
    before = digests(fair.house)
    refused = pytest.raises(psycopg.errors.InsufficientPrivilege)
    with database.connect("app", TEST_DATABASE) as app, refused:
        removal.remove(app, fair.house, {})
    assert digests(fair.house) == before


def test_who_writes_just_now_finishes_first(fair: Cast, shop: Cast) -> None:
    with database.connect("app", TEST_DATABASE) as writer:
        writer.execute("BEGIN")
        writer.execute("SELECT set_config('buckstop.house', %s, true)", [shop.house])
        writer.execute("UPDATE log_head SET seq = seq + 1 WHERE house = %s", [shop.house])
        with database.connect("owner", TEST_DATABASE) as owner, pytest.raises(TimeoutError):
            removal.remove(owner, fair.house, {}, tries=1)
        writer.execute("ROLLBACK")
    assert left_of(fair.house)
    assert remove_house.main(FOR_EVER) == 0
