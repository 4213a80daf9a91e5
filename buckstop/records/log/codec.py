"""The line of a log as the exact text that is stored and digested, and back.

The text is canonical JSON and holds everything that the digest must cover: the case, its house,
the place in the log, the batch, the three times, who did it by which channel, and the fact.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from buckstop.domain.words.event import Channel, Entry, Event
from buckstop.domain.words.ids import CaseId
from buckstop.domain.words.party import Actor
from buckstop.records.log import canonical
from buckstop.records.log.canonical import Json
from buckstop.records.log.forms import (
    MissingField,
    NotReadable,
    UnknownField,
    WrongType,
    form,
    read_moment,
    write_moment,
)
from buckstop.records.log.isolation import HouseId

type Fields = Mapping[str, Json]
type UpCaster = Callable[[Fields], Fields]
"""Turns the stored fields of version n into those of version n + 1; pure, and kept for ever."""


class UnknownEvent(NotReadable):
    """A kind of event that this version of the program does not know."""


class NewerVersion(NotReadable):
    """An event written by a newer program; its case stops here until this one is renewed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One stored line: the entry, the case and house it belongs to, and its batch.

    `batch` is the seq of the first entry that was appended together with this one.
    """

    house: HouseId
    case: CaseId
    batch: int
    entry: Entry


_NAMES = frozenset(
    {
        "house", "case", "batch", "seq", "kind", "version", "event",
        "occurred_at", "received_at", "recorded_at", "by", "channel",
    }
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Codec:
    """Writes and reads lines of the events given to it; what it does not know is an error."""

    events: Mapping[str, type[Event]]
    upcasters: Mapping[tuple[str, int], UpCaster]

    def write(self, line: Line) -> str:
        """Return the exact text to store."""
        entry = line.entry
        kind = type(entry.event)
        if self.events.get(kind.__name__) is not kind:
            raise UnknownEvent(kind.__name__)
        return canonical.write(
            {
                "house": form(str).write(line.house),
                "case": form(str).write(line.case),
                "batch": form(int).write(line.batch),
                "seq": form(int).write(entry.seq),
                "kind": kind.__name__,
                "version": kind.version,
                "event": form(kind).write(entry.event),
                "occurred_at": write_moment(entry.occurred_at),
                "received_at": write_moment(entry.received_at),
                "recorded_at": write_moment(entry.recorded_at),
                "by": form(Actor).write(entry.by),
                "channel": form(Channel).write(entry.channel),
            }
        )

    def read(self, text: str) -> Line:
        """Return what a stored text says. Raises NotReadable rather than guess."""
        said = canonical.read(text)
        if not isinstance(said, dict):
            msg = "a line is an object"
            raise WrongType(msg)
        if unknown := said.keys() - _NAMES:
            raise UnknownField(", ".join(sorted(unknown)))
        if missing := _NAMES - said.keys():
            raise MissingField(", ".join(sorted(missing)))
        return Line(
            house=HouseId(form(str).read(said["house"])),
            case=CaseId(form(str).read(said["case"])),
            batch=form(int).read(said["batch"]),
            entry=Entry(
                seq=form(int).read(said["seq"]),
                event=self._event(
                    form(str).read(said["kind"]), form(int).read(said["version"]), said["event"]
                ),
                occurred_at=read_moment(said["occurred_at"]),
                received_at=read_moment(said["received_at"]),
                recorded_at=read_moment(said["recorded_at"]),
                by=form(Actor).read(said["by"]),
                channel=form(Channel).read(said["channel"]),
            ),
        )

    def _event(self, kind: str, version: int, stored: Json) -> Event:
        known = self.events.get(kind)
        if known is None:
            raise UnknownEvent(kind)
        if version > known.version:
            msg = f"{kind} version {version}; known up to {known.version}"
            raise NewerVersion(msg)
        for older in range(version, known.version):
            upcast = self.upcasters.get((kind, older))
            if upcast is None or not isinstance(stored, dict):
                msg = f"{kind} version {version}"
                raise UnknownEvent(msg)
            stored = upcast(stored)
        return form(known).read(stored)
