"""What a respondent sees from its link: what is claimed, what the law says, three choices."""

from dataclasses import dataclass

from django.urls import reverse

from buckstop.domain.cases.state.remedies import Delivery
from buckstop.domain.law.assessment import Ground, GroundUse
from buckstop.domain.words.party import CONSUMER
from buckstop.domain.words.purchase import RemedyKind
from buckstop.records.cases.page import CasePage
from buckstop.texts import law, money
from buckstop.web.drawer import Drawer, Waiting
from buckstop.web.language import commas, listed, said, t, tongue
from buckstop.web.sights import answers, rights, thread, times, turn, verdict
from buckstop.web.sights.asks import OWN_ANSWERS, Ask, Option, asks_of, more_of, open_task
from buckstop.web.sights.names import Names


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One line of the brief."""

    label: str
    text: str
    why: turn.Why | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """By when to answer."""

    left: str
    about: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Proof:
    """One kind of proof that would do."""

    kind: str
    name: str
    about: str
    issuers: tuple[Option, ...]
    field: str
    files: tuple[Waiting, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """One ground and the proof it needs."""

    code: str
    name: str
    proofs: tuple[Proof, ...]
    chosen: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """One of the big choices, with what it asks for."""

    value: str
    name: str
    about: str
    template: str
    chosen: bool
    note: str = ""
    remedies: tuple[Option, ...] = ()
    grounds: tuple[Listed, ...] = ()
    parties: tuple[Option, ...] = ()
    field: str = ""
    text: str = ""
    plan: str = ""
    amount: str = ""
    days: str = "7"
    wrong: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """The whole page."""

    title: str
    hello: str
    number: str
    url: str
    due: Due | None
    waiting: str
    refused: str
    brief: tuple[Row, ...]
    asks: tuple[Ask, ...]
    more: tuple[Ask, ...]
    offers: tuple[answers.Offer, ...]
    verdict: verdict.Verdict | None
    choices: tuple[Choice, ...]
    wrong: str
    reach: str
    thread: thread.Thread


def answer_page(page: CasePage, names: Names, drawer: Drawer, *, wrong: str = "") -> Answer:
    """Put the page together; the drawer holds what was typed and chosen so far."""
    at = {"number": page.number, "party": page.viewer}
    files = reverse("their-file", kwargs={**at, "digest": "0"}).removesuffix("0")
    consumer = names.parties.get(CONSUMER, "")
    mine = page.turn is not None and page.turn.holder.party == page.viewer
    return Answer(
        title=page.title,
        hello=t(
            "{name}，您好。这是{who}的投诉，链接只给您用，不用注册。",
            name=names.parties.get(page.viewer, ""),
            who=consumer,
        ),
        number=page.number,
        url=reverse("answer", kwargs=at),
        due=_due(page) if mine or open_task(page) else None,
        waiting=_waiting(page, names),
        refused=_refused(page),
        brief=tuple(_brief(page, names)),
        asks=tuple(asks_of(page, names, at)),
        more=tuple(more_of(page, at)),
        offers=answers.offers_of(page, names),
        verdict=verdict.verdict_of(page, names),
        choices=tuple(_choices(page, names, drawer)),
        wrong=wrong,
        reach=_reach(page, at),
        thread=thread.thread_of(page, names, files, every=False),
    )


def _reach(page: CasePage, at: dict[str, str]) -> str:
    act = page.acts.get("give-contact")
    return reverse("give-contact-as-party", kwargs=at) if act and act.allowed else ""


def _due(page: CasePage) -> Due | None:
    task = open_task(page)
    due = task.due if task else page.turn.due if page.turn else None
    if due is None:
        return None
    when = times.at(due, page.at)
    about = t("请在 {when} 前答复，大约用 2 分钟。", when=when)
    if task is not None and task.expected == "fulfil-remedy":
        about = t("请在 {when} 前办好，再交凭证。", when=when)
    elif task is not None and task.expected not in OWN_ANSWERS | {"respond"}:
        what = turn.expected(task.expected)
        about = t("请在 {when} 前{what}；办不到，请说明。", when=when, what=what)
    return Due(left=times.left(due, page.at), about=about)


def _waiting(page: CasePage, names: Names) -> str:
    if page.turn is None:
        return t("案件已经结束：{how}", how=names.outcome(page.outcome) if page.outcome else "")
    offer = next((o for o in page.offers if o.open and o.to == page.viewer), None)
    if offer is not None:
        due = times.at(offer.due, page.at)
        return t("{who}提了一个方案，等您看，{due} 前有效。", who=names.party(offer.by), due=due)
    if any(o.by == page.viewer and o.delivery is Delivery.DISPUTED for o in page.owed):
        return t("消费者说没收到，或不对，服务台在查。请补办好，再交一次凭证。")
    who = names.holder(page.turn.holder)
    return t("现在不用您办，等{who}{what}。", who=who, what=turn.expected(page.turn.must))


def _refused(page: CasePage) -> str:
    """Say of a refusal without proof what it lacks, while it can still be given."""
    task = open_task(page)
    mine = [line for line in page.refusals if line.by == page.viewer]
    if task is None or not mine or mine[-1].supported:
        return ""
    return t(
        "您拒绝了，理由是“{ground}”，但没有附上它需要的证据，时限没有停。"
        "请在 {when} 前补上再拒绝一次，或者换一种答复。下面任意一样就行：{kinds}。",
        ground=law.ground(mine[-1].ground, tongue()),
        when=times.at(task.due, page.at),
        kinds=law.proofs(mine[-1].needs, tongue()),
    )


def _brief(page: CasePage, names: Names) -> list[Row]:
    bought = page.purchase
    about = [
        bought.item or said(f"cases.goods.{bought.goods}"),
        money(bought.price, tongue()) if bought.price else "",
        t("{day}售出", day=times.on(bought.ordered_on, page.at)) if bought.ordered_on else "",
    ]
    rows = [Row(label=t("商品"), text=commas(about))]
    if page.stories:
        rows.append(Row(label=t("消费者说"), text=page.stories[0]))
    rows.append(Row(label=t("要求"), text=answers.remedy(page.demand)))
    shown = rights.rights_of(page)
    rows += [
        Row(label=t("规定怎么说") if at == 0 else "", text=right.what, why=right.why)
        for at, right in enumerate(shown.rows)
    ]
    if page.turn and page.turn.or_else and page.turn.holder.party == page.viewer:
        rows.append(Row(label=t("不答复则"), text=turn.or_else(page.turn.or_else, names, page)))
    return rows


def _choices(page: CasePage, names: Names, drawer: Drawer) -> list[Choice]:
    typed = drawer.typed
    task = open_task(page)
    if task is None or task.expected == "fulfil-remedy":
        return []
    chosen = typed.get("answer", "")
    choices = [_agree(page, typed, chosen), _offer(typed, chosen), _refuse(page, drawer, chosen)]
    passes = _passes(page, names, typed)
    if passes:
        choices.append(_pass_on(passes, typed, chosen))
    bounce = page.acts.get("bounce-ball")
    if bounce is not None and bounce.allowed:
        choices.append(_bounce(page, drawer, chosen))
    return choices


def _agree(page: CasePage, typed: dict[str, str], chosen: str) -> Choice:
    return Choice(
        value="agree",
        name=t("同意"),
        about=t("照要求办：{what}", what=answers.remedy(page.demand)),
        template="answers/agree.html",
        chosen=chosen == "agree",
        note=t("同意后按您说的天数履行，办好交凭证，消费者确认才结案。"),
        days=typed.get("agree_days", "7"),
    )


def _offer(typed: dict[str, str], chosen: str) -> Choice:
    return Choice(
        value="offer",
        name=t("提一个方案"),
        about=t("比如直接换新，或者退款。由消费者决定接不接受"),
        template="answers/offer.html",
        chosen=chosen == "offer",
        note=t("方案不算承认责任。不接受，案件照常往下走。"),
        remedies=tuple(
            Option(value=k, name=said(f"cases.remedy.{k}"), chosen=typed.get("remedy") == k)
            for k in RemedyKind
        ),
        plan=typed.get("plan", ""),
        amount=typed.get("amount", ""),
        days=typed.get("offer_days", "7"),
    )


def _pass_on(parties: tuple[Option, ...], typed: dict[str, str], chosen: str) -> Choice:
    return Choice(
        value="pass",
        name=t("该由别人办"),
        about=t("转给案件里的另一方，写清楚请他做什么"),
        template="answers/pass.html",
        chosen=chosen == "pass",
        note=t("期限不重新算。没有新东西又转回来，会算踢一次，记在转出的一方。"),
        parties=parties,
        text=typed.get("pass_text", ""),
    )


def _bounce(page: CasePage, drawer: Drawer, chosen: str) -> Choice:
    return Choice(
        value="bounce",
        name=t("不该归我管"),
        about=t("按列明的理由退回，要有证据"),
        template="answers/refuse.html",
        chosen=chosen == "bounce",
        field="bounce",
        grounds=_grounds(page, GroundUse.BOUNCE, "bounce", drawer),
        text=drawer.typed.get("bounce_text", ""),
        note=t("没有证据不能退回。"),
    )


def _refuse(page: CasePage, drawer: Drawer, chosen: str) -> Choice:
    return Choice(
        value="refuse",
        name=t("拒绝"),
        about=t("要选理由，并交出这个理由需要的证据"),
        template="answers/refuse.html",
        chosen=chosen == "refuse",
        field="ground",
        grounds=_grounds(page, GroundUse.REFUSAL, "ground", drawer),
        text=drawer.typed.get("ground_text", ""),
        note=t("没有证据也能发出，但不停时限，到期仍按没有认定，并记一次无据拒绝。"),
    )


def _grounds(page: CasePage, use: GroundUse, field: str, drawer: Drawer) -> tuple[Listed, ...]:
    chosen = drawer.typed.get(field, "")
    return tuple(
        Listed(
            code=ground.code,
            name=law.ground(ground.code, tongue()),
            proofs=tuple(_proof(kind, ground, drawer) for kind in ground.needs),
            chosen=ground.code == chosen,
        )
        for ground in page.assessment.grounds
        if ground.use is use and _open_to(ground, page)
    )


_NAMES_ANOTHER = "other-named"


def _open_to(ground: Ground, page: CasePage) -> bool:
    """Leave out a reason to give the ball back that only another kind of party can have."""
    if ground.use is not GroundUse.BOUNCE or ground.code == _NAMES_ANOTHER:
        return True
    return page.parties[page.viewer].role in ground.issuers


def _proof(kind: str, ground: Ground, drawer: Drawer) -> Proof:
    field = f"proof-{ground.code}-{kind}"
    told = drawer.typed.get(f"issuer-{ground.code}-{kind}", "")
    issuers = tuple(
        Option(value=role.value, name=said(f"cases.role.{role}"), chosen=told == role)
        for role in ground.issuers
    )
    return Proof(
        kind=kind,
        name=said(f"law.proof.{kind}"),
        about=t("由{who}出具", who=listed(issuer.name for issuer in issuers)),
        issuers=(Option(value="", name=t("谁出具的")), *issuers),
        field=field,
        files=tuple(drawer.of(field)),
    )


def _passes(page: CasePage, names: Names, typed: dict[str, str]) -> tuple[Option, ...]:
    return tuple(
        Option(
            value=target.node,
            name=t("{who}（会算踢一次）", who=names.node(target.node))
            if target.kick
            else names.node(target.node),
            chosen=typed.get("to") == target.node,
        )
        for target in page.targets
        if target.act.allowed and target.party is not None
    )
