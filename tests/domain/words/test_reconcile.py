"""Contacts told by both sides are matched one to one."""

from datetime import UTC, datetime, timedelta
from itertools import combinations, permutations

from hypothesis import given
from hypothesis import strategies as st

from buckstop.domain.words.reconcile import Call, Precision, Reconciled, could_be_same, reconcile

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)


def a_call(
    name: str,
    minute: int,
    precision: Precision = Precision.EXACT,
    *,
    channel: str = "phone",
    direction: str = "in",
) -> Call:
    return Call(name, channel, direction, NOON + timedelta(minutes=minute), precision)


def names(result: Reconciled) -> list[tuple[str, str]]:
    return [(one.id, other.id) for one, other in result.pairs]


def test_exact_times_match_within_ten_minutes_and_not_beyond() -> None:
    result = reconcile([a_call("c1", 0), a_call("c2", 100)], [a_call("d1", 10), a_call("d2", 111)])

    assert names(result) == [("c1", "d1")]
    assert [call.id for call in result.consumer_only] == ["c2"]
    assert [call.id for call in result.desk_only] == ["d2"]


def test_the_coarser_precision_decides() -> None:
    told = [a_call("c1", 0, Precision.HOUR)]

    assert names(reconcile(told, [a_call("d1", 60)])) == [("c1", "d1")]
    assert names(reconcile(told, [a_call("d1", 61)])) == []


def test_a_day_is_the_local_day() -> None:
    told = [a_call("c1", 0, Precision.DAY)]

    assert names(reconcile(told, [a_call("d1", 11 * 60 + 59)])) == [("c1", "d1")]
    assert names(reconcile(told, [a_call("d1", 12 * 60)])) == []


def test_other_channels_and_directions_never_match() -> None:
    told = [a_call("c1", 0)]

    assert names(reconcile(told, [a_call("d1", 0, channel="chat")])) == []
    assert names(reconcile(told, [a_call("d1", 0, direction="out")])) == []


def test_more_pairs_are_better_than_closer_pairs() -> None:
    result = reconcile([a_call("c1", 0), a_call("c2", 9)], [a_call("d1", 9), a_call("d2", 19)])

    assert names(result) == [("c1", "d1"), ("c2", "d2")]


def test_equal_contacts_are_paired_in_order() -> None:
    told = [a_call(f"c{n}", 0) for n in range(3)]
    logged = [a_call(f"d{n}", 0) for n in range(2)]

    assert names(reconcile(told[::-1], logged[::-1])) == [("c0", "d0"), ("c1", "d1")]


def test_two_hundred_contacts_of_one_day_are_all_paired() -> None:
    told = [a_call(f"c{n:03}", n * 7 % 600, Precision.DAY) for n in range(200)]
    logged = [a_call(f"d{n:03}", n * 11 % 600) for n in range(200)]

    assert len(reconcile(told, logged).pairs) == 200


def calls(prefix: str) -> st.SearchStrategy[list[Call]]:
    one = st.tuples(st.integers(0, 40).map(lambda n: n * 5), st.sampled_from(Precision))
    return st.lists(one, max_size=5).map(
        lambda found: [a_call(f"{prefix}{n}", *call) for n, call in enumerate(found)]
    )


@given(told=calls("c"), logged=calls("d"))
def test_no_other_pairing_is_better(told: list[Call], logged: list[Call]) -> None:
    result = reconcile(told, logged)
    ours = sorted(told, key=lambda call: (call.at, call.id))
    theirs = sorted(logged, key=lambda call: (call.at, call.id))
    found = {ours.index(one): theirs.index(other) for one, other in result.pairs}

    best = min(_rank(ours, theirs, pairing) for pairing in _every_pairing(ours, theirs))

    assert _rank(ours, theirs, found) == best
    assert len(result.pairs) + len(result.consumer_only) == len(told)
    assert len(result.pairs) + len(result.desk_only) == len(logged)


def _every_pairing(ours: list[Call], theirs: list[Call]) -> list[dict[int, int]]:
    return [
        dict(zip(chosen, order, strict=True))
        for size in range(min(len(ours), len(theirs)) + 1)
        for chosen in combinations(range(len(ours)), size)
        for order in permutations(range(len(theirs)), size)
        if all(could_be_same(ours[i], theirs[j]) for i, j in zip(chosen, order, strict=True))
    ]


def _rank(
    ours: list[Call], theirs: list[Call], pairing: dict[int, int]
) -> tuple[int, timedelta, list[int]]:
    apart = sum((abs(ours[i].at - theirs[j].at) for i, j in pairing.items()), timedelta())
    return (-len(pairing), apart, [pairing.get(i, len(theirs)) for i in range(len(ours))])
