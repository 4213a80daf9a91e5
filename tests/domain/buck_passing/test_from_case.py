"""Our own log, read for the index."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from buckstop.domain.buck_passing.from_case import trail_of
from buckstop.domain.buck_passing.index import Index, score
from buckstop.domain.buck_passing.trail import Term
from buckstop.domain.cases.events import (
    AcknowledgementRetracted,
    BallMoved,
    CaseClosed,
    CaseReopened,
    ClockLapsed,
    ClockStarted,
    FactStood,
    LapseReversed,
    Outcome,
    PromiseBroken,
    PromiseKind,
    PromiseMade,
    RefusalMade,
    RequestRejected,
)
from buckstop.domain.words.ball import How
from buckstop.domain.words.clock import ClockKind
from buckstop.domain.words.event import Channel, Entry, Event, Sealed
from buckstop.domain.words.ids import (
    ClockId,
    DeskId,
    FactKey,
    PartyId,
    PromiseId,
    RefusalId,
    RowId,
)
from buckstop.domain.words.party import CLOCKWORK, CONSUMER, HOUSE, Actor, Holder, Role
from buckstop.domain.words.standing import Standing

START = datetime(2026, 11, 2, 9, tzinfo=UTC)
DESK = Holder(party=HOUSE, desk=DeskId("service"))
MERCHANT = Holder(party=PartyId("merchant"))
COURIER = Holder(party=PartyId("courier"))
AGENT = Actor(role=Role.AGENT, party=HOUSE, desk=DESK.desk)


type Fact = tuple[float, Event] | tuple[float, Event, Actor]


def days(count: float) -> datetime:
    return START + timedelta(days=count)


def log(*facts: Fact) -> tuple[Entry, ...]:
    """Write facts into a log, each on its day; the desk acts unless it says who."""
    return tuple(
        Entry(
            seq=seq,
            event=fact[1],
            occurred_at=days(fact[0]),
            received_at=days(fact[0]),
            recorded_at=days(fact[0]),
            by=fact[2] if len(fact) > 2 else AGENT,
            channel=Channel.WEB,
        )
        for seq, fact in enumerate(facts, start=1)
    )


def moved(to: Holder, how: How = How.PASS, **known: bool) -> BallMoved:
    return BallMoved(
        to=to,
        how=how,
        reason="-",
        expected="-",
        due=None,
        named=known.get("named", False),
        up=known.get("up", False),
        ground_accepted=known.get("ground_accepted"),
    )


def started(kind: ClockKind, party: Holder, due: float, subject: str = "") -> ClockStarted:
    return ClockStarted(
        clock=ClockId(f"{kind}-1"),
        kind=kind,
        party=party.party,
        due=days(due),
        span=None,
        rule=RowId("house"),
        subject=subject,
    )


def lapsed(kind: ClockKind, party: Holder) -> ClockLapsed:
    return ClockLapsed(clock=ClockId(f"{kind}-1"), kind=kind, party=party.party)


def index_of(entries: tuple[Entry, ...], until: float = 30) -> Index:
    return score(trail_of(entries, days(until)))


GAME = (
    (0.0, moved(MERCHANT, How.OPENED)),
    (1.0, moved(DESK, up=True)),
    (2.0, moved(MERCHANT)),
    (3.0, moved(COURIER)),
    (4.0, moved(MERCHANT)),
)
PROMISE = PromiseMade(
    promise=PromiseId("promise-1"),
    kind=PromiseKind.CALL_BACK,
    by=HOUSE,
    node=DESK.node,
    person=None,
    text=None,
    clock=ClockId("promise-1"),
)
BROKEN_CALL = (
    (0.0, moved(DESK, How.OPENED)),
    (0.0, started(ClockKind.PROMISE, DESK, 2, "promise-1")),
    (0.0, PROMISE),
    (2.0, lapsed(ClockKind.PROMISE, DESK), CLOCKWORK),
    (2.0, PromiseBroken(promise=PROMISE.promise, node=DESK.node), CLOCKWORK),
)


def test_the_ball_game_in_our_own_log_scores_36() -> None:
    index = index_of(log(*GAME))

    assert index.value == 36
    assert index.by_party() == {"house/service": 1, "courier": 1, "merchant": Fraction(1, 4)}


def test_a_presumption_between_two_passes_is_progress() -> None:
    stood = FactStood(
        fact=FactKey("human-damage"), standing=Standing.PRESUMED, value=None, by=HOUSE
    )
    entries = log(*GAME[:2], (1.5, stood, CLOCKWORK), GAME[2])

    assert index_of(entries).points == 0


def test_the_consumer_is_charged_nothing() -> None:
    consumer = Holder(party=CONSUMER)
    entries = log(
        (0.0, moved(DESK, How.OPENED)),
        (1.0, moved(consumer, How.CONSUMER)),
        (1.0, started(ClockKind.RESPOND, consumer, 2)),
        (2.0, lapsed(ClockKind.RESPOND, consumer), CLOCKWORK),
        (2.0, moved(DESK, How.LAPSE), CLOCKWORK),
    )

    assert index_of(entries).points == 0


def test_a_bounce_on_an_accepted_ground_is_charged_to_who_sent_it() -> None:
    entries = log(
        (0.0, moved(DESK, How.OPENED)),
        (1.0, moved(MERCHANT, named=True)),
        (2.0, moved(DESK, How.BOUNCE, ground_accepted=True)),
    )

    assert index_of(entries).by_party() == {"house/service": 1}


def test_a_missed_hold_is_late_until_the_ball_leaves() -> None:
    entries = log(
        (0.0, moved(DESK, How.OPENED)),
        (1.0, moved(MERCHANT, named=True)),
        (1.0, started(ClockKind.RESPOND, MERCHANT, 3)),
        (3.0, lapsed(ClockKind.RESPOND, MERCHANT), CLOCKWORK),
        (10.0, moved(DESK, How.LAPSE), CLOCKWORK),
    )

    index = index_of(entries)

    assert index.by_term() == {Term.MISSED_DUE: Fraction("1.5")}
    assert index.by_party() == {"merchant": Fraction("1.5")}


def test_a_lapse_that_was_reversed_was_never_missed() -> None:
    entries = log(
        (0.0, moved(MERCHANT, How.OPENED)),
        (0.0, started(ClockKind.RESPOND, MERCHANT, 3)),
        (3.0, lapsed(ClockKind.RESPOND, MERCHANT), CLOCKWORK),
        (
            3.1,
            LapseReversed(
                clock=ClockId("respond-1"), kind=ClockKind.RESPOND, because="received-in-time"
            ),
        ),
    )

    assert index_of(entries).points == 0


def test_a_broken_promise_is_charged_once_however_it_shows() -> None:
    assert index_of(log(*BROKEN_CALL), until=3).by_term() == {Term.BROKEN_PROMISE: 1}


def test_a_broken_promise_costs_the_same_however_long_ago_it_was_broken() -> None:
    assert index_of(log(*BROKEN_CALL), until=9).points == 1
    assert index_of(log(*BROKEN_CALL), until=23).points == 1


def test_a_party_off_the_ladder_is_not_up_the_ladder() -> None:
    to_courier = replace(moved(COURIER), up=None)

    assert index_of(log(*GAME[:3], (3.0, to_courier), GAME[4])).value == 36


def test_no_finding_names_a_desk() -> None:
    sideways = Holder(party=HOUSE, desk=DeskId("elsewhere"))
    entries = log((0.0, moved(DESK, How.OPENED)), (1.0, replace(moved(sideways), named=None)))

    assert index_of(entries).by_term() == {Term.IDLE_PASS: Fraction("0.25")}


def test_words_that_cost_the_consumer_time_are_charged_to_the_node_that_spoke() -> None:
    entries = log(
        (
            0.0,
            RequestRejected(
                fact=FactKey("used-amount"),
                of=CONSUMER,
                by=HOUSE,
                because="negative-fact",
                redirected_to=(PartyId("issuer"),),
                asked_by_node=DESK.node,
            ),
        ),
        (
            1.0,
            RefusalMade(
                refusal=RefusalId("refusal-1"),
                by=MERCHANT.party,
                ground="human-damage",
                supported=False,
                needs=(),
                evidence=(),
                text=None,
            ),
        ),
        (
            2.0,
            AcknowledgementRetracted(
                promise=PROMISE.promise,
                node=DESK.node,
                reason=Sealed(ref="t-1", commitment="c"),
            ),
        ),
    )

    assert index_of(entries).by_party() == {
        "house/service": Fraction("1.5"),
        "merchant": Fraction("0.5"),
    }


def test_a_wrongful_closure_is_charged_to_the_desk_that_closed() -> None:
    entries = log(
        (0.0, moved(DESK, How.OPENED)),
        (1.0, CaseClosed(outcome=Outcome.FULFILLED_UNCONFIRMED), CLOCKWORK),
        (2.0, CaseReopened(because="not-arrived", wrongful=True)),
    )

    assert index_of(entries).by_party() == {"house/service": 1}


def test_the_index_never_falls_from_one_entry_to_the_next() -> None:
    entries = log(*BROKEN_CALL, *((day + 5, event) for day, event in GAME))
    values = [index_of(entries[:n], until=n).value for n in range(len(entries) + 1)]

    assert values == sorted(values)


def test_an_offer_that_fails_is_no_kick_of_who_made_it() -> None:
    entries = log(
        (0.0, moved(DESK, How.OPENED)),
        (1.0, moved(MERCHANT, named=True)),
        (2.0, moved(Holder(party=CONSUMER), How.CONSUMER)),
        (3.0, moved(DESK, How.CONSUMER)),
    )
    assert index_of(entries).points == 0
