"""Deciding: freeze, write, sign; and the supervisor's list of what waits."""

from dataclasses import replace
from decimal import Decimal

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import Ruling
from buckstop.domain.cases.state.decisions import Stage
from buckstop.domain.words.ids import DecisionId, FactKey, PartyId, RowId
from buckstop.domain.words.money import Fen
from buckstop.domain.words.party import CONSUMER
from buckstop.domain.words.purchase import Remedy, RemedyKind
from buckstop.records.cases import queries
from buckstop.records.cases.handle import handle
from buckstop.records.cases.like_cases import LikeCases, findings_key, like_cases
from buckstop.records.cases.page import CasePage
from buckstop.records.cases.queue import Filter, queue
from buckstop.records.houses import queries as houses
from buckstop.web import asking
from buckstop.web.doors import behind
from buckstop.web.forms.desk import DecisionForm
from buckstop.web.language import said, t
from buckstop.web.seats import CASE, SUPERVISORS, SeatedRequest
from buckstop.web.sights.decision import Basis, decision_page, usual_choice
from buckstop.web.sights.like import RULINGS
from buckstop.web.sights.names import desk_names, names_of
from buckstop.web.sights.queue import rows_of

_FULFIL_DAYS = 7


def _form(request: SeatedRequest, page: CasePage) -> DecisionForm:
    parties = [(p.party, p.name) for p in page.parties.values() if p.party != CONSUMER]
    return DecisionForm(
        asking.posted(request) if _proposes(request) else None,
        rulings=[(ruling, str(name)) for ruling, name in RULINGS.items()],
        parties=parties,
        remedies=[(kind, said(f"cases.remedy.{kind}")) for kind in RemedyKind],
        initial=_begun(page) | {"debtor": _debtor(page, parties)},
    )


def _proposes(request: SeatedRequest) -> bool:
    """Tell a decision from the other forms of its page, which come back to it with a no."""
    match = request.resolver_match
    return match is not None and match.url_name == "propose-decision"


def _begun(page: CasePage) -> dict[str, object]:
    """Begin with what was sent back, so that nothing is written twice; else with the demand."""
    last = page.decisions[-1] if page.decisions else None
    if last is None or last.stage is not Stage.SENT_BACK:
        return {
            "ruling": Ruling.FOR_CONSUMER,
            "remedy": page.demand.kind,
            "amount": _yuan(page.demand.amount),
            "fulfil_days": _FULFIL_DAYS,
        }
    remedy = last.remedy
    return {
        "ruling": last.ruling,
        "remedy": remedy.kind if remedy else "",
        "amount": _yuan(remedy.amount) if remedy else None,
        "what": (remedy.text or "") if remedy else "",
        "fulfil_days": last.fulfil_days,
        "reasons": last.reasons,
        "departure": last.departure,
    }


def _yuan(amount: Fen) -> Decimal | None:
    return Decimal(amount) / 100 if amount else None


def _debtor(page: CasePage, parties: list[tuple[PartyId, str]]) -> str:
    last = page.decisions[-1] if page.decisions else None
    if last is not None and last.stage is Stage.SENT_BACK:
        return last.debtor or ""
    return parties[0][0] if parties else ""


def _chosen(request: SeatedRequest, page: CasePage) -> frozenset[str]:
    """Give the findings that are cited: in what is written, what is typed, or to begin with."""
    written = next((d for d in reversed(page.decisions) if d.stage is not Stage.SENT_BACK), None)
    if written is not None and not page.appealing:
        return frozenset(written.findings)
    if "reasons" in request.POST:
        return frozenset(request.POST.getlist("findings"))
    return usual_choice(page)


def _likes(request: SeatedRequest, page: CasePage) -> LikeCases:
    rows = (RowId(row) for row in _chosen(request, page))
    return like_cases(request.viewer, request.case, page.problem, rows)


def _shown(request: SeatedRequest, page: CasePage, form: DecisionForm) -> HttpResponse:
    me = request.viewer.person
    basis = Basis(
        form=form,
        chosen=_chosen(request, page),
        facts=frozenset(request.POST.getlist("facts")) if form.is_bound else None,
        me=me,
        likes=_likes(request, page),
        rules=houses.rules_at(request.at),
    )
    shown = decision_page(page, names_of(page, me), basis)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "decisions/decide.html", {"page": shown}, status=status)


@never_cache
@behind(CASE)
def decide(request: SeatedRequest, number: str) -> HttpResponse:
    """Show the record, the findings, and the decision as far as it has come."""
    del number
    page = queries.case_page(request.case, request.viewer)
    return _shown(request, page, _form(request, page))


@require_POST
@behind(CASE, page=decide)
def freeze_record(request: SeatedRequest, number: str) -> HttpResponseBase:
    """List what counts."""
    handle(request.case, ask.FreezeRecord(by=request.viewer.actor, key=asking.key(request)))
    messages.success(request, t("记录已冻结，双方都看得到清单。"))
    return redirect("decide", number)


@require_POST
@behind(CASE, page=decide)
def propose_decision(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Write the decision."""
    page = queries.case_page(request.case, request.viewer)
    form = _form(request, page)
    if not form.is_valid():
        return _shown(request, page, form)
    likes = _likes(request, page)
    seen = findings_key(RowId(row) for row in request.POST.getlist("findings"))
    if likes.cases and request.POST.get("seen") != seen:
        messages.warning(request, t("认定改过了，请先看一眼认定相同的旧案，再发一次。"))
        return _shown(request, page, form)
    data = form.cleaned_data
    against = data["ruling"] == Ruling.AGAINST_CONSUMER
    remedy = None if against or not data["remedy"] else _remedy(request, data)
    handle(
        request.case,
        ask.ProposeDecision(
            by=request.viewer.actor,
            key=asking.key(request),
            ruling=Ruling(data["ruling"]),
            debtor=None if against or not data["debtor"] else PartyId(data["debtor"]),
            remedy=remedy,
            findings=tuple(RowId(row) for row in request.POST.getlist("findings")),
            facts=tuple(FactKey(fact) for fact in request.POST.getlist("facts")),
            reasons=asking.sealed(request, str(data["reasons"])),
            departure=asking.sealed_or_none(request, str(data["departure"])),
            like_cases=tuple(one.number for one in likes.cases),
            like_cases_differ=likes.differ(Ruling(data["ruling"])),
            fulfil_days=data["fulfil_days"],
        ),
    )
    last = queries.case_page(request.case, request.viewer).decisions[-1]
    waits = last.stage is Stage.PROPOSED
    words = t("写好了，等另一个人复核签字。") if waits else t("写好了，裁定已发给双方。")
    messages.success(request, words)
    return redirect("decide", number)


def _remedy(request: SeatedRequest, data: dict[str, object]) -> Remedy:
    amount = data["amount"]
    return Remedy(
        kind=RemedyKind(str(data["remedy"])),
        amount=Fen(amount) if isinstance(amount, int) else Fen(0),
        text=asking.sealed_or_none(request, str(data["what"])),
    )


@require_POST
@behind(CASE, page=decide)
def sign_decision(request: SeatedRequest, number: str, decision: str) -> HttpResponseBase:
    """Sign as the second person; the decision goes out."""
    name = DecisionId(decision)
    handle(
        request.case,
        ask.SignDecision(by=request.viewer.actor, key=asking.key(request), decision=name),
    )
    messages.success(request, t("签好了，裁定已发给双方。"))
    return redirect("decide", number)


@require_POST
@behind(CASE, page=decide)
def send_back_decision(request: SeatedRequest, number: str, decision: str) -> HttpResponseBase:
    """Do not sign, and say why."""
    reason = request.POST.get("reason", "").strip()
    if not reason:
        messages.error(request, t("退回要写理由。"))
        return redirect("decide", number)
    handle(
        request.case,
        ask.SendBackDecision(
            by=request.viewer.actor,
            key=asking.key(request),
            decision=DecisionId(decision),
            reason=asking.sealed(request, reason),
        ),
    )
    messages.success(request, t("退回了，写的人会看到理由。"))
    return redirect("decide", number)


@never_cache
@require_safe
@behind(SUPERVISORS)
def supervision(request: SeatedRequest) -> HttpResponse:
    """List what waits for a supervisor."""
    names = desk_names(request.viewer)
    groups = []
    for word, which, name, none, act in (
        ("mine", Filter.MINE, t("在我手上"), t("现在没有案件在您手上。"), "case"),
        ("wished", Filter.WISHED, t("消费者请求介入"), t("没有人在等介入的答复。"), "case"),
        ("decide", Filter.TO_DECIDE, t("等裁定"), t("没有等裁定的案件。"), "decide"),
        ("sign", Filter.TO_SIGN, t("等第二人签字"), t("没有等签字的裁定。"), "decide"),
        ("broken", Filter.BROKEN, t("有失信承诺的"), t("没有失信的承诺。"), "case"),
    ):
        page = queue(request.viewer, which)
        rows = rows_of(page.rows, page.at, request.viewer, names, act)
        if which is Filter.TO_SIGN:
            rows = tuple(replace(row, todo=t("看过裁定，复核签字")) for row in rows)
        count = t("{n} 件", n=len(rows))
        groups.append({"word": word, "name": name, "none": none, "rows": rows, "count": count})
    shown = {"groups": groups}
    return render(request, "decisions/supervision.html", {"page": shown, "tab": "supervision"})
