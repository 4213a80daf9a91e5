"""Every move of the ball between two that are not the consumer, and what class it falls in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import pairwise

from buckstop.domain.buck_passing.trail import Progress, Stretch, Term, Trail
from buckstop.domain.words.ball import MOVED_BY_HOLDER, How, is_kick

BY_HOLDER_OR_CONSUMER = MOVED_BY_HOLDER | {How.CONSUMER, How.AGENT}


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """One move of the ball; `sent_by` is who had given it to the one it moves from.

    `seq` is the place in the log at which the ball arrived.
    """

    seq: int
    from_node: str
    to_node: str
    at: datetime
    how: How
    term: Term | None
    sent_by: str
    ground_accepted: bool | None


def without_consumer(trail: Trail) -> tuple[Stretch, ...]:
    """Drop the stretches with the consumer and join what then stands side by side.

    A move that went by way of the consumer is the move of the one who last held the ball:
    otherwise sending the consumer along with it would wash off every kick.
    """
    kept: list[Stretch] = []
    detour: list[How] = []
    for stretch in trail.stretches:
        if stretch.node in trail.consumer:
            detour.append(stretch.how)
            continue
        if not kept or kept[-1].node != stretch.node:
            kept.append(_by_way_of(detour, stretch) if kept else stretch)
        detour = []
    return tuple(kept)


def _by_way_of(detour: list[How], stretch: Stretch) -> Stretch:
    if not detour:
        return stretch
    outside = [how for how in (*detour, stretch.how) if how not in BY_HOLDER_OR_CONSUMER]
    own = stretch.how if stretch.how in MOVED_BY_HOLDER else How.PASS
    return replace(stretch, how=outside[0] if outside else own, by=None)


def moves_of(trail: Trail) -> Iterator[Move]:
    """Go through a case's moves in order, each with the class it falls in."""
    stretches = without_consumer(trail)
    let_go: dict[str, int] = {}
    sent_by = stretches[0].node if stretches else ""
    for left, came in pairwise(stretches):
        let_go[left.node] = came.seq
        yield Move(
            seq=came.seq,
            from_node=left.node,
            to_node=came.node,
            at=came.since,
            how=came.how,
            term=_term(trail, left, came, let_go),
            sent_by=sent_by,
            ground_accepted=came.ground_accepted,
        )
        sent_by = left.node if came.by is None or came.by in trail.consumer else came.by


def _term(trail: Trail, left: Stretch, came: Stretch, let_go: dict[str, int]) -> Term | None:
    """Find the first matching class, in the published order."""
    if came.how not in MOVED_BY_HOLDER:
        return None
    if is_kick(came.how, came.node, let_go, _latest(trail.progress, came.seq)):
        return Term.KICK
    if came.node in let_go or Term.IDLE_PASS in trail.unseen or not trail.progress_known:
        return None
    if came.sent_up is not False or came.named_by_finding is not False:
        return None
    own = (p for p in trail.progress if p.by in {None, left.node})
    worked = any(left.seq < p.seq <= came.seq for p in own)
    return None if worked else Term.IDLE_PASS


def _latest(progress: Iterable[Progress], seq: int) -> int | None:
    return max((p.seq for p in progress if p.seq <= seq), default=None)
