"""Keep how each case was decided and on which findings, so that like cases are found."""

from django.db import migrations, models

from buckstop.records.log.isolation import by_house


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_links_in_envelopes")]

    operations = [
        migrations.CreateModel(
            name="DecidedRow",
            fields=[
                (
                    "case",
                    models.UUIDField(db_column="case_id", primary_key=True, serialize=False),
                ),
                ("house", models.UUIDField()),
                ("problem", models.TextField()),
                ("findings", models.TextField()),
                ("ruling", models.TextField()),
                ("remedy", models.TextField(default="")),
                ("amount_fen", models.BigIntegerField(default=0)),
                ("at", models.DateTimeField()),
            ],
            options={
                "db_table": "cases_decided",
                "indexes": [
                    models.Index(
                        models.F("house"),
                        models.F("problem"),
                        models.F("findings"),
                        models.F("at").desc(),
                        name="cases_decided_like",
                    ),
                ],
            },
        ),
        by_house("cases_decided"),
    ]
