"""An answer to a legal question carries its reasons."""

from dataclasses import dataclass
from enum import StrEnum

from buckstop.domain.words.ids import RowId


class Confidence(StrEnum):
    """How sure a row is: read in its source, usual practice, or unsure.

    Nothing shown to anyone rests on a C row.
    """

    A = "A"
    B = "B"
    C = "C"


@dataclass(frozen=True, slots=True)
class Answer[T]:
    """A value, the rows it rests on, and the weakest confidence among them."""

    value: T
    because: tuple[RowId, ...]
    confidence: Confidence
