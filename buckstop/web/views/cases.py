"""The case on the desk's screen, and the acts that need no form."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import PromiseKind
from buckstop.domain.words.calendar import Span, Unit
from buckstop.domain.words.ids import PartyId
from buckstop.records.cases import matches, queries
from buckstop.records.cases.handle import handle
from buckstop.records.people import queries as people
from buckstop.web import asking
from buckstop.web.doors import behind
from buckstop.web.forms.desk import SayForm
from buckstop.web.language import t
from buckstop.web.refusing import Unfit
from buckstop.web.seats import CASE, SeatedRequest
from buckstop.web.sights.case import case_sight
from buckstop.web.sights.names import names_of
from buckstop.web.sights.ties import ties_of

_PROMISE_HOURS = 24


@never_cache
@behind(CASE)
def case(request: SeatedRequest, number: str) -> HttpResponse:
    """Show the case to the desk."""
    del number
    page = queries.case_page(request.case, request.viewer)
    shown = case_sight(page, names_of(page, request.viewer.person), every="all" in request.GET)
    match = matches.same_purchase(request.house, request.case)
    ties = ties_of(page, match, request.viewer)
    return render(request, "cases/case.html", {"page": shown, "ties": ties})


@require_POST
@behind(CASE, page=case)
def take_up(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Take the case into one's own hands."""
    person = request.viewer.person
    if person is not None:
        _need_seen(request)
        command = ask.TakeUp(by=request.viewer.actor, key=asking.key(request), person=person)
        handle(request.case, command)
        messages.success(request, t("您接手了。"))
    return redirect("case", number)


def _need_seen(request: SeatedRequest) -> None:
    """Take a case from a colleague only knowingly: not from a page that showed nobody there."""
    page = queries.case_page(request.case, request.viewer)
    holder = page.turn.holder.person if page.turn else None
    seen = request.POST.get("held", holder or "")
    if holder is not None and holder not in {seen, request.viewer.person}:
        who = people.names().get(holder, "")
        words = t("{who}先接手了。要换您来办，再点一次“我来接手”。", who=who)
        raise Unfit(words, status=409)


@require_POST
@behind(CASE, page=case)
def urge(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Urge the holder."""
    handle(request.case, ask.Urge(by=request.viewer.actor, key=asking.key(request)))
    messages.success(request, t("催了，对方和他的主管都会看到。"))
    return redirect("case", number)


@require_POST
@behind(CASE, page=case)
def take_over(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Take the ball for the house, with a duty to decide."""
    handle(request.case, ask.TakeOver(by=request.viewer.actor, key=asking.key(request)))
    messages.success(request, t("已介入，必须在期限内裁定。"))
    return redirect("case", number)


@require_POST
@behind(CASE, page=case)
def send_message(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Send what the composer holds: a message, a note, or a promise."""
    form = SayForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(next(iter(form.errors.values()))[0]))
        shown = case(request, number=number)
        if isinstance(shown, HttpResponse):
            shown.status_code = 422
        return shown
    text = asking.sealed(request, str(form.cleaned_data["text"]))
    by, key = request.viewer.actor, asking.key(request)
    match said_as := form.cleaned_data["as"]:
        case "note":
            handle(request.case, ask.WriteNote(by=by, key=key, text=text))
        case "message":
            to = str(form.cleaned_data["to"])
            parties = (PartyId(to),) if to else ()
            handle(request.case, ask.SendMessage(by=by, key=key, text=text, to=parties))
        case _:
            hours = form.cleaned_data["hours"] or _PROMISE_HOURS
            kind = PromiseKind(said_as)
            lasts = kind is PromiseKind.ACKNOWLEDGEMENT
            span = None if lasts else Span(hours, Unit.HOURS)
            handle(request.case, ask.Promise(by=by, key=key, kind=kind, text=text, span=span))
    messages.success(request, t("发出了，已经记进案卷。"))
    return redirect("case", number)
