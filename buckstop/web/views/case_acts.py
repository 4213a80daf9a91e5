"""The desk's acts about who has the ball, who answers for the case, and who is in it."""

from django.contrib import messages

from buckstop.domain.cases import commands as ask
from buckstop.domain.words.event import Channel, Entry
from buckstop.domain.words.ids import DeskId, PartyId, PersonId
from buckstop.domain.words.party import PartyRole
from buckstop.records.cases.page import CasePage
from buckstop.records.people import queries as people
from buckstop.web import asking
from buckstop.web.forms import desk as typed
from buckstop.web.forms import proof
from buckstop.web.forms.reach import ReachForm
from buckstop.web.language import said, t
from buckstop.web.reaching import contact_given, mark_anew
from buckstop.web.seats import SUPERVISED, SeatedRequest
from buckstop.web.sights import choices
from buckstop.web.sights.names import names_of
from buckstop.web.views.small_forms import Ask, Typed, item, small_form


def _pass_form(request: SeatedRequest, page: CasePage) -> typed.PassForm:
    names = names_of(page, request.viewer.person)
    return typed.PassForm(asking.posted(request), targets=choices.targets(page, names))


def _pass(request: SeatedRequest, _page: CasePage, data: Typed) -> ask.PassBall:
    party, _, desk = str(data["to"]).partition("/")
    return ask.PassBall(
        **asking.signed(request),
        reason="needs-answer",
        expected=data["expected"],
        sentence=asking.sealed(request, data["sentence"]),
        to=None if desk else PartyId(party),
        desk=DeskId(desk) if desk else None,
    )


pass_ball = small_form(
    Ask(
        title="转给……",
        do="转出",
        done="转出去了，对方会收到通知和期限。",
        lead="期限接着走，不重新算。没有新东西又转回去，会算踢一次。",
        form=_pass_form,
        command=_pass,
    )
)


def _bounce_form(request: SeatedRequest, page: CasePage) -> proof.BounceForm:
    return proof.BounceForm(
        asking.posted(request),
        request.FILES or None,
        grounds=choices.grounds(page),
        items=choices.items(page),
    )


def _bounce(request: SeatedRequest, _page: CasePage, data: Typed) -> ask.BounceBall:
    return ask.BounceBall(
        **asking.signed(request),
        ground=data["ground"],
        sentence=asking.sealed(request, data["sentence"]),
        evidence=item(request, data),
    )


bounce_ball = small_form(
    Ask(
        title="按公布的理由退回",
        do="退回",
        done="退回去了，算转错的一方踢一次，不算我们。",
        lead="退回要有列明的理由和它的证据，而且要趁早。没有这样的理由，就办，或者转给别的一方。",
        form=_bounce_form,
        command=_bounce,
    )
)


def _task_form(request: SeatedRequest, page: CasePage) -> typed.PassForm:
    targets = choices.parties(page, consumer=False)
    return typed.PassForm(asking.posted(request), targets=targets, task=True)


def _task(request: SeatedRequest, _page: CasePage, data: Typed) -> ask.AssignTask:
    return ask.AssignTask(
        **asking.signed(request),
        debtor=PartyId(data["to"]),
        expected=data["expected"],
        sentence=asking.sealed(request, data["sentence"]),
    )


assign_task = small_form(
    Ask(
        title="让某一方办一件事",
        do="安排",
        done="安排了，对方会收到通知和期限。",
        lead="几方同时要办时，球留在服务台，由您盯着。",
        form=_task_form,
        command=_task,
    )
)


def _owner_form(request: SeatedRequest, _page: CasePage) -> typed.OwnerForm:
    staff = [(c.person, c.name) for c in people.colleagues()]
    return typed.OwnerForm(asking.posted(request), people=staff)


def _owner(request: SeatedRequest, _page: CasePage, data: Typed) -> ask.ChangeOwner:
    return ask.ChangeOwner(
        **asking.signed(request),
        owner=PersonId(data["owner"]),
        deputy=PersonId(data["deputy"]) if data["deputy"] else None,
        reason=asking.sealed(request, data["text"]),
    )


change_owner = small_form(
    Ask(
        title="换负责人",
        do="换",
        done="换了负责人，会通知消费者。",
        form=_owner_form,
        command=_owner,
    )
)


def _party_form(request: SeatedRequest, _page: CasePage) -> typed.PartyForm:
    taken = {PartyRole.CONSUMER, PartyRole.HOUSE}
    roles = [(r.value, said(f"cases.role.{r}")) for r in PartyRole if r not in taken]
    return typed.PartyForm(asking.posted(request), roles=roles)


def _party(request: SeatedRequest, page: CasePage, data: Typed) -> ask.JoinParty:
    role = PartyRole(data["role"])
    same = sum(1 for party in page.parties.values() if party.role is role)
    ways = ((Channel.MAIL, str(data["mail"])), (Channel.PHONE, str(data["phone"])))
    address = " ".join(known for _, known in ways if known)
    newcomer = ask.NewParty(
        party=PartyId(f"{role}-{same + 1}" if same else role.value),
        role=role,
        name=asking.sealed(request, data["name"]),
        reach=tuple(way for way, known in ways if known),
        address=asking.sealed_or_none(request, address),
    )
    return ask.JoinParty(**asking.signed(request), party=newcomer)


join_party = small_form(
    Ask(
        title="加一方进来",
        do="加进来",
        done="加进来了，之后可以请他答复或举证。",
        lead="没有邮箱和电话，就通知不到他，也不能裁定由他办。",
        form=_party_form,
        command=_party,
    )
)


def _reach_form(request: SeatedRequest, page: CasePage) -> ReachForm:
    return ReachForm(asking.posted(request), parties=choices.reachable(page))


def _reach(request: SeatedRequest, _page: CasePage, data: Typed) -> ask.GiveContact:
    return contact_given(request, data)


def _reached(request: SeatedRequest, _page: CasePage, entries: tuple[Entry, ...]) -> None:
    mark_anew(request, request.POST)
    del entries
    messages.success(request, t("补上了。还没到期的通知会再发到这里。"))


give_contact = small_form(
    Ask(
        title="补联系方式",
        do="补上",
        done="补上了。还没到期的通知会再发到这里。",
        lead="写了新的，旧的就不用了。没有联系方式的一方，不能把球给它，也不会因为没答复就输。",
        form=_reach_form,
        command=_reach,
        then=_reached,
    )
)


def _reason_form(request: SeatedRequest, _page: CasePage) -> typed.ReasonForm:
    return typed.ReasonForm(asking.posted(request))


def _refuse(request: SeatedRequest, _page: CasePage, data: Typed) -> ask.RefuseTakeover:
    reason = asking.sealed(request, data["text"])
    return ask.RefuseTakeover(**asking.signed(request), reason=reason)


refuse_takeover = small_form(
    Ask(
        title="不介入，说明理由",
        do="答复消费者",
        done="答复了消费者。",
        silence="到期不答复，就算同意介入。",
        form=_reason_form,
        command=_refuse,
    ),
    SUPERVISED,
)
