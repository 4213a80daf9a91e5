"""The card that answers: who, since when, what, by when, or else."""

from dataclasses import dataclass
from datetime import datetime

from buckstop.domain.cases.rules.ball import WISH
from buckstop.domain.cases.state.clocks import Moved, Running
from buckstop.domain.words.ids import FactKey
from buckstop.domain.words.party import CONSUMER, HOUSE, Holder
from buckstop.records.cases.lines.turn import ClockLine, OrElse
from buckstop.records.cases.lines.turn import Turn as Now
from buckstop.records.cases.page import CasePage
from buckstop.texts import knows
from buckstop.web.language import fact_name, fact_told, listed, said, t
from buckstop.web.sights import times
from buckstop.web.sights.names import Names
from buckstop.web.sights.times import Time


@dataclass(frozen=True, kw_only=True, slots=True)
class Turn:
    """What the card shows."""

    label: str
    open: bool
    who: str
    must: str
    also: str
    share: int | None
    waited: Time
    left: Time
    otherwise_label: str
    otherwise: str


def turn_of(page: CasePage, names: Names) -> Turn:
    """Say whose turn it is; of a closed case, how it ended."""
    if page.turn is None:
        return _ended(page, names)
    turn = page.turn
    share = None if turn.share is None else round(100 * min(max(turn.share, 0), 1))
    return Turn(
        label=t("现在该谁办"),
        open=True,
        who=names.holder(turn.holder),
        must=_must(page, turn),
        also=_wished(page, names),
        share=share,
        waited=times.waited(turn.since, page.at),
        left=times.remaining(turn.due, page.at, provisional=turn.provisional),
        otherwise_label=t("逾期则"),
        otherwise=or_else(turn.or_else, names, page),
    )


def _wished(page: CasePage, names: Names) -> str:
    """Say until when the consumer's wish for takeover must be answered."""
    if names.me not in {CONSUMER, HOUSE}:
        return ""
    running = (c for c in page.clocks if c.subject == WISH and c.state is Running.RUNNING)
    clock = next(running, None)
    if clock is None:
        return ""
    when = times.at(clock.due, page.at)
    if names.me == CONSUMER:
        return t("您请了介入：主管要在 {when} 前答复，不答复就接手。", when=when)
    return t("消费者请了介入：主管要在 {when} 前答复，不答复就接手。", when=when)


def _ended(page: CasePage, names: Names) -> Turn:
    closed = page.closed_at or page.last_at
    outcome = names.outcome(page.outcome) if page.outcome else t("案件结束了")
    return Turn(
        label=t("案件已结束"),
        open=False,
        who=outcome,
        must=_given_up(you=names.me == CONSUMER) if page.given_up else "",
        also="",
        share=None,
        waited=Time(
            label=t("一共用了"),
            head=times.long(closed - page.opened_at),
            lines=(t("从 {when} 起", when=times.at(page.opened_at, page.at)),),
        ),
        left=Time(label=t("结束于"), head=times.at(closed, page.at)),
        otherwise_label="",
        otherwise="",
    )


def _given_up(*, you: bool) -> str:
    if you:
        return t("您放弃了，但事情没有办成。我们按“放弃”单独统计。")
    return t("消费者放弃了，但事情没有办成，按“放弃”单独统计。")


def _must(page: CasePage, turn: Now) -> str:
    """Say what the holder must do; of a proof, of what."""
    asked = [
        fact_name(line.fact)
        for line in page.requests
        if line.of == turn.holder.party and line.end is None
    ]
    if turn.must == "prove" and asked:
        return t("要拿出证据，证明{facts}。", facts=listed(t("“{fact}”", fact=f) for f in asked))
    return t("要{what}。", what=expected(turn.must))


def expected(code: str) -> str:
    """Say what is expected of the holder."""
    known = f"turn.expected.{code}"
    return said(known) if knows(known) else said("turn.expected.other")


def or_else(what: OrElse | None, names: Names, page: CasePage) -> str:
    """Say what the lapse of a clock would do by itself."""
    if what is None:
        return ""
    code = what.code
    if code == "fact-presumed" and what.next_due is not None and what.next_kind == "decide":
        code = "fact-presumed-decide"
    if code == "ball-moves" and what.ball_to and page.turn and what.ball_to == page.turn.holder:
        code = "ball-stays"
    return said(
        f"turn.else.{code}",
        facts=_presumed(what, page),
        outcome=names.outcome(what.outcome) if what.outcome else "",
        to=names.holder(what.ball_to) if what.ball_to else names.holder(Holder(party=names.me)),
        next_due=times.at(what.next_due, page.at) if what.next_due else t("公布的期限"),
    )


def _presumed(what: OrElse, page: CasePage) -> str:
    """Name what would be presumed: a fact, or that it is not so."""
    return listed(_presumption(fact, page) for fact in what.presumed)


def _presumption(fact: FactKey, page: CasePage) -> str:
    burden = page.assessment.burden(fact)
    value = burden.presumption if burden else None
    if value in {None, "yes", "no"}:
        return fact_told(fact, value)
    return t("“{fact}”为 {value}", fact=fact_name(fact), value=value)


@dataclass(frozen=True, kw_only=True, slots=True)
class Why:
    """What opens under 为什么."""

    label: str
    lines: tuple[str, ...]
    cites: str = ""


def why_this_date(clock: ClockLine, names: Names, now: datetime) -> Why:
    """Say how a due time comes about: start, length, days left out, rests, moves."""
    since = times.at(clock.started, now)
    if clock.span is None:
        lines = [said("turn.why.statutory", since=since)]
    else:
        lines = [said(f"turn.why.{clock.span.unit}", since=since, count=clock.span.count)]
    if clock.skipped:
        lines.append(said("turn.why.skipped", days=clock.skipped))
    if clock.rested:
        lines.append(said("turn.why.rested", rested=times.long(clock.rested)))
    lines.extend(_moved(move, names, now) for move in clock.moves if move.before != move.due)
    if clock.provisional:
        lines.append(said("turn.why.provisional"))
    return Why(label=t("为什么是这天"), lines=tuple(lines), cites=_rule(clock))


def _moved(move: Moved, names: Names, now: datetime) -> str:
    return said(
        f"turn.moved.{move.because}",
        at=times.at(move.at, now),
        before=times.at(move.before, now),
        due=times.at(move.due, now),
        by=names.node(move.charged_to) if move.charged_to else "",
    )


def _rule(clock: ClockLine) -> str:
    house = str(clock.rule).removeprefix("house:")
    if house == clock.rule:
        return str(clock.rule)
    return t("本机构公布的规则：{name}期限", name=said(f"turn.clock.{clock.kind}"))
