"""Writing a text so that two ways of writing the same are the same, and parts stay parts."""

import unicodedata
from functools import lru_cache

from opencc import OpenCC

_CONVERTER = OpenCC("tw2s")
_SOME = 20_000


def fold(text: str) -> str:
    """Write in simplified characters and small letters, with plain spaces.

    Each character by itself, whatever stands beside it: a part of a text folds to a part.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    return " ".join("".join(map(_simplified, plain)).split())


@lru_cache(_SOME)
def _simplified(character: str) -> str:
    return character if character.isascii() else str(_CONVERTER.convert(character))
