"""Telling people: what reached them, what is about to run out, and what came of it.

What grew in the log plans notices, each channel of a party its own; a transport is given them
outside any transaction; what it accepted comes into the case, and only then does it count.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial

import structlog
from django.db import InterfaceError, OperationalError, connection, transaction

from buckstop.clockwork.transport import Transport
from buckstop.domain.cases import events as fact
from buckstop.domain.cases.commands import RecordNotice
from buckstop.domain.cases.events import NoticeKind
from buckstop.domain.cases.now import HouseRules
from buckstop.domain.cases.state.case import Case
from buckstop.domain.cases.state.parties import Member
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Channel, Entry
from buckstop.domain.words.ids import CaseId, ClockId, PartyId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CLOCKWORK, CONSUMER, HOUSE
from buckstop.records.cases.actions import Notice, mark_said, plan_notices
from buckstop.records.cases.due import (
    Ahead,
    clocks_ahead,
    houses_with_notices,
    reminded,
    unsent,
)
from buckstop.records.cases.folded import folded
from buckstop.records.cases.handle import handle
from buckstop.records.cases.queries import time_of
from buckstop.records.houses import queries as houses
from buckstop.records.log import outbox, store
from buckstop.records.log.isolation import HouseId, inside
from buckstop.records.people.links import link_token

FOLLOWER = "notices"
UNTOLD = frozenset({ClockKind.STATUTORY, ClockKind.OUTSIDE})
"""Kinds of clock that are told with an outcome, or that nobody has to do anything under."""

LINK_LASTS = timedelta(days=14)
"""How long after the due time a link still opens; an expired one offers a fresh one."""

_LOCK = 0x6E6F74
"""Held by the one worker that sends."""

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sent:
    """How many notices a transport was given, and the keys of those it could not be."""

    given: int
    failed: frozenset[str]


def follow(at_most: int = 200) -> int:
    """Plan the notices for what grew since last time, in all houses; tell how much that was.

    Of a case that fails it is noted what was left, for `follow_again`.
    """
    with transaction.atomic():
        grown = outbox.growth(after=outbox.place_of(FOLLOWER), at_most=at_most)
        for growth in grown:
            if not _followed(growth):
                with inside(growth.house):
                    outbox.leave(FOLLOWER, growth)
        if grown:
            outbox.advance(FOLLOWER, grown[-1].cursor)
    return len(grown)


def follow_again() -> int:
    """Plan the notices that failed before; tell how many growths are dealt with now."""
    done = 0
    for house in houses.houses():
        with inside(house.house):
            for growth in outbox.left(FOLLOWER):
                if _followed(growth):
                    outbox.deal_with(FOLLOWER, growth)
                    done += 1
    return done


def remind() -> int:
    """Plan the reminders that are due before a lapse, in all houses; tell how many clocks."""
    return sum(_reminded(house.house) for house in houses.houses())


def send(transport: Transport, at_most: int = 200, but: Collection[str] = ()) -> Sent:
    """Give what is planned to the transport, leaving out some, and record what it said."""
    given, failed = 0, set[str]()
    with _alone() as alone:
        for house in houses_with_notices() if alone else ():
            with inside(house):
                waiting, at = unsent(house, but=but, most=at_most), time_of(house)
            for notice in waiting:
                todo = partial(_send, house, notice, transport, at)
                if _went("a notice failed", house, notice.case, todo):
                    given += 1
                else:
                    failed.add(notice.key)
    return Sent(given=given, failed=frozenset(failed))


def _went(failing: str, house: HouseId, case: CaseId, todo: Callable[[], None]) -> bool:
    """Do something of one case; if that fails, log it and return False, so that others go on.

    A database that is away is raised: nobody can go on.
    """
    try:
        todo()
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, it is this case's alone
        told = (type(error), error, error.__traceback__)
        _log.error(failing, case=case, house=house, exc_info=told)
        return False
    return True


def _followed(growth: outbox.Growth) -> bool:
    return _went("notices failed", growth.house, growth.case, partial(_plan, growth))


def _plan(growth: outbox.Growth) -> None:
    with inside(growth.house):
        known = folded(store.head(growth.case))
        entries, state = known.entries, known.state
        new = entries[growth.first - 1 : growth.last]
        notices = (*_dates(growth, state, entries), *_notices(growth.case, state, new))
        plan_notices(growth.house, notices, at=time_of(growth.house))


def _dates(growth: outbox.Growth, state: Case, entries: Sequence[Entry]) -> Iterator[Notice]:
    """Tell of the clocks that got a party or a due time, unless they got another one since."""
    last = {clock: entry.seq for entry in entries if (clock := _dated(entry)) is not None}
    for clock, seq in last.items():
        if growth.first <= seq <= growth.last:
            yield from _of_clock(growth.case, state, clock, seq)


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
            _went(
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
        member = folded(store.head(clock.case)).state.parties.members[clock.party]
        plan_notices(house, _reminders(clock, member, stem), at=at)


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


def _send(house: HouseId, notice: Notice, transport: Transport, at: datetime) -> None:
    """Send one notice with a link of its own, then mark and record it in one transaction."""
    with inside(house):
        link = link_token(
            house,
            notice.case,
            notice.party,
            purpose="my-case" if notice.party == CONSUMER else "answer",
            expires_at=max(at, notice.due or at) + LINK_LASTS,
        )
    accepted = transport.send(notice, link)
    with inside(house):
        kept = link if transport.keeps_links else ""
        if mark_said(notice.key, at=at, accepted=accepted, transport=transport.name, link=kept):
            _record(house, notice, accepted=accepted)


def _record(house: HouseId, notice: Notice, *, accepted: bool) -> None:
    """Record in the case what was said; what the case will not have is not sent again."""
    command = RecordNotice(
        by=CLOCKWORK,
        key=f"notice:{notice.key}",
        channel=Channel.CLOCK,
        party=notice.party,
        via=notice.via,
        kind=notice.kind,
        about=notice.about,
        accepted=accepted,
        published_address=notice.via is Channel.POST and notice.party != CONSUMER,
    )
    try:
        handle(notice.case, command)
    except NotAllowed as no:
        _log.error("a notice was not recorded", case=notice.case, house=house, code=no.code)


@contextmanager
def _alone() -> Iterator[bool]:
    """Tell whether nobody else is sending, and keep it so."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        (alone,) = cursor.fetchone()
    try:
        yield bool(alone)
    finally:
        if alone:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
