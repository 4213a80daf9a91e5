"""The vault of personal text: sealed once, revealed to who may see it, erased for good.

Each text is encrypted with its own key, which the master key wraps; the salt of its commitment
lies inside, since a salt beside a commitment would let anybody try all telephone numbers.
"""

import secrets
from collections.abc import Iterable
from hashlib import sha256
from uuid import uuid4

from django.db import connection
from django.db.models.functions import Now

from buckstop.domain.evidence.digests import SALT_BYTES, commitment
from buckstop.domain.words.event import Sealed
from buckstop.domain.words.ids import CaseId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.records.log.isolation import IN_FORCE
from buckstop.records.people.access import DESK_PEOPLE, Viewer
from buckstop.records.people.cleaning import clean
from buckstop.records.people.envelope import Envelope, enclose, opened
from buckstop.records.people.models import PersonalText, ReadTrace


def seal(case: CaseId, text: str) -> Sealed:
    """Put a text of a case of the house in force into the vault. Raises NotAllowed as `clean`."""
    kept = clean(text)
    ref, salt = str(uuid4()), secrets.token_bytes(SALT_BYTES)
    envelope = enclose(salt + kept.encode(), bound_to=_bound_to(case, ref))
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO people_personaltext (ref, house, "case", ciphertext, nonce, wrapped_key)'  # noqa: S608 - no value is spliced in
            f" VALUES (%s, {IN_FORCE}, %s, %s, %s, %s)",
            [ref, case, envelope.ciphertext, envelope.nonce, envelope.wrapped_key],
        )
    return Sealed(ref=ref, commitment=commitment(salt, kept))


def reveal(refs: Iterable[str], viewer: Viewer, purpose: str) -> dict[str, str]:
    """Return what the texts say, and leave one trace of it; an erased one is not among them.

    A party is shown texts of its own case only. Raises NotAllowed for who may see no case.
    """
    rows = PersonalText.objects.filter(ref__in=list(refs), wrapped_key__isnull=False)
    if viewer.capacity not in DESK_PEOPLE:
        if viewer.case is None:
            raise NotAllowed("not-yours", capacity=viewer.capacity)
        rows = rows.filter(case=viewer.case)
    found = list(rows.filter(house=viewer.house))
    if found:
        _trace(found, viewer, purpose)
    return {str(row.ref): _opened(row) for row in found}


def carry(text: Sealed, into: CaseId) -> Sealed:
    """Copy a text to another case of the house in force; nobody reads it on the way.

    An erased one stays as it is.
    """
    row = PersonalText.objects.filter(ref=text.ref, wrapped_key__isnull=False).first()
    return text if row is None else seal(into, _opened(row))


def erase(ref: str) -> None:
    """Destroy a text with its key and salt. What commits to it stays and tells nothing."""
    PersonalText.objects.filter(ref=ref).update(wrapped_key=None, ciphertext=b"", nonce=b"")


def _opened(row: PersonalText) -> str:
    return _plain(row)[SALT_BYTES:].decode()


def _plain(row: PersonalText) -> bytes:
    envelope = Envelope(
        ciphertext=bytes(row.ciphertext),
        nonce=bytes(row.nonce),
        wrapped_key=bytes(row.wrapped_key or b""),
    )
    return opened(envelope, bound_to=_bound_to(CaseId(str(row.case)), str(row.ref)))


def _bound_to(case: CaseId, ref: str) -> bytes:
    """Keep a ciphertext from being moved to another case or another name."""
    return sha256(f"{case}/{ref}".encode()).digest()


def _trace(rows: list[PersonalText], viewer: Viewer, purpose: str) -> None:
    ReadTrace.objects.create(
        house=viewer.house,
        at=Now(),
        capacity=viewer.capacity,
        party=viewer.party,
        person=viewer.person,
        cases=sorted({str(row.case) for row in rows}),
        texts=len(rows),
        purpose=purpose,
    )
