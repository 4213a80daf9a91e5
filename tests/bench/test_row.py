"""The table of what was measured."""

from bench.reference import References
from bench.row import Row, table

BESIDE = References(a={1: 500.0, 8: 3_000.0, 32: 9_000.0}, c=20_000.0, django=6_000.0)


def test_a_figure_stands_beside_how_many_of_the_reference_it_takes() -> None:
    row = Row(work="open a case", figure=30.0, unit="/s", beside=("a8", "c"))

    last = table([row], BESIDE).splitlines()[-1]

    assert "30.0 /s" in last
    assert "1/100 of (a8); 1/667 of (c)" in last


def test_what_was_not_measured_says_so() -> None:
    assert "not measured" in table([Row(work="search")], BESIDE).splitlines()[-1]
