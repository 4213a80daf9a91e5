"""What comes in as text is kept as it was told, or refused with a reason."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.records.people.cleaning import LONGEST, clean, clean_line, shown

RLO, PDF, RLM = "\u202e", "\u202c", "\u200f"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a\x00b", "text-has-nul"),
        ("a\ud800b", "text-half-character"),
        ("长" * (LONGEST + 1), "text-too-long"),
    ],
)
def test_what_cannot_be_kept_is_refused(text: str, code: str) -> None:
    with pytest.raises(NotAllowed, match=code):
        clean(text)


def test_a_text_of_a_megabyte_is_answered_with_the_limit() -> None:
    with pytest.raises(NotAllowed) as refused:
        clean("x" * 1_000_000)

    assert refused.value.data == {"limit": LONGEST, "length": 1_000_000}


@pytest.mark.parametrize(
    "text", ["", "😀👨‍👩‍👧", "锟斤拷烫烫烫", "<script>alert(1)</script>", f"{RLM}abc", "a\tb\n"]
)
def test_what_is_odd_but_harmless_is_kept(text: str) -> None:
    assert clean(text) == text


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)

    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)


def test_line_ends_are_of_one_kind() -> None:
    assert clean("a\r\nb\rc") == "a\nb\nc"


def test_a_line_is_one_line() -> None:
    assert clean_line("  王\n小明 ") == "王 小明"
    with pytest.raises(NotAllowed, match="text-too-long"):
        clean_line("x" * 201)


def test_controls_that_turn_the_reading_direction_are_kept_and_shown() -> None:
    text = f"发票{RLO}gpj.exe{PDF}"

    assert clean(text) == text
    assert shown(text) == "发票�gpj.exe�"


def test_what_is_shown_keeps_its_lines() -> None:
    assert shown("a\tb\nc\x1b[31m") == "a\tb\nc�[31m"
