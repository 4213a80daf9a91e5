"""Let the owner of the tables, who is not the app, remove the house in force."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from buckstop.records.log.isolation import IN_FORCE


class Migration(migrations.Migration):
    dependencies = [("houses", "0001_houses")]
    operations = [
        RunSQL(
            "CREATE POLICY removed ON houses_house FOR DELETE TO CURRENT_USER"
            f" USING (id = {IN_FORCE})",
            "DROP POLICY removed ON houses_house",
        ),
    ]
