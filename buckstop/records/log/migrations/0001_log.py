"""The tables of the log, which only grow."""

from django.conf import settings
from django.db import migrations
from django.db.migrations.operations import RunSQL

from buckstop.records.log.isolation import by_house, only_grows

PARTITIONS = 16

# An entry cannot be changed even by a role that was granted too much, and cannot be put
# anywhere but after the entry before it.
GUARDS = """
CREATE FUNCTION log_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE FUNCTION log_entry_follows() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    before bytea := decode(repeat('00', 32), 'hex');
BEGIN
    IF NEW.seq > 1 THEN
        SELECT digest INTO before FROM public.log_entry
        WHERE case_id = NEW.case_id AND seq = NEW.seq - 1;
    END IF;
    IF before IS NULL OR NEW.digest <> sha256(before || NEW.leaf) THEN
        RAISE EXCEPTION 'entry % of case % does not follow the one before', NEW.seq, NEW.case_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION log_head_moves_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.case_id <> OLD.case_id OR NEW.house <> OLD.house OR NEW.own_clock <> OLD.own_clock
        OR NEW.seq <= OLD.seq OR NEW.recorded_at < OLD.recorded_at THEN
        RAISE EXCEPTION 'the head of case % only moves on', OLD.case_id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""

TABLES = f"""
CREATE TABLE log_head (
    case_id uuid PRIMARY KEY,
    house uuid NOT NULL,
    seq integer NOT NULL DEFAULT 0 CHECK (seq >= 0),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    recorded_at timestamptz NOT NULL DEFAULT '-infinity',
    own_clock boolean NOT NULL
);
COMMENT ON TABLE log_head IS 'Where the log of each case ends; locked before anything else.';
CREATE INDEX log_head_house ON log_head (house, case_id);

CREATE TABLE log_entry (
    case_id uuid NOT NULL,
    seq integer NOT NULL CHECK (seq >= 1),
    house uuid NOT NULL,
    batch integer NOT NULL CHECK (batch BETWEEN 1 AND seq),
    kind text NOT NULL,
    version smallint NOT NULL CHECK (version >= 1),
    occurred_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    actor text NOT NULL,
    channel text NOT NULL,
    body text NOT NULL,
    salt bytea NOT NULL CHECK (octet_length(salt) = 16),
    leaf bytea NOT NULL CHECK (octet_length(leaf) = 32),
    digest bytea NOT NULL CHECK (octet_length(digest) = 32),
    PRIMARY KEY (case_id, seq)
) PARTITION BY HASH (case_id);
COMMENT ON COLUMN log_entry.body IS
    'The exact text that is digested; the columns before it only repeat what it says.';

CREATE TABLE log_key (
    house uuid NOT NULL,
    door text NOT NULL,
    key bytea NOT NULL CHECK (octet_length(key) = 32),
    case_id uuid NOT NULL,
    first integer NOT NULL,
    last integer NOT NULL CHECK (last >= first - 1),
    PRIMARY KEY (house, door, key)
);
COMMENT ON TABLE log_key IS 'What was asked before: the same key, the same outcome, once.';

CREATE TABLE log_outbox (
    xact xid8 NOT NULL DEFAULT pg_current_xact_id(),
    position bigint GENERATED ALWAYS AS IDENTITY,
    house uuid NOT NULL,
    case_id uuid NOT NULL,
    first integer NOT NULL,
    last integer NOT NULL,
    PRIMARY KEY (xact, position)
);
COMMENT ON TABLE log_outbox IS 'What was appended, for everything that follows the log.';

CREATE TABLE log_unsealed (
    case_id uuid NOT NULL,
    seq integer NOT NULL,
    house uuid NOT NULL,
    PRIMARY KEY (case_id, seq)
);
COMMENT ON TABLE log_unsealed IS 'Entries that no signed tree covers yet.';

CREATE TABLE log_clock (
    house uuid PRIMARY KEY,
    ahead interval NOT NULL DEFAULT '0'
);
COMMENT ON TABLE log_clock IS
    'Houses that bring their own clock, as demonstrations do, and how far it is ahead.';

CREATE TABLE log_cursor (
    follower text PRIMARY KEY,
    xact xid8 NOT NULL,
    position bigint NOT NULL
);
COMMENT ON TABLE log_cursor IS 'How far each follower of the outbox has come; no house has it.';
GRANT SELECT, INSERT, UPDATE ON log_cursor TO {settings.APP_ROLE};
"""

# A follower works for all houses, so it learns which case of which house grew, and nothing else.
# Rows of transactions that might still be running are held back: numbers are handed out before
# commit, and a cursor that had passed one would never see it.
FOLLOW = f"""
CREATE POLICY followers ON log_outbox FOR SELECT TO CURRENT_USER USING (true);
CREATE FUNCTION log_follow(after_xact xid8, after_position bigint, at_most integer)
RETURNS TABLE (xact xid8, "position" bigint, house uuid, case_id uuid, first integer, last integer)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT o.xact, o.position, o.house, o.case_id, o.first, o.last FROM public.log_outbox o
    WHERE (o.xact, o.position) > (after_xact, after_position)
        AND o.xact < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY o.xact, o.position LIMIT at_most
$$;
REVOKE ALL ON FUNCTION log_follow FROM PUBLIC;
GRANT EXECUTE ON FUNCTION log_follow TO {settings.APP_ROLE};
"""


def partitions() -> RunSQL:
    """Cut the entries by case; nobody is granted a part, which would pass by the policy."""
    parts = [f"log_entry_{part:02}" for part in range(PARTITIONS)]
    return RunSQL(
        "\n".join(
            f"CREATE TABLE {name} PARTITION OF log_entry"
            f" FOR VALUES WITH (MODULUS {PARTITIONS}, REMAINDER {part});"
            f" ALTER TABLE {name} ENABLE ROW LEVEL SECURITY;"
            f" ALTER TABLE {name} FORCE ROW LEVEL SECURITY;"
            f" REVOKE ALL ON {name} FROM PUBLIC, {settings.APP_ROLE};"
            f" CREATE TRIGGER no_truncate BEFORE TRUNCATE ON {name}"
            " EXECUTE FUNCTION log_only_grows();"
            for part, name in enumerate(parts)
        ),
        RunSQL.noop,
    )


class Migration(migrations.Migration):
    operations = [
        RunSQL(
            GUARDS,
            "DROP FUNCTION log_only_grows, log_entry_follows, log_head_moves_on",
        ),
        RunSQL(
            TABLES,
            "DROP TABLE log_head, log_entry, log_key, log_outbox, log_unsealed, log_clock,"
            " log_cursor",
        ),
        partitions(),
        by_house("log_head", may="SELECT, INSERT, UPDATE (seq, digest, recorded_at)"),
        by_house("log_entry", may="SELECT, INSERT"),
        by_house("log_key", may="SELECT, INSERT"),
        by_house("log_outbox", may="SELECT, INSERT"),
        by_house("log_unsealed", may="SELECT, INSERT"),
        by_house("log_clock", may="SELECT, INSERT, UPDATE (ahead)"),
        only_grows("log_entry"),
        only_grows("log_key"),
        only_grows("log_outbox"),
        only_grows("log_head", row_events="DELETE"),
        RunSQL(
            """
            CREATE TRIGGER follows BEFORE INSERT ON log_entry
                FOR EACH ROW EXECUTE FUNCTION log_entry_follows();
            CREATE TRIGGER moves_on BEFORE UPDATE ON log_head
                FOR EACH ROW EXECUTE FUNCTION log_head_moves_on();
            """,
            RunSQL.noop,
        ),
        RunSQL(FOLLOW, "DROP FUNCTION log_follow"),
    ]
