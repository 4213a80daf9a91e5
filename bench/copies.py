"""Many valid cases, made from a few: every log is written again for its own case and chained.

What the product wrote for a case is taken word for word, with another case and number in it;
digests are made anew, and the database checks each as it comes in. Titles and names stay in the
vault once, so copies show those of their original. What follows the log hears of no copy.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import uuid4

from django.db import connection

from bench.house import Place
from buckstop import database
from buckstop.domain.cases.state.case import Case, replay
from buckstop.domain.evidence.chain import START, follow
from buckstop.domain.evidence.digests import SALT_BYTES, leaf
from buckstop.domain.words.ids import CaseId
from buckstop.records.cases.projections import TABLES, project
from buckstop.records.log import store
from buckstop.records.log.isolation import inside
from buckstop.records.log.projection import Batch
from buckstop.records.log.verify import verify

_LOOK_AT = 100
"""One copy in so many is replayed and compared."""

_SAID = "house, batch, kind, version, occurred_at, received_at, recorded_at, actor, channel"
_MAKE = """
    CREATE TEMPORARY TABLE copied (old uuid, case_id uuid, number text) ON COMMIT DROP;
    CREATE TEMPORARY TABLE line (
        old uuid, case_id uuid, seq integer, body text, salt bytea, leaf bytea, digest bytea
    ) ON COMMIT DROP
"""
_KEEP = f"""
    INSERT INTO log_entry ({_SAID}, case_id, seq, body, salt, leaf, digest)
    SELECT {_SAID}, n.case_id, n.seq, n.body, n.salt, n.leaf, n.digest
    FROM line n JOIN log_entry o ON o.case_id = n.old AND o.seq = n.seq
    ORDER BY n.case_id, n.seq;
    INSERT INTO log_head (case_id, house, seq, digest, recorded_at, own_clock)
    SELECT DISTINCT ON (n.case_id)
        n.case_id, o.house, o.seq, n.digest, o.recorded_at, o.own_clock
    FROM line n JOIN log_head o ON o.case_id = n.old ORDER BY n.case_id, n.seq DESC
"""  # noqa: S608 - names of our own columns


@dataclass(frozen=True, kw_only=True, slots=True)
class _Original:
    case: CaseId
    number: str
    bodies: tuple[str, ...]


def copy(at: Place, originals: Sequence[CaseId], *, first: int, last: int) -> int:
    """Copy the originals turn by turn until there are `last` cases; tell how many agreed.

    One copy in a hundred is verified, replayed and projected again. Raises ValueError if that
    changes any row of it.
    """
    with inside(at.house), connection.cursor() as cursor:
        known = [_read(case) for case in originals]
        cursor.execute(_MAKE)
        made = [
            (known[turn % len(known)], CaseId(str(uuid4())), turn) for turn in range(first, last)
        ]
        with cursor.copy("COPY copied FROM STDIN") as sink:
            for original, case, turn in made:
                sink.write_row((original.case, case, _number(turn)))
        with cursor.copy("COPY line FROM STDIN") as sink:
            for original, case, turn in made:
                for row in _lines(original, case, _number(turn)):
                    sink.write_row(row)
        cursor.execute(_KEEP)
        for table in TABLES:
            cursor.execute(_copy_rows(table))
    with database.connect("owner") as owner:
        owner.execute("ANALYZE")
    looked_at = [case for _, case, _ in made[::_LOOK_AT]]
    with inside(at.house):
        for case in looked_at:
            _compare(case)
    return len(looked_at)


def _number(turn: int) -> str:
    return f"QU-0000-0000-{turn:06}"


def _read(case: CaseId) -> _Original:
    rows = _select("SELECT body FROM log_entry WHERE case_id = %s ORDER BY seq", case)
    ((number,),) = _select("SELECT number FROM cases_case WHERE case_id = %s", case)
    return _Original(case=case, number=str(number), bodies=tuple(str(body) for (body,) in rows))


def _lines(original: _Original, case: CaseId, number: str) -> Iterable[tuple[object, ...]]:
    """Write the log of a copy: its own bodies, salts and chain."""
    digest = START
    for seq, body in enumerate(original.bodies, start=1):
        own = body.replace(original.case, case).replace(original.number, number)
        salt = secrets.token_bytes(SALT_BYTES)
        mark = leaf(salt, own.encode())
        digest = follow(digest, mark)
        yield original.case, case, seq, own, salt, mark, digest


def _copy_rows(table: str) -> str:
    """Copy the rows of a table that follows the log, each for its own case and number."""
    columns = [
        str(name)
        for (name,) in _select(
            "SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = %s::regclass"
            " AND attnum > 0 AND NOT attisdropped AND attgenerated = ''",
            table,
        )
    ]
    own = {"case_id": "c.case_id", "number": "c.number"}
    taken = ", ".join(own.get(name, f"o.{name}") for name in columns)
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {taken}"  # noqa: S608 - the same
        f" FROM copied c JOIN {table} o ON o.case_id = c.old"
    )


def _compare(case: CaseId) -> None:
    head = store.head(case)
    entries = store.read(head)
    before = _of(case)
    after = replay(entries)
    project([Batch(house=head.house, case=case, entries=entries, before=Case(), after=after)])
    if verify(case) or _of(case) != before:
        msg = f"copy {case} is not what its log says"
        raise ValueError(msg)


def _of(case: CaseId) -> list[list[tuple[object, ...]]]:
    return [
        _select(f"SELECT t::text FROM {table} t WHERE case_id = %s ORDER BY 1", case)  # noqa: S608 - the same
        for table in TABLES
    ]


def _select(query: str, value: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, [value])
        return list(cursor.fetchall())
