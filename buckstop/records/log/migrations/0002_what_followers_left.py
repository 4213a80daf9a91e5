"""Keep what a follower could not deal with, so that it can go on and nothing is lost."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from buckstop.records.log.isolation import by_house

LEFT = """
CREATE TABLE log_left (
    follower text NOT NULL,
    house uuid NOT NULL,
    case_id uuid NOT NULL,
    first integer NOT NULL,
    last integer NOT NULL CHECK (last >= first),
    xact xid8 NOT NULL,
    position bigint NOT NULL,
    PRIMARY KEY (follower, case_id, first)
);
COMMENT ON TABLE log_left IS 'What failed in a follower that went on, to be dealt with later.';
CREATE INDEX log_left_house ON log_left (house, follower, xact, position);
"""


class Migration(migrations.Migration):
    dependencies = [("log", "0001_log")]
    operations = [
        RunSQL(LEFT, "DROP TABLE log_left"),
        by_house("log_left", may="SELECT, INSERT, DELETE"),
    ]
