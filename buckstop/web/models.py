"""The one table of the door itself: how often something was done lately."""

from django.db import models


class Tally(models.Model):
    """How often one thing was done by one who is counted, in one stretch of time."""

    what = models.TextField(primary_key=True)
    since = models.DateTimeField()
    count = models.IntegerField()

    class Meta:
        db_table = "web_tally"

    def __str__(self) -> str:
        """Name what is counted."""
        return self.what
