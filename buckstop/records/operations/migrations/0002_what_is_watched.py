"""Find at once what operators are told of, however many clocks run and notices went out."""

from django.db import migrations
from django.db.migrations.operations import RunSQL


class Migration(migrations.Migration):
    dependencies = [("operations", "0001_tables"), ("cases", "0001_tables")]
    operations = [
        RunSQL(
            "CREATE INDEX cases_clock_provisional ON cases_clock (house, due)"
            " WHERE state = 'running' AND provisional;"
            "CREATE INDEX cases_notice_refused ON cases_notice (house, planned_at)"
            " WHERE accepted = false;",
            "DROP INDEX cases_clock_provisional, cases_notice_refused",
        ),
    ]
