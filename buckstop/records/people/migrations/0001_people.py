"""The tables of the people, and who may see and write them."""

from django.db import migrations, models

from buckstop.records.log.isolation import by_house, only_grows


class Migration(migrations.Migration):
    initial = True

    dependencies = [("log", "0001_log")]

    operations = [
        migrations.CreateModel(
            name="Secret",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "house",
                        "number",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("house", models.UUIDField()),
                ("number", models.TextField()),
                ("case", models.UUIDField()),
                ("party", models.TextField()),
                ("mark", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("house", models.UUIDField()),
                ("login", models.TextField(unique=True)),
                ("name", models.TextField()),
                ("role", models.TextField()),
                ("desk", models.TextField(default="")),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "indexes": [
                    models.Index(models.F("house"), models.F("desk"), name="people_person_desk")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["agent", "supervisor", "finance", "admin"])
                        ),
                        name="people_person_role",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Link",
            fields=[
                ("mark", models.BinaryField(primary_key=True, serialize=False)),
                ("house", models.UUIDField()),
                ("case", models.UUIDField()),
                ("party", models.TextField()),
                ("purpose", models.TextField()),
                ("expires_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(null=True)),
                ("renewed_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        models.F("house"),
                        models.F("case"),
                        models.F("party"),
                        name="people_link_party",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonalText",
            fields=[
                ("ref", models.UUIDField(primary_key=True, serialize=False)),
                ("house", models.UUIDField()),
                ("case", models.UUIDField()),
                ("ciphertext", models.BinaryField()),
                ("nonce", models.BinaryField()),
                ("wrapped_key", models.BinaryField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(models.F("house"), models.F("case"), name="people_text_case")
                ],
            },
        ),
        migrations.CreateModel(
            name="ReadTrace",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("house", models.UUIDField()),
                ("at", models.DateTimeField()),
                ("capacity", models.TextField()),
                ("party", models.TextField(default="")),
                ("person", models.UUIDField(null=True)),
                ("cases", models.JSONField()),
                ("texts", models.IntegerField()),
                ("purpose", models.TextField()),
            ],
            options={
                "indexes": [
                    models.Index(models.F("house"), models.F("at"), name="people_trace_at")
                ],
            },
        ),
        by_house("people_person", may="SELECT, INSERT, UPDATE"),
        by_house(
            "people_personaltext",
            may="SELECT, INSERT, UPDATE (ciphertext, nonce, wrapped_key)",
        ),
        by_house("people_readtrace", may="SELECT, INSERT"),
        only_grows("people_readtrace"),
        by_house("people_link", may="SELECT, INSERT, UPDATE (revoked_at, renewed_at)"),
        by_house("people_secret", may="SELECT, INSERT, UPDATE"),
    ]
