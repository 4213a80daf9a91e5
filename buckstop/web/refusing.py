"""A no, said to the reader."""

from collections.abc import Mapping

from buckstop.domain.words.not_allowed import NotAllowed
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
    return language.said(known, **data)
