"""The start page: what this is, and in a demonstration one case from four seats."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buckstop.domain.words.purchase import Problem
from buckstop.records.cases import queries
from buckstop.records.people.access import Capacity
from buckstop.records.people.queries import colleagues
from buckstop.web.demo_eyes import demo_eyes
from buckstop.web.doors import behind
from buckstop.web.language import t
from buckstop.web.seats import PUBLIC, SeatedRequest
from buckstop.web.sights import demo, times
from buckstop.web.sights.names import desk_names, names_of
from buckstop.web.views.demo import CHANGES


@never_cache
@require_safe
@behind(PUBLIC)
def start(request: SeatedRequest) -> HttpResponse:
    """Show what this is."""
    shown = _demo(request) if request.is_demo else None
    return render(request, "start/start.html", {"shown": shown})


def _demo(request: SeatedRequest) -> demo.Demo | None:
    eyes = demo_eyes(request.house)
    rows = queries.latest(eyes) if eyes else ()
    star = demo.star_of(rows)
    if eyes is None or star is None:
        return None
    page = queries.case_page(star.case, eyes)
    names = names_of(page)
    lead = next((c.person for c in colleagues() if c.capacity is Capacity.SUPERVISOR), None)
    cards = [row for row in rows if row.problem is Problem.PREPAID_COLLAPSED]
    pages = [queries.case_page(row.case, eyes) for row in cards[:2]]
    pages.sort(key=lambda one: -one.kicks)
    before = request.session.get(CHANGES)
    changes: tuple[demo.Change, ...] = ()
    if before and before["number"] == star.number:
        then = demo.Before(seq=before["seq"], index=before["index"])
        changes = demo.changes_of(page, names, then)
    return demo.Demo(
        about=t("{who}的事：{title}。点进任何一个位置，都是同一份案卷。",
                who=star.consumer, title=star.title),
        now=times.at(request.at, request.at),
        changes=changes,
        seats=demo.seats_of(page, names, lead),
        twins=tuple(demo.twin_of(one, names_of(one)) for one in pages) if len(pages) > 1 else (),
        tally=demo.tally_of(pages),
        others=tuple(
            demo.other_of(row, desk_names(eyes)) for row in rows if row.case != star.case
        ),
    )  # fmt: skip
