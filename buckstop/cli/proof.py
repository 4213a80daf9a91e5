"""What is proved of a restored copy, one finding after the other; each names what is broken."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path

from django.db import connection

from buckstop import database
from buckstop.cli import manifest
from buckstop.cli.manifest import Manifest
from buckstop.database import dump
from buckstop.domain.cases.state.case import Case
from buckstop.domain.words.event import Sealed
from buckstop.records.evidence import proving as evidence
from buckstop.records.houses.queries import House, houses
from buckstop.records.log import store
from buckstop.records.log.forms import NotReadable
from buckstop.records.log.isolation import inside
from buckstop.records.log.projection import projections
from buckstop.records.log.rebuild import rebuild
from buckstop.records.log.verify import verify
from buckstop.records.people import proving as people

MOST_NAMED = 20

_LOCKS = """
    SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND a.attname = 'house'
        AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND NOT (
            c.relrowsecurity AND c.relforcerowsecurity
            AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'house'))
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing looked at: how much of it there was, and what was wrong with it."""

    what: str
    seen: str
    faults: tuple[str, ...]


def of_files(folder: Path, made: Manifest) -> Iterator[Finding]:
    """Look at the bytes of a backup, before any of them is used."""
    yield _found(
        "manifest",
        f"of {made.made_at}, by {made.program}",
        () if made.is_ours else ("was not written with this master key, or was changed since",),
    )
    yield _found("files", f"{len(made.files)} files", _changed(folder, made))
    yield _found("vault", f"{made.vault_files} files", _vault(folder))


def of_tables(name: str, folder: Path, made: Manifest) -> Iterator[Finding]:
    """Look at a database as it came out of the dump, whatever version made it."""
    with dump.snapshot(name) as (seen, _):
        counts = dump.counted(seen)
        yield _found("counts", f"{sum(counts.values())} rows", _counts(made.tables, counts))
        with (folder / manifest.HEADS).open(encoding="ascii") as kept:
            faults = _heads(map(str.strip, kept), manifest.heads(seen))
            yield _found("heads", f"{counts.get('log_head', 0)} cases", faults)


def of_content(made: Manifest) -> Iterator[Finding]:
    """Look at what stands in the tables, with the program of today."""
    yield _found("locks", "row security of every table", _locks())
    for house in houses():
        yield from of_house(house)
    yield from _replayed(made)


def of_house(house: House) -> Iterator[Finding]:
    """Look at every log, text and file of one house."""
    with inside(house.house):
        cases, files = store.cases(), evidence.received()
        entries = sum(store.head(case).seq for case in cases)
        yield _found(
            f"chain {house.slug}",
            f"{len(cases)} cases, {entries} entries",
            (
                f"case {case} entry {fault.seq}: {fault.code}"
                for case in cases
                for fault in verify(case)
            ),
        )
        texts = 0
        faults: list[str] = []
        for case in cases:
            try:
                sealed = {
                    one.ref: one.commitment
                    for entry in store.read(store.head(case))
                    for one in _sealed(entry)
                }
            except NotReadable:
                continue  # the chain has named it
            texts += len(sealed)
            faults += (f"case {case}: {fault}" for fault in people.unfit(sealed))
        yield _found(f"texts {house.slug}", f"{texts} texts", faults)
        yield _found(f"evidence {house.slug}", f"{files} files", evidence.unfit(house.house))


def _found(what: str, seen: str, faults: Iterator[str] | tuple[str, ...] | list[str]) -> Finding:
    told = list(faults)
    more = len(told) - MOST_NAMED
    named = (*told[:MOST_NAMED], *((f"and {more} more",) if more > 0 else ()))
    return Finding(what=what, seen=seen, faults=named)


def _changed(folder: Path, made: Manifest) -> Iterator[str]:
    for name, digest in made.files.items():
        if not (folder / name).is_file():
            yield f"{name} is missing"
        elif manifest.digest(folder / name) != digest:
            yield f"{name} is not the one that the manifest tells of"


def _vault(folder: Path) -> Iterator[str]:
    try:
        lines = (folder / manifest.FILES).read_text(encoding="utf-8").splitlines()
    except OSError:
        return  # named among the files
    listed = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    for name, digest in listed.items():
        if not (folder / name).is_file():
            yield f"{name} is missing"
        elif manifest.digest(folder / name) != digest:
            yield f"{name} was changed"
    for path in manifest.files_in(folder / manifest.VAULT):
        if str(path.relative_to(folder)) not in listed:
            yield f"{path.relative_to(folder)} is not listed"


def _counts(kept: Mapping[str, int], found: Mapping[str, int]) -> Iterator[str]:
    for table in sorted(kept.keys() | found.keys()):
        if kept.get(table) != found.get(table):
            yield f"{table} has {found.get(table)} rows, not {kept.get(table)}"


def _heads(kept: Iterator[str], found: Iterator[str]) -> Iterator[str]:
    """Walk along both lists, which are in one order, and name the cases that differ."""
    was, now = next(kept, ""), next(found, "")
    while was or now:
        before, after = _place(was), _place(now)
        if was != now:
            house, case = min(before, after)[:2]
            ends = [p[2] if p[:2] == (house, case) else "none" for p in (after, before)]
            yield f"case {case} ends at entry {ends[0]}, not {ends[1]}"
        was, now = (
            next(kept, "") if before[:2] <= after[:2] else was,
            next(found, "") if after[:2] <= before[:2] else now,
        )


def _place(line: str) -> tuple[str, str, str]:
    """Read house, case and number of entries; what is at its end comes after all."""
    house, case, many, *_ = (line or "~ ~ ~").split()
    return house, case, many


def _locks() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(_LOCKS)
        for (table,) in cursor.fetchall():
            yield f"{table} shows every house to every house"
    try:
        database.refuse_privileged(connection.settings_dict["NAME"])
    except database.Unusable as error:
        yield str(error)


def _replayed(made: Manifest) -> Iterator[Finding]:
    """Make the tables that follow from the log again, and compare them with those kept.

    A newer program may keep them otherwise; then the ones made again stay.
    """
    tables = [table for projection in projections() for table in projection.TABLES]
    for house in houses():
        with inside(house.house), connection.cursor() as cursor:
            for table in tables:
                cursor.execute(f"CREATE TEMPORARY TABLE kept_{table} AS TABLE public.{table}")
        try:
            seen = f"{rebuild(house.house, Case())} cases, {len(tables)} tables"
            with inside(house.house):
                faults = [fault for table in tables for fault in _differs(table)]
        except Exception as error:  # noqa: BLE001 - a log with a hole may do anything to a replay
            seen, faults = "", [f"stopped at what the log says ({type(error).__name__})"]
        finally:
            with connection.cursor() as cursor:
                for table in tables:
                    cursor.execute(f"DROP TABLE IF EXISTS pg_temp.kept_{table}")
        if faults and made.code != manifest.code():
            seen, faults = f"{seen}; made again by this program, which keeps them otherwise", []
        yield _found(f"replay {house.slug}", seen, faults)


def _differs(table: str) -> Iterator[str]:
    for these, those, say in (
        (f"pg_temp.kept_{table}", f"public.{table}", "has {n} rows that do not follow from"),
        (f"public.{table}", f"pg_temp.kept_{table}", "lacks {n} rows that follow from"),
    ):
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*) FROM (TABLE {these} EXCEPT ALL TABLE {those}) differing"  # noqa: S608 - names of our own tables
            )
            (many,) = cursor.fetchone()
        if many:
            yield f"{table} {say.format(n=many)} the log"


def _sealed(value: object) -> Iterator[Sealed]:
    """Find every text that a line refers to, however deep in it."""
    if isinstance(value, Sealed):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _sealed(item)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _sealed(getattr(value, field.name))
