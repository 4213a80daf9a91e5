"""How long somebody may be given by hand: the published least and most."""

from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType

from buckstop.domain.cases.commands import AskProof, AssignTask, Command, PassBall, Promise
from buckstop.domain.cases.now import HouseRules
from buckstop.domain.words.calendar import Span, Unit
from buckstop.domain.words.not_allowed import NotAllowed

_ONE: Mapping[Unit, timedelta] = MappingProxyType(
    {
        Unit.HOURS: timedelta(hours=1),
        Unit.DAYS: timedelta(days=1),
        Unit.WORKING_DAYS: timedelta(days=1),
    }
)


def need_span(command: Command, rules: HouseRules) -> None:
    """Refuse a time that is over before it begins, or that never ends."""
    match command:
        case PassBall() | AssignTask() | AskProof() | Promise():
            span = command.span
        case _:
            return
    if span is not None and not rules.least_span <= _length(span) <= rules.most_span:
        hour, day = _ONE[Unit.HOURS], _ONE[Unit.DAYS]
        raise NotAllowed(
            "span-out-of-range", least=rules.least_span // hour, most=rules.most_span // day
        )


def _length(span: Span) -> timedelta:
    most = timedelta.max // _ONE[span.unit]
    return min(span.count, most) * _ONE[span.unit]
