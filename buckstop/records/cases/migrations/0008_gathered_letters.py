"""Let several notices to one person go out in one letter, and wait for it."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("cases", "0007_orders_are_looked_for")]

    operations = [
        migrations.AddField("noticerow", "person", models.BinaryField(default=b"")),
        migrations.AddField("noticerow", "gathered", models.TextField(default="")),
        migrations.AddField(
            "noticerow",
            "not_before",
            models.DateTimeField(default="1970-01-01T00:00:00Z"),
            preserve_default=False,
        ),
        migrations.AddIndex(
            "noticerow",
            models.Index(
                "house", "not_before", "key", name="cases_notice_next", condition=Q(said_at=None)
            ),
        ),
        migrations.AddIndex(
            "noticerow",
            models.Index("house", "person", "via", "said_at", name="cases_notice_person"),
        ),
        migrations.AddIndex(
            "noticerow",
            models.Index(
                "house", "gathered", name="cases_notice_gathered", condition=~Q(gathered="")
            ),
        ),
    ]
