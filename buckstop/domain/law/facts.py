"""The typed facts that the law asks about, and who keeps the record of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from buckstop.domain.law import proofs
from buckstop.domain.words.ids import FactKey, ProofKind
from buckstop.domain.words.money import FEN_LIMIT
from buckstop.domain.words.party import PartyRole
from buckstop.domain.words.standing import Standing


class ValueKind(StrEnum):
    """What the value of a fact is, always written as text: `yes`, `no`, 2026-03-01, 12050."""

    YES_NO = "yes-no"
    DAY = "day"
    FEN = "fen"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Fact:
    """How a fact stands now; a yes-no fact without a value says yes."""

    standing: Standing
    value: str | None = None


type Facts = Mapping[FactKey, Fact]


@dataclass(frozen=True, kw_only=True, slots=True)
class FactKind:
    """What is known of a fact before any case: `keeper` is who ordinarily has the record.

    `proofs` are the kinds of which any one would do. A negative fact names the `counter`
    fact whose proof would show the opposite.
    """

    key: FactKey
    proofs: tuple[ProofKind, ...] = ()
    value: ValueKind = ValueKind.YES_NO
    keeper: PartyRole | None = None
    counter: FactKey | None = None

    @property
    def negative(self) -> bool:
        """Whether it says that something did not happen, which nobody can document."""
        return self.counter is not None


def _kind(
    key: str,
    *would_do: ProofKind,
    value: ValueKind = ValueKind.YES_NO,
    keeper: PartyRole | None = None,
    counter: FactKey | None = None,
) -> FactKey:
    kind = FactKind(key=FactKey(key), proofs=would_do, value=value, keeper=keeper, counter=counter)
    _CATALOGUE[kind.key] = kind
    return kind.key


_DAYS = (date(1990, 1, 1), date(2100, 12, 31))
_MOST_COUNTED = 100_000

_CATALOGUE: dict[FactKey, FactKind] = {}
_R, _V, _P = PartyRole, ValueKind, proofs

BOUGHT = _kind("bought", _P.ORDER_RECORD, _P.INVOICE, _P.CONTRACT, keeper=_R.MERCHANT)
PAID = _kind(
    "paid", _P.PAYMENT_RECORD, _P.ORDER_RECORD, _P.BANK_STATEMENT, value=_V.FEN, keeper=_R.PAYMENT
)
INVOICED_ON = _kind(
    "invoiced-on",
    _P.INVOICE,
    _P.ORDER_RECORD,
    _P.ACTIVATION_RECORD,
    value=_V.DAY,
    keeper=_R.MERCHANT,
)
RECEIVED_ON = _kind(
    "received-on", _P.DELIVERY_RECORD, _P.ORDER_RECORD, value=_V.DAY, keeper=_R.COURIER
)
FREIGHT_PAID = _kind("freight-paid", _P.FREIGHT_RECEIPT, _P.PAYMENT_RECORD, value=_V.FEN)

MALFUNCTION = _kind("malfunction", _P.FAULT_RECORD, _P.REPAIR_RECORD, _P.APPRAISAL_REPORT)
SOUND_AT_DELIVERY = _kind(
    "sound-at-delivery", _P.APPRAISAL_REPORT, _P.REPAIR_RECORD, keeper=_R.MERCHANT
)
SOUND_WHEN_HANDED_IN = _kind(
    "sound-when-handed-in",
    _P.HAND_IN_RECORD,
    _P.JOINT_CONDITION_RECORD,
    _P.FAULT_RECORD,
    keeper=_R.WARRANTY_CENTRE,
)
HUMAN_DAMAGE = _kind(
    "human-damage",
    _P.APPRAISAL_REPORT,
    _P.JOINT_CONDITION_RECORD,
    _P.REPAIR_RECORD,
    keeper=_R.WARRANTY_CENTRE,
)
LIQUID_INGRESS = _kind(
    "liquid-ingress",
    _P.APPRAISAL_REPORT,
    _P.JOINT_CONDITION_RECORD,
    _P.REPAIR_RECORD,
    keeper=_R.WARRANTY_CENTRE,
)
UNAUTHORISED_REPAIR = _kind(
    "unauthorised-repair",
    _P.APPRAISAL_REPORT,
    _P.JOINT_CONDITION_RECORD,
    _P.REPAIR_RECORD,
    keeper=_R.WARRANTY_CENTRE,
)
NEVER_OPENED = _kind(
    "never-opened",
    _P.APPRAISAL_REPORT,
    _P.JOINT_CONDITION_RECORD,
    keeper=_R.WARRANTY_CENTRE,
    counter=UNAUTHORISED_REPAIR,
)
HANDED_IN_ON = _kind(
    "handed-in-on", _P.HAND_IN_RECORD, _P.WAYBILL, value=_V.DAY, keeper=_R.WARRANTY_CENTRE
)
REPAIRED_ON = _kind("repaired-on", _P.REPAIR_RECORD, value=_V.DAY, keeper=_R.WARRANTY_CENTRE)
REPAIR_DAYS = _kind("repair-days", _P.REPAIR_RECORD, value=_V.COUNT, keeper=_R.WARRANTY_CENTRE)
REPAIRED_TWICE = _kind("repaired-twice", _P.REPAIR_RECORD, keeper=_R.WARRANTY_CENTRE)
WAITS_FOR_PARTS = _kind("waits-for-parts", _P.REPAIR_RECORD, keeper=_R.WARRANTY_CENTRE)
NO_SAME_MODEL = _kind("no-same-model", _P.STOCK_RECORD, _P.CHAT_RECORD, keeper=_R.MERCHANT)
RETURN_WANTED = _kind("return-wanted", _P.CHAT_RECORD)
SOLD_BY_OTHER = _kind("sold-by-other", _P.ORDER_RECORD, _P.INVOICE, keeper=_R.PLATFORM)
BETTER_WARRANTY_UNTIL = _kind(
    "better-warranty-until",
    _P.CONTRACT,
    _P.LISTING_VERSION,
    _P.CHAT_RECORD,
    value=_V.DAY,
    keeper=_R.MERCHANT,
)

RETURN_ASKED_ON = _kind(
    "return-asked-on", _P.CHAT_RECORD, _P.ORDER_RECORD, value=_V.DAY, keeper=_R.PLATFORM
)
RETURN_SENT = _kind("return-sent", _P.WAYBILL, _P.DELIVERY_RECORD, keeper=_R.COURIER)
RETURN_RECEIVED_ON = _kind(
    "return-received-on", _P.DELIVERY_RECORD, _P.WAYBILL, value=_V.DAY, keeper=_R.COURIER
)
USED_BEYOND_INSPECTION = _kind(
    "used-beyond-inspection",
    _P.APPRAISAL_REPORT,
    _P.JOINT_CONDITION_RECORD,
    _P.UNBOXING_RECORD,
    keeper=_R.MERCHANT,
)
EXCLUDED_KIND = _kind("excluded-kind", _P.LISTING_VERSION, keeper=_R.MERCHANT)
EXCLUSION_CONFIRMED = _kind("exclusion-confirmed", _P.PURCHASE_CONFIRMATION, keeper=_R.MERCHANT)
REFUND_AGREED_ON = _kind(
    "refund-agreed-on", _P.CHAT_RECORD, _P.ORDER_RECORD, value=_V.DAY, keeper=_R.PLATFORM
)
REFUND_PAID = _kind("refund-paid", _P.PAYMENT_RECORD, keeper=_R.PAYMENT)
REFUND_NOT_RECEIVED = _kind(
    "refund-not-received",
    _P.PAYMENT_RECORD,
    _P.BANK_STATEMENT,
    keeper=_R.PAYMENT,
    counter=REFUND_PAID,
)

DAMAGED_ON_ARRIVAL = _kind(
    "damaged-on-arrival", _P.UNBOXING_RECORD, _P.FAULT_RECORD, _P.DELIVERY_RECORD
)
CONFORMING_DELIVERY = _kind(
    "conforming-delivery", _P.DELIVERY_RECORD, _P.JOINT_CONDITION_RECORD, keeper=_R.COURIER
)
CONSUMER_CHOSE_COURIER = _kind(
    "consumer-chose-courier", _P.ORDER_RECORD, _P.CHAT_RECORD, keeper=_R.PLATFORM
)
SHIPPED = _kind("shipped", _P.WAYBILL, _P.DELIVERY_RECORD, keeper=_R.COURIER)
DELIVERED_TO_RECIPIENT = _kind("delivered-to-recipient", _P.DELIVERY_RECORD, keeper=_R.COURIER)
NOT_RECEIVED = _kind(
    "not-received", _P.DELIVERY_RECORD, keeper=_R.COURIER, counter=DELIVERED_TO_RECIPIENT
)
COMPLETE_DELIVERY = _kind(
    "complete-delivery", _P.PACKING_RECORD, _P.DELIVERY_RECORD, keeper=_R.MERCHANT
)
PART_MISSING = _kind(
    "part-missing",
    _P.PACKING_RECORD,
    _P.UNBOXING_RECORD,
    keeper=_R.MERCHANT,
    counter=COMPLETE_DELIVERY,
)
COURIER_TOLD_ON = _kind("courier-told-on", _P.CHAT_RECORD, value=_V.DAY, keeper=_R.COURIER)

LISTING_SAID = _kind("listing-said", _P.LISTING_VERSION, _P.CHAT_RECORD, keeper=_R.PLATFORM)
DIFFERS_FROM_LISTING = _kind(
    "differs-from-listing", _P.UNBOXING_RECORD, _P.FAULT_RECORD, _P.APPRAISAL_REPORT
)
FLAW_KNOWN = _kind("flaw-known", _P.LISTING_VERSION, _P.CHAT_RECORD, keeper=_R.MERCHANT)
DECEIVED = _kind("deceived", _P.PURCHASE_RECORD, _P.APPRAISAL_REPORT, keeper=_R.MERCHANT)
MADE_UP = _kind("made-up", _P.APPRAISAL_REPORT, _P.DELIVERY_RECORD)

CONSENTED = _kind("consented", _P.CONSENT_RECORD, _P.CONTRACT, keeper=_R.MERCHANT)
NOT_CONSENTED = _kind("not-consented", _P.CONSENT_RECORD, keeper=_R.MERCHANT, counter=CONSENTED)

USED_AMOUNT = _kind("used-amount", _P.USAGE_LEDGER, value=_V.FEN, keeper=_R.ISSUER)
NEVER_USED = _kind("never-used", _P.USAGE_LEDGER, keeper=_R.ISSUER, counter=USED_AMOUNT)
BONUS = _kind("bonus", _P.CONTRACT, _P.USAGE_LEDGER, value=_V.FEN, keeper=_R.ISSUER)
LIST_VALUE_USED = _kind("list-value-used", _P.USAGE_LEDGER, value=_V.FEN, keeper=_R.ISSUER)
TERM_START = _kind("term-start", _P.CONTRACT, value=_V.DAY, keeper=_R.ISSUER)
TERM_END = _kind("term-end", _P.CONTRACT, value=_V.DAY, keeper=_R.ISSUER)
SERVICE_STOPPED_ON = _kind(
    "service-stopped-on",
    _P.CHAT_RECORD,
    _P.COURT_NOTICE,
    _P.FAULT_RECORD,
    value=_V.DAY,
    keeper=_R.ISSUER,
)
RESCINDED_ON = _kind("rescinded-on", _P.CHAT_RECORD, value=_V.DAY)
WITHDRAWN_FOR_OWN_REASONS = _kind("withdrawn-for-own-reasons", _P.CHAT_RECORD)
HAD_SAME_SERVICE = _kind("had-same-service", _P.USAGE_LEDGER, _P.CONTRACT, keeper=_R.ISSUER)
ISSUER_BANKRUPT = _kind("issuer-bankrupt", _P.COURT_NOTICE, keeper=_R.OUTSIDE)
FUNDS_HELD = _kind("funds-held", _P.CUSTODY_STATEMENT, value=_V.FEN, keeper=_R.CUSTODIAN)

SELLER_IDENTIFIED = _kind("seller-identified", _P.IDENTITY_RECORD, keeper=_R.PLATFORM)
SELLER_REACHABLE = FactKey("contact-works")
"""Disproved while no contact with the seller works; a transport says so, nobody by hand."""
PLATFORM_KNEW = _kind("platform-knew", _P.CHAT_RECORD, _P.ORDER_RECORD, keeper=_R.PLATFORM)
ADVANCE_PROMISED = _kind(
    "advance-promised", _P.LISTING_VERSION, _P.CONTRACT, _P.CHAT_RECORD, keeper=_R.PLATFORM
)
TAKEN_FOR_SELF_OPERATED = _kind(
    "taken-for-self-operated", _P.LISTING_VERSION, _P.INVOICE, keeper=_R.PLATFORM
)

FACTS: Mapping[FactKey, FactKind] = _CATALOGUE
"""Every fact that the law knows, by its key."""


def fits(key: FactKey, value: str | None) -> bool:
    """Tell whether a fact is known and can have this value; ask before a fact is recorded."""
    kind = FACTS.get(key)
    if kind is None:
        return False
    match kind.value:
        case ValueKind.YES_NO:
            return value in {None, "yes", "no"}
        case ValueKind.DAY:
            return value is None or _is_day(value)
        case ValueKind.FEN | ValueKind.COUNT:
            return value is None or _is_number(value, kind.value)


def _is_day(value: str) -> bool:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return False
    return _DAYS[0] <= day <= _DAYS[1] and value == day.isoformat()


def _is_number(value: str, kind: ValueKind) -> bool:
    limit = FEN_LIMIT if kind is ValueKind.FEN else _MOST_COUNTED
    digits = len(str(limit))
    return value.isascii() and value.isdigit() and len(value) <= digits and int(value) < limit
