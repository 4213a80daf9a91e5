"""Where a story happens: here, in memory, on a clock of its own."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from buckstop.domain.cases.commands import Command, OpenCase
from buckstop.domain.cases.decide import decide, lapse, next_lapse
from buckstop.domain.cases.now import HouseRules, Now
from buckstop.domain.cases.state.case import Case, replay
from buckstop.domain.words.event import Channel, Entry, Event, Sealed
from buckstop.domain.words.ids import CaseId, PartyId, PersonId
from buckstop.domain.words.party import CLOCKWORK, Actor


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of a file that was sealed."""

    name: Sealed
    sha256: str
    sm3: str
    size: int
    media_type: str


class World(Protocol):
    """What a story needs of where it happens."""

    def case_of(self, key: str) -> CaseId:
        """Name the case that a complaint with this key opens, for what is sealed before."""
        ...

    def open(self, command: OpenCase, at: datetime, rules: HouseRules) -> None:
        """Begin a case at a moment of the story, under the rules the house has published."""
        ...

    def do(self, case: CaseId, command: Command, at: datetime) -> None:
        """Ask something of a case; what lapsed until then lapses first."""
        ...

    def lapse_until(self, case: CaseId, at: datetime) -> None:
        """Let time pass; every clock lapses at its own moment."""
        ...

    def entries(self, case: CaseId) -> tuple[Entry, ...]:
        """Read the log."""
        ...

    def seal(self, case: CaseId, text: str) -> Sealed:
        """Keep a personal text of a case."""
        ...

    def keep(self, case: CaseId, by: PartyId, name: str, content: bytes) -> Kept:
        """Keep a file of a party of a case."""
        ...

    def person(self, name: str) -> PersonId:
        """Find a person of the house by name."""
        ...


type Follower = Callable[[CaseId, tuple[Entry, ...]], None]


@dataclass
class Memory:
    """A world without a database: one log in a list, texts in a dictionary."""

    logs: dict[CaseId, list[Entry]] = field(default_factory=dict)
    rules: dict[CaseId, HouseRules] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)

    def case_of(self, key: str) -> CaseId:
        """Name a case by its key."""
        return CaseId(key)

    def open(self, command: OpenCase, at: datetime, rules: HouseRules) -> None:
        """Begin a case."""
        name = self.case_of(command.key)
        self.logs[name] = []
        self.rules[name] = rules
        self.do(name, command, at)

    def case(self, case: CaseId) -> Case:
        """Fold the log."""
        return replay(self.logs[case])

    def entries(self, case: CaseId) -> tuple[Entry, ...]:
        """Read the log."""
        return tuple(self.logs[case])

    def do(self, case: CaseId, command: Command, at: datetime) -> None:
        """Apply the lapses due by `at`, then decide; a key that is known does nothing."""
        self.lapse_until(case, at)
        if command.key in self.done:
            return
        self.done.add(command.key)
        facts = decide(self.case(case), command, self._now(case, at))
        self._append(case, facts, command.by, command.channel, at, command.occurred_at)

    def lapse_until(self, case: CaseId, at: datetime) -> None:
        """Let every clock due by `at` lapse at its own moment, in due order."""
        while True:
            known = self.case(case)
            clock = next_lapse(known, self._now(case, at))
            if clock is None:
                return
            moment = max(clock.due, known.last_at or clock.due)
            facts = lapse(known, clock, self._now(case, moment))
            self._append(case, facts, CLOCKWORK, Channel.CLOCK, moment, clock.due)

    def seal(self, case: CaseId, text: str) -> Sealed:
        """Keep a text under the digest of what it says."""
        del case
        digest = hashlib.sha256(text.encode()).hexdigest()
        self.texts[digest[:16]] = text
        return Sealed(ref=digest[:16], commitment=digest)

    def keep(self, case: CaseId, by: PartyId, name: str, content: bytes) -> Kept:
        """Digest a file; its bytes are not needed here."""
        del by
        return Kept(
            name=self.seal(case, name),
            sha256=hashlib.sha256(content).hexdigest(),
            sm3=hashlib.new("sm3", content).hexdigest(),
            size=len(content),
            media_type="image/png" if name.endswith(".png") else "text/plain",
        )

    def person(self, name: str) -> PersonId:
        """People of a story go by their names."""
        return PersonId(name)

    def _now(self, case: CaseId, at: datetime) -> Now:
        return Now(at=at, rules=self.rules[case])

    def _append(  # noqa: PLR0913, PLR0917 - one entry has all these times and places
        self,
        case: CaseId,
        facts: tuple[Event, ...],
        by: Actor,
        channel: Channel,
        at: datetime,
        occurred_at: datetime | None,
    ) -> None:
        log = self.logs[case]
        recorded = max(at, log[-1].recorded_at) if log else at
        before = len(log)
        log.extend(
            Entry(
                seq=before + number,
                event=event,
                occurred_at=occurred_at or at,
                received_at=at,
                recorded_at=recorded,
                by=by,
                channel=channel,
            )
            for number, event in enumerate(facts, start=1)
        )
