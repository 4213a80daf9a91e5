"""The whole database in one file and back, by PostgreSQL's own programs.

Row security hides from everybody but a superuser what is not of the house in force. A dump must
hold all of it, so on a server that is not ours it is made by a role of its own, named by
DATABASE_BACKUP_URL, which reads everything and writes nothing.
"""

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from buckstop import database
from buckstop.database import server
from buckstop.database.errors import Unusable
from buckstop.database.place import find_programs, socket_folder

_NOT_KEPT = "django_session"
"""Who is signed in: whoever had the dump could be anybody. Everybody signs in again."""

COMPRESS = "gzip:6"
_LONGEST_REASON = 400


@contextmanager
def snapshot(name: str) -> Iterator[tuple[psycopg.Connection[tuple[object, ...]], str]]:
    """Look at a whole database as it is now, with the name by which others see the same."""
    with psycopg.connect(make_conninfo("", **_seeing_all(name))) as connection:
        connection.execute("set transaction isolation level repeatable read, read only")
        yield connection, str(_one(connection, "select pg_export_snapshot()"))
        connection.rollback()


def dump(name: str, to: Path, *, snapshot: str, compress: str = COMPRESS) -> None:
    """Write a database into a file, as the snapshot shows it."""
    _run(
        "pg_dump",
        _seeing_all(name),
        *("--format=custom", f"--compress={compress}", f"--snapshot={snapshot}", "--no-sync"),
        *(f"--exclude-table-data={_NOT_KEPT}", f"--file={to}"),
    )


def restore(source: Path, name: str) -> None:
    """Fill an empty database from a file, all of it or nothing, as the owner of its tables."""
    _run(
        "pg_restore",
        _conninfo("owner", name),
        *("--single-transaction", "--exit-on-error", "--no-publications", "--no-subscriptions"),
        str(source),
    )


def is_empty(name: str) -> bool:
    """Tell whether a database has no table yet."""
    with database.connect("owner", name) as owner:
        many = _one(owner, "select count(*) from pg_tables where schemaname = 'public'")
    return many == 0


def counted(connection: psycopg.Connection[tuple[object, ...]]) -> Mapping[str, int]:
    """Count the rows of every table that is kept, as this connection sees them."""
    tables = connection.execute(
        "select relname from pg_class where relnamespace = 'public'::regnamespace"
        " and relkind in ('r', 'p') and not relispartition order by relname collate \"C\""
    ).fetchall()
    return {
        str(table): int(str(_one(connection, _count(str(table)))))
        for (table,) in tables
        if table != _NOT_KEPT
    }


def _count(table: str) -> sql.Composed:
    return sql.SQL("select count(*) from {}").format(sql.Identifier("public", table))


def _one(connection: psycopg.Connection[tuple[object, ...]], query: str | sql.Composed) -> object:
    ((value,),) = connection.execute(query if isinstance(query, sql.Composed) else query.encode())
    return value


def _seeing_all(name: str) -> dict[str, str | int | None]:
    if not os.environ.get("DATABASE_URL"):
        return {"host": str(socket_folder()), "user": server.SUPERUSER, "dbname": name}
    given = os.environ.get("DATABASE_BACKUP_URL")
    if not given:
        msg = (
            "Set DATABASE_BACKUP_URL to a login that may read everything (docs/operations.md says"
            " how to make it): the app and the owner see one house at a time."
        )
        raise Unusable(msg)
    return conninfo_to_dict(given) | {"dbname": name}


def _conninfo(role: database.Role, name: str) -> dict[str, str | int | None]:
    with database.connect(role, name) as connection:
        found = connection.info.get_parameters()
        password = connection.info.password
    return {**found, "dbname": name, **({"password": password} if password else {})}


def _run(program: str, where: Mapping[str, str | int | None], *arguments: str) -> None:
    """Run a program of PostgreSQL's. A password is told to nobody who can list processes."""
    details = dict(where)
    password = details.pop("password", None)
    done = subprocess.run(
        [find_programs() / program, *arguments, f"--dbname={make_conninfo('', **details)}"],
        env=os.environ | {"LC_ALL": "C"} | ({"PGPASSWORD": str(password)} if password else {}),
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        # What follows the first line of an error may be a row.
        said = next((line for line in done.stderr.splitlines() if "error:" in line), "")
        msg = f"{program} failed: {said[:_LONGEST_REASON] or done.returncode}"
        raise Unusable(msg)
