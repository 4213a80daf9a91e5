"""The language a page speaks.

Page text stands in its template, in simplified Chinese. Traditional Chinese is derived from
it; English stands in `english.toml`, under the Chinese sentence.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from html import escape
from importlib.resources import files
from string import Formatter

from django.utils import translation
from django.utils.functional import lazy
from django.utils.safestring import SafeString, mark_safe

from buckstop.domain.words.ids import FactKey
from buckstop.texts import Language, knows, say
from buckstop.texts.traditional import traditional

SIMPLIFIED, TRADITIONAL, ENGLISH = "zh-hans", "zh-hant", "en"
NAMES = {SIMPLIFIED: "简体", TRADITIONAL: "繁體", ENGLISH: "English"}


_of_page: ContextVar[str] = ContextVar("language of the page")
"""What Django knows too, and is slower to tell for every one of a thousand texts."""


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Let everything that is said meanwhile be said in a language."""
    before = _of_page.set(language)
    try:
        with translation.override(language):
            yield
    finally:
        _of_page.reset(before)


@cache
def english() -> dict[str, str]:
    """Read the English page texts, by the Chinese ones."""
    return tomllib.loads(files(__package__).joinpath("english.toml").read_text("utf-8"))


@cache
def _traditional(text: str) -> str:
    return traditional(text)


def spoken() -> str:
    """Name the language of the page that is being made."""
    return _of_page.get(None) or translation.get_language() or SIMPLIFIED


def t(text: str, /, **data: object) -> SafeString:
    """Say a page text in the reader's language; `data` are escaped, the text is trusted."""
    match spoken():
        case "en":
            text = english().get(text, text)
        case "zh-hant":
            text = _traditional(text)
    said = "".join(
        literal if name is None else literal + _escaped(data[name], spec)
        for literal, name, spec in _parts(text)
    )
    return mark_safe(said)  # noqa: S308 - data were escaped


@cache
def _parts(text: str) -> tuple[tuple[str, str | None, str], ...]:
    """Take a sentence apart at its values, as `str.format` does."""
    return tuple((literal, name, spec or "") for literal, name, spec, _ in Formatter().parse(text))


def _escaped(value: object, spec: str) -> str:
    """Write a value into a sentence; `{n:kick|kicks}` counts in English."""
    if "|" in spec:
        one, many = spec.split("|")
        return f"{value} {one if value == 1 else many}"
    return value if isinstance(value, SafeString) else escape(format(value, spec))


later = lazy(t, str)
"""The same, said when the page is made: for labels that stand in a class."""


def tongue() -> Language:
    """Name the reader's language as the catalogues do."""
    return Language(spoken())


def said(code: str, /, **data: object) -> str:
    """Say a code of the domain in the reader's language."""
    return say(code, tongue(), **data)


MARKS = {"、": ", ", "，": ", ", "；": "; ", "　": " · "}
"""What stands between the parts of a line, and what does in English."""


def listed(parts: Iterable[str]) -> str:
    """Join a few names as the reader's language does."""
    return _between("、", parts)


def commas(parts: Iterable[str]) -> str:
    """Join what is said of one thing, leaving out what is empty."""
    return _between("，", filter(None, parts))


def clauses(parts: Iterable[str]) -> str:
    """Join sentences into one line, leaving out what is empty."""
    return _between("；", filter(None, parts))


def beside(parts: Iterable[str]) -> str:
    """Put a few words beside each other, leaving out what is empty."""
    return _between("　", filter(None, parts))


_STOP = re.compile(r"[\s。．.；;，,]+$")


def unended(text: str) -> str:
    """Take the stop off what somebody wrote, so that it can stand inside a sentence."""
    return _STOP.sub("", text)


def _between(mark: str, parts: Iterable[str]) -> str:
    return (MARKS[mark] if spoken() == ENGLISH else mark).join(parts)


def fact_name(fact: FactKey) -> str:
    """Name a fact: one that the law asks about, or one of the procedure itself."""
    of_law = f"law.fact.{fact}"
    return said(of_law) if knows(of_law) else said(f"turn.fact.{fact}")


def fact_told(fact: FactKey, value: str | None) -> str:
    """Name a fact as it was found: a no is said as one."""
    name = fact_name(fact)
    return t("“{fact}”不成立", fact=name) if value == "no" else t("“{fact}”", fact=name)
