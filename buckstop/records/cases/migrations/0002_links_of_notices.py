"""Keep the links of demonstration letters, and tell which houses have notices to send."""

from django.conf import settings
from django.db import migrations, models
from django.db.migrations.operations import RunSQL

UNSENT = f"""
CREATE POLICY clockwork ON cases_notice FOR SELECT TO CURRENT_USER USING (true);
CREATE FUNCTION cases_houses_with_notices() RETURNS TABLE (house uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT DISTINCT n.house FROM public.cases_notice n WHERE n.said_at IS NULL
$$;
REVOKE ALL ON FUNCTION cases_houses_with_notices FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cases_houses_with_notices TO {settings.APP_ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_tables")]

    operations = [
        migrations.AddField(
            model_name="noticerow", name="link", field=models.TextField(default="")
        ),
        RunSQL(
            UNSENT,
            "DROP FUNCTION cases_houses_with_notices; DROP POLICY clockwork ON cases_notice;",
        ),
    ]
