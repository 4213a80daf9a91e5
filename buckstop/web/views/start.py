"""The start page: what this is, and one case from four seats."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from buckstop.web.doors import behind
from buckstop.web.seats import PUBLIC, SeatedRequest


@require_safe
@behind(PUBLIC)
def start(request: SeatedRequest) -> HttpResponse:
    """Show what this is."""
    return render(request, "start/start.html", {"demo": None})
