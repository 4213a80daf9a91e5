"""For machines that watch: whether it lives, whether it can work, and how things stand."""

from hmac import compare_digest
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from buckstop.web import metrics as standing
from buckstop.web.vitals import State, vitals

_PASSED_ON = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Forwarded", "Via")


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Say that this process lives; it asks nothing of the database."""
    del request
    return HttpResponse("ok\n", content_type="text/plain")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Say whether people can be sent here, and what is wrong: 503 if they cannot."""
    if not _may_look(request):
        return _closed()
    found = vitals()
    ready = all(vital.state is not State.BAD for vital in found)
    said = {vital.name: {"state": vital.state, "says": vital.says} for vital in found}
    return JsonResponse({"ready": ready, "vitals": said}, status=200 if ready else 503)


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Give Prometheus its numbers."""
    if not _may_look(request):
        return _closed()
    return HttpResponse(standing.told(), content_type=CONTENT_TYPE_LATEST)


def _may_look(request: HttpRequest) -> bool:
    """Let in who has the token, and who asks from this machine without a proxy in between."""
    token = settings.OPERATIONS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and compare_digest(given.encode(), token.encode()):
        return True
    if any(name in request.headers for name in _PASSED_ON):
        return False
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _closed() -> HttpResponse:
    return HttpResponse("for operators\n", status=403, content_type="text/plain")
