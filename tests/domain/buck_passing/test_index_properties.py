"""What holds for the index of any log whatever."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from buckstop.domain.buck_passing.index import score
from buckstop.domain.buck_passing.trail import MOVES, Charge, Progress, Stretch, Term, Trail
from buckstop.domain.words.ball import How
from tests.domain.buck_passing.trails import (
    NODES,
    OWN,
    charges,
    laid_out,
    on,
    stay,
    stretches,
    trails,
)

AT_PLACE = st.integers(0, 13)


@settings(max_examples=400)
@given(trails())
def test_the_parts_add_up_exactly(trail: Trail) -> None:
    index = score(trail)

    assert sum(index.by_term().values(), Fraction(0)) == index.points
    assert sum(index.by_party().values(), Fraction(0)) == index.points
    assert index.value * (index.points + 4) == 100 * index.points
    assert 0 <= index.core <= index.value < 100
    assert all(sum(share for _, share in kick.charged_to) == 1 for kick in index.kicks)
    assert "consumer" not in index.by_party()


@settings(max_examples=400)
@given(trails(), AT_PLACE, OWN, OWN)
def test_a_detour_by_the_consumer_within_a_stay_changes_nothing(
    trail: Trail, place: int, there: How, back: How
) -> None:
    if place >= len(trail.stretches):
        return
    visited = trail.stretches[place]
    detour = (
        stay(visited.seq + 3, "consumer", there),
        stay(visited.seq + 6, visited.node, back),
    )
    with_detour = _insert(trail, place + 1, detour)

    assert score(with_detour).parts == score(trail).parts


@settings(max_examples=400)
@given(trails(), AT_PLACE)
def test_a_detour_by_the_consumer_between_two_stays_changes_no_points(
    trail: Trail, place: int
) -> None:
    moves = trail.stretches[place : place + 2]
    if len(moves) < 2 or moves[1].how not in {How.PASS, How.BOUNCE}:
        return
    detour = (stay(moves[0].seq + 5, "consumer", How.CONSUMER),)

    assert score(_insert(trail, place + 1, detour)).points == score(trail).points


@settings(max_examples=400)
@given(trails(), st.lists(stretches(), max_size=5), st.lists(charges(), max_size=3), AT_PLACE)
def test_the_index_never_falls_as_the_log_grows(
    trail: Trail, later: list[Stretch], broken: list[Charge], place: int
) -> None:
    seq = 10 * len(trail.stretches) + 200
    grown = replace(
        trail,
        stretches=(
            *trail.stretches,
            *(replace(s, seq=seq + n, since=on(seq + n)) for n, s in enumerate(later)),
        ),
        progress=(*trail.progress, Progress(seq=seq + place, at=on(seq + place))),
        charges=(*trail.charges, *broken),
    )

    assert score(grown).value >= score(trail).value


@settings(max_examples=200)
@given(trails(), st.integers(1, 10**7))
def test_an_open_lapsed_clock_only_grows(trail: Trail, seconds: int) -> None:
    later = tuple(
        replace(charge, days_over=charge.days_over + Fraction(seconds, 86400))
        for charge in trail.charges
    )

    assert score(replace(trail, charges=later)).value >= score(trail).value


@settings(max_examples=200)
@given(st.permutations(NODES), st.integers(1, 5), OWN)
def test_going_up_the_ladder_costs_nothing(nodes: list[str], rungs: int, how: How) -> None:
    climb = laid_out([replace(stay(0, node, how), sent_up=True) for node in nodes[:rungs]])

    assert score(Trail(stretches=climb, until=on(1000))).points == 0


@settings(max_examples=200)
@given(trails(), AT_PLACE, st.sampled_from(How))
def test_a_stay_told_in_two_pieces_is_one_stay(trail: Trail, place: int, how: How) -> None:
    if place >= len(trail.stretches) or trail.stretches[place].node == "consumer":
        return
    visited = trail.stretches[place]
    piece = replace(visited, seq=visited.seq + 4, how=how)

    assert score(_insert(trail, place + 1, (piece,))).parts == score(trail).parts


@settings(max_examples=200)
@given(st.lists(charges(), min_size=1, max_size=8))
def test_an_obligation_costs_what_its_worst_charge_costs(broken: list[Charge]) -> None:
    unshared = [replace(charge, hold=None) for charge in broken]
    index = score(Trail(stretches=(), charges=tuple(unshared), until=on(1000)))

    alone = [
        score(Trail(stretches=(), charges=(charge,), until=on(1000))).points for charge in unshared
    ]
    for obligation in {charge.obligation for charge in unshared}:
        worst = max(p for p, c in zip(alone, unshared, strict=True) if c.obligation == obligation)
        assert [part.points for part in index.parts if part.why == obligation] == [worst]


@settings(max_examples=200)
@given(trails(), st.sets(st.sampled_from(sorted(set(Term) - MOVES))))
def test_a_term_that_is_not_seen_costs_nothing_and_is_named(
    trail: Trail, blind: set[Term]
) -> None:
    index = score(replace(trail, unseen=frozenset(blind)))

    assert not blind & set(index.by_term())
    assert blind <= set(index.unseen)
    assert index.points <= score(trail).points


def _insert(trail: Trail, place: int, more: tuple[Stretch, ...]) -> Trail:
    stays = trail.stretches
    return replace(trail, stretches=(*stays[:place], *more, *stays[place:]))
