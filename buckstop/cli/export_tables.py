"""The rows of the house in force, table by table, as lines of JSON."""

from collections.abc import Iterator

from django.db import connection
from psycopg import sql

LEFT_OUT = {
    "people_person.password": "a digest of a password is nobody's business",
    "people_link": "marks of links that open cases here",
    "people_secret": "marks of secrets that open cases here",
    "people_personaltext": "stands decrypted in texts.jsonl",
    "cases_sought": "marks made with this server's key",
    "evidence_received.wrapped_key": "opens a file with this server's key alone",
    "evidence_draft": "what somebody types and has not sent belongs to nobody else",
    "cases_count": "sums of what stands in cases_case",
    "cases_mark": "marks made with this server's key",
    "cases_notice.link": "opens a case",
    "cases_notice.person": "a mark made with this server's key",
    "log_key.key": "marks of what came once; the log tells what came of it",
    "log_key.asked": "the same",
    "log_left": "this server's own work",
    "log_outbox": "this server's own work",
    "log_unsealed": "this server's own work",
}
"""Tables, and columns, that do not come along, and why."""

_PIECE = 500
_TABLES = """
    SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND a.attname = 'house'
        AND c.relkind IN ('r', 'p') AND NOT c.relispartition
    ORDER BY c.relname COLLATE "C"
"""
_COLUMNS = """
    SELECT a.attname, i.indisprimary IS NOT NULL FROM pg_attribute a
    LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
        AND a.attnum = ANY (i.indkey)
    WHERE a.attrelid = %s::regclass AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY array_position(i.indkey, a.attnum), a.attnum
"""


def tables() -> list[str]:
    """List the tables of houses that come along."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        return [str(table) for (table,) in cursor.fetchall() if table not in LEFT_OUT]


def rows(table: str) -> Iterator[bytes]:
    """Give the rows of a table in the order of its key, one line each."""
    with connection.cursor() as cursor:
        cursor.execute(_COLUMNS, [f"public.{table}"])
        found = [(str(name), bool(is_key)) for name, is_key in cursor.fetchall()]
    query = sql.SQL("SELECT row_to_json(r)::text FROM (SELECT {} FROM {} ORDER BY {}) r").format(
        _names(name for name, _ in found if f"{table}.{name}" not in LEFT_OUT),
        sql.Identifier("public", table),
        _names(name for name, is_key in found if is_key),
    )
    with connection.chunked_cursor() as cursor:
        cursor.execute(query)
        while some := cursor.fetchmany(_PIECE):
            yield from (f"{line}\n".encode() for (line,) in some)


def _names(names: Iterator[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))
