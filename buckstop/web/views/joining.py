"""The desk's acts on two cases at once: join, link, undo."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from buckstop.domain.words.ids import CaseId
from buckstop.domain.words.not_allowed import NotAllowed
from buckstop.records.cases import joining, matches, queries
from buckstop.web.doors import behind
from buckstop.web.language import t
from buckstop.web.seats import CASE, SeatedRequest
from buckstop.web.views.cases import case


def _other(request: SeatedRequest) -> tuple[str, CaseId]:
    number = request.POST.get("other", "")
    return number, queries.case_numbered(number, request.viewer)


@require_POST
@behind(CASE, page=case)
def join_case(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Join this case into the first one about the same purchase, and go there."""
    del number
    first, other = _other(request)
    match = matches.same_purchase(request.house, request.case)
    if match is None or match.case != other:
        raise NotAllowed("not-the-same-purchase")
    joining.join(request.house, other, request.case, request.viewer.actor)
    messages.success(request, t("并过来了，期限接着走，不从头来。弄错了可以撤销。"))
    return redirect("case", first)


@require_POST
@behind(CASE, page=case)
def link_case(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Note in both cases that they have to do with each other."""
    _, other = _other(request)
    joining.link(other, request.case, request.viewer.actor)
    messages.success(request, t("两件连起来了，各办各的。"))
    return redirect("case", number)


@require_POST
@behind(CASE, page=case)
def undo_join(request: SeatedRequest, number: str) -> HttpResponseBase:
    """Take a joining back, from either of the two cases."""
    _, other = _other(request)
    page = queries.case_page(request.case, request.viewer)
    went = page.joined_into == other
    first, later = (other, request.case) if went else (request.case, other)
    joining.undo(request.house, first, later, request.viewer.actor)
    messages.success(request, t("分开了，后一件从它停下的地方接着办。"))
    return redirect("case", number)
