"""What every fact has in common, and one line of a case's log."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, dataclass_transform

from buckstop.domain.words.party import Actor


@dataclass_transform(kw_only_default=True, frozen_default=True)
def frozen[T](cls: type[T]) -> type[T]:
    """Make `cls` a value: a dataclass that never changes and is built by names only."""
    return dataclass(frozen=True, kw_only=True, slots=True)(cls)


class Channel(StrEnum):
    """The way by which something reached us or was sent."""

    WEB = "web"
    LINK = "link"
    MAIL = "mail"
    PHONE = "phone"
    CHAT = "chat"
    POST = "post"
    COUNTER = "counter"
    API = "api"
    IMPORT = "import"
    CLOCK = "clock"


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """A fact that happened to a case, in the past tense; its kind is the name of its class.

    Fields are values only: text, whole numbers, yes/no, dates, aware UTC moments, enums,
    tuples of those, and frozen dataclasses made of the same. Personal text is never a field:
    a `Sealed` reference stands for it.
    """

    version: ClassVar[int] = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Sealed:
    """Personal text, kept elsewhere: where it is, and a salted commitment to what it says."""

    ref: str
    commitment: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One line of a case's log: a fact, its three times, who did it and over which channel.

    `occurred_at` is as told, `received_at` is taken at our edge and decides whether something
    was in time, `recorded_at` is the database's and never before the entry before.
    """

    seq: int
    event: Event
    occurred_at: datetime
    received_at: datetime
    recorded_at: datetime
    by: Actor
    channel: Channel
