"""The languages we speak, and the catalogues of each."""

import tomllib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files


class Language(StrEnum):
    """A language of the catalogues, by the code that browsers and Django use."""

    ZH_HANS = "zh-hans"
    ZH_HANT = "zh-hant"
    EN = "en"


@cache
def catalogue(area: str, language: Language) -> Mapping[str, str]:
    """Read the sentences of one area, by their code without the area."""
    file = files("buckstop.texts.catalogue") / f"{area}.{language}.toml"
    if not file.is_file():
        return {}
    return dict(_flat("", tomllib.loads(file.read_text("utf-8"))))


def _flat(above: str, table: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(f"{above}{name}.", value)
        else:
            yield f"{above}{name}", str(value)
