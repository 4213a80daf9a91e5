"""What a transport says of a notice, and clocks reckoned anew when a calendar is published."""

from buckstop.domain.cases.commands import RecordNotice, RederiveClocks
from buckstop.domain.cases.events import ClockPostponed, NoticeFailed, NoticeServed
from buckstop.domain.cases.rules import statutory
from buckstop.domain.cases.rules.access import need_house
from buckstop.domain.cases.rules.ball import closing
from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.cases.state.clocks import HANDED_ON, RESTED, Clock
from buckstop.domain.words.calendar import DueDate, due
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import Role

_OF_NO_CAUSE = frozenset({HANDED_ON, RESTED, "calendar-published", "calendar-unpublished"})
"""Why a due time moves that still follows from its start, its length and the calendar."""


def record_notice(draft: Draft, command: RecordNotice) -> None:
    """Record that a notice was accepted, which makes it count, or that it was not (K8).

    Only what sent it says so: a default against a party rests on it.
    """
    if draft.by.role is not Role.CLOCKWORK:
        raise NotAllowed("transport-only")
    if command.party not in draft.case.parties.members:
        raise NotAllowed("not-a-party", party=command.party)
    if not command.accepted:
        draft.add(
            NoticeFailed(
                party=command.party, via=command.via, kind=command.kind, about=command.about
            )
        )
        return
    draft.add(
        NoticeServed(
            party=command.party,
            via=command.via,
            kind=command.kind,
            about=command.about,
            published_address=command.published_address,
        )
    )


def rederive_clocks(draft: Draft, command: RederiveClocks) -> None:
    """Reckon clocks anew with the calendar known now (K9).

    A due time that was certain only moves later: nobody loses days that it was told it has. It
    stays where it was moved for a cause of its own, or where a decision stands that relied on it.
    """
    del command
    need_house(draft)
    for clock in draft.case.clocks.running:
        if clock.provisional or not (draft.case.decisions.pronounced or _has_a_cause(clock)):
            rederive(draft, clock)


def _has_a_cause(clock: Clock) -> bool:
    return any(move.because not in _OF_NO_CAUSE for move in clock.moves)


def rederive(draft: Draft, clock: Clock) -> bool:
    """Reckon one clock anew; True if its due time moved or became certain."""
    reckoned = _reckoned(draft, clock)
    if reckoned is None:
        return False
    rested = clock.rested(draft.at)
    at = closing(draft, clock, reckoned.at + rested) if rested else reckoned.at
    if reckoned.provisional or not (clock.provisional or at > clock.due):
        return False
    draft.add(
        ClockPostponed(clock=clock.clock, due=at, because="calendar-published", provisional=False)
    )
    return True


def _reckoned(draft: Draft, clock: Clock) -> DueDate | None:
    if clock.kind is ClockKind.STATUTORY:
        return statutory.due_of(draft, clock.subject)
    return None if clock.span is None else due(clock.counted_from, clock.span, draft.now.calendar)
