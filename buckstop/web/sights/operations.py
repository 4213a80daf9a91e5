"""How it runs, in words: what is late, failing or full, and what to do about each."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from buckstop.domain.words.calendar import local_day
from buckstop.domain.words.event import frozen
from buckstop.records.cases.watching import Watched
from buckstop.records.operations.queries import Done, Worker
from buckstop.web.language import later, t
from buckstop.web.sights import times
from buckstop.web.vitals import LOW, SILENT, Room

_WAITS = timedelta(minutes=15)
_BACKUP_EVERY, _DRILL_EVERY = timedelta(hours=25), timedelta(days=31)
_BEHIND = 1000
_GIGABYTE, _MEGABYTE = 1 << 30, 1 << 20
_NOTICE_MONTH = 11
"""The notice of next year's days off is usually out by then."""

_STATES = {"ok": later("正常"), "due": later("要看一下"), "bad": later("要处理")}


@frozen
class Known:
    """Everything that the page is made of."""

    now: datetime
    watched: Watched
    workers: tuple[Worker, ...]
    backlogs: Mapping[str, int]
    database_bytes: int
    room: Room
    years: frozenset[int]
    backup: Done | None
    drill: Done | None
    program: str
    server: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One thing: how it is, and what to do; `state` is `ok`, `due` or `bad`."""

    name: str
    state: str
    says: str
    todo: str = ""

    @property
    def state_said(self) -> str:
        """Say the state in a word, so that nobody must tell it by its colour."""
        return str(_STATES[self.state])


@dataclass(frozen=True, kw_only=True, slots=True)
class OperationsPage:
    """The page: what must be dealt with comes first."""

    head: str
    lines: tuple[Line, ...]


def operations_page(known: Known) -> OperationsPage:
    """Say how everything is."""
    lines = sorted(_lines(known), key=lambda line: ("bad", "due", "ok").index(line.state))
    many = sum(line.state != "ok" for line in lines)
    head = t("有 {n} 件事要看", n=many) if many else t("都正常")
    return OperationsPage(head=head, lines=tuple(lines))


def _lines(known: Known) -> Iterator[Line]:
    yield _late(known)
    yield _worker(known)
    yield _waiting(known)
    yield _refused(known)
    yield _followers(known)
    yield _disk(known)
    yield _calendar(known)
    yield _backup(known)
    yield _drill(known)
    yield _program(known)


def _late(known: Known) -> Line:
    name, seen = t("到点的钟"), known.watched
    if not seen.late or seen.late_since is None:
        return Line(name=name, state="ok", says=t("到点的都处理了"))
    since = _here(seen.late_since, known)
    says = t("{n} 个到点没处理，最早的是 {when} 到的", n=seen.late, when=since)
    todo = t("先看工作进程在不在；在的话，日志里找“a lapse failed”，那一行有案件。")
    return Line(name=name, state="bad", says=says, todo=todo)


def _worker(known: Known) -> Line:
    name = t("工作进程")
    if not known.workers:
        todo = t("在服务器上运行 buckstop worker；用 buckstop run 时它会自己起来。")
        return Line(name=name, state="bad", says=t("一天里没有一个报到"), todo=todo)
    last = known.workers[0]
    if last.silent > SILENT:
        says = t("已经 {length} 没有动静", length=times.long(last.silent))
        todo = t("看它的日志最后一行，再重新启动 buckstop worker。期限到了要靠它。")
        return Line(name=name, state="bad", says=says, todo=todo)
    alive = sum(worker.silent <= SILENT for worker in known.workers)
    says = t("{n} 个在工作，看一圈用 {ms} 毫秒", n=alive, ms=last.round_ms)
    return Line(name=name, state="ok", says=says)


def _waiting(known: Known) -> Line:
    name, seen = t("等着发的通知"), known.watched
    if not seen.waiting or seen.waiting_since is None:
        return Line(name=name, state="ok", says=t("没有积着的"))
    since = _here(seen.waiting_since, known)
    says = t("{n} 条没发出，最早的是 {when} 的", n=seen.waiting, when=since)
    if seen.at - seen.waiting_since < _WAITS:
        return Line(name=name, state="ok", says=says)
    todo = t("工作进程在却发不出，日志里找“a notice failed”；多半是发信的一头断了。")
    return Line(name=name, state="bad", says=says, todo=todo)


def _refused(known: Known) -> Line:
    name, many = t("没送到的通知"), known.watched.refused
    if not many:
        return Line(name=name, state="ok", says=t("一天里没有被退回的"))
    todo = t("没送到的不算通知过，期限照旧。看案件里的地址对不对，换一个渠道再发。")
    return Line(name=name, state="due", says=t("一天里有 {n} 条被退回", n=many), todo=todo)


def _followers(known: Known) -> Line:
    name = t("跟着记录做的事")
    behind = max(known.backlogs.values(), default=0)
    if known.watched.left:
        todo = t("每 30 秒会再试一次。一直不成，就按日志里“notices failed”的案件去查。")
        says = t("{n} 件没做成，留着再试", n=known.watched.left)
        return Line(name=name, state="due", says=says, todo=todo)
    if behind > _BEHIND:
        todo = t("刚恢复或刚导入是正常的，数字应当一直变小；不变小就看工作进程。")
        return Line(name=name, state="due", says=t("还落后 {n} 件", n=behind), todo=todo)
    return Line(name=name, state="ok", says=t("跟上了"))


def _disk(known: Known) -> Line:
    name, room = t("地方"), known.room
    says = t(
        "磁盘还剩 {free} GB，共 {whole} GB；数据库占 {size} MB",
        free=f"{room.free / _GIGABYTE:.1f}",
        whole=f"{room.whole / _GIGABYTE:.0f}",
        size=known.database_bytes // _MEGABYTE,
    )
    if room.free >= LOW:
        return Line(name=name, state="ok", says=says)
    todo = t("满了就收不了文件、记不了事。先移走旧备份，再加磁盘。")
    return Line(name=name, state="bad", says=says, todo=todo)


def _calendar(known: Known) -> Line:
    name, last = t("放假日历"), max(known.years, default=0)
    since = known.watched.provisional_from
    today = local_day(known.watched.at)
    soon = today.year + (today.month >= _NOTICE_MONTH)
    if last >= soon and since is None:
        return Line(name=name, state="ok", says=t("录到 {year} 年", year=last))
    todo = t(
        "{year} 年的放假通知公布后，运行 buckstop holidays，暂定的期限会重算。", year=last + 1
    )
    if since is not None:
        says = t(
            "录到 {year} 年；有期限是暂定的，最早 {when} 到", year=last, when=_here(since, known)
        )
        return Line(name=name, state="due", says=says, todo=todo)
    return Line(name=name, state="due", says=t("只录到 {year} 年", year=last), todo=todo)


def _backup(known: Known) -> Line:
    name, done = t("最近的备份"), known.backup
    todo = t("运行 buckstop backup，放到别的机器上；主密钥另外存。")
    if done is None:
        return Line(name=name, state="bad", says=t("从来没有备份过"), todo=todo)
    held = {"rows": done.said.get("rows", 0), "files": done.said.get("files", 0)}
    says = t("{when}，{rows} 行，{files} 个文件", when=_at(done.at, known), **held)
    if known.now - done.at > _BACKUP_EVERY:
        return Line(name=name, state="bad", says=says, todo=todo)
    return Line(name=name, state="ok", says=says)


def _drill(known: Known) -> Line:
    name, done = t("最近的恢复演练"), known.drill
    todo = t("运行 buckstop restore 加 --drill：没演练过的备份，不知道能不能用。")
    if done is None:
        return Line(name=name, state="due", says=t("从来没有演练过"), todo=todo)
    when = _at(done.at, known)
    if not done.good:
        todo = t("演练时说了坏在哪里。马上再备份一次，再演练。")
        return Line(name=name, state="bad", says=t("{when}，没有通过", when=when), todo=todo)
    if known.now - done.at > _DRILL_EVERY:
        return Line(name=name, state="due", says=t("{when}，通过", when=when), todo=todo)
    return Line(name=name, state="ok", says=t("{when}，通过", when=when))


def _program(known: Known) -> Line:
    name, others = t("版本"), {worker.program for worker in known.workers} - {known.program}
    says = t("程序 {program}，PostgreSQL {server}", program=known.program, server=known.server)
    if others:
        todo = t("有的进程还是别的版本。升级时这样正常；升完还这样，就重启它们。")
        return Line(name=name, state="due", says=says, todo=todo)
    return Line(name=name, state="ok", says=says)


def _at(when: datetime, known: Known) -> str:
    return times.at(when, known.now)


def _here(when: datetime, known: Known) -> str:
    """Say a time of the house, whose own clock may be ahead in a demonstration."""
    return times.at(when, known.watched.at)
