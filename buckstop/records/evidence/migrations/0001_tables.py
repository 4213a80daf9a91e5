"""The tables of the evidence, and who may see them."""

from django.db import migrations, models

from buckstop.records.log.isolation import by_house


class Migration(migrations.Migration):
    initial = True

    dependencies = [("log", "0001_log")]

    operations = [
        migrations.CreateModel(
            name="DraftRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "house",
                        "scope",
                        "party",
                        "form",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("house", models.UUIDField()),
                ("scope", models.UUIDField()),
                ("party", models.TextField()),
                ("form", models.TextField()),
                ("ciphertext", models.BinaryField()),
                ("nonce", models.BinaryField()),
                ("wrapped_key", models.BinaryField()),
                ("saved_at", models.DateTimeField()),
            ],
            options={
                "db_table": "evidence_draft",
                "indexes": [
                    models.Index(
                        models.F("house"), models.F("saved_at"), name="evidence_draft_oldest"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReceivedRow",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("house", models.UUIDField()),
                ("case", models.UUIDField(db_column="case_id")),
                ("party", models.TextField()),
                ("name", models.TextField()),
                ("name_commitment", models.TextField()),
                ("media_type", models.TextField()),
                ("size", models.BigIntegerField()),
                ("sha256", models.TextField()),
                ("sm3", models.TextField()),
                ("salt", models.BinaryField()),
                ("wrapped_key", models.BinaryField(null=True)),
                ("received_at", models.DateTimeField()),
            ],
            options={
                "db_table": "evidence_received",
                "indexes": [
                    models.Index(models.F("case"), models.F("sha256"), name="evidence_received_in")
                ],
            },
        ),
        by_house("evidence_received", may="SELECT, INSERT, UPDATE (wrapped_key)"),
        by_house("evidence_draft"),
    ]
