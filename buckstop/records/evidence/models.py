"""The tables of the evidence: what came into the vault, and what people are still typing."""

from django.db import models


class ReceivedRow(models.Model):
    """One file in the vault; until it is submitted only its sender and the desk know of it."""

    id = models.UUIDField(primary_key=True)
    house = models.UUIDField()
    case = models.UUIDField(db_column="case_id")
    party = models.TextField()
    name = models.TextField()
    name_commitment = models.TextField()
    media_type = models.TextField()
    size = models.BigIntegerField()
    sha256 = models.TextField()
    sm3 = models.TextField()
    salt = models.BinaryField()
    wrapped_key = models.BinaryField(null=True)
    received_at = models.DateTimeField()

    class Meta:
        db_table = "evidence_received"
        indexes = [models.Index("case", "sha256", name="evidence_received_in")]

    def __str__(self) -> str:
        """Name the file by what stands in it."""
        return self.sha256


class DraftRow(models.Model):
    """What somebody typed into a form and has not sent."""

    pk = models.CompositePrimaryKey("house", "scope", "party", "form")
    house = models.UUIDField()
    scope = models.UUIDField()
    party = models.TextField()
    form = models.TextField()
    ciphertext = models.BinaryField()
    nonce = models.BinaryField()
    wrapped_key = models.BinaryField()
    saved_at = models.DateTimeField()

    class Meta:
        db_table = "evidence_draft"
        indexes = [models.Index("house", "saved_at", name="evidence_draft_oldest")]

    def __str__(self) -> str:
        """Name the form."""
        return self.form
