"""Measure everything, one after the other, print the table and keep the results."""

import json
import os
import shutil
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from time import sleep

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "buckstop.settings")
django.setup()

# Tables need Django set up.
from django.db import connections

from bench import pages, product, within
from bench.house import open_house
from bench.reference import References, references
from bench.row import Row, against, table
from bench.sizes import MILLION, TINY, USUAL, Sizes
from buckstop import database
from buckstop.database.place import socket_folder

RESULTS = Path(__file__).with_name("results.json")
_IDLE = 4.0
_LATER = (
    "next question of the guide",
    "seal, bundle, verify, ingest",
    "audit of an event log",
    "ledger postings",
    "incident comparison",
)
"""Work that is not built yet, or too large for a run of a few minutes."""


def main() -> int:
    """Measure; `tiny` is for a test that it can be done, `million` for what grows with cases."""
    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    sizes = {"tiny": TINY, "million": MILLION}.get(asked, USUAL)
    before = os.getloadavg()[0]
    try:
        rows, beside = _grown(sizes) if sizes is MILLION else _measured(sizes)
    finally:
        connections.close_all()
        database.release()
        # Where root cannot lend its own folder to the database, it lives here under one name.
        shutil.rmtree(Path("/var/lib") / socket_folder().name, ignore_errors=True)
    if sizes is not MILLION:
        rows += [Row(work=work) for work in _LATER]
    print(_told(rows, beside, before))
    if sizes is not TINY:
        results = RESULTS.with_stem("results-million") if sizes is MILLION else RESULTS
        results.write_text(_kept(rows, beside, before), encoding="utf-8")
    return 0


def _measured(sizes: Sizes) -> tuple[list[Row], References]:
    _say("starting twice")
    with product.running() as first:
        rows = [_started("first `buckstop run` to first page: cluster, tables, demo", first)]
    with product.running() as second:
        rows.append(_started("second `buckstop run` to first page", second, reach="3 s"))
        sleep(_IDLE)
        rows.append(_memory(product.memory(second.process)))
        database.ensure_server()
        _say("measuring the references")
        beside = references(second)
        at, queue = open_house("bench", "BN"), open_house("queue", "QU", own_clock=True)
        _say("opening cases and writing into them")
        rows += pages.plain_page(second, sizes)
        more, opened, numbers = pages.opening(second, sizes)
        rows += more
        rows += pages.appending(second, opened, numbers, sizes)
        _say("looking at cases")
        more, cases = pages.case_pages(second, at, sizes)
        rows += more
        _say("filling the queue")
        rows += pages.queue_pages(second, queue, sizes)
    _say("sweeping, folding, assessing, rebuilding")
    rows += within.lapsing(sizes)
    rows += within.lapsing_among(queue, sizes)
    rows += within.folding(at, cases, sizes)
    rows += within.assessing(sizes)
    rows += within.rebuilding(at)
    return rows, beside


def _grown(sizes: Sizes) -> tuple[list[Row], References]:
    """Measure what might grow with the number of cases, in one house."""
    with product.running() as web:
        database.ensure_server()
        beside = references(web)
        queue = open_house("queue", "QU", own_clock=True)
        rows = pages.queue_pages(web, queue, sizes)
    return rows + within.lapsing_among(queue, sizes), beside


def _started(work: str, running: product.Running, *, reach: str = "") -> Row:
    return Row(work=work, figure=running.seconds, unit="s", reach=reach)


def _memory(held: product.Memory) -> Row:
    parts = f"web {held.web:.0f}, worker {held.worker:.0f}, database {held.database:.0f}"
    return Row(
        work="memory of everything that runs, idle, shared pages counted once",
        size=f"{parts}, starter {held.starter:.0f}",
        figure=held.total,
        unit="MB",
        reach="500 MB",
    )


def _told(rows: list[Row], beside: References, load: float) -> str:
    a = ", ".join(f"{clients} clients {rate:,.0f}/s" for clients, rate in beside.a.items())
    return (
        f"\n(a) durable single-row INSERT: {a}\n"
        f"(c) trivial page, same web server, 8 clients: {beside.c:,.0f}/s;"
        f" (c of Django) {beside.django:,.0f}/s\n"
        f"load of the machine before: {load:.2f} on {os.cpu_count()} cores\n\n"
        f"{table(rows, beside)}"
    )


def _kept(rows: list[Row], beside: References, load: float) -> str:
    kept = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "load_before": load,
        "references": asdict(beside),
        "rows": [asdict(row) | {"against": against(row, beside)} for row in rows],
    }
    return json.dumps(kept, indent=1, ensure_ascii=False) + "\n"


def _say(what: str) -> None:
    print(f"… {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
