"""Every personal text of a house, for its operator: whether it is whole, and to take it along."""

from collections.abc import Iterator, Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap
from django.db.models.functions import Now

from buckstop.domain.evidence.digests import SALT_BYTES, commitment
from buckstop.records.log.isolation import HouseId
from buckstop.records.people.access import Capacity
from buckstop.records.people.envelope import Envelope
from buckstop.records.people.models import PersonalText, ReadTrace
from buckstop.records.people.vault import plain


def unfit(commitments: Mapping[str, str]) -> Iterator[str]:
    """Name the texts of the house in force that are missing or say something else.

    `commitments` are those of the log, by what they refer to. An erased text fits.
    """
    rows = {str(row.ref): row for row in PersonalText.objects.filter(ref__in=list(commitments))}
    for ref, wanted in commitments.items():
        row = rows.get(ref)
        if row is None:
            yield f"text {ref} is missing"
        elif row.wrapped_key is not None and _commitment(row) != wanted:
            yield f"text {ref} does not say what the log commits to"


def every_text(house: HouseId, purpose: str) -> Iterator[Mapping[str, str]]:
    """Give every text of the house in force, and leave one trace of all."""
    ReadTrace.objects.create(
        house=house,
        at=Now(),
        capacity=Capacity.ADMIN,
        cases=[],
        texts=PersonalText.objects.filter(wrapped_key__isnull=False).count(),
        purpose=purpose,
    )
    for row in PersonalText.objects.order_by("case", "ref").iterator(chunk_size=500):
        named = {"ref": str(row.ref), "case": str(row.case)}
        if row.wrapped_key is None:
            yield named
        else:
            octets = _plain(row)
            yield {
                **named,
                "salt": octets[:SALT_BYTES].hex(),
                "says": octets[SALT_BYTES:].decode(),
            }


def _plain(row: PersonalText) -> bytes:
    envelope = Envelope(
        ciphertext=bytes(row.ciphertext),
        nonce=bytes(row.nonce),
        wrapped_key=bytes(row.wrapped_key or b""),
    )
    return plain(str(row.ref), str(row.case), envelope)


def _commitment(row: PersonalText) -> str:
    try:
        octets = _plain(row)
    except (InvalidTag, InvalidUnwrap):
        return ""
    return commitment(octets[:SALT_BYTES], octets[SALT_BYTES:].decode())
