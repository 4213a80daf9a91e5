"""How a case begins, and who joins it."""

from datetime import timedelta

from buckstop.domain.cases.commands import (
    ChangeOwner,
    JoinParty,
    NewParty,
    OpenCase,
    TakeUp,
)
from buckstop.domain.cases.events import CaseOpened, FactStood, OwnerChanged, PartyJoined
from buckstop.domain.cases.rules.access import (
    need_desk,
    need_holder,
    need_known_desk,
    need_open,
    need_person,
)
from buckstop.domain.cases.rules.ball import ensure_house_clock, move, open_task, own_clocks
from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.cases.rules.law import named
from buckstop.domain.cases.rules.reach import seek_contacts
from buckstop.domain.cases.rules.standing import need_value
from buckstop.domain.words.ball import How
from buckstop.domain.words.calendar import local_day
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.ids import PartyId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import CONSUMER, HOUSE, Holder
from buckstop.domain.words.purchase import Purchase
from buckstop.domain.words.standing import Standing


def open_case(draft: Draft, command: OpenCase) -> None:
    """Make a complaint a case with an owner; the ball is at the desk, or with `first`."""
    if draft.case.seq:
        raise NotAllowed("case-exists")
    if command.consumer.party != CONSUMER:
        raise NotAllowed("consumer-missing")
    _check_days(draft, command.purchase)
    _check_parties(command)
    for told in command.alleged:
        need_value(told)
    desk = command.desk or draft.now.rules.desk
    need_known_desk(draft, desk)
    draft.add(
        CaseOpened(
            number=command.number,
            desk=desk,
            owner=command.owner,
            deputy=command.deputy,
            problem=command.problem,
            purchase=command.purchase,
            demand=command.demand,
            title=command.title,
            story=command.story,
        ),
        _joined(command.consumer),
        *(_joined(party) for party in command.respondents),
        *(
            FactStood(fact=told.fact, standing=Standing.ALLEGED, value=told.value, by=CONSUMER)
            for told in command.alleged
        ),
    )
    seek_contacts(draft)
    if command.first is None or _unknown(draft, command.first):
        clock = draft.start(ClockKind.TAKE_UP, HOUSE, "take-up")
        to = Holder(party=HOUSE, desk=desk)
        move(draft, to, How.OPENED, reason="opened", expected="take-up", clock=clock)
        return
    _first(draft, command.first)


def _check_parties(command: OpenCase) -> None:
    """Refuse the same party twice, and respondents by a name that means somebody else."""
    known = {CONSUMER, HOUSE}
    for respondent in command.respondents:
        if respondent.party in known:
            raise NotAllowed("already-a-party", party=respondent.party)
        known.add(respondent.party)


def _unknown(draft: Draft, party: PartyId) -> bool:
    """Tell whether nobody knows how to reach a party, who then cannot begin with the ball (K8)."""
    member = draft.case.parties.members.get(party)
    return member is not None and not member.can_be_reached


def _first(draft: Draft, party: PartyId) -> None:
    if party not in draft.case.parties.members or party == CONSUMER:
        raise NotAllowed("not-a-party", party=party)
    clock = draft.start(ClockKind.RESPOND, party, "respond")
    open_task(draft, party, "respond", clock)
    move(
        draft,
        Holder(party=party),
        How.OPENED,
        reason="opened",
        expected="respond",
        clock=clock,
        named=named(draft.case, draft.now, party),
    )


def _joined(party: NewParty) -> PartyJoined:
    return PartyJoined(
        party=party.party,
        role=party.role,
        name=party.name,
        reach=party.reach,
        address=party.address,
    )


def _check_days(draft: Draft, purchase: Purchase) -> None:
    tomorrow = local_day(draft.at) + timedelta(days=1)
    told = (
        ("ordered-on", purchase.ordered_on),
        ("received-on", purchase.received_on),
        ("discovered-on", purchase.discovered_on),
    )
    for name, day in told:
        if day is not None and day >= tomorrow:
            raise NotAllowed("day-in-future", which=name, day=day)
    if purchase.ordered_on and purchase.received_on and purchase.received_on < purchase.ordered_on:
        raise NotAllowed(
            "received-before-ordered",
            ordered_on=purchase.ordered_on,
            received_on=purchase.received_on,
        )


def join_party(draft: Draft, command: JoinParty) -> None:
    """Bring another respondent in; the house may, or who has the ball and would pass it."""
    need_open(draft)
    if draft.by.party != HOUSE:
        need_holder(draft)
    if draft.by.party == CONSUMER:
        raise NotAllowed("consumer-passes-nothing")
    if command.party.party == HOUSE or command.party.party in draft.case.parties.members:
        raise NotAllowed("already-a-party", party=command.party.party)
    draft.add(_joined(command.party))
    seek_contacts(draft)


def change_owner(draft: Draft, command: ChangeOwner) -> None:
    """Make another person answerable; the consumer is told (A2)."""
    need_open(draft)
    need_desk(draft)
    need_person(draft)
    if command.owner == draft.case.custody.owner:
        raise NotAllowed("owner-already")
    draft.add(OwnerChanged(owner=command.owner, deputy=command.deputy, reason=command.reason))


def take_up(draft: Draft, command: TakeUp) -> None:
    """Take the case of one's desk into one's hands: a change of agent, never a pass (C9)."""
    need_open(draft)
    need_desk(draft)
    need_holder(draft)
    holder = draft.case.custody.holder
    if holder is None or holder.person == command.person:
        raise NotAllowed("taken-up-already")
    draft.stop_kinds("taken-up", ClockKind.TAKE_UP)
    was = draft.case.custody.expected
    ensure_house_clock(draft)
    clock = min(own_clocks(draft), key=lambda c: c.due, default=None)
    move(
        draft,
        Holder(party=HOUSE, desk=holder.desk, person=command.person),
        How.AGENT,
        reason="taken-up",
        expected="handle" if was == "take-up" else was,
        clock=clock,
    )
