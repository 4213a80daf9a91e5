"""Notices on their way: planned once, and marked with what the transport said.

They have no log of their own; what counts of them comes into the case as `NoticeServed`.
"""

from collections.abc import Iterable
from datetime import datetime

from buckstop.domain.cases.events import NoticeKind
from buckstop.domain.words.event import Channel, frozen
from buckstop.domain.words.ids import CaseId, ClockId, PartyId
from buckstop.records.cases.models import NoticeRow
from buckstop.records.log.isolation import HouseId
from buckstop.records.people.envelope import enclose

CONTACT_CHANGED = "contact-changed"
"""What the contact that is no longer used is told; it says nothing of the case."""
PACKET_RELEASED = "packet-released"
"""What the consumer is told when the next way outside opens and nothing else was told with it."""


@frozen
class Notice:
    """One notice to one party by one channel; its key makes it happen once.

    `code` says what it is about: the kind of a clock, or what came out. `person` marks whom it
    reaches; without it, it goes out by itself.
    """

    key: str
    case: CaseId
    party: PartyId
    via: Channel
    kind: NoticeKind
    code: str
    about: ClockId | None
    due: datetime | None
    person: bytes = b""


def plan_notices(house: HouseId, notices: Iterable[Notice], *, at: datetime) -> None:
    """Plan what is to be sent; what was planned before with the same key stays as it is."""
    NoticeRow.objects.bulk_create(
        [
            NoticeRow(
                house=house,
                key=notice.key,
                case=notice.case,
                party=notice.party,
                via=notice.via,
                kind=notice.kind,
                code=notice.code,
                about=notice.about or "",
                due=notice.due,
                person=notice.person,
                planned_at=at,
                not_before=at,
            )
            for notice in notices
        ],
        ignore_conflicts=True,
    )


def mark_said(key: str, *, at: datetime, accepted: bool, transport: str, link: str) -> bool:
    """Mark what a transport said of a notice; False if somebody marked it before."""
    unsaid = NoticeRow.objects.filter(key=key, said_at=None)
    kept = enclose(link.encode(), bound_to=key.encode()).in_one if link else b""
    return bool(unsaid.update(said_at=at, accepted=accepted, transport=transport, link=kept))
