"""Whether a case has changed while somebody looked at its page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from buckstop.records.log import store
from buckstop.web.doors import behind
from buckstop.web.seats import CASE, MINE, SeatedRequest

_STOP_POLLING = 286


def _news(request: SeatedRequest, seq: int) -> HttpResponse:
    """Say so once there is something new; what it is stands on the page itself."""
    if store.head(request.case).seq <= seq:
        return HttpResponse(status=204)
    return render(request, "parts/news.html", status=_STOP_POLLING)


@never_cache
@require_safe
@behind(MINE)
def mine(request: SeatedRequest, number: str, seq: int) -> HttpResponse:
    """Tell the consumer."""
    del number
    return _news(request, seq)


@never_cache
@require_safe
@behind(CASE)
def desk(request: SeatedRequest, number: str, seq: int) -> HttpResponse:
    """Tell the desk."""
    del number
    return _news(request, seq)
