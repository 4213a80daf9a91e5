"""The log of a case: lock it, read it, append to it. Nothing else writes it.

`lock` comes before any other lock, everywhere: the other order lets the clockwork and a person
wait for each other for ever.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from django.db import connection

from buckstop.domain.evidence.chain import START, follow
from buckstop.domain.evidence.digests import SALT_BYTES, leaf
from buckstop.domain.words.event import Channel, Entry, Event
from buckstop.domain.words.ids import CaseId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import Actor
from buckstop.records.log import canonical
from buckstop.records.log.codec import Line
from buckstop.records.log.errors import NoSuchCase, Overtaken, WrongTime
from buckstop.records.log.forms import form
from buckstop.records.log.isolation import HouseId
from buckstop.records.log.known import CODEC
from buckstop.records.log.projection import Batch, Fold, projections


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """Where the log of a case ends, and `at`, the time to decide at.

    `at` is the database's time (or that of the house's own clock), never before the last entry.
    """

    case: CaseId
    house: HouseId
    seq: int
    digest: bytes
    recorded_at: datetime | None
    own_clock: bool
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """Where facts come from: who, by which door, with which key, and when it was told and came.

    The door and the key together are used once in a house; `asked` is a digest of what was asked
    with them, where it can be asked again.
    """

    by: Actor
    channel: Channel
    key: str
    occurred_at: datetime
    received_at: datetime
    asked: bytes | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Appended[S: Fold]:
    """What an append wrote: the entries, the head and the state after them."""

    head: Head
    entries: tuple[Entry, ...]
    state: S


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sealed:
    entry: Entry
    body: str
    salt: bytes
    leaf: bytes
    digest: bytes


_HEAD = """
    SELECT h.house::text, h.seq, h.digest, nullif(h.recorded_at, '-infinity'), h.own_clock,
        greatest(clock_timestamp() + coalesce(c.ahead, '0'), h.recorded_at)
    FROM log_head h LEFT JOIN log_clock c ON h.own_clock AND c.house = h.house
    WHERE h.case_id = %s
"""

_CREATE = """
    INSERT INTO log_head (case_id, house, digest, own_clock)
    VALUES (%(case)s, %(house)s, %(start)s,
        EXISTS (SELECT FROM log_clock WHERE house = %(house)s))
    RETURNING own_clock, clock_timestamp()
        + coalesce((SELECT ahead FROM log_clock WHERE house = %(house)s), '0')
"""
_GROW = """
    WITH moved AS (
        UPDATE log_head SET seq = %(last)s, digest = %(digest)s, recorded_at = %(at)s
        WHERE case_id = %(case)s AND seq = %(seq)s RETURNING house
    ), news AS (
        INSERT INTO log_outbox (house, case_id, first, last)
        SELECT house, %(case)s, %(seq)s::integer + 1, %(last)s::integer FROM moved
    )
    INSERT INTO log_unsealed (case_id, seq, house)
    SELECT %(case)s, seq, house
    FROM moved, generate_series(%(seq)s::integer + 1, %(last)s::integer) seq
"""


def create(case: CaseId, house: HouseId) -> Head:
    """Begin the empty log of a new case, locked. It keeps the house's clock for ever."""
    with connection.cursor() as cursor:
        cursor.execute(_CREATE, {"case": case, "house": house, "start": START})
        own_clock, at = cursor.fetchone()
    return Head(
        case=case, house=house, seq=0, digest=START, recorded_at=None, own_clock=own_clock, at=at
    )


def head(case: CaseId) -> Head:
    """Return where the log ends now, without a lock: to show, not to decide."""
    return _found(case, _HEAD)


def lock(case: CaseId) -> Head:
    """Wait until nobody else changes the case, and keep it so to the end of the transaction."""
    return _found(case, _HEAD + "FOR UPDATE OF h")


def try_lock(case: CaseId) -> Head | None:
    """Lock like `lock`, or return None at once if somebody else has it."""
    return _head(case, _HEAD + "FOR UPDATE OF h SKIP LOCKED")


def outcome(head: Head, *, channel: Channel, key: str, asked: bytes) -> tuple[Entry, ...] | None:
    """Return what followed when this came by this door with this key; None if it never came.

    Raises NotAllowed if the key was used for another case, or to ask something else.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT case_id::text, first, last, asked FROM log_key"
            " WHERE house = %s AND door = %s AND key = %s",
            [head.house, channel.value, _mark(key)],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    case, first, last, before = row
    if case != head.case:
        raise NotAllowed("key-of-another-case")
    if before is not None and bytes(before) != asked:
        raise NotAllowed("key-used-before")
    return tuple(line.entry for line in lines(head) if first <= line.entry.seq <= last)


def lines(head: Head) -> tuple[Line, ...]:
    """Return the stored lines up to `head`. Raises NotReadable at what is not known here."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT body FROM log_entry WHERE case_id = %s AND seq <= %s ORDER BY seq",
            [head.case, head.seq],
        )
        return tuple(CODEC.read(body) for (body,) in cursor.fetchall())


def read(head: Head) -> tuple[Entry, ...]:
    """Return the log up to `head`. Raises NotReadable at what is not known here."""
    return tuple(line.entry for line in lines(head))


def read_on(head: Head, *, seq: int, digest: bytes) -> tuple[Entry, ...] | None:
    """Return what follows entry `seq` up to `head`; None if this log had no such digest there."""
    if seq == head.seq:
        return () if digest == head.digest else None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT digest, body FROM log_entry"
            " WHERE case_id = %s AND seq BETWEEN %s AND %s ORDER BY seq",
            [head.case, seq, head.seq],
        )
        rows = cursor.fetchall()
    if not rows or bytes(rows[0][0]) != digest:
        return None
    return tuple(CODEC.read(body).entry for _, body in rows[1:])


def append[S: Fold](
    head: Head, facts: Sequence[Event], origin: Origin, *, state: S, at: datetime
) -> Appended[S]:
    """Add facts decided at `at` on `state`, which is the fold of the log up to `head`.

    Raises Overtaken if the log has grown since, NotAllowed if the key was used before, and
    WrongTime if `at` is before the last entry or, without a clock of the house's own, to come.
    """
    _check_time(head, at)
    entries = tuple(
        Entry(
            seq=seq,
            event=event,
            occurred_at=origin.occurred_at,
            received_at=origin.received_at,
            recorded_at=at,
            by=origin.by,
            channel=origin.channel,
        )
        for seq, event in enumerate(facts, start=head.seq + 1)
    )
    sealed = _seal(head, entries)
    if sealed:
        _grow(head, sealed[-1])
        _write(head, sealed)
    _remember(head, origin, many=len(entries))
    after = state
    for entry in entries:
        after = after.after(entry)
    if entries:
        _project(
            Batch(house=head.house, case=head.case, entries=entries, before=state, after=after)
        )
    return Appended(head=_grown(head, sealed), entries=entries, state=after)


def bring_clock(house: HouseId, ahead_seconds: int) -> None:
    """Let a house bring its own clock, so far ahead; its new cases say so in their head."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO log_clock (house, ahead) VALUES (%s, make_interval(secs => %s))"
            " ON CONFLICT (house) DO UPDATE SET ahead = excluded.ahead",
            [house, ahead_seconds],
        )


def cases() -> tuple[CaseId, ...]:
    """List the cases of the house in force."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_id::text FROM log_head ORDER BY case_id")
        return tuple(CaseId(case) for (case,) in cursor.fetchall())


def _found(case: CaseId, query: str) -> Head:
    found = _head(case, query)
    if found is None:
        raise NoSuchCase(case)
    return found


def _head(case: CaseId, query: str) -> Head | None:
    with connection.cursor() as cursor:
        cursor.execute(query, [case])
        row = cursor.fetchone()
    if row is None:
        return None
    house, seq, digest, recorded_at, own_clock, at = row
    return Head(
        case=case,
        house=HouseId(house),
        seq=seq,
        digest=bytes(digest),
        recorded_at=recorded_at,
        own_clock=own_clock,
        at=at,
    )


def _project[S: Fold](batch: Batch[S]) -> None:
    for projection in projections():
        projection.project([batch])


def _check_time(head: Head, at: datetime) -> None:
    if head.recorded_at is not None and at < head.recorded_at:
        msg = f"{at} is before the last entry, {head.recorded_at}"
        raise WrongTime(msg)
    if at > head.at and not head.own_clock:
        msg = f"{at} is after the database's time, {head.at}"
        raise WrongTime(msg)


def _seal(head: Head, entries: tuple[Entry, ...]) -> tuple[_Sealed, ...]:
    """Fix the bytes of each entry, and chain them to the head."""
    digest, lines = head.digest, []
    for entry in entries:
        line = Line(house=head.house, case=head.case, batch=head.seq + 1, entry=entry)
        body, salt = CODEC.write(line), secrets.token_bytes(SALT_BYTES)
        mark = leaf(salt, body.encode())
        digest = follow(digest, mark)
        lines.append(_Sealed(entry=entry, body=body, salt=salt, leaf=mark, digest=digest))
    return tuple(lines)


def _grow(head: Head, last: _Sealed) -> None:
    """Move the head on, and note what it moved over for who follows and for who seals."""
    with connection.cursor() as cursor:
        cursor.execute(
            _GROW,
            {
                "case": head.case,
                "seq": head.seq,
                "last": last.entry.seq,
                "digest": last.digest,
                "at": last.entry.recorded_at,
            },
        )
        if cursor.rowcount != last.entry.seq - head.seq:
            raise Overtaken(head.case, head.seq)


def _write(head: Head, lines: tuple[_Sealed, ...]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO log_entry (case_id, house, batch, seq, kind, version, occurred_at,"
            " received_at, recorded_at, actor, channel, body, salt, leaf, digest)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [_row(head, line) for line in lines],
        )


def _row(head: Head, line: _Sealed) -> tuple[str | int | bytes | datetime, ...]:
    entry = line.entry
    return (
        head.case,
        head.house,
        head.seq + 1,
        entry.seq,
        type(entry.event).__name__,
        entry.event.version,
        entry.occurred_at,
        entry.received_at,
        entry.recorded_at,
        canonical.write(form(Actor).write(entry.by)),
        entry.channel.value,
        line.body,
        line.salt,
        line.leaf,
        line.digest,
    )


def _remember(head: Head, origin: Origin, *, many: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO log_key (house, door, key, case_id, first, last, asked)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [
                head.house,
                origin.channel.value,
                _mark(origin.key),
                head.case,
                head.seq + 1,
                head.seq + many,
                origin.asked,
            ],
        )
        if cursor.rowcount != 1:
            raise NotAllowed("key-used-before")


def _mark(key: str) -> bytes:
    """Keep a key as a mark: a Message-ID may name a person, and the log cannot forget."""
    return sha256(key.encode()).digest()


def _grown(head: Head, lines: tuple[_Sealed, ...]) -> Head:
    if not lines:
        return head
    last = lines[-1]
    return replace(
        head, seq=last.entry.seq, digest=last.digest, recorded_at=last.entry.recorded_at
    )
