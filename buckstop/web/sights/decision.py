"""The page where a decision is written, and signed by a second person."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.urls import reverse

from buckstop.domain.cases.events import DecisionSentBack
from buckstop.domain.cases.now import HouseRules
from buckstop.domain.cases.state.decisions import Stage
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.ids import PersonId, RowId
from buckstop.domain.words.party import CONSUMER
from buckstop.domain.words.standing import Standing
from buckstop.records.cases.like_cases import LikeCases
from buckstop.records.cases.lines.outcome import DecisionLine
from buckstop.records.cases.page import CasePage
from buckstop.texts import law, money
from buckstop.web.language import beside, clauses, fact_told, listed, said, t, tongue
from buckstop.web.sights import answers, rights, times
from buckstop.web.sights.doing import barred
from buckstop.web.sights.like import RULINGS, Like, compared, like_of
from buckstop.web.sights.names import Names
from buckstop.web.sights.strip import Strip, strip_of

_TONES = {
    Standing.PROVEN: "ok",
    Standing.ADMITTED: "ok",
    Standing.PRESUMED: "due",
    Standing.DISPROVED: "bad",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One finding that may be cited."""

    value: str
    text: str
    tag: rights.Tag | None
    cite: str
    chosen: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One fact that may be cited."""

    value: str
    name: str
    standing: str
    tone: str
    chosen: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Frozen:
    """What counts, and what came later."""

    what: str
    late: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Gate:
    """One thing that must be so before a decision goes out."""

    what: str
    about: str
    met: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """The frame of the decision's text."""

    name: str
    to: str
    opening: str
    appeal: str
    signed: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Written:
    """A decision that waits for its second person, or stands."""

    outcome: str
    reasons: str
    stage: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """The whole page."""

    number: str
    title: str
    about: str
    back: str
    url: str
    strip: tuple[Strip, ...]
    frozen: Frozen | None
    freeze: str
    findings: tuple[Finding, ...]
    facts: tuple[Fact, ...]
    form: forms.Form
    paper: Paper
    standing: Written | None
    gates: tuple[Gate, ...]
    sign: str
    send_back: str
    do: str
    do_about: str
    back_because: str
    like: Like
    next: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Basis:
    """What the page is made of beside the case: what is typed, who looks, what is known."""

    form: forms.Form
    chosen: frozenset[str]
    facts: frozenset[str] | None
    me: PersonId | None
    likes: LikeCases
    rules: HouseRules


def decision_page(page: CasePage, names: Names, basis: Basis) -> Decision:
    """Put the page together."""
    form, chosen, me = basis.form, basis.chosen, basis.me
    at = {"number": page.number}
    written = next((d for d in reversed(page.decisions) if d.stage is not Stage.SENT_BACK), None)
    waits = written is not None and written.stage is Stage.PROPOSED
    if written is not None and not waits and page.appealing:
        written = None
    may_sign = (
        written is not None
        and waits
        and written.by != me
        and not (page.appealing and barred(page, me))
    )
    to_sign = {**at, "decision": written.decision} if written else at
    return Decision(
        number=page.number,
        title=page.title,
        about=_about(page),
        back=reverse("case", kwargs=at),
        url=reverse("propose-decision", kwargs=at),
        strip=strip_of(page, names),
        frozen=_frozen(page),
        freeze=reverse("freeze-record", kwargs=at) if page.open and written is None else "",
        findings=tuple(_findings(page, chosen)),
        facts=tuple(_facts(page, basis.facts)),
        form=form,
        paper=_paper(page, names, written, basis.rules),
        standing=_written(page, names, written),
        gates=tuple(_gates(page, names, written, basis.likes)),
        sign=reverse("sign-decision", kwargs=to_sign) if may_sign else "",
        send_back=reverse("send-back-decision", kwargs=to_sign) if may_sign else "",
        do=t("写好，交复核"),
        do_about=_second(basis.rules),
        back_because=_sent_back(page, names) if written is None else "",
        like=like_of(page, basis.likes, basis.chosen),
        next=tuple(_next(basis.rules)),
    )


def _about(page: CasePage) -> str:
    return beside((page.number, *(p.name for p in page.parties.values())))


def _frozen(page: CasePage) -> Frozen | None:
    if page.frozen_at is None:
        return None
    late = sum(item.late for item in page.evidence)
    counted = sum(not item.late for item in page.evidence)
    return Frozen(
        what=t(
            "{when}，{n} 份证据算数，双方都能看到。",
            when=times.at(page.frozen_at, page.at),
            n=counted,
        ),
        late=t("之后又收到 {n} 份，标为迟交。", n=late) if late else "",
    )


def _findings(page: CasePage, chosen: frozenset[str]) -> Iterator[Finding]:
    seen: set[str] = set()
    for line in page.assessment.findings:
        value = str(line.rows[0])
        if value in seen:
            continue
        seen.add(value)
        yield Finding(value=value, text=law.finding(line, tongue()), tag=None,
                      cite=_cite(line.rows), chosen=value in chosen)  # fmt: skip
    for right in page.assessment.entitlements:
        value = str(right.rows[0])
        if value in seen:
            continue
        seen.add(value)
        yield Finding(value=value, text=law.why(right, tongue()),
                      tag=rights.Tag(word=law.entitlement(right, tongue()), tone="ok"),
                      cite=_cite(right.rows), chosen=value in chosen)  # fmt: skip
    for burden in page.assessment.burdens:
        value = str(burden.rows[0])
        if value in seen:
            continue
        seen.add(value)
        yield Finding(value=value, text=law.burden(burden, tongue()), tag=None,
                      cite=_cite(burden.rows), chosen=value in chosen)  # fmt: skip


def _cite(rows: tuple[RowId, ...]) -> str:
    cited = law.citations(rows, tongue())
    return beside((listed(rows), cited))


def _facts(page: CasePage, chosen: frozenset[str] | None) -> Iterator[Fact]:
    for line in page.facts:
        if line.standing is Standing.UNKNOWN:
            continue
        yield Fact(
            value=line.fact,
            name=fact_told(line.fact, line.value),
            standing=said(f"cases.standing.{line.standing}"),
            tone=_TONES.get(line.standing, ""),
            chosen=line.standing.settled if chosen is None else line.fact in chosen,
        )


def _paper(page: CasePage, names: Names, written: DecisionLine | None, rules: HouseRules) -> Paper:
    parties = listed(party.name for party in page.parties.values())
    if page.frozen_at is None:
        opening = t("我们看完了双方提交的全部材料，现在把结果和理由告诉各位。")
    else:
        opening = t(
            "我们看完了双方在 {when} 前提交的全部材料，现在把结果和理由告诉各位。",
            when=times.at(page.frozen_at, page.at),
        )
    by = names.people.get(written.by, "") if written else ""  # a paper calls nobody "you"
    return Paper(
        name=_paper_name(rules),
        to=t("{parties}：", parties=parties),
        opening=opening,
        appeal=t(
            "收到后 {n} 天内，拿出新的事实或证据，可以申诉，由另一个人来看。"
            "也可以向 12315 投诉，或者去法院起诉。本页不妨碍走这些路。",
            n=rules.lengths[ClockKind.APPEAL].count,
        ),
        signed=_signed(by, written, names) if written else "",
    )  # fmt: skip


def _signed(by: str, written: DecisionLine, names: Names) -> str:
    if not written.second_needed:
        return by
    second = names.people.get(written.second, "") if written.second else t("待签")
    return t("{by}　复核：{second}", by=by, second=second)


def _paper_name(rules: HouseRules) -> str:
    if rules.is_liable:
        return t("答 复 书")
    return t("裁 定 书") if rules.powers.decide else t("建 议 书")


def _second(rules: HouseRules) -> str:
    """Say which decisions need a second person, by the published amount."""
    if rules.second_from > 1:
        least = money(rules.second_from, tongue())
        return t("满 {least} 的，和不支持消费者的，要第二个人签字后才发出；别的写好就发出。"
                 "发出后不能改，只能更正并通知双方。", least=least)  # fmt: skip
    return t("涉及钱的，和不支持消费者的，要第二个人签字后才发出；别的写好就发出。"
             "发出后不能改，只能更正并通知双方。")  # fmt: skip


def _written(page: CasePage, names: Names, written: DecisionLine | None) -> Written | None:
    if written is None:
        return None
    parts = [str(RULINGS[written.ruling])]
    if written.remedy is not None and written.debtor is not None:
        parts.append(
            t("{who}在 {n} 天内办好：{what}", who=names.party(written.debtor),
              n=written.fulfil_days, what=answers.told(written.remedy))
        )  # fmt: skip
    stage = (
        t("写好了，等另一个人复核签字。")
        if written.stage is Stage.PROPOSED
        else t("已经发出，{when}。", when=times.at(written.at, page.at))
    )
    return Written(outcome=clauses(parts), reasons=written.reasons or "", stage=stage)


def _sent_back(page: CasePage, names: Names) -> str:
    """Say why the last decision came back without a signature."""
    lines = (x for x in reversed(page.thread) if isinstance(x.event, DecisionSentBack))
    last = next(lines, None)
    if last is None or page.decisions[-1].stage is not Stage.SENT_BACK:
        return ""
    return t(
        "{who}没有签，退回重写：{why}",
        who=names.person(last.person),
        why=last.said.get("reason", ""),
    )


def _gates(
    page: CasePage,
    names: Names,
    written: DecisionLine | None,
    likes: LikeCases,
) -> Iterator[Gate]:
    if page.appealing:
        yield Gate(
            what=t("申诉由没参与过原裁定的人来看"),
            about=t("您参与过，请转给别人") if barred(page, names.me_person) else "",
            met=not barred(page, names.me_person),
        )
    unreached = listed(
        party.name
        for party in page.parties.values()
        if party.party != CONSUMER and not party.reached
    )
    if unreached and written is None:
        yield Gate(
            what=t("要办的一方收到过通知"),
            about=t("{who}还没有收到过，现在不能裁定由它办。请它举证一次，通知会自动发出。",
                    who=unreached),
            met=False,
        )  # fmt: skip
    yield Gate(what=t("记录已冻结，双方都知道"), about="", met=page.frozen_at is not None)
    yield Gate(
        what=t("每句理由都有认定"),
        about=t("写了 {n} 项认定", n=len(written.findings)) if written else t("左边勾选"),
        met=written is not None and bool(written.findings),
    )
    yield Gate(what=t("看过认定相同的旧案"), about=compared(written, likes), met=True)
    if written is None or written.second_needed:
        second = names.person(written.second) if written and written.second else ""
        yield Gate(
            what=t("第二人复核"),
            about=second or t("不能是写裁定的人"),
            met=bool(second),
        )


def _next(rules: HouseRules) -> Iterator[str]:
    if not (rules.powers.decide or rules.is_liable):
        yield t("双方都接受才有约束力；有一方不接受，材料包交消费者去外部机构")
    yield t("对方按写明的天数办好，交凭证")
    yield t("到期没办，算逾期，主管继续追")
    yield t("消费者确认收到，才结案")


def usual_choice(page: CasePage) -> frozenset[str]:
    """Choose what is cited unless somebody chooses otherwise: the findings of the law."""
    return frozenset(str(line.rows[0]) for line in page.assessment.findings)
