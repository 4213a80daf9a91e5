"""Keep with each key a digest of what was asked, so that another ask with it is not lost."""

from django.db import migrations
from django.db.migrations.operations import RunSQL


class Migration(migrations.Migration):
    dependencies = [("log", "0003_a_cursor_stays")]
    operations = [
        RunSQL(
            "ALTER TABLE log_key ADD COLUMN asked bytea CHECK (octet_length(asked) = 32);"
            " COMMENT ON COLUMN log_key.asked IS 'Null where only one thing is ever asked.'",
            "ALTER TABLE log_key DROP COLUMN asked",
        ),
    ]
