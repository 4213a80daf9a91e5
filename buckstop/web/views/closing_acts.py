"""The desk's rarer acts: to contradict, to take back, to hand over, to end unheard."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.state.promises import Record, Word
from buckstop.domain.words.ids import PromiseId, RecordId
from buckstop.domain.words.party import HOUSE
from buckstop.records.cases import queries
from buckstop.records.cases.handle import handle
from buckstop.records.cases.page import CasePage
from buckstop.web import asking
from buckstop.web.doors import behind
from buckstop.web.forms import closing as typed
from buckstop.web.language import said, t
from buckstop.web.seats import CASE, SUPERVISED, SeatedRequest
from buckstop.web.views import cases
from buckstop.web.views.acts import Act, act_page

_REGULATOR = "regulator"


def _page(request: SeatedRequest) -> CasePage:
    return queries.case_page(request.case, request.viewer)


def _act(page: CasePage, title: str, do: str, *, lead: str = "") -> Act:
    return Act(title=title, do=do, lead=lead, case=page.title, back="case", number=page.number)


@behind(CASE)
def contradict_record(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Set a record of the house against what the consumer recorded of it."""
    page = _page(request)
    waiting = [
        (r.record, r.text or said(f"cases.record.{r.kind}"))
        for r in page.records
        if r.of == HOUSE and r.state is Record.WAITING
    ]
    form = typed.ContradictForm(request.POST or None, records=waiting)
    files = request.FILES.getlist("attached")
    if asking.asked(request) and not files:
        form.add_error("attached", t("要附上相反的记录，比如录音或聊天截图。"))
    if asking.asked(request) and form.is_valid():
        items = asking.submit(request, files)
        record, key = RecordId(form.cleaned_data["record"]), asking.key(request)
        by = request.viewer.actor
        for item in items[:1]:
            handle(
                request.case, ask.ContradictRecord(by=by, key=key, record=record, evidence=item)
            )
        messages.success(request, t("交上去了，消费者会看到这份相反的记录。"))
        return redirect("case", number)
    about = t("消费者记的话，48 小时内没有相反的记录就作数。")
    return act_page(
        request, "cases/act.html", _act(page, t("提出相反的记录"), t("交上去"), lead=about), form
    )


@behind(SUPERVISED)
def retract_acknowledgement(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Take back what was acknowledged, with a reason."""
    page = _page(request)
    standing = [
        (p.promise, p.text or said(f"cases.promise.{p.kind}"))
        for p in page.promises
        if p.word is Word.STANDING
    ]
    form = typed.RetractForm(request.POST or None, promises=standing)
    if asking.asked(request) and form.is_valid():
        handle(
            request.case,
            ask.RetractAcknowledgement(
                by=request.viewer.actor,
                key=asking.key(request),
                promise=PromiseId(form.cleaned_data["promise"]),
                reason=asking.sealed(request, str(form.cleaned_data["text"])),
            ),
        )
        messages.success(request, t("收回了，会通知消费者，也会计数。"))
        return redirect("case", number)
    about = t("承认过的事一直有效。收回要写理由，消费者会看到。")
    return act_page(
        request, "cases/act.html", _act(page, t("收回承认过的事"), t("收回"), lead=about), form
    )


@require_POST
@behind(CASE, page=cases.case)
def close_unreachable(request: SeatedRequest, number: str) -> HttpResponseBase:
    """End the case of a consumer whom no reminder reached."""
    handle(request.case, ask.CloseUnreachable(by=request.viewer.actor, key=asking.key(request)))
    messages.success(request, t("结案了，写明是联系不上。消费者回来还能恢复。"))
    return redirect("case", number)


@behind(SUPERVISED)
def hand_over(request: SeatedRequest, number: str) -> HttpResponse | HttpResponseBase:
    """Hand the case to the regulator with its whole file."""
    page = _page(request)
    form = typed.HandOverForm(request.POST or None)
    if asking.asked(request) and form.is_valid():
        handle(
            request.case,
            ask.HandOver(
                by=request.viewer.actor,
                key=asking.key(request),
                rung=_REGULATOR,
                because=form.cleaned_data["because"],
            ),
        )
        messages.success(request, t("移交了，材料包一起给消费者。"))
        return redirect("case", number)
    about = t("移交给{body}，案件在这里结束，外部的期限继续替消费者记着。",
              body=said(f"cases.rung.{_REGULATOR}"))  # fmt: skip
    return act_page(
        request, "cases/act.html", _act(page, t("移交外部机构"), t("移交"), lead=about), form
    )


@behind(CASE)
def record_outside_result(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Write down what the body outside decided."""
    page = _page(request)
    form = typed.OutsideForm(request.POST or None)
    if asking.asked(request) and form.is_valid():
        handle(
            request.case,
            ask.RecordOutsideResult(
                by=request.viewer.actor,
                key=asking.key(request),
                body=_REGULATOR,
                text=asking.sealed(request, str(form.cleaned_data["text"])),
            ),
        )
        messages.success(request, t("记下了，双方都会看到。"))
        return redirect("case", number)
    return act_page(
        request, "cases/act.html", _act(page, t("记录外部机构的结果"), t("记下来")), form
    )
