"""The language a page speaks.

Page text stands in its template, in simplified Chinese. Traditional Chinese is derived from
it; English stands in `english.toml`, under the Chinese sentence.
"""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from string import Formatter

from django.utils.functional import lazy
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from buckstop.domain.words.ids import FactKey
from buckstop.texts import Language, knows, say
from buckstop.texts.traditional import traditional

SIMPLIFIED, TRADITIONAL, ENGLISH = "zh-hans", "zh-hant", "en"
NAMES = {SIMPLIFIED: "简体", TRADITIONAL: "繁體", ENGLISH: "English"}


class _Escaping(Formatter):
    """Puts values into a sentence, escaped; `{n:kick|kicks}` counts in English."""

    def format_field(self, value: object, format_spec: str) -> str:
        if "|" in format_spec:
            one, many = format_spec.split("|")
            return f"{value} {one if value == 1 else many}"
        if isinstance(value, SafeString):
            return value
        return conditional_escape(format(value, format_spec) if format_spec else str(value))


_FORMATTER = _Escaping()


@cache
def english() -> dict[str, str]:
    """Read the English page texts, by the Chinese ones."""
    return tomllib.loads(files(__package__).joinpath("english.toml").read_text("utf-8"))


@cache
def _traditional(text: str) -> str:
    return traditional(text)


def spoken() -> str:
    """Name the language of the page that is being made."""
    return get_language() or SIMPLIFIED


def t(text: str, /, **data: object) -> SafeString:
    """Say a page text in the reader's language; `data` are escaped, the text is trusted."""
    match spoken():
        case "en":
            text = english().get(text, text)
        case "zh-hant":
            text = _traditional(text)
    return mark_safe(_FORMATTER.vformat(text, (), data))  # noqa: S308 - data are escaped above


later = lazy(t, str)
"""The same, said when the page is made: for labels that stand in a class."""


def tongue() -> Language:
    """Name the reader's language as the catalogues do."""
    return Language(spoken())


def said(code: str, /, **data: object) -> str:
    """Say a code of the domain in the reader's language."""
    return say(code, tongue(), **data)


def listed(parts: Iterable[str]) -> str:
    """Join a few names as the reader's language does."""
    return (", " if spoken() == ENGLISH else "、").join(parts)


def fact_name(fact: FactKey) -> str:
    """Name a fact: one that the law asks about, or one of the procedure itself."""
    of_law = f"law.fact.{fact}"
    return said(of_law) if knows(of_law) else said(f"turn.fact.{fact}")


def fact_told(fact: FactKey, value: str | None) -> str:
    """Name a fact as it was found: a no is said as one."""
    name = fact_name(fact)
    return t("“{fact}”不成立", fact=name) if value == "no" else t("“{fact}”", fact=name)
