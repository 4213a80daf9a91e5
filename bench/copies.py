"""Many valid cases, made from a few: every log is written again for its own case and chained.

What the product wrote for a case is taken word for word, with another case, number and title in
it; digests are made anew, and the database checks each as it comes in. Each copy has a title of
its own in the vault, and the marks that search finds it by; names are those of its original.
What follows the log hears of no copy.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import batched
from uuid import uuid4

from django.db import connection

from bench.house import Place
from bench.titles import title
from buckstop import database
from buckstop.domain.cases.state.case import Case, replay
from buckstop.domain.evidence.chain import START, follow
from buckstop.domain.evidence.digests import SALT_BYTES, leaf
from buckstop.domain.words.ids import CaseId
from buckstop.records.cases.projections import TABLES, project
from buckstop.records.cases.sought import marks_of, refs_of
from buckstop.records.log import store
from buckstop.records.log.isolation import inside
from buckstop.records.log.projection import Batch
from buckstop.records.log.verify import verify
from buckstop.records.people.vault import Prepared, prepare, unshown

_AT_ONCE = 10_000
_LOOK_AT = 1_000
"""One copy in so many is replayed and compared."""

_SAID = "house, batch, kind, version, occurred_at, received_at, recorded_at, actor, channel"
_MAKE = """
    CREATE TEMPORARY TABLE copied (
        old uuid, case_id uuid, number text, title text, ciphertext bytea, nonce bytea,
        wrapped_key bytea, refs uuid[], marks integer[]
    ) ON COMMIT DROP;
    CREATE TEMPORARY TABLE line (
        old uuid, case_id uuid, seq integer, body text, salt bytea, leaf bytea, digest bytea
    ) ON COMMIT DROP
"""
_KEEP = f"""
    ANALYZE copied; ANALYZE line;
    INSERT INTO log_entry ({_SAID}, case_id, seq, body, salt, leaf, digest)
    SELECT {_SAID}, n.case_id, n.seq, n.body, n.salt, n.leaf, n.digest
    FROM line n JOIN log_entry o ON o.case_id = n.old AND o.seq = n.seq
    ORDER BY n.case_id, n.seq;
    INSERT INTO log_head (case_id, house, seq, digest, recorded_at, own_clock)
    SELECT DISTINCT ON (n.case_id)
        n.case_id, o.house, o.seq, n.digest, o.recorded_at, o.own_clock
    FROM line n JOIN log_head o ON o.case_id = n.old ORDER BY n.case_id, n.seq DESC;
    INSERT INTO people_personaltext (house, "case", ref, ciphertext, nonce, wrapped_key)
    SELECT o.house, c.case_id, c.title::uuid, c.ciphertext, c.nonce, c.wrapped_key
    FROM copied c JOIN log_head o ON o.case_id = c.old;
    INSERT INTO cases_sought (case_id, house, opened_at, refs, marks)
    SELECT c.case_id, o.house, o.opened_at, c.refs, c.marks
    FROM copied c JOIN cases_case o ON o.case_id = c.old
"""  # noqa: S608 - names of our own columns


@dataclass(frozen=True, kw_only=True, slots=True)
class _Original:
    case: CaseId
    number: str
    bodies: tuple[str, ...]
    state: Case
    marks: frozenset[int]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Copy:
    of: _Original
    case: CaseId
    number: str
    said: str
    title: Prepared


def copy(at: Place, originals: Sequence[CaseId], *, first: int, last: int) -> int:
    """Copy the originals turn by turn until there are `last` cases; tell how many agreed.

    One copy in a thousand is verified, replayed and projected again. Raises ValueError if that
    changes any row of it.
    """
    with inside(at.house):
        known = [_read(at, case) for case in originals]
    looked_at = 0
    for turns in batched(range(first, last), _AT_ONCE):
        made = [_copied(known[turn % len(known)], turn) for turn in turns]
        with inside(at.house):
            _load(at, made)
        for some in made[::_LOOK_AT]:
            with inside(at.house):
                _compare(some.case)
            looked_at += 1
    with database.connect("owner") as owner:
        owner.execute("VACUUM (ANALYZE)")
    return looked_at


def _read(at: Place, case: CaseId) -> _Original:
    rows = _select("SELECT body FROM log_entry WHERE case_id = %s ORDER BY seq", case)
    ((number,),) = _select("SELECT number FROM cases_case WHERE case_id = %s", case)
    state = replay(store.read(store.head(case)))
    said = unshown(refs_of(state)[1:])
    return _Original(
        case=case,
        number=str(number),
        bodies=tuple(str(body) for (body,) in rows),
        state=state,
        marks=marks_of(at.house, said.values()),
    )


def _copied(original: _Original, turn: int) -> _Copy:
    case, said = CaseId(str(uuid4())), title(turn)
    return _Copy(
        of=original,
        case=case,
        number=f"QU-0000-0000-{turn:07}",
        said=said,
        title=prepare(case, said),
    )


def _load(at: Place, made: Sequence[_Copy]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_MAKE)
        with cursor.copy("COPY copied FROM STDIN") as sink:
            for one in made:
                sink.write_row(_row(at, one))
        with cursor.copy("COPY line FROM STDIN") as sink:
            for one in made:
                for row in _lines(one):
                    sink.write_row(row)
        cursor.execute(_KEEP)
        for table in TABLES:
            cursor.execute(_copy_rows(table))


def _row(at: Place, one: _Copy) -> tuple[object, ...]:
    kept = one.title.envelope
    return (
        one.of.case,
        one.case,
        one.number,
        one.title.sealed.ref,
        kept.ciphertext,
        kept.nonce,
        kept.wrapped_key,
        [one.title.sealed.ref, *refs_of(one.of.state)[1:]],
        sorted(one.of.marks | marks_of(at.house, [one.said])),
    )


def _lines(one: _Copy) -> Iterable[tuple[object, ...]]:
    """Write the log of a copy: its own bodies, salts and chain."""
    digest, before, now = START, one.of.state.claim.title, one.title.sealed
    if before is None:
        msg = f"case {one.of.case} has no title"
        raise ValueError(msg)
    for seq, body in enumerate(one.of.bodies, start=1):
        own = body.replace(one.of.case, one.case).replace(one.of.number, one.number)
        if before.ref in own:
            own = own.replace(before.ref, now.ref).replace(before.commitment, now.commitment)
        salt = secrets.token_bytes(SALT_BYTES)
        mark = leaf(salt, own.encode())
        digest = follow(digest, mark)
        yield one.of.case, one.case, seq, own, salt, mark, digest


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
    own = {"case_id": "c.case_id", "number": "c.number", "title": "c.title"}
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
