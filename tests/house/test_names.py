"""Companies and products in stories, demo data and examples are invented."""

import hashlib
import re
from itertools import chain

import pytest

from tests.house.test_rules import ROOT, kept

# Digests of real names, so that not even this list names anybody; add to it with `digest`.
REAL = frozenset(
    {
        "047364b9be67f665",
        "055f319cf3423c88",
        "09d7a3cc67c81e21",
        "2402a6b0ea4766f6",
        "33bfc11ad0d93ac5",
        "3a8b999856beaa38",
        "4005e80ed2d95ea1",
        "40a1607372a7c0ab",
        "42e6b69a66aee35b",
        "439f36c169eec30f",
        "47c1e53c427aafb4",
        "536bc8fc40cad38c",
        "53874092e000069b",
        "56018fe135c84cb3",
        "5fdd673ed1fcff1d",
        "6362a966d9f2a89d",
        "648ac0860a36272a",
        "650d7bcacd9b4ddb",
        "6d37feda49a46792",
        "73bae75eda748ec6",
        "81baf57e05f11276",
        "82eaaba81d9dcc54",
        "8d2be68965151aec",
        "968e2d5b08687bf4",
        "9926bd50c0282a28",
        "994d2e5bb6958100",
        "999e524f02e0c1ac",
        "9abb67c3783541df",
        "9c8ae69b84f21a2e",
        "b81c8201acfc7639",
        "c608c4787821de1b",
        "cbc62794911ff31b",
        "cd6362472aea60ef",
        "d63f8ad22486fe44",
        "da14d8f7500f7e61",
        "e572e8f7b4d08f5f",
        "e6667aa47720db2c",
        "effea4c9ff35497c",
    }
)
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_LATIN = re.compile(r"[a-z]{4,}")


def digest(name: str) -> str:
    return hashlib.sha256(name.lower().encode()).hexdigest()[:16]


def real_names(text: str) -> set[str]:
    """Find real names: whole Latin words, and any two to four Chinese characters."""
    runs = _CHINESE.findall(text)
    parts = {
        run[at : at + size]
        for run in runs
        for size in (2, 3, 4)
        for at in range(len(run) - size + 1)
    }
    return {part for part in chain(parts, _LATIN.findall(text.lower())) if digest(part) in REAL}


def test_no_real_name_stands_anywhere() -> None:
    found = {
        str(path.relative_to(ROOT)): names
        for path in kept()
        if (names := real_names(path.read_text(errors="ignore")))
    }
    assert not found


@pytest.mark.parametrize(
    ("text", "is_real"),
    [("在京" + "东买的", True), ("bought on Tao" + "bao", True), ("在东京买的", False)],
)
def test_real_names_are_told_from_others(text: str, *, is_real: bool) -> None:
    assert bool(real_names(text)) is is_real
