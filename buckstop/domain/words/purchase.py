"""What was bought, what went wrong, and what is asked for."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from buckstop.domain.words.event import Sealed
from buckstop.domain.words.money import Fen


class Problem(StrEnum):
    """The typical problems that a complaint is about."""

    MALFUNCTION = "malfunction"
    OUT_OF_WARRANTY = "out-of-warranty"
    MISSING_PART = "missing-part"
    UNUSABLE = "unusable"
    WRONG_DESCRIPTION = "wrong-description"
    COUNTERFEIT = "counterfeit"
    NOT_SHIPPED = "not-shipped"
    NOT_RECEIVED = "not-received"
    COURIER_DAMAGE = "courier-damage"
    REFUND_NOT_RECEIVED = "refund-not-received"
    CHARGED_WRONGLY = "charged-wrongly"
    RETURN_REFUSED = "return-refused"
    REPAIR_DRAGGING = "repair-dragging"
    PREPAID_COLLAPSED = "prepaid-collapsed"
    RENEWAL_UNASKED = "renewal-unasked"
    OTHER = "other"


class Goods(StrEnum):
    """The kinds of goods and services that rules tell apart."""

    PHONE = "phone"
    COMPUTER = "computer"
    APPLIANCE = "appliance"
    PREPAID_CARD = "prepaid-card"
    FOOD = "food"
    SERVICE = "service"
    OTHER = "other"


class RemedyKind(StrEnum):
    """What puts it right."""

    REPAIR = "repair"
    EXCHANGE = "exchange"
    RETURN = "return"
    REFUND = "refund"
    COMPENSATION = "compensation"
    DELIVERY = "delivery"
    REDO = "redo"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True, slots=True)
class Remedy:
    """A way to put it right; `amount` is the money that comes with it, in fen."""

    kind: RemedyKind
    amount: Fen = Fen(0)
    text: Sealed | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Purchase:
    """What the consumer told or the order shows of the purchase; None is not known.

    `price` is what was really paid for the item. Dates are local days.
    """

    goods: Goods
    price: Fen | None = None
    ordered_on: date | None = None
    received_on: date | None = None
    discovered_on: date | None = None
    self_operated: bool | None = None
    order_no: Sealed | None = None
    item: Sealed | None = None
