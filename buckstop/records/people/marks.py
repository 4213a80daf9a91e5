"""Keyed marks of what people told: two can be compared, and none can be read.

Without the key anybody could try all telephone numbers; the key is the house's own.
"""

import hmac
import unicodedata
from datetime import date

from buckstop.domain.words.event import Channel
from buckstop.records.log.isolation import HouseId
from buckstop.records.people.keys import match_key

_CHINA = "86"
_MOBILE_DIGITS = 11


def contact_mark(house: HouseId, contact: str) -> bytes:
    """Mark an address or a telephone number, however it was typed."""
    plain = unicodedata.normalize("NFKC", contact).strip().casefold()
    if "@" in plain:
        return _mark(house, "mail", plain)
    return _mark(house, "phone", _national("".join(filter(str.isdigit, plain))))


def reach_mark(house: HouseId, via: Channel, address: str) -> bytes:
    """Mark whom an address reaches by a channel; one may give a mail address and a number."""
    is_mail = via is Channel.MAIL
    parts = [part for part in address.split() if ("@" in part) is is_mail]
    return contact_mark(house, "".join(parts) or address)


def order_mark(house: HouseId, order_no: str) -> bytes:
    """Mark an order's number."""
    return _mark(house, "order", _letters(order_no))


def item_mark(house: HouseId, shop: str, item: str, ordered_on: date) -> bytes:
    """Mark what was bought, of whom and when."""
    return _mark(house, "item", _letters(shop), _letters(item), ordered_on.isoformat())


def _mark(house: HouseId, *parts: str) -> bytes:
    return hmac.digest(match_key(house), "\x1f".join(parts).encode(), "sha256")


def _letters(text: str) -> str:
    """Keep letters and digits only: people type the rest as they like."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return "".join(filter(str.isalnum, plain))


def _national(digits: str) -> str:
    """Leave out the country where it is our own."""
    short = digits.removeprefix("00")
    is_ours = short.startswith(_CHINA) and len(short) == len(_CHINA) + _MOBILE_DIGITS
    return short.removeprefix(_CHINA) if is_ours else digits
