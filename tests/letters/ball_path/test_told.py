"""The ball path in words and in a terminal."""

import unicodedata
from dataclasses import replace

from hypothesis import HealthCheck, given, settings

from buckstop.letters.ball_path.picture import Picture
from buckstop.letters.ball_path.terminal import cells_of, padded, terminal
from buckstop.letters.ball_path.told import sentences, text_version
from buckstop.letters.ball_path.words import EN, ZH_HANT
from tests.letters.ball_path.pictures import PHONE, pictures


def test_every_kick_is_told_with_who_and_how_long() -> None:
    kicks = [move for move in text_version(PHONE) if move.kick]

    assert [(kick.kick, kick.source, kick.target) for kick in kicks] == [
        (1, "汀洲维修点", "青屿数码店"),
        (2, "青屿数码店", "汀洲维修点"),
    ]
    assert kicks[0].sentence("，", "：") == (
        "11 月 12 日 00:00：汀洲维修点 → 青屿数码店，第 1 次踢，"
        "维修点说“进过水”，没有报告，用时 1 天 5 小时"
    )


def test_the_last_sentence_says_who_has_it_now() -> None:
    assert sentences(PHONE)[-1] == "11 月 18 日 23:00：现在，青屿数码店"
    assert sentences(replace(PHONE, closed=True))[-1] == "11 月 18 日 23:00：结案，青屿数码店"


def test_it_is_told_in_the_readers_words() -> None:
    assert "用時 13 小時" in sentences(replace(PHONE, words=ZH_HANT))[0]
    assert sentences(replace(PHONE, words=EN))[3].startswith("12 Nov 00:00: 汀洲维修点 → ")


def test_a_terminal_shows_each_move_between_its_columns() -> None:
    lines = terminal(PHONE).splitlines()

    assert lines[2] == "我           服务台       商家         维修点"
    assert lines[9].startswith("·            ·            ╭─────1──────╯  11 月 12 日")
    assert lines[-1] == "·            ·            ●            ·  11 月 18 日 23:00 现在"


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(pictures())
def test_a_terminal_gets_one_line_a_row_and_no_control_characters(picture: Picture) -> None:
    drawn = terminal(picture)

    assert len(drawn.splitlines()) == 2 * len(picture.holds) + 4
    assert not any(unicodedata.category(c) == "Cc" for c in drawn if c != "\n")


def test_chinese_takes_two_cells() -> None:
    assert cells_of("维修点a") == 7
    assert padded("维修点", 5) == "维修 "
