"""Choosing the language of the pages."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from buckstop.web import language
from buckstop.web.return_ways import leads_here

_YEAR_SECONDS = 365 * 24 * 3600


@require_POST
def speak(request: HttpRequest) -> HttpResponse:
    """Speak a language from now on, and go back to the page."""
    there = request.POST.get("next", "/")
    if not leads_here(request, there):
        there = "/"
    response = HttpResponseRedirect(there)
    chosen = request.POST.get("language", "")
    if chosen in language.NAMES:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=_YEAR_SECONDS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response
