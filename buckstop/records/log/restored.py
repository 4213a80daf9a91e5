"""What a log needs when it comes back into another server.

Followers go on from a number of a transaction, and such numbers are the server's own: a new
server begins with small ones, so what is appended there would lie behind every cursor for ever.
"""

import psycopg

_NUMBERS = """
CREATE TEMPORARY TABLE again ON COMMIT DROP AS
    SELECT o.xact, o.position, row_number() OVER (ORDER BY o.xact, o.position) AS number,
        o.house, o.case_id, o.first, o.last
    FROM log_outbox o;
UPDATE log_cursor c SET xact = '3', position = coalesce(
    (SELECT max(number) FROM again a WHERE (a.xact, a.position) <= (c.xact, c.position)), 0);
UPDATE log_left l SET xact = '3', position = a.number FROM again a
    WHERE (a.xact, a.position) = (l.xact, l.position);
DELETE FROM log_outbox;
INSERT INTO log_outbox (xact, position, house, case_id, first, last) OVERRIDING SYSTEM VALUE
    SELECT '3', number, house, case_id, first, last FROM again;
"""
"""Three is the first number that a transaction can have, and before all that are to come."""

_TABLES = ("log_outbox", "log_left")


def number_again(owner: psycopg.Connection[tuple[object, ...]]) -> None:
    """Give the outbox and its cursors new numbers in the order they have, or change nothing.

    `owner` is the owner of the tables, who alone can take their guards away for a moment.
    """
    with owner.transaction():
        for table in _TABLES:
            owner.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY".encode())
        owner.execute("ALTER TABLE log_outbox DISABLE TRIGGER USER")
        owner.execute(_NUMBERS)
        owner.execute("ALTER TABLE log_outbox ENABLE TRIGGER USER")
        for table in _TABLES:
            owner.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY".encode())
