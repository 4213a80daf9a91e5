"""Noting what operators did, and that a worker is at work."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from importlib.metadata import version
from uuid import UUID, uuid4

from django.db import connection
from django.db.models.functions import Now

from buckstop.records.operations.models import Deed, Pulse

FORGOTTEN = timedelta(days=1)
"""A worker that was silent for so long has ended, and another took its place."""


class What(StrEnum):
    """What can be done to the whole."""

    BACKUP = "backup"
    DRILL = "drill"
    RESTORE = "restore"
    EXPORT = "export"
    REMOVAL = "removal"


def note(what: What, said: Mapping[str, object], *, good: bool = True) -> None:
    """Note a deed for the operators' page; nothing in it may name a person."""
    Deed.objects.create(id=uuid4(), at=Now(), what=what, good=good, said=dict(said))


def beat(worker: UUID, *, round_ms: int) -> None:
    """Say that a worker is at work, and how long it took to look through everything once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO operations_pulse (worker, since, at, program, round_ms)"
            " VALUES (%s, clock_timestamp(), clock_timestamp(), %s, %s)"
            " ON CONFLICT (worker) DO UPDATE SET at = excluded.at, round_ms = excluded.round_ms",
            [worker, version("buckstop"), round_ms],
        )
    Pulse.objects.filter(at__lt=Now() - FORGOTTEN).delete()


def rest(worker: UUID) -> None:
    """Say that a worker has ended in order."""
    Pulse.objects.filter(worker=worker).delete()
