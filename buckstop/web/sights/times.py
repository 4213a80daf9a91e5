"""Times as a page shows them: relative and large, absolute and small."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from buckstop.texts import day, length, moment
from buckstop.web.language import t, tongue

_SOON = timedelta(days=1)


@dataclass(frozen=True, kw_only=True, slots=True)
class Time:
    """One time: its label, its length, and when that is."""

    label: str
    head: str
    lines: tuple[str, ...] = ()
    late: bool = False


def waited(since: datetime, now: datetime) -> Time:
    """Say how long it has been waiting."""
    return Time(
        label=t("已等"),
        head=long(now - since),
        lines=(t("从 {when} 起", when=at(since, now)),),
    )


def remaining(due: datetime | None, now: datetime, *, provisional: bool = False) -> Time:
    """Say how long is left, or by how much it is overdue."""
    if due is None:
        return Time(label=t("还剩"), head=t("没有时限"))
    until = t("到 {when}", when=at(due, now))
    lines = (until, t("暂定，假期公布后再算")) if provisional else (until,)
    if due <= now:
        return Time(label=t("逾期"), head=long(now - due), lines=lines, late=True)
    return Time(label=t("还剩"), head=long(due - now), lines=lines)


def left(due: datetime, now: datetime) -> str:
    """Say in one phrase how long is left."""
    if due <= now:
        return t("逾期 {length}", length=long(now - due))
    return t("还剩 {length}", length=long(due - now))


def tone(due: datetime, now: datetime) -> str:
    """Colour a due time: red when overdue, amber within a day; a word always says it too."""
    if due <= now:
        return "red"
    return "amber" if due - now < _SOON else "soft"


def long(span: timedelta) -> str:
    """Say a length of time in two units at most."""
    if abs(span) < timedelta(minutes=1):
        return t("刚刚")
    return length(span, tongue())


def at(when: datetime, now: datetime) -> str:
    """Say a moment as seen from now."""
    return moment(when, tongue(), now)


def on(when: date, now: datetime) -> str:
    """Say a day as seen from now."""
    return day(when, tongue(), now)
