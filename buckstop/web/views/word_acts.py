"""The desk's acts about what was said: calls, promises, corrections, what is taken back."""

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import Side
from buckstop.domain.words.event import Channel
from buckstop.domain.words.ids import PromiseId
from buckstop.records.cases.page import CasePage
from buckstop.web import asking
from buckstop.web.forms import closing, desk, proof
from buckstop.web.language import t
from buckstop.web.seats import SUPERVISED, SeatedRequest
from buckstop.web.sights import choices
from buckstop.web.views.small_forms import Ask, Typed, item, small_form


def _contact_form(request: SeatedRequest, _page: CasePage) -> desk.DeskContactForm:
    return desk.DeskContactForm(asking.posted(request), now=request.at)


def _contact(request: SeatedRequest, _page: CasePage, data: Typed) -> ask.LogContact:
    return ask.LogContact(
        **asking.signed(request),
        side=Side.DESK,
        medium=Channel(data["medium"]),
        direction=data["direction"],
        at=data["at"],
        precision=desk.PRECISION,
        with_person=request.viewer.person,
        minutes=data["minutes"],
        text=asking.sealed_or_none(request, data["text"]),
    )


log_contact = small_form(
    Ask(
        title="记一次通话",
        do="记下来",
        done="记下了，和消费者那边的自动对。",
        lead="打过去的电话记在这里，就算兑现了答应的回电。",
        form=_contact_form,
        command=_contact,
    )
)


def _keep_form(request: SeatedRequest, page: CasePage) -> proof.ShownForm:
    return proof.ShownForm(
        asking.posted(request),
        request.FILES or None,
        label=t("哪一条承诺"),
        what=choices.open_promises(page),
        items=choices.items(page),
    )


def _keep(request: SeatedRequest, _page: CasePage, data: Typed) -> ask.KeepPromise:
    (evidence,) = item(request, data)
    return ask.KeepPromise(
        **asking.signed(request),
        promise=PromiseId(data["what"]),
        evidence=evidence,
    )


keep_promise = small_form(
    Ask(
        title="兑现承诺",
        do="兑现了",
        done="记为兑现。",
        lead="答应回电的，记下通话就算兑现；答应答复的，发出消息就算。别的承诺要附上凭证。",
        form=_keep_form,
        command=_keep,
    )
)


def _correct_form(request: SeatedRequest, _page: CasePage) -> desk.CorrectForm:
    return desk.CorrectForm(asking.posted(request))


def _correct(request: SeatedRequest, _page: CasePage, data: Typed) -> ask.CorrectInformation:
    return ask.CorrectInformation(
        **asking.signed(request),
        wrong=asking.sealed(request, data["wrong"]),
        right=asking.sealed(request, data["right"]),
    )


correct_information = small_form(
    Ask(
        title="更正说错的话",
        do="更正并通知",
        done="更正了，会通知消费者。",
        lead="消费者照旧话做的，不会因此吃亏。",
        form=_correct_form,
        command=_correct,
    )
)


def _retract_form(request: SeatedRequest, page: CasePage) -> closing.RetractForm:
    return closing.RetractForm(asking.posted(request), promises=choices.acknowledgements(page))


def _retract(request: SeatedRequest, _page: CasePage, data: Typed) -> ask.RetractAcknowledgement:
    return ask.RetractAcknowledgement(
        **asking.signed(request),
        promise=PromiseId(data["promise"]),
        reason=asking.sealed(request, data["text"]),
    )


retract_acknowledgement = small_form(
    Ask(
        title="收回承认过的事",
        do="收回",
        done="收回了，会通知消费者，也会计数。",
        lead="承认过的事一直有效。收回要写理由，消费者会看到。",
        form=_retract_form,
        command=_retract,
    ),
    SUPERVISED,
)
