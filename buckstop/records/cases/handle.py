"""The only way a case changes, for every command from every door."""

from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from hashlib import sha256
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import IntegrityError, transaction

from buckstop.domain.cases.commands import Command, NewParty, OpenCase
from buckstop.domain.cases.decide import decide, lapse, next_lapse
from buckstop.domain.cases.now import Now
from buckstop.domain.cases.state.case import Case
from buckstop.domain.words.calendar import CHINA
from buckstop.domain.words.event import Channel, Entry, Event, Sealed
from buckstop.domain.words.ids import CaseId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CLOCKWORK
from buckstop.records.cases.folded import folded
from buckstop.records.cases.matches import keep_marks
from buckstop.records.cases.queries import is_free
from buckstop.records.houses import queries as houses
from buckstop.records.log import canonical, store
from buckstop.records.log.errors import NoSuchCase, Overtaken
from buckstop.records.log.isolation import HouseId, inside

_TRIES = 5
_NUMBERS = 1_000_000
_MOST_LAPSES = 200
"""More lapses in one go mean that rules start clocks that are due at once."""
_HOW = frozenset({"by", "key", "channel", "received_at"})
"""Fields that tell how a command came, not what it asks; another may go on with what one began."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Standing:
    """A locked case: where its log ends, and what is so."""

    head: store.Head
    state: Case


def case_id_of(house: HouseId, *, channel: Channel, key: str) -> CaseId:
    """Name the case that a complaint with this key opens: known before it is opened, for files."""
    return CaseId(str(uuid5(uuid5(NAMESPACE_URL, f"house:{house}"), f"{channel}:{key}")))


def open_case(house: HouseId, command: OpenCase, *, at: datetime | None = None) -> CaseId:
    """Open a case of a house, once for each key, or raise NotAllowed.

    An empty number is filled in. `at` is the time in a house that brings its own clock.
    """
    case_id = case_id_of(house, channel=command.channel, key=command.key)
    with inside(house):
        if _exists(case_id):
            return case_id
        try:
            _open(house, case_id, command, at)
        except IntegrityError:  # the same key a moment ago, or by chance the same number
            if not _exists(case_id):
                _open(house, case_id, command, at)
    return case_id


def _exists(case_id: CaseId) -> bool:
    try:
        store.head(case_id)
    except NoSuchCase:
        return False
    return True


@transaction.atomic
def _open(house: HouseId, case_id: CaseId, command: OpenCase, at: datetime | None) -> None:
    head = store.create(case_id, house)
    at = _time(head, at)
    command = _in_time(command, at)
    if not command.number:
        command = replace(command, number=_number(house, case_id, at))
    standing = _Standing(head=head, state=Case())
    _append(standing, command, decide(standing.state, command, houses.now(at)), at)
    keep_marks(house, case_id, command)


def handle(case_id: CaseId, command: Command, *, at: datetime | None = None) -> tuple[Entry, ...]:
    """Do what was asked of a case of the house in force, or raise NotAllowed.

    Lapses that are due come first and stay even if the command is refused. The same key gives
    the same outcome once: asked again, nothing is added and what followed is returned; another
    command is refused. `at` is the time in a house that brings its own clock; elsewhere it is
    the database's.
    """
    outcome = _decided(case_id, command, at, tries=_TRIES)
    if isinstance(outcome, NotAllowed):
        raise outcome
    return outcome


def _decided(
    case_id: CaseId, command: Command, at: datetime | None, *, tries: int
) -> tuple[Entry, ...] | NotAllowed:
    """Decide, and decide again on the new state if somebody was faster."""
    try:
        with transaction.atomic():
            return _handled(case_id, command, at)
    except Overtaken:
        if tries == 1:
            raise
    return _decided(case_id, command, at, tries=tries - 1)


def sweep_case(case_id: CaseId, *, at: datetime | None = None) -> tuple[Entry, ...]:
    """Apply the lapses of a case that are due; none if somebody else is at the case.

    Whoever is at it applies them first.
    """
    with transaction.atomic():
        head = store.try_lock(case_id)
        if head is None:
            return ()
        standing = _Standing(head=head, state=folded(head).state)
        _, entries = _lapsed(standing, houses.now(_time(head, at)))
    return entries


def _handled(
    case_id: CaseId, command: Command, at: datetime | None
) -> tuple[Entry, ...] | NotAllowed:
    head = store.lock(case_id)
    asked = _digest(command)
    before = store.outcome(head, channel=command.channel, key=command.key, asked=asked)
    if before is not None:
        return before
    standing = _Standing(head=head, state=folded(head).state)
    at = _time(head, at)
    command = _in_time(command, at)
    now = houses.now(at)
    standing, lapses = _lapsed(standing, now)
    try:
        facts = decide(standing.state, command, now)
    except NotAllowed as no:  # told by the caller, once the lapses are safe
        return no
    return (*lapses, *_append(standing, command, facts, at, asked))


def _lapsed(standing: _Standing, now: Now) -> tuple[_Standing, tuple[Entry, ...]]:
    """Apply the lapses due by now in due order, each as a batch of its own (K6).

    Where time may be told, each comes at its own moment: a jump of two days gives what two
    days would have given.
    """
    entries: tuple[Entry, ...] = ()
    for _ in range(_MOST_LAPSES):
        clock = next_lapse(standing.state, now)
        if clock is None:
            return standing, entries
        head = standing.head
        moment = max(clock.due, head.recorded_at or clock.due) if head.own_clock else now.at
        origin = store.Origin(
            by=CLOCKWORK,
            channel=Channel.CLOCK,
            key=f"lapse:{head.case}:{clock.clock}:{clock.due.isoformat()}",
            occurred_at=clock.due,
            received_at=moment,
        )
        facts = lapse(standing.state, clock, now if moment == now.at else houses.now(moment))
        appended = store.append(head, facts, origin, state=standing.state, at=moment)
        standing = _Standing(head=appended.head, state=appended.state)
        entries += appended.entries
    msg = f"case {standing.head.case} does not come to rest: {_MOST_LAPSES} lapses at {now.at}"
    raise RuntimeError(msg)


def _append(
    standing: _Standing,
    command: Command,
    facts: tuple[Event, ...],
    at: datetime,
    asked: bytes | None = None,
) -> tuple[Entry, ...]:
    received = command.received_at or at
    origin = store.Origin(
        by=command.by,
        channel=command.channel,
        key=command.key,
        occurred_at=command.occurred_at or received,
        received_at=received,
        asked=asked,
    )
    return store.append(standing.head, facts, origin, state=standing.state, at=at).entries


def _in_time[C: Command](command: C, at: datetime) -> C:
    """Let nothing have come or happened later than now, whatever a door or a person says."""
    return replace(
        command,
        received_at=command.received_at and min(command.received_at, at),
        occurred_at=command.occurred_at and min(command.occurred_at, at),
    )


def _digest(command: Command) -> bytes:
    """Digest what a command asks. Texts count as one: each sending seals them anew."""
    told = {
        field.name: _plain(getattr(command, field.name))
        for field in fields(command)
        if field.name not in _HOW
    }
    return sha256(canonical.write({"asks": type(command).__name__, **told}).encode()).digest()


def _plain(value: object) -> canonical.Json:
    match value:
        case None | Sealed():
            return type(value).__name__
        case NewParty(role=role, reach=reach):  # a door that is asked again numbers it anew
            return [role, *reach]
        case tuple():
            return [_plain(one) for one in value]
        case _ if is_dataclass(value):
            return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        case _:
            return str(value)


def _time(head: store.Head, told: datetime | None) -> datetime:
    """Choose the time to decide at. Raises ValueError if it is told where it may not be."""
    if told is None:
        return head.at
    if not head.own_clock:
        msg = "only a house with its own clock is told the time"
        raise ValueError(msg)
    return max(told, head.recorded_at or told)


def _number(house: HouseId, case_id: CaseId, at: datetime) -> str:
    """Make a number that can be read out: the day, and six digits that tell nothing."""
    prefix, day = houses.house(house).prefix, at.astimezone(CHINA)
    drawn = (UUID(case_id).int // _NUMBERS**turn % _NUMBERS for turn in range(6))
    numbers = (f"{prefix}-{day:%Y-%m%d}-{digits:06}" for digits in drawn)
    return next(number for number in numbers if is_free(number))
