"""PostgreSQL: the server that DATABASE_URL names, or one of our own beside the code.

Two roles: the owner makes and changes tables, in migrations alone; the app works with them and
is bound by row security. The superuser of our own server only sets the two up.
"""

import os
from typing import Literal

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from buckstop.database import server
from buckstop.database.errors import Unusable
from buckstop.database.place import home, make_home, socket_folder

__all__ = [
    "Role",
    "Unusable",
    "connect",
    "create",
    "databases",
    "drop",
    "ensure_server",
    "go_through_pooler",
    "home",
    "is_running",
    "make_home",
    "refuse_privileged",
    "release",
    "role_name",
    "settings_for",
]

type Role = Literal["app", "owner"]
type _Connection = psycopg.Connection[tuple[object, ...]]

_NAME = "buckstop"
_OWNER = "buckstop_owner"
_APP = "buckstop_app"
_OLDEST = 16

release = server.release


def settings_for(role: Role) -> dict[str, object]:
    """Give Django's settings for connections as the app or as the owner of the tables.

    On a server named by DATABASE_URL the app logs in with DATABASE_APP_URL; where that is not
    given, it logs in as the owner and takes the app's role before its first statement.
    """
    details = _details(role)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": details.pop("dbname"),
        **{key.upper(): details.pop(key, "") for key in ("user", "password", "host", "port")},
        # What is asked again and again on a connection is parsed and planned once; behind a
        # pooler each transaction may be on another.
        "OPTIONS": {
            **details,
            "server_side_binding": True,
            "prepare_threshold": None if role == "app" and _is_pooled() else 3,
        },
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


def role_name(role: Role) -> str:
    """Name the role that the app or the owner works as on the server."""
    if role == "app" and not os.environ.get("DATABASE_APP_URL"):
        return _APP
    return str(_details(role)["user"])


def connect(role: Role, name: str | None = None) -> _Connection:
    """Open a connection outside Django's, on which every statement stands alone."""
    return psycopg.connect(make_conninfo("", **_details(role, name)), autocommit=True)


def ensure_server() -> None:
    """Make the database usable: running, with its two roles. Raises Unusable if it cannot be."""
    if _is_given():
        _prepare_given()
    else:
        with server.in_use():
            _prepare_own()


def is_running() -> bool:
    """Tell whether the server runs, as far as that is our business: another's always does."""
    return _is_given() or server.is_living()


def refuse_privileged(name: str | None = None) -> None:
    """Raise Unusable if the app's role could get around the rules of its tables."""
    with connect("app", name) as connection:
        superuser, bypasses, copies, owns = connection.execute(
            """
            select bool_or(rolsuper), bool_or(rolbypassrls), bool_or(rolreplication),
                   exists (select from pg_class
                           where relnamespace = 'public'::regnamespace
                             and pg_has_role(current_user, relowner, 'member'))
            from pg_roles where pg_has_role(current_user, oid, 'member')
            """
        ).fetchone() or (True, True, True, True)
    for so, reason in (
        (superuser, "is a superuser"),
        (bypasses, "may bypass row security"),
        (copies, "may copy the whole server"),
        (owns, "owns tables"),
    ):
        if so:
            msg = f"The app's database role {reason}. Give the app a role that has no such power."
            raise Unusable(msg)


def create(name: str, *, like: str = "template1") -> None:
    """Create a database that belongs to the owner, for tests and drills: empty, or a copy."""
    with _administrator() as connection:
        connection.execute(
            sql.SQL("create database {} owner {} template {}").format(
                *map(sql.Identifier, (name, role_name("owner"), like))
            )
        )
    _grant(name)


def drop(name: str) -> None:
    """Drop a database, and whoever is still connected to it."""
    with _administrator() as connection:
        connection.execute(
            sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name))
        )


def databases() -> tuple[str, ...]:
    """List the databases on the server."""
    with _administrator() as connection:
        rows = connection.execute("select datname from pg_database order by 1").fetchall()
    return tuple(str(name) for (name,) in rows)


def _is_given() -> bool:
    return bool(os.environ.get("DATABASE_URL"))


def _variable(role: Role) -> str:
    """Name the variable that says where a role logs in on a given server."""
    has_own = role == "app" and os.environ.get("DATABASE_APP_URL")
    return "DATABASE_APP_URL" if has_own else "DATABASE_URL"


def go_through_pooler() -> None:
    """Let the app of this process connect by DATABASE_POOL_URL, if there is one.

    Pages can: each of their transactions says its house anew. Worker and commands cannot, which
    hold locks and temporary tables beyond a transaction.
    """
    if pool := os.environ.get("DATABASE_POOL_URL"):
        os.environ["DATABASE_APP_URL"] = pool


def _is_pooled() -> bool:
    pool = os.environ.get("DATABASE_POOL_URL")
    return bool(pool) and pool == os.environ.get("DATABASE_APP_URL")


def _details(role: Role, name: str | None = None) -> dict[str, str | int | None]:
    if not _is_given():
        user = _OWNER if role == "owner" else _APP
        return {"dbname": name or _NAME, "user": user, "host": str(socket_folder())}
    variable = _variable(role)
    try:
        details = conninfo_to_dict(os.environ[variable])
    except psycopg.ProgrammingError:  # whose words may repeat a password
        msg = f"{variable} is no address of a database: write postgresql://USER:PASSWORD@HOST/NAME"
        raise Unusable(msg) from None
    details["dbname"] = name or details.get("dbname") or _NAME
    if role == "app" and variable == "DATABASE_URL":
        details["options"] = f"{details.get('options', '')} -c role={_APP}".strip()
    return details


def _administrator(name: str | None = None) -> _Connection:
    if _is_given():
        return connect("owner", name)
    return server.administrator(name or "postgres")


def _grant(name: str) -> None:
    """Let the app use what the owner makes; migrations take back what must never change."""
    with _administrator(name) as connection:
        owner, app = sql.Identifier(role_name("owner")), sql.Identifier(role_name("app"))
        connection.execute(sql.SQL("grant usage on schema public to {}").format(app))
        for grant in (
            "grant select, insert, update, delete on tables",
            "grant usage, select on sequences",
        ):
            default = "alter default privileges for role {} in schema public {} to {}"
            connection.execute(sql.SQL(default).format(owner, sql.SQL(grant), app))


def _prepare_given() -> None:
    with _reach("owner") as connection:
        if connection.info.server_version // 10_000 < _OLDEST:
            msg = (
                f"The server of DATABASE_URL is too old; it must be PostgreSQL {_OLDEST} or newer."
            )
            raise Unusable(msg)
        _prepare_app(connection)
    _grant(str(_details("owner")["dbname"]))
    _reach("app").close()


def _reach(role: Role) -> _Connection:
    try:
        return connect(role)
    except psycopg.OperationalError as error:
        msg = f"{_variable(role)} leads to no database that answers: {error}".strip()
        raise Unusable(msg) from error


def _prepare_app(connection: _Connection) -> None:
    """Have the app's role, and let the owner take it on, on a server that is not ours."""
    app = sql.Identifier(role_name("app"))
    try:
        if not _is_known(connection, role_name("app")):
            connection.execute(sql.SQL("create role {} nologin").format(app))
        if not _may_become_app(connection):
            connection.execute(sql.SQL("grant {} to current_user").format(app))
    except psycopg.errors.InsufficientPrivilege as error:
        msg = (
            f"The role of DATABASE_URL may not make the app's role; let an administrator run"
            f" CREATE ROLE {role_name('app')}; GRANT {role_name('app')} TO {role_name('owner')};"
        )
        raise Unusable(msg) from error


def _may_become_app(connection: _Connection) -> bool:
    if os.environ.get("DATABASE_APP_URL"):
        return True  # the app logs in by itself
    found = connection.execute("select pg_has_role(%s, 'set')", [role_name("app")]).fetchone()
    return found == (True,)


def _prepare_own() -> None:
    with _administrator() as connection:
        for role in (_OWNER, _APP):
            if not _is_known(connection, role):
                connection.execute(sql.SQL("create role {} login").format(sql.Identifier(role)))
    if _NAME not in databases():
        create(_NAME)


def _is_known(connection: _Connection, role: str) -> bool:
    return (
        connection.execute("select from pg_roles where rolname = %s", [role]).fetchone()
        is not None
    )
