"""Choosing the language of the pages."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from buckstop.web import language

_YEAR_SECONDS = 365 * 24 * 3600


@require_POST
def speak(request: HttpRequest) -> HttpResponse:
    """Speak a language from now on, and go back to the page."""
    there = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(there, allowed_hosts={request.get_host()}):
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
