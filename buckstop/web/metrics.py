"""What Prometheus is told: requests of all processes, and how things stand in the database."""

from collections.abc import Iterator
from importlib.metadata import version

from django.db import DatabaseError
from prometheus_client import CollectorRegistry, Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from buckstop.records.cases.watching import Watched, watched
from buckstop.records.houses.queries import houses
from buckstop.records.log.isolation import inside
from buckstop.records.operations.actions import What
from buckstop.records.operations.queries import (
    backlogs,
    database_bytes,
    database_time,
    last,
    workers,
)
from buckstop.web.vitals import room


def told() -> bytes:
    """Write everything in Prometheus' text format. It names houses and routes, and nobody."""
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # theirs has no types
    registry.register(_Standing())
    return generate_latest(registry)


class _Standing(Collector):
    """Looks how things stand whenever it is asked, so no process keeps numbers of its own."""

    def collect(self) -> Iterator[Metric]:
        """Tell of disk and program; of all else only while the database answers."""
        info = GaugeMetricFamily("buckstop_info", "The program.", labels=["version"])
        info.add_metric([version("buckstop")], 1)
        yield info
        free = room()
        yield _gauge("disk_free_bytes", "Free where data and files are kept.", free.free)
        yield _gauge("disk_bytes", "Room where data and files are kept.", free.whole)
        try:
            found = [*_whole(), *_of_houses()]
        except DatabaseError:
            yield _gauge("database_up", "Whether the database answers.", 0)
        else:
            yield _gauge("database_up", "Whether the database answers.", 1)
            yield from found


def _whole() -> Iterator[Metric]:
    yield _gauge("database_bytes", "Size of the database.", database_bytes())
    known = workers()
    yield _gauge("workers", "Workers at work within a day.", len(known))
    if known:
        silent, took = known[0].silent.total_seconds(), known[0].round_ms / 1000
        yield _gauge("worker_silent_seconds", "Since a worker was last at work.", silent)
        yield _gauge("worker_round_seconds", "Its last look through everything.", took)
    behind = GaugeMetricFamily(
        "buckstop_outbox_behind", "Growths a follower has not seen.", labels=["follower"]
    )
    for follower, many in backlogs().items():
        behind.add_metric([follower], many)
    yield behind
    now = database_time()
    for what in (What.BACKUP, What.DRILL):
        if done := last(what):
            age = (now - done.at).total_seconds()
            yield _gauge(f"{what}_age_seconds", f"Since the last {what}.", age)
            yield _gauge(f"{what}_good", f"Whether the last {what} was good.", int(done.good))


def _of_houses() -> Iterator[Metric]:
    found: dict[str, Watched] = {}
    for house in houses():
        with inside(house.house):
            found[house.slug] = watched(house.house)
    for name, about, value in _VALUES:
        family = GaugeMetricFamily(f"buckstop_{name}", about, labels=["house"])
        for slug, seen in found.items():
            family.add_metric([slug], value(seen))
        yield family


def _gauge(name: str, about: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"buckstop_{name}", about, value=value)


def _late(seen: Watched) -> float:
    return (seen.at - seen.late_since).total_seconds() if seen.late_since else 0


def _waits(seen: Watched) -> float:
    return (seen.at - seen.waiting_since).total_seconds() if seen.waiting_since else 0


_VALUES = (
    ("lapses_late", "Clocks that ran out and have not lapsed.", lambda seen: seen.late),
    ("lapses_late_seconds", "How long the first of them is late.", _late),
    ("notices_waiting", "Notices that no transport was given.", lambda seen: seen.waiting),
    ("notices_waiting_seconds", "How long the first of them waits.", _waits),
    ("notices_refused", "Notices refused within a day.", lambda seen: seen.refused),
    ("outbox_left", "Growths that failed in a follower.", lambda seen: seen.left),
)
