"""Texts made to fit."""

from hypothesis import given
from hypothesis import strategies as st

from buckstop.letters.ball_path.lettering import clean, clusters, fit, width_of, wrap


@given(st.text(max_size=80), st.integers(30, 300))
def test_a_fitted_text_fits(text: str, room: int) -> None:
    assert width_of(fit(text, 12, room), 12) <= room + 1e-6


@given(st.text("商家请答复，。“”：48 hours ", max_size=120), st.integers(120, 300))
def test_wrapped_lines_lose_nothing_when_there_are_enough_of_them(text: str, room: int) -> None:
    lines = wrap(text, 13, room, 100)

    assert "".join(lines).replace(" ", "") == clean(text).replace(" ", "")


@given(st.text("商家请答复，48 hours ", min_size=1, max_size=200))
def test_more_lines_than_allowed_end_in_an_ellipsis(text: str) -> None:
    whole, cut = wrap(text, 13, 130, 100), wrap(text, 13, 130, 2)

    assert len(cut) <= 2
    assert len(whole) <= 2 or cut[-1].endswith("…")


def test_a_line_never_begins_with_a_closing_mark_or_splits_a_number() -> None:
    lines = wrap("请店铺在 2,899 元以内退款，限 48 小时，逾期按规则推定。", 13, 118, 9)

    assert not any(line[0] in "，。" for line in lines)
    assert any("2,899" in line for line in lines)


def test_no_last_line_of_one_or_two_characters() -> None:
    lines = wrap("请商家证明人为损坏，否则按没有认定处理", 13, 13 * 17.5, 4)

    assert len(lines[-1]) > 2


def test_a_family_is_one_character() -> None:
    assert clusters("👩\u200d👩\u200d👧是") == ["👩\u200d👩\u200d👧", "是"]


def test_what_turns_or_breaks_a_line_is_taken_out() -> None:
    assert clean("甲\u202e乙\x00\n丙") == "甲乙 丙"
