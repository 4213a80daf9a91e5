"""Make the table of tallies."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = ()
    operations = (
        migrations.CreateModel(
            name="Tally",
            fields=[
                ("what", models.TextField(primary_key=True, serialize=False)),
                ("since", models.DateTimeField()),
                ("count", models.IntegerField()),
            ],
            options={"db_table": "web_tally"},
        ),
    )
