"""Arbitrary events: every kind, with any values that its fields may hold."""

from collections.abc import Hashable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, NewType, Union, cast, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from buckstop.domain.cases.events import EVENTS
from buckstop.domain.words.event import Event
from buckstop.records.log.canonical import WHOLE_LIMIT

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
WHOLE = st.integers(1 - WHOLE_LIMIT, WHOLE_LIMIT - 1)
MOMENT = st.datetimes(min_value=datetime(1970, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - the strategy adds the zone
_PLAIN: Mapping[object, st.SearchStrategy[Any]] = {
    str: TEXT,
    int: WHOLE,
    bool: st.booleans(),
    date: st.dates(),
    datetime: MOMENT,
    NoneType: st.none(),
}


@cache
def of(hint: Any) -> st.SearchStrategy[Any]:  # noqa: ANN401 - a hint is anything
    """Return values that fit a type hint."""
    if isinstance(hint, NewType):
        return of(hint.__supertype__)
    if hint in _PLAIN:
        return _PLAIN[hint]
    if get_origin(hint) in (Union, UnionType):
        return st.one_of(*map(of, get_args(hint)))
    if get_origin(hint) is tuple:
        return st.lists(of(get_args(hint)[0]), max_size=3).map(tuple)
    if issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    assert isinstance(hint, type)
    assert is_dataclass(hint)
    hints = get_type_hints(hint)
    return st.builds(hint, **{field.name: of(hints[field.name]) for field in fields(hint)})


def events() -> st.SearchStrategy[Event]:
    """Return any event."""
    return st.sampled_from(sorted(EVENTS)).flatmap(lambda kind: of(cast("Hashable", EVENTS[kind])))
