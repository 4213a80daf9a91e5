"""Whether this process can do its work: what `/readyz` answers."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from buckstop import database
from buckstop.records.operations.queries import workers

SILENT = timedelta(seconds=60)
"""A worker that was silent for so long is not at work; it says so every few seconds."""

MEGABYTE = 1 << 20
LOW = 2048 * MEGABYTE
FULL = 200 * MEGABYTE


class State(StrEnum):
    """How something is: good, to be looked at, or so bad that nobody should be sent here."""

    GOOD = "good"
    LOOK = "look"
    BAD = "bad"


@dataclass(frozen=True, kw_only=True, slots=True)
class Vital:
    """One thing that must be so, and what is known of it."""

    name: str
    state: State
    says: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Room:
    """How much room there is on the disk of the fullest of our folders."""

    free: int
    whole: int

    @property
    def state(self) -> State:
        """Judge it by what is free: a small disk may be nearly full for years."""
        if self.free < FULL:
            return State.BAD
        return State.LOOK if self.free < LOW else State.GOOD


def vitals() -> tuple[Vital, ...]:
    """Look at everything that pages need; a worker that is silent is said, and stops nobody."""
    return tuple(_looked())


def room() -> Room:
    """Return the room where data and files are kept."""
    found = (
        shutil.disk_usage(_existing(path)) for path in (settings.DATA_DIR, settings.VAULT_DIR)
    )
    least = min(found, key=lambda usage: usage.free)
    return Room(free=least.free, whole=least.total)


def _existing(path: Path) -> Path:
    """Return a folder or the first above it that is there: a first file makes the vault."""
    return path if path.exists() else _existing(path.parent)


def _looked() -> Iterator[Vital]:
    for name, look in (("database", _database), ("migrations", _migrations), ("role", _role)):
        vital = _tried(name, look)
        yield vital
        if name == "database" and vital.state is State.BAD:
            break
    else:
        yield _tried("worker", _worker)
    free = room()
    yield Vital(name="disk", state=free.state, says=f"{free.free // MEGABYTE} MB free")


def _tried(name: str, look: Callable[[], Vital]) -> Vital:
    try:
        return look()
    except DatabaseError as error:
        return Vital(name=name, state=State.BAD, says=type(error).__name__)


def _database() -> Vital:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Vital(name="database", state=State.GOOD)


def _migrations() -> Vital:
    missing = _ours() - set(MigrationRecorder(connection).applied_migrations())
    if missing:
        return Vital(name="migrations", state=State.BAD, says=f"{len(missing)} to be made")
    return Vital(name="migrations", state=State.GOOD)


@cache
def _ours() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)


def _role() -> Vital:
    try:
        database.refuse_privileged(connection.settings_dict["NAME"])
    except database.Unusable as error:
        return Vital(name="role", state=State.BAD, says=str(error))
    return Vital(name="role", state=State.GOOD)


def _worker() -> Vital:
    known = workers()
    if not known or known[0].silent > SILENT:
        says = f"silent for {known[0].silent.total_seconds():.0f} s" if known else "none"
        return Vital(name="worker", state=State.LOOK, says=says)
    return Vital(name="worker", state=State.GOOD)
