"""Who sits before a page.

A view names its door; the door tells the house before anything is looked up, and then, within
that house, whose eyes look. What those eyes may see is decided in `records.people.access`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict
from uuid import uuid4

from django.conf import settings
from django.forms.utils import ErrorDict
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from buckstop.domain.words.ids import CaseId, PartyId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER
from buckstop.records.cases import queries as cases
from buckstop.records.houses import queries as houses
from buckstop.records.log.isolation import HouseId
from buckstop.records.people import links, sign_in
from buckstop.records.people.access import DESK_PEOPLE, Capacity, Viewer, require
from buckstop.records.people.models import Person

_GRANTS = "grants"
"""Where a session keeps what opened its cases; it is looked at again for every page."""


class NeedsSignIn(Exception):
    """A page for people of the house was asked for by nobody known."""


class NoGrant(Exception):
    """A case was asked for in a session that no link or secret has opened it to."""


class Grant(TypedDict):
    """What opened a case to a session: a token, or the number's secret."""

    token: str
    secret: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Refused:
    """A no on its way to the page that asked; after some `seconds` it may be asked again."""

    code: str
    sentence: str
    status: int
    seconds: int = 0


class SeatedRequest(HttpRequest):
    """A request whose house, eyes and time are known; `refused` is a no to be shown.

    `wrong` says of a form's fields what is wrong with them; `home` is the page of the case.
    """

    house: HouseId
    viewer: Viewer
    case: CaseId
    at: datetime
    person: Person | None
    refused: Refused | None
    is_demo: bool
    spare_key: str
    wrong: ErrorDict
    home: str


type Sit = Callable[[SeatedRequest], None]


@dataclass(frozen=True, slots=True)
class Door:
    """A way in: finds the house, then (within it) takes a seat. `keys` are its URL's parts."""

    keys: tuple[str, ...]
    enter: Callable[[SeatedRequest, dict[str, str]], HouseId]
    sit: Callable[[SeatedRequest, dict[str, str]], None]


def open_to(request: HttpRequest, number: str, party: PartyId, grant: Grant) -> None:
    """Let this session come back to a case as a party of it.

    The session gets another name: whoever planted the old one is not let in with its reader.
    """
    request.session.cycle_key()
    grants = request.session.setdefault(_GRANTS, {})
    grants[f"{number}/{party}"] = grant
    request.session.modified = True


def public_house() -> HouseId:
    """Return the house that a visitor without a case is at: the one named, else the first."""
    if settings.HOUSE:
        named = houses.house_called(settings.HOUSE)
        if named is not None:
            return named.house
    every = houses.houses()
    if not every:
        raise NotAllowed("no-house")
    return every[0].house


def _public(request: SeatedRequest, _kwargs: dict[str, str]) -> HouseId:
    del request
    return public_house()


def _at_house(request: SeatedRequest) -> None:
    request.at = cases.time_of(request.house)
    request.spare_key = str(uuid4())
    request.is_demo = houses.house(request.house).demo


def _anybody(request: SeatedRequest, _kwargs: dict[str, str]) -> None:
    _at_house(request)


def home_of(number: str, party: PartyId) -> str:
    """Give the address of the page where a party finds its case."""
    if party == CONSUMER:
        return reverse("my-case", kwargs={"number": number})
    return reverse("answer", kwargs={"number": number, "party": party})


def grant_of(request: HttpRequest, number: str, party: PartyId) -> Grant | None:
    """Give what once opened a case to this session, whether it still does or not."""
    grant: Grant | None = request.session.get(_GRANTS, {}).get(f"{number}/{party}")
    return grant


def _granted(request: SeatedRequest, number: str, party: PartyId) -> links.Opened:
    grant = grant_of(request, number, party)
    if grant is None:
        raise NoGrant(number)
    if grant["secret"]:
        return links.open_secret(number, grant["secret"])
    return links.open_link(grant["token"], at=timezone.now())


def _party_house(request: SeatedRequest, kwargs: dict[str, str]) -> HouseId:
    party = PartyId(kwargs.get("party", CONSUMER))
    if party == CONSUMER and "party" in kwargs:  # a consumer has a page of its own
        raise NoGrant(kwargs["number"])
    request.home = home_of(kwargs["number"], party)
    opened = _granted(request, kwargs["number"], party)
    request.viewer, request.case = opened.viewer, opened.case
    return opened.viewer.house


def _party_seat(request: SeatedRequest, _kwargs: dict[str, str]) -> None:
    _at_house(request)


def _desk_house(request: SeatedRequest, _kwargs: dict[str, str]) -> HouseId:
    house = request.session.get(sign_in.IN_SESSION)
    if house is None:
        raise NeedsSignIn
    return HouseId(house)


def _desk_seat(request: SeatedRequest, kwargs: dict[str, str]) -> None:
    person = request.user
    if not isinstance(person, Person):
        raise NeedsSignIn
    request.person = person
    request.viewer = sign_in.viewer_of(person)
    require(request.viewer, *DESK_PEOPLE)
    _at_house(request)
    if "number" in kwargs:
        request.case = cases.case_numbered(kwargs["number"], request.viewer)


def _supervisor_seat(request: SeatedRequest, kwargs: dict[str, str]) -> None:
    _desk_seat(request, kwargs)
    require(request.viewer, Capacity.SUPERVISOR)


def _operator_seat(request: SeatedRequest, _kwargs: dict[str, str]) -> None:
    """Seat who answers for the running of it, among them the administrator who sees no case."""
    person = request.user
    if not isinstance(person, Person):
        raise NeedsSignIn
    request.person = person
    request.viewer = sign_in.viewer_of(person)
    require(request.viewer, Capacity.SUPERVISOR, Capacity.ADMIN)
    _at_house(request)


PUBLIC = Door((), _public, _anybody)
MINE = Door(("number",), _party_house, _party_seat)
RESPONDENT = Door(("number", "party"), _party_house, _party_seat)
DESK = Door((), _desk_house, _desk_seat)
CASE = Door(("number",), _desk_house, _desk_seat)
OPERATORS = Door((), _desk_house, _operator_seat)
SUPERVISORS = Door((), _desk_house, _supervisor_seat)
SUPERVISED = Door(("number",), _desk_house, _supervisor_seat)
