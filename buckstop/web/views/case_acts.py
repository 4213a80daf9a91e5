"""The desk's acts that ask for something first, each on a small page of its own."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import RequestRejected, Side
from buckstop.domain.cases.state.promises import Word
from buckstop.domain.words.event import Channel, Entry
from buckstop.domain.words.ids import (
    DeskId,
    EvidenceId,
    FactKey,
    PartyId,
    PersonId,
    PromiseId,
    ProofKind,
)
from buckstop.domain.words.party import CONSUMER, HOUSE, PartyRole
from buckstop.domain.words.standing import Standing
from buckstop.records.cases import queries
from buckstop.records.cases.handle import handle
from buckstop.records.cases.page import CasePage
from buckstop.records.people import queries as people
from buckstop.texts import law
from buckstop.web import asking
from buckstop.web.doors import behind
from buckstop.web.forms import desk as typed
from buckstop.web.language import fact_name, listed, said, t, tongue
from buckstop.web.seats import CASE, SUPERVISED, SeatedRequest
from buckstop.web.sights import sayings
from buckstop.web.sights.names import names_of
from buckstop.web.views.acts import Act, act_page

type Choices = list[tuple[str, str]]


def _page(request: SeatedRequest) -> CasePage:
    return queries.case_page(request.case, request.viewer)


def _shown(  # noqa: PLR0913 - what a page of an act may say
    request: SeatedRequest,
    page: CasePage,
    form: forms.Form,
    title: str,
    do: str,
    *,
    lead: str = "",
    silence: str = "",
    table: object = None,
) -> HttpResponse:
    act = Act(title=title, do=do, lead=lead, silence=silence, case=page.title, back="case",
              number=page.number, table=table)  # fmt: skip
    return act_page(request, "cases/act.html", act, form)


def _parties(page: CasePage, *, consumer: bool = True) -> Choices:
    return [
        (p.party, f"{p.name}（{said(f'cases.role.{p.role}')}）")
        for p in page.parties.values()
        if consumer or p.party != CONSUMER
    ]


def _facts(page: CasePage) -> Choices:
    """Name each fact with its standing and who must prove it."""
    return [
        (
            line.fact,
            t(
                "{fact}（{standing}{burden}）",
                fact=fact_name(line.fact),
                standing=said(f"cases.standing.{line.standing}"),
                burden=t("，{who}举证", who=said(f"cases.role.{line.burden.bearer}"))
                if line.burden
                else "",
            ),
        )
        for line in page.facts
    ]


def _items(page: CasePage) -> Choices:
    return [(item.evidence, item.name) for item in page.evidence]


def _kinds(page: CasePage) -> Choices:
    kinds = dict.fromkeys(
        (*(item.kind for item in page.evidence),
         *(kind for fact in page.facts if fact.burden for kind in fact.burden.proofs))
    )  # fmt: skip
    return [(kind, said(f"law.proof.{kind}")) for kind in kinds]


@behind(CASE)
def pass_ball(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Give the ball to a party or a desk."""
    page = _page(request)
    names = names_of(page, request.viewer.person)
    targets = [
        (
            x.node,
            t("{who}（会算踢一次）", who=names.node(x.node)) if x.kick else names.node(x.node),
        )
        for x in page.targets
        if x.act.allowed
    ]
    form = typed.PassForm(request.POST or None, targets=targets)
    if asking.asked(request) and form.is_valid():
        node = str(form.cleaned_data["to"])
        party, _, desk = node.partition("/")
        handle(
            request.case,
            ask.PassBall(
                by=request.viewer.actor,
                key=asking.key(request),
                reason="needs-answer",
                expected=form.cleaned_data["expected"],
                sentence=asking.sealed(request, str(form.cleaned_data["sentence"])),
                to=None if desk else PartyId(party),
                desk=DeskId(desk) if desk else None,
            ),
        )
        messages.success(request, t("转出去了，对方会收到通知和期限。"))
        return redirect("case", number)
    return _shown(request, page, form, t("转给……"), t("转出"),
                  lead=t("期限接着走，不重新算。没有新东西又转回去，会算踢一次。"))  # fmt: skip


@behind(CASE)
def assign_task(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Give a party a duty beside the ball."""
    page = _page(request)
    form = typed.PassForm(request.POST or None, targets=_parties(page, consumer=False))
    if asking.asked(request) and form.is_valid():
        handle(
            request.case,
            ask.AssignTask(
                by=request.viewer.actor,
                key=asking.key(request),
                debtor=PartyId(form.cleaned_data["to"]),
                expected=form.cleaned_data["expected"],
                sentence=asking.sealed(request, str(form.cleaned_data["sentence"])),
            ),
        )
        messages.success(request, t("安排了，对方会收到通知和期限。"))
        return redirect("case", number)
    return _shown(request, page, form, t("让某一方办一件事"), t("安排"),
                  lead=t("几方同时要办时，球留在服务台，由您盯着。"))  # fmt: skip


@behind(CASE)
def ask_proof(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Ask a party for proof of one fact."""
    page = _page(request)
    form = typed.AskForm(request.POST or None, facts=_facts(page), parties=_parties(page))
    if asking.asked(request) and form.is_valid():
        data = form.cleaned_data
        entries = handle(
            request.case,
            ask.AskProof(
                by=request.viewer.actor,
                key=asking.key(request),
                fact=FactKey(data["fact"]),
                of=PartyId(data["of"]),
                why=asking.sealed(request, str(data["why"])),
                forced_because=asking.sealed_or_none(request, str(data["forced_because"])),
            ),
        )
        _tell_asked(request, page, entries)
        return redirect("case", number)
    return _shown(request, page, form, t("请某一方举证"), t("发出举证通知"),
                  lead=t("每次只问一个事实。不该由对方证明的、已经清楚的，系统会退回并转给该举证的一方。"),
                  table=_burdens(page))  # fmt: skip


def _tell_asked(request: SeatedRequest, page: CasePage, entries: tuple[Entry, ...]) -> None:
    rejected = next((e.event for e in entries if isinstance(e.event, RequestRejected)), None)
    if rejected is None:
        messages.success(request, t("举证通知发出了。"))
        return
    names = names_of(page, request.viewer.person)
    why = sayings.because(rejected.because)
    if rejected.redirected_to:
        who = listed(names.party(party) for party in rejected.redirected_to)
        told = t("这一问不成立：{why}。已改请{who}举证。", why=why, who=who)
    else:
        told = t("这一问不成立：{why}。", why=why)
    messages.warning(request, told)


def _burdens(page: CasePage) -> dict[str, object]:
    rows = [
        {
            "label": fact_name(line.fact),
            "text": law.burden(line.burden, tongue()),
        }
        for line in page.facts
        if line.burden is not None
    ]
    return {"name": t("谁举证"), "rows": rows}


@behind(CASE)
def accept_proof(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Accept an item as proof of a fact."""
    page = _page(request)
    form = typed.AcceptForm(
        request.POST or None, items=_items(page), facts=_facts(page), kinds=_kinds(page)
    )
    if asking.asked(request) and form.is_valid():
        data = form.cleaned_data
        handle(
            request.case,
            ask.AcceptProof(
                by=request.viewer.actor,
                key=asking.key(request),
                evidence=EvidenceId(data["evidence"]),
                fact=FactKey(data["fact"]),
                kind=ProofKind(data["kind"]),
            ),
        )
        messages.success(request, t("收作证据了，这件事不会再问。"))
        return redirect("case", number)
    return _shown(request, page, form, t("收作证据"), t("收作证据"), table=_burdens(page))


@behind(CASE)
def state_fact(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Find a fact proven or disproved, on an item."""
    page = _page(request)
    form = typed.FactForm(request.POST or None, facts=_facts(page), items=_items(page))
    if asking.asked(request) and form.is_valid():
        data = form.cleaned_data
        item = str(data["evidence"])
        handle(
            request.case,
            ask.StateFact(
                by=request.viewer.actor,
                key=asking.key(request),
                fact=FactKey(data["fact"]),
                standing=Standing(data["standing"]),
                value=str(data["value"]) or None,
                evidence=(EvidenceId(item),) if item else (),
            ),
        )
        messages.success(request, t("认定了，双方都会看到。"))
        return redirect("case", number)
    return _shown(request, page, form, t("认定一个事实"), t("认定"), table=_burdens(page))


@behind(CASE)
def log_contact(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Log one exchange from the desk's side."""
    page = _page(request)
    form = typed.DeskContactForm(request.POST or None, now=request.at)
    if asking.asked(request) and form.is_valid():
        data = form.cleaned_data
        handle(
            request.case,
            ask.LogContact(
                by=request.viewer.actor,
                key=asking.key(request),
                side=Side.DESK,
                medium=Channel(data["medium"]),
                direction=data["direction"],
                at=data["at"],
                precision=form.precision,
                with_person=request.viewer.person,
                minutes=data["minutes"],
                text=asking.sealed_or_none(request, str(data["text"])),
            ),
        )
        messages.success(request, t("记下了，和消费者那边的自动对。"))
        return redirect("case", number)
    return _shown(request, page, form, t("记一次通话"), t("记下来"))


@behind(CASE)
def keep_promise(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Say that what was promised was done."""
    page = _page(request)
    waiting = [
        (p.promise, p.text or said(f"cases.promise.{p.kind}"))
        for p in page.promises
        if p.word is Word.OPEN and p.by == HOUSE
    ]
    form = typed.KeepForm(request.POST or None, promises=waiting)
    if asking.asked(request) and form.is_valid():
        promise = PromiseId(form.cleaned_data["promise"])
        command = ask.KeepPromise(
            by=request.viewer.actor, key=asking.key(request), promise=promise
        )
        handle(request.case, command)
        messages.success(request, t("记为兑现。"))
        return redirect("case", number)
    return _shown(request, page, form, t("兑现承诺"), t("兑现了"))


@behind(CASE)
def correct_information(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Correct something wrong that was told."""
    page = _page(request)
    form = typed.CorrectForm(request.POST or None)
    if asking.asked(request) and form.is_valid():
        handle(
            request.case,
            ask.CorrectInformation(
                by=request.viewer.actor,
                key=asking.key(request),
                wrong=asking.sealed(request, str(form.cleaned_data["wrong"])),
                right=asking.sealed(request, str(form.cleaned_data["right"])),
            ),
        )
        messages.success(request, t("更正了，会通知消费者。"))
        return redirect("case", number)
    return _shown(request, page, form, t("更正说错的话"), t("更正并通知"),
                  lead=t("消费者照旧话做的，不会因此吃亏。"))  # fmt: skip


@behind(SUPERVISED)
def refuse_takeover(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Answer the consumer's wish with no, and why."""
    page = _page(request)
    form = typed.ReasonForm(request.POST or None)
    if asking.asked(request) and form.is_valid():
        reason = asking.sealed(request, str(form.cleaned_data["text"]))
        key = asking.key(request)
        handle(request.case, ask.RefuseTakeover(by=request.viewer.actor, key=key, reason=reason))
        messages.success(request, t("答复了消费者。"))
        return redirect("case", number)
    return _shown(request, page, form, t("不介入，说明理由"), t("答复消费者"),
                  silence=t("到期不答复，就算同意介入。"))  # fmt: skip


@behind(CASE)
def change_owner(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Make another person answerable."""
    page = _page(request)
    staff = [(c.person, c.name) for c in people.colleagues()]
    form = typed.OwnerForm(request.POST or None, people=staff)
    if asking.asked(request) and form.is_valid():
        data = form.cleaned_data
        handle(
            request.case,
            ask.ChangeOwner(
                by=request.viewer.actor,
                key=asking.key(request),
                owner=PersonId(data["owner"]),
                deputy=PersonId(data["deputy"]) if data["deputy"] else None,
                reason=asking.sealed(request, str(data["text"])),
            ),
        )
        messages.success(request, t("换了负责人，会通知消费者。"))
        return redirect("case", number)
    return _shown(request, page, form, t("换负责人"), t("换"))


@behind(CASE)
def join_party(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Bring another respondent into the case."""
    page = _page(request)
    taken = {PartyRole.CONSUMER, PartyRole.HOUSE}
    roles = [(r.value, said(f"cases.role.{r}")) for r in PartyRole if r not in taken]
    form = typed.PartyForm(request.POST or None, roles=roles)
    if asking.asked(request) and form.is_valid():
        handle(
            request.case,
            ask.JoinParty(
                by=request.viewer.actor, key=asking.key(request), party=_party(request, page, form)
            ),
        )
        messages.success(request, t("加进来了，之后可以请他答复或举证。"))
        return redirect("case", number)
    return _shown(request, page, form, t("加一方进来"), t("加进来"))


def _party(request: SeatedRequest, page: CasePage, form: typed.PartyForm) -> ask.NewParty:
    data = form.cleaned_data
    role = PartyRole(data["role"])
    same = sum(1 for party in page.parties.values() if party.role is role)
    ways = ((Channel.MAIL, str(data["mail"])), (Channel.PHONE, str(data["phone"])))
    address = " ".join(known for _, known in ways if known)
    return ask.NewParty(
        party=PartyId(f"{role}-{same + 1}" if same else role.value),
        role=role,
        name=asking.sealed(request, str(data["name"])),
        reach=tuple(way for way, known in ways if known),
        address=asking.sealed_or_none(request, address),
    )
