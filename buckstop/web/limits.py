"""How often somebody may do the same thing, answered kindly when it is enough."""

from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from buckstop.web import tallies
from buckstop.web.language import t
from buckstop.web.seats import PUBLIC, Door, SeatedRequest

_QUARTER, _HOUR, _DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)
_STRETCH = timedelta(minutes=5)
_LOGIN_TRIES = 50
_MOST_OF_ONE, _MOST_OF_AN_ADDRESS = 300, 1200
"""Forms in five minutes; behind one address there may be a whole office."""
_TOO_MUCH = "这一会儿收到得太多了，请过 {n} 分钟再试。您写的都还在这一页。"
_LOGIN_TOO_MUCH = "这个账号这一会儿试得太多了，请过 {n} 分钟再试。"
_FOR_TODAY = "今天这个案件里已经做了很多次，请明天再来。您写的都还在这一页。"
_NEIGHBOURS = 64
"""Bits; of the newer addresses a household has all that begin alike."""


class TooOften(Exception):
    """It was done often enough for now."""

    def __init__(self, sentence: str, *, seconds: int) -> None:
        """Say so in the reader's language, and how long to wait."""
        super().__init__(sentence)
        self.sentence = sentence
        self.seconds = seconds


def ask_to_wait(response: HttpResponse, seconds: int) -> HttpResponse:
    """Tell a browser too that it was enough for now, and when to come back."""
    response.status_code = 429
    response.headers["Retry-After"] = str(seconds)
    return response


def address_of(request: HttpRequest) -> str:
    """Say where a request comes from: the last address that no proxy of ours has."""
    told: list[str] = request.headers.get("X-Forwarded-For", "").split(",")
    address: str = request.META.get("REMOTE_ADDR", "")
    if 0 < settings.PROXIES <= len(told):
        address = told[-settings.PROXIES].strip() or address
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address):
        return str(known.ipv4_mapped or ip_network((known, _NEIGHBOURS), strict=False))
    return address


def _allow(what: str, *, most: int, within: timedelta, sentence: str) -> None:
    counted = tallies.count(what, within=within)
    if counted.many > most:
        minutes = -(-counted.seconds_left // 60)
        raise TooOften(t(sentence, n=minutes), seconds=counted.seconds_left)


def _allow_address(request: HttpRequest, what: str, *, most: int, within: timedelta) -> None:
    _allow(f"{what}:{address_of(request)}", most=most, within=within, sentence=_TOO_MUCH)


def allow_sign_in(request: HttpRequest, login: str) -> None:
    """Count one more try, from this address, and of this login from wherever."""
    _allow_address(request, "sign-in", most=20, within=_QUARTER)
    known = f"login:{login.strip().lower()}"
    _allow(known, most=_LOGIN_TRIES, within=_HOUR, sentence=_LOGIN_TOO_MUCH)


def allow_finding(request: HttpRequest) -> None:
    """Count one more secret that was tried from this address, typed or in a link."""
    _allow_address(request, "find", most=20, within=_QUARTER)


def allow_opening(request: HttpRequest) -> None:
    """Count one more complaint from this address."""
    _allow_address(request, "open", most=20, within=_HOUR)


def allow_fresh_link(request: HttpRequest) -> None:
    """Count one more letter that this address asks for."""
    _allow_address(request, "fresh-link", most=20, within=_HOUR)


def allow_slip(request: HttpRequest) -> None:
    """Count one more form that is kept for somebody who is not in."""
    _allow_address(request, "slip", most=60, within=_QUARTER)


def allow_sending(request: SeatedRequest, door: Door) -> None:
    """Count one more form of any kind: of a person, of a party's seat, else of an address."""
    if door is PUBLIC:
        _allow_address(request, "send", most=_MOST_OF_AN_ADDRESS, within=_STRETCH)
        return
    seat = request.person.id if request.person else f"{request.case}:{request.viewer.party}"
    _allow(f"send:{seat}", most=_MOST_OF_ONE, within=_STRETCH, sentence=_TOO_MUCH)


def allow_case(request: SeatedRequest, what: str, *, most: int) -> None:
    """Count one more of `what` in a case today, whoever it comes from at that seat."""
    seat = f"{what}:{request.case}:{request.viewer.party}"
    _allow(seat, most=most, within=_DAY, sentence=_FOR_TODAY)
