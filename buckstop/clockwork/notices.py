"""Telling people: what reached them, what is about to run out, and what came of it.

What grew in the log plans notices, each channel of a party its own; `sending` gives them to a
transport.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache, partial

import structlog

from buckstop.clockwork.following import Follower
from buckstop.clockwork.going import went
from buckstop.domain.cases import events as fact
from buckstop.domain.cases.events import NoticeKind
from buckstop.domain.cases.now import HouseRules
from buckstop.domain.cases.state.case import Case, replay
from buckstop.domain.cases.state.parties import Member
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Entry
from buckstop.domain.words.ids import CaseId, ClockId, PartyId
from buckstop.domain.words.party import CONSUMER, HOUSE
from buckstop.records.cases.actions import (
    CONTACT_CHANGED,
    PACKET_RELEASED,
    Notice,
    plan_notices,
)
from buckstop.records.cases.due import Ahead, clocks_ahead, reminded
from buckstop.records.cases.folded import folded
from buckstop.records.cases.queries import time_of
from buckstop.records.houses import queries as houses
from buckstop.records.log import outbox, store
from buckstop.records.log.isolation import HouseId, inside
from buckstop.records.people.marks import reach_mark
from buckstop.records.people.vault import marked

FOLLOWER = "notices"
UNTOLD = frozenset({ClockKind.STATUTORY, ClockKind.OUTSIDE})
"""Kinds of clock that are told with an outcome, or that nobody has to do anything under."""

_log = structlog.get_logger(__name__)


def follow(at_most: int = 200) -> int:
    """Plan the notices for what grew since last time, in all houses; tell how much that was."""
    return _FOLLOWER.follow(at_most)


def follow_again() -> int:
    """Plan the notices that failed before; tell how many growths are dealt with now."""
    return _FOLLOWER.follow_again()


def remind() -> int:
    """Plan the reminders that are due before a lapse, in all houses; tell how many clocks."""
    return sum(_reminded(house.house) for house in houses.houses())


def _plan(growth: outbox.Growth) -> None:
    with inside(growth.house):
        known = folded(store.head(growth.case))
        entries, state = known.entries, known.state
        new = entries[growth.first - 1 : growth.last]
        notices = (
            *_dates(growth, state, entries),
            *_anew(growth.case, state, new),
            *_notices(growth.case, state, new),
        )
        addressed = (
            *_addressed(growth.house, state, notices),
            *_old_contacts(growth.house, growth.case, entries, new),
        )
        plan_notices(growth.house, addressed, at=time_of(growth.house))


def _addressed(house: HouseId, state: Case, notices: Iterable[Notice]) -> Iterator[Notice]:
    """Mark on each notice whom it reaches, so that one person's can be gathered in one letter."""
    for notice in notices:
        address = state.parties.members[notice.party].address
        mark = partial(reach_mark, house, notice.via)
        yield replace(notice, person=marked(address, mark)) if address else notice


def _dates(growth: outbox.Growth, state: Case, entries: Sequence[Entry]) -> Iterator[Notice]:
    """Tell of the clocks that got a party or a due time, unless they got another one since."""
    last = {clock: entry.seq for entry in entries if (clock := _dated(entry)) is not None}
    for clock, seq in last.items():
        if growth.first <= seq <= growth.last:
            yield from _of_clock(growth.case, state, clock, seq)


def _anew(case: CaseId, state: Case, new: Sequence[Entry]) -> Iterator[Notice]:
    """Serve at a new contact what still runs for its party (K8)."""
    given = {e.event.party: e.seq for e in new if isinstance(e.event, fact.ContactGiven)}
    for clock in state.clocks.every.values():
        if clock.alive and clock.party in given:
            yield from _of_clock(case, state, clock.clock, given[clock.party])


def _old_contacts(
    house: HouseId, case: CaseId, entries: Sequence[Entry], new: Sequence[Entry]
) -> Iterator[Notice]:
    """Tell the contact that is no longer used, as far as it worked, in case somebody else did it.

    It gets no link: whoever has it now may be a stranger.
    """
    for entry in new:
        if not isinstance(entry.event, fact.ContactGiven):
            continue
        party = entry.event.party
        member = replay(entries[: entry.seq - 1]).parties.members[party]
        for via in member.reach if member.contact_works else ():
            yield Notice(
                key=f"outcome:{case}:{entry.seq}:{party}:old-{via}",
                case=case,
                party=party,
                via=via,
                kind=NoticeKind.OUTCOME,
                code=CONTACT_CHANGED,
                about=None,
                due=None,
                person=marked(member.address, partial(reach_mark, house, via))
                if member.address
                else b"",
            )


def _notices(case: CaseId, state: Case, new: Sequence[Entry]) -> Iterator[Notice]:
    for entry in new:
        match entry.event:
            case fact.DecisionPronounced():
                yield from _outcome(case, state, entry, "decision", *state.parties.members)
            case fact.CaseClosed(outcome=outcome):
                code = f"closed-{outcome}"
                yield from _outcome(case, state, entry, code, *state.parties.members)
            case fact.CaseAbsorbed():
                yield from _outcome(case, state, entry, "absorbed", CONSUMER)
            case fact.OwnerChanged():
                yield from _outcome(case, state, entry, "owner-changed", CONSUMER)
            case fact.InformationCorrected():
                yield from _outcome(case, state, entry, "information-corrected", CONSUMER)
            case fact.AcknowledgementRetracted():
                yield from _outcome(case, state, entry, "acknowledgement-retracted", CONSUMER)
            case fact.PacketReleased(because=None | "mediation-failed"):
                # Any other comes with a decision or an end, which is told of itself.
                yield from _outcome(case, state, entry, PACKET_RELEASED, CONSUMER)
            case _:
                pass


def _dated(entry: Entry) -> ClockId | None:
    """Name the clock that got a party or a due time, unless it only waits for a calendar."""
    match entry.event:
        case fact.ClockPostponed(because="calendar-unpublished"):
            return None
        case (
            fact.ClockStarted(clock=clock)
            | fact.ClockHandedOn(clock=clock)
            | fact.ClockPostponed(clock=clock)
            | fact.LapseReversed(clock=clock)
        ):
            return clock
        case _:
            return None


def _of_clock(case: CaseId, state: Case, name: ClockId, seq: int) -> Iterator[Notice]:
    """Tell a party what it is asked for and what its silence will do (K3, K8).

    `seq` is the entry that gave it the clock or its due time: each such is told.
    """
    clock = state.clocks.every[name]
    member = state.parties.members.get(clock.party)
    if member is None or not clock.alive or clock.kind in UNTOLD or clock.party == HOUSE:
        return
    for via in member.reach:
        yield Notice(
            key=f"service:{case}:{name}:{seq}:{member.party}:{via}",
            case=case,
            party=member.party,
            via=via,
            kind=NoticeKind.SERVICE,
            code=clock.kind,
            about=name,
            due=clock.due,
        )


def _outcome(
    case: CaseId, state: Case, entry: Entry, code: str, *parties: PartyId
) -> Iterator[Notice]:
    for party in parties:
        for via in state.parties.members[party].reach:
            yield Notice(
                key=f"outcome:{case}:{entry.seq}:{party}:{via}",
                case=case,
                party=party,
                via=via,
                kind=NoticeKind.OUTCOME,
                code=code,
                about=None,
                due=None,
            )


def _reminded(house: HouseId) -> int:
    with inside(house):
        at = time_of(house)
        try:
            rules = houses.rules_at(at)
        except houses.NoRules:
            _tell_of_no_rules(house)
            return 0
        return sum(
            went(
                "a reminder failed",
                house,
                clock.case,
                partial(_plan_reminder, house, clock, stem, at),
            )
            for clock, stem in _missing(house, rules, at)
        )


@cache
def _tell_of_no_rules(house: HouseId) -> None:
    """Say once that a house is being set up."""
    _log.warning("a house has published nothing", house=house)


def _missing(house: HouseId, rules: HouseRules, at: datetime) -> tuple[tuple[Ahead, str], ...]:
    """List the reminders that should have gone out by now and are not planned."""
    within = rules.reminder_before + rules.reminders_to_confirm * rules.reminder_gap
    ahead = [c for c in clocks_ahead(house, at=at, within=within) if c.kind not in UNTOLD]
    known = reminded(house, {c.case for c in ahead})
    return tuple(
        (clock, stem)
        for clock in ahead
        for stem in _stems(clock, rules, at)
        if (clock.case, stem) not in known
    )


def _plan_reminder(house: HouseId, clock: Ahead, stem: str, at: datetime) -> None:
    with inside(house):
        state = folded(store.head(clock.case)).state
        notices = _reminders(clock, state.parties.members[clock.party], stem)
        plan_notices(house, _addressed(house, state, notices), at=at)


def _stems(clock: Ahead, rules: HouseRules, at: datetime) -> Iterator[str]:
    """Name the reminders of a clock that should have gone out by now.

    A confirmation is asked for as often as published, so far apart as published; anything else
    once. What would fall before the clock began is left out: the notice of it was just sent.
    """
    confirm = clock.kind is ClockKind.CONFIRM
    times = rules.reminders_to_confirm if confirm else 1
    for number in range(1, times + 1):
        due = clock.due - rules.reminder_before - (times - number) * rules.reminder_gap
        if due <= at and (confirm or due > clock.started):
            yield f"reminder:{clock.case}:{clock.clock}:{clock.due.isoformat()}:{number}"


def _reminders(clock: Ahead, member: Member, stem: str) -> Iterator[Notice]:
    for via in member.reach:
        yield Notice(
            key=f"{stem}:{via}",
            case=clock.case,
            party=clock.party,
            via=via,
            kind=NoticeKind.REMINDER,
            code=clock.kind,
            about=clock.clock,
            due=clock.due,
        )


_FOLLOWER = Follower(name=FOLLOWER, do=_plan)
