"""What a consumer writes down or takes back: calls, what was said in them, totals, offers."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import ContactLogged, PromiseKind, RecordKind, Side
from buckstop.domain.words.event import Channel
from buckstop.domain.words.ids import OfferId, PartyId
from buckstop.domain.words.party import CONSUMER, HOUSE
from buckstop.domain.words.reconcile import Precision
from buckstop.records.cases import queries
from buckstop.records.cases.handle import handle
from buckstop.web import asking
from buckstop.web.asking import signed
from buckstop.web.doors import behind
from buckstop.web.drawer import drawer_of
from buckstop.web.forms import my_case as typed
from buckstop.web.language import t
from buckstop.web.limits import allow_case
from buckstop.web.seats import MINE, SeatedRequest
from buckstop.web.sights.names import names_of
from buckstop.web.views.acts import done
from buckstop.web.views.my_case import asks_for, my_case


@behind(MINE)
def log_contact(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Write down a call, and what the other side said in it."""
    del number
    drawer = drawer_of(request)
    form = typed.ContactForm(**drawer.typing, now=request.at, others=_others(request))
    if asking.asked(request) and form.is_valid():
        allow_case(request, "contact", most=200)
        _log(request, form)
        drawer.close()
        messages.success(request, t("记下了。服务台那边的记录会自动对上。"))
        return redirect(request.home)
    about = t("您记的和服务台记的会一条条对。只有您记了的，没有相反记录就按您说的算。")
    return asks_for(request, form, t("记一次通话"), t("记下来"), lead=about)


def _others(request: SeatedRequest) -> list[tuple[str, str]]:
    page = queries.case_page(request.case, request.viewer)
    parties = [(str(p.party), p.name) for p in page.parties.values() if p.party != CONSUMER]
    return [(str(HOUSE), names_of(page).house), *parties]


def _log(request: SeatedRequest, form: typed.ContactForm) -> None:
    data = form.cleaned_data
    words = asking.sealed_or_none(request, str(data["text"]))
    told = bool(data["record"]) and words is not None
    entries = handle(
        request.case,
        ask.LogContact(
            **signed(request),
            side=Side.CONSUMER,
            medium=Channel(data["medium"]),
            direction=data["direction"],
            at=data["at"],
            precision=Precision(data["precision"]),
            minutes=data["minutes"],
            text=None if told else words,  # the record that follows says it
        ),
    )
    contact = next((e.event.contact for e in entries if isinstance(e.event, ContactLogged)), None)
    if told and words is not None and contact is not None:
        handle(
            request.case,
            ask.RecordOtherSide(
                **signed(request, "record"),
                kind=RecordKind(data["record"]),
                of=PartyId(data["other"]),
                contact=contact,
                text=words,
                promised_for=data["promised_for"],
                promise_kind=PromiseKind(data["promise_kind"] or PromiseKind.OTHER),
            ),
        )


@behind(MINE)
def claim_contacts(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Tell a bare total of calls, which is kept as what it is."""
    del number
    drawer = drawer_of(request)
    form = typed.TotalForm(**drawer.typing)
    if asking.asked(request) and form.is_valid():
        allow_case(request, "contact", most=200)
        text = asking.sealed(request, str(form.cleaned_data["text"]))
        about = form.cleaned_data["about"]
        command = ask.ClaimContacts(**signed(request), about=about, text=text)
        return done(request, t("记下了，作为您的说法留着。"), command, drawer=drawer)
    lead = t("记不清每一次也没关系。总数作为您的说法留着，不会替您编出一条条记录。")
    return asks_for(request, form, t("一共打了多少次"), t("记下来"), lead=lead)


@require_POST
@behind(MINE, page=my_case)
def withdraw_offer(request: SeatedRequest, number: str, offer: str) -> HttpResponseBase:
    """Take one's own offer back."""
    del number
    words = t("方案收回了。案件照常往下走。")
    return done(request, words, ask.WithdrawOffer(**signed(request), offer=OfferId(offer)))
