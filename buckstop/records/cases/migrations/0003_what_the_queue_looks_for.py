"""Find what the queue looks for without going through all open cases."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0002_links_of_notices"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="caserow",
            index=models.Index(
                models.F("house"),
                models.F("expected"),
                models.F("due"),
                condition=models.Q(("open", True)),
                name="cases_case_expected",
            ),
        ),
        migrations.AddIndex(
            model_name="caserow",
            index=models.Index(
                models.F("house"),
                models.F("due"),
                condition=models.Q(
                    ("open", True),
                    models.Q(
                        ("takeover_wished", True), ("decision_proposed", True), _connector="OR"
                    ),
                ),
                name="cases_case_wanted",
            ),
        ),
    ]
