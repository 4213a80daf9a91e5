"""Whether the personal texts are what the log commits to."""

from collections.abc import Iterator, Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap

from buckstop.domain.evidence.digests import SALT_BYTES, commitment
from buckstop.records.people.envelope import Envelope
from buckstop.records.people.models import PersonalText
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


def _commitment(row: PersonalText) -> str:
    envelope = Envelope(
        ciphertext=bytes(row.ciphertext),
        nonce=bytes(row.nonce),
        wrapped_key=bytes(row.wrapped_key or b""),
    )
    try:
        octets = plain(str(row.ref), str(row.case), envelope)
    except (InvalidTag, InvalidUnwrap):
        return ""
    return commitment(octets[:SALT_BYTES], octets[SALT_BYTES:].decode())
