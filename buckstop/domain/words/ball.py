"""The ball: how it can come to somebody, and what makes a move a kick."""

from collections.abc import Mapping
from enum import StrEnum


class How(StrEnum):
    """How the ball came to where it is.

    Only a pass and a bounce are moves of the holder's own; `CONSUMER` marks a move to the
    consumer or back, `AGENT` a change of agent within one desk.
    """

    OPENED = "opened"
    PASS = "pass"  # noqa: S105 - a move of the ball
    BOUNCE = "bounce"
    ROLL = "roll"
    LAPSE = "lapse"
    TAKEOVER = "takeover"
    SUPERVISOR = "supervisor"
    CONSUMER = "consumer"
    AGENT = "agent"


MOVED_BY_HOLDER = frozenset({How.PASS, How.BOUNCE})


def is_kick(how: How, to_node: str, let_go: Mapping[str, int], last_progress: int | None) -> bool:
    """Tell whether a move gives the ball back with nothing new, over loops of any length.

    `let_go` says where in the log each earlier holder last let the ball go, and
    `last_progress` where the latest progress stands; both count entries (`Entry.seq`). A
    stay with the consumer is no letting go: who asked the consumer still counts as holding.
    """
    if how not in MOVED_BY_HOLDER or to_node not in let_go:
        return False
    return last_progress is None or last_progress <= let_go[to_node]
