"""A code becomes a sentence."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from string import Formatter

from buckstop.texts.languages import Language, catalogue
from buckstop.texts.shown import day, left, length, moment, money


class NoText(LookupError):
    """A code has no sentence in a language; the catalogue must get one."""


def knows(code: str, language: Language = Language.ZH_HANS) -> bool:
    """Tell whether a code has a sentence."""
    area, _, name = code.partition(".")
    return name in catalogue(area, language)


def say(code: str, language: Language, **data: object) -> str:
    """Say a code to a person; `data` are the values that its sentence may mention.

    A value `now` makes days within a week carry their weekday. Raises NoText where the
    catalogue has no such code, KeyError where the sentence needs a value that is missing.
    """
    area, _, name = code.partition(".")
    try:
        sentence = catalogue(area, language)[name]
    except KeyError:
        raise NoText(code, language) from None
    return _Sentence(language, data).vformat(sentence, (), data)


class _Sentence(Formatter):
    """Shows each value as its sentence asks: `money`, `day`, `moment`, `left`, `percent`."""

    def __init__(self, language: Language, data: Mapping[str, object]) -> None:
        """Show values in one language, days seen from `now` where `data` has it."""
        self.language = language
        now = data.get("now")
        self.now = now if isinstance(now, datetime) else None

    def format_field(self, value: object, format_spec: str) -> str:
        """Show one value; a kind that is itself an area of codes is said, such as `law.fact`."""
        match format_spec, value:
            case "money", int():
                return money(value, self.language)
            case "percent", int():
                return f"{value / 100:g}%"
            case "moment" | "", datetime():
                return moment(value, self.language, self.now)
            case "day" | "", date():
                return day(value, self.language, self.now)
            case "left", timedelta():
                return left(value, self.language)
            case "length" | "", timedelta():
                return length(value, self.language)
            case "", str() | int():
                return str(value)
            case _ if "." in format_spec:
                return self._said(format_spec, value)
            case _:
                msg = f"no way to show {value!r} as {format_spec!r}"
                raise ValueError(msg)

    def _said(self, area: str, value: object) -> str:
        codes = [value] if isinstance(value, str) else value
        if not isinstance(codes, Sequence):
            msg = f"not codes of {area}: {value!r}"
            raise TypeError(msg)
        between = ", " if self.language is Language.EN else "、"
        return between.join(say(f"{area}.{code}", self.language) for code in codes)
