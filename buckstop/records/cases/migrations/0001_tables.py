"""The tables of the cases, who may see them, and how the clockwork finds what is due."""

from datetime import UTC, datetime

from django.conf import settings
from django.db import migrations, models
from django.db.migrations.operations import RunSQL

from buckstop.records.log.isolation import by_house

# The clockwork works for all houses, so it learns which of them has something due, and nothing
# else; what that is it finds as each house, under its lock.
DUE = f"""
CREATE POLICY clockwork ON cases_clock FOR SELECT TO CURRENT_USER USING (true);
CREATE POLICY clockwork ON log_clock FOR SELECT TO CURRENT_USER USING (true);
CREATE FUNCTION cases_houses_due() RETURNS TABLE (house uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT DISTINCT c.house FROM public.cases_clock c
    WHERE c.state = 'running' AND c.due <= clock_timestamp()
    UNION
    SELECT k.house FROM public.log_clock k WHERE EXISTS (
        SELECT FROM public.cases_clock c
        WHERE c.house = k.house AND c.state = 'running' AND c.due <= clock_timestamp() + k.ahead
    )
$$;
REVOKE ALL ON FUNCTION cases_houses_due FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_houses_due TO {settings.APP_ROLE};
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [("log", "0001_log")]

    operations = [
        migrations.CreateModel(
            name="PartyRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "case",
                        "party",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("case", models.UUIDField(db_column="case_id")),
                ("party", models.TextField()),
                ("house", models.UUIDField()),
                ("role", models.TextField()),
                ("name", models.TextField()),
            ],
            options={
                "db_table": "cases_party",
            },
        ),
        migrations.CreateModel(
            name="TaskRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "case",
                        "task",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("case", models.UUIDField(db_column="case_id")),
                ("task", models.TextField()),
                ("house", models.UUIDField()),
                ("debtor", models.TextField()),
                ("expected", models.TextField()),
                ("clock", models.TextField()),
                ("since", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("end", models.TextField(default="")),
            ],
            options={
                "db_table": "cases_task",
            },
        ),
        migrations.CreateModel(
            name="CaseRow",
            fields=[
                ("case", models.UUIDField(db_column="case_id", primary_key=True, serialize=False)),
                ("house", models.UUIDField()),
                ("seq", models.IntegerField()),
                ("last_at", models.DateTimeField()),
                ("number", models.TextField()),
                ("title", models.TextField()),
                ("problem", models.TextField()),
                ("goods", models.TextField()),
                ("price_fen", models.BigIntegerField(null=True)),
                ("ordered_on", models.DateField(null=True)),
                ("open", models.BooleanField()),
                ("outcome", models.TextField(default="")),
                ("given_up", models.BooleanField()),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("owner", models.TextField()),
                ("deputy", models.TextField(default="")),
                ("desk", models.TextField()),
                ("holder_party", models.TextField()),
                ("holder_desk", models.TextField(default="")),
                ("holder_person", models.TextField(default="")),
                ("since", models.DateTimeField(null=True)),
                ("expected", models.TextField(default="")),
                (
                    "due",
                    models.DateTimeField(default=datetime(9999, 12, 31, tzinfo=UTC)),
                ),
                ("due_kind", models.TextField(default="")),
                ("kicks", models.IntegerField()),
                ("passes", models.IntegerField()),
                ("takeovers", models.IntegerField()),
                ("taken_over", models.BooleanField()),
                ("takeover_wished", models.BooleanField()),
                ("urged", models.IntegerField()),
                ("lapses", models.IntegerField()),
                ("broken", models.IntegerField()),
                ("decision_proposed", models.BooleanField()),
            ],
            options={
                "db_table": "cases_case",
                "indexes": [
                    models.Index(
                        models.F("house"),
                        models.F("due"),
                        models.F("case"),
                        condition=models.Q(("open", True)),
                        name="cases_case_due",
                    ),
                    models.Index(
                        models.F("house"),
                        models.F("holder_person"),
                        models.F("due"),
                        condition=models.Q(("open", True)),
                        name="cases_case_holder",
                    ),
                    models.Index(
                        models.F("house"),
                        models.F("owner"),
                        models.F("due"),
                        condition=models.Q(("open", True)),
                        name="cases_case_owner",
                    ),
                    models.Index(
                        models.F("house"),
                        models.F("due"),
                        condition=models.Q(
                            ("holder_party", "house"), ("holder_person", ""), ("open", True)
                        ),
                        name="cases_case_unheld",
                    ),
                    models.Index(
                        models.F("house"),
                        models.F("due"),
                        condition=models.Q(
                            ("open", True),
                            models.Q(
                                ("kicks__gte", 2),
                                ("broken__gt", 0),
                                ("urged__gt", 0),
                                _connector="OR",
                            ),
                        ),
                        name="cases_case_troubled",
                    ),
                    models.Index(
                        models.F("house"),
                        models.OrderBy(models.F("last_at"), descending=True),
                        name="cases_case_latest",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("house"), models.F("number"), name="cases_case_number"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("open", False),
                            models.Q(
                                models.Q(("owner", ""), _negated=True),
                                models.Q(("holder_party", ""), _negated=True),
                                ("since__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="cases_case_open_is_held",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClockRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "case",
                        "clock",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("case", models.UUIDField(db_column="case_id")),
                ("clock", models.TextField()),
                ("house", models.UUIDField()),
                ("kind", models.TextField()),
                ("party", models.TextField()),
                ("subject", models.TextField()),
                ("started", models.DateTimeField()),
                ("due", models.DateTimeField()),
                ("state", models.TextField()),
                ("provisional", models.BooleanField()),
            ],
            options={
                "db_table": "cases_clock",
                "indexes": [
                    models.Index(
                        models.F("due"),
                        condition=models.Q(("state", "running")),
                        name="cases_clock_due",
                    ),
                    models.Index(
                        models.F("house"),
                        models.F("due"),
                        condition=models.Q(("state", "running")),
                        name="cases_clock_here",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NoticeRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "house",
                        "key",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("house", models.UUIDField()),
                ("key", models.TextField()),
                ("case", models.UUIDField(db_column="case_id")),
                ("party", models.TextField()),
                ("via", models.TextField()),
                ("kind", models.TextField()),
                ("code", models.TextField()),
                ("about", models.TextField(default="")),
                ("due", models.DateTimeField(null=True)),
                ("planned_at", models.DateTimeField()),
                ("transport", models.TextField(default="")),
                ("said_at", models.DateTimeField(null=True)),
                ("accepted", models.BooleanField(null=True)),
            ],
            options={
                "db_table": "cases_notice",
                "indexes": [
                    models.Index(
                        models.F("house"), models.F("planned_at"), name="cases_notice_latest"
                    ),
                    models.Index(
                        models.F("house"),
                        models.F("planned_at"),
                        condition=models.Q(("said_at", None)),
                        name="cases_notice_unsent",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PromiseRow",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "case",
                        "promise",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("case", models.UUIDField(db_column="case_id")),
                ("promise", models.TextField()),
                ("house", models.UUIDField()),
                ("kind", models.TextField()),
                ("by", models.TextField()),
                ("node", models.TextField()),
                ("person", models.TextField(default="")),
                ("at", models.DateTimeField()),
                ("word", models.TextField()),
                ("ended", models.DateTimeField(null=True)),
            ],
            options={
                "db_table": "cases_promise",
                "indexes": [
                    models.Index(
                        models.F("house"),
                        models.F("ended"),
                        condition=models.Q(("word", "broken")),
                        name="cases_promise_broken",
                    )
                ],
            },
        ),
        by_house("cases_case"),
        by_house("cases_party"),
        by_house("cases_clock"),
        by_house("cases_task"),
        by_house("cases_promise"),
        by_house("cases_notice", may="SELECT, INSERT, UPDATE"),
        RunSQL(
            DUE,
            "DROP FUNCTION cases_houses_due; DROP POLICY clockwork ON cases_clock;"
            " DROP POLICY clockwork ON log_clock;",
        ),
    ]
