"""One stored line of every version of every event that was ever written.

`python -m tests.records.log.golden` adds the kinds and versions that are missing, here and to
`released.txt`, which holds the digest of each line. A line that is there is never changed:
whoever changes an event raises its `version` and adds an up-caster to `CODEC`.
"""

import json
from dataclasses import fields
from datetime import UTC, date, datetime
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from types import NoneType
from typing import Any, NewType, get_args, get_origin, get_type_hints

from buckstop.domain.words.event import Channel, Entry, Event
from buckstop.domain.words.ids import CaseId
from buckstop.domain.words.party import Actor
from buckstop.records.log.codec import Line
from buckstop.records.log.isolation import HouseId
from buckstop.records.log.known import CODEC

PATH = Path(__file__).with_name("golden.jsonl")
RELEASED = Path(__file__).with_name("released.txt")
NOON = datetime(2026, 6, 1, 4, tzinfo=UTC)
_SAMPLES = {str: "文字 text", int: 7, bool: True, date: NOON.date(), datetime: NOON}


def sample(hint: Any) -> Any:  # noqa: ANN401 - a value of any type
    """Return one value of a type, always the same, with nothing left empty."""
    if isinstance(hint, NewType):
        return sample(hint.__supertype__)
    if hint in _SAMPLES:
        return _SAMPLES[hint]
    if get_origin(hint) is tuple:
        return (sample(get_args(hint)[0]),)
    if options := [option for option in get_args(hint) if option is not NoneType]:
        return sample(options[0])
    if issubclass(hint, StrEnum):
        return next(iter(hint))
    hints = get_type_hints(hint)
    return hint(**{field.name: sample(hints[field.name]) for field in fields(hint)})


def line(kind: type[Event]) -> str:
    """Return the line that is written of a sample of this kind now."""
    entry = Entry(
        seq=1,
        event=sample(kind),
        occurred_at=NOON,
        received_at=NOON,
        recorded_at=NOON,
        by=sample(Actor),
        channel=Channel.WEB,
    )
    return CODEC.write(Line(house=HouseId("house"), case=CaseId("case"), batch=1, entry=entry))


def kept() -> dict[tuple[str, int], str]:
    """Return the lines of the file, by kind and version."""
    lines = PATH.read_text().splitlines() if PATH.exists() else []
    return {name_of(text): text for text in lines}


def released() -> dict[tuple[str, int], str]:
    """Return the digests of the lines that must never change, by kind and version."""
    lines = (line.split() for line in RELEASED.read_text().splitlines())
    return {(kind, int(version)): digest for kind, version, digest in lines}


def name_of(text: str) -> tuple[str, int]:
    """Return kind and version of a stored line."""
    said = json.loads(text)
    return said["kind"], said["version"]


if __name__ == "__main__":
    golden, known = kept(), released() if RELEASED.exists() else {}
    for event in CODEC.events.values():
        golden.setdefault((event.__name__, event.version), line(event))
    for name, text in golden.items():
        known.setdefault(name, sha256(text.encode()).hexdigest())
    PATH.write_text("".join(f"{golden[name]}\n" for name in sorted(golden)))
    RELEASED.write_text(
        "".join(f"{kind} {version} {known[kind, version]}\n" for kind, version in sorted(known))
    )
