"""Stays of the ball and duties beside it, put into the picture's own words."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from buckstop.domain.words.ball import How
from buckstop.domain.words.event import frozen
from buckstop.domain.words.party import Holder
from buckstop.letters.ball_path.picture import Came, Hold, Lane, Picture, Task
from buckstop.letters.ball_path.words import WORDS
from buckstop.texts import Language, knows, say

RULED = {How.ROLL, How.LAPSE, How.SUPERVISOR}
LEAST_REACH = timedelta(days=14)
"""A young case shows a due time this far ahead, though it is further than the case is long."""


class Stay(Protocol):
    """One stay of the ball, from a log or from a page."""

    @property
    def holder(self) -> Holder: ...
    @property
    def since(self) -> datetime: ...
    @property
    def until(self) -> datetime | None: ...
    @property
    def how(self) -> How: ...
    @property
    def kick(self) -> int | None: ...
    @property
    def idle(self) -> bool: ...
    @property
    def reason(self) -> str: ...
    @property
    def expected(self) -> str: ...
    @property
    def due(self) -> datetime | None: ...
    @property
    def lapsed(self) -> bool: ...
    @property
    def progress(self) -> tuple[datetime, ...]: ...


@frozen
class Duty:
    """One duty of one party; `ended_at` is None while it is owed."""

    debtor: str
    expected: str
    since: datetime
    ended_at: datetime | None
    due: datetime
    lapsed: bool


def assembled[S: Stay](  # noqa: PLR0913 - a picture is of a case, for a reader
    stays: Sequence[S],
    duties: Sequence[Duty],
    lanes: Mapping[str, Lane],
    said: Callable[[S], str],
    language: Language,
    *,
    key: str,
    title: str,
    desc: str,
    end: datetime,
    closed: bool,
    contacts: tuple[datetime, ...],
) -> Picture:
    """Put a case together; `lanes` are in their order, by node, and `said` gives a stay's words.

    Who of a desk has it is no move of the ball.
    """
    place = {node: number for number, node in enumerate(lanes)}
    last = furthest(stays[0].since, end)
    moves = [stay for stay in stays if stay.how is not How.AGENT]
    return Picture(
        key=key,
        title=title,
        desc=desc,
        lanes=tuple(lanes.values()),
        holds=tuple(
            drawn(stay, place[stay.holder.node], said(stay), last, language) for stay in moves
        ),
        end=end,
        closed=closed,
        tasks=tuple(beside(duties, stays, place, end, language)),
        contacts=contacts,
        words=WORDS[_WORDS[language]],
    )


_WORDS = {Language.ZH_HANS: "zh-Hans", Language.ZH_HANT: "zh-Hant", Language.EN: "en"}


def drawn(stay: Stay, lane: int, said: str, last: datetime, language: Language) -> Hold:
    """Put a stay into the picture; `last` is the latest moment that its clock may show."""
    passing = stay.until == stay.since
    return Hold(
        lane=lane,
        start=stay.since,
        came=_came(stay),
        note=said or _known(f"path.moved.{stay.reason}", language),
        label="" if passing else short(stay.expected, language),
        due=None if stay.due is None or stay.due > last or passing else stay.due,
        lapsed=stay.lapsed,
        progress=stay.progress,
    )


def beside(
    duties: Sequence[Duty],
    stays: Sequence[Stay],
    lanes: Mapping[str, int],
    end: datetime,
    language: Language,
) -> Iterator[Task]:
    """List the duties of who did not have the ball meanwhile; what was over at once is none."""
    last = furthest(stays[0].since, end)
    for duty in duties:
        if duty.ended_at == duty.since or _under_ball(duty, stays, end):
            continue
        yield Task(
            lane=lanes[duty.debtor],
            start=duty.since,
            end=max(duty.ended_at or end, duty.since),
            name=short(duty.expected, language),
            due=duty.due if duty.due <= last else None,
            lapsed=duty.lapsed,
            open=duty.ended_at is None,
        )


def _under_ball(duty: Duty, stays: Sequence[Stay], end: datetime) -> bool:
    return any(
        stay.holder.party == duty.debtor
        and stay.since <= (duty.ended_at or end)
        and (stay.until is None or stay.until > duty.since)
        for stay in stays
    )


def furthest(start: datetime, end: datetime) -> datetime:
    """Give the latest due time worth drawing: no further ahead than the picture is long."""
    return end + max(end - start, LEAST_REACH)


def short(expected: str, language: Language) -> str:
    """Say in a few words what is expected; nothing where a door used a word of its own."""
    return _known(f"path.short.{expected}", language)


def _known(code: str, language: Language) -> str:
    return say(code, language) if knows(code) else ""


def _came(stay: Stay) -> Came:
    if stay.kick is not None:
        return Came.KICK
    if stay.idle:
        return Came.IDLE
    if stay.how is How.OPENED:
        return Came.OPEN
    if stay.how is How.TAKEOVER:
        return Came.TAKEOVER
    return Came.RULE if stay.how in RULED else Came.PASS
