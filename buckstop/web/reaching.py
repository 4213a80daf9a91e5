"""Telling how somebody can be reached: the command of it, and the marks of the consumer's."""

from collections.abc import Mapping
from typing import Any

from buckstop.domain.cases.commands import GiveContact
from buckstop.domain.words.event import Channel
from buckstop.domain.words.ids import PartyId
from buckstop.domain.words.party import CONSUMER
from buckstop.records.cases.matches import change_contact
from buckstop.web import asking
from buckstop.web.seats import SeatedRequest


def contact_given(request: SeatedRequest, data: Mapping[str, Any]) -> GiveContact:
    """Make the command of what was typed."""
    ways = ((Channel.MAIL, str(data["mail"])), (Channel.PHONE, str(data["phone"])))
    return GiveContact(
        **asking.signed(request),
        party=PartyId(data["party"]),
        reach=tuple(way for way, known in ways if known),
        address=asking.sealed(request, " ".join(known for _, known in ways if known)),
    )


def mark_anew(request: SeatedRequest, data: Mapping[str, Any]) -> None:
    """Let the case be found, and matched with others, by its consumer's new contact."""
    if data["party"] == CONSUMER:
        change_contact(request.house, request.case, str(data["phone"] or data["mail"]))
