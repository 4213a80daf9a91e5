"""Opening a complaint: three short steps, a draft that survives everything, and a receipt."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from hashlib import sha256
from typing import TypedDict
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_POST, require_safe

from buckstop.domain.words.calendar import local_day
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Channel
from buckstop.domain.words.ids import CaseId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER
from buckstop.domain.words.purchase import Problem, RemedyKind
from buckstop.records.cases import queries
from buckstop.records.cases.handle import case_id_of
from buckstop.records.cases.page import CasePage
from buckstop.records.evidence import actions as vault
from buckstop.records.evidence.limits import MOST_FILES
from buckstop.records.evidence.queries import drafts
from buckstop.records.people import access
from buckstop.texts import money
from buckstop.web import asking
from buckstop.web.doors import behind
from buckstop.web.forms.complaint import OrderForm, StoryForm, WishForm, as_typed
from buckstop.web.kept import Kept, take_in
from buckstop.web.language import commas, said, t, tongue
from buckstop.web.limits import allow_opening
from buckstop.web.opening import Told, open_complaint
from buckstop.web.seats import PUBLIC, Grant, SeatedRequest, open_to
from buckstop.web.sights import times, turn
from buckstop.web.sights.names import Names, names_of
from buckstop.web.sights.ties import first_of

_DRAFT = "complaint"
_STEPS = ("story", "order", "wish")
_SHOWN = 120
_KEEPS_ON_BACK = cache_control(private=True, no_cache=True)
"""A page that a browser may not store comes back empty when its reader goes back to it."""


type _Typed = Mapping[str, Mapping[str, str]]
"""What was typed so far, by step."""


class Draft(TypedDict):
    """A complaint that is being written: its key, its files, and what it became."""

    key: str
    files: list[dict[str, str]]
    number: str
    secret: str


def _draft(request: HttpRequest) -> Draft:
    if _DRAFT not in request.session:
        fresh = Draft(key=str(uuid4()), files=[], number="", secret="")
        request.session[_DRAFT] = fresh
    kept: Draft = request.session[_DRAFT]
    return kept


def _case(request: SeatedRequest) -> CaseId:
    return case_id_of(request.house, channel=Channel.WEB, key=_draft(request)["key"])


def _typed(request: SeatedRequest, step: str) -> dict[str, str]:
    return dict(_all_typed(request).get(step, {}))


def _all_typed(request: SeatedRequest) -> _Typed:
    return drafts(_draft(request)["key"], CONSUMER)


def _order(request: SeatedRequest, typed: _Typed) -> OrderForm:
    return OrderForm(dict(typed.get("order", {})), today=local_day(request.at))


def _keep(request: SeatedRequest, step: str, form: forms.Form) -> None:
    """Keep what was typed; what is too long to be kept stands in the page that says so."""
    typed = as_typed(request.POST, form)
    try:
        vault.save_draft(request.house, _draft(request)["key"], CONSUMER, step, typed)
    except NotAllowed as no:
        request.session["unkept"] = no.code


@_KEEPS_ON_BACK
@behind(PUBLIC)
def open_complaint_story(request: SeatedRequest) -> HttpResponseBase:
    """Ask what happened."""
    draft = _draft(request)
    if draft["number"]:
        del request.session[_DRAFT]
    form = StoryForm(
        request.POST if request.method == "POST" else _typed(request, "story") or None
    )
    wrong: list[str] = []
    if asking.asked(request):
        _keep(request, "story", form)
        wrong = _receive(request)
        _drop(request, request.POST.get("drop", ""))
        stays = request.POST.get("drop") or wrong or form.asks_again
        if form.is_valid() and not stays:
            return redirect("complaint-order")
    elif request.method != "POST":
        form.errors.clear() if form.is_bound else None
    files = [Kept(**file) for file in _draft(request)["files"]]
    shown = {"form": form, "files": files, "file_errors": wrong}
    bad = bool(wrong) or form.asks_again
    return _step(request, "complaints/story.html", 0, form, shown, wrong=bad)


def _receive(request: SeatedRequest) -> list[str]:
    """Put the files into the vault at once; say what is wrong with those that are not taken."""
    draft = _draft(request)
    room = MOST_FILES - len(draft["files"])
    files = request.FILES.getlist("files")
    taken, wrong = take_in(request.house, _case(request), CONSUMER, files, room=room)
    draft["files"] += [asdict(file) for file in taken]
    request.session.modified = True
    return [one.sentence for one in wrong]


def _drop(request: SeatedRequest, received: str) -> None:
    draft = _draft(request)
    draft["files"] = [file for file in draft["files"] if file["received"] != received]
    request.session.modified = True


@_KEEPS_ON_BACK
@behind(PUBLIC)
def open_complaint_order(request: SeatedRequest) -> HttpResponseBase:
    """Ask what was bought, of whom, when."""
    today = local_day(request.at)
    sent = request.method == "POST"
    form = OrderForm(request.POST if sent else _typed(request, "order") or None, today=today)
    if asking.asked(request):
        _keep(request, "order", form)
        if request.POST.get("go") == "back":
            return redirect("open-complaint")
        if form.is_valid():
            return redirect("complaint-wish")
    elif not sent and form.is_bound:
        form.errors.clear()
    return _step(request, "complaints/order.html", 1, form, {"form": form})


@_KEEPS_ON_BACK
@behind(PUBLIC)
def open_complaint_wish(request: SeatedRequest) -> HttpResponseBase:
    """Ask what is wanted, and open the case."""
    typed = _all_typed(request)
    order = _order(request, typed)
    before = dict(typed.get("wish", {})) or None
    form = WishForm(request.POST if request.method == "POST" else before)
    if asking.asked(request):
        _keep(request, "wish", form)
        if request.POST.get("go") == "back":
            return redirect("complaint-order")
        earlier = _first_unfinished(typed, order)
        if earlier:
            messages.error(request, t("前面有一步还没填完，您写的都在。"))
            return redirect(earlier)
        if form.is_valid():
            return _open(request, form, typed, order)
    elif request.method != "POST" and form.is_bound:
        form.errors.clear()
    summary = _summary(request, typed, order)
    return _step(request, "complaints/wish.html", 2, form, {"form": form, "summary": summary})


def _shortened(story: str) -> str:
    return story if len(story) <= _SHOWN else f"{story[:_SHOWN]}……"


def _first_unfinished(typed: _Typed, order: OrderForm) -> str:
    if not StoryForm(dict(typed.get("story", {}))).is_valid():
        return "open-complaint"
    return "" if order.is_valid() else "complaint-order"


def _summary(request: SeatedRequest, typed: _Typed, form: OrderForm) -> list[dict[str, str]]:
    form.is_valid()
    order = form.cleaned_data
    price = order.get("price")
    bought = order.get("ordered_on")
    about = [
        str(order.get("item", "")),
        money(price, tongue()) if price else "",
        t("{day}购买", day=times.on(bought, request.at)) if bought else "",
    ]
    story = typed.get("story", {}).get("story", "")
    return [
        {"label": t("店家"), "text": str(order.get("shop", ""))},
        {"label": t("买的"), "text": commas(about)},
        {"label": t("您说"), "text": _shortened(story)},
        {"label": t("文件"), "text": t("{n} 个", n=len(_draft(request)["files"]))},
    ]


def _step(  # noqa: PLR0913 - what a step may say
    request: SeatedRequest,
    template: str,
    number: int,
    form: forms.Form,
    shown: dict[str, object],
    *,
    wrong: bool = False,
) -> HttpResponse:
    frame = {
        "steps": [{"done": at <= number} for at in range(len(_STEPS))],
        "step_label": t("第 {n} 步，共 {all} 步", n=number + 1, all=len(_STEPS)),
        "back": number > 0,
        "step": _STEPS[number],
    }
    bad = request.method == "POST" and bool(form.errors or wrong)
    if bad:
        request.wrong = form.errors
    return render(request, template, {**frame, **shown}, status=422 if bad else 200)


@require_POST
@behind(PUBLIC)
def keep_draft(request: SeatedRequest, step: str) -> HttpResponse:
    """Keep what is being typed, while it is typed."""
    blank = {"story": StoryForm(), "wish": WishForm()}.get(step) or OrderForm(
        today=local_day(request.at)
    )
    if step in _STEPS:
        _keep(request, step, blank)
    return HttpResponse(status=204)


def _open(request: SeatedRequest, form: WishForm, typed: _Typed, order: OrderForm) -> HttpResponse:
    draft = _draft(request)
    if not draft["number"]:
        allow_opening(request)
        told = Told(
            key=draft["key"],
            story=typed["story"]["story"],
            order=order.cleaned_data,
            problem=Problem(form.cleaned_data["problem"]),
            remedy=RemedyKind(form.cleaned_data["remedy"]),
            amount=form.cleaned_data["amount"],
            name=str(form.cleaned_data["name"]),
            contact=str(form.cleaned_data["contact"]),
            files=tuple(Kept(**file) for file in draft["files"]),
        )
        draft["number"], draft["secret"] = open_complaint(request.house, told)
        request.session.modified = True
    open_to(request, draft["number"], CONSUMER, Grant(token="", secret=draft["secret"]))
    return redirect("complaint-opened")


@never_cache
@require_safe
@behind(PUBLIC)
def complaint_opened(request: SeatedRequest) -> HttpResponseBase:
    """Give the number, the secret link, the receipt, and what comes next."""
    draft = _draft(request)
    if not draft["number"]:
        return redirect("open-complaint")
    case = _case(request)
    page = queries.case_page(case, access.consumer(request.house, case))
    link = reverse("open-secret", kwargs={"number": page.number, "secret": draft["secret"]})
    names = names_of(page)
    now = turn.turn_of(page, names)
    story = _typed(request, "story").get("story", "")
    rows = [{"name": t("您写的话"), "digest": sha256(story.strip().encode()).hexdigest()}]
    rows += [{"name": file["shown"], "digest": file["sha256"]} for file in draft["files"]]
    shown = {
        "number": page.number,
        "when": times.at(page.opened_at, page.at),
        "lead": t("现在轮到{who}，{until}。", who=now.who, until=now.left.lines[0])
        if now.left.lines
        else "",
        "first": first_of(page, access.consumer(request.house, case)),
        "link": link,
        "link_shown": request.build_absolute_uri(link),
        "next": _next(page, now, names),
        "receipt": {"rows": rows, "count": t("{n} 项", n=len(rows))},
    }
    return render(request, "complaints/opened.html", {"page": shown})


def _next(page: CasePage, now: turn.Turn, names: Names) -> list[str]:
    if page.joined_into is not None:
        return [
            t("您这次写的话和交的文件，都放进了第一个案件。"),
            t("期限和进度接着第一个案件走，不从头来。"),
            t("要是并错了，告诉服务台一声，可以分开。"),
        ]
    return [
        t("{who}接手，{must}", who=now.who, must=now.must),
        *_shops_turn(page, names),
        t("每一步谁来办、还剩多久、逾期会怎样，打开链接都看得见；有变化也会通知您。"),
        t("您确认收到，才结案。"),
    ]


def _shops_turn(page: CasePage, names: Names) -> Iterator[str]:
    """Say when the shop hears of it: at once, or once somebody knows how to reach it."""
    sought = next((c for c in page.clocks if c.kind is ClockKind.FIND and c.ended is None), None)
    if sought is None:
        yield t("店家收到通知，要在公布的期限内答复：同意、提方案，或者拿出证据拒绝。")
        return
    due = times.at(sought.due, page.at)
    yield t(
        "{house}先找店家的联系方式，{due} 前要找到；您知道了，在案件里补上就行。",
        house=names.house,
        due=due,
    )
    yield t("找到了，店家才会收到通知，才有答复的期限。")
    yield said("cases.lapse-for-consumer.find")
