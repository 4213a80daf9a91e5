"""Money and time are shown as people read them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from buckstop.domain.words.calendar import CHINA
from buckstop.texts import Language, day, left, length, moment, money

ZH, HANT, EN = Language.ZH_HANS, Language.ZH_HANT, Language.EN
NOW = datetime(2026, 11, 19, 11, tzinfo=CHINA).astimezone(UTC)


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHINA).astimezone(UTC)


@pytest.mark.parametrize(
    ("amount", "shown"),
    [(289900, "2,899 元"), (302466, "3,024.66 元"), (5, "0.05 元"), (0, "0 元")],
)
def test_money_is_shown_in_yuan_and_with_fen_only_where_there_are_any(
    amount: int, shown: str
) -> None:
    assert money(amount, ZH) == shown


def test_money_in_english_names_the_currency() -> None:
    assert money(289900, EN) == "CNY 2,899"


def test_a_moment_within_a_week_carries_its_weekday() -> None:
    at = local("2026-11-20T18:00")

    assert moment(at, ZH, NOW) == "11 月 20 日（周五）18:00"
    assert moment(at, HANT, NOW) == "11 月 20 日（週五）18:00"
    assert moment(at, EN, NOW) == "Fri 20 Nov, 18:00"


def test_a_far_moment_has_no_weekday_and_another_year_is_named() -> None:
    assert moment(local("2026-12-09T18:00"), ZH, NOW) == "12 月 9 日 18:00"
    assert moment(local("2027-01-04T18:00"), ZH, NOW) == "2027 年 1 月 4 日 18:00"


def test_midnight_is_the_end_of_its_day() -> None:
    assert moment(local("2026-11-20T00:00"), ZH, NOW) == "11 月 19 日（周四）24:00"


def test_a_day_without_a_now_names_its_year() -> None:
    assert day(date(2026, 11, 20), ZH) == "2026 年 11 月 20 日"
    assert day(date(2026, 11, 20), EN) == "20 Nov 2026"


@pytest.mark.parametrize(
    ("span", "shown", "english"),
    [
        (timedelta(days=1, hours=7, minutes=59), "还剩 1 天 7 小时", "1 day 7 hours left"),
        (timedelta(days=2), "还剩 2 天", "2 days left"),
        (timedelta(hours=3, minutes=5), "还剩 3 小时 5 分钟", "3 hours 5 minutes left"),
        (timedelta(seconds=20), "还剩 1 分钟", "1 minute left"),
        (timedelta(days=-2, hours=-10), "逾期 2 天 10 小时", "2 days 10 hours overdue"),
    ],
)
def test_what_is_left_is_said_in_two_units_at_most(
    span: timedelta, shown: str, english: str
) -> None:
    assert left(span, ZH) == shown
    assert left(span, EN) == english


def test_a_length_has_no_direction() -> None:
    assert length(timedelta(days=-1, hours=-21), ZH) == "1 天 21 小时"
