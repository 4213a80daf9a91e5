"""Let a clock that has rested for as long as it may wake its case, as one does that runs out."""

from django.db import migrations, models
from django.db.migrations.operations import RunSQL
from django.db.models import Q

_DUE = """
CREATE OR REPLACE FUNCTION cases_houses_due() RETURNS TABLE (house uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT DISTINCT c.house FROM public.cases_clock c WHERE c.{due} <= clock_timestamp(){also}
    UNION
    SELECT k.house FROM public.log_clock k WHERE EXISTS (
        SELECT FROM public.cases_clock c
        WHERE c.house = k.house AND c.{due} <= clock_timestamp() + k.ahead{also}
    )
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_gathered_letters")]

    operations = [
        migrations.AddField("clockrow", "wakes", models.DateTimeField(null=True)),
        RunSQL(
            "UPDATE cases_clock SET wakes = due WHERE state = 'running'",
            RunSQL.noop,
        ),
        migrations.RemoveIndex("clockrow", "cases_clock_due"),
        migrations.AddIndex(
            "clockrow",
            models.Index("wakes", name="cases_clock_wakes", condition=Q(wakes__isnull=False)),
        ),
        migrations.AddIndex(
            "clockrow",
            models.Index(
                "house", "wakes", name="cases_clock_next", condition=Q(wakes__isnull=False)
            ),
        ),
        RunSQL(
            _DUE.format(due="wakes", also=""),
            _DUE.format(due="due", also=" AND c.state = 'running'"),
        ),
    ]
