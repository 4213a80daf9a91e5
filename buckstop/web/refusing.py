"""A no, said to the reader."""

import re
from collections.abc import Mapping

from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.records.people.cleaning import shown
from buckstop.texts import knows
from buckstop.web import language


class Unfit(Exception):
    """What was sent cannot be taken as it is; all of it is kept, and the page says why."""

    def __init__(self, sentence: str, *, status: int = 422) -> None:
        """Say so in the reader's language."""
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status


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


def first_sentence(code: str, data: Mapping[str, object]) -> str:
    """Say only what is the matter, without what to do next."""
    whole = sentence_of(code, data)
    return next(part for part in _END.split(whole) if part)


_END = re.compile(r"[。；]|(?<=[a-z])[.;](?: |$)")
