"""From the scenes of a story to what a person reads."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import groupby

from buckstop.domain.buck_passing.holds import holds_of
from buckstop.domain.buck_passing.trail import Term
from buckstop.domain.cases.events import CaseClosed, OfferMade, Outcome
from buckstop.domain.cases.now import Now
from buckstop.domain.cases.rules.law import assessment
from buckstop.domain.cases.state.case import replay
from buckstop.domain.cases.state.clocks import Running
from buckstop.domain.cases.state.closing import NO_FAULT
from buckstop.domain.cases.state.promises import Word
from buckstop.domain.cases.state.remedies import Delivery
from buckstop.domain.law.assessment import Assessment
from buckstop.domain.words.calendar import CHINA
from buckstop.domain.words.event import Entry
from buckstop.domain.words.ids import OfferId
from buckstop.domain.words.party import CONSUMER
from buckstop.domain.words.purchase import Remedy
from buckstop.letters.ball_path.from_case import Cast, picture_of
from buckstop.letters.ball_path.picture import Lane
from buckstop.letters.ball_path.terminal import terminal
from buckstop.texts import money, say
from stories.lines import MONEY_BACK, ZH, Reader, code
from stories.scene import Scene
from stories.script import Story
from stories.sums import index_of, number, shown, sums

TERMS: Mapping[Term, str] = {
    Term.KICK: "踢",
    Term.IDLE_PASS: "没有进展的转手",
    Term.REASK: "重复索要",
    Term.UNSUPPORTED_REFUSAL: "没有证据的拒绝",
    Term.BROKEN_PROMISE: "失信",
    Term.RETRACTED_ACKNOWLEDGEMENT: "收回承认",
    Term.WRONGFUL_CLOSURE: "错误结案",
    Term.MISSED_DUE: "逾期",
}
NOBODY_WAITS_SO_LONG = timedelta(days=3 * 365)
"""A house without rules has clocks too, which end in a time that is none."""
DELIVERY = {
    Delivery.OWED: "还没有办",
    Delivery.DELIVERED: "已办，等确认",
    Delivery.CONFIRMED: "已确认",
    Delivery.DISPUTED: "消费者说没有办到",
    Delivery.SUPERSEDED: "由后来的代替",
}
WORDS = {
    Word.OPEN: "还没到期",
    Word.KEPT: "兑现",
    Word.BROKEN: "失信",
    Word.STANDING: "一直有效",
    Word.RETRACTED: "被收回",
}


def telling(story: Story, scenes: tuple[Scene, ...], texts: Mapping[str, str]) -> str:
    """Tell a whole story, run by run."""
    parts = [f"{story.title}（{story.name}）"]
    for scene, run in zip(scenes, story.runs, strict=True):
        reader = Reader(scene.case, texts)
        parts += ["", *_head(scene, reader, run.title)]
        for title, lines in _sections(scene, reader, story):
            parts += ["", f"— {title} —", *lines]
    return "\n".join(parts) + "\n"


def _head(scene: Scene, reader: Reader, run: str) -> Iterator[str]:
    case = scene.case
    if run:
        yield f"══ {run}"
    yield f"案件 {case.claim.number}，{_at(scene.entries[0])} 受理，首问负责人{case.custody.owner}"
    yield f"“{reader.says(case.claim.stories[0])}”"


def _sections(scene: Scene, reader: Reader, story: Story) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "经过", tuple(_timeline(scene, reader))
    yield "球的走法", (_path(scene, reader, story.title),)
    yield "应得", tuple(_entitled(scene))
    yield "时限", tuple(_clocks(scene, reader))
    yield "承诺", tuple(_promises(scene, reader)) or ("没有",)
    yield "沟通", tuple(_contacts(scene, reader))
    yield "推诿指数", tuple(_index(scene, reader))
    yield "结果", tuple(_outcome(scene, reader))
    yield "以后才有", tuple(f"还没有：{part}" for part in (*story.later, "自证明的卷宗导出"))


def _at(entry: Entry) -> str:
    return f"{entry.recorded_at.astimezone(CHINA):%Y-%m-%d %H:%M}"


def _timeline(scene: Scene, reader: Reader) -> Iterator[str]:
    """Say one line an act: what one person did at one moment, with what followed from it."""
    for _, group in groupby(scene.entries, key=lambda e: (e.recorded_at, e.by)):
        act = tuple(group)
        lines = (reader.line(entry.event) for entry in act)
        said = [line.rstrip("。") for line in lines if line]
        if said:
            yield f"{_at(act[0])}  {reader.who(act[0])}  {'；'.join(said)}"


def _path(scene: Scene, reader: Reader, title: str) -> str:
    case = scene.case
    holds = holds_of(scene.entries, index_of(scene))
    nodes = {CONSUMER, *case.parties.members, *(hold.holder.node for hold in holds)}
    picture = picture_of(
        case,
        holds,
        Cast(lanes={n: Lane(name=reader.node(n)) for n in nodes}, said=reader.texts),
        key="path",
        title=title,
        language=ZH,
        at=scene.at,
    )
    return terminal(picture).rstrip()


def _says(scene: Scene, entries: tuple[Entry, ...]) -> Assessment:
    """Assess the case as it stood after some of its entries."""
    at = entries[-1].recorded_at
    return assessment(replay(entries), Now(at=at, rules=scene.rules))


def _entitled(scene: Scene) -> Iterator[str]:
    if scene.case.closing.outcome is Outcome.DECIDED_AGAINST:
        yield "裁定不支持，没有应得"
        return
    if not scene.rules.assesses:
        yield "这家机构当时不作评估；照表里的法律："
    says = _says(scene, scene.entries)
    for right in says.entitlements:
        how_much = f" {money(right.amount, ZH)}" if right.amount is not None else ""
        against = say(f"cases.role.{right.against}", ZH)
        what = code("law.entitlement", right.code)
        yield f"{what}{how_much}，向{against}，依据 {', '.join(right.rows)}"
    for finding in says.findings:
        if finding.code == "law-of-that-day-not-encoded":
            yield "购买那一天的法律没有收入本表，不作推测"


def is_below(remedy: Remedy, says: Assessment) -> bool:
    """Tell whether an offer gives less than the law, as far as the table can tell."""
    amounts = [e.amount for e in says.entitlements if e.amount is not None and e.amount > 0]
    if amounts and remedy.kind in MONEY_BACK:
        return remedy.amount < max(amounts)
    return bool(says.entitlements) and remedy.kind not in {e.code for e in says.entitlements}


def offers_below(scene: Scene) -> tuple[OfferId, ...]:
    """List the offers that gave less than the consumer may claim."""
    entries = scene.entries
    return tuple(
        e.event.offer
        for number_, e in enumerate(entries, start=1)
        if isinstance(e.event, OfferMade)
        and is_below(e.event.remedy, _says(scene, entries[:number_]))
    )


def _clocks(scene: Scene, reader: Reader) -> Iterator[str]:
    clocks = scene.case.clocks.every.values()
    yield f"启动 {len(clocks)} 个，到期 {len(scene.case.closing.lapses)} 次"
    for clock in clocks:
        if clock.state not in {Running.LAPSED, Running.RUNNING}:
            continue
        word = "还在走"
        if clock.state is Running.LAPSED:
            word = "过了，不算谁的错" if clock.kind in NO_FAULT else "到期没有办"
        due = f"{clock.due.astimezone(CHINA):%Y-%m-%d %H:%M} {word}"
        if clock.due - clock.started > NOBODY_WAITS_SO_LONG:
            due = "这家机构没有规定最迟什么时候"
        yield f"{reader.node(clock.party)}：{code('turn.clock', clock.kind)}，{due}"


def _promises(scene: Scene, reader: Reader) -> Iterator[str]:
    for given in scene.case.promises.every.values():
        told = "（消费者所记）" if given.told_by_consumer else ""
        what = reader.says(given.text).rstrip("。")
        yield f"{reader.node(given.node)}：{what}{told}，{WORDS[given.word]}"


def _contacts(scene: Scene, reader: Reader) -> Iterator[str]:
    contacts = scene.case.contacts
    both = contacts.reconciled()
    ours, theirs = len(both.consumer_only), len(both.desk_only)
    matched = len(both.pairs)
    yield f"消费者记了 {matched + ours} 次，服务台记了 {matched + theirs} 次，对上 {matched} 次"
    rebuilt = sum(c.reconstructed for c in contacts.every)
    if rebuilt:
        yield f"其中 {rebuilt} 次是事后凭记忆补记的，已标明"
    for text, about in contacts.claimed:
        yield f"消费者自述“{reader.says(text)}”，约 {about} 次：只是主张，不算进去"


def _index(scene: Scene, reader: Reader) -> Iterator[str]:
    index = index_of(scene)
    total = number(index.points)
    yield f"指数 {shown(index.value)}（P = {total:g}，100·P/(P+4)），只算踢 {shown(index.core)}"
    for term, points in index.by_term().items():
        yield f"  {TERMS[term]} {number(points):g}"
    for party, points in index.by_party().items():
        yield f"  记在{reader.node(party)} {number(points):g}"


def _outcome(scene: Scene, reader: Reader) -> Iterator[str]:
    case, counted = scene.case, sums(scene)
    yield (
        f"踢 {counted['kicks']} 次，转手 {counted['passes']} 次，介入 {counted['takeovers']} 次，"
        f"驳回索要 {counted['requests_rejected']} 次，重复索要 {counted['reasks']} 次"
    )
    for offer in offers_below(scene):
        made = case.offers.every[offer].remedy
        yield f"方案“{reader.remedy(made)}”低于应得"
    for owed in case.remedies.every.values():
        yield f"{reader.node(owed.by)}：{reader.remedy(owed.what)}，{DELIVERY[owed.delivery]}"
    if case.open:
        for ended in (e.event for e in scene.entries if isinstance(e.event, CaseClosed)):
            yield f"曾结案：{_end(ended.outcome, given_up=ended.given_up)}；后来恢复办理"
        holder = case.custody.holder
        where = reader.node(holder.node) if holder else ""
        yield f"还没有结束：现在该{where}办（{code('turn.expected', case.custody.expected)}）"
    elif case.closing.outcome is not None:
        yield _end(case.closing.outcome, given_up=case.closing.given_up)


def _end(outcome: Outcome, *, given_up: bool) -> str:
    return f"{say(f'cases.outcome.{outcome}', ZH)}{'，计为放弃' if given_up else ''}"
