"""The tables of the people."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser
from django.db import models


class Person(AbstractBaseUser):
    """Somebody who works at a house.

    `login` ends in the word of the house, as in `anna@fair`: so the house is known before
    anything is looked up, and no door past the isolation of houses is needed to sign in.
    """

    id = models.UUIDField(primary_key=True)
    house = models.UUIDField()
    login = models.TextField(unique=True)
    name = models.TextField()
    role = models.TextField()
    desk = models.TextField(default="")
    is_active = models.BooleanField(default=True)
    last_login = None  # signing in is traced, not overwritten

    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        indexes = [models.Index("house", "desk", name="people_person_desk")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(role__in=["agent", "supervisor", "finance", "admin"]),
                name="people_person_role",
            )
        ]

    def __str__(self) -> str:
        """Name the person."""
        return self.name


class PersonalText(models.Model):
    """A text that tells of a person: encrypted, with a key of its own that can be destroyed."""

    ref = models.UUIDField(primary_key=True)
    house = models.UUIDField()
    case = models.UUIDField()
    ciphertext = models.BinaryField()
    nonce = models.BinaryField()
    wrapped_key = models.BinaryField(null=True)

    class Meta:
        indexes = [models.Index("house", "case", name="people_text_case")]

    def __str__(self) -> str:
        """Name the text, not what it says."""
        return str(self.ref)


class ReadTrace(models.Model):
    """Who saw personal data, when, of which cases and what for: one row a page.

    `case` is the only one of `cases`, if it is only one; `about` is the digest of a file.
    """

    id = models.BigAutoField(primary_key=True)
    house = models.UUIDField()
    at = models.DateTimeField()
    capacity = models.TextField()
    party = models.TextField(default="")
    person = models.UUIDField(null=True)
    case = models.UUIDField(null=True)
    cases = models.JSONField()
    texts = models.IntegerField()
    purpose = models.TextField()
    about = models.TextField(default="")

    class Meta:
        indexes = [
            models.Index("house", "at", name="people_trace_at"),
            models.Index("house", "id", name="people_trace_latest"),
            models.Index("house", "person", "id", name="people_trace_person"),
            models.Index("house", "case", "id", name="people_trace_case"),
        ]

    def __str__(self) -> str:
        """Name what the text was read for."""
        return self.purpose


class Link(models.Model):
    """A signed link that was sent to a party; only its digest is kept."""

    mark = models.BinaryField(primary_key=True)
    house = models.UUIDField()
    case = models.UUIDField()
    party = models.TextField()
    purpose = models.TextField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    renewed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index("house", "case", "party", name="people_link_party")]

    def __str__(self) -> str:
        """Name what the link is for."""
        return self.purpose


class Secret(models.Model):
    """What opens a case to its consumer together with its number; only a keyed mark is kept."""

    pk = models.CompositePrimaryKey("house", "number")
    house = models.UUIDField()
    number = models.TextField()
    case = models.UUIDField()
    party = models.TextField()
    mark = models.BinaryField()

    def __str__(self) -> str:
        """Name the number."""
        return self.number
