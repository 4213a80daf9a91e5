"""The respondent's answer, by a signed link and without an account."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from buckstop.domain.cases import commands as ask
from buckstop.domain.words.event import Channel
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
from buckstop.records.cases.handle import handle
from buckstop.records.evidence import actions as vault
from buckstop.records.evidence.queries import draft as draft_of
from buckstop.web import asking
from buckstop.web.doors import behind
from buckstop.web.forms.answer import AnswerForm, ItemForm
from buckstop.web.forms.fields import without_what_nobody_typed
from buckstop.web.language import t
from buckstop.web.limits import allow_case
from buckstop.web.seats import RESPONDENT, SeatedRequest
from buckstop.web.sights.answer import answer_page
from buckstop.web.sights.names import names_of

_FORM = "answer"
_FIELDS = (
    "answer", "agree_days", "remedy", "amount", "plan", "offer_days", "ground", "ground_text",
    "bounce", "bounce_text", "to", "pass_text",
)  # fmt: skip


@never_cache
@behind(RESPONDENT)
def answer(request: SeatedRequest, number: str, party: str) -> HttpResponseBase:
    """Show what is claimed; take the answer."""
    wrong = ""
    if asking.asked(request):
        typed = {name: request.POST.get(name, "") for name in _FIELDS}
        if request.POST.get("go") == "keep":
            vault.save_draft(request.house, request.case, request.viewer.party, _FORM, typed)
            messages.success(request, t("存好了。打开同一个链接就能接着写。"))
            return redirect("answer", number, party)
        form = AnswerForm(request.POST)
        if form.is_valid():
            _send(request, form)
            vault.drop_draft(request.case, request.viewer.party, _FORM)
            messages.success(request, t("收到您的答复，已经记进案卷，回执会发给您。"))
            return redirect("answer", number, party)
        wrong = form.first_error
    return _shown(request, wrong=wrong)


def _shown(request: SeatedRequest, *, wrong: str = "") -> HttpResponse:
    page = queries.case_page(request.case, request.viewer)
    typed = dict(draft_of(request.case, request.viewer.party, _FORM))
    if any(name in request.POST for name in _FIELDS):
        typed = {name: without_what_nobody_typed(request.POST.get(name, "")) for name in _FIELDS}
    shown = answer_page(page, names_of(page), typed, wrong=wrong)
    return render(request, "answers/answer.html", {"page": shown}, status=422 if wrong else 200)


def _send(request: SeatedRequest, form: AnswerForm) -> None:
    allow_case(request, "answer", most=40)
    match form.cleaned_data["answer"]:
        case "agree":
            handle(request.case, _agree(request, form))
        case "offer":
            handle(request.case, _offer(request, form))
        case "refuse":
            handle(request.case, _refuse(request, form))
        case "bounce":
            handle(request.case, _bounce(request, form))
        case "pass":
            handle(request.case, _pass(request, form))


def _agree(request: SeatedRequest, form: AnswerForm) -> ask.AgreeClaim:
    return ask.AgreeClaim(
        by=request.viewer.actor,
        key=asking.key(request),
        channel=Channel.LINK,
        fulfil_days=form.cleaned_data["agree_days"] or 7,
    )


def _offer(request: SeatedRequest, form: AnswerForm) -> ask.MakeOffer:
    data = form.cleaned_data
    remedy = Remedy(
        kind=RemedyKind(data["remedy"]),
        amount=data["amount"] or Fen(0),
        text=asking.sealed_or_none(request, str(data["plan"])),
    )
    return ask.MakeOffer(
        by=request.viewer.actor,
        key=asking.key(request),
        channel=Channel.LINK,
        remedy=remedy,
        fulfil_days=data["offer_days"] or 7,
    )


def _refuse(request: SeatedRequest, form: AnswerForm) -> ask.Refuse:
    ground = form.cleaned_data["ground"]
    return ask.Refuse(
        by=request.viewer.actor,
        key=asking.key(request),
        channel=Channel.LINK,
        ground=ground,
        evidence=_proofs(request, ground),
        text=asking.sealed_or_none(request, str(form.cleaned_data["ground_text"])),
    )


def _bounce(request: SeatedRequest, form: AnswerForm) -> ask.BounceBall:
    ground = form.cleaned_data["bounce"]
    return ask.BounceBall(
        by=request.viewer.actor,
        key=asking.key(request),
        channel=Channel.LINK,
        ground=ground,
        evidence=_proofs(request, ground),
        sentence=asking.sealed(
            request, str(form.cleaned_data["bounce_text"]) or t("按列明的理由退回。")
        ),
    )


def _pass(request: SeatedRequest, form: AnswerForm) -> ask.PassBall:
    return ask.PassBall(
        by=request.viewer.actor,
        key=asking.key(request),
        channel=Channel.LINK,
        reason="handed-on",
        expected="respond",
        sentence=asking.sealed(request, str(form.cleaned_data["pass_text"])),
        to=PartyId(form.cleaned_data["to"]),
    )


def _proofs(request: SeatedRequest, ground: str) -> tuple[EvidenceId, ...]:
    """Put the files that came with a ground into the case, each as the kind it was given for."""
    items: tuple[EvidenceId, ...] = ()
    stem = f"proof-{ground}-"
    for name in request.FILES:
        if not name.startswith(stem):
            continue
        kind = name.removeprefix(stem)
        files = request.FILES.getlist(name)
        told = request.POST.get(f"issuer-{ground}-{kind}", "")
        items += asking.submit(
            request,
            files,
            kind=ProofKind(kind),
            step=f"proof-{kind}",
            issuer=PartyRole(told) if told in set(PartyRole) else None,
        )
    return items


def _items(request: SeatedRequest) -> tuple[tuple[EvidenceId, ...], str]:
    form = ItemForm(request.POST)
    if not form.is_valid():
        raise ValidationError(str(form.errors["text"][0]))
    kind = ProofKind(request.POST.get("kind") or asking.PHOTO)
    return asking.submit(request, request.FILES.getlist("files"), kind=kind), str(
        form.cleaned_data["text"]
    )


@require_POST
@behind(RESPONDENT, page=answer)
def answer_as_party(
    request: SeatedRequest, number: str, party: str, request_id: str
) -> HttpResponseBase:
    """Hand in what a respondent was asked to prove."""
    try:
        items, text = _items(request)
    except ValidationError as error:
        return _shown(request, wrong=str(error.message))
    handle(
        request.case,
        ask.AnswerRequest(
            by=request.viewer.actor,
            key=asking.key(request),
            channel=Channel.LINK,
            request=RequestId(request_id),
            evidence=items,
            text=asking.sealed_or_none(request, text),
        ),
    )
    messages.success(request, t("收到了，已经封存，回执会发给您。"))
    return redirect("answer", number, party)


@require_POST
@behind(RESPONDENT, page=answer)
def accept_offer(request: SeatedRequest, number: str, party: str, offer: str) -> HttpResponseBase:
    """Accept what the consumer offered."""
    handle(
        request.case,
        ask.AcceptOffer(
            by=request.viewer.actor,
            key=asking.key(request),
            channel=Channel.LINK,
            offer=OfferId(offer),
        ),
    )
    messages.success(request, t("接受了。请在期限内办好，交凭证。"))
    return redirect("answer", number, party)


@require_POST
@behind(RESPONDENT, page=answer)
def reject_offer(request: SeatedRequest, number: str, party: str, offer: str) -> HttpResponseBase:
    """Do not accept what the consumer offered."""
    handle(
        request.case,
        ask.RejectOffer(
            by=request.viewer.actor,
            key=asking.key(request),
            channel=Channel.LINK,
            offer=OfferId(offer),
        ),
    )
    messages.success(request, t("没有接受。案件照常往下走。"))
    return redirect("answer", number, party)


@require_POST
@behind(RESPONDENT, page=answer)
def deliver_task(request: SeatedRequest, number: str, party: str) -> HttpResponseBase:
    """Hand in what was expected."""
    try:
        items, text = _items(request)
    except ValidationError as error:
        return _shown(request, wrong=str(error.message))
    handle(
        request.case,
        ask.DeliverTask(
            by=request.viewer.actor,
            key=asking.key(request),
            channel=Channel.LINK,
            evidence=items,
            text=asking.sealed_or_none(request, text),
        ),
    )
    messages.success(request, t("收到了，已经记进案卷。"))
    return redirect("answer", number, party)


@require_POST
@behind(RESPONDENT, page=answer)
def prove_fulfilment(
    request: SeatedRequest, number: str, party: str, remedy: str
) -> HttpResponseBase:
    """Show that what is owed was done."""
    try:
        items, text = _items(request)
    except ValidationError as error:
        return _shown(request, wrong=str(error.message))
    if not request.FILES:
        return _shown(request, wrong=t("请附上凭证，比如退款流水、维修单、快递单的照片。"))
    if items:  # sent twice, they came in the first time
        handle(
            request.case,
            ask.ProveFulfilment(
                by=request.viewer.actor,
                key=asking.key(request),
                channel=Channel.LINK,
                remedy=RemedyId(remedy),
                evidence=items[0],
            ),
        )
    if text:
        words = asking.sealed(request, text)
        key = asking.key(request, "text")
        handle(
            request.case,
            ask.SendMessage(by=request.viewer.actor, key=key, channel=Channel.LINK, text=words),
        )
    messages.success(request, t("收到凭证，等消费者确认。"))
    return redirect("answer", number, party)


@require_POST
@behind(RESPONDENT, page=answer)
def submit_evidence(request: SeatedRequest, number: str, party: str) -> HttpResponseBase:
    """Add files to the case, with a word on them."""
    try:
        items, text = _items(request)
    except ValidationError as error:
        return _shown(request, wrong=str(error.message))
    if not items:
        return _shown(request, wrong=t("还没有选文件。"))
    if text:
        key, words = asking.key(request, "text"), asking.sealed(request, text)
        by = request.viewer.actor
        handle(request.case, ask.SendMessage(by=by, key=key, channel=Channel.LINK, text=words))
    messages.success(request, t("收到了，已经封存，回执会发给您。"))
    return redirect("answer", number, party)


@require_POST
@behind(RESPONDENT, page=answer)
def appeal(request: SeatedRequest, number: str, party: str) -> HttpResponseBase:
    """Ask for another look, with something new."""
    try:
        items, text = _items(request)
    except ValidationError as error:
        return _shown(request, wrong=str(error.message))
    if not text:
        return _shown(request, wrong=t("请写清楚哪里不对。"))
    handle(
        request.case,
        ask.Appeal(
            by=request.viewer.actor,
            key=asking.key(request),
            channel=Channel.LINK,
            text=asking.sealed(request, text),
            evidence=items,
        ),
    )
    messages.success(request, t("收到申诉，换一个人来看。"))
    return redirect("answer", number, party)


@require_POST
@behind(RESPONDENT, page=answer)
def withdraw_offer(
    request: SeatedRequest, number: str, party: str, offer: str
) -> HttpResponseBase:
    """Take one's own offer back."""
    handle(
        request.case,
        ask.WithdrawOffer(
            by=request.viewer.actor,
            key=asking.key(request),
            channel=Channel.LINK,
            offer=OfferId(offer),
        ),
    )
    messages.success(request, t("方案收回了。案件照常往下走。"))
    return redirect("answer", number, party)


@require_POST
@behind(RESPONDENT, page=answer)
def contradict_record(
    request: SeatedRequest, number: str, party: str, record: str
) -> HttpResponseBase:
    """Set a record of one's own against what the consumer recorded."""
    try:
        items, text = _items(request)
    except ValidationError as error:
        return _shown(request, wrong=str(error.message))
    if not items:
        return _shown(request, wrong=t("要附上相反的记录，比如录音或聊天截图。"))
    by, key = request.viewer.actor, asking.key(request)
    handle(
        request.case,
        ask.ContradictRecord(
            by=by, key=key, channel=Channel.LINK, record=RecordId(record), evidence=items[0]
        ),
    )
    if text:
        words, key = asking.sealed(request, text), asking.key(request, "text")
        handle(request.case, ask.SendMessage(by=by, key=key, channel=Channel.LINK, text=words))
    messages.success(request, t("交上去了，消费者会看到这份相反的记录。"))
    return redirect("answer", number, party)
