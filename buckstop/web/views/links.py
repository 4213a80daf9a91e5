"""Ways in without an account: a link that was sent, a number with its secret."""

from datetime import timedelta
from hashlib import sha256

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from buckstop.domain.cases.events import NoticeKind
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.records.cases import queries
from buckstop.records.cases.actions import Notice, plan_notices
from buckstop.records.log.isolation import inside
from buckstop.records.people import links
from buckstop.web import asking, errors, shut, slips
from buckstop.web.forms.find import FindForm
from buckstop.web.language import t
from buckstop.web.limits import TooOften, allow_finding, allow_fresh_link, ask_to_wait
from buckstop.web.refusing import sentence
from buckstop.web.seats import Grant, home_of, open_to

FRESH_LASTS = timedelta(days=14)


@never_cache
@require_safe
def open_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show what a link opens. It changes nothing: mail scanners follow links."""
    try:
        opened = links.open_link(token, at=timezone.now())
    except NotAllowed as no:
        return _without_address(_unopened(request, token, no))
    return _without_address(_through(request, opened, Grant(token=token, secret="")))


def _unopened(request: HttpRequest, token: str, no: NotAllowed) -> HttpResponse:
    if no.code == "link-expired":
        return shut.expired(request, token, no)
    if no.code == "link-unknown":
        about = t("链接不完整，或者不是我们发出的。请从信里整段复制，或者用案号和密码进入。")
        return _not_opened(request, about)
    return errors.page(request, 410, sentence(no))


def _not_opened(request: HttpRequest, about: str) -> HttpResponse:
    """Say that a link does not open a case, and how else one gets there."""
    head, label = t("这个链接打不开案件"), t("用案号和密码进入")
    again = reverse("find-case")
    return errors.page(request, 404, about, head=head, again=again, again_label=label)


def _through(request: HttpRequest, opened: links.Opened, grant: Grant) -> HttpResponse:
    """Remember what opened the case, and go to its page, whose address tells nothing."""
    with inside(opened.viewer.house):
        number = queries.case_page(opened.case, opened.viewer).number
    party = opened.viewer.party
    open_to(request, number, party, grant)
    home, waiting = home_of(number, party), slips.waits_at(request)
    return redirect(waiting if f"{waiting}/".startswith(f"{home}/") else home)


def _later(request: HttpRequest, often: TooOften) -> HttpResponse:
    return ask_to_wait(errors.page(request, 429, often.sentence), often.seconds)


def _without_address(response: HttpResponse) -> HttpResponse:
    """Let nobody learn the link from where its reader goes next."""
    response.headers["Referrer-Policy"] = "strict-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@require_POST
def fresh_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """Send a fresh link to where the expired one was sent."""
    now = timezone.now()
    try:
        allow_fresh_link(request)
        opened, _ = links.renew_link(token, at=now, expires_at=now + FRESH_LASTS)
    except NotAllowed as no:
        return _without_address(_unopened(request, token, no))
    except TooOften as often:
        return _without_address(_later(request, often))
    with inside(opened.viewer.house):
        sent = _sent_anew(opened, sha256(token.encode()).hexdigest())
    if not sent:
        about = t("案件里没有您收信的地址，新链接发不出去。请联系服务台。")
        return _without_address(errors.page(request, 409, about))
    about = t("发到收信的地址了，几分钟就到。打开它就能接着办。")
    return _without_address(errors.page(request, 200, about, head=t("新链接发出了")))


def _sent_anew(opened: links.Opened, asked: str) -> bool:
    """Plan the letter, which brings a link of its own, to wherever its party is reached."""
    party = opened.viewer.party
    reach = queries.case_page(opened.case, opened.viewer).parties[party].reach
    letters = [
        Notice(
            key=f"link:{asked}:{via}",
            case=opened.case,
            party=party,
            via=via,
            kind=NoticeKind.OUTCOME,
            code="fresh-link",
            about=None,
            due=None,
        )
        for via in reach
    ]
    house = opened.viewer.house
    plan_notices(house, letters, at=queries.time_of(house))
    return bool(letters)


@never_cache
def find_case(request: HttpRequest) -> HttpResponseBase:
    """Open a case by its number and secret."""
    form = FindForm(asking.posted(request), initial={"number": request.GET.get("number", "")})
    wait = 0
    if request.method == "POST" and form.is_valid():
        try:
            allow_finding(request)
            return _found(request, form)
        except NotAllowed as no:
            form.add_error("secret", sentence(no))
        except TooOften as often:
            form.add_error("secret", often.sentence)
            wait = often.seconds
    status = 422 if request.method == "POST" else 200
    shown = render(request, "complaints/find.html", {"form": form}, status=status)
    return ask_to_wait(shown, wait) if wait else shown


def _found(request: HttpRequest, form: FindForm) -> HttpResponse:
    number = str(form.cleaned_data["number"]).upper()
    secret = str(form.cleaned_data["secret"])
    opened = links.open_secret(number, secret)
    return _through(request, opened, Grant(token="", secret=secret))


@never_cache
@require_safe
def open_secret(request: HttpRequest, number: str, secret: str) -> HttpResponseBase:
    """Open a case by the link that its receipt gave."""
    try:
        allow_finding(request)
        opened = links.open_secret(number, secret)
    except NotAllowed as no:
        return _without_address(_not_opened(request, sentence(no)))
    except TooOften as often:
        return _without_address(_later(request, often))
    return _without_address(_through(request, opened, Grant(token="", secret=secret)))
