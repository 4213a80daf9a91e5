"""A no, said to the reader."""

from collections.abc import Mapping

from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.records.people.cleaning import shown
from buckstop.texts import knows
from buckstop.web import language


def sentence(no: NotAllowed) -> str:
    """Say a no in the reader's language."""
    return sentence_of(no.code, no.data)


def sentence_of(code: str, data: Mapping[str, object]) -> str:
    """Say the no of a code with the values that it mentions."""
    known = f"no.{code}"
    if not knows(known, language.tongue()):
        return language.t("现在还不能这样做。")
    return language.said(known, **{name: _shown(value) for name, value in data.items()})


def _shown(value: object) -> object:
    """Keep what was typed and is now quoted from turning the sentence around."""
    return shown(value) if type(value) is str else value
