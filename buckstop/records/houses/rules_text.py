"""A version of a house's rules as canonical JSON, and back."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import timedelta
from typing import get_args, get_origin, get_type_hints

from buckstop.domain.cases.now import LENGTHS, HouseRules
from buckstop.records.log import canonical
from buckstop.records.log.canonical import Json
from buckstop.records.log.forms import Form, UnknownField, WrongType, form

_SECOND = timedelta(seconds=1)


def write(rules: HouseRules) -> str:
    """Return the text to keep; the version stands beside it."""
    return canonical.write(
        {name: inner.write(getattr(rules, name)) for name, inner in _forms().items()}
    )


def read(text: str) -> HouseRules:
    """Read what was kept. A rule that was not known then has its default value."""
    said = canonical.read(text)
    forms = _forms()
    if not isinstance(said, dict):
        msg = "rules are an object"
        raise WrongType(msg)
    if unknown := said.keys() - forms.keys():
        raise UnknownField(", ".join(sorted(unknown)))
    known = {name: forms[name].read(value) for name, value in said.items()}
    # Each value was read by the type of its own field, which mypy cannot follow.
    # A length that was not known then is the usual one, as any rule is.
    if "lengths" in known:
        known["lengths"] = {**LENGTHS, **known["lengths"]}  # type: ignore[dict-item]
    return HouseRules(**known)  # type: ignore[arg-type]


def _forms() -> Mapping[str, Form[object]]:
    hints = get_type_hints(HouseRules)
    return {field.name: _form(hints[field.name]) for field in fields(HouseRules)}


def _form(hint: type[object]) -> Form[object]:
    if hint is timedelta:
        return Form(_write_span, _read_span)
    if get_origin(hint) is Mapping:
        return _table(*get_args(hint))
    return form(hint)


def _write_span(value: object) -> Json:
    if not isinstance(value, timedelta):
        msg = f"not a length of time: {value!r}"
        raise WrongType(msg)
    return value // _SECOND


def _read_span(value: Json) -> timedelta:
    return form(int).read(value) * _SECOND


def _table(key: type[object], value: type[object]) -> Form[object]:
    """Return the form of a mapping from words."""
    keys, values = form(key), form(value)

    def write(table: object) -> Json:
        if not isinstance(table, Mapping):
            msg = f"not a table: {table!r}"
            raise WrongType(msg)
        return {
            form(str).read(keys.write(word)): values.write(said) for word, said in table.items()
        }

    def read(table: Json) -> object:
        if not isinstance(table, dict):
            msg = f"not a table: {table!r}"
            raise WrongType(msg)
        return {keys.read(word): values.read(said) for word, said in table.items()}

    return Form(write, read)
