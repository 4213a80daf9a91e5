"""Count open cases as they change, and find cases by marks of what is written in them."""

from django.conf import settings
from django.db import migrations
from django.db.migrations.operations import RunSQL

from buckstop.records.log.isolation import IN_FORCE, by_house

# What each open case counts for. The trigger stands in the database, so that the counts cannot
# part from the table they count, whoever writes it: an append, a rebuild, a removal.
_COUNTS = """
CREATE TABLE cases_count (
    house uuid NOT NULL, subject text COLLATE "C" NOT NULL, many bigint NOT NULL
);
CREATE INDEX cases_count_of ON cases_count (house, subject) INCLUDE (many);
CREATE FUNCTION cases_counted(r cases_case) RETURNS TABLE (subject text)
LANGUAGE sql STABLE AS $$
    SELECT f.subject FROM (VALUES
        (true, 'all'),
        (r.holder_party = 'house' AND r.holder_person = '', 'unheld'),
        (r.holder_party = 'house' AND r.expected = 'decide', 'to-decide'),
        (r.holder_party = 'house' AND r.holder_person <> '', 'mine:person:' || r.holder_person),
        (r.holder_party = 'house' AND r.holder_person = '', 'mine:desk:' || r.holder_desk),
        (r.holder_party <> 'house', 'owned-outside:person:' || r.owner),
        (r.urged > 0, 'urged'),
        (r.kicks >= 2, 'kicked'),
        (r.broken > 0, 'broken'),
        (r.expected = 'confirm', 'to-confirm'),
        (r.takeover_wished, 'wished'),
        (r.decision_proposed, 'to-sign'),
        (r.due < '9999-12-31Z',
            'due-today:' || to_char(r.due AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24'))
    ) f (so, subject) WHERE r.open AND f.so
$$;
CREATE FUNCTION cases_count_new() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO cases_count (house, subject, many)
    SELECT n.house, f.subject, count(*) FROM now_there n, cases_counted(n) f GROUP BY 1, 2;
    RETURN NULL;
END $$;
CREATE FUNCTION cases_count_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO cases_count (house, subject, many)
    SELECT o.house, f.subject, -count(*) FROM there_before o, cases_counted(o) f GROUP BY 1, 2;
    RETURN NULL;
END $$;
CREATE FUNCTION cases_count_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO cases_count (house, subject, many)
    SELECT c.house, c.subject, sum(c.many) FROM (
        SELECT n.house, f.subject, 1 AS many FROM now_there n, cases_counted(n) f
        UNION ALL
        SELECT o.house, f.subject, -1 FROM there_before o, cases_counted(o) f
    ) c GROUP BY 1, 2 HAVING sum(c.many) <> 0;
    RETURN NULL;
END $$;
CREATE TRIGGER counted_new AFTER INSERT ON cases_case
    REFERENCING NEW TABLE AS now_there FOR EACH STATEMENT EXECUTE FUNCTION cases_count_new();
CREATE TRIGGER counted_changed AFTER UPDATE ON cases_case
    REFERENCING NEW TABLE AS now_there OLD TABLE AS there_before
    FOR EACH STATEMENT EXECUTE FUNCTION cases_count_changed();
CREATE TRIGGER counted_gone AFTER DELETE ON cases_case
    REFERENCING OLD TABLE AS there_before
    FOR EACH STATEMENT EXECUTE FUNCTION cases_count_gone();
ALTER TABLE cases_case NO FORCE ROW LEVEL SECURITY;
INSERT INTO cases_count (house, subject, many)
    SELECT c.house, f.subject, count(*) FROM cases_case c, cases_counted(c) f GROUP BY 1, 2;
ALTER TABLE cases_case FORCE ROW LEVEL SECURITY;
"""
_NO_COUNTS = """
DROP TRIGGER counted_new ON cases_case;
DROP TRIGGER counted_changed ON cases_case;
DROP TRIGGER counted_gone ON cases_case;
DROP FUNCTION cases_count_new;
DROP FUNCTION cases_count_changed;
DROP FUNCTION cases_count_gone;
DROP FUNCTION cases_counted;
DROP TABLE cases_count;
"""

# Row security keeps `@>` from its index, since an operator might tell what it compares. So the
# search is a function of the owner, who sees all rows, and asks for the house in force itself.
# A page of frequent words is among the latest cases. Else all that have the marks are taken from
# the index of marks and put in order: half a microsecond for each, however they are spread, where
# going through the cases in order might end in all of them.
_LOOKED_THROUGH = 2_000
_SOUGHT = """
CREATE TABLE cases_sought (
    case_id uuid PRIMARY KEY, house uuid NOT NULL, opened_at timestamptz NOT NULL,
    refs uuid[] NOT NULL, marks integer[] NOT NULL
);
ALTER TABLE cases_sought ALTER COLUMN marks SET STATISTICS 1000;
CREATE INDEX cases_sought_marks ON cases_sought USING gin (marks) WITH (fastupdate = off);
CREATE INDEX cases_sought_latest ON cases_sought (house, opened_at DESC, case_id DESC);
"""
_SEARCH = f"""
CREATE POLICY search ON cases_sought FOR SELECT TO CURRENT_USER USING (true);
CREATE FUNCTION cases_search(
    here uuid, wanted integer[], before timestamptz, before_case uuid, most integer
) RETURNS TABLE (case_id uuid, opened_at timestamptz)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    latest text := '(SELECT * FROM public.cases_sought s WHERE s.house = $1'
        ' AND (s.opened_at, s.case_id) < ($3, $4)'
        ' ORDER BY s.opened_at DESC, s.case_id DESC LIMIT {_LOOKED_THROUGH}) s'
        ' WHERE s.marks @> $2';
    every text := '(SELECT s.case_id, s.opened_at FROM public.cases_sought s WHERE s.house = $1'
        ' AND (s.opened_at, s.case_id) < ($3, $4) AND s.marks @> $2)';
    page text := ' ORDER BY s.opened_at DESC, s.case_id DESC LIMIT $5';
    many bigint;
BEGIN
    IF here IS DISTINCT FROM {IN_FORCE} OR wanted = '{{}}' THEN
        RETURN;
    END IF;
    EXECUTE 'SELECT count(*) FROM ' || latest
        USING here, wanted, before, before_case INTO many;
    IF many >= most THEN
        RETURN QUERY EXECUTE 'SELECT s.case_id, s.opened_at FROM ' || latest || page
            USING here, wanted, before, before_case, most;
    ELSE
        RETURN QUERY EXECUTE
            'WITH s AS MATERIALIZED ' || every || ' SELECT s.case_id, s.opened_at FROM s' || page
            USING here, wanted, before, before_case, most;
    END IF;
END $$;
REVOKE ALL ON FUNCTION cases_search FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_search TO {settings.APP_ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0009_clocks_that_rested")]

    operations = [
        RunSQL(_COUNTS, _NO_COUNTS),
        by_house("cases_count", may="SELECT, INSERT, DELETE"),
        RunSQL(_SOUGHT, "DROP TABLE cases_sought"),
        by_house("cases_sought"),
        RunSQL(_SEARCH, "DROP FUNCTION cases_search; DROP POLICY search ON cases_sought"),
    ]
