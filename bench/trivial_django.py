"""The trivial page as a view of Django's, with nothing else of Django's around it."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path


def page(_request: HttpRequest) -> HttpResponse:
    """Answer."""
    return HttpResponse(b"<!doctype html><title>-</title><p>-", headers={"Content-Length": "35"})


urlpatterns = [path("", page)]
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"])
application = get_wsgi_application()
