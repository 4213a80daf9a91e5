"""Handing out files of a case."""

from django.http import StreamingHttpResponse
from django.views.decorators.http import require_safe

from buckstop.records.cases import queries
from buckstop.records.evidence.queries import served
from buckstop.web.doors import behind
from buckstop.web.seats import CASE, MINE, RESPONDENT, SeatedRequest


def _hand_out(request: SeatedRequest, digest: str) -> StreamingHttpResponse:
    page = queries.case_page(request.case, request.viewer)
    submitted = any(item.sha256 == digest for item in page.evidence)
    file = served(request.case, digest, request.viewer, submitted=submitted)
    response = StreamingHttpResponse(file.pieces)
    response.headers["Content-Length"] = str(file.size)
    for name, value in file.headers.items():
        response.headers[name] = value
    return response


@require_safe
@behind(MINE)
def my_file(request: SeatedRequest, number: str, digest: str) -> StreamingHttpResponse:
    """Hand out a file to the consumer."""
    del number
    return _hand_out(request, digest)


@require_safe
@behind(RESPONDENT)
def their_file(
    request: SeatedRequest, number: str, party: str, digest: str
) -> StreamingHttpResponse:
    """Hand out a file to a respondent."""
    del number, party
    return _hand_out(request, digest)


@require_safe
@behind(CASE)
def case_file(request: SeatedRequest, number: str, digest: str) -> StreamingHttpResponse:
    """Hand out a file to the desk."""
    del number
    return _hand_out(request, digest)
