"""What was sent to a page that its sender could not get into: kept until they are in again.

A slip belongs to a session, never to a case: who is not in may leave nothing there.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import uuid4

from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve

from buckstop.domain.words.ids import PartyId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.records.evidence.actions import drop_draft, save_draft
from buckstop.records.evidence.queries import draft as draft_of
from buckstop.records.houses.queries import house_of_number
from buckstop.records.log.isolation import HouseId, inside
from buckstop.web.forms.fields import without_what_nobody_typed
from buckstop.web.limits import TooOften, allow_slip
from buckstop.web.seats import public_house

if TYPE_CHECKING:
    from django.http.request import _ImmutableQueryDict

_SLIP = "slip"
_NOBODY = PartyId("nobody")
_NOT_WORDS = frozenset({"csrfmiddlewaretoken", "form_token", "go", "drop", "password", "secret"})
_MOST = 2_000_000
"""Octets; what is longer stands in the page that says so, and there only."""
_CHOICE = re.compile(r"[a-z0-9-]*|\d{4}-\d\d-\d\dT.*")
"""What a form says itself, and nobody typed."""


def is_ours(request: HttpRequest) -> bool:
    """Tell whether a form came from a page of ours, as far as its browser tells."""
    told = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(told).netloc == request.get_host()


def keep(request: HttpRequest) -> bool:
    """Keep what was sent for this session; tell whether there was a page to keep it for."""
    house = _house_of(request)
    sent = request.POST.urlencode()
    if house is None or len(sent) > _MOST or not any(words_of(request)):
        return False
    try:
        allow_slip(request)
    except TooOften:  # the words stand in the page that answers
        return False
    drop(request)
    slip = {"house": house, "key": str(uuid4()), "path": request.path}
    with inside(house):
        save_draft(house, slip["key"], _NOBODY, slip["path"], {"sent": sent})
    request.session[_SLIP] = slip
    return True


def _house_of(request: HttpRequest) -> HouseId | None:
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return None
    if not hasattr(match.func, "door"):
        return None
    try:
        return house_of_number(match.kwargs.get("number", "")) or public_house()
    except NotAllowed:
        return None


def words_of(request: HttpRequest) -> Iterator[str]:
    """List what was typed with fingers, to be shown where the form cannot be."""
    for name, value in request.POST.items():
        if name not in _NOT_WORDS and isinstance(value, str) and not _CHOICE.fullmatch(value):
            yield without_what_nobody_typed(value)


def waits_at(request: HttpRequest) -> str:
    """Name the address that something waits for."""
    slip = request.session.get(_SLIP)
    return str(slip["path"]) if slip else ""


def find(request: HttpRequest) -> "_ImmutableQueryDict | None":
    """Give what waits for this address."""
    if waits_at(request) != request.path:
        return None
    slip = request.session[_SLIP]
    with inside(HouseId(slip["house"])):
        kept = draft_of(slip["key"], _NOBODY, slip["path"])
    return QueryDict(kept["sent"]) if kept else None


def drop(request: HttpRequest) -> None:
    """Forget it: it was sent, or something newer waits."""
    slip = request.session.pop(_SLIP, None)
    if slip is not None:
        with inside(HouseId(slip["house"])):
            drop_draft(slip["key"], _NOBODY, slip["path"])


def drop_at(request: HttpRequest) -> None:
    """Forget what waits for this address: it is being sent again."""
    if waits_at(request) == request.path:
        drop(request)
