"""Who read what, for supervisors."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buckstop.domain.words.ids import PersonId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.records.cases import matches, queries
from buckstop.records.people import queries as people
from buckstop.records.people.traces import Reads
from buckstop.records.people.traces import reads as reads_of
from buckstop.web.doors import behind
from buckstop.web.seats import SUPERVISORS, SeatedRequest
from buckstop.web.sights.reads import Asked, reads_page

_MOST_DIGITS = 18


@never_cache
@require_safe
@behind(SUPERVISORS)
def reads(request: SeatedRequest) -> HttpResponse:
    """List who read personal data, of one case or by one person if that is asked."""
    names = people.names()
    number = request.GET.get("number", "").strip()
    asked = PersonId(request.GET.get("person", ""))
    before = request.GET.get("before", "")
    try:
        case = queries.case_numbered(number, request.viewer) if number else None
    except NotAllowed:
        found, number_is_known = Reads(rows=(), before=None), False
    else:
        number_is_known = True
        found = reads_of(
            request.viewer,
            at=request.at,
            case=case,
            person=asked if asked in names else None,
            before=int(before) if before.isdecimal() and len(before) <= _MOST_DIGITS else None,
        )
    numbers = matches.numbers({c for row in found.rows for c in row.cases}, request.viewer)
    wish = Asked(number=number, number_is_known=number_is_known, person=asked)
    shown = reads_page(found, wish, names, numbers, request.at)
    return render(request, "reads/reads.html", {"page": shown, "tab": "reads"})
