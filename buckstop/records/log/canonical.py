"""Canonical JSON (RFC 8785) of the values that a log may hold, and back."""

import json
from collections.abc import Mapping, Sequence
from typing import NoReturn

type Json = str | int | bool | Sequence[Json] | Mapping[str, Json] | None

WHOLE_LIMIT = 2**53
"""A whole number must be nearer to zero than this: beyond it JSON readers disagree."""


class NotCanonical(ValueError):
    """Bytes that cannot be a line of a log: no JSON, a fraction, or a name given twice."""


def write(value: Json) -> str:
    """Return the canonical form of `value`, whose names are ASCII and numbers whole.

    For such values the sorting, spacing and escapes of the standard library are those of
    RFC 8785; a test compares them with an independent implementation.
    """
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def read(text: str) -> Json:
    """Return what `text` says. Raises NotCanonical where a reader could differ from another."""
    try:
        value: Json = json.loads(
            text, parse_float=_refuse, parse_constant=_refuse, object_pairs_hook=_once
        )
    except json.JSONDecodeError as error:
        raise NotCanonical(str(error)) from error
    return value


def _refuse(number: str) -> NoReturn:
    msg = f"not a whole number: {number}"
    raise NotCanonical(msg)


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    value = dict(pairs)
    if len(value) != len(pairs):
        msg = "a name stands twice in one object"
        raise NotCanonical(msg)
    return value
