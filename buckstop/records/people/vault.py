"""The vault of personal text: sealed once, revealed to who may see it, erased for good.

Each text is encrypted with its own key, which the master key wraps; the salt of its commitment
lies inside, since a salt beside a commitment would let anybody try all telephone numbers.
"""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256
from uuid import uuid4

from django.db import connection

from buckstop.domain.evidence.digests import SALT_BYTES, commitment
from buckstop.domain.words.event import Sealed
from buckstop.domain.words.ids import CaseId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.records.log.isolation import IN_FORCE
from buckstop.records.people.access import DESK_PEOPLE, Viewer
from buckstop.records.people.cleaning import clean
from buckstop.records.people.envelope import Envelope, enclose, opened
from buckstop.records.people.models import PersonalText

_COLUMNS = 'ref::text, "case"::text, ciphertext, nonce, wrapped_key'
_FIND = f"SELECT {_COLUMNS} FROM people_personaltext WHERE ref = %s AND wrapped_key IS NOT NULL"  # noqa: S608 - names of our own columns
_FIND_ALL = f"""
    SELECT {_COLUMNS} FROM people_personaltext
    WHERE ref = ANY(%s::uuid[]) AND wrapped_key IS NOT NULL AND house = {IN_FORCE}
"""  # noqa: S608 - the same
_SEAL = f"""
    INSERT INTO people_personaltext (house, "case", ref, ciphertext, nonce, wrapped_key)
    SELECT {IN_FORCE}, %s, sealed.* FROM unnest(%s::uuid[], %s::bytea[], %s::bytea[], %s::bytea[])
        AS sealed
"""  # noqa: S608 - the same
_REVEAL = f"""
    WITH found AS (
        SELECT {_COLUMNS} FROM people_personaltext
        WHERE ref = ANY(%(refs)s::uuid[]) AND wrapped_key IS NOT NULL AND house = %(house)s
            AND ("case" = %(case)s::uuid OR %(case)s::uuid IS NULL)
    ), traced AS (
        INSERT INTO people_readtrace
            (house, at, capacity, party, person, cases, "case", texts, purpose, about)
        SELECT %(house)s, statement_timestamp(), %(capacity)s, %(party)s, %(person)s,
            jsonb_agg(DISTINCT "case" ORDER BY "case"),
            CASE WHEN min("case") = max("case") THEN min("case")::uuid END,
            count(*), %(purpose)s, %(about)s
        FROM found HAVING count(*) > 0
    )
    SELECT * FROM found
"""  # noqa: S608 - the same


@dataclass(frozen=True, kw_only=True, slots=True)
class Prepared:
    """A text that can be put into the vault, and what stands for it in the log."""

    sealed: Sealed
    envelope: Envelope


def prepare(case: CaseId, text: str) -> Prepared:
    """Encrypt a text of a case under a name of its own. Raises NotAllowed as `clean`."""
    ref, salt, said = str(uuid4()), secrets.token_bytes(SALT_BYTES), clean(text)
    return Prepared(
        sealed=Sealed(ref=ref, commitment=commitment(salt, said)),
        envelope=enclose(salt + said.encode(), bound_to=_bound_to(case, ref)),
    )


def seal(case: CaseId, text: str) -> Sealed:
    """Put a text of a case of the house in force into the vault. Raises NotAllowed as `clean`."""
    (sealed,) = seal_all(case, [text])
    return sealed


def seal_all(case: CaseId, texts: Iterable[str]) -> tuple[Sealed, ...]:
    """Put several texts of a case into the vault at once, in their order."""
    kept = [prepare(case, text) for text in texts]
    with connection.cursor() as cursor:
        cursor.execute(
            _SEAL,
            [
                case,
                [one.sealed.ref for one in kept],
                [one.envelope.ciphertext for one in kept],
                [one.envelope.nonce for one in kept],
                [one.envelope.wrapped_key for one in kept],
            ],
        )
    return tuple(one.sealed for one in kept)


def reveal(refs: Iterable[str], viewer: Viewer, purpose: str, about: str = "") -> dict[str, str]:
    """Return what the texts say, and leave one trace of it; an erased one is not among them.

    `about` is kept with the trace. A party is shown texts of its own case only. Raises
    NotAllowed for who may see no case.
    """
    of_desk = viewer.capacity in DESK_PEOPLE
    if not of_desk and viewer.case is None:
        raise NotAllowed("not-yours", capacity=viewer.capacity)
    with connection.cursor() as cursor:
        cursor.execute(
            _REVEAL,
            {
                "refs": list(refs),
                "house": viewer.house,
                "case": None if of_desk else viewer.case,
                "capacity": viewer.capacity,
                "party": viewer.party,
                "person": viewer.person,
                "purpose": purpose,
                "about": about,
            },
        )
        return {ref: _opened(ref, *row) for ref, *row in cursor.fetchall()}


def carry(text: Sealed, into: CaseId) -> Sealed:
    """Copy a text to another case of the house in force; nobody reads it on the way.

    An erased one stays as it is.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [text.ref])
        row = cursor.fetchone()
    return text if row is None else seal(into, _opened(*row))


def marked(text: Sealed, mark: Callable[[str], bytes]) -> bytes:
    """Return a mark of what a text says, which nobody reads on the way; none if it was erased."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND, [text.ref])
        row = cursor.fetchone()
    return b"" if row is None else mark(_opened(*row))


def unshown(refs: Iterable[str]) -> dict[str, str]:
    """Return what texts of the house in force say, to work with; nobody is shown it.

    So it leaves no trace, as `reveal` does. An erased one is not among them.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FIND_ALL, [list(refs)])
        return {ref: _opened(ref, *row) for ref, *row in cursor.fetchall()}


def erase(ref: str) -> None:
    """Destroy a text with its key and salt. What commits to it stays and tells nothing."""
    PersonalText.objects.filter(ref=ref).update(wrapped_key=None, ciphertext=b"", nonce=b"")


def plain(ref: str, case: str, envelope: Envelope) -> bytes:
    """Open a text: the salt of its commitment, and what it says. Nobody may be shown it."""
    return opened(envelope, bound_to=_bound_to(CaseId(case), ref))


def _opened(ref: str, case: str, ciphertext: bytes, nonce: bytes, wrapped_key: bytes) -> str:
    envelope = Envelope(ciphertext=ciphertext, nonce=nonce, wrapped_key=wrapped_key)
    return plain(ref, case, envelope)[SALT_BYTES:].decode()


def _bound_to(case: CaseId, ref: str) -> bytes:
    """Keep a ciphertext from being moved to another case or another name."""
    return sha256(f"{case}/{ref}".encode()).digest()
