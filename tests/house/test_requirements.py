"""The table of requirements is complete, and names tests that are there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
IDS = {
    f"{area}{number}"
    for area, many in zip("ABCDEFGHIJ", (9, 8, 4, 11, 5, 5, 9, 3, 6, 4), strict=True)
    for number in range(1, many + 1)
}
ROW = re.compile(
    r"^\| (?P<id>[A-J]\d+) \|[^|]+\|(?P<where>[^|]*)\|(?P<tests>[^|]*)\| (?P<status>.+) \|$"
)


def rows() -> dict[str, dict[str, str]]:
    lines = (ROOT / "docs/requirements.md").read_text(encoding="utf-8").splitlines()
    found = (ROW.match(line) for line in lines)
    return {match["id"]: match.groupdict() for match in found if match}


def test_every_requirement_has_its_row() -> None:
    assert set(rows()) == IDS


@pytest.mark.parametrize("wanted", sorted(IDS))
def test_a_row_is_honest(wanted: str) -> None:
    row = rows()[wanted]
    status = row["status"].partition(":")[0].strip()
    assert status in {"works", "partly", "not yet"}
    tests = re.findall(r"tests/[\w/]+\.py", row["tests"])
    assert all((ROOT / test).is_file() for test in tests)
    assert tests or status != "works"
    assert "`" in row["where"] or status == "not yet"


@pytest.mark.parametrize("wanted", sorted(IDS))
def test_a_row_names_places_that_are_there(wanted: str) -> None:
    named = re.findall(r"`([^`]+)`", rows()[wanted]["where"])
    assert [place for place in named if not (ROOT / "buckstop" / place).exists()] == []
