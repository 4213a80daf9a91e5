"""What keeps tables in step with the facts, and how the log finds it.

`settings.PROJECTIONS` lists modules by dotted path, the way Django lists middleware, so that
nothing low imports anything high. Each has

`TABLES`: the names of the tables it keeps, each with a column `house`, without serial numbers
and foreign keys: what stands in them follows from the log alone, so `rebuild` can make them
again in shadows and swap.

`project(batches)`: called with each appended batch, in the transaction that appends it, after the
log is written, and by `rebuild` with the whole logs of many cases, each as one batch: what it
writes follows from the state before and after. What it raises undoes the batches.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import Protocol, Self, cast

from django.conf import settings

from buckstop.domain.words.event import Entry
from buckstop.domain.words.ids import CaseId
from buckstop.records.log.isolation import HouseId


class Fold(Protocol):
    """What is so after some entries, such as `buckstop.domain.cases.state.case.Case`."""

    def after(self, entry: Entry, /) -> Self:
        """Return what is so after one entry more."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Batch[S: Fold]:
    """Entries that were appended together, and the state before and after them."""

    house: HouseId
    case: CaseId
    entries: tuple[Entry, ...]
    before: S
    after: S


class Projection(Protocol):
    """A module that keeps tables in step with the log."""

    TABLES: Sequence[str]

    def project(self, batches: Sequence[Batch[Fold]], /) -> None:
        """Bring the tables up to the state after each batch."""


def projections() -> tuple[Projection, ...]:
    """Return the projections in the order of the settings."""
    return _load(tuple(settings.PROJECTIONS))


@cache
def _load(paths: tuple[str, ...]) -> tuple[Projection, ...]:
    return tuple(cast("Projection", import_module(path)) for path in paths)
