"""Who is in the case, and whether they were reached."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Self

from buckstop.domain.cases.events import (
    FactStood,
    NoticeFailed,
    NoticeKind,
    NoticeServed,
    PartyJoined,
)
from buckstop.domain.words.event import Channel, Entry, Sealed
from buckstop.domain.words.ids import ClockId, FactKey, PartyId
from buckstop.domain.words.party import PartyRole

CONTACT_WORKS = FactKey("contact-works")
"""Disproved of the party that is its value, once that party could not be reached (K8)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """One notice that a transport accepted."""

    via: Channel
    kind: NoticeKind
    about: ClockId | None
    at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """One party: its part, its name, how it may be reached, and the notices that reached it."""

    party: PartyId
    role: PartyRole
    name: Sealed
    reach: tuple[Channel, ...]
    address: Sealed | None = None
    served: tuple[Notice, ...] = ()
    at_published_address: bool = False
    failed: int = 0
    acted: bool = False
    contact_fails: bool = False

    @property
    def reached(self) -> bool:
        """Whether a default may stand against the party (K8).

        It was served on two channels or at its published address, or it acted in the case.
        """
        return self.acted or self.at_published_address or len({n.via for n in self.served}) > 1


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
            case NoticeServed() as event if event.party in self.members:
                member = self.members[event.party]
                notice = Notice(
                    via=event.via, kind=event.kind, about=event.about, at=entry.recorded_at
                )
                return self._with(
                    replace(
                        member,
                        served=(*member.served, notice),
                        failed=0,
                        at_published_address=member.at_published_address
                        or event.published_address,
                    )
                )
            case NoticeFailed() as event if event.party in self.members:
                member = self.members[event.party]
                return self._with(replace(member, failed=member.failed + 1))
            case FactStood(fact=fact, value=name) if (
                fact == CONTACT_WORKS and name in self.members
            ):
                member = self.members[PartyId(name or "")]
                return self._with(replace(member, contact_fails=True))
            case _:
                return self._acting(entry)

    def _acting(self, entry: Entry) -> Self:
        member = self.members.get(entry.by.party)
        if member is None or (member.acted and not member.failed and not member.contact_fails):
            return self
        return self._with(replace(member, acted=True, failed=0, contact_fails=False))

    def _with(self, member: Member) -> Self:
        return replace(self, members={**self.members, member.party: member})
