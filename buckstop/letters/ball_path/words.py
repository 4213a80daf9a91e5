"""The few words that the picture itself says, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

TOO_SHORT = timedelta(minutes=5)
HOURS_TOO_FINE = 3
"""From this many days on, a length is told in days alone."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """Every word and date form of a ball path; `{n}`, `{day}` and the like are filled in."""

    months: tuple[str, ...]
    date: str
    day: str
    year: str
    one_day: str
    days: str
    one_hour: str
    hours: str
    minutes: str
    brief: str
    join: str
    now: str
    closed: str
    used: str
    waiting: str
    overdue: str
    takeover: str
    kick: str
    idle: str
    rule: str
    opened: str
    progress: str
    calls: str
    task: str
    comma: str
    stop: str

    def date_of(self, at: datetime) -> str:
        """Say a day without its year."""
        return self.date.format(month=self.months[at.month - 1], day=at.day)

    def moment_of(self, at: datetime) -> str:
        """Say a day and the time on the clock."""
        return f"{self.date_of(at)} {at:%H:%M}"

    def span(self, length: timedelta) -> str:
        """Say how long something took, in two units at most."""
        if length < TOO_SHORT:
            return self.brief
        days, hours = length.days, length.seconds // 3600
        day_part = self.one_day if days == 1 else self.days.format(n=days)
        hour_part = self.one_hour if hours == 1 else self.hours.format(n=hours)
        if days >= HOURS_TOO_FINE or (days and not hours):
            return day_part
        if days:
            return self.join.format(first=day_part, second=hour_part)
        return hour_part if hours else self.minutes.format(n=length.seconds // 60)

    def length(self, taken: timedelta, *, waiting: bool) -> str:
        """Say how long a hold took, or how long it has been waiting until now."""
        if taken < TOO_SHORT:
            return self.brief
        return (self.waiting if waiting else self.used).format(span=self.span(taken))


ZH_HANS = Words(
    months=tuple(f"{month} 月" for month in range(1, 13)),
    date="{month} {day} 日",
    day="{day} 日",
    year="{year} 年",
    one_day="1 天",
    days="{n} 天",
    one_hour="1 小时",
    hours="{n} 小时",
    minutes="{n} 分钟",
    brief="不到 5 分钟",
    join="{first} {second}",
    now="现在",
    closed="结案",
    used="用时 {span}",
    waiting="已等 {span}",
    overdue="逾期",
    takeover="介入",
    kick="第 {n} 次踢",
    idle="转走，没有进展",
    rule="按规则移动",
    opened="受理",
    progress="有进展",
    calls="消费者打的电话",
    task="{who}：{what}",
    comma="，",
    stop="：",
)
ZH_HANT = Words(
    months=ZH_HANS.months,
    date=ZH_HANS.date,
    day=ZH_HANS.day,
    year=ZH_HANS.year,
    one_day=ZH_HANS.one_day,
    days=ZH_HANS.days,
    one_hour="1 小時",
    hours="{n} 小時",
    minutes="{n} 分鐘",
    brief="不到 5 分鐘",
    join=ZH_HANS.join,
    now="現在",
    closed="結案",
    used="用時 {span}",
    waiting="已等 {span}",
    overdue="逾期",
    takeover="介入",
    kick="第 {n} 次踢",
    idle="轉走，沒有進展",
    rule="按規則移動",
    opened="受理",
    progress="有進展",
    calls="消費者打的電話",
    task=ZH_HANS.task,
    comma=ZH_HANS.comma,
    stop=ZH_HANS.stop,
)
EN = Words(
    months=("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    date="{day} {month}",
    day="{day}",
    year="{year}",
    one_day="1 day",
    days="{n} days",
    one_hour="1 hour",
    hours="{n} hours",
    minutes="{n} minutes",
    brief="under 5 minutes",
    join="{first} {second}",
    now="now",
    closed="closed",
    used="took {span}",
    waiting="waiting {span}",
    overdue="overdue",
    takeover="takeover",
    kick="kick {n}",
    idle="passed on without progress",
    rule="moved by a rule",
    opened="opened",
    progress="progress",
    calls="consumer's calls",
    task="{who}: {what}",
    comma=", ",
    stop=": ",
)
WORDS: Mapping[str, Words] = MappingProxyType({"zh-Hans": ZH_HANS, "zh-Hant": ZH_HANT, "en": EN})
