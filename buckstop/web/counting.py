"""Every request counted, timed and told of in one line of the log: its route, never its path."""

from time import perf_counter
from uuid import uuid4

import structlog
from django.http import HttpRequest, HttpResponseBase
from prometheus_client import Counter, Histogram
from structlog.contextvars import bound_contextvars

from buckstop.web.middleware import Answer

REQUESTS = Counter(
    "buckstop_requests", "Requests answered, by route.", ["route", "method", "status"]
)
SECONDS = Histogram(
    "buckstop_request_seconds",
    "How long answers took, by route.",
    ["route"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)

_NONE = "none"
_METHODS = frozenset({"GET", "HEAD", "POST"})
_log = structlog.get_logger(__name__)


def counted(get_response: Answer) -> Answer:
    """Count what is answered. The number of a request stands in its answer and in its lines."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        began, number = perf_counter(), uuid4().hex
        with bound_contextvars(request=number):
            response = get_response(request)
            took = perf_counter() - began
            route = _route(request)
            # A method is whatever somebody types, and each would be a row of its own for ever.
            method = request.method if request.method in _METHODS else "other"
            REQUESTS.labels(route or _NONE, method, response.status_code).inc()
            SECONDS.labels(route or _NONE).observe(took)
            _log.info(
                "request",
                method=method,
                route=route,
                status=response.status_code,
                took_ms=round(took * 1000, 1),
            )
        response.headers["X-Request-Id"] = number
        return response

    return answer


def _route(request: HttpRequest) -> str | None:
    match = request.resolver_match
    return match.view_name if match else None
