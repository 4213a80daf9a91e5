"""How a story is told: who does what, on which day, in the words of the cast."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from buckstop.domain.cases.commands import Alleged, Command, NewParty, OpenCase, RecordNotice
from buckstop.domain.cases.commands import SubmitEvidence as Submit
from buckstop.domain.cases.events import BallMoved, NoticeKind, TaskOpened
from buckstop.domain.cases.now import HouseRules
from buckstop.domain.cases.state.case import Case, replay
from buckstop.domain.words.calendar import CHINA
from buckstop.domain.words.event import Channel, Entry, Sealed
from buckstop.domain.words.ids import (
    CaseId,
    ClockId,
    DeskId,
    EvidenceId,
    FactKey,
    PartyId,
    ProofKind,
)
from buckstop.domain.words.money import Fen
from buckstop.domain.words.party import CLOCKWORK, CONSUMER, HOUSE, Actor, PartyRole, Role
from buckstop.domain.words.purchase import Problem, Purchase, Remedy
from stories.files import file_of
from stories.world import World

SERVICE = DeskId("service")
SUPERVISION = DeskId("supervision")
EVENING = (20, 0)

type When = tuple[int, int, int]
"""Days after the start, and the local time."""
type Act = Callable[["Scene"], None]


@dataclass(frozen=True, slots=True)
class Player:
    """Somebody at the house: name, desk, and whether they supervise."""

    name: str
    desk: DeskId = SERVICE
    supervises: bool = False


@dataclass(frozen=True, slots=True)
class Respondent:
    """Somebody a complaint is against, and how they are reached (nobody, if never)."""

    party: str
    role: PartyRole
    name: str
    reach: tuple[Channel, ...] = (Channel.MAIL, Channel.PHONE)


class Scene:
    """One case of a story, with the moment it is at."""

    def __init__(self, world: World, *, start: date, rules: HouseRules) -> None:
        """Set the stage on a day, in a house with published rules."""
        self.world = world
        self.start = start
        self.rules = rules
        self.at = self.moment(0, 0, 0)
        self.case_id = CaseId("")
        self._count = 0
        self._served = 0

    def moment(self, day: int, hour: int, minute: int) -> datetime:
        """Name a moment by days after the start and local time."""
        local = datetime.combine(self.start + timedelta(days=day), time(hour, minute), CHINA)
        return local.astimezone(UTC)

    def on(self, day: int, hour: int = 10, minute: int = 0) -> None:
        """Let time pass until a moment; what lapses until then lapses, and people are reminded."""
        until = self.moment(day, hour, minute)
        if self.case_id:
            self._pass_time(until)
        self.at = until

    def tell(self, acts: Iterable[tuple[When, Act]], until: int, lasts: int) -> None:
        """Let act follow act; a story told only as far as day `until` stops that evening."""
        for (day, hour, minute), act in acts:
            if day > until:
                break
            self.on(day, hour, minute)
            act(self)
        if until < lasts:
            self.on(until, *EVENING)

    # --- who acts -------------------------------------------------------------------------

    def open(  # noqa: PLR0913 - a complaint says all of this
        self,
        *,
        number: str,
        consumer: str,
        owner: Player,
        deputy: Player | None,
        respondents: tuple[Respondent, ...],
        problem: Problem,
        purchase: Purchase,
        demand: Remedy,
        title: str,
        story: str,
        alleged: tuple[tuple[str, str | None], ...] = (),
        first: str | None = None,
        item: str = "",
        desk: DeskId | None = None,
    ) -> None:
        """Let the consumer complain."""
        self.case_id = self.world.case_of(number)
        command = OpenCase(
            by=Actor(role=Role.CONSUMER, party=CONSUMER),
            key=number,
            number=number,
            owner=self.world.person(owner.name),
            deputy=self.world.person(deputy.name) if deputy else None,
            problem=problem,
            purchase=replace(purchase, item=self.text(item)) if item else purchase,
            demand=demand,
            title=self.text(title),
            story=self.text(story),
            consumer=NewParty(
                party=CONSUMER,
                role=PartyRole.CONSUMER,
                name=self.text(consumer),
                reach=(Channel.MAIL, Channel.PHONE),
            ),
            respondents=tuple(self._new(r) for r in respondents),
            alleged=tuple(Alleged(fact=FactKey(f), value=v) for f, v in alleged),
            first=PartyId(first) if first else None,
            desk=desk,
        )
        self.world.open(command, self.at, self.rules)
        self._serve()

    def consumer(self, command: type[Command], **fields: Any) -> None:
        """Let the consumer act."""
        self._do(Actor(role=Role.CONSUMER, party=CONSUMER), command, fields)

    def respondent(self, party: str, command: type[Command], **fields: Any) -> None:
        """Let a respondent act."""
        self._do(Actor(role=Role.RESPONDENT, party=PartyId(party)), command, fields)

    def desk(self, player: Player, command: type[Command], **fields: Any) -> None:
        """Let somebody at the house act."""
        actor = Actor(
            role=Role.SUPERVISOR if player.supervises else Role.AGENT,
            party=HOUSE,
            person=self.world.person(player.name),
            desk=player.desk,
        )
        self._do(actor, command, fields)

    def shows(
        self,
        by: str,
        kind: str,
        name: str,
        *,
        facts: tuple[str, ...] = (),
        desk: Player | None = None,
    ) -> EvidenceId:
        """Let a party put a file into the case; its number comes back."""
        file, content = file_of(name)
        kept = self.world.keep(self.case_id, PartyId(by), file, content)
        fields = {
            "kind": ProofKind(kind),
            "name": kept.name,
            "media_type": kept.media_type,
            "size": kept.size,
            "sha256": kept.sha256,
            "sm3": kept.sm3,
            "facts": tuple(FactKey(f) for f in facts),
        }
        if desk is not None:
            self.desk(desk, Submit, **fields)
        elif by == CONSUMER:
            self.consumer(Submit, **fields)
        else:
            self.respondent(by, Submit, **fields)
        return tuple(self.case.evidence.every)[-1]

    def text(self, text: str) -> Sealed:
        """Seal what somebody says."""
        return self.world.seal(self.case_id, text)

    # --- what is so -----------------------------------------------------------------------

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The log so far."""
        return self.world.entries(self.case_id)

    @property
    def case(self) -> Case:
        """What is so now."""
        return replay(self.entries)

    # --- behind the scene -----------------------------------------------------------------

    def _do(self, by: Actor, command: type[Command], fields: dict[str, Any]) -> None:
        self._count += 1
        channel = Channel.LINK if by.role is Role.RESPONDENT else Channel.WEB
        key = f"{self.case_id}-{self._count}"
        asked = command(by=by, key=key, **{"channel": channel, **fields})
        self.world.do(self.case_id, asked, self.at)
        self._serve()

    def _new(self, who: Respondent) -> NewParty:
        return NewParty(
            party=PartyId(who.party),
            role=who.role,
            name=self.text(who.name),
            reach=who.reach,
        )

    def _serve(self) -> None:
        """Deliver a notice of every new duty on each channel its debtor is reached by."""
        entries = self.entries
        fresh = entries[self._served :]
        self._served = len(entries)
        members = self.case.parties.members
        for entry in fresh:
            match entry.event:
                case TaskOpened(debtor=party, clock=clock):
                    for via in members[party].reach:
                        self._notice(party, via, NoticeKind.SERVICE, clock)
                case BallMoved(to=to) if to.party == CONSUMER:
                    self._notice(CONSUMER, Channel.MAIL, NoticeKind.SERVICE, None)
                case _:
                    pass

    def _notice(
        self, party: PartyId, via: Channel, kind: NoticeKind, about: ClockId | None
    ) -> None:
        self._count += 1
        command = RecordNotice(
            by=CLOCKWORK,
            key=f"{self.case_id}-notice-{self._count}",
            channel=Channel.CLOCK,
            party=party,
            via=via,
            kind=kind,
            about=about,
            accepted=True,
        )
        self.world.do(self.case_id, command, self.at)
        self._served = len(self.entries)

    def _pass_time(self, until: datetime) -> None:
        """Go from reminder to lapse to reminder, until the moment comes."""
        reminded: set[tuple[str, datetime]] = set()
        while True:
            due = self._next_reminder(until, reminded)
            if due is None:
                break
            clock, moment = due
            self.world.lapse_until(self.case_id, moment)
            self.at = max(self.at, moment)
            self._serve()
            alive = self.case.clocks.every[clock]
            reminded.add((clock, alive.due))
            member = self.case.parties.members.get(alive.party)
            if alive.running and member is not None:
                for via in member.reach:
                    self._notice(alive.party, via, NoticeKind.REMINDER, clock)
        self.world.lapse_until(self.case_id, until)
        self.at = until
        self._serve()

    def _next_reminder(
        self, until: datetime, reminded: set[tuple[str, datetime]]
    ) -> tuple[ClockId, datetime] | None:
        before = self.rules.reminder_before
        running = [
            (max(c.due - before, self.at), c.clock)
            for c in self.case.clocks.running
            if c.party in self.case.parties.members
            and (c.clock, c.due) not in reminded
            and self.at <= c.due - before <= until
        ]
        if not running:
            return None
        moment, clock = min(running)
        return clock, moment


def yuan(amount: int) -> Fen:
    """Read an amount in whole yuan."""
    return Fen(amount * 100)
