"""Who answers for the case, who has the ball, and where the ball has been."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from buckstop.domain.cases.events import (
    AppealMade,
    BallMoved,
    CaseClosed,
    CaseOpened,
    CaseReopened,
    DecisionPronounced,
    OwnerChanged,
    RemedyOwed,
    TakenOver,
    TakeoverAsked,
    TakeoverRefused,
)
from buckstop.domain.cases.state.facts import Facts
from buckstop.domain.cases.state.progress import is_progress
from buckstop.domain.words.ball import MOVED_BY_HOLDER, How, is_kick
from buckstop.domain.words.event import Entry
from buckstop.domain.words.ids import DeskId, PersonId
from buckstop.domain.words.party import CONSUMER, HOUSE, Holder


@dataclass(frozen=True, kw_only=True, slots=True)
class Custody:
    """Owner and holder, and what is needed to tell a kick from a pass.

    `let_go` says at which entry each node last let the ball go; the consumer's stretches are
    transparent, so a node that waits for the consumer has not let go. `since` is when the
    holder got the ball.
    """

    owner: PersonId | None = None
    deputy: PersonId | None = None
    desk: DeskId | None = None
    holder: Holder | None = None
    since: datetime | None = None
    expected: str = ""
    due: datetime | None = None
    came_from: str | None = None
    last_node: str | None = None
    let_go: Mapping[str, int] = field(default_factory=dict)
    last_progress: int | None = None
    kicks: int = 0
    last_kick: datetime | None = None
    passes: int = 0
    passes_since_progress: int = 0
    takeovers: int = 0
    taken_over: bool = False
    takeover_wished: datetime | None = None

    def would_kick(self, how: How, node: str) -> bool:
        """Tell whether moving the ball to `node` now would be a kick (C5)."""
        held = {name: seq for name, seq in self.let_go.items() if name != self.last_node}
        return is_kick(how, node, held, self.last_progress)

    def after(self, entry: Entry, facts: Facts) -> Self:
        """Follow one event; `facts` is how they stood before it."""
        custody = self
        if is_progress(entry.event, facts):
            custody = replace(self, last_progress=entry.seq, passes_since_progress=0)
        match entry.event:
            case CaseOpened() as event:
                return replace(custody, owner=event.owner, deputy=event.deputy, desk=event.desk)
            case OwnerChanged() as event:
                return replace(custody, owner=event.owner, deputy=event.deputy)
            case BallMoved() as event:
                return _moved(custody, event, entry)
            case TakenOver():
                return replace(
                    custody,
                    taken_over=True,
                    takeovers=self.takeovers + 1,
                    takeover_wished=None,
                )
            case TakeoverAsked():
                return replace(custody, takeover_wished=entry.recorded_at)
            case TakeoverRefused():
                return replace(custody, takeover_wished=None)
            case RemedyOwed() | DecisionPronounced():
                return replace(custody, taken_over=False, takeover_wished=None)
            case AppealMade():
                return replace(custody, taken_over=False, takeover_wished=None)
            case CaseClosed() | CaseReopened():
                return replace(custody, takeover_wished=None)
            case _:
                return custody

    @property
    def with_house(self) -> bool:
        """Whether the ball is with a desk of the house."""
        return self.holder is not None and self.holder.party == HOUSE


def _moved[C: Custody](custody: C, event: BallMoved, entry: Entry) -> C:
    to = event.to
    moved = replace(
        custody,
        holder=to,
        since=custody.since
        if custody.holder and custody.holder.node == to.node
        else entry.recorded_at,
        expected=event.expected,
        due=event.due,
        came_from=_sent_by(custody, event),
    )
    if to.party == CONSUMER:
        return moved
    let_go = dict(custody.let_go)
    if custody.last_node is not None and custody.last_node != to.node:
        let_go[custody.last_node] = entry.seq
    by_holder = event.how in MOVED_BY_HOLDER
    kick = custody.would_kick(event.how, to.node)
    return replace(
        moved,
        let_go=let_go,
        last_node=to.node,
        kicks=custody.kicks + kick,
        last_kick=entry.recorded_at if kick else custody.last_kick,
        passes=custody.passes + by_holder,
        passes_since_progress=custody.passes_since_progress + by_holder,
    )


def _sent_by(custody: Custody, event: BallMoved) -> str | None:
    """Name the node that gave the ball; unchanged over a detour or a change of agent."""
    if custody.holder is None or event.how is How.AGENT:
        return custody.came_from
    if CONSUMER in {event.to.party, custody.holder.party}:
        return custody.came_from
    return custody.holder.node
