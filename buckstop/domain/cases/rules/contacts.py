"""Every exchange, logged from both sides (A5)."""

from datetime import timedelta

from buckstop.domain.cases.commands import ClaimContacts, LogContact
from buckstop.domain.cases.events import ContactLogged, ContactsClaimed, Side
from buckstop.domain.cases.rules.access import need_consumer, need_desk
from buckstop.domain.cases.rules.draft import Draft
from buckstop.domain.words.not_allowed import NotAllowed

SKEW = timedelta(minutes=10)


def log_contact(draft: Draft, command: LogContact) -> None:
    """Log one exchange from one's own side; it cannot lie in the future."""
    if command.side is Side.CONSUMER:
        need_consumer(draft)
    else:
        need_desk(draft)
    if command.at > draft.at + SKEW:
        raise NotAllowed("contact-in-future", at=command.at)
    if command.direction not in {"in", "out"}:
        raise NotAllowed("no-such-direction")
    draft.add(
        ContactLogged(
            contact=draft.case.contacts.next_id,
            side=command.side,
            medium=command.medium,
            direction=command.direction,
            at=command.at,
            precision=command.precision,
            with_person=command.with_person,
            minutes=command.minutes,
            text=command.text,
            reconstructed=command.reconstructed,
        )
    )


def claim_contacts(draft: Draft, command: ClaimContacts) -> None:
    """Keep a bare total as the consumer's claim; it is never expanded."""
    need_consumer(draft)
    if command.about < 1:
        raise NotAllowed("count-out-of-range")
    draft.add(ContactsClaimed(text=command.text, about=command.about))
