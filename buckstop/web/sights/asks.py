"""What waits for a respondent beside the answer itself, each with a form of its own."""

from dataclasses import dataclass

from django.urls import reverse

from buckstop.domain.cases.events import FulfilmentDisputed
from buckstop.domain.cases.state.promises import Record
from buckstop.domain.cases.state.remedies import Delivery
from buckstop.domain.words.purchase import RemedyKind
from buckstop.records.cases.lines.outcome import OwedLine
from buckstop.records.cases.lines.turn import TaskLine
from buckstop.records.cases.page import CasePage
from buckstop.texts import law
from buckstop.web.language import fact_name, said, t, tongue
from buckstop.web.sights import answers, times, turn
from buckstop.web.sights.names import Names

OWN_ANSWERS = frozenset({"prove", "fulfil-remedy", "answer-offer"})
"""What is expected by a form of its own, and not by delivering in general."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """One thing to pick."""

    value: str
    name: str
    chosen: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Ask:
    """Something else that waits for this party, with a form of its own."""

    id: str
    head: str
    when: str
    what: str
    kinds: str
    url: str
    do: str
    silence: str
    options: tuple[Option, ...]
    issuers: tuple[Option, ...] = ()


def open_task(page: CasePage) -> TaskLine | None:
    """Find the duty that waits for the reader."""
    mine = (task for task in page.tasks if task.debtor == page.viewer and task.end is None)
    return next(mine, None)


def asks_of(page: CasePage, names: Names, at: dict[str, str]) -> list[Ask]:
    """List what is asked of the reader."""
    asks = [
        Ask(
            id=line.request,
            head=t("请您举证"),
            when=times.left(line.due, page.at),
            what=t("请证明：{fact}。", fact=fact_name(line.fact)),
            kinds=t("下面任意一样就行：{kinds}", kinds=law.proofs(line.kinds, tongue())),
            url=reverse("answer-as-party", kwargs={**at, "request_id": line.request}),
            do=t("交上去"),
            silence=t("到期不交：{otherwise}", otherwise=turn.or_else(line.or_else, names, page)),
            options=tuple(_kinds(line.kinds)),
            issuers=_issuers(page, line.kinds),
        )
        for line in page.requests
        if line.of == page.viewer and line.end is None
    ]
    task = open_task(page)
    if task is not None and task.expected not in OWN_ANSWERS | {"respond"}:
        asks.append(
            Ask(
                id=task.task,
                head=t("请您办一件事"),
                when=times.left(task.due, page.at),
                what=turn.expected(task.expected),
                kinds="",
                url=reverse("deliver-task", kwargs=at),
                do=t("办好了，交上来"),
                silence=t("写清楚做了什么；有报告、单据、照片就一起交。"),
                options=tuple(_kinds(_first(_SHOWS.get(task.expected)))),
            )
        )
    asks += _recorded(page, at)
    asks += [
        Ask(
            id=owed.remedy,
            head=t("请您办好：{what}", what=answers.remedy(owed.what)),
            when=times.left(owed.due, page.at),
            what=_complained(page, owed)
            or owed.what.text
            or t("办好后交一张凭证，消费者确认收到才结案。"),
            kinds=t("凭证比如退款流水、维修单、快递单。"),
            url=reverse("prove-fulfilment", kwargs={**at, "remedy": owed.remedy}),
            do=t("办好了，交凭证"),
            silence=t("到期没办，算逾期，服务台会继续追。"),
            options=tuple(_kinds(_proofs_of(owed.what.kind))),
        )
        for owed in page.owed
        if owed.by == page.viewer and owed.delivery in {Delivery.OWED, Delivery.DISPUTED}
    ]
    return asks


def _complained(page: CasePage, owed: OwedLine) -> str:
    """Give the consumer's words on why a remedy is not what was owed."""
    if owed.delivery is not Delivery.DISPUTED:
        return ""
    words = (
        line.said.get("text", "")
        for line in reversed(page.thread)
        if isinstance(line.event, FulfilmentDisputed) and line.event.remedy == owed.remedy
    )
    text = next(words, "")
    return t("消费者说：“{text}”", text=text) if text else ""


def _recorded(page: CasePage, at: dict[str, str]) -> list[Ask]:
    """Show what the consumer recorded of this party, while it can be contradicted."""
    return [
        Ask(
            id=line.record,
            head=t("消费者记了您说过的话"),
            when=times.left(line.due, page.at) if line.due else "",
            what=f"“{line.text or ''}”",
            kinds=t("没说过，就交一份相反的记录，比如录音或聊天截图。"),
            url=reverse("contradict-record-as-party", kwargs={**at, "record": line.record}),
            do=t("交上去"),
            silence=t("到期没有相反的记录，就按消费者记的算。"),
            options=(),
        )
        for line in page.records
        if line.of == page.viewer and line.state is Record.WAITING
    ]


def more_of(page: CasePage, at: dict[str, str]) -> list[Ask]:
    """Offer what can be done at any time: an appeal, and more evidence."""
    kinds = tuple(dict.fromkeys(kind for g in page.assessment.grounds for kind in g.needs))
    more = (
        (
            "appeal",
            "appeal-as-party",
            t("不服裁定，要申诉"),
            t("写清楚哪里不对，交上新的事实或证据，由另一个人再看。"),
            t("提交申诉"),
            t("申诉期间不用履行，结果会通知您。"),
        ),
        (
            "submit-evidence",
            "submit-evidence-as-party",
            t("补交材料"),
            t("随时可以补。记录冻结以后交的，会标为迟交。"),
            t("交上去"),
            t("封存以后谁也改不了，消费者也能看到。"),
        ),
    )
    return [
        Ask(
            id=verb,
            head=head,
            when="",
            what=what,
            kinds="",
            url=reverse(name, kwargs=at),
            do=do,
            silence=silence,
            options=tuple(_kinds(kinds or PROOFS_OF_WORK)),
            issuers=_issuers(page, kinds),
        )
        for verb, name, head, what, do, silence in more
        if verb in page.acts and page.acts[verb].allowed
    ]


PROOFS_OF_WORK = ("repair-record", "payment-record", "waybill", "appraisal-report",
                  "delivery-record", "usage-ledger", "chat-record")  # fmt: skip


_SHOWS = {"pay-out": "payment-record", "trace": "waybill", "inspect": "appraisal-report"}
"""What shows best that a duty was done, where it is not a repair."""
_MONEY = frozenset({RemedyKind.REFUND, RemedyKind.COMPENSATION, RemedyKind.RETURN})


def _proofs_of(kind: RemedyKind) -> tuple[str, ...]:
    """List what shows that a remedy was done, the likeliest first."""
    return _first("payment-record" if kind in _MONEY else None)


def _first(kind: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*((kind,) if kind else ()), *PROOFS_OF_WORK)))


def _kinds(kinds: tuple[str, ...]) -> list[Option]:
    return [Option(value=kind, name=said(f"law.proof.{kind}")) for kind in kinds]


def _issuers(page: CasePage, kinds: tuple[str, ...]) -> tuple[Option, ...]:
    """List who may issue such proof, where a ground of the case counts it from some only."""
    roles = dict.fromkeys(
        role for g in page.assessment.grounds if set(g.needs) & set(kinds) for role in g.issuers
    )
    return tuple(Option(value=role.value, name=said(f"cases.role.{role}")) for role in roles)
