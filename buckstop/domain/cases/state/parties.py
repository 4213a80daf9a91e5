"""Who is in the case, and whether they were reached."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Self

from buckstop.domain.cases.events import (
    ContactGiven,
    FactStood,
    NoticeFailed,
    NoticeKind,
    NoticeServed,
    PartyJoined,
)
from buckstop.domain.cases.state.clocks import Clock
from buckstop.domain.words.event import Channel, Entry, Sealed
from buckstop.domain.words.ids import ClockId, FactKey, PartyId
from buckstop.domain.words.party import PartyRole

CONTACT_WORKS = FactKey("contact-works")
"""Disproved of the party that is its value, once that party could not be reached (K8)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """One notice that a transport accepted or could not deliver, and the entry that says so."""

    seq: int
    via: Channel
    kind: NoticeKind
    about: ClockId | None
    at: datetime
    published_address: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """One party: its part, its name, how it may be reached, and the notices that reached it.

    `acted` is the last entry that it made, `failed` what could not be delivered since it was
    last reached or acted.
    """

    party: PartyId
    role: PartyRole
    name: Sealed
    reach: tuple[Channel, ...]
    address: Sealed | None = None
    served: tuple[Notice, ...] = ()
    failed: tuple[Notice, ...] = ()
    acted: int = 0
    contact_fails: bool = False

    @property
    def reached(self) -> bool:
        """Whether the party is known to have heard of the case at all."""
        return bool(self.acted) or _delivered(self.served)

    @property
    def can_be_reached(self) -> bool:
        """Whether a channel to the party is known; whether it works is another question."""
        return bool(self.reach)

    @property
    def contact_works(self) -> bool:
        """Whether a contact is known and nothing says yet that it fails."""
        return self.can_be_reached and not self.contact_fails and not self.failed

    def knows_of(self, clock: Clock) -> bool:
        """Tell whether a default may stand against the party under a clock (K8).

        The notices of that clock, since the party has it, were delivered, or it acted since.
        """
        mine = (n for n in self.served if n.about == clock.clock and n.seq > clock.given_by)
        return self.acted > clock.given_by or _delivered(tuple(mine))


def apart(notices: tuple[Notice, ...], gap: timedelta) -> bool:
    """Tell whether notices used two channels, or lie far enough apart on one."""
    times = sorted(n.at for n in notices)
    return len({n.via for n in notices}) > 1 or (bool(times) and times[-1] - times[0] >= gap)


def _delivered(notices: tuple[Notice, ...]) -> bool:
    """Tell whether two channels or the published address are enough evidence of delivery."""
    return len({n.via for n in notices}) > 1 or any(n.published_address for n in notices)


@dataclass(frozen=True, kw_only=True, slots=True)
class Parties:
    """The parties of the case, by id."""

    members: Mapping[PartyId, Member] = field(default_factory=dict)

    def of_role(self, role: PartyRole) -> Member | None:
        """Find the first party that has a part in the purchase."""
        return next((m for m in self.members.values() if m.role is role), None)

    def reminders(self, party: PartyId, about: ClockId) -> tuple[Notice, ...]:
        """List the reminders of one clock that reached a party."""
        member = self.members.get(party)
        served = member.served if member else ()
        return tuple(n for n in served if n.about == about and n.kind is NoticeKind.REMINDER)

    def after(self, entry: Entry) -> Self:
        """Follow one fact."""
        match entry.event:
            case PartyJoined() as event:
                member = Member(
                    party=event.party,
                    role=event.role,
                    name=event.name,
                    reach=event.reach,
                    address=event.address,
                )
                return self._with(member)
            case ContactGiven() as event:
                found = replace(
                    self.members[event.party],
                    reach=event.reach,
                    address=event.address,
                    failed=(),
                    contact_fails=False,
                )
                return self._with(found).heard_from(entry)
            case NoticeServed() as event if event.party in self.members:
                member = self.members[event.party]
                notice = Notice(
                    seq=entry.seq,
                    via=event.via,
                    kind=event.kind,
                    about=event.about,
                    at=entry.recorded_at,
                    published_address=event.published_address,
                )
                served = (*member.served, notice)
                return self._with(replace(member, served=served, failed=()))
            case NoticeFailed() as event if event.party in self.members:
                member = self.members[event.party]
                missed = Notice(
                    seq=entry.seq,
                    via=event.via,
                    kind=event.kind,
                    about=event.about,
                    at=entry.recorded_at,
                )
                return self._with(replace(member, failed=(*member.failed, missed)))
            case FactStood(fact=fact, value=name) if (
                fact == CONTACT_WORKS and name in self.members
            ):
                member = self.members[PartyId(name or "")]
                return self._with(replace(member, contact_fails=True))
            case _:
                return self.heard_from(entry)

    def heard_from(self, entry: Entry) -> Self:
        """Note that whoever made an entry acts, so that they were reached."""
        member = self.members.get(entry.by.party)
        if member is None:
            return self
        return self._with(replace(member, acted=entry.seq, failed=(), contact_fails=False))

    def _with(self, member: Member) -> Self:
        return replace(self, members={**self.members, member.party: member})
