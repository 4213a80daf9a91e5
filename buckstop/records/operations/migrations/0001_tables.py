"""Make the tables of the operators: who is at work, and what was done."""

from django.conf import settings
from django.db import migrations, models
from django.db.migrations.operations import RunSQL

from buckstop.records.log.isolation import only_grows

GRANTS = f"""
REVOKE ALL ON operations_pulse, operations_deed FROM PUBLIC, {settings.APP_ROLE};
GRANT SELECT, INSERT, UPDATE (at, round_ms), DELETE ON operations_pulse TO {settings.APP_ROLE};
GRANT SELECT, INSERT ON operations_deed TO {settings.APP_ROLE};
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("log", "0004_what_a_key_asked")]
    operations = [
        migrations.CreateModel(
            name="Pulse",
            fields=[
                ("worker", models.UUIDField(primary_key=True, serialize=False)),
                ("since", models.DateTimeField()),
                ("at", models.DateTimeField()),
                ("program", models.TextField()),
                ("round_ms", models.IntegerField()),
            ],
            options={"db_table": "operations_pulse"},
        ),
        migrations.CreateModel(
            name="Deed",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("what", models.TextField()),
                ("good", models.BooleanField()),
                ("said", models.JSONField()),
            ],
            options={
                "db_table": "operations_deed",
                "indexes": [
                    models.Index("what", models.F("at").desc(), name="operations_deed_last")
                ],
            },
        ),
        RunSQL(GRANTS, RunSQL.noop),
        only_grows("operations_deed"),
    ]
