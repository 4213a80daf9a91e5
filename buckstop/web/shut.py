"""What somebody is told who cannot get in any more, and what becomes of what they had written."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from buckstop.domain.words.ids import PartyId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.records.cases.queries import time_of
from buckstop.records.log.isolation import inside
from buckstop.records.people import links
from buckstop.web import errors, slips
from buckstop.web.drawer import SentBefore, drawer_of
from buckstop.web.language import t
from buckstop.web.limits import TooOften
from buckstop.web.refusing import Unfit, sentence
from buckstop.web.seats import SeatedRequest, grant_of

CODES = frozenset({"link-expired", "link-renewed-before", "link-revoked", "link-unknown",
                   "secret-wrong"})  # fmt: skip
"""Noes that say the way in is not one any more."""


def not_signed_in(request: HttpRequest) -> HttpResponse:
    """Ask somebody of the house to sign in, and to go on there."""
    if errors.wants_problem(request):
        return errors.page(request, 403, t("登录后才能办。请先登录，再发一次。"))
    if request.method == "POST" and slips.keep(request):
        messages.warning(request, t("登录过期了，刚才没有发出去。您写的都在，登录后接着发。"))
    there = urlencode({"next": request.get_full_path()})
    return HttpResponseRedirect(f"{reverse('sign-in')}?{there}")


def without_link(request: HttpRequest, kwargs: dict[str, str]) -> HttpResponse:
    """Send a party back to its link, or a consumer to where number and secret are asked for."""
    sent = request.method == "POST"
    kept = sent and slips.keep(request)
    words = "\n\n".join(slips.words_of(request)) if sent else ""
    if "party" in kwargs:
        about = t("答复只认信里的链接，不用密码。链接过期了也能打开，点一下就发新的。")
        if kept:
            about = t("刚才没有发出去，您写的都在。用这个浏览器重新打开信里的链接，就能接着发。")
        return errors.page(request, 403, about, head=t("请重新打开信里的链接"), words=words)
    find = f"{reverse('find-case')}?{urlencode({'number': kwargs['number']})}"
    if sent or errors.wants_problem(request):
        about = t("请用案号和密码重新进入。刚才要是点了发送，没有发出去。")
        if kept:
            about = t("刚才没有发出去，您写的都在。用案号和密码重新进入，就能接着发。")
        label = t("用案号和密码进入")
        head = t("请重新进入您的案件")
        return errors.page(
            request, 403, about, head=head, again=find, again_label=label, words=words
        )
    return HttpResponseRedirect(find)


def by_link(request: SeatedRequest, kwargs: dict[str, str], no: NotAllowed) -> HttpResponse:
    """Answer whose link was good when they came and is not any more."""
    grant = grant_of(request, kwargs["number"], PartyId(kwargs.get("party", "consumer")))
    if no.code != "link-expired" or grant is None:
        return without_link(request, kwargs)
    if request.method == "POST":
        _keep(request, grant["token"])
    return expired(request, grant["token"], no)


def _keep(request: SeatedRequest, token: str) -> None:
    """Put what was sent where its party finds it again with a fresh link, in any browser."""
    opened = links.whose(token)
    request.house, request.viewer, request.case = opened.viewer.house, opened.viewer, opened.case
    with inside(request.house):
        request.at = time_of(request.house)
        try:
            drawer_of(request)
        except SentBefore:
            return  # and it came in
        except (Unfit, TooOften) as no:  # of some file; the words are kept
            messages.error(request, no.sentence)


def expired(request: HttpRequest, token: str, no: NotAllowed) -> HttpResponse:
    """Offer a fresh link, once."""
    if not no.data.get("fresh"):
        return errors.page(request, 410, sentence(NotAllowed("link-renewed-before")))
    words = "\n\n".join(slips.words_of(request)) if request.method == "POST" else ""
    if errors.wants_problem(request):
        return errors.page(request, 410, sentence(no))
    shown = {"token": token, "words": words, "sent": request.method == "POST"}
    return render(request, "answers/expired.html", shown, status=410)
