"""From the scenes of a story to what a person reads."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import groupby

from buckstop.domain.buck_passing.holds import holds_of
from buckstop.domain.cases.events import CaseClosed, OfferMade, Outcome
from buckstop.domain.cases.now import Now
from buckstop.domain.cases.rules.law import assessment
from buckstop.domain.cases.state.case import replay
from buckstop.domain.cases.state.clocks import Running
from buckstop.domain.cases.state.closing import NO_FAULT
from buckstop.domain.law.assessment import Assessment
from buckstop.domain.words.calendar import CHINA
from buckstop.domain.words.event import Entry
from buckstop.domain.words.ids import OfferId
from buckstop.domain.words.party import CONSUMER
from buckstop.domain.words.purchase import Remedy
from buckstop.letters.ball_path.from_case import Cast, picture_of
from buckstop.letters.ball_path.picture import Lane
from buckstop.letters.ball_path.terminal import terminal
from buckstop.texts import Language, say
from stories.lines import MONEY_BACK, Reader
from stories.scene import Scene
from stories.script import Run, Story
from stories.sums import index_of, number, reasks, shown

NOBODY_WAITS_SO_LONG = timedelta(days=3 * 365)
"""A house without rules has clocks too, which end in a time that is none."""


def telling(
    story: Story, scenes: tuple[Scene, ...], texts: Mapping[str, str], language: Language
) -> str:
    """Tell a whole story, run by run."""
    title = say(f"story.title.{story.name}", language)
    parts = [say("story.mark.title", language, title=title, name=story.name)]
    for scene, run in zip(scenes, story.runs, strict=True):
        reader = Reader(scene.case, texts, language)
        parts += ["", *_head(scene, reader, run)]
        for section, lines in _sections(scene, reader, story, title):
            heading = reader.t(f"section.{section}")
            parts += ["", reader.t("mark.section", title=heading), *lines]
    return "\n".join(parts) + "\n"


def _head(scene: Scene, reader: Reader, run: Run) -> Iterator[str]:
    case = scene.case
    if run.name:
        yield reader.t("mark.run", title=reader.t(f"run.{run.name}"))
    at, owner = _at(scene.entries[0]), case.custody.owner or ""
    yield reader.t("mark.head", number=case.claim.number, at=at, owner=owner)
    yield reader.t("mark.quoted", text=reader.says(case.claim.stories[0]))


def _sections(
    scene: Scene, reader: Reader, story: Story, title: str
) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "timeline", tuple(_timeline(scene, reader))
    yield "path", (_path(scene, reader, title),)
    yield "entitled", tuple(_entitled(scene, reader))
    yield "clocks", tuple(_clocks(scene, reader))
    yield "promises", tuple(_promises(scene, reader)) or (reader.t("mark.none"),)
    yield "contacts", tuple(_contacts(scene, reader))
    yield "index", tuple(_index(scene, reader))
    yield "outcome", tuple(_outcome(scene, reader))
    parts = (reader.t(f"later.{part}") for part in (*story.later, "bundle"))
    yield "later", tuple(reader.t("index.later", part=part) for part in parts)


def _at(entry: Entry) -> str:
    return f"{entry.recorded_at.astimezone(CHINA):%Y-%m-%d %H:%M}"


def _timeline(scene: Scene, reader: Reader) -> Iterator[str]:
    """Say one line an act: what one person did at one moment, with what followed from it."""
    for _, group in groupby(scene.entries, key=lambda e: (e.recorded_at, e.by)):
        act = tuple(group)
        lines = (reader.line(entry.event) for entry in act)
        said = [line.rstrip("。") for line in lines if line]
        if said:
            what = reader.t("mark.between").join(said)
            yield f"{_at(act[0])}  {reader.who(act[0])}  {what}"


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
        language=reader.language,
        at=scene.at,
    )
    return terminal(picture).rstrip()


def _says(scene: Scene, entries: tuple[Entry, ...]) -> Assessment:
    """Assess the case as it stood after some of its entries."""
    at = entries[-1].recorded_at
    return assessment(replay(entries), Now(at=at, rules=scene.rules))


def _entitled(scene: Scene, reader: Reader) -> Iterator[str]:
    if scene.case.closing.outcome is Outcome.DECIDED_AGAINST:
        yield reader.t("entitled.against")
        return
    if not scene.rules.assesses:
        yield reader.t("entitled.law-alone")
    says = _says(scene, scene.entries)
    for right in says.entitlements:
        yield reader.t(
            "entitled.right" if right.amount is None else "entitled.right-to-money",
            what=reader.code("law.entitlement", right.code),
            amount=right.amount or 0,
            role=reader.code("cases.role", right.against),
            rows=", ".join(right.rows),
        )
    for finding in says.findings:
        if finding.code == "law-of-that-day-not-encoded":
            yield reader.t("entitled.not-encoded")


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
    clocks, lapses = scene.case.clocks.every.values(), scene.case.closing.lapses
    yield reader.t("clock.count", started=len(clocks), lapsed=len(lapses))
    for clock in clocks:
        if clock.state not in {Running.LAPSED, Running.RUNNING}:
            continue
        state = "running"
        if clock.state is Running.LAPSED:
            state = "no-fault" if clock.kind in NO_FAULT else "lapsed"
        endless = clock.due - clock.started > NOBODY_WAITS_SO_LONG
        yield reader.t(
            "clock.without-end" if endless else "clock.line",
            party=reader.node(clock.party),
            clock=reader.code("turn.clock", clock.kind),
            due=f"{clock.due.astimezone(CHINA):%Y-%m-%d %H:%M}",
            state=reader.t(f"clock.{state}"),
        )


def _promises(scene: Scene, reader: Reader) -> Iterator[str]:
    for given in scene.case.promises.every.values():
        yield reader.t(
            "promise.told" if given.told_by_consumer else "promise.line",
            by=reader.node(given.node),
            text=reader.says(given.text).rstrip("。"),
            word=reader.code("cases.word", given.word),
        )


def _contacts(scene: Scene, reader: Reader) -> Iterator[str]:
    contacts = scene.case.contacts
    both = contacts.reconciled()
    matched = len(both.pairs)
    ours, theirs = matched + len(both.consumer_only), matched + len(both.desk_only)
    yield reader.t("contact.counts", consumer=ours, desk=theirs, matched=matched)
    if rebuilt := sum(contact.reconstructed for contact in contacts.every):
        yield reader.t("contact.rebuilt", count=rebuilt)
    for text, about in contacts.claimed:
        yield reader.t("contact.claimed", text=reader.says(text), about=about)


def _index(scene: Scene, reader: Reader) -> Iterator[str]:
    index = index_of(scene)
    points = f"{number(index.points):g}"
    value, core = shown(index.value), shown(index.core)
    yield reader.t("index.value", value=value, points=points, core=core)
    for term, of_term in index.by_term().items():
        yield f"  {reader.code('turn.term', term)} {number(of_term):g}"
    for party, of_party in index.by_party().items():
        charged = f"{number(of_party):g}"
        yield f"  {reader.t('index.charged', party=reader.node(party), points=charged)}"


def _outcome(scene: Scene, reader: Reader) -> Iterator[str]:
    case = scene.case
    yield reader.t(
        "outcome.counts",
        kicks=case.custody.kicks,
        passes=scene.case.custody.passes,
        takeovers=case.custody.takeovers,
        rejected=len(case.requests.rejected),
        reasks=reasks(index_of(scene)),
    )
    for offer in offers_below(scene):
        made = case.offers.every[offer].remedy
        yield reader.t("outcome.offer-below", remedy=reader.remedy(made))
    for owed in case.remedies.every.values():
        yield reader.t(
            "outcome.owed",
            by=reader.node(owed.by),
            remedy=reader.remedy(owed.what),
            delivery=reader.code("cases.delivery", owed.delivery),
        )
    yield from _end(scene, reader)


def _end(scene: Scene, reader: Reader) -> Iterator[str]:
    case = scene.case
    if case.closing.outcome is not None:
        yield reader.outcome(case.closing.outcome, given_up=case.closing.given_up)
        return
    for ended in (e.event for e in scene.entries if isinstance(e.event, CaseClosed)):
        before = reader.outcome(ended.outcome, given_up=ended.given_up)
        yield reader.t("outcome.closed-before", outcome=before)
    holder = case.custody.holder
    yield reader.t(
        "outcome.open",
        holder=reader.node(holder.node) if holder else "",
        expected=reader.code("turn.expected", case.custody.expected),
    )
