"""Take back what default privileges gave the app on the tallies: nobody empties them."""

from django.conf import settings
from django.db import migrations
from django.db.migrations.operations import RunSQL


class Migration(migrations.Migration):
    dependencies = (("web", "0001_tally"),)
    operations = (
        RunSQL(
            f"""
            REVOKE ALL ON web_tally FROM PUBLIC, {settings.APP_ROLE};
            GRANT SELECT, INSERT, UPDATE (since, count) ON web_tally TO {settings.APP_ROLE};
            """,
            RunSQL.noop,
        ),
    )
