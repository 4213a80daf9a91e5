"""What somebody could do with a case now, and why not: found by deciding it in thought."""

from collections.abc import Mapping
from types import MappingProxyType

import structlog

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.decide import decide
from buckstop.domain.cases.now import Now
from buckstop.domain.cases.state.case import Case
from buckstop.domain.words.ball import How
from buckstop.domain.words.ids import (
    DeskId,
)
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, HOUSE, Actor, Holder
from buckstop.records.cases.attempts import probes_of
from buckstop.records.cases.page import Act, Target
from buckstop.records.cases.probes import TEXT

_log = structlog.get_logger(__name__)

STILL_TO_FILL_IN = frozenset(
    {
        "appeal-needs-something-new",
        "bounce-needs-proof",
        "decision-needs-findings",
        "departure-needs-sentence",
        "finding-needs-evidence",
        "kept-needs-evidence",
        "no-such-contact",
        "no-such-evidence",
        "nothing-delivered",
        "promised-for-missing",
        "stands-already",
    }
)
"""A no that only says what the form still lacks is no reason to take the button away."""


def acts_of(case: Case, by: Actor, now: Now) -> Mapping[str, Act]:
    """Try everything that the actor could do, by the verb of its command: `accept-offer`."""
    return MappingProxyType(
        {
            verb: _tried(verb, case, command, now)
            for verb, command in probes_of(case, by, now).items()
        }
    )


def targets_of(case: Case, by: Actor, now: Now, desks: tuple[DeskId, ...]) -> tuple[Target, ...]:
    """Try to pass the ball to every other party and desk, and say what would be a kick."""
    parties = [p for p in case.parties.members if p != CONSUMER]
    places = [Holder(party=HOUSE, desk=d) for d in desks] + [Holder(party=p) for p in parties]
    here = case.custody.holder.node if case.custody.holder else ""
    return tuple(_target(case, by, now, place) for place in places if place.node != here)


def passing(targets: tuple[Target, ...]) -> Act:
    """Say whether the ball can be passed anywhere, and if not, why."""
    nobody = _refused("pass-ball", NotAllowed("nobody-to-pass-to"))
    return next(
        iter((*(t.act for t in targets if t.act.allowed), *(t.act for t in targets))), nobody
    )


def _target(case: Case, by: Actor, now: Now, place: Holder) -> Target:
    command = ask.PassBall(
        by=by,
        key="",
        reason="needs-answer",
        expected="respond",
        sentence=TEXT,
        to=None if place.desk else place.party,
        desk=place.desk,
    )
    return Target(
        node=place.node,
        party=None if place.desk else place.party,
        desk=place.desk,
        act=_tried("pass-ball", case, command, now),
        kick=case.custody.would_kick(How.PASS, place.node),
    )


def _tried(verb: str, case: Case, command: ask.Command, now: Now) -> Act:
    try:
        decide(case, command, now)
    except NotAllowed as no:
        if no.code not in STILL_TO_FILL_IN:
            return _refused(verb, no)
    except AssertionError:
        # It would be stopped before it is recorded, so the button is not offered.
        _log.exception("a rule would break an invariant", code=verb)
        return _refused(verb, NotAllowed("rule-broken"))
    return Act(verb=verb, allowed=True)


def _refused(verb: str, no: NotAllowed) -> Act:
    return Act(verb=verb, allowed=False, why=no.code, data=MappingProxyType(no.data))
