"""Ways into one case without an account: a signed link for a party, a secret for the consumer.

A link says in itself, signed, which house it is of, so it can be looked up within that house.
Opening one changes nothing: mail scanners follow links.
"""

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.db import connection

from buckstop.domain.words.ids import CaseId, PartyId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.records.houses.queries import house_of_number
from buckstop.records.log.isolation import HouseId, inside
from buckstop.records.people.access import Viewer, party_of
from buckstop.records.people.keys import master_key
from buckstop.records.people.models import Link

_UUID_BYTES = 16
_RANDOM_BYTES = 18
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is mistaken for another
_SECRET_LENGTH = 12
_GROUP = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class Opened:
    """What a link opens: whose eyes, and for what."""

    viewer: Viewer
    case: CaseId
    purpose: str


def link_token(
    house: HouseId, case: CaseId, party: PartyId, *, purpose: str, expires_at: datetime
) -> str:
    """Make a token for a party of a case of the house in force. It is kept only as a mark."""
    payload = urlsafe_b64encode(UUID(house).bytes + secrets.token_bytes(_RANDOM_BYTES)).decode()
    token = _signer().sign(payload.rstrip("="))
    Link.objects.create(
        mark=_mark(token),
        house=house,
        case=case,
        party=party,
        purpose=purpose,
        expires_at=expires_at,
    )
    return token


def open_link(token: str, *, at: datetime) -> Opened:
    """Return what a token opens, with no house in force yet.

    Raises NotAllowed with `link-unknown`, `link-revoked` or `link-expired` (`fresh` tells
    whether a fresh one can still be asked for).
    """
    house = _house_of(token)
    with inside(house):
        row = _row(token)
    if row.expires_at <= at:
        raise NotAllowed("link-expired", expired_at=row.expires_at, fresh=row.renewed_at is None)
    return _opened(house, row)


def whose(token: str) -> Opened:
    """Return whose a link is, expired or not: enough to keep what its holder was writing.

    Nothing may be shown for it. Raises NotAllowed with `link-unknown` or `link-revoked`.
    """
    house = _house_of(token)
    with inside(house):
        return _opened(house, _row(token))


def renew_link(token: str, *, at: datetime, expires_at: datetime) -> tuple[Opened, str]:
    """Make, once, a fresh token for an expired one, to be sent where the first was sent.

    It is not shown to who asks: an old link may have got into other hands.
    """
    house = _house_of(token)
    with inside(house):
        row = _row(token)
        if row.expires_at > at:
            raise NotAllowed("link-still-good", expires_at=row.expires_at)
        once = Link.objects.filter(mark=row.mark, renewed_at=None).update(renewed_at=at)
        if not once:
            raise NotAllowed("link-renewed-before")
        opened = _opened(house, row)
        fresh = link_token(
            house, opened.case, PartyId(row.party), purpose=row.purpose, expires_at=expires_at
        )
    return opened, fresh


def revoke_links(case: CaseId, party: PartyId, *, at: datetime) -> None:
    """Close every link that a party of a case was sent."""
    Link.objects.filter(case=case, party=party, revoked_at=None).update(revoked_at=at)


def give_secret(
    house: HouseId, case: CaseId, party: PartyId, number: str, *, seed: str | None = None
) -> str:
    """Make the secret that opens a case with its number, in place of any before. Shown once.

    The same `seed`, which nobody else may know, gives the same secret: a complaint that is sent
    twice at once must not get one that the other sending has replaced.
    """
    octets = hmac.digest(master_key(), f"drawn:{seed or secrets.token_hex()}".encode(), "sha256")
    drawn = "".join(_LETTERS[octet % len(_LETTERS)] for octet in octets[:_SECRET_LENGTH])
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO people_secret (house, number, "case", party, mark)'
            " VALUES (%s, %s, %s, %s, %s) ON CONFLICT (house, number) DO UPDATE"
            ' SET "case" = excluded."case", party = excluded.party, mark = excluded.mark',
            [house, number, case, party, _keyed(number, drawn)],
        )
    return "-".join(drawn[start : start + _GROUP] for start in range(0, _SECRET_LENGTH, _GROUP))


def open_secret(number: str, secret: str) -> Opened:
    """Return what a case's number and secret open, with no house in force yet.

    Raises NotAllowed with `secret-wrong`, whichever of the two is wrong.
    """
    number = number.strip().upper()
    house = house_of_number(number)
    if house is None:
        raise NotAllowed("secret-wrong")
    with inside(house), connection.cursor() as cursor:
        cursor.execute(
            'SELECT mark, "case"::text, party FROM people_secret WHERE number = %s', [number]
        )
        row = cursor.fetchone()
    if row is None or not hmac.compare_digest(row[0], _keyed(number, _typed(secret))):
        raise NotAllowed("secret-wrong")
    case = CaseId(row[1])
    viewer = party_of(house, case, PartyId(row[2]))
    return Opened(viewer=viewer, case=case, purpose="my-case")


def _signer() -> Signer:
    return Signer(salt="buckstop.link", sep=".")


def _house_of(token: str) -> HouseId:
    try:
        payload = _signer().unsign(token)
        octets = urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
        return HouseId(str(UUID(bytes=octets[:_UUID_BYTES])))
    except (BadSignature, ValueError) as error:
        raise NotAllowed("link-unknown") from error


def _row(token: str) -> Link:
    row = Link.objects.filter(mark=_mark(token)).first()
    if row is None:
        raise NotAllowed("link-unknown")
    if row.revoked_at is not None:
        raise NotAllowed("link-revoked")
    return row


def _opened(house: HouseId, row: Link) -> Opened:
    case = CaseId(str(row.case))
    return Opened(viewer=party_of(house, case, PartyId(row.party)), case=case, purpose=row.purpose)


def _mark(token: str) -> bytes:
    return sha256(token.encode()).digest()


def _keyed(number: str, secret: str) -> bytes:
    """Mark a secret with our key: what is short enough to type is guessed from a digest."""
    return hmac.digest(master_key(), f"secret:{number}:{secret}".encode(), "sha256")


def _typed(secret: str) -> str:
    """Forgive what people mistake when they type a secret."""
    plain = "".join(secret.upper().replace("-", " ").split())
    return plain.translate(str.maketrans("OIL", "011"))
