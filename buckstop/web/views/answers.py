"""The respondent's answer, by a signed link and without an account."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from buckstop.domain.cases import commands as ask
from buckstop.domain.words.ids import (
    EvidenceId,
    OfferId,
    PartyId,
    ProofKind,
    RecordId,
    RemedyId,
    RequestId,
)
from buckstop.domain.words.money import Fen
from buckstop.domain.words.party import PartyRole
from buckstop.domain.words.purchase import Remedy, RemedyKind
from buckstop.records.cases import queries
from buckstop.web import asking
from buckstop.web.asking import signed
from buckstop.web.doors import behind
from buckstop.web.drawer import Drawer, drawer_of, look
from buckstop.web.forms.answer import AnswerForm, ItemForm
from buckstop.web.forms.reach import ReachForm
from buckstop.web.language import t
from buckstop.web.limits import allow_case
from buckstop.web.reaching import contact_given
from buckstop.web.refusing import Unfit
from buckstop.web.seats import RESPONDENT, SeatedRequest
from buckstop.web.sights.answer import answer_page
from buckstop.web.sights.choices import reachable
from buckstop.web.sights.names import names_of
from buckstop.web.views.acts import Act, act_page, done


@behind(RESPONDENT)
def answer(request: SeatedRequest, number: str, party: str) -> HttpResponseBase:
    """Show what is claimed; take the answer."""
    del number, party
    if not asking.asked(request):
        return _shown(request)
    drawer = drawer_of(request)
    if request.POST.get("go") == "keep":
        messages.success(request, t("存好了。打开同一个链接就能接着写。"))
        return redirect(request.home)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        request.wrong = form.errors
        return _shown(request, wrong=form.first_error)
    allow_case(request, "answer", most=40)
    words = t("收到您的答复，已经记进案卷，回执会发给您。")
    command = _COMMANDS[form.cleaned_data["answer"]](drawer, form)
    return done(request, words, command, drawer=drawer)


def _shown(request: SeatedRequest, *, wrong: str = "") -> HttpResponse:
    page = queries.case_page(request.case, request.viewer)
    drawer = look(request, request.home)
    shown = answer_page(page, names_of(page), drawer, wrong=wrong)
    return render(request, "answers/answer.html", {"page": shown}, status=422 if wrong else 200)


def _agree(drawer: Drawer, form: AnswerForm) -> ask.Command:
    days = form.cleaned_data["agree_days"] or 7
    return ask.AgreeClaim(**signed(drawer.request), fulfil_days=days)


def _offer(drawer: Drawer, form: AnswerForm) -> ask.Command:
    data = form.cleaned_data
    remedy = Remedy(
        kind=RemedyKind(data["remedy"]),
        amount=data["amount"] or Fen(0),
        text=asking.sealed_or_none(drawer.request, str(data["plan"])),
    )
    days = data["offer_days"] or 7
    return ask.MakeOffer(**signed(drawer.request), remedy=remedy, fulfil_days=days)


def _refuse(drawer: Drawer, form: AnswerForm) -> ask.Command:
    ground = form.cleaned_data["ground"]
    return ask.Refuse(
        **signed(drawer.request),
        ground=ground,
        evidence=_proofs(drawer, ground),
        text=asking.sealed_or_none(drawer.request, str(form.cleaned_data["ground_text"])),
    )


def _bounce(drawer: Drawer, form: AnswerForm) -> ask.Command:
    ground = form.cleaned_data["bounce"]
    text = str(form.cleaned_data["bounce_text"]) or t("按列明的理由退回。")
    return ask.BounceBall(
        **signed(drawer.request),
        ground=ground,
        evidence=_proofs(drawer, ground),
        sentence=asking.sealed(drawer.request, text),
    )


def _pass(drawer: Drawer, form: AnswerForm) -> ask.Command:
    return ask.PassBall(
        **signed(drawer.request),
        reason="handed-on",
        expected="respond",
        sentence=asking.sealed(drawer.request, str(form.cleaned_data["pass_text"])),
        to=PartyId(form.cleaned_data["to"]),
    )


_COMMANDS = {
    "agree": _agree,
    "offer": _offer,
    "refuse": _refuse,
    "bounce": _bounce,
    "pass": _pass,
}


def _proofs(drawer: Drawer, ground: str) -> tuple[EvidenceId, ...]:
    """Put the files chosen for a ground into the case, each as the kind it was given for."""
    items: tuple[EvidenceId, ...] = ()
    stem = f"proof-{ground}-"
    for name in dict.fromkeys(waiting.field for waiting in drawer.files):
        if name.startswith(stem):
            kind = name.removeprefix(stem)
            issuer = _issuer(drawer.typed.get(f"issuer-{ground}-{kind}", ""))
            items += drawer.submit(name, kind=ProofKind(kind), issuer=issuer)
    return items


def _issuer(told: str) -> PartyRole | None:
    return PartyRole(told) if told in set(PartyRole) else None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Handed:
    """What was written into one of the small forms, and the files chosen for it."""

    drawer: Drawer
    text: str

    def submit(self) -> tuple[EvidenceId, ...]:
        """Put the files into the case, as what they are said to be."""
        told = self.drawer.typed
        kind = ProofKind(told.get("kind") or asking.PHOTO)
        return self.drawer.submit("files", kind=kind, issuer=_issuer(told.get("issuer", "")))


def _handed(request: SeatedRequest, *, needs_file: str = "", needs_text: str = "") -> _Handed:
    """Read a small form; what it needs and does not have is asked for in these words."""
    drawer = drawer_of(request)
    form = ItemForm(request.POST)
    if not form.is_valid():
        raise Unfit(str(form.errors["text"][0]))
    text = str(form.cleaned_data["text"])
    if needs_file and not drawer.files:
        raise Unfit(needs_file)
    if needs_text and not text:
        raise Unfit(needs_text)
    return _Handed(drawer=drawer, text=text)


@require_POST
@behind(RESPONDENT, page=answer)
def answer_as_party(
    request: SeatedRequest, number: str, party: str, request_id: str
) -> HttpResponseBase:
    """Hand in what a respondent was asked to prove."""
    del number, party
    handed = _handed(request)
    command = ask.AnswerRequest(
        **signed(request),
        request=RequestId(request_id),
        evidence=handed.submit(),
        text=asking.sealed_or_none(request, handed.text),
    )
    return done(request, t("收到了，已经封存，回执会发给您。"), command, drawer=handed.drawer)


@require_POST
@behind(RESPONDENT, page=answer)
def accept_offer(request: SeatedRequest, number: str, party: str, offer: str) -> HttpResponseBase:
    """Accept what the consumer offered."""
    del number, party
    words = t("接受了。请在期限内办好，交凭证。")
    return done(request, words, ask.AcceptOffer(**signed(request), offer=OfferId(offer)))


@require_POST
@behind(RESPONDENT, page=answer)
def reject_offer(request: SeatedRequest, number: str, party: str, offer: str) -> HttpResponseBase:
    """Do not accept what the consumer offered."""
    del number, party
    words = t("没有接受。案件照常往下走。")
    return done(request, words, ask.RejectOffer(**signed(request), offer=OfferId(offer)))


@require_POST
@behind(RESPONDENT, page=answer)
def withdraw_offer(
    request: SeatedRequest, number: str, party: str, offer: str
) -> HttpResponseBase:
    """Take one's own offer back."""
    del number, party
    words = t("方案收回了。案件照常往下走。")
    return done(request, words, ask.WithdrawOffer(**signed(request), offer=OfferId(offer)))


@require_POST
@behind(RESPONDENT, page=answer)
def deliver_task(request: SeatedRequest, number: str, party: str) -> HttpResponseBase:
    """Hand in what was expected."""
    del number, party
    handed = _handed(request)
    text = asking.sealed_or_none(request, handed.text)
    command = ask.DeliverTask(**signed(request), evidence=handed.submit(), text=text)
    return done(request, t("收到了，已经记进案卷。"), command, drawer=handed.drawer)


@require_POST
@behind(RESPONDENT, page=answer)
def prove_fulfilment(
    request: SeatedRequest, number: str, party: str, remedy: str
) -> HttpResponseBase:
    """Show that what is owed was done."""
    del number, party
    missing = t("请附上凭证，比如退款流水、维修单、快递单的照片。")
    handed = _handed(request, needs_file=missing)
    proof, *_ = handed.submit()
    command = ask.ProveFulfilment(**signed(request), remedy=RemedyId(remedy), evidence=proof)
    beside = asking.beside(request, handed.text)
    return done(request, t("收到凭证，等消费者确认。"), command, *beside, drawer=handed.drawer)


@require_POST
@behind(RESPONDENT, page=answer)
def submit_evidence(request: SeatedRequest, number: str, party: str) -> HttpResponseBase:
    """Add files to the case, with a word on them."""
    del number, party
    handed = _handed(request, needs_file=t("还没有选文件。"))
    handed.submit()
    beside = asking.beside(request, handed.text)
    return done(request, t("收到了，已经封存，回执会发给您。"), *beside, drawer=handed.drawer)


@behind(RESPONDENT)
def give_contact(request: SeatedRequest, number: str, party: str) -> HttpResponseBase:
    """Tell how the respondent itself can be reached now."""
    page = queries.case_page(request.case, request.viewer)
    form = ReachForm(asking.posted(request), parties=reachable(page))
    if asking.asked(request) and form.is_valid():
        words = t("记下了，以后通知发到这里。")
        return done(request, words, contact_given(request, form.cleaned_data))
    act = Act(
        title=t("改联系方式"),
        do=t("就用这个"),
        lead=t("写了新的，旧的就不用了。还没到期的通知会再发到这里，期限照常走。"),
        case=page.title,
        back="answer",
        number=number,
        party=party,
    )
    return act_page(request, "answers/act.html", act, form)


@require_POST
@behind(RESPONDENT, page=answer)
def appeal(request: SeatedRequest, number: str, party: str) -> HttpResponseBase:
    """Ask for another look, with something new."""
    del number, party
    handed = _handed(request, needs_text=t("请写清楚哪里不对。"))
    text = asking.sealed(request, handed.text)
    command = ask.Appeal(**signed(request), text=text, evidence=handed.submit())
    return done(request, t("收到申诉，换一个人来看。"), command, drawer=handed.drawer)


@require_POST
@behind(RESPONDENT, page=answer)
def contradict_record(
    request: SeatedRequest, number: str, party: str, record: str
) -> HttpResponseBase:
    """Set a record of one's own against what the consumer recorded."""
    del number, party
    handed = _handed(request, needs_file=t("要附上相反的记录，比如录音或聊天截图。"))
    proof, *_ = handed.submit()
    command = ask.ContradictRecord(**signed(request), record=RecordId(record), evidence=proof)
    beside = asking.beside(request, handed.text)
    words = t("交上去了，消费者会看到这份相反的记录。")
    return done(request, words, command, *beside, drawer=handed.drawer)
