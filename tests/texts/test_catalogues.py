"""The catalogues: complete, alike in every language, in our tone."""

import re
from collections.abc import Mapping
from string import Formatter

import pytest

from buckstop.texts import Language
from buckstop.texts.languages import catalogue
from buckstop.texts.traditional import CATALOGUE, written

AREAS = sorted(
    path.name.removesuffix(".zh-hans.toml") for path in CATALOGUE.glob("*.zh-hans.toml")
)
NEVER = re.compile(
    "你|亲爱|耐心|已反馈|操作失败|系统繁忙|尽快|非常抱歉|[!！]|……|——"  # empty words, no due time
)


def values(sentences: Mapping[str, str]) -> dict[str, set[str]]:
    return {
        code: {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
        for code, sentence in sentences.items()
    }


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize("language", [Language.EN, Language.ZH_HANT])
def test_every_sentence_exists_in_every_language_with_the_same_values(
    area: str, language: Language
) -> None:
    assert values(catalogue(area, language)) == values(catalogue(area, Language.ZH_HANS))


def test_the_traditional_catalogues_are_current() -> None:
    for path, text in written(CATALOGUE):
        assert path.read_text(encoding="utf-8") == text, path.name


@pytest.mark.parametrize("area", AREAS)
def test_no_sentence_is_rude_empty_or_loud(area: str) -> None:
    found = {
        code: sentence
        for code, sentence in catalogue(area, Language.ZH_HANS).items()
        if NEVER.search(sentence)
    }

    assert found == {}


@pytest.mark.parametrize("area", AREAS)
def test_no_english_sentence_has_been_left_in_chinese(area: str) -> None:
    sentences = catalogue(area, Language.EN).values()

    assert not [sentence for sentence in sentences if re.search("[\u4e00-\u9fff]", sentence)]
