"""Two ways of writing the same fold to the same, and a part of a text to a part."""

import pytest

from buckstop.texts.folding import fold
from buckstop.texts.traditional import traditional


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("沙發", "沙发"),
        ("理髮", "理发"),
        ("看著", "看着"),
        ("ＡＢＣ　１２", "abc 12"),
        ("裏", "裡"),
    ],
)
def test_two_ways_of_writing_the_same_are_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_a_part_of_a_text_is_found_in_either_script() -> None:
    text = "理发店的发票、头发和发货，后面的皇后台面"
    for said in (text, traditional(text)):
        for start in range(len(text) - 1):
            part = text[start : start + 2]
            assert fold(part) in fold(said)
            assert fold(traditional(part)) in fold(said)
