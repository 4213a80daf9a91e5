"""Worked examples, one data file each, in the words of the fact table."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from buckstop.domain.law.assess import assess
from buckstop.domain.law.assessment import Assessment, Burden, Entitlement
from buckstop.domain.law.facts import FACTS, Fact
from buckstop.domain.law.question import Matter
from buckstop.domain.words.ids import FactKey
from buckstop.domain.words.money import fen
from buckstop.domain.words.party import PartyRole
from buckstop.domain.words.purchase import Goods, Problem, Purchase
from buckstop.domain.words.standing import Standing

FOLDER = Path(__file__).parents[2] / "law_cases"
CASES = sorted(FOLDER.glob("*.toml"))

type Table = dict[str, Any]


def read(path: Path) -> Table:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def having(section: str) -> list[Path]:
    return [path for path in CASES if section in read(path)["expect"]]


WITH_WRONG_ANSWERS = [path for path in CASES if "never" in read(path)]


def judged(example: Table) -> Assessment:
    told: Table = example["matter"]
    purchase = Purchase(
        goods=Goods(told["goods"]),
        price=fen(told["price"]),
        ordered_on=told.get("ordered_on"),
        received_on=told.get("received_on"),
        discovered_on=told.get("discovered_on"),
        self_operated=told.get("self_operated"),
    )
    matter = Matter(
        problem=Problem(told["problem"]),
        purchase=purchase,
        parties=frozenset(PartyRole(role) for role in told["parties"]),
    )
    facts = {
        FactKey(key): Fact(Standing(standing), value)
        for key, (standing, value) in example["facts"].items()
    }
    assert facts.keys() <= FACTS.keys()
    return assess(matter, facts, on=example["on"])


def matches(line: Entitlement | Burden, wanted: Table) -> bool:
    return all(_shown(getattr(line, name)) == value for name, value in wanted.items())


def _shown(value: object) -> object:
    if isinstance(value, tuple):
        return list(value)
    return getattr(value, "code", value)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_worked_example_comes_out_as_expected(path: Path) -> None:
    example = read(path)
    expected: Table = example["expect"]

    found = judged(example)

    codes = {finding.code for finding in found.findings}
    assert set(expected.get("findings", [])) <= codes
    for wanted in expected.get("entitlements", []):
        assert any(matches(line, wanted) for line in found.entitlements), wanted
    for wanted in expected.get("burdens", []):
        assert any(matches(line, wanted) for line in found.burdens), wanted
    assert set(expected.get("grounds", [])) <= {ground.code for ground in found.grounds}
    assert set(expected.get("unsettled", [])) <= set(found.unsettled)
    assert list(found.responsible) == expected.get("responsible", list(found.responsible))


@pytest.mark.parametrize("path", having("because"), ids=lambda path: path.stem)
def test_a_finding_names_the_day_it_rests_on(path: Path) -> None:
    example = read(path)
    because: Table = example["expect"]["because"]

    said = {finding.code: dict(finding.because) for finding in judged(example).findings}

    assert {code: said[code] | values for code, values in because.items()} == {
        code: said[code] for code in because
    }


@pytest.mark.parametrize("path", having("values"), ids=lambda path: path.stem)
def test_an_amount_shows_the_numbers_it_comes_from(path: Path) -> None:
    example = read(path)
    values: Table = example["expect"]["values"]

    shown = {
        line.code: dict(line.formula.values)
        for line in judged(example).entitlements
        if line.formula is not None
    }

    assert {code: shown[code] for code in values} == values


@pytest.mark.parametrize("path", WITH_WRONG_ANSWERS, ids=lambda path: path.stem)
def test_the_wrong_answer_is_never_given(path: Path) -> None:
    example = read(path)
    never: Table = example["never"]

    found = judged(example)

    assert not set(never.get("findings", [])) & {finding.code for finding in found.findings}
    for wrong in never.get("entitlements", []):
        assert not any(matches(line, wrong) for line in found.entitlements), wrong
