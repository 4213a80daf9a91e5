"""The same cast everywhere, and a table on which their case is played through time."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.decide import decide, lapse, next_lapse
from buckstop.domain.cases.events import BallMoved, NoticeKind, Ruling
from buckstop.domain.cases.now import HouseRules, Now
from buckstop.domain.cases.state.case import Case, replay
from buckstop.domain.cases.state.clocks import Clock
from buckstop.domain.words.calendar import CHINA, MAINLAND, Calendar
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Channel, Entry, Event, Sealed
from buckstop.domain.words.ids import (
    ClockId,
    DeskId,
    EvidenceId,
    FactKey,
    PartyId,
    PersonId,
    ProofKind,
    RowId,
)
from buckstop.domain.words.money import Fen
from buckstop.domain.words.party import CLOCKWORK, CONSUMER, HOUSE, Actor, PartyRole, Role
from buckstop.domain.words.purchase import Goods, Problem, Purchase, Remedy, RemedyKind
from buckstop.domain.words.standing import Standing

MERCHANT, COURIER, PLATFORM = PartyId("merchant"), PartyId("courier"), PartyId("platform")
ISSUER, CUSTODIAN = PartyId("issuer"), PartyId("custodian")
SERVICE, FINANCE, SUPERVISION = DeskId("service"), DeskId("finance"), DeskId("supervision")
OWNER, COLLEAGUE, CLERK, HEAD = (PersonId(p) for p in ("owner", "colleague", "clerk", "head"))

SU = Actor(role=Role.CONSUMER, party=CONSUMER)
AT_MERCHANT = Actor(role=Role.RESPONDENT, party=MERCHANT)
AT_COURIER = Actor(role=Role.RESPONDENT, party=COURIER)
AT_ISSUER = Actor(role=Role.RESPONDENT, party=ISSUER)
AT_CUSTODIAN = Actor(role=Role.RESPONDENT, party=CUSTODIAN)
STRANGER = Actor(role=Role.RESPONDENT, party=PartyId("stranger"))
AGENT = Actor(role=Role.AGENT, party=HOUSE, person=OWNER, desk=SERVICE)
OTHER_AGENT = Actor(role=Role.AGENT, party=HOUSE, person=COLLEAGUE, desk=SERVICE)
AT_FINANCE = Actor(role=Role.AGENT, party=HOUSE, person=CLERK, desk=FINANCE)
BOSS = Actor(role=Role.SUPERVISOR, party=HOUSE, person=HEAD, desk=SUPERVISION)
BOT = Actor(role=Role.BOT, party=HOUSE, desk=SERVICE)

RULES = HouseRules(
    version="test",
    ladder=("merchant", "house/service", "house/supervision"),
    desks=(FINANCE,),
)
MONDAY = datetime(2026, 11, 2, 10, tzinfo=CHINA).astimezone(UTC)
"""An ordinary Monday morning, far from any holiday."""

WORDS = Sealed(ref="words", commitment="0" * 64)
WANTED = Remedy(kind=RemedyKind.REFUND, amount=Fen(146_000))
HALF = Remedy(kind=RemedyKind.REFUND, amount=Fen(73_000))
ROLES = {
    MERCHANT: PartyRole.MERCHANT,
    COURIER: PartyRole.COURIER,
    PLATFORM: PartyRole.PLATFORM,
    ISSUER: PartyRole.ISSUER,
    CUSTODIAN: PartyRole.CUSTODIAN,
}
MISSING = FactKey("part-missing")
COMPLETE = FactKey("complete-delivery")
NEVER_USED, USED = FactKey("never-used"), FactKey("used-amount")
BOUGHT = FactKey("bought")
ORDER = ProofKind("order-record")
PACKING = ProofKind("packing-record")
LEDGER = ProofKind("usage-ledger")
BOTH_WAYS = (Channel.WEB, Channel.PHONE)


def complaint(
    *respondents: PartyId,
    problem: Problem = Problem.MISSING_PART,
    first: PartyId | None = MERCHANT,
    alleged: tuple[FactKey, ...] = (MISSING,),
    goods: Goods = Goods.OTHER,
    reach: tuple[Channel, ...] = BOTH_WAYS,
) -> ask.OpenCase:
    """Let the consumer complain about a sofa without one of its feet, or as told."""
    return ask.OpenCase(
        by=SU,
        key="open",
        number="T-1",
        owner=OWNER,
        deputy=COLLEAGUE,
        problem=problem,
        purchase=Purchase(
            goods=goods,
            price=Fen(146_000),
            ordered_on=date(2026, 10, 20),
            received_on=date(2026, 10, 28),
            discovered_on=date(2026, 10, 28),
        ),
        demand=WANTED,
        title=WORDS,
        story=WORDS,
        consumer=ask.NewParty(
            party=CONSUMER, role=PartyRole.CONSUMER, name=WORDS, reach=BOTH_WAYS
        ),
        respondents=tuple(
            ask.NewParty(party=p, role=ROLES[p], name=WORDS, reach=reach)
            for p in respondents or (MERCHANT, COURIER)
        ),
        alleged=tuple(ask.Alleged(fact=f) for f in alleged),
        first=first,
    )


def closing(moment: datetime) -> datetime:
    """Give the first six o'clock in the evening, mainland time, that is not before a moment."""
    evening = moment.astimezone(CHINA).replace(hour=18, minute=0, second=0, microsecond=0)
    return evening if evening >= moment else evening + timedelta(days=1)


@dataclass
class Table:
    """A case played through time; after every move, its log replayed must give its state."""

    at: datetime = MONDAY
    rules: HouseRules = RULES
    calendar: Calendar = MAINLAND
    log: list[Entry] = field(default_factory=list)
    case: Case = field(default_factory=Case)

    @property
    def now(self) -> Now:
        """What is decided under at this moment."""
        return Now(at=self.at, rules=self.rules, calendar=self.calendar)

    def does(self, by: Actor, command: type[ask.Command], **fields: Any) -> tuple[Event, ...]:
        """Let somebody ask something; gives the facts that follow, or raises NotAllowed."""
        return self.play(command(by=by, key=f"key-{len(self.log)}", **fields))

    def play(self, command: ask.Command) -> tuple[Event, ...]:
        """Apply the lapses due by now, then decide."""
        self.lapses()
        facts = decide(self.case, command, self.now)
        self._append(facts, command.by, command.received_at or self.at)
        self._is_what_the_log_says()
        return facts

    def waits(self, **how_long: float) -> tuple[Event, ...]:
        """Let time pass, each lapse at its own moment; gives the facts that follow."""
        return self.until(self.at + timedelta(**how_long))

    def until(self, moment: datetime) -> tuple[Event, ...]:
        """Let time pass up to a moment."""
        self.at, before = moment, len(self.log)
        self.lapses()
        self._is_what_the_log_says()
        return tuple(entry.event for entry in self.log[before:])

    def until_due(self, kind: ClockKind) -> tuple[Event, ...]:
        """Let time pass until the living clock of a kind has run out."""
        return self.until(self.clock(kind).due + timedelta(minutes=20))

    def lapses(self) -> None:
        """Let everything lapse that is due."""
        while (clock := next_lapse(self.case, self.now)) is not None:
            moment = max(clock.due, self.case.last_at or clock.due)
            facts = lapse(self.case, clock, replace(self.now, at=moment))
            assert facts, f"the lapse of {clock.clock} had no consequence"
            self._append(facts, CLOCKWORK, moment, moment)

    def clock(self, kind: ClockKind) -> Clock:
        """Find the one living clock of a kind."""
        (found,) = self.case.clocks.alive(kind)
        return found

    def kinds(self) -> set[ClockKind]:
        """Name the kinds of clock that live."""
        return {c.kind for c in self.case.clocks.every.values() if c.alive}

    @property
    def holder(self) -> str:
        """Name the place where the ball is."""
        assert self.case.custody.holder is not None
        return self.case.custody.holder.node

    def orders(self, remedy: Remedy) -> None:
        """Let the house decide that the merchant owes it, with two people's names."""
        self.served(MERCHANT)
        self.does(AGENT, ask.FreezeRecord)
        self.does(
            AGENT,
            ask.ProposeDecision,
            ruling=Ruling.FOR_CONSUMER,
            debtor=MERCHANT,
            remedy=remedy,
            findings=(RowId("EVD-91"),),
            facts=(),
            reasons=WORDS,
        )
        self.does(OTHER_AGENT, ask.SignDecision, decision="decision-1")

    def shows(
        self, by: Actor, kind: ProofKind, *facts: FactKey, issuer: PartyRole | None = None
    ) -> EvidenceId:
        """Let somebody put a file into the case; gives its number."""
        self.does(
            by,
            ask.SubmitEvidence,
            kind=kind,
            name=WORDS,
            media_type="text/plain",
            size=4,
            sha256="0" * 64,
            sm3="0" * 64,
            facts=facts,
            issuer=issuer,
        )
        return tuple(self.case.evidence.every)[-1]

    def served(
        self,
        party: PartyId,
        *channels: Channel,
        kind: NoticeKind = NoticeKind.SERVICE,
        about: ClockId | None = None,
        accepted: bool = True,
    ) -> None:
        """Record what the transports said, of the party's newest clock unless told otherwise."""
        living = [c.clock for c in self.case.clocks.every.values() if c.alive and c.party == party]
        about = about or (living[-1] if living else None)
        for via in channels or BOTH_WAYS:
            self.does(
                CLOCKWORK,
                ask.RecordNotice,
                party=party,
                via=via,
                kind=kind,
                about=about,
                accepted=accepted,
            )

    def passes(self, by: Actor, to: PartyId | DeskId, **fields: Any) -> tuple[Event, ...]:
        """Let a holder pass the ball to a party or a desk."""
        where = {"desk": to} if to in {SERVICE, FINANCE, SUPERVISION} else {"to": to}
        said = {"reason": "forwarded", "expected": "respond", "sentence": WORDS}
        return self.does(by, ask.PassBall, **{**said, **where, **fields})

    def says(self, by: Actor) -> tuple[Event, ...]:
        """Let somebody say something."""
        return self.does(by, ask.SendMessage, text=WORDS)

    def _append(
        self,
        facts: Iterable[Event],
        by: Actor,
        received: datetime,
        recorded: datetime | None = None,
    ) -> None:
        for event in facts:
            entry = Entry(
                seq=len(self.log) + 1,
                event=event,
                occurred_at=received,
                received_at=received,
                recorded_at=recorded or self.at,
                by=by,
                channel=Channel.WEB,
            )
            self.log.append(entry)
            self.case = self.case.after(entry)

    def _is_what_the_log_says(self) -> None:
        assert replay(self.log) == self.case


def given(*respondents: PartyId, **told: Any) -> Table:
    """Open the case of the sofa; the merchant has the ball unless told otherwise."""
    rules = told.pop("rules", RULES)
    table = Table(rules=rules)
    table.play(complaint(*respondents, **told))
    return table


def given_at_desk(*respondents: PartyId, **told: Any) -> Table:
    """Open a case that the owner has taken up at the desk."""
    table = given(*respondents, first=None, **told)
    table.does(AGENT, ask.TakeUp, person=OWNER)
    return table


def given_kicked() -> Table:
    """Let the merchant and the desk pass the ball to and fro, short of the threshold."""
    table = given()
    table.passes(AT_MERCHANT, HOUSE)
    table.passes(AGENT, MERCHANT)
    return table


def given_taken_over() -> Table:
    """Let a supervisor take the ball."""
    table = given()
    table.does(BOSS, ask.TakeOver)
    return table


def given_owed() -> Table:
    """Let the merchant agree: the refund is owed, and the merchant has seven days."""
    table = given()
    table.does(AT_MERCHANT, ask.AgreeClaim)
    return table


def given_delivered() -> Table:
    """Let the merchant pay with proof: the consumer is to confirm."""
    table = given_owed()
    proof = table.shows(AT_MERCHANT, ProofKind("payment-record"))
    table.does(AT_MERCHANT, ask.ProveFulfilment, remedy="remedy-1", evidence=proof)
    return table


def given_never_used(**told: Any) -> Table:
    """Open the case of a card that was never used, whose issuer has collapsed."""
    return given_at_desk(
        ISSUER,
        CUSTODIAN,
        problem=Problem.PREPAID_COLLAPSED,
        goods=Goods.PREPAID_CARD,
        alleged=(NEVER_USED,),
        **told,
    )


def given_return_received() -> Table:
    """Let the return be received: the law then dates the refund."""
    table = given(problem=Problem.REFUND_NOT_RECEIVED, alleged=())
    proof = table.shows(AGENT, ProofKind("delivery-record"))
    for fact, value in (("return-received-on", "2026-11-01"), ("return-asked-on", "2026-10-30")):
        found = {"standing": Standing.PROVEN, "value": value, "evidence": (proof,)}
        table.does(AGENT, ask.StateFact, fact=fact, **found)
    return table


def moves(facts: Iterable[Event]) -> list[BallMoved]:
    """Pick the moves of the ball."""
    return [event for event in facts if isinstance(event, BallMoved)]


def kinds(facts: Iterable[Event]) -> list[str]:
    """Name the facts by their kinds, in order."""
    return [type(event).__name__ for event in facts]


def of[E: Event](facts: Iterable[Event], kind: type[E]) -> E:
    """Pick the one fact of a kind."""
    (found,) = (event for event in facts if isinstance(event, kind))
    return found


def given_asked_by_merchant(**told: Any) -> Table:
    """Let the merchant, who has the ball, ask the consumer to show the order: a valid request."""
    table = given(problem=Problem.NOT_RECEIVED, alleged=(), **told)
    table.does(AT_MERCHANT, ask.AskProof, fact=BOUGHT, of=CONSUMER)
    return table
