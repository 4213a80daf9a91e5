"""The kinds of time limit that a case knows."""

from enum import StrEnum


class ClockKind(StrEnum):
    """What a clock is for; the published rules give each kind its length and its lapse."""

    TAKE_UP = "take-up"
    HANDLE = "handle"
    RESPOND = "respond"
    BOUNCE = "bounce"
    PROVE = "prove"
    ANSWER = "answer"
    OFFER = "offer"
    FULFIL = "fulfil"
    CONFIRM = "confirm"
    DECIDE = "decide"
    SUPERVISE = "supervise"
    APPEAL = "appeal"
    APPEAL_DECIDE = "appeal-decide"
    PROMISE = "promise"
    CONTRADICT = "contradict"
    FIND = "find"
    OUTSIDE = "outside"
    STATUTORY = "statutory"


BESIDE = frozenset(
    {
        ClockKind.PROMISE,
        ClockKind.CONTRADICT,
        ClockKind.FIND,
        ClockKind.STATUTORY,
        ClockKind.OUTSIDE,
    }
)
"""Clocks that run beside the ball and never say by when its holder must act."""

SPANS_ONLY = frozenset({ClockKind.BOUNCE, ClockKind.APPEAL})
"""Published lengths within which somebody may act; no clock runs, so none lapses."""
