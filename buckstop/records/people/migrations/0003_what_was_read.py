"""Let a supervisor find who read a case, or what somebody read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_tables_of_the_framework")]
    operations = [
        migrations.AddField("readtrace", "case", models.UUIDField(null=True)),
        migrations.AddField("readtrace", "about", models.TextField(default="")),
        migrations.AddIndex("readtrace", models.Index("house", "id", name="people_trace_latest")),
        migrations.AddIndex(
            "readtrace", models.Index("house", "person", "id", name="people_trace_person")
        ),
        migrations.AddIndex(
            "readtrace", models.Index("house", "case", "id", name="people_trace_case")
        ),
    ]
