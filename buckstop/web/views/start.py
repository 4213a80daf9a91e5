"""The start page: what this is, and in a demonstration one case from four seats."""

from collections.abc import Iterator
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.domain.words.purchase import Problem
from buckstop.records.cases import queries
from buckstop.records.cases.page import CasePage
from buckstop.records.cases.queries import time_of
from buckstop.records.cases.queue import QueueRow, latest
from buckstop.records.houses import queries as houses
from buckstop.records.log.isolation import HouseId, inside
from buckstop.records.people.access import Viewer
from buckstop.web.demo_eyes import demo_eyes
from buckstop.web.language import t
from buckstop.web.seats import public_house
from buckstop.web.sights import demo, times
from buckstop.web.sights.names import desk_names, names_of
from buckstop.web.views.demo import CHANGES


@never_cache
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Show what this is; it looks into several houses, each by itself."""
    shown = None
    try:
        house = public_house()
    except NotAllowed:
        return render(request, "start/start.html", {"shown": None})
    is_demo = houses.house(house).demo
    if is_demo:
        twins = tuple(_twins())
        with inside(house):
            shown = _demo(request, house, twins)
    return render(request, "start/start.html", {"shown": shown, "demo": is_demo})


def _twins() -> Iterator[tuple[demo.Twin, CasePage]]:
    """Draw the two ways of the card, wherever each of them went; the long one first."""
    found = [pair for house in houses.houses() if house.demo for pair in _card_of(house.house)]
    found.sort(key=lambda pair: -pair[1].kicks)
    yield from found[:2] if len(found) > 1 else ()


def _card_of(house: HouseId) -> list[tuple[demo.Twin, CasePage]]:
    with inside(house):
        eyes = demo_eyes(house)
        rows = latest(eyes) if eyes else ()
        cards = [row for row in rows if row.problem is Problem.PREPAID_COLLAPSED]
        pages = [queries.case_page(row.case, eyes) for row in cards[:1] if eyes]
        return [(demo.twin_of(page, names_of(page)), page) for page in pages]


def _demo(
    request: HttpRequest, house: HouseId, twins: tuple[tuple[demo.Twin, CasePage], ...]
) -> demo.Demo | None:
    eyes = demo_eyes(house)
    rows = latest(eyes) if eyes else ()
    star = demo.star_of(rows)
    if eyes is None or star is None:
        return None
    page = queries.case_page(star.case, eyes)
    names = names_of(page)
    nobody = replace(desk_names(eyes), me_person=None)  # the visitor is not whose eyes look
    at = time_of(house)
    lead = houses.now(at).rules.supervisor
    return demo.Demo(
        about=t(
            "{who}的事：{title}。点进任何一个位置，都是同一份案卷。",
            who=star.consumer,
            title=star.title,
        ),
        now=times.at(at, at),
        changes=_changes(request, star, page, eyes),
        seats=demo.seats_of(page, names, lead),
        twins=tuple(twin for twin, _ in twins),
        tally=demo.tally_of(one for _, one in twins),
        others=tuple(demo.other_of(row, nobody) for row in rows if row.case != star.case),
    )


def _changes(
    request: HttpRequest, star: QueueRow, page: CasePage, eyes: Viewer
) -> tuple[demo.Change, ...]:
    before = request.session.get(CHANGES)
    if not before or before["number"] != star.number:
        return ()
    then = demo.Before(seq=before["seq"], index=before["index"], moved=before.get("moved", 0))
    return demo.changes_of(page, names_of(page, eyes.person), then)
