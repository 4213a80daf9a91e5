"""My case: its page, and what its consumer does with it."""

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import RequestEnd
from buckstop.domain.words.ids import OfferId, ProofKind, RemedyId, RequestId
from buckstop.domain.words.money import Fen
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.purchase import Remedy, RemedyKind
from buckstop.records.cases import queries
from buckstop.web import asking
from buckstop.web.asking import signed
from buckstop.web.doors import behind
from buckstop.web.drawer import drawer_of
from buckstop.web.forms import my_case as typed
from buckstop.web.forms.reach import ReachForm
from buckstop.web.language import fact_name, said, t
from buckstop.web.limits import allow_case
from buckstop.web.reaching import contact_given, mark_anew
from buckstop.web.refusing import Unfit
from buckstop.web.seats import MINE, SeatedRequest
from buckstop.web.sights.choices import reachable
from buckstop.web.sights.my_case import my_case as sight
from buckstop.web.sights.names import names_of
from buckstop.web.sights.ties import first_of
from buckstop.web.views.acts import Act, act_page, done

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
    del number
    allow_case(request, "urge", most=20)
    words = t("催了。对方和主管都会看到，期限照常走。")
    return done(request, words, ask.Urge(**signed(request)))


@require_POST
@behind(MINE, page=my_case)
def send_message(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Say something in the case, with files if there are any."""
    del number
    drawer = drawer_of(request)
    form = typed.WhyForm(**drawer.typing)
    if not form.is_valid():
        raise Unfit(str(form.errors["text"][0]))
    text = str(form.cleaned_data["text"])
    if not text and not drawer.files:
        raise Unfit(t("还没写字，也没有选文件。写一句或选一个再发。"))
    allow_case(request, "message", most=60)
    drawer.submit("files")
    said_now = asking.beside(request, text)
    return done(request, t("发出了，已经记进案卷。"), *said_now, drawer=drawer)


@require_POST
@behind(MINE, page=my_case)
def accept_offer(request: SeatedRequest, number: str, offer: str) -> HttpResponseBase:
    """Answer the button "accept this offer"."""
    del number
    words = t("接受了。对方办好、您确认收到，才结案。")
    return done(request, words, ask.AcceptOffer(**signed(request), offer=OfferId(offer)))


@require_POST
@behind(MINE, page=my_case)
def reject_offer(request: SeatedRequest, number: str, offer: str) -> HttpResponseBase:
    """Answer the button "do not accept"."""
    del number
    words = t("没有接受。案件照常往下走，不会因此吃亏。")
    return done(request, words, ask.RejectOffer(**signed(request), offer=OfferId(offer)))


@require_POST
@behind(MINE, page=my_case)
def confirm_fulfilment(request: SeatedRequest, number: str, remedy: str) -> HttpResponseBase:
    """Answer the button "it has arrived"."""
    del number
    command = ask.ConfirmFulfilment(**signed(request), remedy=RemedyId(remedy))
    return done(request, t("好，记下了。"), command)


@require_POST
@behind(MINE, page=my_case)
def reopen(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Take a closed case up again with one tap."""
    del number
    command = ask.Reopen(**signed(request), because="taken-back")
    return done(request, t("恢复了，接着原来的进度办。"), command)


def asks_for(  # noqa: PLR0913 - what such a page says
    request: SeatedRequest,
    form: forms.Form,
    title: str,
    do: str,
    *,
    lead: str = "",
    silence: str = "",
) -> HttpResponse:
    """Show the page that asks the consumer for what an act needs."""
    page = queries.case_page(request.case, request.viewer)
    act = Act(
        title=title,
        do=do,
        lead=lead,
        silence=silence,
        case=page.title,
        back="my-case",
        number=page.number,
    )
    return act_page(request, "my_case/act.html", act, form)


@behind(MINE)
def submit_evidence(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Add files to the case."""
    del number
    drawer = drawer_of(request)
    form = typed.EvidenceForm(**drawer.typing, kinds=proof_kinds())
    if asking.asked(request) and form.is_valid():
        text = str(form.cleaned_data["text"])
        if drawer.files or text:
            items = drawer.submit("attached", kind=ProofKind(form.cleaned_data["kind"]))
            words = t("收到 {n} 个文件，已经封存。", n=len(items)) if items else t("记下了。")
            return done(request, words, *asking.beside(request, text), drawer=drawer)
        form.add_error("attached", t("还没有选文件。"))
    about = t("照片、截图、录音、单据都行。封存以后谁也改不了，对方也能看到。")
    return asks_for(request, form, t("补充证据"), t("交上去"), lead=about)


def proof_kinds(first: tuple[ProofKind, ...] = ()) -> list[tuple[str, str]]:
    """List the kinds of proof by name, some of them first."""
    kinds = dict.fromkeys((*first, *KINDS))
    return [(kind, said(f"law.proof.{kind}")) for kind in kinds]


@behind(MINE)
def answer_request(request: SeatedRequest, number: str, request_id: str) -> HttpResponseBase:
    """Hand in what was asked for."""
    del number
    page = queries.case_page(request.case, request.viewer)
    wanted = next((line for line in page.requests if line.request == request_id), None)
    if wanted is None:
        raise NotAllowed("no-such-request")
    drawer = drawer_of(request)
    form = typed.EvidenceForm(**drawer.typing, kinds=proof_kinds(wanted.kinds))
    if asking.asked(request) and form.is_valid():
        kind = ProofKind(form.cleaned_data["kind"])
        command = ask.AnswerRequest(
            **signed(request),
            request=RequestId(request_id),
            evidence=drawer.submit("attached", kind=kind, facts=(wanted.fact,)),
            text=asking.sealed_or_none(request, str(form.cleaned_data["text"])),
        )
        words = t("交上去了，谢谢。这件事不会再问第二遍。")
        return done(request, words, command, drawer=drawer)
    over = wanted.end not in {None, RequestEnd.ANSWERED}
    silence = t("手头没有就写一句原因，不会因此吃亏。")
    if over:
        silence = t("这一问已经过期，补交的会标明时间。")
    title = t("补交材料：{fact}", fact=fact_name(wanted.fact))
    return asks_for(request, form, title, t("交上去"), silence=silence)


@behind(MINE)
def give_contact(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Tell how oneself can be reached now, or a shop that nobody could reach."""
    del number
    page = queries.case_page(request.case, request.viewer)
    of = request.GET.get("of", "")
    form = ReachForm(asking.posted(request), parties=reachable(page), of=of)
    if asking.asked(request) and form.is_valid():
        words = t("记下了，以后通知发到这里。")
        answer = done(request, words, contact_given(request, form.cleaned_data))
        mark_anew(request, form.cleaned_data)
        return answer
    about = t("写了新的，旧的就不用了。店家的，只在联系不上的时候由您补。")
    return asks_for(request, form, t("改联系方式"), t("就用这个"), lead=about)


@behind(MINE)
def make_offer(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Propose one's own settlement."""
    del number
    drawer = drawer_of(request)
    form = typed.OfferForm(**drawer.typing)
    if asking.asked(request) and form.is_valid():
        data = form.cleaned_data
        remedy = Remedy(
            kind=RemedyKind(data["remedy"]),
            amount=data["amount"] or Fen(0),
            text=asking.sealed_or_none(request, str(data["text"])),
        )
        command = ask.MakeOffer(**signed(request), remedy=remedy, fulfil_days=data["days"])
        return done(request, t("发出了，等对方答复。"), command, drawer=drawer)
    about = t("提方案不等于让步，谈不成案件照常往下走。")
    return asks_for(request, form, t("提我的方案"), t("发给对方"), lead=about)


@behind(MINE)
def ask_takeover(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Wish the house to take over."""
    del number
    drawer = drawer_of(request)
    form = typed.WhyForm(**drawer.typing)
    if asking.asked(request) and form.is_valid():
        text = asking.sealed_or_none(request, str(form.cleaned_data["text"]))
        words = t("转给主管了。到期不答复，就算同意接手。")
        return done(request, words, ask.AskTakeover(**signed(request), text=text), drawer=drawer)
    about = t("接手以后，服务台必须看材料、作裁定，不能再转给别人。")
    return asks_for(request, form, t("请服务台直接接手"), t("请服务台接手"), lead=about)


@behind(MINE)
def dispute_fulfilment(request: SeatedRequest, number: str, remedy: str) -> HttpResponseBase:
    """Say that it has not arrived, or not as owed."""
    del number
    drawer = drawer_of(request)
    form = typed.SayWhyForm(**drawer.typing)
    if asking.asked(request) and form.is_valid():
        text = asking.sealed(request, str(form.cleaned_data["text"]))
        command = ask.DisputeFulfilment(**signed(request), remedy=RemedyId(remedy), text=text)
        return done(request, t("记下了，案件不结，服务台接着查。"), command, drawer=drawer)
    about = t("案件不会结，会回到服务台。")
    return asks_for(request, form, t("没收到，或不对"), t("告诉服务台"), lead=about)


@behind(MINE)
def appeal(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Ask for another look, with something new."""
    del number
    drawer = drawer_of(request)
    form = typed.AppealForm(**drawer.typing)
    if asking.asked(request) and not drawer.files:
        form.add_error("attached", t("申诉要有新的证据，请至少选一个文件。"))
    if asking.asked(request) and form.is_valid():
        items = drawer.submit("attached")
        text = asking.sealed(request, str(form.cleaned_data["text"]))
        command = ask.Appeal(**signed(request), text=text, evidence=items)
        return done(request, t("收到申诉，换一个人来看。"), command, drawer=drawer)
    about = t("要有新的事实或证据。由没有参与过的人来看，费用不用您出。")
    return asks_for(request, form, t("我不服，要申诉"), t("提交申诉"), lead=about)


@behind(MINE)
def withdraw(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Take the complaint back, saying why."""
    del number
    drawer = drawer_of(request)
    form = typed.WithdrawForm(**drawer.typing)
    if asking.asked(request) and form.is_valid():
        text = asking.sealed_or_none(request, str(form.cleaned_data["text"]))
        command = ask.Withdraw(**signed(request), why=form.cleaned_data["why"], text=text)
        words = t("撤回了。30 天内点一下就能恢复。")
        return done(request, words, command, drawer=drawer)
    about = t("撤回后案件停下，对方不用再办。30 天内点一下就能恢复，接着原来的进度。")
    return asks_for(request, form, t("撤回投诉"), t("撤回"), silence=about)
