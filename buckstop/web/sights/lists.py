"""The lists of a case: evidence, promises, calls, each with its count."""

from collections.abc import Iterator
from dataclasses import dataclass

from buckstop.domain.cases.events import RequestEnd, Side
from buckstop.domain.cases.state.promises import Record, Word
from buckstop.domain.words.ids import FactKey
from buckstop.domain.words.party import CONSUMER
from buckstop.domain.words.reconcile import Precision
from buckstop.records.cases.page import CasePage, ContactLine, PromiseLine
from buckstop.texts import law
from buckstop.web.language import fact_name, fact_told, said, t, tongue
from buckstop.web.sights import times
from buckstop.web.sights.names import Names
from buckstop.web.sights.turn import Why


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One thing of a list."""

    head: str
    icon: str
    detail: str = ""
    mark: str = ""
    tone: str = ""
    url: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """A list, how many there are, and what to do when there are none."""

    rows: tuple[Row, ...]
    count: str
    none: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """Both sides' count of their exchanges."""

    consumer: int
    desk: int
    matched: int
    about: str
    claims: tuple[str, ...]
    unmatched: Why | None


def evidence_of(page: CasePage, names: Names, files: str) -> Listing:
    """List what is sealed in the case, and what could still be handed in."""
    have = tuple(
        Row(
            head=item.name,
            icon="check",
            url=f"{files}{item.sha256}",
            detail="，".join(
                part
                for part in (
                    names.party(item.by),
                    t("{when} 封存", when=times.at(item.at, page.at)),
                    _proves(item.accepted_for),
                    t("迟交") if item.late else "",
                )
                if part
            ),
        )
        for item in page.evidence
    )
    wanted = tuple(
        Row(
            head=fact_name(ask.fact),
            icon="plus",
            tone="open",
            detail=t("可以用：{kinds}", kinds=law.proofs(ask.kinds, tongue())),
        )
        for ask in page.requests
        if ask.end is None and ask.of == page.viewer
    )
    return Listing(
        rows=have + wanted,
        count=t("{n} 样已有", n=len(have)),
        none=t("还没有材料。有照片、聊天截图、单据，随时可以补。"),
    )


def _proves(facts: tuple[FactKey, ...]) -> str:
    names = "、".join(fact_name(fact) for fact in facts)
    return t("能证明“{facts}”", facts=names) if names else ""


def promises_of(page: CasePage, names: Names) -> Listing:
    """List what was promised, kept, broken, and what the consumer recorded."""
    rows = tuple(_promise(p, page, names) for p in sorted(page.promises, key=_open_first))
    kept = sum(p.word is Word.KEPT for p in page.promises)
    broken = sum(p.word is Word.BROKEN for p in page.promises)
    waiting = sum(p.word is Word.OPEN for p in page.promises)
    return Listing(
        rows=rows + tuple(_records(page, names)),
        count=t("兑现 {kept}，失信 {broken}，未到期 {waiting}", kept=kept, broken=broken,
                waiting=waiting) if rows else "",
        none=t("还没有人答应过什么。答应了的会列在这里，到期自动对账。"),
    )  # fmt: skip


def _open_first(promise: PromiseLine) -> int:
    return (Word.OPEN, Word.BROKEN, Word.RETRACTED, Word.STANDING, Word.KEPT).index(promise.word)


def _promise(promise: PromiseLine, page: CasePage, names: Names) -> Row:
    who = names.person(promise.person) or names.party(promise.by)
    what = promise.text or said(f"cases.promise.{promise.kind}")
    head = t("{who}：{what}", who=who, what=what)
    made = t("{when} 答应", when=times.at(promise.at, page.at))
    due = times.at(promise.due, page.at) if promise.due else ""
    match promise.word:
        case Word.OPEN:
            left = times.left(promise.due, page.at) if promise.due else ""
            detail = t("{made}，{due} 前，{left}", made=made, due=due, left=left)
            return Row(head=head, icon="clock", tone="open", detail=detail)
        case Word.KEPT:
            ended = times.at(promise.ended, page.at) if promise.ended else ""
            return Row(head=head, icon="check", detail=t("{when} 兑现", when=ended))
        case Word.BROKEN:
            return Row(head=head, icon="cross", tone="bad", mark=t("失信"),
                       detail=t("{made}，{due} 到期，没有办。已计入{who}", made=made, due=due,
                                who=names.node(promise.node)))  # fmt: skip
        case Word.RETRACTED:
            return Row(head=head, icon="cross", tone="bad", mark=t("收回"), detail=made)
        case Word.STANDING:
            return Row(head=head, icon="check", detail=t("{made}，一直有效", made=made))


def _records(page: CasePage, names: Names) -> Iterator[Row]:
    for record in page.records:
        state = {
            Record.WAITING: t("您记的，48 小时内没有相反的记录就作数"),
            Record.STANDS: t("您记的，已作数"),
            Record.CONTRADICTED: t("对方有相反的记录"),
        }[record.state]
        yield Row(
            head=t("{who}：{what}", who=names.party(record.of), what=record.text or ""),
            icon="clock" if record.state is Record.WAITING else "check",
            tone="open" if record.state is Record.WAITING else "",
            detail=state,
        )


def tally_of(page: CasePage) -> Tally:
    """Count both sides' logs against each other."""
    tally = page.tally
    if tally is None:
        return Tally(consumer=0, desk=0, matched=0, about="", claims=(), unmatched=None)
    mine = [c for c in tally.lines if c.side is Side.CONSUMER and c.matched is None]
    theirs = [c for c in tally.lines if c.side is Side.DESK and c.matched is None]
    about = ""
    if mine or theirs:
        about = t(
            "有 {mine} 次只有您记了，{theirs} 次只有平台记了。没有相反记录的，按您说的算。",
            mine=len(mine),
            theirs=len(theirs),
        )
    lines = []
    if mine:
        lines.append(t("只有您记了：{list}", list="、".join(when(c, page) for c in mine)))
    if theirs:
        lines.append(t("只有平台记了：{list}", list="、".join(when(c, page) for c in theirs)))
    count = len(mine) + len(theirs)
    why = Why(label=t("看对不上的 {n} 次", n=count), lines=tuple(lines)) if lines else None
    return Tally(
        consumer=tally.consumer,
        desk=tally.desk,
        matched=tally.matched,
        about=about,
        claims=claims_of(page),
        unmatched=why,
    )


def claims_of(page: CasePage) -> tuple[str, ...]:
    """Give the bare totals, which are shown as what they are."""
    claims = page.tally.claims if page.tally else ()
    return tuple(
        t("说过一共“{text}”，约 {n} 次：只作为说法，不逐条展开。", text=text or "", n=about)
        for text, about in claims
    )


def when(contact: ContactLine, page: CasePage) -> str:
    """Say when a contact was, as precisely as it is known."""
    if contact.precision is Precision.DAY:
        return times.on(contact.at.date(), page.at)
    shown = times.at(contact.at, page.at)
    return t("{when} 左右", when=shown) if contact.precision is Precision.HOUR else shown


def never_ask(page: CasePage) -> tuple[str, ...]:
    """List what the consumer must not be asked again, and why."""
    settled = (
        f"{fact_told(f.fact, f.value)}：{said(f'cases.standing.{f.standing}')}"
        for f in page.facts
        if f.never_ask
    )
    answered = (
        t("{fact}：已经交过", fact=fact_name(r.fact))
        for r in page.requests
        if r.of == CONSUMER and r.end is RequestEnd.ANSWERED
    )
    return tuple(dict.fromkeys((*settled, *answered)))
