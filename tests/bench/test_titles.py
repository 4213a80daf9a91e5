"""Each word that is searched for stands in as many titles as the table says."""

import pytest

from bench.titles import SOUGHT, title

MANY = 200_000


@pytest.mark.parametrize(("word", "often"), SOUGHT.items())
def test_a_word_is_as_rare_as_it_is_said_to_be(word: str, often: str) -> None:
    found = sum(word in title(turn) for turn in range(MANY))
    share = 0 if often == "none" else 1 / int(often.removeprefix("1 in ").replace(",", ""))
    assert found == pytest.approx(MANY * share, rel=0.01, abs=0.5)
