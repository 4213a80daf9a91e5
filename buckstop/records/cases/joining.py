"""Joining two cases of one purchase: acts of single cases, which can be taken up after a crash.

The first case takes in everything before the later one ends, so nothing is ever in neither.
What is still to do follows from the two logs: the first says how often it took the later in,
the later how often it went. Keys are made of both cases and that count, so that nothing
happens twice and a joining that was undone can be made again.
"""

from dataclasses import dataclass

import structlog

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases import events as fact
from buckstop.domain.cases.state.case import Case, replay
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Channel, Entry
from buckstop.domain.words.ids import CaseId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CLOCKWORK, Actor
from buckstop.records.cases import matches
from buckstop.records.cases.handle import handle
from buckstop.records.evidence import actions as evidence
from buckstop.records.log import store
from buckstop.records.log.isolation import HouseId, inside
from buckstop.records.people.vault import carry

_log = structlog.get_logger(__name__)
_GO_OVER = (ClockKind.RESPOND, ClockKind.TAKE_UP, ClockKind.HANDLE, ClockKind.DECIDE)
"""Clocks of a duty in the case; a promise or a term of the law stays what it was."""
_DOOR = Channel.CLOCK  # the same whoever begins and whoever ends it, or keys would not meet


@dataclass(frozen=True, slots=True)
class _Pair:
    """The two cases as they stand."""

    house: HouseId
    first: CaseId
    later: CaseId

    @property
    def ours(self) -> tuple[Entry, ...]:
        return store.read(store.head(self.first))

    @property
    def theirs(self) -> tuple[Entry, ...]:
        return store.read(store.head(self.later))

    @property
    def taken(self) -> int:
        """Count how often the first case took the later one in."""
        return sum(
            isinstance(e.event, fact.CaseAbsorbed) and e.event.other == self.later
            for e in self.ours
        )

    @property
    def gone(self) -> int:
        """Count how often the later case went into the first."""
        return sum(
            isinstance(e.event, fact.CaseJoined) and e.event.into == self.first
            for e in self.theirs
        )

    def key(self, turn: int, step: str) -> str:
        return f"join:{self.first}:{self.later}:{turn}:{step}"


def join(house: HouseId, first: CaseId, later: CaseId, by: Actor) -> None:
    """Join a later case into the first one, reopening that if it was closed, or raise NotAllowed.

    Whatever it is interrupted by, `settle` does the rest.
    """
    with inside(house):
        _lock(first, later)
        _take_in(_Pair(house, first, later), by)
    settle(house, first, later, by)


def join_if_certain(house: HouseId, later: CaseId) -> None:
    """Join a case that was just opened into the first one, if nobody has to judge whether."""
    match = matches.same_purchase(house, later)
    if match is None or not match.certain:
        return
    try:
        join(house, match.case, later, CLOCKWORK)
    except NotAllowed as no:  # the desk is shown the match and decides
        _log.warning("not joined", case=later, code=no.code)


def undo(house: HouseId, first: CaseId, later: CaseId, by: Actor) -> None:
    """Take a joining back, or raise NotAllowed; the later case lives again before it is let go."""
    with inside(house):
        _lock(first, later)
        pair = _Pair(house, first, later)
        key = pair.key(pair.taken, "undo")
        handle(later, ask.UndoJoin(by=by, key=key, channel=_DOOR, other=first))
        matches.begin_half(later, first)
    settle(house, first, later, by)


def settle(house: HouseId, first: CaseId, later: CaseId, by: Actor = CLOCKWORK) -> None:
    """Do what is left to do of a joining or of its undoing; nothing if nothing is."""
    with inside(house):
        _lock(first, later)
        pair = _Pair(house, first, later)
        took = later in replay(pair.ours).closing.absorbed
        went = replay(pair.theirs).closing.joined_into == first
        if took and not went:
            half = _go if pair.gone < pair.taken else _let_go
            half(pair, by)
        matches.end_half(later)


def link(first: CaseId, later: CaseId, by: Actor) -> None:
    """Note in both cases of the house in force that the other bears on it."""
    _lock(first, later)
    for case, other in ((first, later), (later, first)):
        key = f"link:{case}:{other}"
        handle(case, ask.LinkCase(by=by, key=key, channel=_DOOR, other=other))


def _lock(*cases: CaseId) -> None:
    """Lock both in one order everywhere; else two could each wait for what the other has."""
    for case in sorted(cases):
        store.lock(case)


def _take_in(pair: _Pair, by: Actor) -> None:
    ours, theirs = replay(pair.ours), replay(pair.theirs)
    if pair.later in ours.closing.absorbed:
        return
    if not theirs.open:
        raise NotAllowed("case-closed")
    turn = pair.taken + 1
    if not ours.open:
        key = pair.key(turn, "reopen")
        again = ask.Reopen(by=by, key=key, channel=_DOOR, because="not-solved")
        handle(pair.first, again)
    _bring_parties(pair, turn, ours, theirs, by)
    _bring_files(pair, turn, ours)
    like = matches.likeness(pair.first, pair.later)
    handle(
        pair.first,
        ask.Absorb(
            by=by,
            key=pair.key(turn, "take-in"),
            channel=_DOOR,
            other=pair.later,
            head=store.head(pair.later).digest.hex(),
            story=carry(theirs.claim.stories[0], pair.first),
            clocks=tuple(
                ask.JoinedClock(kind=clock.kind, party=clock.party, due=clock.due)
                for clock in theirs.clocks.alive(*_GO_OVER)
            ),
            requests=_requests(theirs, pair.first),
            consumer_matches=like.consumer,
            purchase_matches=like.purchase,
        ),
    )
    matches.begin_half(pair.later, pair.first)


def _requests(theirs: Case, into: CaseId) -> tuple[ask.JoinedRequest, ...]:
    """List what is asked in the later case and not answered yet."""
    return tuple(
        ask.JoinedRequest(
            fact=request.fact,
            of=request.of,
            by=request.by,
            kinds=request.kinds,
            rows=request.rows,
            due=theirs.clocks.every[request.clock].due,
            why=carry(request.why, into) if request.why else None,
        )
        for request in theirs.requests.open
    )


def _bring_parties(pair: _Pair, turn: int, ours: Case, theirs: Case, by: Actor) -> None:
    """Let whom only the later case has join the first one."""
    for party, member in theirs.parties.members.items():
        if party in ours.parties.members:
            continue
        newcomer = ask.NewParty(
            party=party,
            role=member.role,
            name=carry(member.name, pair.first),
            reach=member.reach,
            address=carry(member.address, pair.first) if member.address else None,
        )
        key = pair.key(turn, f"party-{party}")
        handle(pair.first, ask.JoinParty(by=by, key=key, channel=_DOOR, party=newcomer))


def _bring_files(pair: _Pair, turn: int, ours: Case) -> None:
    """Submit to the first case, for who sent it, every file that it does not have yet."""
    had = {item.sha256 for item in ours.evidence.every.values()}
    for entry in pair.theirs:
        event = entry.event
        if not isinstance(event, fact.EvidenceSubmitted) or event.sha256 in had:
            continue
        had.add(event.sha256)
        receipt = evidence.carry(pair.house, pair.later, event.sha256, into=pair.first)
        if receipt is None:
            continue
        handle(
            pair.first,
            ask.SubmitEvidence(
                by=entry.by,
                key=pair.key(turn, f"file-{event.evidence}"),
                channel=entry.channel,
                occurred_at=entry.occurred_at,
                received_at=entry.received_at,
                kind=event.kind,
                issuer=event.issuer,
                name=receipt.name,
                media_type=receipt.media_type,
                size=receipt.size,
                sha256=receipt.sha256,
                sm3=receipt.sm3,
                facts=event.facts,
            ),
        )


def _go(pair: _Pair, by: Actor) -> None:
    """End the later case in the first; if it ended otherwise meanwhile, the first lets it go."""
    head = store.head(pair.first).digest.hex()
    key = pair.key(pair.taken, "go")
    try:
        handle(
            pair.later,
            ask.JoinInto(by=by, key=key, channel=_DOOR, into=pair.first, head=head),
        )
    except NotAllowed:
        _let_go(pair, by)


def _let_go(pair: _Pair, by: Actor) -> None:
    key = pair.key(pair.taken, "let-go")
    handle(pair.first, ask.UndoJoin(by=by, key=key, channel=_DOOR, other=pair.later))
