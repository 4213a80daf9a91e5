"""What stands in the vault, for who may see it, and what somebody was typing."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import quote

from django.db import connection

from buckstop.domain.words.ids import CaseId, PartyId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.records.evidence import gateways
from buckstop.records.evidence.media import SHOWN, UNKNOWN
from buckstop.records.evidence.models import ReceivedRow
from buckstop.records.people.access import DESK_PEOPLE, Viewer, require_sight
from buckstop.records.people.envelope import Envelope, opened, unwrap
from buckstop.records.people.traces import leave_trace
from buckstop.records.people.vault import reveal


@dataclass(frozen=True, kw_only=True, slots=True)
class Served:
    """A file on its way to a browser, with the headers that keep it harmless."""

    pieces: Iterator[bytes]
    size: int
    headers: Mapping[str, str]


def served(case: CaseId, digest: str, viewer: Viewer, *, submitted: bool) -> Served:
    """Give a file of a case to who may see it.

    `submitted` tells whether it is part of the case; before that only its sender and the desk
    get it. Raises NotAllowed with `no-such-file` in every other case.
    """
    require_sight(viewer, house=viewer.house, case=case)
    rows = ReceivedRow.objects.filter(case=case, sha256=digest, wrapped_key__isnull=False)
    if viewer.capacity not in DESK_PEOPLE and not submitted:
        rows = rows.filter(party=viewer.party)
    row = rows.order_by("received_at").first()
    if row is None or row.wrapped_key is None:
        raise NotAllowed("no-such-file")
    name = reveal([row.name], viewer, "file", about=digest).get(row.name)
    if name is None:  # erased; the file is still read
        leave_trace(viewer, "file", [case], about=digest)
    key = unwrap(bytes(row.wrapped_key))
    return Served(
        pieces=gateways.read(viewer.house, case, row.sha256, key),
        size=row.size,
        headers=_headers(row.media_type, name or ""),
    )


def draft(scope: str, party: PartyId, form: str) -> Mapping[str, str]:
    """Return what somebody last typed into a form and has not sent."""
    return drafts(scope, party).get(form, MappingProxyType({}))


def drafts(scope: str, party: PartyId) -> Mapping[str, Mapping[str, str]]:
    """Return what somebody last typed, by form, into the forms of one complaint or case."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT form, ciphertext, nonce, wrapped_key FROM evidence_draft"
            " WHERE scope = %s AND party = %s",
            [scope, party],
        )
        return MappingProxyType(
            {
                form: _typed(scope, Envelope(ciphertext=text, nonce=nonce, wrapped_key=key))
                for form, text, nonce, key in cursor.fetchall()
            }
        )


def _typed(scope: str, kept: Envelope) -> Mapping[str, str]:
    return MappingProxyType(json.loads(opened(kept, bound_to=scope.encode())))


def _headers(media_type: str, name: str) -> Mapping[str, str]:
    """Show pictures, and hand out everything else, so that no file can act as a page of ours."""
    shown = media_type in SHOWN
    return MappingProxyType(
        {
            "Content-Type": media_type if shown else UNKNOWN,
            "Content-Disposition": (
                f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(name, safe='')}"
            ),
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cache-Control": "private, no-store",
        }
    )
