"""The tables of the houses."""

from django.db import models


class House(models.Model):
    """Who runs a desk. What stands here is public; so every house may read it of every other."""

    id = models.UUIDField(primary_key=True)
    slug = models.SlugField(unique=True)
    prefix = models.TextField(unique=True)
    name_hans = models.TextField()
    name_hant = models.TextField()
    name_en = models.TextField()
    demo = models.BooleanField()

    def __str__(self) -> str:
        """Name the house by its word."""
        return self.slug


class Desk(models.Model):
    """A team of a house, and the person that leads it on duty."""

    pk = models.CompositePrimaryKey("house", "desk")
    house = models.UUIDField()
    desk = models.TextField()
    name_hans = models.TextField()
    name_hant = models.TextField()
    name_en = models.TextField()
    lead = models.UUIDField(null=True)

    def __str__(self) -> str:
        """Name the desk by its word."""
        return self.desk


class PublishedRules(models.Model):
    """One version of a house's rules; never changed, only followed by another."""

    pk = models.CompositePrimaryKey("house", "version")
    house = models.UUIDField()
    version = models.TextField()
    valid_from = models.DateTimeField()
    body = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint("house", "valid_from", name="houses_rules_one_at_a_time"),
        ]

    def __str__(self) -> str:
        """Name the version."""
        return self.version


class CalendarNotice(models.Model):
    """Days off and make-up days of a year, as an administrator entered them; the last counts."""

    pk = models.CompositePrimaryKey("house", "year", "published_at")
    house = models.UUIDField()
    year = models.IntegerField()
    published_at = models.DateTimeField()
    off_days = models.JSONField()
    make_up_days = models.JSONField()
    source = models.TextField()

    def __str__(self) -> str:
        """Name the year and where the days stand."""
        return f"{self.year}, {self.source}"
