"""Take back what default privileges gave the app on the cursors: none goes away."""

from django.conf import settings
from django.db import migrations
from django.db.migrations.operations import RunSQL

# New tables of the owner are granted to the app with all it could do; a cursor never goes away.
CURSOR = f"""
REVOKE ALL ON log_cursor FROM PUBLIC, {settings.APP_ROLE};
GRANT SELECT, INSERT, UPDATE (xact, position) ON log_cursor TO {settings.APP_ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [("log", "0002_what_followers_left")]
    operations = [RunSQL(CURSOR, RunSQL.noop)]
