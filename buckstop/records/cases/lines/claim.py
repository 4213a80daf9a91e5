"""What is claimed: the purchase, who is in the case, what would put it right."""

from datetime import date

from buckstop.domain.words.event import Channel, frozen
from buckstop.domain.words.ids import (
    PartyId,
)
from buckstop.domain.words.money import Fen
from buckstop.domain.words.party import PartyRole
from buckstop.domain.words.purchase import Goods, RemedyKind


@frozen
class RemedyLine:
    """A way to put it right, in the words of who proposed it."""

    kind: RemedyKind
    amount: Fen
    text: str | None


@frozen
class PurchaseLine:
    """What was bought."""

    goods: Goods
    item: str | None
    order_no: str | None
    price: Fen | None
    ordered_on: date | None
    received_on: date | None
    discovered_on: date | None
    self_operated: bool | None


@frozen
class PartyLine:
    """One party; how it may be reached is told to the desk and to itself alone.

    `contact_works` says whether a contact is known that nobody found to fail.
    """

    party: PartyId
    role: PartyRole
    name: str
    reach: tuple[Channel, ...]
    address: str | None
    reached: bool
    contact_works: bool
