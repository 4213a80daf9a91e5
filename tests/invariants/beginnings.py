"""Where histories begin: most with the complaint, some where few would come by themselves."""

from collections.abc import Callable
from datetime import timedelta

from buckstop.domain.cases import commands as ask
from buckstop.domain.cases.events import NoticeKind, PromiseKind, RecordKind, Ruling, Side
from buckstop.domain.law import proofs
from buckstop.domain.words.event import Channel
from buckstop.domain.words.ids import ContactId, DecisionId, RowId
from buckstop.domain.words.party import CONSUMER
from buckstop.domain.words.reconcile import Precision
from tests.domain.cases import cast
from tests.domain.cases.cast import AGENT, FINANCE, MERCHANT, OTHER_AGENT, SU, WORDS, Table


def proposed(ruling: Ruling = Ruling.FOR_CONSUMER) -> Table:
    """Let an agent write a decision that waits for a second person."""
    table = cast.given_at_desk()
    table.served(MERCHANT)
    table.does(AGENT, ask.FreezeRecord)
    for_her = ruling is Ruling.FOR_CONSUMER
    table.does(
        AGENT,
        ask.ProposeDecision,
        ruling=ruling,
        debtor=MERCHANT if for_her else None,
        remedy=cast.WANTED if for_her else None,
        findings=(RowId("EVD-91"),),
        facts=(),
        reasons=WORDS,
    )
    return table


def decided(ruling: Ruling = Ruling.FOR_CONSUMER) -> Table:
    """Let the second person sign."""
    table = proposed(ruling)
    table.does(OTHER_AGENT, ask.SignDecision, decision=DecisionId("decision-1"))
    return table


def decided_against() -> Table:
    """Let the case end against the consumer."""
    return decided(Ruling.AGAINST_CONSUMER)


def at_the_wrong_desk() -> Table:
    """Let the service desk pass the ball to finance, which can show that it is not its own."""
    table = cast.given_at_desk()
    table.passes(AGENT, FINANCE)
    table.shows(cast.AT_FINANCE, proofs.COMPETENCE_LIST)
    return table


def told_of_a_call() -> Table:
    """Let the consumer tell what the desk promised on the phone; the desk acknowledges more."""
    table = cast.given()
    table.does(
        SU,
        ask.LogContact,
        side=Side.CONSUMER,
        medium=Channel.PHONE,
        direction="in",
        at=table.at,
        precision=Precision.EXACT,
    )
    table.does(
        SU,
        ask.RecordOtherSide,
        kind=RecordKind.PROMISE,
        of=AGENT.party,
        contact=ContactId("contact-1"),
        text=WORDS,
        promised_for=table.at + timedelta(days=3),
    )
    table.does(AGENT, ask.Promise, kind=PromiseKind.ACKNOWLEDGEMENT, text=WORDS)
    table.does(AGENT, ask.Promise, kind=PromiseKind.CALL_BACK, text=WORDS)
    table.shows(AGENT, cast.ORDER)
    return table


def paid() -> Table:
    """Let the merchant show that it paid what it owes, before saying of what that is proof."""
    table = cast.given_owed()
    table.shows(cast.AT_MERCHANT, proofs.PAYMENT_RECORD)
    return table


def unheard() -> Table:
    """Let two reminders to the consumer fail, far apart."""
    table = cast.given()
    for _ in range(2):
        table.waits(hours=80)
        table.served(CONSUMER, Channel.PHONE, kind=NoticeKind.REMINDER, accepted=False)
    return table


def wished() -> Table:
    """Let the consumer wish for a takeover."""
    table = cast.given()
    table.does(SU, ask.AskTakeover)
    return table


def offered() -> Table:
    """Let the merchant offer the half."""
    table = cast.given()
    table.does(cast.AT_MERCHANT, ask.MakeOffer, remedy=cast.HALF)
    return table


EVERY: tuple[Callable[[], Table], ...] = (
    cast.given,
    lambda: cast.given(first=None),
    cast.given_at_desk,
    cast.given_kicked,
    cast.given_taken_over,
    paid,
    cast.given_delivered,
    cast.given_asked_by_merchant,
    cast.given_never_used,
    offered,
    wished,
    proposed,
    decided,
    decided_against,
    at_the_wrong_desk,
    told_of_a_call,
    unheard,
    lambda: cast.given(reach=()),
)
