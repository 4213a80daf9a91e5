"""A line is written in one exact way, and read by who knows every bit of it."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta, timezone
from typing import ClassVar
from uuid import uuid4

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from buckstop.domain.words.event import Channel, Entry, Event
from buckstop.domain.words.ids import CaseId
from buckstop.domain.words.party import CLOCKWORK, Actor
from buckstop.records.log import canonical
from buckstop.records.log.codec import Codec, Line, NewerVersion, UnknownEvent
from buckstop.records.log.forms import (
    BadText,
    MissingField,
    NotReadable,
    UnknownField,
    WrongType,
    form,
)
from buckstop.records.log.isolation import HouseId
from buckstop.records.log.known import CODEC
from tests.records.log import arbitrary

NOON = datetime(2026, 6, 1, 4, tzinfo=UTC)
JSON = st.recursive(
    st.none() | st.booleans() | arbitrary.WHOLE | arbitrary.TEXT,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text("abcdefghijklmnopqrstuvwxyz_", max_size=8), inner, max_size=4)
    ),
    max_leaves=20,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Noted(Event):
    """Something was noted; in its first version it had no weight."""

    version: ClassVar[int] = 2
    note: str
    weight: int


OLDER = Codec(
    events={"Noted": Noted}, upcasters={("Noted", 1): lambda fields: {**fields, "weight": 1}}
)


def a_line(event: Event) -> Line:
    return Line(
        house=HouseId(str(uuid4())),
        case=CaseId(str(uuid4())),
        batch=1,
        entry=Entry(
            seq=1,
            event=event,
            occurred_at=NOON,
            received_at=NOON,
            recorded_at=NOON,
            by=CLOCKWORK,
            channel=Channel.CLOCK,
        ),
    )


def told_at(line: Line, at: datetime) -> Line:
    return replace(line, entry=replace(line.entry, occurred_at=at))


def stored(**changes: canonical.Json) -> str:
    """Return a stored line of version 2 with some of it changed."""
    said = json.loads(OLDER.write(a_line(Noted(note="n", weight=3))))
    return canonical.write({**said, **changes})


@given(JSON)
def test_what_is_written_is_rfc_8785(value: canonical.Json) -> None:
    assert canonical.write(value).encode() == rfc8785.dumps(value)


@given(arbitrary.events(), arbitrary.MOMENT, arbitrary.of(Actor), st.sampled_from(Channel))
def test_any_event_comes_back_as_it_was(
    event: Event, at: datetime, by: Actor, channel: Channel
) -> None:
    line = told_at(a_line(event), at)
    line = replace(line, entry=replace(line.entry, by=by, channel=channel))

    text = CODEC.write(line)

    assert CODEC.read(text) == line
    assert text.encode() == rfc8785.dumps(json.loads(text))


def test_every_kind_of_event_can_be_written() -> None:
    assert all(form(kind) is not None for kind in CODEC.events.values())


def test_an_unknown_kind_is_an_error() -> None:
    with pytest.raises(UnknownEvent, match="Forgotten"):
        OLDER.read(stored(kind="Forgotten"))


def test_a_kind_that_is_not_in_the_table_is_not_written() -> None:
    with pytest.raises(UnknownEvent, match="Noted"):
        CODEC.write(a_line(Noted(note="n", weight=1)))


@pytest.mark.parametrize(
    ("event", "error"),
    [
        ({"note": "n", "weight": 3, "colour": "red"}, UnknownField),
        ({"note": "n"}, MissingField),
        ({"note": "n", "weight": "3"}, WrongType),
        ({"note": "n", "weight": True}, WrongType),
        ({"note": 3, "weight": 3}, WrongType),
        ({"note": None, "weight": 3}, WrongType),
        ({"note": "n", "weight": 2**53}, WrongType),
        ({"note": "n\x00", "weight": 3}, BadText),
        (["n", 3], WrongType),
    ],
)
def test_unknown_missing_and_mistyped_fields_are_errors(
    event: canonical.Json, error: type[NotReadable]
) -> None:
    with pytest.raises(error):
        OLDER.read(stored(event=event))


def test_a_field_beside_the_event_is_as_strict() -> None:
    with pytest.raises(UnknownField, match="mood"):
        OLDER.read(stored(mood="good"))


@pytest.mark.parametrize(
    "at",
    [
        "2026-06-01T04:00:00Z",
        "2026-06-01T04:00:00.000000+00:00",
        "2026-06-01",
        "noon",
        "9999-12-31T23:59:59.000000-01:00",
    ],
)
def test_a_moment_is_written_in_one_way_only(at: str) -> None:
    with pytest.raises(WrongType):
        OLDER.read(stored(occurred_at=at))


def test_half_a_character_is_not_read() -> None:
    text = stored().replace('"note":"n"', '"note":"\\ud800"')

    with pytest.raises(BadText):
        OLDER.read(text)


@pytest.mark.parametrize("weight", ["3.0", "3e0", "NaN", "Infinity"])
def test_a_fraction_is_not_read(weight: str) -> None:
    text = stored().replace('"weight":3', f'"weight":{weight}')

    with pytest.raises(canonical.NotCanonical):
        OLDER.read(text)


def test_a_name_given_twice_is_not_read() -> None:
    text = stored().replace('"weight":3', '"weight":3,"weight":4')

    with pytest.raises(canonical.NotCanonical, match="twice"):
        OLDER.read(text)


@pytest.mark.parametrize(
    "at",
    [NOON.replace(tzinfo=None), NOON.astimezone(timezone(timedelta(hours=8)))],
    ids=["naive", "of another zone"],
)
def test_only_utc_is_written(at: datetime) -> None:
    with pytest.raises(WrongType, match="UTC"):
        OLDER.write(told_at(a_line(Noted(note="n", weight=1)), at))


def test_an_old_version_is_read_as_the_new_one() -> None:
    line = OLDER.read(stored(version=1, event={"note": "n"}))

    assert line.entry.event == Noted(note="n", weight=1)


def test_a_newer_version_than_known_stops_the_case_loudly() -> None:
    with pytest.raises(NewerVersion, match="Noted version 3; known up to 2"):
        OLDER.read(stored(version=3))


def test_an_old_version_that_nobody_can_raise_is_an_error() -> None:
    codec = Codec(events={"Noted": Noted}, upcasters={})

    with pytest.raises(UnknownEvent, match="version 1"):
        codec.read(stored(version=1, event={"note": "n"}))


@pytest.mark.parametrize("hint", [float, dict[str, str], list[str], tuple[int, str], int | str])
def test_an_event_may_not_hold_what_has_no_exact_form(hint: type[object]) -> None:
    with pytest.raises(TypeError, match="event"):
        form(hint)
