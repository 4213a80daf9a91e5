"""How often somebody may do the same thing, answered kindly when it is enough."""

from datetime import timedelta

from django.http import HttpRequest

from buckstop.web import tallies
from buckstop.web.language import t
from buckstop.web.seats import SeatedRequest

_LOGIN_TRIES = 50


class TooOften(Exception):
    """It was done often enough for now."""

    def __init__(self, sentence: str) -> None:
        """Say so in the reader's language."""
        super().__init__(sentence)
        self.sentence = sentence


def allow(request: HttpRequest, what: str, *, most: int, within: timedelta) -> None:
    """Count one more of `what` from this address. Raises TooOften above `most`."""
    address = request.META.get("REMOTE_ADDR", "")
    if tallies.count(f"{what}:{address}", within=within) > most:
        minutes = int(within.total_seconds() // 60)
        raise TooOften(
            t("这一会儿收到得太多了，请过 {n} 分钟再试。您写的都还在这一页。", n=minutes)
        )


def allow_login(login: str) -> None:
    """Count one more try of a login, from wherever: passwords are tried from many addresses."""
    if tallies.count(f"login:{login.strip().lower()}", within=timedelta(hours=1)) > _LOGIN_TRIES:
        raise TooOften(t("这个账号这一会儿试得太多了，请过 {n} 分钟再试。", n=60))


def allow_case(request: SeatedRequest, what: str, *, most: int) -> None:
    """Count one more of `what` in a case today, whoever it comes from at that seat."""
    seat = f"{what}:{request.case}:{request.viewer.party}"
    if tallies.count(seat, within=timedelta(days=1)) > most:
        raise TooOften(t("今天这个案件里已经做了很多次，请明天再来。您写的都还在这一页。"))


def allow_opening(request: HttpRequest) -> None:
    """Count one more complaint from this address."""
    allow(request, "open", most=20, within=timedelta(hours=1))
