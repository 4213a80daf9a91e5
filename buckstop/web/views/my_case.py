"""My case: its page, and what its consumer does with it."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import RequestEnd
from buckstop.domain.words.ids import OfferId, ProofKind, RemedyId, RequestId
from buckstop.domain.words.money import Fen
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.purchase import Remedy, RemedyKind
from buckstop.records.cases import queries
from buckstop.records.cases.handle import handle
from buckstop.web import asking
from buckstop.web.doors import behind
from buckstop.web.forms import my_case as typed
from buckstop.web.language import fact_name, said, t
from buckstop.web.limits import allow_case
from buckstop.web.seats import MINE, SeatedRequest
from buckstop.web.sights.my_case import my_case as sight
from buckstop.web.sights.names import names_of
from buckstop.web.sights.ties import first_of
from buckstop.web.views.acts import Act, act_page

KINDS = (
    "chat-record", "fault-record", "unboxing-record", "invoice", "order-record",
    "payment-record", "hand-in-record", "repair-record", "appraisal-report",
    "freight-receipt", "waybill", "contract", "listing-version", "bank-statement",
)  # fmt: skip


@behind(MINE)
def my_case(request: SeatedRequest, number: str) -> HttpResponse:
    """Show the case to its consumer."""
    del number
    page = queries.case_page(request.case, request.viewer)
    shown = sight(page, names_of(page), every="all" in request.GET)
    first = first_of(page, request.viewer)
    return render(request, "my_case/my_case.html", {"page": shown, "first": first})


@require_POST
@behind(MINE, page=my_case)
def urge(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Answer the button "urge"."""
    allow_case(request, "urge", most=20)
    handle(request.case, ask.Urge(by=request.viewer.actor, key=asking.key(request)))
    messages.success(request, t("催了。对方和主管都会看到，期限照常走。"))
    return redirect("my-case", number)


@require_POST
@behind(MINE, page=my_case)
def send_message(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Say something in the case, with files if there are any."""
    form = typed.WhyForm(request.POST)
    files = request.FILES.getlist("files")
    if not form.is_valid():
        _take(request, files)
        messages.error(request, str(form.errors["text"][0]))
        return _again(request, number)
    text = str(form.cleaned_data["text"])
    if not text and not files:
        messages.error(request, t("还没写字，也没有选文件。写一句或选一个再发。"))
        return _again(request, number)
    allow_case(request, "message", most=60)
    asking.submit(request, files)
    if text:
        words = asking.sealed(request, text)
        handle(
            request.case,
            ask.SendMessage(by=request.viewer.actor, key=asking.key(request), text=words),
        )
    messages.success(request, t("发出了，已经记进案卷。"))
    return redirect("my-case", number)


def _take(
    request: SeatedRequest,
    files: asking.Files,
    kind: ProofKind = asking.PHOTO,
) -> None:
    """Take files in though their words must be changed: a browser does not send them again."""
    files = list(files)
    if files:
        allow_case(request, "upload", most=60)
        items = asking.submit(request, files, kind=kind)
        messages.success(request, t("收到 {n} 个文件，已经封存。", n=len(items)))


def _again(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Show the page again with what was typed still in it."""
    shown = my_case(request, number=number)
    if isinstance(shown, HttpResponse):
        shown.status_code = 422
    return shown


@require_POST
@behind(MINE, page=my_case)
def accept_offer(request: SeatedRequest, number: str, offer: str) -> HttpResponseBase:
    """Answer the button "accept this offer"."""
    command = ask.AcceptOffer(
        by=request.viewer.actor, key=asking.key(request), offer=OfferId(offer)
    )
    handle(request.case, command)
    messages.success(request, t("接受了。对方办好、您确认收到，才结案。"))
    return redirect("my-case", number)


@require_POST
@behind(MINE, page=my_case)
def reject_offer(request: SeatedRequest, number: str, offer: str) -> HttpResponseBase:
    """Answer the button "do not accept"."""
    command = ask.RejectOffer(
        by=request.viewer.actor, key=asking.key(request), offer=OfferId(offer)
    )
    handle(request.case, command)
    messages.success(request, t("没有接受。案件照常往下走，不会因此吃亏。"))
    return redirect("my-case", number)


@require_POST
@behind(MINE, page=my_case)
def confirm_fulfilment(request: SeatedRequest, number: str, remedy: str) -> HttpResponseBase:
    """Answer the button "it has arrived"."""
    handle(
        request.case,
        ask.ConfirmFulfilment(
            by=request.viewer.actor, key=asking.key(request), remedy=RemedyId(remedy)
        ),
    )
    messages.success(request, t("好，记下了。"))
    return redirect("my-case", number)


@require_POST
@behind(MINE, page=my_case)
def reopen(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Take a closed case up again with one tap."""
    command = ask.Reopen(by=request.viewer.actor, key=asking.key(request), because="taken-back")
    handle(request.case, command)
    messages.success(request, t("恢复了，接着原来的进度办。"))
    return redirect("my-case", number)


def _act(request: SeatedRequest, title: str, do: str, *, lead: str = "", silence: str = "") -> Act:
    page = queries.case_page(request.case, request.viewer)
    return Act(
        title=title,
        do=do,
        lead=lead,
        silence=silence,
        case=page.title,
        back="my-case",
        number=page.number,
    )


@behind(MINE)
def submit_evidence(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Add files to the case."""
    form = typed.EvidenceForm(request.POST or None, kinds=proof_kinds())
    files = request.FILES.getlist("attached")
    if asking.asked(request) and request.POST:
        valid = form.is_valid()
        _take(request, files, ProofKind(form.cleaned_data.get("kind", asking.PHOTO)))
        if valid and (files or form.cleaned_data["text"]):
            _say_beside(request, form)
            return redirect("my-case", number)
        if not files:
            form.add_error("attached", t("还没有选文件。"))
    about = t("照片、截图、录音、单据都行。封存以后谁也改不了，对方也能看到。")
    act = _act(request, t("补充证据"), t("交上去"), lead=about)
    return act_page(request, "my_case/act.html", act, form)


def proof_kinds(first: tuple[ProofKind, ...] = ()) -> list[tuple[str, str]]:
    """List the kinds of proof by name, some of them first."""
    kinds = dict.fromkeys((*first, *KINDS))
    return [(kind, said(f"law.proof.{kind}")) for kind in kinds]


def _say_beside(request: SeatedRequest, form: forms.Form) -> None:
    text = str(form.cleaned_data["text"])
    if text:
        words = asking.sealed(request, text)
        key = asking.key(request, "text")
        handle(request.case, ask.SendMessage(by=request.viewer.actor, key=key, text=words))


@behind(MINE)
def answer_request(request: SeatedRequest, number: str, request_id: str) -> HttpResponseBase:
    """Hand in what was asked for."""
    page = queries.case_page(request.case, request.viewer)
    wanted = next((r for r in page.requests if r.request == request_id), None)
    if wanted is None:
        raise NotAllowed("no-such-request")
    kinds = wanted.kinds
    form = typed.EvidenceForm(request.POST or None, kinds=proof_kinds(kinds))
    if asking.asked(request) and form.is_valid():
        kind = ProofKind(form.cleaned_data["kind"])
        files = request.FILES.getlist("attached")
        items = asking.submit(request, files, kind=kind, facts=(wanted.fact,))
        handle(
            request.case,
            ask.AnswerRequest(
                by=request.viewer.actor,
                key=asking.key(request),
                request=RequestId(request_id),
                evidence=items,
                text=asking.sealed_or_none(request, str(form.cleaned_data["text"])),
            ),
        )
        messages.success(request, t("交上去了，谢谢。这件事不会再问第二遍。"))
        return redirect("my-case", number)
    over = wanted.end not in {None, RequestEnd.ANSWERED}
    act = _act(request, t("补交材料：{fact}", fact=fact_name(wanted.fact)), t("交上去"),
               silence=t("这一问已经过期，补交的会标明时间。") if over else
               t("手头没有就写一句原因，不会因此吃亏。"))  # fmt: skip
    return act_page(request, "my_case/act.html", act, form)


@behind(MINE)
def make_offer(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Propose one's own settlement."""
    form = typed.OfferForm(request.POST or None)
    if asking.asked(request) and form.is_valid():
        data = form.cleaned_data
        remedy = Remedy(
            kind=RemedyKind(data["remedy"]),
            amount=data["amount"] or Fen(0),
            text=asking.sealed_or_none(request, str(data["text"])),
        )
        handle(
            request.case,
            ask.MakeOffer(
                by=request.viewer.actor,
                key=asking.key(request),
                remedy=remedy,
                fulfil_days=data["days"],
            ),
        )
        messages.success(request, t("发出了，等对方答复。"))
        return redirect("my-case", number)
    about = t("提方案不等于让步，谈不成案件照常往下走。")
    act = _act(request, t("提我的方案"), t("发给对方"), lead=about)
    return act_page(request, "my_case/act.html", act, form)


@behind(MINE)
def ask_takeover(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Wish the house to take over."""
    form = typed.WhyForm(request.POST or None)
    if asking.asked(request) and form.is_valid():
        text = asking.sealed_or_none(request, str(form.cleaned_data["text"]))
        handle(
            request.case,
            ask.AskTakeover(by=request.viewer.actor, key=asking.key(request), text=text),
        )
        messages.success(request, t("转给主管了。到期不答复，就算同意接手。"))
        return redirect("my-case", number)
    about = t("接手以后，服务台必须看材料、作裁定，不能再转给别人。")
    act = _act(request, t("请服务台直接接手"), t("请服务台接手"), lead=about)
    return act_page(request, "my_case/act.html", act, form)


@behind(MINE)
def dispute_fulfilment(request: SeatedRequest, number: str, remedy: str) -> HttpResponseBase:
    """Say that it has not arrived, or not as owed."""
    form = typed.SayWhyForm(request.POST or None)
    if asking.asked(request) and form.is_valid():
        handle(
            request.case,
            ask.DisputeFulfilment(
                by=request.viewer.actor,
                key=asking.key(request),
                remedy=RemedyId(remedy),
                text=asking.sealed(request, str(form.cleaned_data["text"])),
            ),
        )
        messages.success(request, t("记下了，案件不结，服务台接着查。"))
        return redirect("my-case", number)
    act = _act(request, t("没收到，或不对"), t("告诉服务台"), lead=t("案件不会结，会回到服务台。"))
    return act_page(request, "my_case/act.html", act, form)


@behind(MINE)
def appeal(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Ask for another look, with something new."""
    form = typed.AppealForm(request.POST or None)
    files = request.FILES.getlist("attached")
    if asking.asked(request) and not files:
        form.add_error("attached", t("申诉要有新的证据，请至少选一个文件。"))
    if asking.asked(request) and form.is_valid():
        items = asking.submit(request, files)
        text = asking.sealed(request, str(form.cleaned_data["text"]))
        key = asking.key(request)
        handle(
            request.case, ask.Appeal(by=request.viewer.actor, key=key, text=text, evidence=items)
        )
        messages.success(request, t("收到申诉，换一个人来看。"))
        return redirect("my-case", number)
    about = t("要有新的事实或证据。由没有参与过的人来看，费用不用您出。")
    act = _act(request, t("我不服，要申诉"), t("提交申诉"), lead=about)
    return act_page(request, "my_case/act.html", act, form)


@behind(MINE)
def withdraw(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Take the complaint back, saying why."""
    form = typed.WithdrawForm(request.POST or None)
    if asking.asked(request) and form.is_valid():
        handle(
            request.case,
            ask.Withdraw(
                by=request.viewer.actor,
                key=asking.key(request),
                why=form.cleaned_data["why"],
                text=asking.sealed_or_none(request, str(form.cleaned_data["text"])),
            ),
        )
        messages.success(request, t("撤回了。30 天内点一下就能恢复。"))
        return redirect("my-case", number)
    about = t("撤回后案件停下，对方不用再办。30 天内点一下就能恢复，接着原来的进度。")
    act = _act(request, t("撤回投诉"), t("撤回"), silence=about)
    return act_page(request, "my_case/act.html", act, form)
