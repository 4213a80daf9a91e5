"""Cases that have come as far as a decision."""

from typing import Any

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import (
    Ruling,
)
from buckstop.domain.words.ids import RowId
from tests.domain.cases.cast import (
    AGENT,
    MERCHANT,
    OTHER_AGENT,
    WANTED,
    WORDS,
    Table,
    given_at_desk,
)

FOR_HER: dict[str, Any] = {
    "ruling": Ruling.FOR_CONSUMER,
    "debtor": MERCHANT,
    "remedy": WANTED,
    "findings": (RowId("EVD-91"),),
    "facts": (),
    "reasons": WORDS,
}
AGAINST_HER: dict[str, Any] = {
    **FOR_HER, "ruling": Ruling.AGAINST_CONSUMER, "debtor": None, "remedy": None,
}  # fmt: skip


def given_frozen(**told: Any) -> Table:
    """Let the desk freeze the record."""
    table = given_at_desk(**told)
    table.served(MERCHANT)
    table.does(AGENT, ask.FreezeRecord)
    return table


def given_decided() -> Table:
    """Let two people decide for the consumer."""
    table = given_frozen()
    table.does(AGENT, ask.ProposeDecision, **FOR_HER)
    table.does(OTHER_AGENT, ask.SignDecision, decision="decision-1")
    return table


def given_decided_against() -> Table:
    """Let two people decide against the consumer; the case is closed."""
    table = given_frozen()
    table.does(AGENT, ask.ProposeDecision, **AGAINST_HER)
    table.does(OTHER_AGENT, ask.SignDecision, decision="decision-1")
    return table
