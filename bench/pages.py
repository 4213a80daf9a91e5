"""What is asked over HTTP, by eight clients or by one alone."""

from collections.abc import Iterator
from dataclasses import replace
from time import perf_counter
from urllib.parse import urlencode
from uuid import uuid4

from bench.client import Visitor
from bench.copies import copy
from bench.house import PASSWORD, SHOP, STORY, Place, open_cases, open_one, order, talk, wish
from bench.load import Ask, Plan, Took, send
from bench.product import Running, busy
from bench.reference import CLIENTS
from bench.row import Row
from bench.sizes import Sizes
from bench.titles import SOUGHT
from buckstop.domain.words.ids import CaseId
from buckstop.records.cases.queries import case_page
from buckstop.records.log.isolation import inside
from buckstop.texts.traditional import traditional

_FROM_ONE_ADDRESS = 20
"""Complaints that the product takes from one address in an hour."""
_CROWD = 32
_OFTEN = 100_000
_LONG = 120.0
_NUMBER = r"/my/([\w-]+)/key/"


def opening(web: Running, sizes: Sizes) -> tuple[list[Row], Took, list[str]]:
    """Open cases by the form; give back who opened them, and their numbers."""
    many = range(sizes.openings)
    visitors = [Visitor(source=f"127.0.1.{1 + n // _FROM_ONE_ADDRESS}") for n in many]

    def load(visitors: list[Visitor], asks: Iterator[Ask]) -> Took:
        plan = Plan(
            port=web.port, visitors=visitors, asks=list(asks), clients=CLIENTS, seconds=_LONG
        )
        return send(plan)

    told = load(visitors, (ask for n in many for ask in _telling(n)))
    before = busy(web)
    opened = load(told.visitors, (Ask(n, "/open/wish", wish(n)) for n in many))
    each = (busy(web) - before) / sizes.openings * 1000
    seen = load(opened.visitors, (Ask(n, "/opened", find=_NUMBER) for n in many))
    whole = told.seconds + opened.seconds + seen.seconds
    size = f"{sizes.openings} cases"
    rows = [
        Row(
            work="open a case by the form, the request that opens it, 8 clients",
            size=size,
            figure=opened.rate,
            unit="/s",
            beside=("a8", "c", "c of Django"),
            reach="1/100 of (a8), then 1/60",
        ),
        Row(
            work="the same, processor time of web and database",
            size=size,
            figure=each,
            unit="ms",
        ),
        Row(
            work="open a case by the form, all seven requests, 8 clients",
            size=size,
            figure=sizes.openings / whole,
            unit="/s",
            beside=("a8", "c", "c of Django"),
        ),
    ]
    return rows, seen, [seen.found[n] for n in many]


def _telling(number: int) -> Iterator[Ask]:
    """Go through the form as far as its last button."""
    yield Ask(number, "/open")
    yield Ask(number, "/open", STORY)
    yield Ask(number, "/open/order")
    yield Ask(number, "/open/order", order(number))
    yield Ask(number, "/open/wish")


def appending(web: Running, opened: Took, numbers: list[str], sizes: Sizes) -> list[Row]:
    """Let those who opened a case write into it."""
    asks = [
        Ask(
            turn % len(numbers),
            f"/my/{numbers[turn % len(numbers)]}/message",
            {"text": "店家今天又打来电话，说下周答复。", "form_token": str(uuid4())},
        )
        for turn in range(sizes.messages)
    ]
    before = busy(web)
    took = send(
        Plan(
            port=web.port,
            visitors=opened.visitors,
            asks=asks,
            clients=CLIENTS,
            seconds=sizes.seconds,
        )
    )
    size = f"{len(took.each_ms)} messages"
    return [
        Row(
            work="append a message by the form, 8 clients",
            size=size,
            figure=took.rate,
            unit="/s",
            beside=("a8", "c", "c of Django"),
            reach="1/80 of (a8), then 1/50",
        ),
        Row(
            work="the same, processor time of web and database",
            size=size,
            figure=(busy(web) - before) / len(took.each_ms) * 1000,
            unit="ms",
        ),
    ]


def case_pages(web: Running, at: Place, sizes: Sizes) -> tuple[list[Row], list[CaseId]]:
    """Look at longer and longer cases as the agent; give back the cases."""
    anna = signed_in(web, at)
    cases = [open_one(at, first=SHOP) for _ in sizes.entries]
    rows = []
    for case, entries in zip(cases, sizes.entries, strict=True):
        talk(at, case, entries=entries)
        with inside(at.house):
            path = f"/cases/{case_page(case, at.viewer).number}"
        rows += _alone(
            web,
            anna,
            path,
            Row(work="page of a case", size=f"{entries} entries", reach="20 ms at 100"),
            sizes,
        )
        crowd = _crowd(web, anna, path, sizes)
        rows.append(
            Row(
                work="page of a case, 8 clients",
                size=f"{entries} entries",
                figure=crowd.rate,
                unit="/s",
                beside=("c", "c of Django"),
                reach="1/100 of (c) at 100",
            )
        )
    return rows, cases


def queue_pages(web: Running, at: Place, sizes: Sizes) -> list[Row]:
    """Look at the agent's queue while the house grows."""
    anna = signed_in(web, at)
    originals = open_cases(at, sizes.originals)
    rows, there = [], len(originals)
    for wanted in sizes.queues:
        began = perf_counter()
        agreed = copy(at, originals, first=there, last=wanted) if wanted > there else 0
        if agreed:
            rows.append(
                Row(
                    work="load copies of cases, of which one in 1,000 is compared",
                    size=f"{wanted - there:,} cases, {agreed} compared",
                    figure=(wanted - there) / (perf_counter() - began),
                    unit="/s",
                )
            )
        there = max(there, wanted)
        size = f"{there:,} open cases"
        row = Row(work="agent's queue page", size=size, reach="20 ms at 1 M")
        rows += _alone(web, anna, "/queue", row, sizes)
        crowd = _crowd(web, anna, "/queue", sizes, clients=_CROWD)
        rows.append(
            Row(
                work=f"agent's queue page, {_CROWD} clients, no error",
                size=size,
                figure=crowd.rate,
                unit="/s",
            )
        )
        rows += _searching(web, anna, f"{there:,} open cases", sizes)
    return rows


def _searching(web: Running, anna: Visitor, size: str, sizes: Sizes) -> list[Row]:
    """Look for words of two characters, in either script, that few or many titles have."""
    rows = []
    for word, often in SOUGHT.items():
        path = f"/queue?{urlencode({'find': traditional(word)})}"
        row = Row(work=f"search for a word of {often}", size=size, reach="p95 50 ms at 1 M")
        rows += _alone(web, anna, path, row, sizes)
    return rows


def plain_page(web: Running, sizes: Sizes) -> list[Row]:
    """Ask for a page of the product that looks nothing up."""
    took = _crowd(web, Visitor(), "/sign-in", sizes)
    return [
        Row(
            work="the page to sign in, which looks nothing up, 8 clients",
            figure=took.rate,
            unit="/s",
            beside=("c", "c of Django"),
        )
    ]


def signed_in(web: Running, at: Place) -> Visitor:
    """Sign the agent in."""
    fields = {"login": at.login, "password": PASSWORD}
    asks = [Ask(0, "/sign-in"), Ask(0, "/sign-in", fields), Ask(0, "/queue")]
    return send(Plan(port=web.port, visitors=[Visitor()], asks=asks)).visitors[0]


def _alone(web: Running, visitor: Visitor, path: str, row: Row, sizes: Sizes) -> list[Row]:
    """Ask again and again by one client; a round of looks before does not count."""
    plan = Plan(
        port=web.port,
        visitors=[visitor],
        asks=[Ask(0, path)],
        rounds=sizes.looks,
        seconds=sizes.seconds,
    )
    send(plan)
    before = busy(web)
    took = send(plan)
    each = (busy(web) - before) / len(took.each_ms) * 1000
    return [
        replace(row, work=f"{row.work}, alone, median", figure=took.median_ms, unit="ms"),
        replace(row, work=f"{row.work}, alone, p95", figure=took.p95_ms, unit="ms"),
        replace(
            row, work=f"{row.work}, processor time of web and database", figure=each, unit="ms"
        ),
    ]


def _crowd(
    web: Running, visitor: Visitor, path: str, sizes: Sizes, clients: int = CLIENTS
) -> Took:
    """Ask by several clients for some seconds."""
    return send(
        Plan(
            port=web.port,
            visitors=[visitor] * clients,
            asks=[Ask(n, path) for n in range(clients)],
            clients=clients,
            rounds=_OFTEN,
            seconds=sizes.seconds / 4,
        )
    )
