"""The exchanges of the case, as both sides logged them."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from buckstop.domain.cases.events import ContactLogged, ContactsClaimed, Side
from buckstop.domain.words.event import Channel, Entry, Sealed
from buckstop.domain.words.ids import ContactId, PersonId
from buckstop.domain.words.reconcile import Call, Precision, Reconciled, reconcile


@dataclass(frozen=True, kw_only=True, slots=True)
class Contact:
    """One exchange, as one side saw it."""

    contact: ContactId
    side: Side
    medium: Channel
    direction: str
    at: datetime
    precision: Precision
    with_person: PersonId | None
    minutes: int | None
    text: Sealed | None
    reconstructed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Contacts:
    """Both logs in order, and bare totals, which are claims and are never expanded."""

    every: tuple[Contact, ...] = ()
    claimed: tuple[tuple[Sealed, int], ...] = ()

    @property
    def next_id(self) -> ContactId:
        """Name the next contact."""
        return ContactId(f"contact-{len(self.every) + 1}")

    def of(self, side: Side) -> tuple[Contact, ...]:
        """List one side's log."""
        return tuple(c for c in self.every if c.side is side)

    def reconciled(self) -> Reconciled:
        """Match both sides' logs one to one (A5)."""
        return reconcile(
            [_call(c) for c in self.of(Side.CONSUMER)], [_call(c) for c in self.of(Side.DESK)]
        )

    def after(self, entry: Entry) -> Self:
        """Follow one fact."""
        match entry.event:
            case ContactLogged() as event:
                contact = Contact(
                    contact=event.contact,
                    side=event.side,
                    medium=event.medium,
                    direction=event.direction,
                    at=event.at,
                    precision=event.precision,
                    with_person=event.with_person,
                    minutes=event.minutes,
                    text=event.text,
                    reconstructed=event.reconstructed,
                )
                return replace(self, every=(*self.every, contact))
            case ContactsClaimed() as event:
                return replace(self, claimed=(*self.claimed, (event.text, event.about)))
            case _:
                return self


def _call(contact: Contact) -> Call:
    return Call(
        id=contact.contact,
        channel=contact.medium,
        direction=contact.direction,
        at=contact.at,
        precision=contact.precision,
    )
