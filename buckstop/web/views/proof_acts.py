"""The desk's acts about facts and proof: to ask, to accept, to find, to hand in, to contradict."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import RequestRejected
from buckstop.domain.words.event import Entry
from buckstop.domain.words.ids import (
    EvidenceId,
    FactKey,
    PartyId,
    ProofKind,
    RecordId,
    RequestId,
)
from buckstop.domain.words.standing import Standing
from buckstop.records.cases import queries
from buckstop.records.cases.page import CasePage
from buckstop.records.people.access import Capacity
from buckstop.web import asking
from buckstop.web.doors import behind
from buckstop.web.forms import proof
from buckstop.web.language import listed, t
from buckstop.web.seats import CASE, SeatedRequest
from buckstop.web.sights import choices, sayings
from buckstop.web.sights.names import names_of
from buckstop.web.views.acts import Act, act_page
from buckstop.web.views.small_forms import Ask, Typed, item, small_form


def _ask_form(request: SeatedRequest, page: CasePage) -> proof.AskForm:
    return proof.AskForm(
        asking.posted(request),
        facts=choices.facts(page),
        parties=choices.parties(page),
        answered=choices.answered(page),
        forced=request.viewer.capacity is Capacity.SUPERVISOR,
    )


def _ask(request: SeatedRequest, _page: CasePage, data: Typed) -> ask.AskProof:
    clarifies = data.get("clarifies")
    return ask.AskProof(
        **asking.signed(request),
        fact=FactKey(data["fact"]),
        of=PartyId(data["of"]),
        why=asking.sealed(request, data["why"]),
        clarifies=RequestId(clarifies) if clarifies else None,
        forced_because=asking.sealed_or_none(request, data.get("forced_because", "")),
    )


def _tell_asked(request: SeatedRequest, page: CasePage, entries: tuple[Entry, ...]) -> None:
    rejected = next((e.event for e in entries if isinstance(e.event, RequestRejected)), None)
    if rejected is None:
        messages.success(request, t("举证通知发出了。"))
        return
    why = sayings.because(rejected.because)
    if rejected.redirected_to:
        names = names_of(page, request.viewer.person)
        who = listed(names.party(party) for party in rejected.redirected_to)
        told = t("这一问不成立：{why}。已改请{who}举证。", why=why, who=who)
    else:
        told = t("这一问不成立：{why}。", why=why)
    messages.warning(request, told)


ask_proof = small_form(
    Ask(
        title="请某一方举证",
        do="发出举证通知",
        done="举证通知发出了。",
        lead="每次只问一个事实。不该由对方证明的、已经清楚的，系统会退回并转给该举证的一方。",
        form=_ask_form,
        command=_ask,
        table=choices.burdens,
        then=_tell_asked,
    )
)


def _accept_form(request: SeatedRequest, page: CasePage) -> proof.AcceptForm:
    return proof.AcceptForm(
        asking.posted(request),
        items=choices.items(page),
        facts=choices.facts(page),
        kinds=choices.kinds(page),
    )


def _accept(request: SeatedRequest, _page: CasePage, data: Typed) -> ask.AcceptProof:
    return ask.AcceptProof(
        **asking.signed(request),
        evidence=EvidenceId(data["evidence"]),
        fact=FactKey(data["fact"]),
        kind=ProofKind(data["kind"]),
    )


accept_proof = small_form(
    Ask(
        title="收作证据",
        do="收作证据",
        done="收作证据了，这件事不会再问。",
        form=_accept_form,
        command=_accept,
        table=choices.burdens,
    )
)


def _fact_form(request: SeatedRequest, page: CasePage) -> proof.FactForm:
    return proof.FactForm(
        asking.posted(request), facts=choices.facts(page), items=choices.items(page)
    )


def _fact(request: SeatedRequest, _page: CasePage, data: Typed) -> ask.StateFact:
    return ask.StateFact(
        **asking.signed(request),
        fact=FactKey(data["fact"]),
        standing=Standing(data["standing"]),
        value=data["value"] or None,
        evidence=(EvidenceId(data["evidence"]),),
    )


state_fact = small_form(
    Ask(
        title="认定一个事实",
        do="认定",
        done="认定了，双方都会看到。",
        lead="认定要有依据的材料。还没有材料，先请该举证的一方拿出来，或者由服务台交一份。",
        form=_fact_form,
        command=_fact,
        table=choices.burdens,
    )
)


def _contradict_form(request: SeatedRequest, page: CasePage) -> proof.ShownForm:
    return proof.ShownForm(
        asking.posted(request),
        request.FILES or None,
        label=t("哪一条"),
        what=choices.waiting_records(page),
        items=choices.items(page),
    )


def _contradict(request: SeatedRequest, _page: CasePage, data: Typed) -> ask.ContradictRecord:
    (evidence,) = item(request, data)
    return ask.ContradictRecord(
        **asking.signed(request),
        record=RecordId(data["what"]),
        evidence=evidence,
    )


contradict_record = small_form(
    Ask(
        title="提出相反的记录",
        do="交上去",
        done="交上去了，消费者会看到这份相反的记录。",
        lead="消费者记的话，48 小时内没有相反的记录就作数。",
        form=_contradict_form,
        command=_contradict,
    )
)


@behind(CASE)
def submit_evidence(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Put files into the case that the desk has, such as a recording or an outside letter."""
    page = queries.case_page(request.case, request.viewer)
    form = proof.HandInForm(
        asking.posted(request),
        request.FILES or None,
        kinds=choices.kinds(page),
        facts=choices.facts(page),
    )
    if asking.asked(request) and form.is_valid():
        data = form.cleaned_data
        facts = (FactKey(data["fact"]),) if data["fact"] else ()
        files = request.FILES.getlist("attached")
        asking.submit(request, files, kind=ProofKind(data["kind"]), facts=facts)
        messages.success(request, t("封存了，双方都能看到。"))
        return redirect("case", number)
    act = Act(title=t("交一份材料"), do=t("封存"), case=page.title, back="case", number=number,
              lead=t("服务台手上的录音、截图、外来的信件，交进来各方都看得到。"))  # fmt: skip
    return act_page(request, "cases/act.html", act, form)
