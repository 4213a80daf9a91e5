"""Find a case by the mark of its order's number along an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0006_decided")]

    operations = [
        migrations.AddIndex(
            model_name="markrow",
            index=models.Index(
                models.F("house"),
                models.F("order_no"),
                name="cases_mark_order",
                condition=models.Q(("order_no__isnull", False)),
            ),
        ),
    ]
