"""Money, days, moments and lengths of time as people read them."""

from datetime import date, datetime, time, timedelta

from buckstop.domain.words.calendar import CHINA
from buckstop.domain.words.money import Fen
from buckstop.texts.languages import Language, catalogue

_WEEK = timedelta(days=7)
_MINUTE = timedelta(minutes=1)


def money(amount: Fen | int, language: Language) -> str:
    """Show an amount in yuan; fen only where there are any."""
    yuan, rest = divmod(amount, 100)
    figure = f"{yuan:,}.{rest:02}" if rest else f"{yuan:,}"
    return f"CNY {figure}" if language is Language.EN else f"{figure} 元"


def day(on: date, language: Language, now: datetime | None = None) -> str:
    """Show a day: with its weekday when within a week of `now`, its year when not this one."""
    today = None if now is None else now.astimezone(CHINA).date()
    near = today is not None and abs(on - today) < _WEEK
    weekday = catalogue("shown", language)[f"weekday.{on.weekday()}"] if near else ""
    other_year = today is None or on.year != today.year
    if language is Language.EN:
        shown = f"{weekday} {on.day} {on:%b}".strip()
        return f"{shown} {on.year}" if other_year else shown
    shown = f"{on.year} 年 {on.month} 月 {on.day} 日" if other_year else (
        f"{on.month} 月 {on.day} 日"
    )  # fmt: skip
    return f"{shown}（{weekday}）" if near else shown


def moment(at: datetime, language: Language, now: datetime | None = None) -> str:
    """Show a moment by the 24-hour clock; midnight is the end of its day."""
    local = at.astimezone(CHINA)
    on, clock = local.date(), f"{local:%H:%M}"
    if local.time() == time():
        on, clock = on - timedelta(days=1), "24:00"
    shown = day(on, language, now)
    if language is Language.EN:
        return f"{shown}, {clock}"
    return f"{shown}{clock}" if shown.endswith("）") else f"{shown} {clock}"


def length(span: timedelta, language: Language) -> str:
    """Show a length of time in at most two units, rounded down to the minute."""
    minutes = abs(span) // _MINUTE
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    if days:
        parts = [("day", days), ("hour", hour)]
    elif hours:
        parts = [("hour", hours), ("minute", minute)]
    else:
        parts = [("minute", max(1, minutes))]
    return " ".join(_unit(name, count, language) for name, count in parts if count)


def left(span: timedelta, language: Language) -> str:
    """Show what is left of a clock, or by how much it is overdue."""
    sentence = "overdue" if span <= timedelta() else "left"
    return catalogue("shown", language)[sentence].format(length=length(span, language))


def _unit(name: str, count: int, language: Language) -> str:
    many = "one" if count == 1 else "many"
    return f"{count} {catalogue('shown', language)[f'{name}.{many}']}"
