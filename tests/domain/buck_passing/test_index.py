"""The index, case by case."""

from fractions import Fraction

import pytest

from buckstop.domain.buck_passing.index import score
from buckstop.domain.buck_passing.trail import Charge, Term
from buckstop.domain.words.ball import How
from tests.domain.buck_passing.trails import on, stay, trail


def charge(
    term: Term,
    obligation: str,
    days_over: str = "0",
    hold: str | None = None,
    by: str = "merchant",
) -> Charge:
    return Charge(
        term=term,
        party=by,
        at=on(5),
        obligation=obligation,
        days_over=Fraction(days_over),
        hold=hold,
    )


def test_the_ball_game_scores_36() -> None:
    game = trail(
        stay(1, "merchant", How.OPENED),
        stay(2, "house/front", sent_up=True),
        stay(3, "merchant"),
        stay(4, "courier"),
        stay(5, "merchant"),
    )

    index = score(game)

    assert index.points == Fraction("2.25")
    assert index.value == 36
    assert [(kick.from_node, kick.to_node) for kick in index.kicks] == [
        ("house/front", "merchant"),
        ("courier", "merchant"),
    ]
    assert index.by_party() == {"house/front": 1, "courier": 1, "merchant": Fraction("0.25")}


def test_four_kicks_are_fifty() -> None:
    rally = trail(
        stay(1, "merchant", How.OPENED),
        stay(2, "courier", named_by_finding=True),
        stay(3, "merchant"),
        stay(4, "courier"),
        stay(5, "merchant"),
        stay(6, "courier"),
    )

    assert score(rally).value == 50
    assert score(rally).by_party() == {"courier": 2, "merchant": 2}


def test_a_loop_of_four_is_a_kick_by_the_one_who_closes_it() -> None:
    loop = trail(
        stay(1, "house/front", How.OPENED),
        stay(2, "merchant", named_by_finding=True),
        stay(3, "courier", named_by_finding=True),
        stay(4, "issuer", named_by_finding=True),
        stay(5, "house/front"),
    )

    assert score(loop).by_party() == {"issuer": 1}


def test_progress_since_the_receiver_let_go_makes_a_return_legitimate() -> None:
    there = stay(1, "merchant", How.OPENED), stay(3, "courier", named_by_finding=True)

    assert score(trail(*there, stay(6, "merchant"), progress=(5,))).points == 0
    assert score(trail(*there, stay(6, "merchant"), progress=(2,))).points == 1


@pytest.mark.parametrize(
    ("accepted", "charged"),
    [
        (True, {"merchant": 1}),
        (False, {"courier": 1}),
        (None, {"courier": Fraction(1, 2), "merchant": Fraction(1, 2)}),
    ],
)
def test_a_bounce_is_charged_by_what_became_of_its_ground(
    *, accepted: bool | None, charged: dict[str, Fraction]
) -> None:
    bounced = trail(
        stay(1, "merchant", How.OPENED),
        stay(2, "courier", named_by_finding=True),
        stay(3, "merchant", How.BOUNCE, ground_accepted=accepted),
    )

    assert score(bounced).by_party() == charged


def test_an_accepted_bounce_in_a_loop_is_charged_to_who_had_sent_it_there() -> None:
    bounced = trail(
        stay(1, "house/front", How.OPENED),
        stay(2, "merchant", named_by_finding=True),
        stay(3, "courier", named_by_finding=True),
        stay(4, "house/front", How.BOUNCE, ground_accepted=True),
    )

    assert score(bounced).by_party() == {"merchant": 1}


def test_a_log_without_grounds_shares_every_kick() -> None:
    foreign = trail(
        stay(1, "merchant", How.OPENED),
        stay(2, "courier", sent_up=None),
        stay(3, "merchant"),
        grounds_known=False,
    )

    assert score(foreign).kicks[0].charged_to == (
        ("courier", Fraction(1, 2)),
        ("merchant", Fraction(1, 2)),
    )


@pytest.mark.parametrize(
    "how", [How.LAPSE, How.TAKEOVER, How.SUPERVISOR, How.ROLL, How.CONSUMER, How.OPENED]
)
def test_what_the_holder_did_not_move_is_no_kick(how: How) -> None:
    moved = trail(
        stay(1, "merchant", How.OPENED),
        stay(2, "courier", named_by_finding=True),
        stay(3, "merchant", how),
    )

    assert score(moved).points == 0


def test_a_kick_by_way_of_the_consumer_is_still_a_kick() -> None:
    washed = trail(
        stay(1, "house/front", How.OPENED),
        stay(2, "merchant", named_by_finding=True),
        stay(3, "consumer", How.CONSUMER),
        stay(4, "house/front", How.CONSUMER),
    )

    assert score(washed).by_party() == {"merchant": 1}


def test_a_consumer_whose_silence_lapses_kicks_nobody() -> None:
    silent = trail(
        stay(1, "house/front", How.OPENED),
        stay(2, "merchant", named_by_finding=True),
        stay(3, "consumer", How.CONSUMER),
        stay(4, "house/front", How.LAPSE),
    )

    assert score(silent).points == 0


@pytest.mark.parametrize(
    ("known", "points"),
    [
        ({"sent_up": False, "named_by_finding": False}, Fraction(1, 4)),
        ({"sent_up": True}, 0),
        ({"named_by_finding": True}, 0),
        ({"sent_up": None, "named_by_finding": None}, 0),
    ],
)
def test_an_idle_pass_is_one_that_nothing_asked_for(
    known: dict[str, object], points: Fraction
) -> None:
    passed = trail(stay(1, "merchant", How.OPENED), stay(2, "courier", How.PASS, **known))

    assert score(passed).points == points


def test_one_obligation_is_charged_once_and_the_larger() -> None:
    late = charge(Term.MISSED_DUE, "promise-1", days_over="1")
    broken = charge(Term.BROKEN_PROMISE, "promise-1")

    index = score(trail(charges=(late, broken)))

    assert index.by_term() == {Term.BROKEN_PROMISE: 1}


def test_a_week_over_due_is_one_and_a_half() -> None:
    assert score(trail(charges=(charge(Term.MISSED_DUE, "due-1", "7"),))).points == Fraction("1.5")


def test_one_hold_is_late_for_at_most_four() -> None:
    first = charge(Term.MISSED_DUE, "due-1", "20", hold="hold-1")
    second = charge(Term.MISSED_DUE, "due-2", "90", hold="hold-1")
    another = charge(Term.MISSED_DUE, "due-3", "0", hold="hold-2")

    assert score(trail(charges=(first, second))).points == 4
    assert score(trail(charges=(first, second, another))).points == Fraction("4.5")


def test_a_log_without_progress_counts_every_revisit_and_says_at_most() -> None:
    foreign = trail(
        stay(1, "merchant", How.OPENED),
        stay(2, "courier"),
        stay(3, "merchant"),
        progress_known=False,
        unseen=frozenset({Term.REASK}),
    )

    index = score(foreign)

    assert index.at_most
    assert index.points == 1
    assert index.unseen == (Term.IDLE_PASS, Term.REASK)


def test_systems_are_compared_by_their_kicks_alone() -> None:
    case = trail(
        stay(1, "merchant", How.OPENED),
        stay(2, "courier", named_by_finding=True),
        stay(3, "merchant"),
        charges=(charge(Term.REASK, "request-1"),),
    )

    assert score(case).core == 20
    assert score(case).points == Fraction("1.5")


def test_a_kick_cannot_be_charged_by_hand() -> None:
    with pytest.raises(ValueError, match="found among the stretches"):
        charge(Term.KICK, "nothing")


def test_stretches_come_in_the_order_of_the_log() -> None:
    with pytest.raises(ValueError, match="order of the log"):
        trail(stay(2, "merchant", How.OPENED), stay(1, "courier"))
