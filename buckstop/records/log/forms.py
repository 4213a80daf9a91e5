"""How a value of each kind is written in canonical JSON and read back, by its type hint.

Text, whole numbers, yes/no, days, UTC moments, enums of words, tuples, frozen dataclasses of
these, and None where the hint says so. Nothing is converted and nothing is left out.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cache
from types import EllipsisType, NoneType, UnionType
from typing import NewType, TypeAliasType, Union, cast, get_args, get_origin, get_type_hints

from buckstop.records.log.canonical import WHOLE_LIMIT, Json


class NotReadable(ValueError):
    """A line, or a value meant for one, that this version of the program must not guess at."""


class WrongType(NotReadable):
    """A value is not of the type that its field declares."""


class UnknownField(NotReadable):
    """A field that the type does not have."""


class MissingField(NotReadable):
    """A field that the type has and the line lacks."""


class BadText(NotReadable):
    """Text with a NUL or half a character (a lone surrogate), which cannot be kept."""


@dataclass(frozen=True, slots=True)
class Form[T]:
    """How one type is written and read."""

    write: Callable[[object], Json]
    read: Callable[[Json], T]


def form[T](kind: type[T]) -> Form[T]:
    """Return the form of a type. Raises TypeError for a type that no event may have."""
    return cast("Form[T]", _form(cast("Hashable", kind)))


@cache
def _form(hint: Hashable) -> Form[object]:
    if isinstance(hint, NewType | TypeAliasType):
        return _form(hint.__supertype__ if isinstance(hint, NewType) else hint.__value__)
    if get_origin(hint) in (Union, UnionType):
        return _optional(get_args(hint))
    if get_origin(hint) is tuple:
        return _many(get_args(hint))
    if hint in _PLAIN:
        return _PLAIN[hint]
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return _word(hint)
    if isinstance(hint, type) and is_dataclass(hint):
        return _record(hint)
    msg = f"no event may hold a {hint}"
    raise TypeError(msg)


def _text(value: object) -> str:
    if type(value) is not str:
        raise WrongType(_not("text", value))
    if "\x00" in value:
        msg = "text holds a NUL"
        raise BadText(msg)
    try:
        value.encode()
    except UnicodeEncodeError as error:
        msg = "text holds half a character"
        raise BadText(msg) from error
    return value


def _whole(value: object) -> int:
    if type(value) is not int or not -WHOLE_LIMIT < value < WHOLE_LIMIT:
        raise WrongType(_not("a whole number below 2**53", value))
    return value


def _yes_or_no(value: object) -> bool:
    if type(value) is not bool:
        raise WrongType(_not("yes or no", value))
    return value


def _write_day(value: object) -> str:
    if type(value) is not date:
        raise WrongType(_not("a day", value))
    return value.isoformat()


def _read_day(value: Json) -> date:
    try:
        day = date.fromisoformat(_text(value))
    except ValueError as error:
        raise WrongType(_not("a day", value)) from error
    if day.isoformat() != value:
        raise WrongType(_not("a day", value))
    return day


def write_moment(value: object) -> str:
    """Write a moment with six decimals and a Z. Raises WrongType unless it is aware UTC."""
    if not isinstance(value, datetime) or value.utcoffset() != timedelta(0):
        raise WrongType(_not("a UTC moment", value))
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def read_moment(value: Json) -> datetime:
    """Read what `write_moment` wrote, and nothing else."""
    try:
        moment = datetime.fromisoformat(_text(value)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise WrongType(_not("a UTC moment", value)) from error
    if write_moment(moment) != value:
        raise WrongType(_not("a UTC moment", value))
    return moment


_PLAIN: Mapping[object, Form[object]] = {
    str: Form(_text, _text),
    int: Form(_whole, _whole),
    bool: Form(_yes_or_no, _yes_or_no),
    date: Form(_write_day, _read_day),
    datetime: Form(write_moment, read_moment),
}


def _word(enum: type[StrEnum]) -> Form[object]:
    def write(value: object) -> Json:
        if type(value) is not enum:
            raise WrongType(_not(enum.__name__, value))
        return value.value

    def read(value: Json) -> object:
        try:
            return enum(_text(value))
        except ValueError as error:
            raise WrongType(_not(enum.__name__, value)) from error

    return Form(write, read)


def _optional(options: tuple[object, ...]) -> Form[object]:
    inner = [option for option in options if option is not NoneType]
    if len(inner) != 1 or len(inner) == len(options):
        msg = f"no event may hold one of {options}"
        raise TypeError(msg)
    (some,) = map(_form, inner)
    return Form(
        lambda value: None if value is None else some.write(value),
        lambda value: None if value is None else some.read(value),
    )


def _many(items: tuple[object, ...]) -> Form[object]:
    if len(items) != 2 or not isinstance(items[1], EllipsisType):  # noqa: PLR2004 - (X, ...)
        msg = f"an event's tuple is tuple[X, ...], not of {items}"
        raise TypeError(msg)
    each = _form(items[0])

    def write(value: object) -> Json:
        if type(value) is not tuple:
            raise WrongType(_not("a tuple", value))
        return [each.write(item) for item in value]

    def read(value: Json) -> object:
        if not isinstance(value, list):
            raise WrongType(_not("a list", value))
        return tuple(each.read(item) for item in value)

    return Form(write, read)


def _record(kind: type) -> Form[object]:
    hints = get_type_hints(kind)
    forms = {field.name: _form(hints[field.name]) for field in fields(kind)}

    def write(value: object) -> Json:
        if type(value) is not kind:
            raise WrongType(_not(kind.__name__, value))
        return {name: inner.write(getattr(value, name)) for name, inner in forms.items()}

    def read(value: Json) -> object:
        if not isinstance(value, dict):
            raise WrongType(_not(kind.__name__, value))
        if unknown := value.keys() - forms.keys():
            msg = f"{kind.__name__} has no {', '.join(sorted(unknown))}"
            raise UnknownField(msg)
        if missing := forms.keys() - value.keys():
            msg = f"{kind.__name__} lacks {', '.join(sorted(missing))}"
            raise MissingField(msg)
        return kind(**{name: inner.read(value[name]) for name, inner in forms.items()})

    return Form(write, read)


def _not(wanted: str, value: object) -> str:
    return f"not {wanted}: {value!r:.80}"
