"""The tables of the houses, and who may see and write them."""

from django.conf import settings
from django.db import migrations, models
from django.db.migrations.operations import RunSQL

from buckstop.records.log.isolation import IN_FORCE, by_house

# Every page of any house may name the others; each is opened and changed only from within.
HOUSES = f"""
ALTER TABLE houses_house ENABLE ROW LEVEL SECURITY;
ALTER TABLE houses_house FORCE ROW LEVEL SECURITY;
CREATE POLICY everybody ON houses_house FOR SELECT USING (true);
CREATE POLICY opened ON houses_house FOR INSERT WITH CHECK (id = {IN_FORCE});
CREATE POLICY house ON houses_house FOR UPDATE USING (id = {IN_FORCE});
REVOKE ALL ON houses_house FROM PUBLIC, {settings.APP_ROLE};
GRANT SELECT, INSERT, UPDATE ON houses_house TO {settings.APP_ROLE};
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="CalendarNotice",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "house",
                        "year",
                        "published_at",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("house", models.UUIDField()),
                ("year", models.IntegerField()),
                ("published_at", models.DateTimeField()),
                ("off_days", models.JSONField()),
                ("make_up_days", models.JSONField()),
                ("source", models.TextField()),
            ],
        ),
        migrations.CreateModel(
            name="Desk",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "house",
                        "desk",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("house", models.UUIDField()),
                ("desk", models.TextField()),
                ("name_hans", models.TextField()),
                ("name_hant", models.TextField()),
                ("name_en", models.TextField()),
                ("lead", models.UUIDField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="House",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("slug", models.SlugField(unique=True)),
                ("prefix", models.TextField(unique=True)),
                ("name_hans", models.TextField()),
                ("name_hant", models.TextField()),
                ("name_en", models.TextField()),
                ("demo", models.BooleanField()),
            ],
        ),
        migrations.CreateModel(
            name="PublishedRules",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "house",
                        "version",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("house", models.UUIDField()),
                ("version", models.TextField()),
                ("valid_from", models.DateTimeField()),
                ("body", models.TextField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("house"),
                        models.F("valid_from"),
                        name="houses_rules_one_at_a_time",
                    )
                ],
            },
        ),
        RunSQL(
            HOUSES,
            "DROP POLICY everybody ON houses_house; DROP POLICY opened ON houses_house;"
            " DROP POLICY house ON houses_house;",
        ),
        by_house("houses_desk"),
        by_house("houses_publishedrules", may="SELECT, INSERT"),
        by_house("houses_calendarnotice", may="SELECT, INSERT"),
    ]
