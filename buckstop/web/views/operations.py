"""How it runs, for supervisors and administrators."""

from importlib.metadata import version

from django.db import connection
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buckstop.records.cases.watching import watched
from buckstop.records.houses.queries import calendar_at
from buckstop.records.operations import queries
from buckstop.records.operations.actions import What
from buckstop.web.doors import behind
from buckstop.web.seats import OPERATORS, SeatedRequest
from buckstop.web.sights.operations import Known, operations_page
from buckstop.web.vitals import room


@never_cache
@require_safe
@behind(OPERATORS)
def operations(request: SeatedRequest) -> HttpResponse:
    """Say what is late, failing or full: clocks and notices of this house, and the whole."""
    known = Known(
        now=queries.database_time(),
        watched=watched(request.house),
        workers=queries.workers(),
        backlogs=queries.backlogs(),
        database_bytes=queries.database_bytes(),
        room=room(),
        years=frozenset(notice.year for notice in calendar_at(request.at).notices),
        backup=queries.last(What.BACKUP),
        drill=queries.last(What.DRILL),
        program=version("buckstop"),
        server=_server(),
    )
    shown = {"page": operations_page(known), "tab": "operations"}
    return render(request, "operations/operations.html", shown)


def _server() -> str:
    number = connection.cursor().connection.info.server_version
    return f"{number // 10_000}.{number % 10_000}"
