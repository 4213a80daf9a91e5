"""Keep the links of demonstration letters in envelopes; those kept in plain text are gone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_marks")]
    operations = [
        migrations.RemoveField("noticerow", "link"),
        migrations.AddField("noticerow", "link", models.BinaryField(default=b"")),
    ]
