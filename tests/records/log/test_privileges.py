"""What the app's role may do to each table: exactly what is meant, and no more."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db

READ, ADD, ALL = "select", "insert select", "delete insert select update"
MEANT = {
    # The log only grows, and its parts are reached through the whole alone.
    "log_entry": ADD,
    **{f"log_entry_{part:02}": "" for part in range(16)},
    "log_head": "insert select update(seq,digest,recorded_at)",
    "log_key": ADD,
    "log_outbox": ADD,
    "log_unsealed": ADD,
    "log_clock": "insert select update(ahead)",
    "log_cursor": "insert select update(xact,position)",
    "log_left": "delete insert select",  # dealt with is forgotten
    # What follows from the log is made again.
    **dict.fromkeys(
        (
            "cases_case",
            "cases_clock",
            "cases_decided",
            "cases_party",
            "cases_promise",
            "cases_sought",
            "cases_task",
        ),
        ALL,
    ),
    "cases_count": "delete insert select",
    "cases_mark": "insert select update",
    "cases_notice": "insert select update",
    # What was published stays; what is being typed is forgotten once sent.
    "houses_house": "insert select update",
    "houses_desk": ALL,
    "houses_publishedrules": ADD,
    "houses_calendarnotice": ADD,
    "evidence_received": "insert select update(wrapped_key)",
    "evidence_draft": ALL,
    "people_person": "insert select update",
    "people_personaltext": "insert select update(ciphertext,nonce,wrapped_key)",
    "people_readtrace": ADD,
    "people_link": "insert select update(revoked_at,renewed_at)",
    "people_secret": "insert select update",
    "operations_pulse": "delete insert select update(at,round_ms)",
    "operations_deed": ADD,
    "web_tally": "insert select update(since,count)",  # nobody escapes a limit by emptying it
    # Django's own: who is signed in comes and goes, the rest is not used.
    "django_session": ALL,
    "django_migrations": READ,
    **dict.fromkeys(
        ("auth_group", "auth_group_permissions", "auth_permission", "django_content_type"), ""
    ),
}


def granted() -> dict[str, str]:
    """List the privileges on every table, on the whole of it or on some columns."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT c.relname, (
                SELECT coalesce(string_agg(said.what, ' ' ORDER BY said.what), '') FROM (
                    SELECT lower(p) || CASE WHEN has_table_privilege(c.oid, p) THEN '' ELSE '('
                        || (SELECT string_agg(a.attname, ',' ORDER BY a.attnum)
                            FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0
                            AND NOT a.attisdropped
                            AND has_column_privilege(c.oid, a.attnum, p)) || ')' END AS what
                    FROM unnest('{SELECT,INSERT,UPDATE,REFERENCES}'::text[]) p
                    UNION ALL
                    SELECT lower(p) FROM unnest('{DELETE,TRUNCATE,TRIGGER}'::text[]) p
                    WHERE has_table_privilege(c.oid, p)
                ) said
            )
            FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
                AND c.relkind IN ('r', 'p', 'v', 'm') ORDER BY 1
            """
        )
        return {str(name): str(may) for name, may in cursor.fetchall()}


def test_the_app_may_do_what_is_meant_to_every_table_and_nothing_else() -> None:
    assert granted() == MEANT
