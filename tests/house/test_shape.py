"""Modules, functions and rooms keep to a size and a place in which people find their way."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.test_rules import ROOT, kept

MODULE_LINES, FUNCTION_LINES = 400, 70
CONTENTS = {"buckstop/domain/cases/events.py", "buckstop/domain/cases/commands.py"}
"""Tables of contents, which grow with the product."""
KINDS = {
    "bench": "the bench itself",
    "house": "rules about the code",
    "invariants": "what holds in any history",
    "isolation": "what nobody else sees",
    "journeys": "whole ways in a real browser",
    "law_cases": "worked examples of the law",
    "races": "several at once, and deaths",
    "stories": "the stories that are told",
    "upgrades": "what older versions left",
}
"""Folders of tests that are about no one package."""
_NOQA = re.compile(r"# noqa\b(?P<rest>.*)")
_REASON = re.compile(r": [A-Z]+\d+(, ?[A-Z]+\d+)* - \S")


def code() -> list[Path]:
    return [path for path in kept() if path.suffix == ".py" and "migrations" not in path.parts]


def long_functions(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > FUNCTION_LINES:
                yield f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {lines} lines"


def unreasoned(text: str) -> list[str]:
    return [found[0] for found in _NOQA.finditer(text) if not _REASON.match(found["rest"])]


def test_a_module_is_not_too_long_to_read() -> None:
    lines = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in code()}
    assert {at: many for at, many in lines.items() if many > MODULE_LINES}.keys() <= CONTENTS


def test_a_function_fits_a_screen() -> None:
    assert [told for path in code() for told in long_functions(path)] == []


def test_a_rule_is_broken_for_a_reason_that_is_said() -> None:
    here = Path(__file__).resolve()
    silent = {
        str(path.relative_to(ROOT)): bare
        for path in code()
        if path != here and (bare := unreasoned(path.read_text()))
    }
    assert silent == {}


@pytest.mark.parametrize(
    ("line", "is_silent"),
    [
        ("x = 1  # noqa: E731", True),
        ("x = 1  # noqa", True),
        ("x = 1  # noqa: E731 (short)", True),
        ("x = 1  # noqa: E731, S101 - it is short", False),
        ("x = 1", False),
    ],
)
def test_reasons_are_told_from_none(line: str, *, is_silent: bool) -> None:
    assert bool(unreasoned(line)) is is_silent


def test_tests_lie_where_their_package_does_or_are_of_a_kind_that_has_a_name() -> None:
    folders = {path.parent.relative_to(ROOT / "tests") for path in code() if "tests" in path.parts}
    astray = [
        str(folder)
        for folder in folders
        if folder.parts
        and folder.parts[0] not in KINDS
        and not (ROOT / "buckstop" / folder / "__init__.py").exists()
    ]
    assert astray == []


def test_every_kind_of_tests_is_there() -> None:
    assert [kind for kind in KINDS if not (ROOT / "tests" / kind).is_dir()] == []
