"""The lists of a case: evidence, promises, calls, each with its count."""

from dataclasses import dataclass

from buckstop.domain.cases.events import RequestEnd, Side
from buckstop.domain.cases.state.promises import Record, Word
from buckstop.domain.words.ids import FactKey
from buckstop.domain.words.party import CONSUMER
from buckstop.domain.words.reconcile import Precision
from buckstop.records.cases.lines.words import ContactLine, PromiseLine, RecordLine
from buckstop.records.cases.page import CasePage
from buckstop.texts import law
from buckstop.web.language import clauses, commas, fact_name, fact_told, listed, said, t, tongue
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
            detail=commas(
                (
                    names.party(item.by),
                    t("{when} 封存", when=times.at(item.at, page.at)),
                    _proves(item.accepted_for),
                    t("迟交") if item.late else "",
                )
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
    names = listed(fact_name(fact) for fact in facts)
    return t("能证明“{facts}”", facts=names) if names else ""


def promises_of(page: CasePage, names: Names) -> Listing:
    """List what was promised, each promise once with all that became of it."""
    given = list(page.promises)
    chains = [_chain(record, given) for record in page.records]
    told = [
        _row(record, chain, page, names)
        for record, chain in zip(page.records, chains, strict=True)
    ]
    while given:
        chain = _taken_up(given.pop(0), given)
        told.append(_row(None, chain, page, names))
    told.sort(key=lambda row: _FIRST.index(row.tone))
    kept = sum(p.word is Word.KEPT for p in page.promises)
    broken = sum(p.word is Word.BROKEN for p in page.promises)
    waiting = sum(p.word is Word.OPEN for p in page.promises)
    return Listing(
        rows=tuple(told),
        count=t("兑现 {kept}，失信 {broken}，未到期 {waiting}", kept=kept, broken=broken,
                waiting=waiting) if page.promises else "",
        none=t("定下来要办的，另有期限盯着。除此以外还没有人答应过什么。")
        if page.owed else t("还没有人答应过什么。答应了的会列在这里，到期自动对账。"),
    )  # fmt: skip


_FIRST = ("open", "bad", "")


def _chain(record: RecordLine, given: list[PromiseLine]) -> list[PromiseLine]:
    """Take out of the promises what a record became once it stood."""
    for promise in given:
        if promise.told_by_consumer and (promise.by, promise.text) == (record.of, record.text):
            given.remove(promise)
            return _taken_up(promise, given)
    return []


def _taken_up(promise: PromiseLine, given: list[PromiseLine]) -> list[PromiseLine]:
    """Follow a broken promise to the one in which a supervisor took it up at that moment."""
    for later in given:
        same = (later.kind, later.text, later.by) == (promise.kind, promise.text, promise.by)
        if promise.word is Word.BROKEN and same and later.at == promise.ended:
            given.remove(later)
            return [promise, *_taken_up(later, given)]
    return [promise]


def _row(record: RecordLine | None, chain: list[PromiseLine], page: CasePage, names: Names) -> Row:
    said_of = _told_of(record, names) if record else _told_by(chain[0], names)
    history = [_recorded(record, page, names)] if record else []
    history += [_became(p, page, names, first=at == 0 and record is None, again=at > 0)
                for at, p in enumerate(chain)]  # fmt: skip
    words = [promise.word for promise in chain]
    last = words[-1] if words else None
    waiting = record is not None and record.state is Record.WAITING
    # Once broken, it stays so to the eye, also where a supervisor made it good later.
    seen = Word.BROKEN if Word.BROKEN in words and last is not Word.OPEN else last
    icon, tone = _LOOKS.get(seen, ("check", "")) if seen else ("check", "")
    if waiting:
        icon, tone = "clock", "open"
    elif record is not None and record.state is Record.CONTRADICTED:
        icon = "cross"
    mark = t("失信") if Word.BROKEN in words else t("收回") if last is Word.RETRACTED else ""
    return Row(head=said_of, icon=icon, tone=tone, mark=mark, detail=clauses(history))


_LOOKS = {
    Word.OPEN: ("clock", "open"),
    Word.BROKEN: ("cross", "bad"),
    Word.RETRACTED: ("cross", "bad"),
    Word.VOID: ("cross", ""),
}


def _told_of(record: RecordLine, names: Names) -> str:
    return t("{who}：{what}", who=names.party(record.of), what=record.text or "")


def _told_by(promise: PromiseLine, names: Names) -> str:
    who = names.person(promise.person) or names.party(promise.by)
    what = promise.text or said(f"cases.promise.{promise.kind}")
    return t("{who}：{what}", who=who, what=what)


def _recorded(record: RecordLine, page: CasePage, names: Names) -> str:
    """Say who recorded it, for when it was promised, and whether the record stands."""
    own = names.me == CONSUMER
    who = t("您记的") if own else t("消费者记的")
    until = (
        t("，说好 {when} 前", when=times.at(record.promised_for, page.at))
        if record.promised_for
        else ""
    )
    state = {
        Record.WAITING: t("48 小时内没有相反的记录就作数"),
        Record.STANDS: t("没有相反的记录，已作数"),
        Record.CONTRADICTED: t("对方有相反的记录"),
    }[record.state]
    return t("{who}{until}，{state}", who=who, until=until, state=state)


def _became(
    promise: PromiseLine, page: CasePage, names: Names, *, first: bool, again: bool
) -> str:
    """Say how one promise stands; `again` is that of a supervisor who took it up."""
    due = times.at(promise.due, page.at) if promise.due else ""
    ended = times.at(promise.ended, page.at) if promise.ended else ""
    made = t("{when} 答应，", when=times.at(promise.at, page.at)) if first else ""
    if again:
        made = t("主管{who}接手补办，", who=names.person(promise.person))
    match promise.word:
        case Word.OPEN:
            left = times.left(promise.due, page.at) if promise.due else ""
            return t("{made}{due} 前，{left}", made=made, due=due, left=left)
        case Word.KEPT:
            return t("{made}{when} 兑现", made=made, when=ended)
        case Word.BROKEN:
            return t("{made}{due} 到期，没有办，已计入{who}", made=made, due=due,
                     who=names.node(promise.node))  # fmt: skip
        case Word.RETRACTED:
            return t("{made}{when} 收回", made=made, when=ended)
        case Word.STANDING:
            return t("{made}一直有效", made=made)
        case Word.VOID:
            return t("{made}{when} 起不作数：对方及时拿出了相反的记录", made=made, when=ended)


def tally_of(page: CasePage) -> Tally:
    """Count both sides' logs against each other."""
    tally = page.tally
    if tally is None:
        return Tally(consumer=0, desk=0, matched=0, about="", claims=(), unmatched=None)
    mine = [c for c in tally.lines if c.side is Side.CONSUMER and c.matched is None]
    theirs = [c for c in tally.lines if c.side is Side.DESK and c.matched is None]
    only = []
    if mine:
        only.append(t("有 {n} 次只有您记了，没有相反记录的，按您说的算。", n=len(mine)))
    if theirs:
        only.append(t("有 {n} 次只有服务台记了。", n=len(theirs)))
    lines = []
    if mine:
        lines.append(t("只有您记了：{list}", list=listed(when(c, page) for c in mine)))
    if theirs:
        lines.append(t("只有服务台记了：{list}", list=listed(when(c, page) for c in theirs)))
    count = len(mine) + len(theirs)
    why = Why(label=t("看对不上的 {n} 次", n=count), lines=tuple(lines)) if lines else None
    return Tally(
        consumer=tally.consumer,
        desk=tally.desk,
        matched=tally.matched,
        about="".join(only),
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
        t(
            "{fact}：{standing}",
            fact=fact_told(f.fact, f.value),
            standing=said(f"cases.standing.{f.standing}"),
        )
        for f in page.facts
        if f.never_ask
    )
    answered = (
        t("{fact}：已经交过", fact=fact_name(r.fact))
        for r in page.requests
        if r.of == CONSUMER and r.end is RequestEnd.ANSWERED
    )
    return tuple(dict.fromkeys((*settled, *answered)))
