"""Every page text has its English, and says the same values."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import buckstop.web
from buckstop.web.language import english

WEB = Path(buckstop.web.__file__).parent
_IN_TEMPLATE = re.compile(r"""\{%\s*t\s+(?:"([^"]*)"|'([^']*)')""")
_HAN = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
"""Chinese characters, and the marks that only stand between them."""


def page_texts() -> Iterator[str]:
    """Find every sentence that templates and code say to people."""
    for path in sorted(WEB.rglob("templates/**/*.html")):
        for found in _IN_TEMPLATE.finditer(path.read_text("utf-8")):
            yield found[1] or found[2]
    for path in sorted(WEB.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        unsaid = {id(text) for text in _not_for_people(tree)}
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and _HAN.search(node.value)
                and id(node) not in unsaid
            ):
                yield node.value


def _not_for_people(tree: ast.Module) -> Iterator[ast.AST]:
    """Find docstrings, patterns, marks, and the names by which languages call themselves."""
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant() as text):
                yield text
            case ast.Call(func=ast.Attribute(attr="compile"), args=[pattern, *_]):
                yield pattern
            case ast.Assign(targets=[ast.Name(id="NAMES")], value=ast.Dict(values=names)):
                yield from names
            case ast.Assign(targets=[ast.Name(id="MARKS")], value=ast.Dict(keys=marks)):
                yield from (mark for mark in marks if mark is not None)
            case ast.FunctionDef(name="_between" | "listed" | "commas" | "clauses" | "beside"):
                yield from (one for one in ast.walk(node) if isinstance(one, ast.Constant))


def _values(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_every_page_text_has_its_english() -> None:
    missing = [text for text in dict.fromkeys(page_texts()) if text not in english()]
    assert missing == []


def test_the_english_mentions_no_value_that_the_chinese_lacks() -> None:
    wrong = {text: said for text, said in english().items() if _values(said) - _values(text)}
    assert wrong == {}


def test_no_english_stands_for_a_text_that_is_gone() -> None:
    spoken = set(page_texts())
    assert [text for text in english() if text not in spoken] == []


def test_no_chinese_stands_in_a_template_outside_a_page_text() -> None:
    left = {}
    for path in sorted(WEB.rglob("templates/**/*.html")):
        bare = re.sub(r"\{%.*?%\}|\{#.*?#\}", "", path.read_text("utf-8"), flags=re.DOTALL)
        if _HAN.search(bare):
            left[path.name] = _HAN.findall(bare)
    assert left == {}
