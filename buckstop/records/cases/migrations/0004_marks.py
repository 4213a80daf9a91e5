"""Keep marks by which two cases of one consumer and purchase are found."""

from django.db import migrations, models

from buckstop.records.log.isolation import by_house


class Migration(migrations.Migration):
    dependencies = [("cases", "0003_what_the_queue_looks_for")]

    operations = [
        migrations.CreateModel(
            name="MarkRow",
            fields=[
                (
                    "case",
                    models.UUIDField(db_column="case_id", primary_key=True, serialize=False),
                ),
                ("house", models.UUIDField()),
                ("contact", models.BinaryField()),
                ("order_no", models.BinaryField(null=True)),
                ("item", models.BinaryField(null=True)),
                ("half", models.UUIDField(null=True)),
            ],
            options={
                "db_table": "cases_mark",
                "indexes": [
                    models.Index(
                        models.F("house"), models.F("contact"), name="cases_mark_contact"
                    ),
                    models.Index(
                        models.F("house"),
                        condition=models.Q(("half__isnull", False)),
                        name="cases_mark_half",
                    ),
                ],
            },
        ),
        by_house("cases_mark", may="SELECT, INSERT, UPDATE"),
    ]
