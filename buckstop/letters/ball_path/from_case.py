"""The picture of one case, from its stays of the ball."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from buckstop.domain.buck_passing.holds import Hold
from buckstop.domain.cases.state.case import Case
from buckstop.domain.cases.state.tasks import Task as Duty
from buckstop.domain.words.ball import How
from buckstop.domain.words.event import Channel, frozen
from buckstop.domain.words.party import CONSUMER
from buckstop.letters.ball_path.picture import Came, Lane, Picture, Task
from buckstop.letters.ball_path.picture import Hold as Drawn
from buckstop.letters.ball_path.words import WORDS
from buckstop.texts import Language, knows, say

RULED = {How.ROLL, How.LAPSE, How.SUPERVISOR}


@frozen
class Cast:
    """Who is who on the lanes, by node, and the sentences of the passes by their reference."""

    lanes: Mapping[str, Lane]
    said: Mapping[str, str]


def picture_of(  # noqa: PLR0913 - a picture is of a case, at a moment, for a reader
    case: Case,
    holds: Sequence[Hold],
    cast: Cast,
    *,
    key: str,
    title: str,
    language: Language,
    at: datetime,
) -> Picture:
    """Draw what happened until `at`; lanes are the consumer, the desks, then the parties."""
    nodes = _nodes(case, holds)
    place = {node: number for number, node in enumerate(nodes)}
    end = case.closing.closed_at or at
    drawn = tuple(_drawn(h, place, cast, language) for h in holds)
    calls = (c.at for c in case.contacts.every if c.medium is Channel.PHONE)
    return Picture(
        key=key,
        title=title,
        desc=_desc(case, holds, cast, language),
        lanes=tuple(cast.lanes.get(node, Lane(name=node)) for node in nodes),
        holds=drawn,
        end=max(end, holds[-1].since),
        closed=not case.open,
        tasks=tuple(_task(t, place, end, language, case) for t in _beside(case, holds)),
        contacts=tuple(sorted(at_ for at_ in calls if holds[0].since <= at_ <= end)),
        words=WORDS[_WORDS[language]],
    )


_WORDS = {Language.ZH_HANS: "zh-Hans", Language.ZH_HANT: "zh-Hant", Language.EN: "en"}


def _nodes(case: Case, holds: Sequence[Hold]) -> tuple[str, ...]:
    seen = list(dict.fromkeys(h.holder.node for h in holds))
    desks = [n for n in seen if n.startswith("house")]
    debtors = [t.debtor for t in case.tasks.every.values()]
    members = [p for p in case.parties.members if p != CONSUMER and (p in seen or p in debtors)]
    return (CONSUMER, *desks, *members)


def _drawn(hold: Hold, place: Mapping[str, int], cast: Cast, language: Language) -> Drawn:
    said = cast.said.get(hold.sentence.ref, "") if hold.sentence else ""
    label = short(hold.expected, language)
    return Drawn(
        lane=place[hold.holder.node],
        start=hold.since,
        came=_came(hold),
        note=said or _moved(hold.reason, language),
        label=label,
        due=hold.due,
        lapsed=hold.lapsed,
        progress=hold.progress,
    )


def short(expected: str, language: Language) -> str:
    """Say in a few words what is expected; nothing where a door used a word of its own."""
    code = f"path.short.{expected}"
    return say(code, language) if knows(code) else ""


def _moved(reason: str, language: Language) -> str:
    code = f"path.moved.{reason}"
    return say(code, language) if knows(code) else ""


def _came(hold: Hold) -> Came:
    if hold.kick is not None:
        return Came.KICK
    if hold.idle:
        return Came.IDLE
    if hold.how is How.OPENED:
        return Came.OPEN
    if hold.how is How.TAKEOVER:
        return Came.TAKEOVER
    return Came.RULE if hold.how in RULED else Came.PASS


def _beside(case: Case, holds: Sequence[Hold]) -> tuple[Duty, ...]:
    """Pick the duties that were owed while the ball was elsewhere."""
    under = {h.task for h in holds if h.task}
    return tuple(t for t in case.tasks.every.values() if t.task not in under)


def _task(
    duty: Duty, place: Mapping[str, int], end: datetime, language: Language, case: Case
) -> Task:
    clock = case.clocks.every[duty.clock]
    over = duty.ended_at or end
    return Task(
        lane=place[duty.debtor],
        start=duty.since,
        end=max(over, duty.since),
        name=short(duty.expected, language),
        due=clock.due,
        lapsed=clock.ended_because == "lapsed",
        open=duty.ended_at is None and case.open,
    )


def _desc(case: Case, holds: Sequence[Hold], cast: Cast, language: Language) -> str:
    """Say in a sentence when it began, how often it was kicked, and who has it since when."""
    last = holds[-1]
    kicks = sum(h.kick is not None for h in holds)
    lane = cast.lanes.get(last.holder.node)
    code = "path.open" if case.open else "path.closed"
    return say(
        code,
        language,
        opened=holds[0].since,
        closed=case.closing.closed_at or last.since,
        kicks=kicks,
        who=lane.name if lane else last.holder.node,
        since=last.since,
    )
