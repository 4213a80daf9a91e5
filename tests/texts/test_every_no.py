"""Every no that the code can say has a sentence, and every value that the sentence mentions."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import buckstop
from buckstop.texts import Language
from buckstop.texts.languages import catalogue

CODE = Path(buckstop.__file__).parent


def said() -> Iterator[tuple[str, frozenset[str], str]]:
    """Find each place that says no: its code, the values given with it, and where it stands."""
    for file in sorted(CODE.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else None
            first = node.args[0] if node.args else None
            if name == "NotAllowed" and isinstance(first, ast.Constant):
                given = frozenset(k.arg for k in node.keywords if k.arg is not None)
                yield str(first.value), given, f"{file.relative_to(CODE)}:{node.lineno}"


SAID = tuple(said())


def test_the_scan_finds_what_the_code_says() -> None:
    codes = {code for code, _, _ in SAID}

    assert {"own-offer", "received-before-ordered", "link-expired"} <= codes


@pytest.mark.parametrize("language", list(Language))
def test_every_no_has_a_sentence(language: Language) -> None:
    known = catalogue("no", language)

    assert sorted({code for code, _, _ in SAID if code not in known}) == []


def test_no_sentence_waits_for_a_no_that_nobody_says() -> None:
    assert sorted(set(catalogue("no", Language.ZH_HANS)) - {code for code, _, _ in SAID}) == []


def test_every_no_comes_with_the_values_that_its_sentence_mentions() -> None:
    sentences = catalogue("no", Language.ZH_HANS)
    missing = [
        (where, code, name)
        for code, given, where in SAID
        for _, name, _, _ in Formatter().parse(sentences.get(code, ""))
        if name is not None and name not in given
    ]

    assert missing == []


@pytest.mark.parametrize("language", [Language.ZH_HANS, Language.EN])
def test_every_no_says_what_to_do_next(language: Language) -> None:
    """One sentence for what happened, one for what can be done."""
    end = "." if language is Language.EN else "。"
    short = [code for code, text in catalogue("no", language).items() if text.count(end) < 2]

    assert short == []
