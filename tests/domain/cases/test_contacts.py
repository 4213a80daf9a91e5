"""Contacts: both sides count, and their logs are reconciled one to one."""

from datetime import timedelta

import pytest

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import (
    Side,
)
from buckstop.domain.words.event import Channel
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.party import Actor
from buckstop.domain.words.reconcile import Precision
from tests.domain.cases.cast import (
    AGENT,
    SU,
    WORDS,
    Table,
    given,
)


def _log(table: Table, by: Actor, side: Side, minutes: float, precision: Precision) -> None:
    table.does(
        by,
        ask.LogContact,
        side=side,
        medium=Channel.PHONE,
        direction="out",
        at=table.at - timedelta(minutes=minutes),
        precision=precision,
    )


@pytest.mark.parametrize(
    ("apart", "precision", "matched"),
    [
        (9, Precision.EXACT, 1),
        (11, Precision.EXACT, 0),
        (59, Precision.HOUR, 1),
        (61, Precision.HOUR, 0),
        (119, Precision.DAY, 1),
    ],
)
def test_contacts_are_reconciled_within_the_coarser_precision(
    apart: int, precision: Precision, matched: int
) -> None:
    table = given()
    _log(table, SU, Side.CONSUMER, apart, precision)
    _log(table, AGENT, Side.DESK, 0, Precision.EXACT)

    assert len(table.case.contacts.reconciled().pairs) == matched


def test_contacts_are_reconciled_one_to_one() -> None:
    table = given()
    for minutes in (1, 2, 3):
        _log(table, SU, Side.CONSUMER, minutes, Precision.EXACT)
    _log(table, AGENT, Side.DESK, 2, Precision.EXACT)

    found = table.case.contacts.reconciled()

    assert (len(found.pairs), len(found.consumer_only)) == (1, 2)


def test_contacts_a_bare_total_is_a_claim_and_never_expanded() -> None:
    table = given()

    table.does(SU, ask.ClaimContacts, about=100, text=WORDS)

    assert table.case.contacts.claimed == ((WORDS, 100),)
    assert table.case.contacts.every == ()


def test_contacts_cannot_lie_in_the_future() -> None:
    with pytest.raises(NotAllowed, match="contact-in-future"):
        _log(given(), SU, Side.CONSUMER, -60, Precision.EXACT)
