"""What only demonstrations have: seats to take, time to let pass, a mailbox to look into."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from buckstop.domain.words.ids import CaseId, PartyId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER
from buckstop.records.cases import queries
from buckstop.records.cases.due import cases_due, letters
from buckstop.records.cases.handle import sweep_case
from buckstop.records.cases.queue import QueueRow, latest
from buckstop.records.houses import actions as set_up
from buckstop.records.houses import queries as houses
from buckstop.records.people import sign_in
from buckstop.records.people.access import Capacity, Viewer
from buckstop.records.people.links import link_token
from buckstop.records.people.models import Person
from buckstop.web.demo_eyes import demo_eyes, need_demo
from buckstop.web.doors import behind
from buckstop.web.language import t
from buckstop.web.seats import PUBLIC, SeatedRequest
from buckstop.web.sights import letters as letter_sight
from buckstop.web.sights.demo import respondent_of, star_of
from buckstop.web.sights.names import desk_names

CHANGES = "let-pass"
_MOST_HOURS = 24 * 30
_LINK_LASTS = timedelta(days=14)


@require_POST
@behind(PUBLIC)
def take_seat(request: SeatedRequest, role: str) -> HttpResponseBase:
    """Sit down at the demonstration's case: as its consumer, respondent, agent or supervisor."""
    eyes = _eyes(request)
    star = star_of(latest(eyes))
    if star is None:
        raise NotAllowed("no-such-case")
    match role:
        case "consumer":
            return redirect("open-link", _link(request, star.case, CONSUMER))
        case "respondent":
            party = respondent_of(queries.case_page(star.case, eyes))
            return redirect("open-link", _link(request, star.case, party))
        case "agent":
            return _at_desk(request, Person.objects.get(id=star.owner), star.number)
        case "supervisor":
            return _at_desk(request, _supervisor(request, star), star.number)
    raise NotAllowed("no-such-case")


def _supervisor(request: SeatedRequest, star: QueueRow) -> Person:
    """Choose the supervisor who has the case, else the one whom the rules name."""
    supervisors = Person.objects.filter(role=Capacity.SUPERVISOR, is_active=True)
    named = houses.now(request.at).rules.supervisor
    known = [x for p in (star.holder.person, named) if p for x in supervisors.filter(id=p)]
    person = next(iter(known), None) or supervisors.first()
    if person is None:
        raise NotAllowed("no-such-case")
    return person


def _eyes(request: SeatedRequest) -> Viewer:
    need_demo(request.house)
    eyes = demo_eyes(request.house)
    if eyes is None:
        raise NotAllowed("no-such-case")
    return eyes


def _at_desk(request: SeatedRequest, person: Person, number: str) -> HttpResponse:
    sign_in.sign_in(request, person)
    return redirect("case", number)


def _link(request: SeatedRequest, case: CaseId, party: PartyId) -> str:
    purpose = "my-case" if party == CONSUMER else "answer"
    expires_at = max(request.at, timezone.now()) + _LINK_LASTS
    return link_token(request.house, case, party, purpose=purpose, expires_at=expires_at)


@require_safe
@behind(PUBLIC)
def demo_case(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Show another of the demonstration's cases as its consumer sees it."""
    eyes = _eyes(request)
    case = queries.case_numbered(number, eyes)
    return redirect("open-link", _link(request, case, CONSUMER))


@require_POST
@behind(PUBLIC)
def let_time_pass(request: SeatedRequest) -> HttpResponseBase:
    """Set the demonstration's clock ahead, and let every clock that is then due lapse."""
    eyes = _eyes(request)
    star = star_of(latest(eyes))
    asked = request.POST.get("hours", "")
    hours = min(int(asked[:4]), _MOST_HOURS) if asked.isdecimal() else 48
    if star is not None:
        page = queries.case_page(star.case, eyes)
        request.session[CHANGES] = {
            "number": star.number,
            "seq": page.seq,
            "index": round(page.index.value),
        }
    ahead = request.at - timezone.now() + timedelta(hours=hours)
    set_up.set_clock_ahead(request.house, ahead)
    others = 0
    for case in cases_due(request.house, but=(), most=500):
        sweep_case(case)
        others += star is None or case != star.case
    if star is not None:
        request.session[CHANGES]["moved"] = others
        request.session.modified = True
    messages.success(request, t("过去了 {n} 小时，到期的都按规则走了。", n=hours))
    return redirect(f"{reverse('start')}#seats")


@require_safe
@behind(PUBLIC)
def outbox(request: SeatedRequest) -> HttpResponse:
    """Show what would have been sent, with the links in it."""
    eyes = _eyes(request)
    found = letters(eyes)
    pages = {one.notice.case: queries.case_page(one.notice.case, eyes) for one in found}
    shown = letter_sight.letters_of(found, pages, request.at, desk_names(eyes))
    return render(request, "demo/outbox.html", {"page": {"letters": shown}, "tab": "outbox"})
