"""What is measured inside one process on one core, without the web."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import cycle, islice
from time import perf_counter

from django.db import connection

from bench.house import SHOP, Place, open_house, open_one
from bench.row import Row
from bench.sizes import Sizes
from buckstop.clockwork.lapses import sweep
from buckstop.domain.cases.state.case import Case, replay
from buckstop.domain.law.assess import assess
from buckstop.domain.law.facts import Fact
from buckstop.domain.law.question import Matter
from buckstop.domain.words.calendar import local_day
from buckstop.domain.words.ids import CaseId
from buckstop.records.log import store
from buckstop.records.log.isolation import inside
from buckstop.records.log.rebuild import rebuild
from stories.book import BOOK
from stories.world import Memory

_MONTH = timedelta(days=30)
_AGO = timedelta(days=9)
"""So long ago a case was opened that has lapses due where no time was told to have passed."""


def assessing(sizes: Sizes) -> list[Row]:
    """Assess what the stories came to, again and again and never from a cache."""
    worlds = [Memory() for _ in BOOK]
    for world, story in zip(worlds, BOOK.values(), strict=True):
        story.tell(world, story.start)
    cases = [world.case(case) for world in worlds for case in world.logs]
    took, many = _repeated([partial(_assess, case) for case in cases], sizes)
    return [
        Row(
            work="assess(), one core",
            size=f"{len(cases)} cases of the stories",
            figure=many / took,
            unit="/s",
            reach="1,000/s",
        )
    ]


def _assess(case: Case) -> object:
    facts = {f.fact: Fact(f.standing, f.value) for f in case.facts.every.values()}
    matter = Matter(
        problem=case.claim.problem,
        purchase=case.claim.purchase,
        parties=frozenset(m.role for m in case.parties.members.values()),
    )
    if case.last_at is None:
        msg = "a story without an entry"
        raise ValueError(msg)
    return assess(matter, facts, local_day(case.last_at))


def folding(at: Place, cases: Sequence[CaseId], sizes: Sizes) -> list[Row]:
    """Read logs and fold them."""
    rows = []
    for case in cases:
        with inside(at.house):
            head = store.head(case)
            entries = store.read(head)
            reading, reads = _repeated([partial(store.read, head)], sizes)
        took, folds = _repeated([partial(replay, entries)], sizes)
        for work, seconds, times in (
            ("read a log, per entry", reading, reads),
            ("fold a log, per entry", took, folds),
        ):
            rows.append(
                Row(
                    work=work,
                    size=f"{len(entries)} entries",
                    figure=seconds / times / len(entries) * 1_000_000,
                    unit="µs",
                )
            )
    return rows


def lapsing(sizes: Sizes) -> list[Row]:
    """Let a month pass over cases that a shop does not answer, and sweep as the worker does."""
    rows = []
    for turn, many in enumerate(sizes.lapses):
        at = open_house(f"silent{turn}", f"SI{turn}", own_clock=True)
        with inside(at.house):
            for _ in range(many):
                open_one(at, first=SHOP)
            store.bring_clock(at.house, ahead_seconds=int(_MONTH.total_seconds()))
        began = perf_counter()
        while sweep().facts:
            pass
        took = perf_counter() - began
        rows.append(
            Row(
                work="sweep lapses that are due, one worker",
                size=f"{many} cases, {_lapses(at):,} lapses",
                figure=_lapses(at) / took,
                unit="/s",
                reach="200/s",
            )
        )
    return rows


def lapsing_among(at: Place, sizes: Sizes) -> list[Row]:
    """Sweep what is due in a house in which many more clocks are running."""
    with inside(at.house), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cases_clock WHERE state = 'running'")
        (running,) = cursor.fetchone()
        for _ in range(sizes.lapses[-1]):
            open_one(at, when=datetime.now(UTC) - _AGO, first=SHOP)
    before, began = _lapses(at), perf_counter()
    while sweep().facts:
        pass
    took = perf_counter() - began
    return [
        Row(
            work="sweep lapses that are due, one worker, among other clocks",
            size=f"{_lapses(at) - before:,} lapses, {running:,} clocks running",
            figure=(_lapses(at) - before) / took,
            unit="/s",
            reach="200/s",
        )
    ]


def _lapses(at: Place) -> int:
    with inside(at.house), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM log_entry WHERE kind = 'ClockLapsed'")
        return int(cursor.fetchone()[0])


def rebuilding(at: Place) -> list[Row]:
    """Make all tables of a house again from its log."""
    with inside(at.house), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM log_entry")
        (entries,) = cursor.fetchone()
    began = perf_counter()
    cases = rebuild(at.house, Case())
    return [
        Row(
            work="rebuild the tables from the log",
            size=f"{cases:,} cases, {entries:,} entries",
            figure=entries / (perf_counter() - began),
            unit="entries/s",
            reach="2,000/s",
        )
    ]


def _repeated(work: Sequence[Callable[[], object]], sizes: Sizes) -> tuple[float, int]:
    """Do one after the other for a while; tell how long it took and how many were done."""
    began, done = perf_counter(), 0
    for one in islice(cycle(work), 100_000):
        one()
        done += 1
        if perf_counter() - began > sizes.seconds / 8:
            break
    return perf_counter() - began, done
