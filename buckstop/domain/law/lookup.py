"""Look up a row of law, or a number in a law, as it stood on a day."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from buckstop.domain.law.answer import Answer, Confidence
from buckstop.domain.words.ids import RowId

_HERE = files("buckstop.domain.law")


class NotEncoded(LookupError):
    """The law of that day is not in the table; nothing is guessed."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a row stands: the code of its instrument and the article, as in `23(3)`."""

    row: RowId
    instrument: str
    article: str
    confidence: Confidence
    in_force_from: date
    procedural: bool
    """Whether the day of handling the dispute selects it, not the day of the purchase."""


@dataclass(frozen=True, slots=True)
class _Value:
    since: date
    answer: Answer[int]


def cite(row: RowId) -> Citation:
    """Find a row. Raises NotEncoded if the table does not have it.

    A published rule of the house, `house:…`, is always known and has no article.
    """
    if row.startswith("house:"):
        return Citation(row, "HOUSE", "", Confidence.A, date.min, procedural=True)
    try:
        return _rows()[row]
    except KeyError:
        raise NotEncoded(row) from None


def parameter(name: str, *, on: date) -> Answer[int]:
    """Give a number as it stood on a day. Raises NotEncoded before the first known value."""
    in_force = [known for known in _values(name) if known.since <= on]
    if not in_force:
        raise NotEncoded(name)
    return in_force[-1].answer


@cache
def _rows() -> Mapping[RowId, Citation]:
    return {citation.row: citation for citation in _read_rows()}


def _read_rows() -> Iterator[Citation]:
    for code, instrument in tomllib.loads((_HERE / "rows.toml").read_text("utf-8")).items():
        for row, (article, confidence) in instrument["rows"].items():
            yield Citation(
                row=RowId(row),
                instrument=code,
                article=article,
                confidence=Confidence(confidence),
                in_force_from=instrument["from"],
                procedural=instrument.get("procedural", False),
            )


@cache
def _values(name: str) -> tuple[_Value, ...]:
    table = tomllib.loads((_HERE / "parameters" / f"{name}.toml").read_text("utf-8"))
    return tuple(
        _Value(
            since=value["from"],
            answer=Answer(
                value=value["is"],
                because=(RowId(value["source"]),),
                confidence=Confidence(value["confidence"]),
            ),
        )
        for value in sorted(table["value"], key=lambda value: value["from"])
    )
