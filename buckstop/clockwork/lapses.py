"""Clocks that have run out, in all houses."""

from collections.abc import Collection
from dataclasses import dataclass

import structlog
from django.db import InterfaceError, OperationalError, transaction

from buckstop.domain.words.ids import CaseId
from buckstop.records.cases.due import cases_due, houses_due
from buckstop.records.cases.handle import sweep_case
from buckstop.records.log.isolation import HouseId, inside

BATCH = 20
"""Cases in one transaction: enough to be quick, few enough to let others at them."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Swept:
    """How many facts followed from lapses, and the cases that could not be dealt with."""

    facts: int
    failed: frozenset[CaseId]


def sweep(limit: int = 200, but: Collection[CaseId] = ()) -> Swept:
    """Apply what is due now in up to `limit` cases of each house, leaving out some.

    A case that somebody else is at is left to them. One that fails stops nobody else; a database
    that is away is raised, since it is no case's fault.
    """
    facts, failed = 0, frozenset[CaseId]()
    for house in houses_due():
        with inside(house):
            due = cases_due(house, but=but, most=limit)
        for start in range(0, len(due), BATCH):
            swept = _sweep(house, due[start : start + BATCH])
            facts, failed = facts + swept.facts, failed | swept.failed
    return Swept(facts=facts, failed=failed)


def _sweep(house: HouseId, cases: Collection[CaseId]) -> Swept:
    facts, failed = 0, set[CaseId]()
    with inside(house):
        for case in cases:
            try:
                with transaction.atomic():
                    facts += len(sweep_case(case))
            except (OperationalError, InterfaceError):
                raise
            except Exception as error:  # noqa: BLE001 - the clocks of all others run on
                told = (type(error), error, error.__traceback__)
                _log.error("a lapse failed", case=case, house=house, exc_info=told)
                failed.add(case)
    return Swept(facts=facts, failed=frozenset(failed))
