"""The tables of the operators. They are of no house and name no person."""

from django.db import models
from django.db.models import F


class Pulse(models.Model):
    """One worker, and when it was last at work."""

    worker = models.UUIDField(primary_key=True)
    since = models.DateTimeField()
    at = models.DateTimeField()
    program = models.TextField()
    round_ms = models.IntegerField()

    class Meta:
        db_table = "operations_pulse"

    def __str__(self) -> str:
        """Name the worker."""
        return str(self.worker)


class Deed(models.Model):
    """Something done to the whole: a backup, a drill, a house removed. It stays."""

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    what = models.TextField()
    good = models.BooleanField()
    said = models.JSONField()

    class Meta:
        db_table = "operations_deed"
        indexes = [models.Index("what", F("at").desc(), name="operations_deed_last")]

    def __str__(self) -> str:
        """Name what was done."""
        return self.what
