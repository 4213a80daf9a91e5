"""Take back what default privileges gave the app on tables that are Django's own."""

from django.conf import settings
from django.db import migrations
from django.db.migrations.operations import RunSQL

# Who is signed in comes and goes; whether migrations are missing is asked by the app too.
GRANTS = f"""
REVOKE ALL ON auth_group, auth_group_permissions, auth_permission, django_content_type,
    django_migrations, django_session FROM PUBLIC, {settings.APP_ROLE};
GRANT SELECT, INSERT, UPDATE, DELETE ON django_session TO {settings.APP_ROLE};
GRANT SELECT ON django_migrations TO {settings.APP_ROLE};
"""


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_people"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("sessions", "0001_initial"),
    ]
    operations = [RunSQL(GRANTS, RunSQL.noop)]
