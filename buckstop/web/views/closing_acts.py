"""The desk's acts towards the end: to offer, to show what was done, to hand over, to go on."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from buckstop.domain.cases import commands as ask
from buckstop.domain.words.ids import OfferId, RemedyId
from buckstop.domain.words.money import Fen
from buckstop.domain.words.purchase import Remedy, RemedyKind
from buckstop.records.cases.handle import handle
from buckstop.records.cases.page import CasePage
from buckstop.records.people.access import Capacity
from buckstop.web import asking
from buckstop.web.doors import behind
from buckstop.web.forms import closing, proof
from buckstop.web.forms.my_case import OfferForm
from buckstop.web.language import said, t
from buckstop.web.seats import CASE, SUPERVISED, SeatedRequest
from buckstop.web.sights import choices
from buckstop.web.sights.names import names_of
from buckstop.web.views import cases
from buckstop.web.views.small_forms import Ask, Typed, item, small_form

_REGULATOR = "regulator"


def _offer_form(request: SeatedRequest, _page: CasePage) -> OfferForm:
    return OfferForm(asking.posted(request))


def _offer(request: SeatedRequest, _page: CasePage, data: Typed) -> ask.MakeOffer:
    remedy = Remedy(
        kind=RemedyKind(data["remedy"]),
        amount=data["amount"] or Fen(0),
        text=asking.sealed_or_none(request, data["text"]),
    )
    return ask.MakeOffer(
        **asking.signed(request),
        remedy=remedy,
        fulfil_days=data["days"],
    )


make_offer = small_form(
    Ask(
        title="由本机构提方案",
        do="发给消费者",
        done="发出了，等消费者答复。",
        lead="消费者接受就有约束力，由本机构办好。不接受，不影响别的。",
        form=_offer_form,
        command=_offer,
    ),
    SUPERVISED,
)


def _withdraw_form(request: SeatedRequest, page: CasePage) -> closing.WithdrawOfferForm:
    return closing.WithdrawOfferForm(asking.posted(request), offers=choices.own_offers(page))


def _withdraw(request: SeatedRequest, _page: CasePage, data: Typed) -> ask.WithdrawOffer:
    return ask.WithdrawOffer(**asking.signed(request), offer=OfferId(data["offer"]))


withdraw_offer = small_form(
    Ask(
        title="撤回本机构的方案",
        do="撤回",
        done="方案撤回了，消费者会看到。",
        form=_withdraw_form,
        command=_withdraw,
    ),
    SUPERVISED,
)


def _done_form(request: SeatedRequest, page: CasePage) -> proof.ShownForm:
    return proof.ShownForm(
        asking.posted(request),
        request.FILES or None,
        label=t("办好的是哪一件"),
        what=choices.remedies(page, names_of(page)),
        items=choices.items(page),
        steps=True,
    )


def _done(request: SeatedRequest, _page: CasePage, data: Typed) -> ask.ProveFulfilment:
    (evidence,) = item(request, data)
    return ask.ProveFulfilment(
        **asking.signed(request),
        remedy=RemedyId(data["what"]),
        evidence=evidence,
        complete=data["complete"] == "yes",
    )


prove_fulfilment = small_form(
    Ask(
        title="办好了，交凭证",
        do="交凭证",
        done="凭证收进来了。",
        lead="凭证要在定下来之后交。全部办好了，就请消费者确认。",
        form=_done_form,
        command=_done,
    )
)


@require_POST
@behind(CASE, page=cases.case)
def close_unreachable(request: SeatedRequest, number: str) -> HttpResponseBase:
    """End the case of a consumer whom no reminder reached."""
    handle(request.case, ask.CloseUnreachable(**asking.signed(request)))
    messages.success(request, t("结案了，写明是联系不上。消费者回来还能恢复。"))
    return redirect("case", number)


def _hand_over_form(request: SeatedRequest, _page: CasePage) -> closing.HandOverForm:
    return closing.HandOverForm(asking.posted(request))


def _hand_over(request: SeatedRequest, _page: CasePage, data: Typed) -> ask.HandOver:
    return ask.HandOver(
        **asking.signed(request),
        rung=_REGULATOR,
        because=data["because"],
    )


def _where_to(_page: CasePage) -> str:
    body = said(f"cases.rung.{_REGULATOR}")
    return t("移交给{body}，案件在这里结束，外部的期限继续替消费者记着。", body=body)


hand_over = small_form(
    Ask(
        title="移交外部机构",
        do="移交",
        done="移交了。消费者的案件页就是全部材料，可以打印带去。",
        lead=_where_to,
        form=_hand_over_form,
        command=_hand_over,
    ),
    SUPERVISED,
)


def _outside_form(request: SeatedRequest, _page: CasePage) -> closing.OutsideForm:
    return closing.OutsideForm(asking.posted(request))


def _outside(request: SeatedRequest, _page: CasePage, data: Typed) -> ask.RecordOutsideResult:
    return ask.RecordOutsideResult(
        **asking.signed(request),
        body=_REGULATOR,
        text=asking.sealed(request, data["text"]),
    )


record_outside_result = small_form(
    Ask(
        title="记录外部机构的结果",
        do="记下来",
        done="记下了，双方都会看到。",
        form=_outside_form,
        command=_outside,
    )
)


def _reopen_form(request: SeatedRequest, _page: CasePage) -> closing.ReopenForm:
    wrongful = request.viewer.capacity is Capacity.SUPERVISOR
    return closing.ReopenForm(asking.posted(request), wrongful=wrongful)


def _reopen(request: SeatedRequest, _page: CasePage, data: Typed) -> ask.Reopen:
    return ask.Reopen(
        **asking.signed(request),
        because=data["because"],
        text=asking.sealed(request, data["text"]),
    )


reopen = small_form(
    Ask(
        title="恢复案件",
        do="恢复",
        done="恢复了，从停下的地方接着办。",
        lead="不从头来：期限接着走，交过的、说过的都在。",
        form=_reopen_form,
        command=_reopen,
    )
)
