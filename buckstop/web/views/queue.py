"""The agent's queue."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buckstop.domain.words.purchase import Problem
from buckstop.records.cases import queries
from buckstop.records.cases import queue as queues
from buckstop.records.cases.queue import Filter
from buckstop.records.cases.search import search
from buckstop.web.doors import behind
from buckstop.web.seats import CASE, DESK, SeatedRequest
from buckstop.web.sights.names import desk_names, names_of
from buckstop.web.sights.queue import found_page, peek_of, queue_page


@never_cache
@require_safe
@behind(DESK)
def queue(request: SeatedRequest) -> HttpResponse:
    """Show what is to be done, the next to lapse first; or what was found."""
    asked = request.GET.get("filter", "")
    which = Filter(asked) if asked in set(Filter) else Filter.MINE
    kind = request.GET.get("problem", "")
    problem = Problem(kind) if kind in set(Problem) else None
    find, after = request.GET.get("find", "").strip(), request.GET.get("after") or None
    page = queues.queue(request.viewer, which, None if find else after, problem)
    names = desk_names(request.viewer)
    if find:
        found = search(request.viewer, find, after)
        shown = found_page(found, page, request.viewer, names, find)
    else:
        first = None
        if page.rows:
            case = queries.case_page(page.rows[0].case, request.viewer)
            first = peek_of(case, names_of(case, request.viewer.person))
        shown = queue_page(page, request.viewer, names, peek=first, problem=kind)
    return render(request, "desk/queue.html", {"page": shown, "tab": "queue", "find": find})


@never_cache
@require_safe
@behind(CASE)
def peek(request: SeatedRequest, number: str) -> HttpResponse:
    """Show one case beside the queue."""
    del number
    page = queries.case_page(request.case, request.viewer)
    shown = peek_of(page, names_of(page, request.viewer.person))
    return render(request, "desk/peek.html", {"peek": shown})
