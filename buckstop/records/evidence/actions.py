"""What comes in before it is part of a case: files into the vault, and what is being typed."""

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db import connection
from django.db.models.functions import Now

from buckstop.domain.evidence.digests import SALT_BYTES
from buckstop.domain.words.event import Sealed
from buckstop.domain.words.ids import CaseId, PartyId
from buckstop.records.evidence import gateways
from buckstop.records.evidence.models import DraftRow, ReceivedRow
from buckstop.records.log.isolation import HouseId
from buckstop.records.people import vault
from buckstop.records.people.cleaning import clean_line
from buckstop.records.people.envelope import enclose, unwrap, wrap
from buckstop.records.people.vault import seal

_LONGEST_NAME = 120


@dataclass(frozen=True, kw_only=True, slots=True)
class Receipt:
    """What the sender of a file gets: with the salt and digests anybody can check the leaf."""

    received: str
    case: CaseId
    party: PartyId
    name: Sealed
    media_type: str
    size: int
    sha256: str
    sm3: str
    salt: str
    received_at: datetime


def receive(
    house: HouseId, case: CaseId, party: PartyId, *, name: str, pieces: Iterable[bytes]
) -> Receipt:
    """Seal one file of a party of a case of the house in force.

    The case may still be about to be opened. Raises NotAllowed with `file-empty` or
    `file-too-large`; its fields go into the command that submits it.
    """
    written = gateways.write(house, case, pieces)
    return _received(house, case, party, written, seal(case, _plain_name(name)))


def carry(house: HouseId, case: CaseId, digest: str, *, into: CaseId) -> Receipt | None:
    """Copy a file to another case of the house in force; None if it was erased."""
    rows = ReceivedRow.objects.filter(case=case, sha256=digest, wrapped_key__isnull=False)
    row = rows.order_by("received_at").first()
    if row is None or row.wrapped_key is None:
        return None
    key = unwrap(bytes(row.wrapped_key))
    written = gateways.write(house, into, gateways.read(house, case, digest, key))
    name = vault.carry(Sealed(ref=row.name, commitment=row.name_commitment), into)
    return _received(house, into, PartyId(row.party), written, name)


def _received(
    house: HouseId, case: CaseId, party: PartyId, written: gateways.Written, name: Sealed
) -> Receipt:
    row = ReceivedRow(
        id=uuid4(),
        house=house,
        case=case,
        party=party,
        media_type=written.media_type,
        size=written.size,
        sha256=written.sha256,
        sm3=written.sm3,
        salt=secrets.token_bytes(SALT_BYTES),
        wrapped_key=wrap(written.key),
        received_at=Now(),
        name=name.ref,
        name_commitment=name.commitment,
    )
    row.save(force_insert=True)
    row.refresh_from_db(fields=["received_at"])
    return Receipt(
        received=str(row.id),
        case=case,
        party=party,
        name=name,
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        sm3=row.sm3,
        salt=bytes(row.salt).hex(),
        received_at=row.received_at,
    )


def save_draft(
    house: HouseId, scope: str, party: PartyId, form: str, typed: Mapping[str, str]
) -> None:
    """Keep what somebody typed into a form, whatever it is, since a no must lose none of it.

    `scope` is a case, or what is to become one.
    """
    draft = enclose(json.dumps(dict(typed)).encode(), bound_to=scope.encode())
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO evidence_draft"
            " (house, scope, party, form, ciphertext, nonce, wrapped_key, saved_at)"
            " VALUES (%s, %s, %s, %s, %s, %s, %s, statement_timestamp())"
            " ON CONFLICT (house, scope, party, form) DO UPDATE SET"
            " ciphertext = excluded.ciphertext, nonce = excluded.nonce,"
            " wrapped_key = excluded.wrapped_key, saved_at = excluded.saved_at",
            [house, scope, party, form, draft.ciphertext, draft.nonce, draft.wrapped_key],
        )


def drop_draft(scope: str, party: PartyId, form: str) -> None:
    """Forget what was typed: it was sent."""
    DraftRow.objects.filter(scope=scope, party=party, form=form).delete()


def _plain_name(name: str) -> str:
    """Keep the last part of a file's name, and enough of it to know the file by."""
    last = name.replace("\x00", "").replace("\\", "/").rsplit("/", 1)[-1]
    stem, dot, ending = last.rpartition(".")
    room = _LONGEST_NAME - len(dot + ending)
    short = f"{stem[:room]}{dot}{ending}" if stem and room > 0 else last[:_LONGEST_NAME]
    return clean_line(short) or "?"
