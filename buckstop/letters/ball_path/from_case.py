"""The picture of one case, from its stays of the ball."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from buckstop.domain.buck_passing.holds import Hold
from buckstop.domain.cases.state.case import Case
from buckstop.domain.words.event import Channel, frozen
from buckstop.domain.words.party import CONSUMER
from buckstop.letters.ball_path.picture import Lane, Picture
from buckstop.letters.ball_path.stays import Duty, assembled
from buckstop.texts import Language, say


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
    end = case.closing.closed_at or at
    calls = (c.at for c in case.contacts.every if c.medium is Channel.PHONE)
    return assembled(
        holds,
        _duties(case),
        {node: cast.lanes.get(node, Lane(name=node)) for node in _nodes(case, holds)},
        lambda hold: _said(hold, cast),
        language,
        key=key,
        title=title,
        desc=_desc(case, holds, cast, language),
        end=max(end, holds[-1].since),
        closed=not case.open,
        contacts=tuple(sorted(at_ for at_ in calls if holds[0].since <= at_ <= end)),
    )


def _nodes(case: Case, holds: Sequence[Hold]) -> tuple[str, ...]:
    seen = list(dict.fromkeys(h.holder.node for h in holds))
    desks = [n for n in seen if n.startswith("house")]
    debtors = [t.debtor for t in case.tasks.every.values()]
    members = [p for p in case.parties.members if p != CONSUMER and (p in seen or p in debtors)]
    return (CONSUMER, *desks, *members)


def _said(hold: Hold, cast: Cast) -> str:
    return cast.said.get(hold.sentence.ref, "") if hold.sentence else ""


def _duties(case: Case) -> tuple[Duty, ...]:
    clocks, closed = case.clocks.every, case.closing.closed_at
    return tuple(
        Duty(
            debtor=owed.debtor,
            expected=owed.expected,
            since=owed.since,
            ended_at=owed.ended_at or closed,
            due=clocks[owed.clock].due,
            lapsed=clocks[owed.clock].ended_because == "lapsed",
        )
        for owed in case.tasks.every.values()
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
